"""Which free time of a week is kept for papers that came in, and what is left to the papers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from curriculum.model.habits import Sitting, SittingKind
from curriculum.model.plan import FreeDay
from curriculum.model.quantities import minutes
from curriculum.model.settings import Balance, Settings

SKIM = "skim"
"""What the sitting for papers that came in is called."""


def skimming_of_week(settings: Settings, days: Sequence[FreeDay]) -> Sitting | None:
    """Return the sitting of a week in which papers that came in are looked at.

    It begins where a stretch of free time begins, the first that is long enough; one that leaves a
    rest too short for a session comes last. None where no stretch is.

    Args:
        settings: How long it takes, and on which days.
        days: The free days of the week, whole, as they are without it.
    """
    if settings.skim is None:
        return None
    length = minutes(settings.skim.takes)
    shortest = minutes(settings.session.shortest)
    found: list[tuple[bool, Sitting]] = []
    for day in days:
        if settings.skim.on and day.day.weekday() not in settings.skim.on:
            continue
        for start, end in day.intervals:
            rest = end - start - length
            if rest >= 0:
                sitting = Sitting(SKIM, day.day, start, start + length, SittingKind.SKIM)
                found.append((0 < rest < shortest, sitting))
    return min(found, key=lambda one: (one[0], one[1].start))[1] if found else None


def balance_beside_skimming(settings: Settings) -> Balance:
    """Return the balance of the study that is planned beside the skimming of each week.

    Skimming counts for the papers: of a week's study, they get the less. A week is as long as the
    weekly windows say; where a calendar says the hours, the balance stays what it is.
    """
    balance = settings.balance
    if settings.skim is None:
        return balance
    week = _week_minutes(settings)
    whole = balance.textbooks + balance.papers
    papers = week * balance.papers / whole
    if not week:
        return balance
    textbooks = week - papers
    left = max(Fraction(0), papers - minutes(settings.skim.takes))
    if not textbooks + left:
        return balance
    return balance.model_copy(update={"textbooks": textbooks, "papers": left})


def skimming_allowed_for(settings: Settings) -> int:
    """Return the minutes of skimming a week that `balance_beside_skimming` allows for."""
    if settings.skim is None or balance_beside_skimming(settings) == settings.balance:
        return 0
    return minutes(settings.skim.takes)


def _week_minutes(settings: Settings) -> Fraction:
    """Return how long a week's study is by the weekly windows, the skimming included."""
    free = sum(window.end - window.start for day in settings.week for window in day)
    allowed = settings.load * free
    cap = settings.cap.week
    return allowed if cap is None else min(allowed, Fraction(minutes(cap)))
