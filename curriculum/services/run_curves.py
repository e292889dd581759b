"""Find the runs that paths name, and read the training curve of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from curriculum.disk.runs import log_files
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.model.results import Reducer
from curriculum.model.runs import LogError, LogFile, RunColumn, Series
from curriculum.reproduction.logs import column_values, read_series
from curriculum.services.errors import UsageError
from curriculum.services.text_logs import pattern_curve

_ORDER = "order"

_COLUMN = "column:"
_MOST_RUNS_NAMED = 5


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What is to be read from logs.

    Attributes:
        tag: The quantity.
        x: The column to take for x, or `row`; None for the format's own or a known one.
        seed_from: `order`, `column:NAME`, or a regular expression with one group that is searched
            in the path.
        reducer: How a curve becomes a number.
        pattern: The regular expression that finds x and y in text; None for logs of a known format.
        validation: The quantity that chooses the best point, for `best-val`.
        validation_sign: 1 where more of it is better, -1 where less is.
        accepts_sampled: Whether a sample of the history will do.
    """

    tag: str
    x: str | None
    seed_from: str | None
    reducer: Reducer
    pattern: str | None = None
    validation: str | None = None
    validation_sign: int = 1
    accepts_sampled: bool = False


@dataclass(frozen=True, slots=True)
class RunLog:
    """A run before it is read.

    Attributes:
        path: The file or folder that was named.
        files: Its files.
        seed: Its seed; None when it is not known.
        keep: A column of a file with several runs, and the text that its rows have in it.
    """

    path: Path
    files: tuple[LogFile, ...]
    seed: str | None = None
    keep: tuple[str, str] | None = None

    @property
    def path_text(self) -> str:
        """The path; what is not UTF-8 in it is replaced, since the journal cannot hold it."""
        return str(self.path).encode(errors="replace").decode()

    def place(self, source: str) -> str:
        """Return where a series was read: the file, or the folder with a few words on several."""
        if source in ("", *_names(self.path.name)):
            return self.path_text
        for file in self.files:
            if source in _names(file.name):
                return f"{self.path_text}/{file.name}"
        return f"{self.path_text} ({source})"


def _names(name: str) -> tuple[str, str]:
    """Return the name of a file, and of what is packed in it."""
    return name, name.removesuffix(".gz")


class RunError(CurriculumError):
    """A run whose log cannot be read, or does not hold what was asked for."""

    def __init__(self, path: Path, error: LogError) -> None:
        """Build the sentence from the run and what is wrong with its log."""
        sentence = str(error)
        names_the_run = path.name in sentence.partition(" ")[0]
        if not names_the_run:
            sentence = f"in {path}: {sentence}"
        super().__init__(sentence)


def run_curves(paths: Sequence[Path], query: LogQuery) -> list[tuple[RunLog, Series]]:
    """Return the runs that paths name, each with the curve of its quantity.

    Raises:
        CurriculumError: A log cannot be read.
        UsageError: The seeds are not where the rule says, or several runs are in one file.
    """
    logs: list[RunLog] = []
    for path in paths:
        logs.extend(_split(path, query.seed_from))
    curves = [(log, curve_of(log, query, query.tag)) for log in logs]
    _refuse_several_runs(curves, query)
    return curves


def curve_of(log: RunLog, query: LogQuery, tag: str) -> Series:
    """Return the curve of a quantity of a run.

    Raises:
        RunError: The log cannot be read, or does not hold it.
    """
    try:
        if query.pattern is not None:
            return pattern_curve(log.files, query.pattern, query.x)
        return read_series(log.files, tag, query.x, log.keep)
    except LogError as error:
        raise RunError(log.path, error) from error


def _refuse_several_runs(curves: Sequence[tuple[RunLog, Series]], query: LogQuery) -> None:
    """Refuse to take several runs in one file for one, unless that was asked for.

    Raises:
        UsageError: A file holds several.
    """
    if query.seed_from == _ORDER:
        return
    for log, curve in curves:
        if log.keep is None and curve.run_columns:
            first, *others = curve.run_columns
            more = "".join(f", and {runs_in(column)}" for column in others)
            raise UsageError(
                f"'{log.place(curve.file)}' holds {runs_in(first)}{more}, which may be "
                f"{len(first.runs)} runs: split them with '--seed-from column:{first.name}', or "
                "take each file as one run with '--seed-from order'",
                "--from",
            )


def runs_in(column: RunColumn) -> str:
    """Return how many runs a column tells apart, and what it calls the first few."""
    some = ", ".join(column.runs[:_MOST_RUNS_NAMED])
    if len(column.runs) > _MOST_RUNS_NAMED:
        some += ", ..."
    return f"{len(column.runs)} values of '{column.name}' ({some})"


def _split(path: Path, seed_from: str | None) -> Iterator[RunLog]:
    """Yield the runs of a path: one, or one for each seed of a column."""
    files = log_files(path)
    if seed_from is None or seed_from == _ORDER:
        yield RunLog(path, files)
    elif seed_from.startswith(_COLUMN):
        column = seed_from.removeprefix(_COLUMN)
        for text in _column_values(path, files, column):
            yield RunLog(path, files, seed=text, keep=(column, text))
    else:
        yield RunLog(path, files, seed=_seed_in(str(path), seed_from))


def _column_values(path: Path, files: tuple[LogFile, ...], column: str) -> tuple[str, ...]:
    try:
        return column_values(files, column)
    except LogError as error:
        raise RunError(path, error) from error


def _seed_in(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, path)
    except re.error as error:
        raise UsageError(
            f"'{pattern}' is not a regular expression: {error}", "--seed-from"
        ) from error
    if found is None or not found.groups() or not found[1]:
        hint = "write it with one group, like 'seed-(\\d+)', or use 'order' or 'column:NAME'"
        raise UsageError(f"'{pattern}' finds no seed in '{path}'; {hint}", "--seed-from")
    return found[1]
