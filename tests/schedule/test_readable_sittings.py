"""Sittings that a person can read: no pieces of a few minutes, and times on five-minute marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.curriculum import ReachedGoal
from curriculum.model.plan import Plan
from curriculum.model.settings import Settings
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.readable_cuts import break_off
from tests.instances import Instance, curriculum_of, goal


def chapters(efforts: list[int], minutes: int, *goals: ReachedGoal) -> Instance:
    """Return the chapters of one book, to be studied in a sitting of some minutes a day."""
    edges = [(number - 1, number) for number in range(1, len(efforts))]
    curriculum, library = curriculum_of(efforts, edges, [("b", len(efforts))], goals)
    length = {"shortest": "20m", "longest": "3h", "break": "0m"}
    settings = Settings.model_validate({"session": length})
    return Instance(curriculum, library, settings, ((0, minutes),))


def lines(plan: Plan) -> list[list[tuple[int, int]]]:
    """Return the chapters of each session with their minutes."""
    return [
        [(int(piece.unit.rpartition("/")[2]), piece.minutes) for piece in session.pieces]
        for session in plan.sessions
    ]


@pytest.mark.parametrize(
    ("efforts", "expected"),
    [
        # Two minutes of the chapter would be left: the sitting ends a quarter of an hour earlier.
        ([62, 60], [[(0, 45)], [(0, 17), (1, 43)], [(1, 17)]]),
        # Ten minutes are too few to begin a chapter of an hour, but enough for one of ten.
        ([50, 60], [[(0, 50)], [(1, 60)]]),
        ([50, 10, 60], [[(0, 50), (1, 10)], [(2, 60)]]),
        # A chapter that is too short for two good pieces has one.
        ([40, 25], [[(0, 40), (1, 15)], [(1, 10)]]),
        ([43, 18], [[(0, 43), (1, 9)], [(1, 9)]]),
    ],
)
def test_no_sitting_begins_or_ends_with_a_few_minutes_of_a_chapter(
    efforts: list[int], expected: list[list[tuple[int, int]]]
) -> None:
    assert lines(chapters(efforts, 60).plan()) == expected


def test_a_sitting_is_broken_off_at_a_mark_of_five_minutes() -> None:
    assert lines(chapters([150], 58).plan()) == [[(0, 55)], [(0, 55)], [(0, 40)]]


def test_a_deadline_that_needs_every_minute_gets_them() -> None:
    """62 minutes due after an hour and two minutes of the second day."""
    due = datetime(2027, 1, 5, 0, 2, tzinfo=UTC)

    assert lines(chapters([62], 60, goal("b/0", by=due)).plan()) == [[(0, 60)], [(0, 2)]]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=8), st.integers(30, 120))
def test_pieces_under_a_quarter_of_an_hour_are_of_short_units(
    efforts: list[int], minutes: int
) -> None:
    for session in lines(chapters(efforts, minutes).plan()):
        for chapter, length in session:
            assert length >= min(15, efforts[chapter]) or efforts[chapter] < 30
            assert length >= min(5, efforts[chapter])


@given(st.lists(st.integers(1, 200), min_size=1, max_size=8), st.integers(30, 120))
def test_a_sitting_leaves_at_most_a_quarter_of_an_hour_free(
    efforts: list[int], minutes: int
) -> None:
    instance = chapters(efforts, minutes)
    sessions = instance.plan().sessions
    slots = slots_until(instance.terms, instance.free, 200)

    for session, slot in zip(sessions[:-1], slots, strict=False):
        assert session.start == slot[0]
        assert slot[1] - session.end <= 15


def test_a_rest_left_free_stays_free_when_the_sessions_of_today_are_fixed() -> None:
    """A quarter of an hour is too short to begin a chapter of which that much is not in a fixed session."""
    edges = [(0, 1)]
    curriculum, library = curriculum_of([45, 75], edges, [("b", 2)])
    length = {"shortest": "10m", "longest": "60m", "break": "0m"}
    instance = Instance(
        curriculum, library, Settings.model_validate({"session": length}), ((0, 60), (100, 160))
    )
    found = instance.plan().sessions
    today = replace(instance, published=found, kept=found[:2])

    assert lines(instance.plan()) == [[(0, 45)], [(1, 60)], [(1, 15)]]
    assert today.plan().sessions == found


@given(st.integers(0, 100), st.integers(1, 300), st.integers(1, 120))
def test_the_rest_of_a_piece_is_broken_off_where_the_whole_would_be(
    begin: int, minutes: int, room: int
) -> None:
    """Planning again in the middle of a piece changes nothing."""
    finish, end = begin + minutes, begin + room
    if finish <= end:
        return
    broken_off = break_off(begin, finish, end)

    assert begin < broken_off <= end
    assert end - broken_off <= 15
    assert break_off(broken_off, finish, broken_off) <= broken_off
