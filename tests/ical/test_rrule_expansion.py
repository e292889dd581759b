"""Rules recur when dateutil, an independent reader of the same RFC, says so; and always in bounded time."""

from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from curriculum.ical.rrule import RruleError, parse_rrule
from curriculum.ical.rrule_expansion import Horizon, expand

EPOCH = datetime(1970, 1, 1)
YEARS = 3


def wall(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(seconds=1)


def moments(text: str, start: datetime, low: datetime, high: datetime) -> list[datetime]:
    read = parse_rrule(text)
    until = None if read.until is None else wall(datetime.strptime(read.until, "%Y%m%dT%H%M%S"))
    expansion = expand(read, wall(start), Horizon(wall(low), wall(high), 1_000_000), until)
    assert expansion.complete
    return [EPOCH + timedelta(seconds=found) for found in expansion.walls]


starts = st.datetimes(datetime(2019, 1, 1), datetime(2026, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)


def numbers(least: int, most: int, *, signed: bool = False) -> st.SearchStrategy[str]:
    one = st.integers(least, most)
    either = one | one.map(lambda number: -number) if signed else one
    return st.lists(either, min_size=1, max_size=3, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


DAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
ORDINALS = st.sampled_from(["1", "2", "-1", "+3", "5", "-5"])
PLAIN_DAYS = st.lists(DAYS, min_size=1, max_size=3, unique=True).map(",".join)
COUNTED_DAYS = st.lists(
    st.builds(str.__add__, ORDINALS, DAYS), min_size=1, max_size=3, unique=True
).map(",".join)
"""All days with an ordinal: of days with and without one dateutil makes an intersection, where the RFC adds them up."""


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = {"FREQ": frequency, "INTERVAL": str(draw(st.integers(1, 4)))}
    counted = frequency in ("YEARLY", "MONTHLY")
    choices = {
        "BYDAY": COUNTED_DAYS if counted else PLAIN_DAYS,
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYHOUR": numbers(0, 23),
        "BYMINUTE": numbers(0, 59),
        "WKST": DAYS,
    }
    if frequency == "WEEKLY":
        del choices["BYMONTHDAY"]
    if frequency == "YEARLY":
        choices["BYYEARDAY"] = numbers(1, 366, signed=True)
    for name in draw(st.lists(st.sampled_from(sorted(choices)), max_size=3, unique=True)):
        parts[name] = draw(choices[name])
    # Of the week of the start dateutil counts only what follows the start; the RFC counts in whole weeks.
    if (
        frequency != "WEEKLY"
        and draw(st.booleans())
        and any(name.startswith("BY") for name in parts)
    ):
        parts["BYSETPOS"] = draw(numbers(1, 4, signed=True))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(rules(), starts, st.none() | st.integers(1, 40), st.booleans())
def test_a_rule_recurs_when_dateutil_says_so(
    text: str, start: datetime, count: int | None, ends: bool
) -> None:
    low, high = datetime(2025, 1, 1), datetime(2025 + YEARS, 1, 1)
    if count is not None:
        text += f";COUNT={count}"
    elif ends:
        text += ";UNTIL=20261105T120000"
    theirs = rrulestr(
        text + ("" if ends and count is None else ";UNTIL=20300101T000000" * (count is None)),
        dtstart=start,
    )
    expected = {at for at in takewhile(lambda at: at < high, theirs) if at >= low} | {start} & {
        at for at in [start] if low <= at < high
    }
    assert moments(text, start, low, high) == sorted(expected)


@given(st.lists(st.integers(1, 53), min_size=1, max_size=3, unique=True), PLAIN_DAYS, starts)
def test_weeks_of_the_year_are_those_of_iso_8601(
    weeks: list[int], days: str, start: datetime
) -> None:
    """Python's own calendar is the judge; dateutil loses weeks that reach into another year."""
    text = f"FREQ=YEARLY;BYWEEKNO={','.join(map(str, weeks))};BYDAY={days}"
    wanted = {
        ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(name) + 1 for name in days.split(",")
    }
    every = (
        start + timedelta(days=number) for number in range((datetime(2030, 1, 1) - start).days + 1)
    )
    matching = {
        day for day in every if day.isocalendar()[1] in weeks and day.isocalendar()[2] in wanted
    }
    high = datetime(2030, 1, 1)
    assert set(moments(text, start, start, high)) == {
        start,
        *(day for day in matching if day < high),
    }


@given(st.integers(1, 50), st.none() | numbers(0, 23), st.none() | PLAIN_DAYS, starts)
def test_hourly_rules_recur_when_dateutil_says_so(
    interval: int, hours: str | None, days: str | None, start: datetime
) -> None:
    text = f"FREQ=HOURLY;INTERVAL={interval}"
    if days is not None:
        text += f";BYDAY={days}"
    if hours is not None and interval == 1:
        text += f";BYHOUR={hours}"
    high = start + timedelta(days=20)
    theirs = takewhile(lambda at: at < high, rrulestr(text, dtstart=start))
    assert set(moments(text, start, start, high)) == {*theirs, start}


@given(
    st.sampled_from(["MINUTELY", "SECONDLY"]),
    st.integers(1, 200),
    st.none() | numbers(0, 23),
    st.none() | numbers(0, 59),
    starts,
)
def test_rules_that_recur_within_an_hour_recur_when_dateutil_says_so(
    frequency: str, interval: int, hours: str | None, minutes: str | None, start: datetime
) -> None:
    text = f"FREQ={frequency};INTERVAL={interval};UNTIL=20991231T000000"
    if interval == 1:
        text += f";BYHOUR={hours}" if hours is not None else ""
        text += f";BYMINUTE={minutes}" if minutes is not None else ""
    high = start + timedelta(hours=3)
    theirs = takewhile(lambda at: at < high, rrulestr(text, dtstart=start))
    assert set(moments(text, start, start, high)) == {*theirs, start}


@given(rules(), starts)
def test_looking_at_a_part_of_the_time_shows_a_part_of_the_occurrences(
    text: str, start: datetime
) -> None:
    everything = moments(text, start, start, datetime(2028, 1, 1))
    low, high = datetime(2026, 3, 1), datetime(2027, 6, 1)
    assert moments(text, start, low, high) == [at for at in everything if low <= at < high]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["2027-01-29", "2027-02-26", "2027-03-31"],
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2027-01-29", "2027-02-26", "2027-03-26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2027-01-31", "2027-03-31"]),
        (
            "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TU,WE;BYSETPOS=1",
            ["2027-01-04", "2027-02-01", "2027-03-01", "2027-03-29"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TU,WE;BYSETPOS=-1",
            ["2027-01-06", "2027-02-03", "2027-03-03", "2027-03-31"],
        ),
        ("FREQ=YEARLY;BYWEEKNO=9", ["2027-03-01"]),
        ("FREQ=YEARLY;BYYEARDAY=60", ["2027-03-01"]),
    ],
)
def test_rules_of_the_rfc_by_hand(text: str, expected: list[str]) -> None:
    found = moments(text, datetime(2026, 1, 5, 9), datetime(2027, 1, 1), datetime(2027, 4, 1))
    assert [at.date().isoformat() for at in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=30",
        "FREQ=SECONDLY;INTERVAL=3599",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=" + "9" * 5000,
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "FREQ=SOMETIMES",
        "",
        "COUNT=3",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;WKST=XX",
        "FREQ=DAILY;BYHOUR="
        + ",".join(map(str, range(24)))
        + ";BYMINUTE="
        + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYHOUR=²",
    ],
)
def test_a_rule_nobody_means_is_refused(text: str) -> None:
    with pytest.raises(RruleError):
        parse_rrule(text)


def test_a_rule_without_end_from_the_year_one_is_answered_from_the_asked_time_on() -> None:
    expansion = expand(
        parse_rrule("FREQ=DAILY"),
        wall(datetime(1, 1, 3)),
        Horizon(wall(datetime(2027, 1, 1)), wall(datetime(2027, 1, 8)), 100),
    )
    assert (len(expansion.walls), expansion.complete) == (7, True)


def test_a_rule_that_never_recurs_ends() -> None:
    start, low, high = (
        wall(datetime(2027, 1, 1)),
        wall(datetime(2027, 1, 1)),
        wall(datetime(9990, 1, 1)),
    )
    expansion = expand(
        parse_rrule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), start, Horizon(low, high, 1000)
    )
    assert (expansion.walls, expansion.complete) == ((start,), False)
    assert expansion.steps < 1100


def test_a_rule_ends_with_the_calendar() -> None:
    start = wall(datetime(9998, 12, 30))
    for frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"):
        assert expand(
            parse_rrule(f"FREQ={frequency};INTERVAL=999999999"),
            start,
            Horizon(start, start * 2, 1000),
        ).complete
