"""The list of predictions: read it, find those that are due, and write down what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.predictions import (
    Prediction,
    PredictionEnd,
    PredictionOutcome,
    StatedChance,
    percent_text,
)
from curriculum.model.problems import Problem
from curriculum.practice.ideas import written_text
from curriculum.practice.user_text import TextChange, file_lines, with_lines
from curriculum.practice.yaml_entries import EntryList, ListedEntry, read_entry_list, with_keys

TASTE = "taste"
PREDICTIONS = f"{TASTE}/predictions.yaml"

ListedPrediction = ListedEntry[Prediction]
PredictionList = EntryList[Prediction]


class PredictionState(StrEnum):
    """The one state that a prediction is in."""

    COVERED = "covered"
    OPEN = "open"
    DUE = "due"
    TRUE = "true"
    FALSE = "false"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class JudgedPrediction:
    """A prediction that was just decided, with the number that decided it."""

    prediction: Prediction
    outcome: PredictionOutcome


@dataclass(frozen=True, slots=True)
class PredictionCounts:
    """How many predictions are in which state.

    Attributes:
        open: How many are open, those that are due included.
        due: Those that are to be decided, the longest due first.
        void: How many could not be decided.
        seen: How many were of a number that was known, so that they do not count.
    """

    open: int
    due: tuple[ListedPrediction, ...]
    void: int
    seen: int


def counts_of(every: Sequence[ListedPrediction], today: date) -> PredictionCounts:
    """Return how many predictions are in which state."""
    values = [one.value for one in every]
    return PredictionCounts(
        open=sum(1 for one in values if one.is_open),
        due=due_predictions(every, today),
        void=sum(1 for one in values if _is_void(one)),
        seen=sum(1 for one in values if one.seen and one.outcome is not None),
    )


def _is_void(one: Prediction) -> bool:
    return one.outcome is not None and one.outcome.is_ is PredictionEnd.VOID


def read_predictions(text: str) -> PredictionList:
    """Return the predictions of a text without a problem, and what is wrong with the others."""
    found = read_entry_list(PREDICTIONS, text, Prediction, "prediction")
    problems = {*found.problems, *_twice(found)}
    return EntryList(found.source, found.entries, tuple(sorted(problems)))


def _twice(found: PredictionList) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for entry in found.entries:
        name = entry.value.id
        if name in first:
            place = found.source.place((entry.position, "id"))
            message = f"the prediction of line {first[name]} is called '{name}', too"
            yield Problem(place, "duplicate-id", message, "give one of them another id")
        first.setdefault(name, entry.line)


def prediction_state(one: Prediction, today: date) -> PredictionState:
    """Return the state that a prediction is in."""
    if one.outcome is not None:
        return PredictionState(str(one.outcome.is_))
    if one.is_covered:
        return PredictionState.COVERED
    is_due = one.by is not None and one.by <= today
    return PredictionState.DUE if is_due else PredictionState.OPEN


def due_predictions(every: Iterable[ListedPrediction], today: date) -> tuple[ListedPrediction, ...]:
    """Return the predictions that are to be decided, the longest due first."""
    found = [one for one in every if prediction_state(one.value, today) is PredictionState.DUE]
    return tuple(sorted(found, key=lambda one: (one.value.by or today, one.value.id)))


def prediction_words(one: Prediction) -> str:
    """Return what is predicted: the words, or the score with its range."""
    if one.says is not None:
        return one.says
    what = f"the paper's {one.result}" if one.paper else f"my {one.result}"
    return what if one.range_ is None else f"{what} in {one.range_}"


def due_sentence(one: Prediction) -> str:
    """Return that a prediction is to be decided, as a review says it."""
    return f"to decide since {one.by}: {prediction_words(one)} ({percent_text(one.p[-1].is_)})"


def ended_sentence(one: Prediction) -> str:
    """Return how a prediction ended, as a review says it."""
    assert one.outcome is not None, "it has ended"
    said = percent_text(one.p[-1].is_)
    return f"{one.outcome.is_} on {one.outcome.on}: {prediction_words(one)} (said {said})"


def alike(every: Iterable[ListedPrediction], new: Prediction) -> int:
    """Return how many predictions are about the same thing as a new one."""
    return sum(1 for one in every if _is_alike(one.value, new))


def _is_alike(one: Prediction, new: Prediction) -> bool:
    if one.paper != new.paper or one.is_covered:
        return False
    if one.says is not None and new.says is not None and _plain(one.says) == _plain(new.says):
        return True
    return one.subject == new.subject


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def prediction_lines(one: Prediction) -> list[str]:
    """Return the keys of a new prediction with their values, each on a line."""
    lines = [f"id: {one.id}", f"made: {one.made}"]
    if one.says is not None:
        lines.append(f"says: {written_text(one.says)}")
    if one.result is not None:
        lines.append(f"result: {one.result}")
    if one.paper:
        lines.append("paper: true")
    if one.attempt > 1:
        lines.append(f"attempt: {one.attempt}")
    for key, text in (("how", one.how), ("about", one.about), ("field", one.field_)):
        if text is not None:
            lines.append(f"{key}: {written_text(text)}")
    if one.by is not None:
        lines.append(f"by: {one.by}")
    return [*lines, *said_lines(one)]


def said_lines(one: Prediction) -> Iterator[str]:
    """Yield what a guess adds to a prediction that only covered a number."""
    if one.range_ is not None:
        yield f"range: {one.range_}"
    if one.seen:
        yield "seen: true"
    if one.p:
        yield f"p: [{', '.join(map(said_chance, one.p))}]"
    if one.outcome is not None:
        yield outcome_line(one.outcome)


def said_chance(said: StatedChance) -> str:
    """Return a probability as an entry of `p`."""
    why = "" if said.why is None else f", why: {written_text(said.why)}"
    return f"{{on: {said.on}, is: {percent_text(said.is_)}{why}}}"


def outcome_line(outcome: PredictionOutcome) -> str:
    """Return an outcome as a key with its value."""
    parts = [f"is: {outcome.is_}", f"on: {outcome.on}"]
    if outcome.came is not None:
        parts.append(f"came: {outcome.came}")
    if outcome.published is not None:
        parts.append(f"published: {outcome.published}")
    if outcome.evidence is not None:
        parts.append(f"evidence: {written_text(outcome.evidence)}")
    return f"outcome: {{{', '.join(parts)}}}"


def with_outcome(text: str, entry: ListedPrediction, outcome: PredictionOutcome) -> TextChange:
    """Return the change that writes how a prediction ended."""
    source = read_predictions(text).source
    return with_keys(text, source, entry.position, [outcome_line(outcome)])


def with_guess(text: str, entry: ListedPrediction, guess: Prediction) -> TextChange:
    """Return the change that makes a guess of what only covered a number."""
    source = read_predictions(text).source
    return with_keys(text, source, entry.position, list(said_lines(guess)))


def with_chance(text: str, entry: ListedPrediction, said: StatedChance) -> TextChange:
    """Return the change that adds a probability to a prediction.

    Where the list is written in another way than on one line or with an entry a line, the new file
    is not what is wanted; who applies the change reads it again.
    """
    source = read_predictions(text).source
    path = (entry.position, "p")
    lines = file_lines(text)
    number = source.place(path, of_key=True).line
    start, bracket, end = lines[number - 1].rpartition("]")
    if bracket:
        return with_lines(text, number, [f"{start}, {said_chance(said)}]{end}"])
    last = source.place((*path, len(entry.value.p) - 1)).line
    before, dash, _ = lines[last - 1].partition("- ")
    return with_lines(text, last, [lines[last - 1], f"{before}{dash}{said_chance(said)}"])


def covering(every: Sequence[ListedPrediction], result: str) -> ListedPrediction | None:
    """Return the prediction that covers a published number; None where nothing does."""
    for one in every:
        if one.value.is_covered and one.value.result == result:
            return one
    return None
