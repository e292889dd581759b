"""The minutes given to papers that came in, as far as no plan allows for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from curriculum.model.journal import Fact, Skimmed
from curriculum.model.lived_days import fact_day
from curriculum.model.plan import minute


def skimming_beyond(facts: Iterable[Fact], weekly: int, zone: tzinfo) -> Mapping[int, int]:
    """Return the minutes of the papers that were looked at beyond so many in each week.

    Args:
        facts: What was recorded, in order.
        weekly: The minutes of a week that the balance of the plans allows for; the first ones of a
            week are these.
        zone: The plan's zone, for facts without one.

    Returns:
        The minute until which they were looked at, to how many there are beyond.
    """
    of_week: Counter[tuple[int, int]] = Counter()
    beyond: Counter[int] = Counter()
    for fact in facts:
        if isinstance(fact, Skimmed):
            week = fact_day(fact, zone).isocalendar()[:2]
            allowed = max(0, weekly - of_week[week])
            of_week[week] += fact.minutes
            beyond[minute(fact.at)] += max(0, fact.minutes - allowed)
    return beyond
