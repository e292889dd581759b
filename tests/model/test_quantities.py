"""Durations, pages, speeds, shares and moments mean what a person writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.quantities import (
    Pages,
    UnreadableError,
    day,
    duration,
    duration_or_none,
    minutes,
    moment,
    pages,
    percentage,
    quoted,
    reading_minutes,
    speed,
    weight,
)
from curriculum.model.settings import day_range
from curriculum.model.study_hours import Window, weekdays, window


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45m", 45),
        ("2h", 120),
        ("2h30m", 150),
        ("1.5h", 90),
        ("2 h 30 min", 150),
        ("90 minutes", 90),
        ("1 Hour", 60),
    ],
)
def test_a_duration_is_hours_and_minutes(text: str, expected: int) -> None:
    assert duration(text) == timedelta(minutes=expected)


@given(st.integers(0, 200), st.integers(0, 59))
def test_a_written_duration_reads_back(hours: int, rest: int) -> None:
    if hours or rest:
        assert minutes(duration(f"{hours}h{rest}m")) == hours * 60 + rest
    assert duration_or_none("0m") == timedelta(0)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_pages_read_back_as_they_are_cited(first: int, count: int) -> None:
    expected = Pages(first, first + count)
    assert pages(str(expected)) == pages([str(first), str(first + count)]) == expected
    assert len(expected) == count + 1


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (speed, "10 pages/h", Fraction(10)),
        (speed, "6.5 pp per hour", Fraction(13, 2)),
        (percentage, "90%", Fraction(9, 10)),
        (percentage, "0.9", Fraction(9, 10)),
        (percentage, "100%", Fraction(1)),
        (weight, "50%", Fraction(50)),
        (weight, "0", Fraction(0)),
        (moment, "2027-03-31", date(2027, 3, 31)),
        (moment, "2027-03-31 8:30", datetime(2027, 3, 31, 8, 30)),
        (moment, "2027-03-31T18:30:00", datetime(2027, 3, 31, 18, 30)),
        (moment, "2027-W13-3", date(2027, 3, 31)),
        (moment, "2027-W13-3 8:30", datetime(2027, 3, 31, 8, 30)),
        (day, "2028-02-29", date(2028, 2, 29)),
        (day, " 2027-W01-1 ", date(2027, 1, 4)),
        (day, "2026-W53-7", date(2027, 1, 3)),
        (window, "19:00-21:00", Window(1140, 1260)),
        (window, "22:30 \u2013 01:00", Window(1350, 1500)),
        (window, "00:00-24:00", Window(0, 1440)),
        (weekdays, "sat-mon", (0, 5, 6)),
        (weekdays, "Wednesday", (2,)),
        (weekdays, "mon, thu-fri", (0, 3, 4)),
        (weekdays, "daily", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_a_quantity_is_what_it_says(
    read: Callable[[Any], object], text: str, expected: object
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("read", "code", "texts"),
    [
        (
            duration,
            "bad-duration",
            ["", "h", "90", "0m", "1.33h", "-2h", "2 weeks", "9" * 5000 + "h", "999999h"],
        ),
        (pages, "bad-pages", ["", "x", "3-2", "1-2-3", [], ["1", "2", "3"], {}, "1" * 5000]),
        (speed, "bad-speed", ["", "10", "0 pages/h", "pages/h", "10 pages"]),
        (percentage, "bad-share", ["", "0%", "101%", "2", "-5%", "all"]),
        (weight, "bad-share", ["", "-1", "half"]),
        (
            moment,
            "bad-date",
            ["", "2027-02-29", "2027-3-1", "2027-03-31 24:00", "31.03.2027", "2027-03-31 18:30Z"],
        ),
        (
            day,
            "bad-date",
            [
                "",
                "2027-13-01",
                "2027-03-31 10:00",
                "20270104",
                "2027-W01",
                "2027W011",
                "2027-W53-1",
                "2027-W01-8",
                "1969-12-31",
                "9999-12-31",
            ],
        ),
        (
            day_range,
            "bad-date",
            ["", "2027-01-02..2027-01-01", "2027-01-01..", "2027-01-01..2027-01-02..2027-01-03"],
        ),
        (
            window,
            "bad-window",
            ["", "19-21", "19:00", "19:60-20:00", "24:00-25:00", "10:00-10:00", "10:00-24:30"],
        ),
        (
            weekdays,
            "bad-weekday",
            ["", "m", "mo", "mondas-fri", "mon-", "mon-tue-wed", "mon,,tue", "holidays"],
        ),
    ],
)
def test_what_is_no_quantity_says_why_and_how_to_write_it(
    read: Callable[[Any], object], code: str, texts: list[Any]
) -> None:
    for text in texts:
        with pytest.raises(UnreadableError) as caught:
            read(text)
        assert (caught.value.code, bool(caught.value.hint)) == (code, True)
        assert len(caught.value.message) < 160


def test_reading_time_is_rounded_up_to_whole_minutes() -> None:
    assert reading_minutes(Pages(1, 7), Fraction(9)) == 47


def test_a_message_names_a_value_in_few_words() -> None:
    assert [quoted(value) for value in ("a\n b", {"a": 1}, ["a"], None)] == [
        "'a b'",
        "a mapping",
        "a list",
        "nothing",
    ]
    assert len(quoted("x" * 1000)) <= 62
