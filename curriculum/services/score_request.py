"""Turn what a person says of scores into an entry of the journal: typed values, or logs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from curriculum import model
from curriculum.model.attempts import Deviation, Reading, Run, ScoreEntry
from curriculum.model.fields import Line
from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Reducer, Result
from curriculum.model.runs import ROW_NUMBER, RunRead
from curriculum.model.suggestions import suggestion
from curriculum.reproduction.protocol_check import fields_that_count
from curriculum.services.errors import UsageError
from curriculum.services.run_curves import LogQuery
from curriculum.services.run_logs import RunsRead, read_runs
from curriculum.services.text_logs import BY_PATTERN, check_pattern

_WAYS = {"lower": -1, "higher": 1}


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What a person says of scores.

    Attributes:
        values: The scores as typed, one for each seed; empty when they are read from logs.
        paths: The logs to read them from.
        tag: The quantity to read; None for that of the last time.
        pattern: The regular expression that finds x and y in text, where no format is known.
        x: The column to take for x; None for the format's own.
        seed_from: Where the seeds of logs are, as in `LogQuery`.
        reducer: How a curve became a number; None for the paper's own rule.
        val_tag: For `best-val`: what chooses the point, as `NAME` or `NAME:lower`.
        accept_sampled: Whether a history that may be a sample will do.
        unit: The unit of the values, where it is not the paper's.
        sd: The standard deviation (n - 1) of the runs that a single value is the mean of; None
            where it is not known.
        runs: How many runs that mean is over.
        seed: The seed of each value, in their order.
        deviation: Where the runs differ from the paper's, as `on.version=v4`.
        why: Why each difference is acceptable, or all of them.
        failed: Runs without a number, as the reason for each.
        commit: The commit of the person's code.
        seeds: How many runs there will be, declared before the first.
        looks: How often the verdict will be looked at, likewise.
        new: Whether a new attempt begins.
    """

    values: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    tag: str | None = None
    pattern: str | None = None
    x: str | None = None
    seed_from: str | None = None
    reducer: Reducer | None = None
    val_tag: str | None = None
    accept_sampled: bool = False
    unit: str | None = None
    sd: float | None = None
    runs: int | None = None
    seed: tuple[str, ...] = ()
    deviation: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    commit: str | None = None
    seeds: int | None = None
    looks: int | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class ScoresGiven:
    """What a request records, and for each run that was read from a log how it was read."""

    entry: ScoreEntry
    runs_read: tuple[RunRead, ...] = ()


def scores_given(request: ScoreRequest, result: Result, last: Reading | None = None) -> ScoresGiven:
    """Return what a request records.

    Args:
        request: What the person says.
        result: The published result it is about.
        last: How logs were read the last time, for what the request leaves out.

    Raises:
        UsageError: Something is wrong with the request.
    """
    _require_lines(request)
    read = None
    if request.paths:
        read = _read_logs(request, result, last)
        runs = read.runs
    else:
        runs = tuple(_typed_runs(request))
    failed = tuple(Run(failed=_reason(reason)) for reason in request.failed)
    if not (runs or failed):
        _require_something(request)
    entry = ScoreEntry(
        runs=(*runs, *failed),
        reducer=None if request.reducer is None else request.reducer.how,
        unit=request.unit,
        printed=_typed_digits(request.values),
        deviations=(*_stated_deviations(request), *_reducer_deviations(request, result)),
        commit=request.commit,
        reading=None if read is None else read.reading,
        seeds=request.seeds,
        looks=request.looks,
        new=request.new,
    )
    return ScoresGiven(entry, () if read is None else read.details)


def _require_something(request: ScoreRequest) -> None:
    """Refuse a request that says nothing of any run.

    Raises:
        UsageError: It does not.
    """
    if not (request.seeds or request.deviation or request.unit):
        raise UsageError("give the scores, one VALUE per seed, or read them '--from PATH'")


def _require_lines(request: ScoreRequest) -> None:
    """Refuse texts that the journal does not take.

    Raises:
        UsageError: One is empty, far too long, or not text at all.
    """
    given = {
        "--pattern": (request.pattern,),
        "--unit": (request.unit,),
        "--commit": (request.commit,),
        "--seed": request.seed,
        "--deviation": request.deviation,
        "--why": request.why,
        "--failed": request.failed,
    }
    for option, texts in given.items():
        for text in texts:
            if text is not None:
                _require_line(text, option)


def _require_line(text: str, option: str) -> None:
    if not text.strip():
        raise UsageError("it is empty; say something, or leave the option out", option)
    try:
        model.checking.checker(Line).validate_python(text)
    except ValueError as error:
        raise UsageError("it is longer than 10,000 characters, or not text", option) from error


def _typed_digits(values: tuple[str, ...]) -> int | None:
    """Return the digits after the point of typed values, the most of them; `1e3` has none."""
    plain = [word for word in values if "e" not in word.lower()]
    return max((len(word.partition(".")[2]) for word in plain), default=None)


