"""The state that the facts of the journal lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Fact,
    Finished,
    Left,
    Missed,
    Pinned,
    Reopened,
    Started,
    Stopped,
    Studied,
    Undone,
    Unpinned,
)
from curriculum.model.progress import Progress, Statement
from curriculum.progress.state import replay, replay_more
from tests.facts import NOON, live_facts, stamp

SUMS = UnitId("sums/1")


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Draw facts about three units, by commands that record one to three of them, some taken back."""
    found: list[Fact] = []
    for number in range(draw(st.integers(0, 12))):
        at = NOON + timedelta(minutes=draw(st.integers(-1000, 1000)))
        if draw(st.integers(0, 3)) == 3:
            target = f"c{draw(st.integers(0, 12))}"
            found.append(Undone(**stamp(100 * number, at), target=target))
            continue
        for part in range(draw(st.integers(1, 3))):
            head = stamp(100 * number + part, at, command=f"c{number}")
            found.append(draw(live_facts(head)))
    return found


@given(facts(), st.integers(0, 40))
def test_replaying_in_halves_equals_replaying_at_once(found: list[Fact], cut: int) -> None:
    halves = replay_more(replay(found[:cut]), found[cut:])

    assert halves == replay(found)


@given(facts(), facts())
def test_taking_back_a_command_restores_the_state(found: list[Fact], more: list[Fact]) -> None:
    command = [replace(one, command="new") for one in more if not isinstance(one, Undone)]
    back = Undone(**stamp(9), target="new")

    assert replay([*found, *command, back]) == replay(found)


def test_what_was_said_last_counts_whatever_its_instant() -> None:
    early = Reopened(**stamp(9, NOON - timedelta(days=9)), unit=SUMS)

    assert SUMS not in replay([Finished(**stamp(1), unit=SUMS), early]).finished


def test_minutes_of_logs_and_timers_add_up_and_a_stop_ends_the_timer() -> None:
    begun: list[Fact] = [Studied(**stamp(1), unit=SUMS, minutes=40), Started(**stamp(2), unit=SUMS)]
    ended = [Stopped(**stamp(3), unit=SUMS, minutes=25)]

    assert replay(begun).timer == begun[1]
    assert replay([*begun, *ended]).studied == {SUMS: 65}
    assert replay([*begun, *ended]).timer is None


def test_what_is_left_is_remembered_with_what_was_studied_before() -> None:
    found = replay(
        [Studied(**stamp(1), unit=SUMS, minutes=40), Left(**stamp(2), unit=SUMS, minutes=90)]
    )

    assert found.left == {SUMS: Statement(left=90, studied=40)}
    assert replay_more(found, [Finished(**stamp(3), unit=SUMS)]).left == {}


def test_of_a_session_what_was_said_last_counts() -> None:
    uid = "s@curriculum"
    pinned = Pinned(**stamp(1), session=uid, start=600, end=655)
    missed = Missed(**stamp(2), session=uid, start=600, end=655)
    freed = Unpinned(**stamp(3), session=uid)

    assert replay([pinned]).pins == {uid: pinned}
    assert (replay([pinned, missed]).pins, replay([pinned, missed]).missed) == ({}, {uid: missed})
    assert replay([missed, pinned]).missed == {}
    assert replay([pinned, missed, freed]) == replace(Progress(), live=(pinned, missed, freed))
