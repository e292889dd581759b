"""What the facts of the journal come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.model.progress import Progress, Statement
from curriculum.progress.state import last_command, replay

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
SUMS = UnitId("sums/1")


def fact(
    kind: Kind, number: int = 0, unit: UnitId | None = SUMS, minutes: int | None = None, **more: str
) -> Fact:
    """Return a fact that a command of its own records."""
    return Fact(f"f{number}", f"c{number}", kind, NOON, "UTC", unit=unit, minutes=minutes, **more)  # type: ignore[arg-type]


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Draw facts about three units, by commands that record one to three of them, some taken back."""
    found: list[Fact] = []
    for number in range(draw(st.integers(0, 12))):
        at = NOON + timedelta(minutes=draw(st.integers(-1000, 1000)))
        if draw(st.booleans()) and draw(st.booleans()):
            target = f"c{draw(st.integers(0, 12))}"
            found.append(Fact(f"u{number}", f"u{number}", Kind.UNDONE, at, "UTC", target=target))
            continue
        for part in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from([kind for kind in Kind if kind is not Kind.UNDONE]))
            unit = UnitId(draw(st.sampled_from(["a/1", "a/2", "b/1"])))
            minutes = draw(st.none() | st.integers(0, 300))
            pinned = kind in (Kind.PINNED, Kind.UNPINNED)
            found.append(
                Fact(
                    f"{number}.{part}",
                    f"c{number}",
                    kind,
                    at,
                    "UTC",
                    unit=None if pinned else unit,
                    minutes=minutes,
                    session="s" if pinned else None,
                )
            )
    return found


@given(facts(), st.integers(0, 40))
def test_folding_in_halves_equals_folding_whole(found: list[Fact], cut: int) -> None:
    halves = replay(replay(Progress(), found[:cut]), found[cut:])

    assert halves == replay(Progress(), found)


@given(facts(), facts())
def test_taking_back_a_command_restores_the_state(found: list[Fact], more: list[Fact]) -> None:
    command = [
        Fact(
            f"n{number}",
            "new",
            one.kind,
            one.at,
            one.zone,
            one.unit,
            one.minutes,
            session=one.session,
        )
        for number, one in enumerate(more)
        if one.kind is not Kind.UNDONE
    ]
    back = Fact("back", "back", Kind.UNDONE, NOON, "UTC", target="new")

    assert replay(Progress(), [*found, *command, back]) == replay(Progress(), found)


def test_the_last_command_is_the_one_recorded_last_that_still_counts() -> None:
    first, second = fact(Kind.FINISHED, 1), fact(Kind.SKIPPED, 2)
    back = fact(Kind.UNDONE, 3, None, target="c2")

    assert last_command(replay(Progress(), [first, second])) == (second,)
    assert last_command(replay(Progress(), [first, second, back])) == (first,)
    assert last_command(Progress()) == ()


def test_what_was_said_last_counts_whatever_its_instant() -> None:
    early = Fact("f9", "c9", Kind.REOPENED, NOON - timedelta(days=9), "UTC", unit=SUMS)

    assert SUMS not in replay(Progress(), [fact(Kind.FINISHED, 1), early]).finished


def test_minutes_of_logs_and_timers_add_up_and_a_stop_ends_the_timer() -> None:
    begun = [fact(Kind.STUDIED, 1, minutes=40), fact(Kind.STARTED, 2)]
    ended = [fact(Kind.STOPPED, 3, minutes=25)]

    assert replay(Progress(), begun).timer == begun[1]
    assert replay(Progress(), [*begun, *ended]).studied == {SUMS: 65}
    assert replay(Progress(), [*begun, *ended]).timer is None


def test_what_is_left_is_remembered_with_what_was_studied_before() -> None:
    found = replay(Progress(), [fact(Kind.STUDIED, 1, minutes=40), fact(Kind.LEFT, 2, minutes=90)])

    assert found.left == {SUMS: Statement(left=90, studied=40)}
    assert replay(found, [fact(Kind.FINISHED, 3)]).left == {}


def session(kind: Kind, number: int, start: int | None = None) -> Fact:
    """Return a fact about a session."""
    end = None if start is None else start + 55
    return Fact(
        f"f{number}", f"c{number}", kind, NOON, "UTC", session="s@curriculum", start=start, end=end
    )


def test_of_a_session_what_was_said_last_counts() -> None:
    pinned, missed, freed = (
        session(Kind.PINNED, 1, 600),
        session(Kind.MISSED, 2, 600),
        session(Kind.UNPINNED, 3),
    )

    assert replay(Progress(), [pinned]).pins == {"s@curriculum": pinned}
    assert (
        replay(Progress(), [pinned, missed]).pins,
        replay(Progress(), [pinned, missed]).missed,
    ) == (
        {},
        {"s@curriculum": missed},
    )
    assert replay(Progress(), [missed, pinned]).missed == {}
    assert replay(Progress(), [pinned, missed, freed]) == replace(
        Progress(), live=(pinned, missed, freed)
    )
