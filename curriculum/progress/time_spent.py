"""What went into each unit: minutes that were logged, and those that marking it as done adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished, Stopped, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.progress import Progress


@dataclass(frozen=True, slots=True)
class Credit:
    """Minutes of a unit that nobody logged, and that marking it as done adds.

    Attributes:
        fact: The fact that marked the unit as done, and to whose day the minutes belong.
        given: Minutes beyond those logged, by what the person said the unit took in all; None when
            that was not said: then the whole effort of the unit is assumed.
    """

    fact: Finished
    given: int | None

    @property
    def is_assumed(self) -> bool:
        """Whether nobody said how long the unit took."""
        return self.given is None

    def minutes(self, efforts: Mapping[UnitId, int]) -> int:
        """Return the minutes, by the effort of each unit; an unknown unit is not assumed any."""
        if self.given is None:
            return efforts.get(self.fact.unit, 0)
        return self.given


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Minutes that went into a unit or several.

    Attributes:
        logged: Those that were logged, by hand or by the timer.
        given: Those beyond, by what the person said the units took in all.
        assumed: Those that are assumed of units marked as done without a word on time.
    """

    logged: int = 0
    given: int = 0
    assumed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.logged + self.given + self.assumed


def credits_of(progress: Progress) -> dict[UnitId, Credit]:
    """Return what marking units as done adds to the minutes logged.

    The order in which facts were recorded counts, not the days they are about. Minutes are assumed
    only where nothing was known of the unit before it was marked; what is logged later is added to
    them. What the person says a unit took replaces what was assumed, or said before. A unit that is
    opened again keeps the time that went into it.
    """
    # It is asked for many times, and most facts are about units that nobody finished.
    marked = {fact.unit for fact in progress.live if isinstance(fact, Finished)}
    found: dict[UnitId, Credit] = {}
    logged: Counter[UnitId] = Counter()
    for fact in progress.live if marked else ():
        match fact:
            case Studied() | Stopped() if fact.unit in marked:
                logged[fact.unit] += fact.minutes
            case Finished(minutes=None):
                if not logged[fact.unit] and fact.unit not in found:
                    found[fact.unit] = Credit(fact, None)
            case Finished(minutes=int(took)):
                found[fact.unit] = Credit(fact, max(0, took - logged[fact.unit]))
    return found


def time_spent(progress: Progress, efforts: Mapping[UnitId, int]) -> dict[UnitId, TimeSpent]:
    """Return what went into each unit that was studied or marked as done.

    Args:
        progress: What was done.
        efforts: Unit to its whole effort in minutes, at least where minutes are assumed.
    """
    credit = credits_of(progress)
    found = {}
    for unit in (*progress.studied, *progress.finished, *credit):
        logged = progress.studied.get(unit, 0)
        own = credit.get(unit)
        if own is None:
            found[unit] = TimeSpent(logged)
        elif own.is_assumed:
            found[unit] = TimeSpent(logged, assumed=own.minutes(efforts))
        else:
            found[unit] = TimeSpent(logged, given=own.minutes(efforts))
    return found


def total_of(times: Iterable[TimeSpent]) -> TimeSpent:
    """Return the sum of several."""
    every = tuple(times)
    return TimeSpent(
        sum(one.logged for one in every),
        sum(one.given for one in every),
        sum(one.assumed for one in every),
    )
