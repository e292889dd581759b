"""A forecast and a pace as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from curriculum.model.forecast import Attendance, Forecast, Outlook, Range
from curriculum.model.pace import PaceNote
from curriculum.model.plan import minute
from curriculum.model.settings import Goal
from curriculum.views.json.forecast import forecast_json
from curriculum.views.json.pace import pace_json
from curriculum.views.text.forecast import chance_text, forecast_view, range_text
from curriculum.views.text.pace import pace_sentence


def at(month: int, day: int, hour: int = 20, year: int = 2027) -> int:
    return minute(datetime(year, month, day, hour, tzinfo=UTC))


PPO = Outlook(
    units=5,
    planned=at(2, 1),
    half=Range(at(1, 28), at(2, 9)),
    most=Range(at(1, 20), at(3, 2)),
    deadline=at(2, 28, 24 - 1) + 60,
    chance=0.874,
)
FORECAST = Forecast(
    goals=(
        (Goal(work="ppo-2017"), PPO),
        (Goal(work="trpo-2015"), Outlook(3)),
        (Goal(work="axler-2024"), Outlook(0)),
    ),
    whole=replace(PPO, deadline=None, chance=0.3),
    samples=4,
    draws=2000,
    seed=7,
)


def shown(forecast: Forecast) -> list[str]:
    """Return the lines of a forecast on a terminal without colour."""
    console = Console(file=StringIO(), width=80, no_color=True)
    console.print(forecast_view(forecast, UTC))
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines() if line.strip()]


def test_a_row_for_each_goal_one_for_everything_and_what_it_rests_on() -> None:
    assert shown(FORECAST) == [
        "Forecast",
        "goal        planned     50 % range         80 % range         in time",
        "ppo-2017    1 Feb 2027  28 Jan-9 Feb 2027  20 Jan-2 Mar 2027     87 %",
        "trpo-2015                                  not placed",
        "axler-2024                                 nothing left",
        "everything  1 Feb 2027  28 Jan-9 Feb 2027  20 Jan-2 Mar 2027     30 %",
        "from 2,000 simulated futures, and what 4 units took",
    ]


def test_where_several_goals_are_due_it_is_said_what_in_time_means_for_everything() -> None:
    twice = replace(FORECAST, goals=(FORECAST.goals[0], (Goal(work="trpo-2015"), PPO)))

    assert shown(twice)[-1] == "everything is in time when every deadline is kept"


def test_it_is_said_how_much_of_the_planned_study_was_done() -> None:
    lines = shown(replace(FORECAST, attendance=Attendance(360, 1800, (0.2,))))

    assert lines[-1] == "so far you studied 6 h of the 30 h planned"


def test_one_goal_needs_no_row_for_everything() -> None:
    lines = shown(replace(FORECAST, goals=FORECAST.goals[:1], samples=0))

    assert not any(line.startswith("everything") for line in lines)
    assert lines[-1] == "from 2,000 simulated futures, and nothing finished yet, so ranges are wide"


def test_where_nothing_is_placed_nothing_is_said_of_futures() -> None:
    assert not any("futures" in line for line in shown(replace(FORECAST, whole=Outlook(3))))


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.0, "< 1 %"),
        (0.0099, "< 1 %"),
        (0.01, "1 %"),
        (0.5, "50 %"),
        (0.99, "99 %"),
        (0.9901, "> 99 %"),
        (1, "> 99 %"),
    ],
)
def test_a_chance_is_never_nothing_and_never_certain(chance: float, text: str) -> None:
    assert chance_text(chance) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Range(at(1, 4, 18), at(1, 4, 20)), "4 Jan 2027"),
        (Range(at(1, 4), at(1, 9)), "4-9 Jan 2027"),
        (Range(at(1, 4), at(3, 9)), "4 Jan-9 Mar 2027"),
        (Range(at(12, 4), at(1, 9, year=2028)), "4 Dec 2027-9 Jan 2028"),
        (Range(at(1, 4), at(1, 4, year=2028)), "4 Jan 2027-4 Jan 2028"),
    ],
)
def test_a_range_says_no_month_and_no_year_twice(span: Range, text: str) -> None:
    assert range_text(span, UTC) == text


def test_days_are_those_of_the_persons_clock() -> None:
    late = Range(at(1, 4, 23), at(1, 8, 23))

    assert range_text(late, UTC) == "4-8 Jan 2027"
    assert range_text(late, ZoneInfo("Asia/Tokyo")) == "5-9 Jan 2027"


def test_json_gives_instants_in_utc_and_nothing_where_nothing_can_be_told() -> None:
    found = forecast_json(FORECAST)

    assert found["goals"][0] == {
        "goal": "ppo-2017",
        "units": 5,
        "planned": "2027-02-01T20:00:00Z",
        "half": ["2027-01-28T20:00:00Z", "2027-02-09T20:00:00Z"],
        "most": ["2027-01-20T20:00:00Z", "2027-03-02T20:00:00Z"],
        "deadline": "2027-03-01T00:00:00Z",
        "chance": 0.874,
    }
    assert found["goals"][1] == {
        "goal": "trpo-2015",
        "units": 3,
        "planned": None,
        "half": None,
        "most": None,
        "deadline": None,
        "chance": None,
    }
    assert (found["samples"], found["draws"], found["seed"], found["whole"]["chance"]) == (
        4,
        2000,
        7,
        0.3,
    )


BOOK = PaceNote("textbook", "sutton-barto-2018", 4, 10 / 7.4, Fraction(6, 5), Fraction(10))


def test_a_pace_is_told_in_pages_an_hour() -> None:
    assert pace_sentence(BOOK) == "you read this book at 7.4 pages/h; planned 10, from now on 8.3"
    assert (
        pace_sentence(replace(BOOK, factor=Fraction(1)))
        == "you read this book at 7.4 pages/h; planned 10"
    )
    assert pace_sentence(replace(BOOK, kind="thesis", work=None, factor=Fraction(1))) == (
        "you read theses at 7.4 pages/h; planned 10"
    )


def test_a_pace_without_pages_is_told_in_times_of_the_estimate() -> None:
    steps = PaceNote("paper", "ppo-2017", 2, 1.5, Fraction(5, 4))

    assert (
        pace_sentence(steps)
        == "this paper takes you 1.5 times as long as estimated; from now on planned at 1.25 times"
    )
    assert (
        pace_sentence(replace(steps, factor=Fraction(1)))
        == "this paper takes you 1.5 times as long as estimated"
    )


def test_the_json_of_a_pace_holds_speeds_and_ratios() -> None:
    assert pace_json([BOOK]) == [
        {
            "kind": "textbook",
            "work": "sutton-barto-2018",
            "samples": 4,
            "ratio": 1.351,
            "factor": 1.2,
            "planned_speed": 10.0,
            "observed_speed": 7.4,
            "speed_from_now_on": 8.33,
        }
    ]
