"""The settings file as values: goals, hours, balance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from curriculum.model.ablations import WorthPoint
from curriculum.model.busy import Account, BusyEntry, BusySource, MailAddresses, StudyCalendar
from curriculum.model.checks import Before, Described, Limited, whole_check, whole_check_before
from curriculum.model.exploration import Explore
from curriculum.model.fields import EMPTY, Frozen, Line, as_list
from curriculum.model.habits import Habit, ReviewHabit
from curriculum.model.identifiers import TRACKS, Topic, Track, UnitName
from curriculum.model.quantities import (
    Day,
    Duration,
    DurationOrNone,
    LocalMoment,
    Moment,
    Percentage,
    Speed,
    TimeOfDay,
    UnreadableError,
    Weekly,
    Weight,
    WholeDays,
    Worth,
    day,
    minutes,
    quoted,
    weight,
)
from curriculum.model.references import Reference
from curriculum.model.skimming import Skimming
from curriculum.model.study_hours import (
    DEFAULT_WEEK,
    NO_WEEK,
    PreferredWeek,
    StudyHours,
    Week,
    has_tracks,
    hours_of,
)


def _local(moment: Moment, clock: time) -> datetime:
    """Return a local date-time; a date is taken at a time of day."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, clock)


class DayRange(NamedTuple):
    """Days from first to last, both included."""

    first: date
    last: date


def day_range(value: Any) -> DayRange:  # Any: see as_list()
    """Return the days written as `2027-02-06` or `2027-02-06..2027-02-14`.

    Raises:
        ValueError: The text is not a day or a range of days, or the range runs backwards.
    """
    if isinstance(value, DayRange):
        return value
    parts = [value]
    if isinstance(value, str):
        parts = value.split("..")
    if len(parts) > 2:
        message = f"{quoted(value)} is not a range of days"
        raise UnreadableError("bad-date", message, "write it like '2027-02-06..2027-02-14'")
    first = day(parts[0])
    last = day(parts[-1])
    if last < first:
        message = f"the days run backwards: {first} to {last}"
        raise UnreadableError("bad-date", message, f"did you mean '{last}..{first}'?")
    return DayRange(first, last)


def _goal(value: Any) -> Any:  # Any: see as_list()
    if isinstance(value, str):
        return {"work": value}
    return value


_UnitNames = Annotated[
    tuple[UnitName, ...],
    Limited(min_length=1),
    Before(as_list),
]


class Goal(Frozen):
    """What the plan must reach: a work, some of its units, or a topic; perhaps with dates.

    `work` takes whatever a reference takes (`work`, `work/unit`, `work/3-6`); `units` narrows it to
    ids or ranges.
    """

    work: Annotated[str, Limited(min_length=1)] | None = None
    topic: Topic | None = None
    units: _UnitNames | None = None
    by: LocalMoment | None = None
    from_: LocalMoment | None = None
    value: Worth | None = None
    why: Line | None = None

    @property
    def worth(self) -> Fraction:
        """What the goal is worth to the person, beside the other goals."""
        return Fraction(1) if self.value is None else self.value

    @whole_check
    def _names_one_thing(self) -> Goal:
        if (self.work is None) == (self.topic is None):
            message = "a goal names either a work or a topic"
            raise UnreadableError("bad-value", message, "write it like '{work: ppo-2017}'")
        if self.topic is not None and self.units is not None:
            message = "a goal that names a topic has no units"
            raise UnreadableError("bad-value", message, "remove 'units'")
        return self

    @whole_check
    def _leaves_time(self) -> Goal:
        if self.by is None or self.from_ is None:
            return self
        if _local(self.from_, time.min) > _local(self.by, time.max):
            message = f"the goal is due by {self.by} and may not start before {self.from_}"
            raise UnreadableError("bad-value", message, "correct one of the dates")
        return self

    def __str__(self) -> str:
        """Return the goal as it is typed: `ppo-2017`, `nocedal-wright-2006/1-7`, `topic:mdp`."""
        if self.work is None:
            return f"topic:{self.topic}"
        if self.units:
            return f"{self.work}/{','.join(self.units)}"
        return self.work


GoalEntry: TypeAlias = Annotated[Goal, Before(_goal)]


_OTHER_TRACK = {"textbooks": "papers", "papers": "textbooks"}


