"""What a change of the code gained, and what it cost in lines and knobs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from curriculum.model.checks import Before, Described, Limited
from curriculum.model.fields import Frozen
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import UnreadableError, quoted, weight


@dataclass(frozen=True, slots=True)
class ArmSummary:
    """The runs without a change, or with it: their mean, and how many there are."""

    mean: float
    n: int


@dataclass(frozen=True, slots=True)
class Gain:
    """How much better the runs with a change are; positive is better whatever the direction.

    Attributes:
        value: The gain.
        low: The lower end of its 90 % interval; None where one side is a single run.
        high: The upper end.
        is_relative: Whether it is a share of what there was before; where that was 0, it is a
            difference in the unit of the metric.
    """

    value: float
    low: float | None
    high: float | None
    is_relative: bool

    @property
    def is_noise(self) -> bool | None:
        """Whether it cannot be told from nothing; None where there is no interval."""
        if self.low is None or self.high is None:
            return None
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change costs: lines added and removed, and knobs more than before."""

    added: int
    removed: int
    knobs: int

    @property
    def net(self) -> int:
        """How many lines there are more than before; negative for a deletion."""
        return self.added - self.removed


@dataclass(frozen=True, slots=True)
class Ablation:
    """A change with what it gained and cost.

    Attributes:
        day: When it was recorded.
        id: What other changes call it.
        on: What was measured: a published result, or a task in the person's own words.
        change: What was changed.
        cost: What it cost.
        before: The runs without it.
        after: The runs with it.
        gain: What it gained.
        kept: Whether it was kept; None while that is open.
        why: Why.
        parent: The change on which it builds, so that the runs before are with that one.
    """

    day: date
    id: str
    on: str
    change: str
    cost: Cost
    before: ArmSummary
    after: ArmSummary
    gain: Gain
    kept: bool | None = None
    why: str | None = None
    parent: str | None = None


def gain_share(value: Any) -> Fraction:  # Any: pydantic passes on whatever the file holds
    """Return a gain above zero, written as `10%` or `0.1`; more than 100 % is allowed.

    Raises:
        UnreadableError: It is something else.

    >>> gain_share("150%")
    Fraction(3, 2)
    """
    if isinstance(value, Fraction):
        return value
    message, hint = f"{quoted(value)} is not a gain", "write it like '10%'"
    if not isinstance(value, str):
        raise UnreadableError("bad-share", message, hint)
    try:
        found = weight(value)
    except UnreadableError:
        raise UnreadableError("bad-share", message, hint) from None
    if value.rstrip().endswith("%"):
        found /= 100
    if found <= 0:
        raise UnreadableError("bad-share", f"{quoted(value)} is not a gain above zero", hint)
    return found


_GainShare = Annotated[
    Fraction,
    Before(gain_share),
    Described({"type": ["string", "number"], "examples": ["10%"]}),
]


class WorthPoint(Frozen):
    """How much a change of so many lines has to gain to be worth it."""

    lines: Annotated[int, Limited(ge=1)]
    gain: _GainShare
