"""How far the weeks of an allocation are from the balance of the tracks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo
from fractions import Fraction

from curriculum.model.plan import instant, release_minute
from curriculum.schedule.planner import Block
from curriculum.schedule.slots import monday_of

_WEEK = timedelta(weeks=1)


def beyond_shares(
    blocks: Iterable[Block],
    shares: tuple[Fraction, Fraction],
    zone: tzinfo,
) -> Fraction:
    """Return the minutes that go to a track beyond its share of the week, over all weeks.

    Args:
        blocks: In calendar order.
        shares: The share of each track; only the ratio matters.
        zone: The zone of the weeks, which begin on Mondays.
    """
    total = Fraction(0)
    spent = [0, 0]
    monday = 0
    for block in blocks:
        if block.start >= monday:
            total += beyond_share(spent, shares)
            spent = [0, 0]
            monday = _next_monday(block.start, zone)
        spent[block.track] += block.minutes
    return total + beyond_share(spent, shares)


def beyond_share(spent: Sequence[int], shares: tuple[Fraction, Fraction]) -> Fraction:
    """Return by how many minutes one of two tracks has more than its share of them all."""
    return abs(spent[0] * shares[1] - spent[1] * shares[0]) / sum(shares)


def _next_monday(minute: int, zone: tzinfo) -> int:
    day = instant(minute).astimezone(zone).date()
    return release_minute(monday_of(day) + _WEEK, zone)
