"""Time for something totally different: how much the settings keep, and what a lot comes to."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Annotated, Any

from curriculum.model.checks import Before, Described, Limited, whole_check
from curriculum.model.fields import Frozen
from curriculum.model.quantities import Percentage, UnreadableError
from curriculum.model.study_hours import weekdays

FRIDAY = (4,)
DEFAULT_EPSILON = Fraction(1, 5)
"""The probability of a random draw where the settings do not say."""

_LOTS = 1 << 64


class Drawn(StrEnum):
    """How the subject of a week was found."""

    RANDOM = "random"
    UPSIDE = "upside"
    CHOSEN = "chosen"


class ExplorationOutcome(StrEnum):
    """What exploring something came to."""

    NOTHING = "nothing"
    PROMISING = "promising"
    ADOPTED = "adopted"


def weekday_list(value: Any) -> Any:  # Any: see as_list()
    """Return the days of the week that a text names, and anything else as it is."""
    return weekdays(value) if isinstance(value, str) else value


class Explore(Frozen):
    """How much study time is kept for something totally different.

    Either a share of every week, taken from the days `on`; or whole study days, each by lot with
    the probability `epsilon`.
    """

    share: Percentage | None = None
    on: Annotated[
        tuple[Annotated[int, Limited(ge=0, le=6)], ...],
        Before(weekday_list),
        Described({"type": "string", "examples": ["fri", "thu,fri"]}),
    ] = FRIDAY
    epsilon: Percentage | None = None
    seed: int = 0

    @whole_check
    def _says_one_amount(self) -> Explore:
        if (self.share is None) == (self.epsilon is None):
            message = "the time to explore is either a share of each week or by lot"
            hint = "write it like '{share: 20%, on: fri}' or '{epsilon: 0.2}'"
            raise UnreadableError("bad-value", message, hint)
        if self.epsilon is not None and self.on != FRIDAY:
            message = "days by lot cannot be named"
            raise UnreadableError("bad-value", message, "remove 'on', or give a 'share'")
        return self

    @property
    def target(self) -> Fraction:
        """The share of the study time that is meant for exploration."""
        share = self.share or self.epsilon
        assert share is not None, "one of them is given"
        return share

    @property
    def randomness(self) -> Fraction:
        """The probability with which the subject of a week is drawn evenly."""
        return self.epsilon or DEFAULT_EPSILON


def lot(seed: int, *words: object) -> Fraction:
    """Return a number from 0 to 1 that looks random, always the same for the same words.

    >>> lot(7, "2027-W02") == lot(7, "2027-W02") != lot(8, "2027-W02")
    True
    """
    text = "\0".join(map(str, (seed, *words)))
    return Fraction(int.from_bytes(sha256(text.encode()).digest()[:8]), _LOTS)
