"""Read the runs that `score --from` names, from files to one number a run; what they are worth is not known here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from curriculum.disk.runs import fingerprint_of, log_files
from curriculum.model.attempts import Reading, Run
from curriculum.model.formatting import counted
from curriculum.model.problems import CurriculumError
from curriculum.model.results import Reducer, Result
from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs import Tag, column_values, read_series, tags_of
from curriculum.reproduction.reducers import reduce_curves
from curriculum.views.text.provenance import rule_of

ORDER = "order"
_COLUMN = "column:"
MOST_TAGS = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read from logs.

    Attributes:
        tag: The quantity.
        x: The column to take for x; None for the format's own.
        seed_from: `order`, `column:NAME`, or a regular expression with one group that is searched in the path.
        reducer: How a curve becomes a number.
        validation: The quantity that chooses the best point, for `best-val`.
        validation_sign: 1 where more of it is better, -1 where less is.
        accepts_sampled: Whether a sample of the history will do.
    """

    tag: str
    x: str | None
    seed_from: str | None
    reducer: Reducer
    validation: str | None = None
    validation_sign: int = 1
    accepts_sampled: bool = False


@dataclass(frozen=True, slots=True)
class _Log:
    """A run before it is read: its files, and which rows of them."""

    path: Path
    files: tuple[LogFile, ...]
    seed: str | None
    keep: tuple[str, str] | None


class RunError(CurriculumError):
    """A run whose log cannot be read, or does not hold what was asked for."""

    def __init__(self, path: Path, error: LogError) -> None:
        """Build the sentence from the run and what is wrong with its log."""
        super().__init__(
            str(error) if path.name in str(error).partition(" ")[0] else f"in {path}: {error}"
        )


def tag_lines(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the tags of the runs, a line each; runs that log the same are listed once, with the points of the first."""
    alike: dict[tuple[str, ...], list[tuple[Path, tuple[Tag, ...]]]] = {}
    for path in paths:
        try:
            tags = tags_of(log_files(path))
        except LogError as error:
            raise RunError(path, error) from error
        alike.setdefault(tuple(tag.name for tag in tags), []).append((path, tags))
    for (path, tags), *others in alike.values():
        also = f" and {len(others)} more that log the same" if others else ""
        yield f"{path}{also}:"
        yield from map(_tag_line, tags[:MOST_TAGS])
        if len(tags) > MOST_TAGS:
            yield f"  and {len(tags) - MOST_TAGS} more"


def _tag_line(tag: Tag) -> str:
    end = "" if tag.last_x is None else f", to {tag.x_name} {tag.last_x:.10g}"
    last = "" if tag.last_value is None else f", last {tag.last_value:g}"
    return f"  {tag.name}  ({counted(tag.points, 'point')}{end}{last})"


def read_runs(
    paths: Sequence[Path], wanted: Wanted, result: Result
) -> tuple[tuple[Run, ...], Reading]:
    """Return the runs with their numbers, and how they were read.

    Raises:
        CurriculumError: A log cannot be read, or the rule cannot be applied.
        click.BadParameter: The seeds are not where they were said to be, or a history is only a sample.
    """
    logs = [log for path in paths for log in _split(path, wanted.seed_from)]
    curves = [_curve(log, wanted.tag, wanted.x) for log in logs]
    _refuse_samples(curves, wanted)
    others = [_curve(log, wanted.validation, wanted.x) for log in logs] if wanted.validation else []
    numbers = reduce_curves(curves, wanted.reducer, result, others, val_sign=wanted.validation_sign)
    runs = tuple(
        _run(log, curve, number) for log, curve, number in zip(logs, curves, numbers, strict=True)
    )
    return runs, _reading(curves, wanted)


def _curve(log: _Log, tag: str, x: str | None) -> Series:
    try:
        return read_series(log.files, tag, x, log.keep)
    except LogError as error:
        raise RunError(log.path, error) from error


def _split(path: Path, seed_from: str | None) -> Iterator[_Log]:
    """Yield the runs of a path: one, or one for each seed of a column."""
    files = log_files(path)
    if seed_from is None or seed_from == ORDER:
        yield _Log(path, files, None, None)
    elif seed_from.startswith(_COLUMN):
        column = seed_from.removeprefix(_COLUMN)
        for text in _texts(path, files, column):
            yield _Log(path, files, text, (column, text))
    else:
        yield _Log(path, files, _seed_in(str(path), seed_from), None)


def _texts(path: Path, files: tuple[LogFile, ...], column: str) -> tuple[str, ...]:
    try:
        return column_values(files, column)
    except LogError as error:
        raise RunError(path, error) from error


def _seed_in(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, path)
    except re.error as error:
        raise click.BadParameter(
            f"'{pattern}' is no regular expression: {error}", param_hint="--seed-from"
        ) from error
    if found is None or not found.groups() or not found[1]:
        hint = "write it with one group, like 'seed-(\\d+)', or use 'order' or 'column:NAME'"
        raise click.BadParameter(
            f"'{pattern}' finds no seed in '{path}'; {hint}", param_hint="--seed-from"
        )
    return found[1]


def _refuse_samples(curves: Sequence[Series], wanted: Wanted) -> None:
    reason = next((curve.sampled for curve in curves if curve.sampled), None)
    if reason and not wanted.accepts_sampled:
        raise click.BadParameter(
            f"the history may be a sample: {reason}; export all of it, or add --accept-sampled",
            param_hint="--from",
        )


def _run(log: _Log, curve: Series, number: float) -> Run:
    finite = math.isfinite(number)
    return Run(
        value=number if finite else None,
        failed=None if finite else f"the reduced value is {number}",
        seed=log.seed,
        path=str(log.path),
        sha256=fingerprint_of(log.files),
        steps=curve.xs[-1],
    )


def _reading(curves: Sequence[Series], wanted: Wanted) -> Reading:
    reducer = wanted.reducer
    sampled = [f"a sample was accepted: {curve.sampled}" for curve in curves if curve.sampled]
    notes = dict.fromkeys((*(note for curve in curves for note in curve.notes), *sampled))
    return Reading(
        tag=wanted.tag,
        x=curves[0].x_name,
        reducer=rule_of(reducer),
        importer=curves[0].importer or "unknown",
        notes=tuple(notes),
    )
