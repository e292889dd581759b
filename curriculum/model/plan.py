"""The plan as values: sessions, pieces, goals, what could not be placed, and why.

Instants are whole minutes since 1970-01-01T00:00Z; `instant()` turns them into datetimes at the
edges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import Moment, Pages
from curriculum.model.settings import Goal

EPOCH = datetime(
    1970,
    1,
    1,
    tzinfo=UTC,
)

_MINUTE = timedelta(minutes=1)


def instant(minute: int) -> datetime:
    """Return an instant in UTC from minutes since the epoch."""
    return EPOCH + timedelta(minutes=minute)


def minute(moment: datetime) -> int:
    """Return minutes since the epoch of an aware datetime, rounded down."""
    return (moment - EPOCH) // _MINUTE


def midnight(day: date, zone: tzinfo) -> int:
    """Return the minute since the epoch at which a local day begins."""
    return minute(datetime.combine(day, time(), zone))


def due_minute(moment: Moment, zone: tzinfo) -> int:
    """Return the minute by which something due at a local moment must be done.

    A date means the end of that day.
    """
    if isinstance(moment, datetime):
        return minute(moment.replace(tzinfo=zone))
    return midnight(moment + timedelta(days=1), zone)


def release_minute(moment: Moment, zone: tzinfo) -> int:
    """Return the minute from which something held back until a local moment may start.

    A date means the beginning of that day.
    """
    if isinstance(moment, datetime):
        return minute(moment.replace(tzinfo=zone))
    return midnight(moment, zone)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """The free time of one local day: sorted, disjoint (start, end) in minutes since the epoch.

    A window across midnight belongs to the day it starts on.
    """

    day: date
    intervals: tuple[tuple[int, int], ...]


class Reason(StrEnum):
    """What bound a choice of the planner (P8).

    Of several that spoke for the same choice, `why` names the first in this order.
    """

    START = "start"
    PREREQUISITE = "prerequisite"
    RELEASE = "release"
    GAP = "gap"
    ORDER = "order"
    OPEN = "open"
    UNLOCK = "unlock"
    SESSION = "session"
    HOURS = "hours"
    QUOTA = "quota"
    BALANCE = "balance"
    DEADLINE = "deadline"
    PUBLISHED = "published"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a session given to one unit; `pages` are those of its pages that belong to it."""

    unit: UnitId
    minutes: int
    pages: Pages | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting, given to one track; the minutes of its pieces add up to its length.

    Attributes:
        start: Minutes since the epoch.
        end: Minutes since the epoch.
        track: The track it belongs to.
        pieces: What is studied, in order.
        because: Why this track got the session: BALANCE, DEADLINE, QUOTA, HOURS when they are for
            this track alone, ORDER when the other track had no work, or KEPT when the planner
            would have chosen otherwise but the session is pinned or starts too soon to be moved.
        zone: The name of the zone it was published in, which decides the day it belongs to; empty
            while it is not published. It is no part of what the session says.
    """

    start: int
    end: int
    track: Track
    pieces: tuple[Piece, ...]
    because: Reason = Reason.BALANCE
    zone: str = field(default="", compare=False)

    def in_zone(self, zone: str) -> Session:
        """Return the session as it is published in the zone of this name."""
        return Session(self.start, self.end, self.track, self.pieces, self.because, zone)

    def moved_to(self, start: int, end: int) -> Session:
        """Return the session at another time, with as much of its pieces as fits."""
        pieces, left = [], end - start
        for piece in self.pieces:
            if left > 0:
                pieces.append(piece if piece.minutes <= left else replace(piece, minutes=left))
            left -= piece.minutes
        return replace(
            self,
            start=start,
            end=end,
            pieces=tuple(pieces),
        )


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes of study given to others while a unit could have been studied, for one reason.

    Attributes:
        reason: Why they went first.
        minutes: How many.
        also: What would have held the unit back for some of these minutes in any case.
        ahead: The units that went first, those with the most minutes first.
    """

    reason: Reason
    minutes: int
    also: tuple[Reason, ...]
    ahead: tuple[UnitId, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """What bound the start of a unit.

    Attributes:
        reason: That of its longest wait; without one, what it waited for before it could be
            studied at all.
        waited: What it waited for once it could be studied, the longest first.
    """

    reason: Reason
    waited: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """When a unit is studied.

    Attributes:
        unit: The unit.
        track: Its track.
        effort: Minutes it needs.
        start: First minute of study; None when nothing of it was placed.
        finish: Last minute of study; None when it could not be finished.
        deadline: The due instant, inherited from the goals that need it; None without one.
        cushion: Free study minutes left before the deadline after all work due by then; negative
            means overload.
        available: When it could first have been studied; None when never.
        enabler: The prerequisite that finished last; None when it waited for no unit.
        release: The instant before which it may not start; None without one.
        pages: All its pages; None when it has none.
        capped: Minutes of free time between `available` and `start` that a cap leaves free.
        gap: The days for which the gap of its work held it back until `available`; 0 where that
            is not what it waited for.
    """

    unit: UnitId
    track: Track
    effort: int
    start: int | None
    finish: int | None
    deadline: int | None = None
    cushion: int | None = None
    available: int | None = None
    enabler: UnitId | None = None
    release: int | None = None
    pages: Pages | None = None
    capped: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """When a goal is finished, and how that stands to its own due date.

    The due date and the cushion are those of the goal itself: its units may be due earlier,
    because other goals require them.

    Attributes:
        goal: The goal.
        units: How many of its units are to be studied; 0 when it is known or done already.
        unfinished: How many of these the plan does not finish.
        finish: When the plan finishes the last of them; None when there is none, or one of them is
            not finished.
        due: The minute by which the goal is due; None without a date.
        cushion: Free study minutes left before `due` after all work due by then; negative means
            overload. None without a date.
        done_on: The day on which the last of its units was finished, when none is to be studied;
            None also for a goal that was known.
    """

    goal: Goal
    units: int
    unfinished: int
    finish: int | None
    due: int | None
    cushion: int | None
    done_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether the plan does not finish the goal by its due date."""
        if self.due is None or not self.units:
            return False
        return self.finish is None or self.finish > self.due


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Minutes of a unit that found no place, with the reason as a short sentence."""

    unit: UnitId
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExplorationTime:
    """The time that a plan keeps for something totally different.

    Attributes:
        minutes: Minutes of it until the end of the plan.
        given_back: Minutes that were to be kept, and are used for what is due.
        has_candidates: Whether there is anything to explore; if not, no time is kept.
    """

    minutes: int
    given_back: int = 0
    has_candidates: bool = True


@dataclass(frozen=True, slots=True)
class Overload:
    """A certificate: these units need more minutes than are free between two instants.

    Attributes:
        after: None of the units may start before this instant.
        before: All of them are due by this instant; it is not after the first for units that are
            due before they may start.
        needed: Minutes the units need.
        free: Minutes of study between the two.
        units: The units, in reading order.
        more_per_week: Minutes more per week, from `after` to `before`, that would be enough; 0 when
            only other dates, or moving a kept session, would help.
        weeks: Whole weeks between the two; with none, `more_per_week` is what would be enough if it
            were added once.
        kept: Whether sessions that stay in place are part of the reason: because they take time in
            between, because the units are needed for one, or because they hold the units
            themselves.
        capped: Whether days or weeks are capped: the caps must rise by as much as the hours.
        habits: Minutes between the two that habits take of the study time.
        by_track: Whether `free` counts the hours that are open to the units, each track before its
            own date.
        gaps: Whether gaps between units of one work are the reason; `free` are then the minutes of
            the units that are planned in time.
    """

    after: int
    before: int
    needed: int
    free: int
    units: tuple[UnitId, ...]
    more_per_week: int
    weeks: int = 0
    kept: bool = False
    capped: bool = False
    habits: int = 0
    by_track: bool = False
    gaps: bool = False

    @property
    def missing(self) -> int:
        """Minutes that are needed and not free."""
        return self.needed - self.free

    @property
    def is_conflict(self) -> bool:
        """Whether the units are due before they may start, so that no hours would be enough."""
        return self.before <= self.after


class ShortfallCause(StrEnum):
    """Why a track gets less time in a week than its quota.

    HOURS: fewer hours are free. NOTHING_READY: its units wait for others, or for a date. DEADLINE:
    what is due takes the time. KEPT: sessions that stay in place do. OTHER_QUOTA: that of the other
    track does. SITTINGS: minutes stay free at the ends of sittings.
    """

    HOURS = "hours"
    NOTHING_READY = "nothing-ready"
    DEADLINE = "deadline"
    KEPT = "kept"
    OTHER_QUOTA = "other-quota"
    SITTINGS = "sittings"


@dataclass(frozen=True, slots=True)
class QuotaShortfall:
    """A week in which a track gets less time than its quota.

    Attributes:
        monday: The first day of the week.
        track: The track.
        minutes: Minutes that it gets.
        least: Minutes of its quota.
        cause: Why it gets no more.
    """

    monday: date
    track: Track
    minutes: int
    least: int
    cause: ShortfallCause


@dataclass(frozen=True, slots=True)
class TrackBalance:
    """Minutes planned for a track, and the minutes its share of the whole would be."""

    minutes: int
    target: int


@dataclass(frozen=True, slots=True)
class Evenness:
    """How even the weeks of a plan are, and what that costs.

    Attributes:
        beyond: Minutes that go to a track beyond its share of the week, over all weeks.
        least: No order of these goals has fewer, because one track has less work than its share.
        lacking: The track that has less.
        missing: Minutes more of it that would give every track its share.
        by_goals: What `beyond` would be in the order of the goals; the same where the plan has it.
        first: The first goal with anything to be studied, which the order may put off.
        days_later: Days by which that goal is finished later than in the order of the goals.
    """

    beyond: int
    least: int
    lacking: Track | None
    missing: int
    by_goals: int
    first: Goal | None
    days_later: int

    @property
    def is_by_goals(self) -> bool:
        """Whether the plan has the order of the goals."""
        return self.beyond == self.by_goals and not self.days_later


EVEN = Evenness(0, 0, None, 0, 0, None, 0)
"""Of a plan without sessions."""


@dataclass(frozen=True, slots=True)
class TimeToCatchUp:
    """The time left free at the end of every week.

    Attributes:
        weekly: Minutes a week.
        missed: Minutes missed, which the weeks from the first one on give back of it.
    """

    weekly: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All sessions, and every unit that could not be placed.

    Attributes:
        start: The instant the plan starts at.
        finish: End of the last session; None when there is none.
        sessions: In calendar order; no two overlap.
        units: One placement for each unit to be studied, in reading order.
        unplaced: What found no place.
        balance: Per track.
        largest_lag: The most minutes any track was ever owed while both had available work.
        overload: Certificates, the largest first; empty when every deadline is kept.
        goals: When each goal is finished, in the user's order.
        shortfalls: Weeks in which a track gets less than its quota, by track.
        preferred: Minutes of study in the hours that the person prefers; None without any.
        is_preference_kept: Whether they were filled first; not where something is late.
        taken_by_habits: Minutes of study time until the end of the plan that habits take.
        skimming: Minutes of these for papers that come in, which count for the papers.
        exploration: The time kept for something totally different; None where none is wanted.
        evenness: How even its weeks are.
        catch_up: What stays free in every week.
        unproven: Late units, where hours belong to tracks, that no count of hours shows to be late.
    """

    start: int
    finish: int | None
    sessions: tuple[Session, ...]
    units: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    balance: Mapping[Track, TrackBalance]
    largest_lag: int
    overload: tuple[Overload, ...]
    goals: tuple[PlannedGoal, ...] = ()
    taken_by_habits: int = 0
    skimming: int = 0
    exploration: ExplorationTime | None = None
    preferred: int | None = None
    is_preference_kept: bool = False
    evenness: Evenness = EVEN
    shortfalls: tuple[QuotaShortfall, ...] = ()
    catch_up: TimeToCatchUp = TimeToCatchUp()
    unproven: tuple[UnitId, ...] = ()
