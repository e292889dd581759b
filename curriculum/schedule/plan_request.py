"""What the planner is asked for: a start, terms, and what stays of the plan before."""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from fractions import Fraction

from curriculum.availability.track_hours import TrackHours, track_hours
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session, instant, release_minute
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings
from curriculum.schedule.caps import NO_CAP, Caps, WeekSoFar
from curriculum.schedule.planner import NOTHING_OWED, SharingRules
from curriculum.schedule.preferred_hours import PreferredHours, preferred_hours
from curriculum.schedule.quotas import Quotas
from curriculum.schedule.slots import CatchUp


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is asked for: its start, how time is shared, what stays of the plan before.

    Attributes:
        start: The minute at which it starts; slots that begin earlier are not used.
        first: The local day that holds it.
        shares: The share of each track; only the ratio matters.
        settings: The settings they are taken from.
        owed: Minutes the textbooks are owed from before; the papers are owed the opposite.
        published: The sessions of the previous plan that are not over, which guide this one; none
            for a plan that is to owe nothing to it.
        kept: The sessions that stay in place, because they begin soon or are pinned; of two that
            overlap, the one named first. One in progress began before `start`.
        studied: Minutes of each track recorded in the week in which it starts.
        so_far: What counts for the caps of the week already; None where nothing was planned before.
        missed: Minutes missed, which the time for catching up of this week and the next ones gives
            back.
        zone: The zone of its days.
    """

    start: int
    first: date
    shares: tuple[Fraction, Fraction]
    settings: Settings
    owed: Fraction = NOTHING_OWED
    published: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    missed: int = 0
    studied: tuple[int, int] = (0, 0)
    so_far: WeekSoFar | None = None
    zone: tzinfo = UTC

    @property
    def catch_up(self) -> CatchUp:
        """The time left free in every week."""
        return CatchUp(
            minutes(self.settings.catch_up),
            self.first,
            self.missed,
        )

    @property
    def preferred(self) -> PreferredHours | None:
        """The hours that are filled first; None without any."""
        return preferred_hours(self.settings, self.zone)

    @property
    def caps(self) -> Caps | None:
        """The most minutes that a day and a week may hold; None without caps."""
        cap = self.settings.cap
        if cap.day is None and cap.week is None:
            return None
        return Caps(
            day=NO_CAP if cap.day is None else minutes(cap.day),
            week=NO_CAP if cap.week is None else minutes(cap.week),
            shortest=minutes(self.settings.session.shortest),
            zone=self.zone,
            start=self.start,
            catch_up=self.catch_up,
            so_far=self.so_far or WeekSoFar(self.start),
            preferred=self.preferred,
        )

    @property
    def sharing(self) -> SharingRules:
        """How the time is shared between the tracks."""
        length = self.settings.session
        return SharingRules(
            shares=self.shares,
            shortest=minutes(length.shortest),
            longest=minutes(length.longest),
            owed=self.owed,
            ahead=self.settings.balance.minutes_ahead,
            quotas=self.quotas,
            published=self.published,
            hours=self.hours,
        )

    @property
    def hours(self) -> TrackHours | None:
        """The hours of each track; None where all hours are open to both."""
        return track_hours(self.settings, self.zone)

    @property
    def quotas(self) -> Quotas | None:
        """The least time of each track in every week; None without quotas."""
        settings = self.settings
        least = (minutes(settings.textbooks.at_least), minutes(settings.papers.at_least))
        if not any(least):
            return None
        return Quotas(least, self.zone, self.first, self.studied)


def plan_request(
    settings: Settings,
    now: int,
    zone: tzinfo,
) -> PlanRequest:
    """Return the request for a plan made at a minute.

    It starts then, or on the start of the settings if that is later.
    """
    start = now
    if settings.start is not None:
        start = max(now, release_minute(settings.start, zone))
    first = instant(start).astimezone(zone).date()
    return PlanRequest(
        start,
        first,
        settings.balance.shares,
        settings,
        zone=zone,
    )
