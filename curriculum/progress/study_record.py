"""The study that the journal holds, day by day: what was logged, and what finished units add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Stopped, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day, has_time_of_day
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages
from curriculum.model.settings import DayRange
from curriculum.progress.time_spent import Credit, credits_of


class EntryKind(StrEnum):
    """Where the minutes of an entry come from.

    LOGGED: they were logged. TIMED: the timer took them. GIVEN: the unit was marked as done with
    what it took in all; these are the minutes beyond those logged. ASSUMED: the unit was marked as
    done without a word on time. DONE: the unit was marked as done, and that adds no minutes.
    """

    LOGGED = "logged"
    TIMED = "timed"
    GIVEN = "given"
    ASSUMED = "assumed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """Study of a unit, as the journal holds it.

    Attributes:
        day: The day on the person's clock at that time.
        at: The instant it is about.
        unit: The unit.
        minutes: Minutes of study.
        kind: Where the minutes come from.
        pages: The pages that were read, where they were given.
        has_time: Whether the time of the day is known; of a day alone, `at` is its noon.
    """

    day: date
    at: datetime
    unit: UnitId
    minutes: int
    kind: EntryKind
    pages: Pages | None = None
    has_time: bool = True


def study_record(
    progress: Progress, efforts: Mapping[UnitId, int], days: DayRange, zone: tzinfo
) -> tuple[StudyEntry, ...]:
    """Return the study of some days, in the order of time.

    Over all days, the minutes of a unit add up to what `time_spent` says of it.

    Args:
        progress: What was done.
        efforts: Unit to its whole effort in minutes, at least for `units_assumed`.
        days: The days.
        zone: The zone of the person's clock, for facts whose zone this machine does not know.
    """
    every = (*_logged(progress, days, zone), *_finished(progress, efforts, zone))
    shown = [entry for entry in every if days.first <= entry.day <= days.last]
    # Facts of one instant stay in the order in which they were recorded.
    return tuple(sorted(shown, key=lambda entry: entry.at))


def units_assumed(progress: Progress, days: DayRange, zone: tzinfo) -> frozenset[UnitId]:
    """Return the units marked as done on some days without a word on how long they took.

    Only for these does the record depend on how long a unit takes by its syllabus.
    """
    found = set()
    for unit, credit in credits_of(progress).items():
        if credit.is_assumed and days.first <= fact_day(credit.fact, zone) <= days.last:
            found.add(unit)
    return frozenset(found)


def recorded_minutes(entries: Iterable[StudyEntry]) -> int:
    """Return all minutes of some entries."""
    return sum(entry.minutes for entry in entries)


def assumed_minutes(entries: Iterable[StudyEntry]) -> int:
    """Return the minutes of some entries that nobody logged or gave."""
    return sum(entry.minutes for entry in entries if entry.kind is EntryKind.ASSUMED)


_ABROAD = 3
"""More days than lie between the day of a fact and the one on another clock at that instant."""


def _logged(progress: Progress, days: DayRange, zone: tzinfo) -> Iterator[StudyEntry]:
    """Yield what was logged on some days, and perhaps on those around them."""
    first, last = days.first.toordinal() - _ABROAD, days.last.toordinal() + _ABROAD
    for fact in progress.live:
        if not first <= fact.at.toordinal() <= last:
            continue
        day = fact_day(fact, zone)
        if isinstance(fact, Studied):
            yield StudyEntry(
                day=day,
                at=fact.at,
                unit=fact.unit,
                minutes=fact.minutes,
                kind=EntryKind.LOGGED,
                pages=fact.pages,
                has_time=has_time_of_day(fact, zone),
            )
        elif isinstance(fact, Stopped):
            yield StudyEntry(day, fact.at, fact.unit, fact.minutes, EntryKind.TIMED)


def _finished(
    progress: Progress, efforts: Mapping[UnitId, int], zone: tzinfo
) -> Iterator[StudyEntry]:
    added = credits_of(progress)
    for unit, credit in added.items():
        minutes = credit.minutes(efforts)
        yield StudyEntry(
            day=fact_day(credit.fact, zone),
            at=credit.fact.at,
            unit=unit,
            minutes=minutes,
            kind=_kind(credit, minutes),
            has_time=has_time_of_day(credit.fact, zone),
        )
    for unit, fact in progress.finished.items():
        if unit not in added or added[unit].fact is not fact:
            yield StudyEntry(fact_day(fact, zone), fact.at, unit, 0, EntryKind.DONE)


def _kind(credit: Credit, minutes: int) -> EntryKind:
    if not minutes:
        return EntryKind.DONE
    return EntryKind.ASSUMED if credit.is_assumed else EntryKind.GIVEN
