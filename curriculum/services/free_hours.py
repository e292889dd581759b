"""The person's free hours: weekly windows, minus days away, minus busy calendars."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from copy import copy
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from curriculum.availability.busy_time import BusyCalendar, BusyQuestion
from curriculum.availability.exploration import exploration_of_week
from curriculum.availability.free import Availability, with_extra_time
from curriculum.availability.sittings import sittings
from curriculum.availability.skimming import skimming_of_week
from curriculum.availability.study_time import read_study_time
from curriculum.calendars.uids import OwnUids
from curriculum.model.habits import Sitting
from curriculum.model.intervals import Interval, Intervals, merge, subtract
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.model.plan import FreeDay, release_minute
from curriculum.model.problems import CurriculumError, Problem
from curriculum.schedule.slots import monday_of
from curriculum.services.busy_sources import BusyText, busy_texts, study_texts
from curriculum.services.context import LATER
from curriculum.services.workspace import Workspace

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class HoursRequest:
    """What is free besides what the settings and the busy calendars say.

    Attributes:
        output: Where calendars are published; those there are never busy.
        ours: UIDs of events that are never busy: those of this plan.
        not_before: The first minute that may be free.
        oldest: How old a copy of what an address answered may be before it is asked again.
        taken: Not free, whatever the calendars say.
        pinned: Free, whatever the week says: sessions are held there.
    """

    output: Path
    ours: Container[str]
    not_before: int
    oldest: timedelta = LATER
    taken: Intervals = ()
    pinned: Intervals = ()


def own_uids(workspace: Workspace, ledger: Ledger) -> OwnUids:
    """Return the UIDs of a workspace's plan: those of a ledger, and of what is in `calendars/`."""
    try:
        return OwnUids((ledger, workspace.ledger))
    except CurriculumError:  # a plan for another folder does without what is in `calendars/`
        return OwnUids((ledger,))


