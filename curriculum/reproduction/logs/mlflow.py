"""Metrics of MLflow from its folders: a file for each metric, `timestamp value step` on a line."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.lines import log_lines
from curriculum.reproduction.logs.points import Point, Tally, in_order
from curriculum.reproduction.logs.tables import number
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Notes,
    Question,
    Reader,
    Tag,
    no_texts,
    quoted_names,
    run_name,
    tag_of,
    without_columns,
)

MLFLOW_IMPORTER = "mlflow/1"
MLFLOW_X = "step"

_LONGEST_LINE = 4096
_MOST_RUNS_NAMED = 20

# Milliseconds, a value, perhaps a step, and in later versions the name and digest of a data set.
_FIRST_LINE = pattern(rb"\d{10,} \S+( -?\d+( \S+ \S+)?)?\r?(\n|$)")


def mlflow_series(tag: str, points: Iterable[Point], notes: Sequence[str] = ()) -> Series:
    """Return the series of a metric, in the order of its steps.

    Args:
        tag: The name of the metric.
        points: Each step and value.
        notes: What is noticed, complete when the last point has been taken.
    """
    xs, values = array("d"), array("d")
    for step, value in points:
        xs.append(step)
        values.append(value)
    xs, values = in_order(xs, values)
    return Series(
        tag=tag,
        x_name=MLFLOW_X,
        xs=xs,
        values=values,
        notes=tuple(notes),
        importer=MLFLOW_IMPORTER,
    )


def _in_metrics(name: str) -> tuple[str, str] | None:
    """Return the run's folder and the metric of a file in a run's folder `metrics`."""
    parts = name.split("/")
    if "metrics" not in parts[:-1]:
        return None
    # The name of a metric may have slashes of its own.
    at = parts.index("metrics")
    run = "/".join(parts[:at])
    metric = "/".join(parts[at + 1 :])
    return run, metric


def _is_metric(file: LogFile, head: bytes) -> bool:
    if _in_metrics(file.name) is None and "." in file.name:
        return False
    return _FIRST_LINE.match(head) is not None


def _metrics(files: LogFiles) -> dict[str, LogFile]:
    """Return the file of each metric of a run.

    Raises:
        LogError: There are several runs.
    """
    runs: set[str] = set()
    metrics: dict[str, LogFile] = {}
    for file in files:
        run, tag = _in_metrics(file.name) or ("", file.name)
        runs.add(run)
        metrics[tag] = file
    if len(runs) > 1:
        names = quoted_names(sorted(runs), _MOST_RUNS_NAMED)
        found = f"has {len(runs)} MLflow runs ({names})"
        raise LogError(run_name(files), f"{found}; name the folder of one")
    return metrics


def _points(file: LogFile, notes: Notes) -> Iterator[Point]:
    for line, text in log_lines(file, _LONGEST_LINE):
        whole = text.endswith("\n")
        cells = text.split()
        if not cells and whole:
            continue
        point = _point(cells, whole=whole)
        if point is not None:
            if not whole:
                notes.append(f"the last line of '{file.name}' has no line end; its step may be cut")
            yield point
        elif whole:
            raise LogError(f"{file.name}:{line}", "is not 'timestamp value step'")
        else:
            notes.append(f"the last line of '{file.name}' is cut off and was skipped")


def _point(cells: Sequence[str], *, whole: bool) -> Point | None:
    """Return the step and value of a line; None when it has another form."""
    if len(cells) not in (2, 3, 5):
        return None
    # Without its end, a line of two cells may have lost its step.
    if not whole and len(cells) < 3:
        return None
    step = 0.0
    try:
        value = number(cells[1])
        if len(cells) > 2:
            step = float(int(cells[2]))
    except (ValueError, OverflowError):
        return None
    assert value is not None  # None is a blank, and split() leaves none
    return step, value


def _series(files: LogFiles, question: Question) -> Series | None:
    file = _metrics(files).get(question.tag)
    if file is None:
        return None
    without_columns(files, question, MLFLOW_X)
    notes: Notes = []
    return mlflow_series(question.tag, _points(file, notes), notes)


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for name, file in _metrics(files).items():
        tally = Tally()
        for step, value in _points(file, []):
            tally.add(step, value)
        tags.append(tag_of(name, tally, MLFLOW_X, MLFLOW_IMPORTER))
    return tuple(tags)


MLFLOW_FOLDER = Reader(MLFLOW_IMPORTER, _is_metric, _tags, _series, no_texts)
