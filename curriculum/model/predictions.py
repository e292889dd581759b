"""Predictions and what is admired, as `taste/predictions.yaml` and `taste/admired.yaml` say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from curriculum.model.checks import Before, Limited, whole_check
from curriculum.model.fields import Frozen, Line
from curriculum.model.identifiers import NAME
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.quantities import UnreadableError, day, quoted
from curriculum.model.results import Number

_SURE = Fraction(99, 100)
_PERCENT = late_pattern(r"(?P<number>\d{1,3}(?:\.\d{1,6})?)\s*%|(?P<share>0?\.\d{1,8})")
_NUMBER = r"[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_RANGE = late_pattern(rf"(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})")
_RESULT = late_pattern(rf"{NAME}#{NAME}")


def chance(value: Any) -> Fraction:  # Any: pydantic passes on whatever the file holds
    """Return a probability from 1 % to 99 %, written as `65%` or `0.65`.

    Raises:
        UnreadableError: It is something else. Nothing is certain: a mistake at 0 or 100 % could
            never be made good.

    >>> chance("65%")
    Fraction(13, 20)
    """
    if isinstance(value, Fraction):
        return value
    match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        hint = "write it like '65%'"
        raise UnreadableError("bad-share", f"{quoted(value)} is not a probability", hint)
    found = Fraction(match["share"] or 0)
    if match["number"] is not None:
        found = Fraction(match["number"]) / 100
    if not 1 - _SURE <= found <= _SURE:
        message = f"{quoted(value)} is not between 1% and 99%: nothing is certain"
        raise UnreadableError("bad-share", message, "write it like '95%'")
    return found


def percent_text(share: Fraction) -> str:
    """Return a probability as it is written.

    >>> percent_text(Fraction(13, 20)), percent_text(Fraction(1, 8))
    ('65%', '12.5%')
    """
    number = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return f"{number.normalize():f}%"


@dataclass(frozen=True, slots=True)
class NumberRange:
    """What a number is predicted to lie in, both ends included."""

    low: Decimal
    high: Decimal

    def __contains__(self, number: object) -> bool:
        """Whether a number lies in it."""
        assert isinstance(number, (Decimal, float)), "only numbers lie in ranges"
        return self.low <= number <= self.high

    def __str__(self) -> str:
        """Return the range as it is written: `3300..3700`."""
        return f"{self.low}..{self.high}"


def number_range(value: Any) -> NumberRange:  # Any: see chance()
    """Return the range written as `3300..3700`.

    Raises:
        UnreadableError: It is something else, runs backwards, or is a point, which no measured
            number can be relied on to hit.

    >>> str(number_range("-3..1.50"))
    '-3..1.50'
    """
    if isinstance(value, NumberRange):
        return value
    match = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        hint = "write it like '3300..3700'"
        raise UnreadableError("bad-number", f"{quoted(value)} is not a range of numbers", hint)
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if low > high:
        message = f"the range runs backwards: {low} to {high}"
        raise UnreadableError("bad-value", message, f"did you mean '{high}..{low}'?")
    if low == high:
        message = f"the range is a point: {low}"
        raise UnreadableError("bad-value", message, "give two different ends, as '19.5..20.5'")
    return NumberRange(low, high)


def is_result_name(text: str) -> bool:
    """Whether a text has the form of the name of a published result, as `ppo-2017#ppo-pong`."""
    return _RESULT.fullmatch(text.lower()) is not None


_Chance = Annotated[Fraction, Before(chance)]
_Day = Annotated[date, Before(day)]
_Range = Annotated[NumberRange, Before(number_range)]
PredictionId = Annotated[str, Limited(pattern=rf"^{NAME}$", max_length=100)]


class StatedChance(Frozen):
    """How likely a person held something to be, from a day on, and why it changed."""

    on: _Day
    is_: _Chance
    why: Line | None = None


class PredictionEnd(StrEnum):
    """How a prediction ended; one that is void cannot be decided, and counts nowhere."""

    TRUE = "true"
    FALSE = "false"
    VOID = "void"


class PredictionOutcome(Frozen):
    """How a prediction ended, and what shows it.

    Attributes:
        is_: Whether it came true.
        on: The day on which that was known.
        evidence: What shows it.
        came: Of a range: the number that came.
        published: Of a range about one's own score: the published number, by whose size the ranges
            of different metrics are compared.
    """

    is_: PredictionEnd
    on: _Day
    evidence: Line | None = None
    came: Number | None = None
    published: Number | None = None


class Prediction(Frozen):
    """Something that is predicted with a probability.

    Attributes:
        id: What commands call it.
        made: The day on which it was made.
        says: What is predicted; of a published result, None.
        result: The published result that the range is about, as `td3-2018#td3-hopper`.
        range_: What the score lies in.
        paper: Whether it is about the paper's own number, not about one's own score.
        seen: Whether the number, or a part of it, was known already; it is not scored.
        attempt: Of one's own score: the first attempt that may decide it.
        how: What decides it.
        by: The day on which it is to be decided.
        about: What it is about, as a work or `arxiv:2502.16982`.
        field_: The field that it belongs to, in the person's own words.
        p: The probabilities, the first one that of the day on which it was made.
        outcome: How it ended; None while it is open.
    """

    id: PredictionId
    made: _Day
    says: Line | None = None
    result: Line | None = None
    range_: _Range | None = None
    paper: bool = False
    seen: bool = False
    attempt: Annotated[int, Limited(ge=1)] = 1
    how: Line | None = None
    by: _Day | None = None
    about: Line | None = None
    field_: Line | None = None
    p: tuple[StatedChance, ...] = ()
    outcome: PredictionOutcome | None = None

    @whole_check
    def _is_whole(self) -> Prediction:
        for fault, hint in (*_missing(self), *_out_of_order(self)):
            raise UnreadableError("bad-value", fault, hint)
        return self

    @property
    def is_covered(self) -> bool:
        """Whether it only covers a published number until that is guessed."""
        return self.paper and self.range_ is None

    @property
    def is_open(self) -> bool:
        """Whether it can still be decided."""
        return self.outcome is None and not self.is_covered

    @property
    def has_come_true(self) -> bool | None:
        """Whether it came true; None while it is open, and where it counts nowhere."""
        if self.outcome is None or self.seen or self.outcome.is_ is PredictionEnd.VOID:
            return None
        return self.outcome.is_ is PredictionEnd.TRUE

    @property
    def subject(self) -> str:
        """What it is about, by which predictions on one thing are found."""
        return self.about or self.result or self.id


def _missing(one: Prediction) -> Iterator[tuple[str, str]]:
    """Yield what a prediction lacks, or has too much of, with a remedy."""
    if (one.says is None) == (one.result is None):
        yield "a prediction has either 'says' or 'result'", "give one of them"
    yield from _missing_of_event(one) if one.result is None else _missing_of_score(one)
    if not one.p and not one.is_covered:
        yield "the prediction has no probability", "add 'p: [{on: 2027-01-09, is: 65%}]'"


def _missing_of_event(one: Prediction) -> Iterator[tuple[str, str]]:
    if one.how is None:
        yield "nothing says what decides the prediction", "add 'how'"
    if one.by is None:
        yield "nothing says when the prediction is decided", "add 'by'"
    if one.paper or one.range_ is not None:
        yield "'paper' and 'range' belong to a published result", "name it with 'result'"


def _missing_of_score(one: Prediction) -> Iterator[tuple[str, str]]:
    if one.range_ is None and not one.paper:
        yield "a prediction about a score has a range", "add 'range', as '3300..3700'"


def _out_of_order(one: Prediction) -> Iterator[tuple[str, str]]:
    """Yield what is dated as it cannot have been, with a remedy."""
    days = [said.on for said in one.p]
    hint = "correct one of the dates"
    if days != sorted(days) or any(on < one.made for on in days):
        yield "the probabilities are not in the order of their days, from 'made' on", hint
    if one.outcome is None:
        return
    if one.outcome.on < one.made:
        yield f"it was decided on {one.outcome.on}, before it was made on {one.made}", hint
    if days and days[-1] > one.outcome.on:
        yield f"the probability was changed on {days[-1]}, after the outcome", hint


class Admired(Frozen):
    """A work that a person admires, and what for.

    Attributes:
        work: A work of the library, or another one, as `arxiv:2502.16982`.
        on: The day on which that was noted.
        kind: What kind of thing is admired, as `algorithm` or `experiment`.
        why: Why.
    """

    work: Line
    on: _Day
    kind: Line | None = None
    why: Line
