"""The user's own runs at a published result, as the journal keeps them."""

from __future__ import annotations

import json
from typing import Annotated, TypeVar

from curriculum import model
from curriculum.model.checks import Limited
from curriculum.model.fields import Frozen, Line
from curriculum.model.problems import CurriculumError
from curriculum.model.results import ReducerName

_Kept = TypeVar("_Kept")


class Run(Frozen):
    """One run: the number it came to, or why it came to none.

    Attributes:
        value: Its reduced value; None for a run that crashed or diverged. Finite.
        sd: The standard deviation that the user gave with a mean of several runs; None where it
            is not known.
        of: How many runs the value is the mean of; 1 for a single run.
        seed: Its seed, as written; None when it was not given.
        failed: Why there is no value.
        path: The log it was read from, as given.
        sha256: Of the log's files.
        steps: The last x of the log; None where rows were counted.
    """

    value: Annotated[float, Limited(allow_inf_nan=False)] | None = None
    sd: Annotated[float, Limited(ge=0, allow_inf_nan=False)] | None = None
    of: Annotated[int, Limited(ge=1)] = 1
    seed: Line | None = None
    failed: Line | None = None
    path: Line | None = None
    sha256: Line | None = None
    steps: float | None = None


class Deviation(Frozen):
    """A field of the published result in which the user's runs differ; accepted with a reason."""

    field: Line
    mine: Line
    why: Line | None = None


class Reading(Frozen):
    """How the values were read from logs; written by the tool, never by hand."""

    tag: Line
    x: Line
    reducer: Line
    importer: Line
    notes: tuple[Line, ...] = ()


class Judged(Frozen):
    """What the verdict was when the runs were recorded, and against which record."""

    published: Line
    value: Line
    outcome: Line
    lean: Line | None = None
    n: int
    margin: float
    margin_from: Line
    difference: float | None = None
    low: float | None = None
    high: float | None = None


class ScoreEntry(Frozen):
    """What one command records of an attempt.

    Attributes:
        runs: New runs, in the order given.
        reducer: How the values were reduced, when the user or a log says so; None for the paper's
            own rule.
        unit: The unit of the values when it is not the paper's.
        printed: Digits after the point of typed values, the most of them.
        deviations: Fields that differ from now on.
        commit: The commit of the user's code.
        reading: How the values were read from logs.
        seeds: How many runs were declared beforehand.
        looks: How many looks at the verdict were declared beforehand.
        new: Whether a new attempt begins; the earlier ones stay in the history.
        judged: The verdict after it.
    """

    runs: tuple[Run, ...] = ()
    reducer: ReducerName | None = None
    unit: Line | None = None
    printed: int | None = None
    deviations: tuple[Deviation, ...] = ()
    commit: Line | None = None
    reading: Reading | None = None
    seeds: Annotated[int, Limited(ge=2)] | None = None
    looks: Annotated[int, Limited(ge=1)] | None = None
    new: bool = False
    judged: Judged | None = None


def entry_text(entry: ScoreEntry) -> str:
    """Return an entry as compact JSON, the same for equal entries."""
    said = entry.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


class DamagedScoresError(CurriculumError):
    """Scores in the journal that this program cannot have written."""

    def __init__(self, fact: str, fault: str) -> None:
        """Build the sentence from the id of the fact and what is wrong."""
        super().__init__(f"the journal cannot be read: the fact '{fact}' is damaged ({fault})")


def read_entry(text: str, fact: str) -> ScoreEntry:
    """Return the entry that `entry_text` wrote.

    Args:
        text: What the journal holds.
        fact: The id of the fact, for the error to name.

    Raises:
        DamagedScoresError: It is something else.
    """
    try:
        return ScoreEntry.model_validate_json(text)
    except ValueError as error:
        raise DamagedScoresError(fact, model.checking.first_fault(error)) from error


class Attempt(Frozen):
    """All that was recorded of the runs at one published result since the attempt began.

    Attributes:
        result: The published result, as `td3-2018#td3-hopper`.
        runs: All runs, in the order recorded.
        reducer: As in `ScoreEntry`, the last one given.
        unit: As in `ScoreEntry`, the last one given.
        printed: As in `ScoreEntry`, the most.
        deviations: The last one given for each field.
        commits: The commits of the user's code, each once.
        seeds: Declared runs; None when none were declared before the first run.
        looks: Declared looks; 1 when seeds were declared without.
        looked: How often runs were added so far: the looks when none were declared.
        readings: How values were read from logs, each once.
        judged: The verdicts so far.
        number: Which attempt at the result it is, from 1.
        looks_before: What the attempts before it spent of the level: a look each, or one for all
            declared looks of an attempt.
    """

    result: Line
    runs: tuple[Run, ...] = ()
    reducer: ReducerName | None = None
    unit: Line | None = None
    printed: int | None = None
    deviations: tuple[Deviation, ...] = ()
    commits: tuple[Line, ...] = ()
    seeds: int | None = None
    looks: int = 1
    looked: int = 0
    readings: tuple[Reading, ...] = ()
    judged: tuple[Judged, ...] = ()
    number: int = 1
    looks_before: int = 0

    def after(self, entry: ScoreEntry) -> Attempt:
        """Return the attempt with one more entry."""
        before = self.next() if entry.new else self
        added: dict[str, object] = {
            "runs": (*before.runs, *entry.runs),
            "reducer": entry.reducer or before.reducer,
            "unit": entry.unit or before.unit,
            "printed": before._most_digits(entry),
            "deviations": before._last_deviations(entry),
            "commits": _with_one_more(before.commits, entry.commit),
            "looked": before.looked + bool(entry.runs),
            "readings": _with_one_more(before.readings, entry.reading),
        }
        if entry.judged is not None:
            added["judged"] = (*before.judged, entry.judged)
        # Runs and looks that are declared after the first run would be declared to fit it.
        if not before.runs:
            added["looks"] = entry.looks or before.looks
        if not before.runs and before.seeds is None:
            added["seeds"] = entry.seeds
        return before.model_copy(update=added)

    def next(self) -> Attempt:
        """Return the attempt that follows, without a run; the first one where nothing was done."""
        if not self.runs and self.seeds is None:
            return Attempt(result=self.result, number=self.number, looks_before=self.looks_before)
        spent = self.looked if self.seeds is None else min(1, self.looked)
        return Attempt(
            result=self.result,
            number=self.number + 1,
            looks_before=self.looks_before + spent,
        )

    def _most_digits(self, entry: ScoreEntry) -> int | None:
        printed = [digits for digits in (self.printed, entry.printed) if digits is not None]
        return max(printed, default=None)

    def _last_deviations(self, entry: ScoreEntry) -> tuple[Deviation, ...]:
        fields = {one.field: one for one in (*self.deviations, *entry.deviations)}
        return tuple(fields[name] for name in sorted(fields))


def _with_one_more(values: tuple[_Kept, ...], value: _Kept | None) -> tuple[_Kept, ...]:
    """Return values with another one at the end, unless there is none or it is among them."""
    if value is None or value in values:
        return values
    return (*values, value)
