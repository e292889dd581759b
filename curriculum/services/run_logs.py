"""Read the runs that `score --from` names: from files to one number a run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from curriculum.disk.runs import fingerprint_of, log_files
from curriculum.model.attempts import Reading, Run
from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.runs import ROW_NUMBER, LogError, RunRead, Series
from curriculum.reproduction.logs import Tag, tags_of
from curriculum.reproduction.reducers import from_first_number, reduce_curves
from curriculum.services.errors import UsageError
from curriculum.services.run_curves import (
    LogQuery,
    RunError,
    RunLog,
    curve_of,
    run_curves,
    runs_in,
)

_MOST_TAGS = 40
_OVER_STEPS = ("at", "auc", "argmax-of-mean-curve")


class NoTagError(UsageError):
    """Logs were named, but not what to read from them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """List what the logs can be read for.

        Raises:
            RunError: A log cannot be read.
        """
        lines = ["choose what to read with '--tag NAME':", *_tag_lines(paths)]
        super().__init__("\n".join(lines))


def _tag_lines(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the tags of the runs; runs that log the same are listed once, as the first of them."""
    alike: dict[tuple[str, ...], list[Path]] = {}
    tags_of_first: dict[tuple[str, ...], tuple[Tag, ...]] = {}
    for path in paths:
        try:
            tags = tags_of(log_files(path))
        except LogError as error:
            raise RunError(path, error) from error
        names = tuple(tag.name for tag in tags)
        alike.setdefault(names, []).append(path)
        tags_of_first.setdefault(names, tags)
    for names, (path, *others) in alike.items():
        also = f" and {len(others)} more that log the same" if others else ""
        yield f"{path}{also}:"
        yield from map(_tag_line, tags_of_first[names][:_MOST_TAGS])
        if len(names) > _MOST_TAGS:
            yield f"  and {len(names) - _MOST_TAGS} more"


def _tag_line(tag: Tag) -> str:
    parts = [counted(tag.points, "point")]
    if tag.last_x is not None:
        parts.append(f"to {tag.x_name} {tag.last_x:.10g}")
    if tag.last_value is not None:
        parts.append(f"last {tag.last_value:g}")
    return f"  {tag.name}  ({', '.join(parts)})"


@dataclass(frozen=True, slots=True)
class RunsRead:
    """The runs of logs, how each was read, and how all were."""

    runs: tuple[Run, ...]
    details: tuple[RunRead, ...]
    reading: Reading


def read_runs(paths: Sequence[Path], query: LogQuery, result: Result) -> RunsRead:
    """Return the runs with their numbers, and how they were read.

    Raises:
        CurriculumError: A log cannot be read, or the rule cannot be applied.
        UsageError: The seeds are not where the rule says, several runs are in one file, nothing
            counts the steps that the rule needs, or a history is only a sample.
    """
    read = run_curves(paths, query)
    logs, curves = [log for log, _ in read], [curve for _, curve in read]
    _require_steps(curves, query)
    _refuse_samples(curves, query)
    validation = []
    if query.validation:
        validation = [curve_of(log, query, query.validation) for log in logs]
    numbers = reduce_curves(
        curves, query.reducer, result, validation, val_sign=query.validation_sign
    )
    rule = result.metric.rule_name(query.reducer.rule)
    runs: list[Run] = []
    details: list[RunRead] = []
    for log, curve, number in zip(logs, curves, numbers, strict=True):
        runs.append(_run(log, curve, number))
        details.append(_detail(log, curve, query.tag, rule, number))
    return RunsRead(tuple(runs), tuple(details), _reading(curves, query))


def _detail(log: RunLog, curve: Series, tag: str, rule: str, number: float) -> RunRead:
    return RunRead(
        place=log.place(curve.file),
        seed=log.seed,
        tag=tag,
        x_name=curve.x_name,
        first_x=curve.xs[0],
        last_x=curve.xs[-1],
        points=len(curve.xs),
        rule=rule,
        value=number,
    )


def _require_steps(curves: Sequence[Series], query: LogQuery) -> None:
    """Refuse a rule about steps where only rows can be counted, unless that was asked for.

    Raises:
        UsageError: A log has no column that is known to count steps, or logs have different ones.
    """
    if query.x is not None or query.reducer.how not in _OVER_STEPS:
        return
    by_x: dict[str, Series] = {}
    for curve in curves:
        by_x.setdefault(curve.x_name, curve)
    if ROW_NUMBER in by_x:
        raise UsageError(_without_steps(by_x[ROW_NUMBER], query), "--x")
    if len(by_x) > 1:
        first, other, *_ = by_x.values()
        found = f"'{first.file}' is read over '{first.x_name}', '{other.file}' over "
        raise UsageError(f"{found}'{other.x_name}'; name one with '--x NAME'", "--x")


def _without_steps(curve: Series, query: LogQuery) -> str:
    lacks = f"'{curve.file}' has no column that is known to count the steps"
    name = "name one with '--x NAME'"
    if query.pattern is not None:
        lacks = "the pattern has no group 'x' for the steps"
        name = "add '(?P<x>...)' to it"
    needs = f"which '{query.reducer.how}' needs"
    return f"{lacks}, {needs}; {name}, or count the rows with '--x row'"


def _refuse_samples(curves: Sequence[Series], query: LogQuery) -> None:
    if query.accepts_sampled:
        return
    for curve in curves:
        if curve.sampled:
            raise UsageError(
                f"the history may be a sample: {curve.sampled}; "
                "export all of it, or add --accept-sampled",
                "--from",
            )


def _run(log: RunLog, curve: Series, number: float) -> Run:
    is_finite = math.isfinite(number)
    return Run(
        value=number if is_finite else None,
        failed=None if is_finite else f"the reduced value is {number}",
        seed=log.seed,
        path=log.path_text,
        sha256=fingerprint_of(log.files),
        steps=None if curve.x_name == ROW_NUMBER else curve.xs[-1],
    )


def _remarks(curve: Series, query: LogQuery) -> Iterator[str]:
    """Yield what was done with several runs in one file, and with NaN before the first number."""
    for column in curve.run_columns:
        yield f"{runs_in(column)} were read as one run"
    lacking = len(curve.xs) - len(from_first_number(curve).xs)
    if lacking and query.reducer.how != "argmax-of-mean-curve":
        before = "before the first number of"
        yield f"{counted(lacking, 'point')} {before} '{curve.file}' left out: NaN"


def _reading(curves: Sequence[Series], query: LogQuery) -> Reading:
    notes: list[str] = []
    for curve in curves:
        notes.extend(curve.notes)
        notes.extend(_remarks(curve, query))
    for curve in curves:
        if curve.sampled:
            notes.append(f"a sample was accepted: {curve.sampled}")
    return Reading(
        tag=query.tag,
        x=curves[0].x_name,
        reducer=query.reducer.rule,
        importer=curves[0].importer or "unknown",
        notes=tuple(dict.fromkeys(notes)),
    )
