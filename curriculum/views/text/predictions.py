"""Predictions as text: what was written down, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from curriculum.model.formatting import counted, names_text
from curriculum.model.predictions import Prediction, percent_text
from curriculum.practice.predictions import (
    JudgedPrediction,
    ListedPrediction,
    PredictionState,
    prediction_state,
    prediction_words,
)
from curriculum.views.text.lines import StyledLine, line

_MANY = 3
"""From so many others on about one thing, it is said that they hang together."""


_MOST_COVERED = 3


def share_text(share: Fraction) -> str:
    """Return a probability as a person reads it: `65 %`."""
    return f"{percent_text(share)[:-1]} %"


def predicted_lines(one: Prediction, alike: int = 0) -> Iterator[str]:
    """Yield what was written down of a prediction, and what must be said of it."""
    yield f"{one.id}: {prediction_words(one)}, {share_text(one.p[-1].is_)}"
    if one.outcome is not None:
        yield _end(one)
    elif one.result is not None and not one.paper:
        yield f"'curriculum score {one.result}' judges it, once {_attempt(one)} is complete"
    if one.seen:
        yield f"note: it is not scored, because {_seen_because(one)}"
    if alike >= _MANY:
        about = f"{counted(alike, 'other prediction')} are about the same thing"
        yield f"note: {about}; they are right or wrong together, and prove no more than a few"


def _attempt(one: Prediction) -> str:
    return "your attempt" if one.attempt == 1 else f"attempt {one.attempt}"


def _seen_because(one: Prediction) -> str:
    if one.paper:
        return "the number was shown before"
    return "some of its runs are recorded already"


def _end(one: Prediction) -> str:
    assert one.outcome is not None, "the caller looked"
    if one.outcome.came is None:
        evidence = f": {one.outcome.evidence}" if one.outcome.evidence else ""
        return f"{one.outcome.is_} on {one.outcome.on}{evidence}"
    where = "inside" if one.outcome.is_ == "true" else "outside"
    evidence = f" ({one.outcome.evidence})" if one.outcome.evidence else ""
    return f"it is {one.outcome.came}{evidence}: {where}"


def judged_lines(judged: Iterable[JudgedPrediction]) -> Iterator[str]:
    """Yield the predictions that a score decided."""
    for one in judged:
        prediction = one.prediction
        said = share_text(prediction.p[-1].is_)
        seen = "; not scored" if prediction.seen else ""
        where = f"{_end(prediction)} {prediction.range_}"
        yield f"prediction {prediction.id}: {where}, said {said}{seen}"


def prediction_list_lines(
    shown: Sequence[ListedPrediction], today: date, *, is_all: bool
) -> Iterator[str | StyledLine]:
    """Yield each prediction with its probability, and what decides it or how it ended."""
    if not shown:
        yield _nothing(is_all=is_all)
    for entry in shown:
        one = entry.value
        if not one.is_covered:
            yield line((one.id, "bold"), f"  {prediction_words(one)}")
            yield f"    {_state(one, today)}"
    covered = [entry.value.result or "" for entry in shown if entry.value.is_covered]
    if covered:
        yield f"Covered until you guess them: {names_text(covered, _MOST_COVERED)}"


def _nothing(*, is_all: bool) -> str:
    what = "Nothing is predicted" if is_all else "No prediction is open"
    return f"{what}; 'curriculum predict TEXT --p 65% --by DATE --how TEXT' makes one."


def due_advice(due: Sequence[ListedPrediction]) -> Iterator[str]:
    """Yield how to decide what is due."""
    if due:
        name = due[0].value.id
        yield f"Decide with 'curriculum predicted {name} true|false|void --evidence TEXT'."


def _state(one: Prediction, today: date) -> str:
    state = prediction_state(one, today)
    match state:
        case PredictionState.OPEN | PredictionState.DUE:
            return f"{_chances(one)}{_due(one, state)}{_decided_by(one)}"
        case _:
            seen = "; seen before, not scored" if one.seen else ""
            return f"{_end(one)}; said {_chances(one)}{seen}"


def _chances(one: Prediction) -> str:
    last = share_text(one.p[-1].is_)
    if len(one.p) == 1:
        return last
    return f"{last} (at first {share_text(one.p[0].is_)})"


def _due(one: Prediction, state: PredictionState) -> str:
    if one.by is None:
        return ""
    return f", due since {one.by}" if state is PredictionState.DUE else f", due {one.by}"


def _decided_by(one: Prediction) -> str:
    if one.how is not None:
        return f", decided by: {one.how}"
    return f", 'curriculum score {one.result}' decides it"


def covered_lines(covered: Sequence[str], shown: Sequence[str]) -> Iterator[str]:
    """Yield which published numbers are covered now, and which were shown before."""
    for name in covered:
        yield f"covered: {name}"
    if covered:
        yield f"guess one: curriculum predict {covered[0]} LOW..HIGH --p 70% --paper"
    if not covered and not shown:
        yield "nothing to cover: every number was guessed"
    for name in shown:
        yield f"note: '{name}' was shown before; a guess of it would not be scored"
