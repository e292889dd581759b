"""Read the training curves to draw: those of logs that a person names, or of the recorded runs.

The journal keeps the number of a run and where its log was; the curve is still in the log, if that
is still there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from curriculum.disk.runs import fingerprint_of, log_files
from curriculum.model.attempts import Attempt, Reading, Run
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.model.results import Reducer
from curriculum.model.runs import ROW_NUMBER, Series
from curriculum.services.run_curves import LogQuery, RunError, RunLog, curve_of, run_curves
from curriculum.services.run_logs import NoTagError
from curriculum.services.text_logs import BY_PATTERN, check_pattern

_UNREDUCED = Reducer(how="unknown")
"""A curve is drawn as it is."""


@dataclass(frozen=True, slots=True)
class CurveRequest:
    """Which training curves a person wants to see.

    Attributes:
        paths: Their logs; empty for those that the runs were read from.
        tag: The quantity to read; None for that of the last time.
        pattern: The regular expression that finds x and y in text.
        x: The column to take for x; None for the format's own.
        seed_from: Where the seeds of logs are, as in `LogQuery`.
    """

    paths: tuple[Path, ...] = ()
    tag: str | None = None
    pattern: str | None = None
    x: str | None = None
    seed_from: str | None = None


def named_curves(request: CurveRequest, attempt: Attempt) -> list[Series]:
    """Return the curves of the logs that a person names.

    Args:
        request: What the person says.
        attempt: The runs so far, for how they were read where the request leaves it out.

    Raises:
        CurriculumError: A log cannot be read.
        UsageError: Something is wrong with the request.
    """
    query = _query(request, attempt)
    return [series for _, series in run_curves(request.paths, query)]


def _query(request: CurveRequest, attempt: Attempt) -> LogQuery:
    if request.pattern is not None:
        check_pattern(request.pattern)
    tag = request.tag or request.pattern
    if tag is not None:
        return LogQuery(tag, request.x, request.seed_from, _UNREDUCED, request.pattern)
    if not attempt.readings:
        raise NoTagError(request.paths)
    last = _query_again(attempt.readings[-1])
    return replace(last, x=request.x or last.x, seed_from=request.seed_from)


def _query_again(reading: Reading) -> LogQuery:
    """Return the question that was answered by a reading."""
    pattern = reading.tag if reading.importer == BY_PATTERN else None
    x = ROW_NUMBER if reading.x == ROW_NUMBER else None
    return LogQuery(reading.tag, x, None, _UNREDUCED, pattern)


def recorded_curves(attempt: Attempt, root: Path) -> tuple[list[Series], list[str]]:
    """Return the curves of the logs that runs were read from, and what became of the others.

    Args:
        attempt: The runs.
        root: The workspace, below which a log is looked for that is not below the working folder.
    """
    found: list[Series] = []
    notes: list[str] = []
    read = [run for run in attempt.runs if run.path is not None]
    if not attempt.readings or not read:
        return found, ["no curves: the scores were typed; '--from PATH --tag NAME' draws some"]
    for run in read:
        log, note = _recorded_log(run, root)
        if note is not None:
            notes.append(note)
        if log is None:
            continue
        try:
            found.append(_curve_as_read(log, attempt.readings[-1]))
        except RunError as error:
            notes.append(f"no curve: {error}")
    return found, notes


def _recorded_log(run: Run, root: Path) -> tuple[RunLog | None, str | None]:
    """Return the log of a run if it is still there, and what must be said of it."""
    for path in (Path(run.path or ""), root / (run.path or "")):
        try:
            files = log_files(path)
        except CurriculumError:
            continue
        is_changed = fingerprint_of(files) != run.sha256
        note = f"'{run.path}' has changed since its score was recorded" if is_changed else None
        return RunLog(path, files, run.seed), note
    return None, f"no curve: '{run.path}' is not there any more; '--from PATH' says where it is"


def _curve_as_read(log: RunLog, reading: Reading) -> Series:
    """Return the curve of a run as it was read when its score was recorded."""
    query = _query_again(reading)
    series = curve_of(log, query, reading.tag)
    for column in series.run_columns:
        # Several runs of one file: the seed tells which of them it was.
        if log.seed in column.runs:
            log = replace(log, keep=(column.name, str(log.seed)))
            series = curve_of(log, query, reading.tag)
            break
    if series.x_name != reading.x:
        series = curve_of(log, replace(query, x=reading.x), reading.tag)
    return series
