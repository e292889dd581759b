"""`curriculum.yaml` becomes settings, with the defaults that a user would expect."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.busy import BusySource
from curriculum.model.problems import Place
from curriculum.model.settings import DayRange, Goal, Settings, ZonePeriod
from curriculum.model.study_hours import Window
from curriculum.syllabus.settings import read_settings

EXAMPLE = """\
title: Policy gradients from first principles
goals:
  - ppo-2017
  - {work: trpo-2015, by: 2027-03-31}
  - {work: nocedal-wright-2006, units: 1-7}          # or a list of unit ids
  - {work: schulman-2016, from: 2027-02-01 18:30}     # not before
  - {topic: policy-gradient}
known: [axler-2024, {topic: mdp}]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00, sat: [10:00-12:00, 22:30-01:00]}
away: [2027-02-06..2027-02-14, 2027-03-01]
busy: [calendars/busy/*.ics]
balance: {textbooks: 60, papers: 40%}
session: {shortest: 25m, longest: 1h30m, break: 0m}
load: 90%
speed: {textbook: 10 pages/h, thesis: 15 pages/h, paper: 6.5 pages/h}
alarm: 10m
x-mine: [anything]
"""


def settings(text: str) -> Settings:
    read = read_settings("curriculum.yaml", text)
    assert read.problems == ()
    assert read.settings is not None
    return read.settings


def test_every_key_of_the_example_is_read() -> None:
    example = settings(EXAMPLE)
    assert example.goals is not None
    assert [str(goal) for goal in example.goals] == [
        "ppo-2017",
        "trpo-2015",
        "nocedal-wright-2006/1-7",
        "schulman-2016",
        "topic:policy-gradient",
    ]
    assert (example.goals[1].by, example.goals[3].from_) == (
        date(2027, 3, 31),
        datetime(2027, 2, 1, 18, 30),
    )
    assert (example.start, example.timezone) == (
        date(2027, 1, 4),
        (ZonePeriod(zone="Europe/Berlin"),),
    )
    assert example.availability == ((Window(1140, 1260),),) * 5 + (
        (Window(600, 720), Window(1350, 1500)),
        (),
    )
    assert example.away == (
        DayRange(date(2027, 2, 6), date(2027, 2, 14)),
        DayRange(date(2027, 3, 1), date(2027, 3, 1)),
    )
    assert (example.balance.textbooks, example.balance.papers) == (Fraction(60), Fraction(40))
    assert example.load == Fraction(9, 10)
    assert (example.session.longest, example.session.break_) == (
        timedelta(minutes=90),
        timedelta(0),
    )
    assert (example.speed.paper, example.alarm) == (Fraction(13, 2), (timedelta(minutes=10),))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "goals:\nknown: ~\n", "{}"])
def test_a_file_that_sets_nothing_means_the_defaults(text: str) -> None:
    assert settings(text) == Settings()


def test_a_list_of_one_may_be_written_without_brackets() -> None:
    read = settings("away: 2027-01-01\nbusy: mine.ics\ngoals: [{work: a, units: 3}]")
    assert (len(read.away), read.busy, read.goals) == (
        1,
        (BusySource.model_validate({"from": "mine.ics"}),),
        (Goal(work="a", units=("3",)),),
    )


def test_days_of_the_week_come_in_every_form_and_add_up() -> None:
    days = "Monday: 8:00-9:00, mon: 7:00-8:00, weekends: 10:00-11:00, 'tue, thu': 9:00-10:00, fri-mon: 20:00-21:00"
    week = settings(f"availability: {{{days}}}").week
    assert week[0] == (Window(420, 480), Window(480, 540), Window(1200, 1260))
    assert [len(windows) for windows in week] == [3, 1, 0, 1, 1, 2, 2]


def test_goals_and_known_works_keep_their_places() -> None:
    source = read_settings("curriculum.yaml", EXAMPLE).source
    assert (
        source.place(("goals", 0))
        == source.place(("goals", 0, "work"))
        == Place("curriculum.yaml", 3, 5)
    )
    assert source.place(("goals", 2, "work")) == Place("curriculum.yaml", 5, 12)
    assert source.place(("goals", 2, "units")) == Place("curriculum.yaml", 5, 40)
    assert source.place(("known", 1, "topic")) == Place("curriculum.yaml", 8, 29)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "load: 1%",
            "1:7",
            "it leaves at most 1 min of a day for study, and no session is shorter than 25 min",
        ),
        (
            "availability: {mon: 19:00-19:10, tue: [7:00-7:15, 8:00-8:20]}",
            "1:15",
            "its longest window has 20 min, and no session is shorter than 25 min",
        ),
        (
            "session: {shortest: 2h 30m, longest: 3h}\navailability: {sat: 10:00-12:00}",
            "2:15",
            "its longest window has 2 h, and no session is shorter than 2 h 30 min",
        ),
    ],
)
def test_a_week_without_room_for_a_session_is_a_problem(
    text: str, place: str, message: str
) -> None:
    (problem,) = read_settings("curriculum.yaml", text).problems
    assert str(problem) == f"curriculum.yaml:{place}: bad-value: {message}"


def test_a_week_with_room_for_one_session_is_none() -> None:
    assert not read_settings("c.yaml", "availability: {mon: 19:00-19:25}").problems
    assert not read_settings("c.yaml", "availability: {mon: 19:00-19:50}\nload: 50%").problems
    assert not read_settings("c.yaml", "session: {shortest: 1m}\nload: 1%").problems


def test_a_near_time_zone_is_suggested() -> None:
    (problem,) = read_settings("curriculum.yaml", "timezone: europe/berlin").problems
    assert problem.hint == "did you mean 'Europe/Berlin'?"


@given(
    st.dictionaries(
        st.sampled_from([*Settings.model_fields, "foo"]),
        st.text("abz019:-./{}[],% h", max_size=12).map(lambda text: f"'{text}'")
        | st.text("am19:-[]{}, ", max_size=12),
    )
)
def test_any_settings_are_read_or_have_problems_inside_the_file(values: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    read = read_settings("curriculum.yaml", text)
    assert (read.settings is None) == bool(read.problems)
    assert all(
        1 <= problem.place.line <= len(values) + 1 and problem.hint for problem in read.problems
    )
