"""Refuse to record what cannot have happened, such as 30 hours of study on one day."""

from __future__ import annotations

from datetime import timedelta

from curriculum.model.formatting import counted, hours_text, zone_named
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.journal import Stopped, Studied
from curriculum.model.library import Library
from curriculum.model.lived_days import fact_day
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages, minutes
from curriculum.services.errors import UsageError

_DAY_MINUTES = 24 * 60
_LONGEST_UNIT_HOURS = 1000
"""More than half a year of working days; no chapter and no step of a paper takes that."""


def require_possible_effort(hours: timedelta, units: int, parameter: str) -> None:
    """Refuse more time than some units can take.

    Raises:
        UsageError: It is more than 1000 hours for each of them.
    """
    most = _LONGEST_UNIT_HOURS * units
    if hours > timedelta(hours=most):
        taken = hours_text(minutes(hours))
        message = f"{taken} is too long for {counted(units, 'unit')}; give at most {most}h"
        raise UsageError(message, parameter)


def require_time_on_day(progress: Progress, fact: Studied) -> None:
    """Refuse a fact with which more than 24 hours were studied on its day.

    Raises:
        UsageError: They were.
    """
    zone = zone_named(fact.zone)
    day = fact_day(fact, zone)
    before = 0
    for one in progress.live:
        if isinstance(one, Studied | Stopped) and fact_day(one, zone) == day:
            before += one.minutes
    if before + fact.minutes <= _DAY_MINUTES:
        return
    logged = f" with the {hours_text(before)} logged already" if before else ""
    message = f"{hours_text(fact.minutes)} on {day}{logged} is more than a day has"
    raise UsageError(f"{message}; log each day with '--on'", "HOURS")


def require_pages_of(unit: UnitId, pages: Pages | None, library: Library) -> None:
    """Refuse pages that are not in a unit, naming the unit of the work that has them.

    Raises:
        UsageError: They are not.
    """
    own = library.unit(unit).pages
    if pages is None or own is None or _holds(own, pages):
        return
    message = f"'{unit}' has the pages {own}, not {pages}"
    other = _unit_with(pages, work_of(unit), library)
    if other is not None:
        message += f"; did you mean '{other}'?"
    raise UsageError(message, "--pages")


def _holds(outer: Pages, inner: Pages) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _unit_with(pages: Pages, work: str, library: Library) -> UnitId | None:
    for entry in library.works[work].units:
        if entry.pages is not None and _holds(entry.pages, pages):
            return unit_id(work, entry.id)
    return None