def _weight_or_none(value: Any) -> Fraction | None:  # Any: see as_list()
    """Return a weight; None for what is not one, which is reported where it is read."""
    try:
        return weight(value)
    except ValueError:
        return None


class Balance(Frozen):
    """The share of study time each track should get; only the ratio matters.

    A share alone is one of 100, or of 1 when it is less than 1: the other track gets the rest.

    `order` says how the works of a track follow one another: as the goals ask for them, or so that
    both tracks have work in every week. For that, a track studies at most `ahead` out of turn until
    the other one has work again.
    """

    textbooks: Weight = Fraction(50)
    papers: Weight = Fraction(50)
    order: Literal["goals", "even"] = "even"
    ahead: Duration = timedelta(hours=50)

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        """The shares of textbooks and papers, of which only the ratio matters."""
        return self.textbooks, self.papers

    @property
    def minutes_ahead(self) -> int:
        """The most minutes studied out of turn."""
        if self.order == "goals":
            return 0
        return minutes(self.ahead)

    @staticmethod
    @whole_check_before
    def _shares_the_rest(value: Any) -> Any:  # Any: see as_list()
        if not isinstance(value, dict):
            return value
        shares = value.keys() & _OTHER_TRACK.keys()
        if len(shares) != 1:
            return value
        (track,) = shares
        written = value[track]
        other = _OTHER_TRACK[track]
        share = _weight_or_none(written)
        if share is None:
            return value
        whole = 1 if 0 < share < 1 else 100
        if share > whole:
            message = f"{quoted(written)} for {track} alone is more than 100 %"
            hint = f"give the share of {other} as well, or at most 100"
            raise UnreadableError("bad-share", message, hint)
        return {**value, track: share, other: whole - share}

    @whole_check
    def _is_a_share(self) -> Balance:
        if self.textbooks + self.papers == 0:
            message = "the balance gives no time to any track"
            hint = "write it like '{textbooks: 50, papers: 50}'"
            raise UnreadableError("bad-share", message, hint)
        return self


class SessionLength(Frozen):
    """How long one sitting may be, and the pause between two."""

    shortest: Duration = timedelta(minutes=25)
    longest: Duration = timedelta(minutes=90)
    break_: DurationOrNone = timedelta(minutes=10)

    @whole_check
    def _is_ordered(self) -> SessionLength:
        if self.shortest > self.longest:
            message = "the shortest session is longer than the longest"
            raise UnreadableError("bad-duration", message, "make 'longest' at least 'shortest'")
        return self


class Cap(Frozen):
    """The most study that a day and a week may hold; None without such a limit."""

    day: Duration | None = None
    week: Duration | None = None

    @whole_check
    def _is_within_a_day_and_a_week(self) -> Cap:
        for span, longest, name in ((self.day, 1, "day"), (self.week, 7, "week")):
            if span is not None and span > timedelta(days=longest):
                message = f"the cap of a {name} is longer than a {name}"
                raise UnreadableError(
                    "bad-duration", message, "write it like '{day: 3h, week: 12h}'"
                )
        return self


UNCAPPED = Cap.model_construct()
"""No limit."""


class Quota(Frozen):
    """The least study that a track should get in every week."""

    at_least: Weekly = timedelta(0)


class Speeds(Frozen):
    """How fast the person reads each kind of work, in pages per hour."""

    textbook: Speed = Fraction(10)
    thesis: Speed = Fraction(15)
    paper: Speed = Fraction(6)

    def pages_per_hour(self, kind: str) -> Fraction:
        """Return the speed for a kind of work."""
        speeds = {"textbook": self.textbook, "thesis": self.thesis, "paper": self.paper}
        return speeds[kind]


_DayRange = Annotated[
    DayRange,
    Before(day_range),
    Described({"type": "string"}),
]

DEFAULT_BUSY = (BusySource.model_construct(from_="calendars/busy/*.ics"),)


class ZonePeriod(Frozen):
    """The time zone that the person lives in, until the end of a day or for good."""

    zone: Line
    until: Day | None = None


def _zone_period(value: Any) -> Any:  # Any: see as_list()
    if isinstance(value, str):
        return {"zone": value}
    return value


_Zones = Annotated[
    tuple[Annotated[ZonePeriod, Before(_zone_period)], ...],
    Limited(min_length=1),
    Before(as_list),
]


