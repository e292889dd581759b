"""What the command line says of scores, as an entry of the journal: typed values, or values read from logs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import click

from curriculum.model.attempts import Deviation, Reading, Run, ScoreEntry
from curriculum.model.results import Reducer, Result
from curriculum.reproduction.protocol_check import fields_that_count
from curriculum.services.run_logs import Wanted, read_runs


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of the scores."""

    values: tuple[str, ...]
    paths: tuple[Path, ...]
    tag: str | None
    x: str | None
    seed_from: str | None
    reducer: Reducer | None
    val_tag: str | None
    accept_sampled: bool
    unit: str | None
    sd: float | None
    runs: int | None
    seed: tuple[str, ...]
    deviation: tuple[str, ...]
    why: tuple[str, ...]
    failed: tuple[str, ...]
    commit: str | None
    seeds: int | None
    looks: int | None
    new: bool


def entry_of(said: Said, result: Result, last: Reading | None = None) -> ScoreEntry:
    """Return what the command records; what it does not say of the logs is as it was in the `last` reading.

    Raises:
        click.BadParameter: Something is wrong with what was said.
    """
    read, reading = _read(said, result, last) if said.paths else (tuple(_typed(said)), None)
    failed = tuple(Run(failed=_reason(reason)) for reason in said.failed)
    if not (read or failed or said.seeds or said.deviation):
        raise click.UsageError("give the scores, one VALUE per seed, or read them '--from PATH'")
    digits = [len(word.partition(".")[2]) for word in said.values if "e" not in word.lower()]
    return ScoreEntry(
        runs=(*read, *failed),
        reducer=None if said.reducer is None else said.reducer.how,
        unit=said.unit,
        printed=max(digits, default=None),
        deviations=tuple(_deviations(said, result)),
        commit=said.commit,
        reading=reading,
        seeds=said.seeds,
        looks=said.looks,
        new=said.new,
    )


def _read(said: Said, result: Result, last: Reading | None) -> tuple[tuple[Run, ...], Reading]:
    """Return the runs that the logs hold, and how they were read."""
    if last is None:
        return read_runs(said.paths, _wanted(said, result), result)
    said = replace(said, tag=last.tag)
    runs, reading = read_runs(said.paths, _wanted(said, result), result)
    if said.x is None and reading.x != last.x:
        runs, reading = read_runs(said.paths, _wanted(replace(said, x=last.x), result), result)
    note = f"read '{reading.tag}' over '{reading.x}', as the last time"
    return runs, reading.model_copy(update={"notes": (note, *reading.notes)})


def _wanted(said: Said, result: Result) -> Wanted:
    assert said.tag is not None, "the caller looked"
    tag, _, way = (
        (said.val_tag or "").rpartition(":")
        if (said.val_tag or "").endswith((":lower", ":higher"))
        else (said.val_tag or "", "", "")
    )
    return Wanted(
        said.tag,
        said.x,
        said.seed_from,
        said.reducer or result.protocol.reducer,
        tag or None,
        -1 if way == "lower" or (not way and result.metric.direction == "lower") else 1,
        said.accept_sampled,
    )


def _typed(said: Said) -> Iterator[Run]:
    """Yield the runs whose values were typed; what is no finite number is a run that diverged."""
    if said.seed and len(said.seed) != len(said.values):
        fault = f"{len(said.seed)} seeds for {len(said.values)} values; give '--seed' once for each value"
        raise click.BadParameter(fault, param_hint="--seed")
    if (said.sd is None) != (said.runs is None) or (said.sd is not None and len(said.values) != 1):
        raise click.UsageError(
            "'--sd' and '--runs' belong together, and to one VALUE: the mean of the runs"
        )
    for number, word in enumerate(said.values):
        value = _number(word)
        seed = said.seed[number] if said.seed else None
        if math.isfinite(value):
            yield Run(value=value, seed=seed, sd=said.sd, of=said.runs or 1)
        else:
            yield Run(failed=f"its value is {value}", seed=seed)


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        what = "there is no such option" if word.startswith("--") else "it is not a number"
        raise click.BadParameter(f"'{word}': {what}", param_hint="VALUE") from None


def _reason(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return text
    raise click.BadParameter(
        f"is '{text}' a reason? write the values before '--failed'", param_hint="--failed"
    )


def _deviations(said: Said, result: Result) -> Iterator[Deviation]:
    """Yield the differences that were said, and those that a chosen reducer makes."""
    known = fields_that_count()
    if len(said.why) not in (0, 1, len(said.deviation)):
        raise click.BadParameter(
            "give it once for all deviations, or once for each", param_hint="--why"
        )
    for number, text in enumerate(said.deviation):
        field, equals, mine = text.partition("=")
        if not equals or not mine.strip():
            raise click.BadParameter(
                f"'{text}' is no difference; write it like 'on.version=v4'",
                param_hint="--deviation",
            )
        if field not in known:
            near = get_close_matches(field, known, 3, 0.4)
            hint = (
                f"did you mean {' or '.join(map(repr, near))}?"
                if near
                else "see 'curriculum results PAPER --json'"
            )
            raise click.BadParameter(
                f"a published result has no field '{field}'; {hint}", param_hint="--deviation"
            )
        why = said.why[0 if len(said.why) == 1 else number] if said.why else None
        yield Deviation(field=field, mine=mine.strip(), why=why)
    if said.reducer is not None and said.reducer.how == result.protocol.reducer.how:
        for key in ("k", "x"):
            mine, paper = getattr(said.reducer, key), getattr(result.protocol.reducer, key)
            if mine is not None and mine != paper:
                yield Deviation(field=f"protocol.reducer.{key}", mine=str(mine))
