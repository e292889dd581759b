"""The day that a session or a fact belongs to: that of the zone it was lived in."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from curriculum.model.dated_zone import DatedZone
from curriculum.model.formatting import zone_named
from curriculum.model.journal import Finished, RecordedFact, Studied
from curriculum.model.plan import Session, instant

_NOON = time(12)


def name_of_zone(zone: tzinfo, minute: int) -> str:
    """Return the name of the zone that a clock shows at a minute since the epoch."""
    if isinstance(zone, DatedZone):
        return str(zone.zone_at(instant(minute)))
    return str(zone)


def session_zone(session: Session, zone: tzinfo) -> tzinfo:
    """Return the zone that a session was published in; `zone` where nothing is known of it."""
    return zone_named(session.zone, zone) if session.zone else zone


def shown_zone(session: Session, now: int, zone: tzinfo) -> tzinfo:
    """Return the zone in which the times of a session are shown.

    What is over is shown as it was lived, what is ahead on the person's clock.
    """
    if session.end <= now:
        return session_zone(session, zone)
    return zone


def session_day(session: Session, zone: tzinfo) -> date:
    """Return the day on which a session begins, in the zone it was published in.

    Args:
        session: The session.
        zone: The zone of the person's clock, for a session of which no zone is known.
    """
    return instant(session.start).astimezone(session_zone(session, zone)).date()


def fact_day(fact: RecordedFact, zone: tzinfo) -> date:
    """Return the day of a fact in the zone it was recorded in.

    Args:
        fact: The fact.
        zone: The zone of the person's clock, for a fact whose zone this machine does not know.
    """
    return fact_moment(fact, zone).date()


def fact_moment(fact: RecordedFact, zone: tzinfo) -> datetime:
    """Return the instant of a fact on the clock of the zone it was recorded in.

    Args:
        fact: The fact.
        zone: As in `fact_day`.
    """
    return fact.at.astimezone(zone_named(fact.zone, zone))


def has_time_of_day(fact: Studied | Finished, zone: tzinfo) -> bool:
    """Whether the time of the day of a fact is known: of a day alone, its noon is recorded.

    Args:
        fact: The fact.
        zone: As in `fact_day`.
    """
    return fact.timed is True or fact_moment(fact, zone).time() != _NOON