def _one_or_several(value: Any) -> Any:  # Any: see as_list()
    if value is None or isinstance(value, list | tuple):
        return value
    return [value]


_Alarms = Annotated[tuple[DurationOrNone, ...], Limited(min_length=1)]


class MoreFeeds(Frozen):
    """What is published besides a calendar for each track and for the deadlines.

    Attributes:
        combined: `study.ics`, with everything in one calendar.
        free_busy: `free-busy.ics`, with the times of the sessions alone, for others to see.
        related: In the event that begins a unit, which events end what the unit requires.
    """

    combined: bool = False
    free_busy: bool = False
    related: bool = False


class ShowAs(StrEnum):
    """How sessions are shown to others who look for free time; AUTO follows the cushion."""

    BUSY = "busy"
    FREE = "free"
    AUTO = "auto"


class Settings(Frozen):
    """The settings of a workspace; `goals` of None means every work of the workspace."""

    title: Line = "My curriculum"
    goals: tuple[GoalEntry, ...] | None = None
    known: tuple[Reference, ...] = ()
    start: LocalMoment | None = None
    timezone: _Zones | None = None
    availability: StudyHours = DEFAULT_WEEK
    away: Annotated[tuple[_DayRange, ...], Before(as_list)] = ()
    busy: Annotated[tuple[BusyEntry, ...], Before(as_list)] = DEFAULT_BUSY
    me: MailAddresses = ()
    balance: Balance = Balance.model_construct()
    session: SessionLength = SessionLength.model_construct()
    load: Percentage = Fraction(1)
    week_: Duration | None = None
    development: Percentage | None = None
    day_ends: TimeOfDay = time.min
    code: Annotated[tuple[Line, ...], Before(as_list)] = ()
    prefer: PreferredWeek = None
    cap: Cap = UNCAPPED
    textbooks: Quota = Quota.model_construct()
    papers: Quota = Quota.model_construct()
    catch_up: Weekly = timedelta(0)
    gap: WholeDays = timedelta(0)
    habits: Mapping[Line, Habit] = EMPTY
    review: ReviewHabit | None = None
    explore: Explore | None = None
    worth: tuple[WorthPoint, ...] = ()
    skim: Skimming | None = None
    freeze: DurationOrNone = timedelta(hours=24)
    speed: Speeds = Speeds.model_construct()
    alarm: Annotated[_Alarms | None, Before(_one_or_several)] = None
    show_as: ShowAs = ShowAs.BUSY
    publish: MoreFeeds = MoreFeeds.model_construct()
    caldav: Account | None = None

    @property
    def week(self) -> Week:
        """The weekly windows; none where a calendar says the hours."""
        if isinstance(self.availability, StudyCalendar):
            return NO_WEEK
        return self.availability

    @property
    def has_track_hours(self) -> bool:
        """Whether some hours are for one track alone."""
        return has_tracks(self.week)

    @property
    def study_calendar(self) -> StudyCalendar | None:
        """The calendar that says when the person can study."""
        if isinstance(self.availability, StudyCalendar):
            return self.availability
        return None


def track_without_sittings(settings: Settings) -> Track | None:
    """Return a track with no window as long as the shortest session; None without one."""
    shortest = minutes(settings.session.shortest)
    for track in TRACKS:
        windows = [one for day in hours_of(settings.week, track) for one in day]
        if all(one.end - one.start < shortest for one in windows):
            return track
    return None


def longest_sitting(settings: Settings, load: Fraction | None = None) -> int:
    """Return the most minutes that a session may have in a weekly window.

    Args:
        settings: The weekly windows, and how full they may be.
        load: How full they may be instead.
    """
    share = settings.load if load is None else load
    longest = 0
    for windows in settings.week:
        lengths = [window.end - window.start for window in windows]
        allowed = int(sum(lengths) * share)
        longest = max(longest, min(max(lengths, default=0), allowed))
    return longest


def due_before_start(settings: Settings) -> tuple[int, ...]:
    """Return the positions of the goals that are due before the plan may start."""
    if settings.start is None:
        return ()
    start = _local(settings.start, time.min)
    found: list[int] = []
    for position, goal in enumerate(settings.goals or ()):
        if goal.by is not None and _local(goal.by, time.max) < start:
            found.append(position)
    return tuple(found)
