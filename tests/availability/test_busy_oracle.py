"""Calm calendars are read as recurring_ical_events, an independent reader, reads them: across years and clock changes.

Not drawn, because that reader deviates there: starts that a rule does not match (it leaves them out), starts in hours
that a clock skips or shows twice, days on which a zone skips a whole day, and exceptions written in another zone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.availability.busy_time import BusyQuestion, read_busy
from curriculum.model.intervals import Interval, Intervals, merge

HOME = ZoneInfo("Europe/Berlin")
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
]
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
STARTS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 1)).map(
    lambda at: at.replace(
        hour=5 + at.hour % 17, minute=at.minute // 15 * 15, second=0, microsecond=0
    )
)
FIRST_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 1))


def written(name: str, zone: str, at: datetime, *, is_day: bool) -> str:
    return f"{name};VALUE=DATE:{at:%Y%m%d}" if is_day else f"{name};TZID={zone}:{at:%Y%m%dT%H%M%S}"


def rules(start: datetime) -> st.SearchStrategy[tuple[str, timedelta]]:
    """Draw rules that the start matches, with the days from one occurrence to another that is sure to come."""
    weekday = WEEKDAYS[start.weekday()]
    ordinal = (start.day - 1) // 7 + 1
    every = st.integers(1, 3)
    daily = every.map(lambda number: (f"FREQ=DAILY;INTERVAL={number}", timedelta(days=number)))
    weekly = every.map(lambda number: (f"FREQ=WEEKLY;INTERVAL={number}", timedelta(weeks=number)))
    days = st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(
        lambda more: ",".join(sorted({weekday, *more}))
    )
    several = st.tuples(days, st.sampled_from(["MO", "SU"])).map(
        lambda drawn: (f"FREQ=WEEKLY;BYDAY={drawn[0]};WKST={drawn[1]}", timedelta(weeks=1))
    )
    monthly = st.sampled_from(
        ["FREQ=MONTHLY", f"FREQ=MONTHLY;BYDAY={ordinal}{weekday}", "FREQ=YEARLY"]
    )
    return st.one_of(daily, weekly, several, monthly.map(lambda text: (text, timedelta(0))))


@st.composite
def ends(draw: st.DrawFn, start: datetime, zone: str, *, is_day: bool) -> str:
    """Draw nothing, a COUNT, or an UNTIL of the type that DTSTART asks for (RFC 5545 §3.3.10)."""
    kind = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if kind == "COUNT":
        return f";COUNT={draw(st.integers(1, 60))}"
    if kind == "UNTIL":
        last = start + timedelta(days=draw(st.integers(0, 500)))
        there = last.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return f";UNTIL={last:%Y%m%d}" if is_day else f";UNTIL={there:%Y%m%dT%H%M%SZ}"
    return ""


@st.composite
def events(draw: st.DrawFn, uid: str) -> list[str]:
    """Draw a series as a calm program writes it, with exceptions and moved occurrences."""
    zone, start, is_day = draw(st.sampled_from(ZONES)), draw(STARTS), draw(st.booleans())
    head = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20250101T000000Z"]
    length = (
        timedelta(days=draw(st.integers(1, 3)))
        if is_day
        else timedelta(minutes=15 * draw(st.integers(1, 12)))
    )

    def times(at: datetime) -> list[str]:
        return [
            written("DTSTART", zone, at, is_day=is_day),
            written("DTEND", zone, at + length, is_day=is_day),
        ]

    if not draw(st.booleans()):
        return [*head, *times(start), "END:VEVENT"]
    rule, step = draw(rules(start))
    end = draw(ends(start, zone, is_day=is_day))
    without = draw(st.sets(st.integers(0, 9), max_size=3))
    gone = [
        written("EXDATE", zone, start + number * step, is_day=is_day) for number in sorted(without)
    ]
    master = [*head, *times(start), f"RRULE:{rule}{end}", *gone, "END:VEVENT"]
    moved = draw(st.integers(1, 9))
    if end or not step or moved in without or draw(st.booleans()):
        return master
    old = start + moved * step
    new = old + timedelta(days=draw(st.integers(-9, 9)))
    kind = draw(st.sampled_from(["TRANSP:OPAQUE", "TRANSP:TRANSPARENT"]))
    return [
        *master,
        *head,
        written("RECURRENCE-ID", zone, old, is_day=is_day),
        *times(new),
        kind,
        "END:VEVENT",
    ]


CALENDARS = (
    st.integers(1, 3)
    .flatmap(lambda count: st.tuples(*(events(f"e{number}") for number in range(count))))
    .map(lambda drawn: [line for one in drawn for line in one])
)


def calendar(lines: list[str]) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
    ).encode()


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HOME)


def instant(at: date) -> int:
    return int((at if isinstance(at, datetime) else midnight(at)).timestamp()) // 60


def within(intervals: Iterable[Interval], first: date, last: date) -> Intervals:
    low, high = instant(first), instant(last + timedelta(days=1))
    return merge((max(start, low), min(end, high)) for start, end in intervals)


def judged(data: bytes, first: date, last: date) -> Iterator[Interval]:
    calendar = recurring_ical_events.of(Calendar.from_ical(data))
    for found in calendar.between(midnight(first), midnight(last + timedelta(days=1))):
        if found.get("TRANSP") != "TRANSPARENT":
            yield instant(found["DTSTART"].dt), instant(found["DTEND"].dt)


@given(CALENDARS, FIRST_DAYS, st.integers(0, 120))
def test_calm_calendars_are_read_as_an_independent_reader_reads_them(
    lines: list[str], first: date, days: int
) -> None:
    data, last = calendar(lines), first + timedelta(days=days)

    read = read_busy("drawn.ics", data, BusyQuestion(HOME, first, last))

    assert read.problems == ()
    assert within(read.intervals, first, last) == within(judged(data, first, last), first, last)


@given(CALENDARS, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(lines: list[str], rng: random.Random) -> None:
    blocks = [block + "END:VEVENT" for block in "\r\n".join(lines).split("END:VEVENT")[:-1]]
    rng.shuffle(blocks)
    question = BusyQuestion(HOME, date(2026, 11, 1), date(2027, 4, 30))
    shuffled = read_busy("drawn.ics", calendar(blocks), question)

    assert shuffled == read_busy("drawn.ics", calendar(lines), question)


@given(CALENDARS, FIRST_DAYS, st.integers(0, 60), st.integers(1, 4000))
def test_looking_farther_changes_nothing_near_by(
    lines: list[str], first: date, days: int, more: int
) -> None:
    data, last, farther = calendar(lines), first + timedelta(days=days), timedelta(days=more)

    near = read_busy("drawn.ics", data, BusyQuestion(HOME, first, last))
    far = read_busy("drawn.ics", data, BusyQuestion(HOME, first - farther, last + farther))

    assert within(near.intervals, first, last) == within(far.intervals, first, last)