class FreeHours:
    """Free days on demand; busy calendars are expanded only as far as the planner looks.

    The same days have the same answer however often they are asked for.
    """

    def __init__(self, workspace: Workspace, request: HoursRequest) -> None:
        """Get the bytes of the busy calendars."""
        self._workspace = workspace
        self._request = request
        self._pinned = merge(request.pinned)
        found = busy_texts(workspace, request.output, request.oldest)
        me = workspace.settings.me
        self._calendars = [BusyCalendar(one.label, one.data, one.source, me) for one in found.texts]
        self._problems = set(found.problems)
        self._study_calendar = workspace.settings.study_calendar
        self._study_texts: tuple[BusyText, ...] = ()
        if self._study_calendar is not None:
            study = study_texts(workspace, request.oldest)
            self._study_texts = study.texts
            self._problems.update(study.problems)
        self._busy = _TimeRead(self._read_busy)
        self._study = _TimeRead(self._read_study)
        self._explores = workspace.settings.explore is not None
        self._given_back: Intervals = ()
        self._weeks: dict[date, Intervals] = {}
        self._skims: dict[date, Sitting | None] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the busy calendars, as far as they were read; sorted."""
        return tuple(sorted(self._problems))

    def __call__(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free days from first to last, both included."""
        busy = (*self.exploration(first, last), *self.busy_between(first, last))
        return self._free(first, last, merge(busy))

    def without_habits(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the days that would be free if there were no habits."""
        busy = (*self.exploration(first, last), *self._calendar_busy(first, last))
        return self._free(first, last, merge(busy))

    def without_exploration(self) -> FreeHours:
        """Return the free hours if no time were kept for exploration."""
        found = copy(self)
        found._explores = False
        return found

    def giving_back(self, intervals: Intervals) -> FreeHours:
        """Return the free hours if some of the time for exploration were free, too."""
        found = copy(self)
        found._given_back = merge((*self._given_back, *intervals))
        return found

    @property
    def given_back(self) -> Intervals:
        """The time that was kept for exploration and is free again."""
        return self._given_back

    def exploration(self, first: date, last: date) -> Intervals:
        """Return the time kept for exploration in the weeks of some days, in calendar order.

        It does not depend on when the plan is made; a session that is pinned goes before it.
        """
        if not self._explores:
            return ()
        cuts = merge((*self._given_back, *self._pinned))
        return tuple(
            one
            for interval in self._exploration_of_weeks(first, last)
            for one in subtract(interval, cuts)
        )

    def _exploration_of_weeks(self, first: date, last: date) -> Iterator[Interval]:
        # A window of the Sunday before may reach into the first day.
        monday = monday_of(first - timedelta(days=1))
        # Calendars are read once for all of the weeks.
        self._busy.between(monday, last + _WEEK)
        while monday <= last:
            if monday not in self._weeks:
                self._weeks[monday] = exploration_of_week(
                    self._workspace.settings, self._whole_week(monday)
                )
            yield from self._weeks[monday]
            monday += _WEEK

    def _whole_week(self, monday: date, *, skims: bool = True) -> tuple[FreeDay, ...]:
        """Return the days of a week that are free of habits, even those before the plan."""
        settings, zone = self._workspace.settings, self._workspace.zone
        sunday = monday + timedelta(days=6)
        start = None if settings.start is None else release_minute(settings.start, zone)
        habits = self._habits(monday, sunday) if skims else self._fixed_habits(monday, sunday)
        busy = merge((*self._busy.between(monday, sunday), *habits))
        study = self._study.between(monday, sunday)
        week = Availability(settings.week, zone, settings.away, busy, start, study)
        return week.days(monday, sunday)

    def _free(self, first: date, last: date, busy: Intervals) -> tuple[FreeDay, ...]:
        zone = self._workspace.zone
        settings = self._workspace.settings
        available = Availability(
            settings.week,
            zone,
            settings.away,
            busy,
            self._request.not_before,
            self._study.between(first, last),
        )
        asked = tuple(one for one in self._pinned if _starts_between(one, first, last, zone))
        return with_extra_time(available.days(first, last), asked, busy, zone)

    def busy_between(self, first: date, last: date) -> Intervals:
        """Return the busy time of at least these days, that of habits included."""
        busy = self._calendar_busy(first, last)
        if not self.has_habits:
            return busy
        return merge((*busy, *self._habits(first, last)))

    def _calendar_busy(self, first: date, last: date) -> Intervals:
        return merge((*self._busy.between(first, last), *self._request.taken))

    def _habits(self, first: date, last: date) -> Iterator[Interval]:
        # One of the day before may reach into the first day.
        held = self.sittings(first - timedelta(days=1), last)
        return ((one.start, one.end) for one in held)

    def _fixed_habits(self, first: date, last: date) -> Iterator[Interval]:
        """Yield the time of the habits that have a time of their own."""
        before = first - timedelta(days=1)
        held = sittings(self._workspace.settings, self._workspace.zone, before, last)
        return ((one.start, one.end) for one in held)

    @property
    def has_habits(self) -> bool:
        """Whether the settings name any, the review and the skimming included."""
        settings = self._workspace.settings
        is_named = settings.review is not None or settings.skim is not None
        return bool(settings.habits) or is_named

    @property
    def zone(self) -> tzinfo:
        """The zone of the days."""
        return self._workspace.zone

    def _read_busy(self, first: date, last: date) -> Intervals:
        question = self._question(first, last)
        found: list[Interval] = []
        for calendar in self._calendars:
            read = calendar.read(question)
            found.extend(read.intervals)
            self._problems.update(read.problems)
        return merge(found)

    def sittings(self, first: date, last: date) -> tuple[Sitting, ...]:
        """Return the sittings of habits that begin from one day to another, in calendar order."""
        held = sittings(self._workspace.settings, self._workspace.zone, first, last)
        skims = self._skimming(first, last)
        return tuple(sorted((*held, *skims), key=lambda one: (one.start, one.end, one.name)))

    def _skimming(self, first: date, last: date) -> Iterator[Sitting]:
        if self._workspace.settings.skim is None:
            return
        monday = monday_of(first)
        while monday <= last:
            if monday not in self._skims:
                days = self._whole_week(monday, skims=False)
                self._skims[monday] = skimming_of_week(self._workspace.settings, days)
            one = self._skims[monday]
            if one is not None and first <= one.day <= last:
                yield one
            monday += _WEEK

    def _read_study(self, first: date, last: date) -> Intervals:
        """Return the time for studying that a calendar says."""
        if self._study_calendar is None:
            return ()
        question = self._question(first, last)
        found: list[Interval] = []
        for text in self._study_texts:
            read = read_study_time(text.label, text.data, question, self._study_calendar.title)
            found.extend(read.intervals)
            self._problems.update(read.problems)
        return merge(found)

    def _question(self, first: date, last: date) -> BusyQuestion:
        return BusyQuestion(self._workspace.zone, first, last, self._request.ours)


class _TimeRead:
    """What calendars say of the days that were asked for; these are not read again."""

    def __init__(self, read: Callable[[date, date], Intervals]) -> None:
        self._read = read
        self._days: tuple[date, date] | None = None
        self._found: Intervals = ()

    def between(self, first: date, last: date) -> Intervals:
        """Return the time of at least these days."""
        if self._days is not None:
            if self._days[0] <= first and last <= self._days[1]:
                return self._found
            # Read all of it again: an event may reach across what was read before.
            first = min(first, self._days[0])
            last = max(last, self._days[1])
        self._found = self._read(first, last)
        self._days = (first, last)
        return self._found


def _starts_between(interval: Interval, first: date, last: date, zone: tzinfo) -> bool:
    return first <= datetime.fromtimestamp(60 * interval[0], zone).date() <= last
