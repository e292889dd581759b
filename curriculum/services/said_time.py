"""When the person says that something was: on a day, at a time, or from one time to another."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from curriculum.model.formatting import hours_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import instant
from curriculum.model.quantities import minutes
from curriculum.services.errors import UsageError
from curriculum.services.snapshot import Snapshot

LAST_MINUTE = time(23, 59)
"""What goes on after midnight is recorded at the last minute of the day on which it began."""

_NOON = time(12)
"""What is said of a day alone is recorded at noon."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """When something was, as far as the person said so.

    Attributes:
        day: The day on which it was, or began; None means today.
        at: The time on the clock at which it was, or ended.
        since: The time on the clock at which the study began.
    """

    day: date | None = None
    at: time | None = None
    since: time | None = None

    @property
    def has_clock(self) -> bool:
        """Whether a time of day was given, which tells the order of what was on one day."""
        return self.at is not None or self.since is not None


NOW = SaidTime()
"""Nothing was said: it is about now."""


@dataclass(frozen=True, slots=True)
class StudySpan:
    """A stretch of study.

    Attributes:
        end: The instant at which it ended, in UTC, whole seconds.
        minutes: Minutes of study in it.
    """

    end: datetime
    minutes: int


def moment_said(snapshot: Snapshot, said: SaidTime) -> datetime:
    """Return the instant of what the person speaks of, in UTC and whole seconds.

    Raises:
        UsageError: It is still to come.
    """
    _require_past_day(snapshot, said)
    if said.at is not None:
        return _ended(snapshot, said, said.at)
    if said.day is not None:
        return _instant(snapshot, said.day, _NOON)
    return now_said(snapshot)


def now_said(snapshot: Snapshot) -> datetime:
    """Return the instant of now, in whole seconds; the first midnight of a day that was set."""
    context = snapshot.context
    if context.day is None:
        return context.now.replace(microsecond=0)
    return instant(snapshot.minute)


def study_said(snapshot: Snapshot, said: SaidTime, hours: timedelta | None) -> StudySpan:
    """Return the stretch of study that the person speaks of.

    Args:
        snapshot: The workspace.
        said: When it was.
        hours: How much was studied; None for all of the time from `since` on.

    Raises:
        UsageError: It is still to come, its length is not said, or it is not that long.
    """
    if said.since is None:
        if hours is None:
            raise UsageError("say how long, as '45m', or from when to when with '--from'", "HOURS")
        return StudySpan(moment_said(snapshot, said), minutes(hours))
    _require_past_day(snapshot, said)
    start = _instant(snapshot, said.day or snapshot.today, said.since)
    end = _end_of_study(snapshot, said, start, hours)
    length = (end - start) // timedelta(minutes=1)
    if length <= 0:
        raise UsageError(f"{said.since:%H:%M} is still to come", "--from")
    if hours is not None and minutes(hours) > length:
        wanted, found = hours_text(minutes(hours)), hours_text(length)
        raise UsageError(f"the time from --from to --to is {found}, not {wanted}", "HOURS")
    studied = length if hours is None else minutes(hours)
    return StudySpan(_on_its_day(snapshot, start, end), studied)


def _on_its_day(snapshot: Snapshot, start: datetime, end: datetime) -> datetime:
    """Return the end of study, or the last minute of the day on which it began."""
    day = start.astimezone(snapshot.zone).date()
    if end.astimezone(snapshot.zone).date() == day:
        return end
    return _instant(snapshot, day, LAST_MINUTE)


def _end_of_study(
    snapshot: Snapshot, said: SaidTime, start: datetime, hours: timedelta | None
) -> datetime:
    """Return when study ended: as said, after the hours that were said, or now."""
    if said.at is not None:
        return _ended(snapshot, said, said.at)
    if hours is None:
        return now_said(snapshot)
    end = start + hours
    _require_past(snapshot, end, "--from")
    return end


def _ended(snapshot: Snapshot, said: SaidTime, clock: time) -> datetime:
    """Return the instant of a time; study that began later on the clock ended on the next day."""
    day = said.day or snapshot.today
    if said.since is not None and clock <= said.since:
        day += timedelta(days=1)
    end = _instant(snapshot, day, clock)
    _require_past(snapshot, end, "--at" if said.since is None else "--to")
    return end


def _instant(snapshot: Snapshot, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, snapshot.zone).astimezone(UTC)


def _require_past_day(snapshot: Snapshot, said: SaidTime) -> None:
    """Refuse a day to come.

    Raises:
        UsageError: It is one.
    """
    if said.day is not None and said.day > snapshot.today:
        raise UsageError(f"{said.day} is still to come", "--on")


def _require_past(snapshot: Snapshot, end: datetime, parameter: str) -> None:
    """Refuse an instant to come; on a day that was set as today, all of the day is over.

    Raises:
        UsageError: It is one.
    """
    local = end.astimezone(snapshot.zone)
    context = snapshot.context
    is_ahead = end > context.now if context.day is None else local.date() > context.day
    if is_ahead:
        raise UsageError(f"{local:%H:%M} is still to come", parameter)
