"""What was recorded of a work under a former name is the work's, whatever it is called now."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Renamed, Scored, Studied, Undone
from curriculum.model.ledger import Ledger
from curriculum.progress.commands import command_resting_on, recorded_commands
from curriculum.progress.renames import FormerNames, ledger_renamed
from curriculum.progress.state import replay, replay_more
from tests.facts import NOON, stamp

A, B = UnitId("a/1"), UnitId("b/1")


def studied(number: int, unit: UnitId, minutes: int = 30) -> Studied:
    return Studied(**stamp(number), unit=unit, minutes=minutes)


def renamed(number: int, before: str, after: str) -> Renamed:
    return Renamed(**stamp(number), before=before, after=after)


def test_what_was_recorded_before_counts_for_the_new_name() -> None:
    progress = replay(
        [
            studied(1, A),
            Finished(**stamp(2), unit=A),
            Scored(**stamp(3), result="a#r", entry="{}"),
            renamed(4, "a", "b"),
            studied(5, B),
        ]
    )

    assert progress.studied == {B: 60}
    assert set(progress.finished) == {B}
    assert [fact.result for fact in progress.live if isinstance(fact, Scored)] == ["b#r"]


def test_a_name_may_be_used_again_for_another_work() -> None:
    progress = replay([studied(1, A), renamed(2, "a", "b"), studied(3, A, 45)])

    assert progress.studied == {B: 30, A: 45}


def test_a_renaming_that_was_taken_back_never_was() -> None:
    facts: list[Fact] = [studied(1, A), renamed(2, "a", "b"), Undone(**stamp(3), target="c2")]

    assert replay(facts) == replay([studied(1, A)])


def test_a_syllabus_may_say_what_it_was_called() -> None:
    facts: list[Fact] = [studied(1, A), renamed(2, "a", "b"), studied(3, UnitId("c/1"))]

    assert replay(facts, {"b": "d", "c": "d"}).studied == {UnitId("d/1"): 60}


def test_what_is_recorded_of_a_new_name_rests_upon_the_renaming() -> None:
    progress = replay([studied(1, A), renamed(2, "a", "b"), studied(3, B)])
    _, renaming, first = recorded_commands(progress)

    resting = command_resting_on(progress, renaming)
    assert resting is not None
    assert resting.number == 1
    assert command_resting_on(progress, first) is None


NAMES = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(st.tuples(NAMES, NAMES) | st.tuples(NAMES, st.integers(1, 99)), max_size=9)


def facts_of(steps: list[tuple[str, str] | tuple[str, int]]) -> list[Fact]:
    facts: list[Fact] = []
    for number, (name, other) in enumerate(steps):
        if isinstance(other, str):
            facts.append(renamed(number, name, other))
        else:
            facts.append(studied(number, UnitId(f"{name}/1"), other))
    return facts


@given(STEPS, st.dictionaries(NAMES, st.just("d"), max_size=2))
def test_no_minute_is_lost_or_made_by_renaming(
    steps: list[tuple[str, str] | tuple[str, int]], formerly: dict[str, str]
) -> None:
    facts = facts_of(steps)
    minutes = sum(fact.minutes for fact in facts if isinstance(fact, Studied))

    assert sum(replay(facts, formerly).studied.values()) == minutes


@given(STEPS, st.integers(0, 9))
def test_facts_replayed_in_two_parts_are_the_facts_replayed_at_once(
    steps: list[tuple[str, str] | tuple[str, int]], cut: int
) -> None:
    facts = facts_of(steps)

    assert replay_more(replay(facts[:cut]), facts[cut:]) == replay(facts)


def test_only_what_was_published_before_a_renaming_is_renamed() -> None:
    former = FormerNames((renamed(1, "a", "b"),), {})

    assert former.since(NOON) == {"a": "b"}
    assert former.since(NOON + timedelta(seconds=1)) == {}
    assert ledger_renamed(Ledger("p"), former) == Ledger("p")