def _read_logs(request: ScoreRequest, result: Result, last: Reading | None) -> RunsRead:
    """Return the runs that the logs hold, and how they were read."""
    if request.pattern is not None:
        _require_only_a_pattern(request)
        check_pattern(request.pattern)
    if last is None:
        return read_runs(request.paths, _query(request, result), result)
    if last.importer == BY_PATTERN:
        request = replace(request, pattern=last.tag)
    request = replace(request, tag=last.tag)
    if request.x is None and last.x == ROW_NUMBER:
        request = replace(request, x=last.x)
    query = _query(request, result)
    read = read_runs(request.paths, query, result)
    # Only a log that was read shows what its own x is, so that another one is asked for after it.
    if request.x is None and read.reading.x != last.x:
        read = read_runs(request.paths, replace(query, x=last.x), result)
    reading = read.reading
    note = f"read '{reading.tag}' over '{reading.x}', as the last time"
    reading = reading.model_copy(update={"notes": (note, *reading.notes)})
    return replace(read, reading=reading)


def _require_only_a_pattern(request: ScoreRequest) -> None:
    """Refuse options that mean nothing in text.

    Raises:
        UsageError: There is one.
    """
    if request.tag is not None or request.val_tag is not None:
        raise UsageError("it says what is read; leave out --tag and --val-tag", "--pattern")
    if request.x not in (None, ROW_NUMBER):
        raise UsageError("x is the group 'x' of the pattern, or 'row'", "--x")
    if request.seed_from is not None and request.seed_from.startswith("column:"):
        raise UsageError("text has no columns; use 'order' or a pattern", "--seed-from")


def _query(request: ScoreRequest, result: Result) -> LogQuery:
    tag = request.tag or request.pattern
    assert tag is not None, "the caller looked"
    validation = request.val_tag or ""
    sign = -1 if result.metric.direction == "lower" else 1
    name, colon, way = validation.rpartition(":")
    if colon and way in _WAYS:
        validation, sign = name, _WAYS[way]
    return LogQuery(
        tag=tag,
        pattern=request.pattern,
        x=request.x,
        seed_from=request.seed_from,
        reducer=request.reducer or result.protocol.reducer,
        validation=validation or None,
        validation_sign=sign,
        accepts_sampled=request.accept_sampled,
    )


def _typed_runs(request: ScoreRequest) -> Iterator[Run]:
    """Yield the runs whose values were typed; a value that is not finite is a run that diverged."""
    _check_typed(request)
    for number, word in enumerate(request.values):
        value = _number(word)
        seed = request.seed[number] if request.seed else None
        if math.isfinite(value):
            yield Run(value=value, seed=seed, sd=request.sd, of=request.runs or 1)
        else:
            yield Run(failed=f"its value is {value}", seed=seed)


def _check_typed(request: ScoreRequest) -> None:
    """Refuse options that do not fit the typed values.

    Raises:
        UsageError: They do not.
    """
    count = len(request.values)
    if request.seed and len(request.seed) != count:
        fault = f"{counted(len(request.seed), 'seed')} for {counted(count, 'value')}"
        raise UsageError(f"{fault}; give '--seed' once for each value", "--seed")
    if request.sd is not None and request.runs is None:
        raise UsageError("say with '--runs' how many runs it is of", "--sd")
    if request.runs is not None and count != 1:
        raise UsageError("it belongs to one VALUE, the mean of the runs", "--runs")


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        # Options are not parsed among the values, because a value may be negative.
        what = "there is no such option" if word.startswith("--") else "it is not a number"
        raise UsageError(f"'{word}': {what}", "VALUE") from None


def _reason(text: str) -> str:
    """Return why a run has no number; a number in its place is a value that came too late.

    NaN and infinity are reasons.

    Raises:
        UsageError: It is a number.
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    raise UsageError(f"is '{text}' a reason? write the values before '--failed'", "--failed")


def _stated_deviations(request: ScoreRequest) -> Iterator[Deviation]:
    """Yield the differences from the paper that were stated, each with its reason."""
    reasons: tuple[str | None, ...] = request.why
    if len(reasons) not in (0, 1, len(request.deviation)):
        raise UsageError("give it once for all deviations, or once for each", "--why")
    if len(reasons) < len(request.deviation):
        reasons = (reasons or (None,)) * len(request.deviation)
    for text, why in zip(request.deviation, reasons, strict=False):
        field, mine = _field_and_value(text)
        yield Deviation(field=field, mine=mine, why=why)


def _field_and_value(text: str) -> tuple[str, str]:
    """Return the parts of a deviation as `on.version=v4`.

    Raises:
        UsageError: It has another form, or a published result has no such field.
    """
    parameter = "--deviation"
    field, _, mine = text.partition("=")
    if not mine.strip():
        raise UsageError(f"'{text}' is not a difference; write it like 'on.version=v4'", parameter)
    known = fields_that_count()
    if field not in known:
        hint = suggestion(field, known, "see 'curriculum results PAPER --json'", most=3)
        raise UsageError(f"a published result has no field '{field}'; {hint}", parameter)
    return field, mine.strip()


def _reducer_deviations(request: ScoreRequest, result: Result) -> Iterator[Deviation]:
    """Yield the differences that the paper's reducer makes when it has other numbers."""
    mine, paper = request.reducer, result.protocol.reducer
    if mine is None or mine.how != paper.how:
        return
    if mine.k is not None and mine.k != paper.k:
        yield Deviation(field="protocol.reducer.k", mine=str(mine.k))
    if mine.x is not None and mine.x != paper.x:
        yield Deviation(field="protocol.reducer.x", mine=str(mine.x))
