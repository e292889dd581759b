"""The union of two journals: nothing is lost, and it does not matter who merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Reopened, Undone
from curriculum.progress.fact_union import DifferentFactError, union
from curriculum.progress.state import replay
from tests.facts import NOON, any_fact, live_facts, stamp


@st.composite
def machines(draw: st.DrawFn) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]:
    """Draw the facts that two machines share, and those that each recorded since."""
    count = draw(st.integers(0, 6))
    facts: list[Fact] = []
    for number in range(count):
        at = NOON + timedelta(minutes=draw(st.integers(-50, 50)))
        facts.append(draw(live_facts(stamp(number, at))))
        if draw(st.booleans()):
            target = facts[draw(st.integers(0, len(facts) - 1))].command
            facts.append(Undone(**stamp(100 + number, at), target=target))
    owners = draw(st.lists(st.sampled_from("ab"), min_size=len(facts), max_size=len(facts)))
    shared = draw(st.integers(0, len(facts)))
    pairs = list(zip(owners, facts, strict=True))[shared:]
    ours = tuple(fact for owner, fact in pairs if owner == "a")
    theirs = tuple(fact for owner, fact in pairs if owner == "b")
    return tuple(facts[:shared]), ours, theirs


def within(facts: Sequence[Fact], others: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are among others, in their order."""
    names = {fact.id for fact in others}
    return tuple(fact for fact in facts if fact.id in names)


@given(machines())
def test_both_machines_come_to_the_same_state_and_lose_nothing(
    drawn: tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]],
) -> None:
    shared, our_facts, their_facts = drawn
    ours, theirs = (*shared, *our_facts), (*shared, *their_facts)
    merged = union(ours, theirs)

    assert merged == union(theirs, ours)
    assert replay(merged) == replay(union(theirs, ours))
    assert len(merged) == len(shared) + len(our_facts) + len(their_facts)
    assert within(merged, ours) == ours
    assert within(merged, theirs) == theirs
    # A machine that takes over the merge and goes on, or merges once more, changes nothing of it.
    assert union(merged, ours) == union(theirs, merged) == merged


@given(st.lists(any_fact(), max_size=8, unique_by=lambda one: one.id))
def test_journals_in_contradicting_orders_are_united_all_the_same(
    facts: list[Fact],
) -> None:
    shuffled = facts[::-1]
    assert union(facts, shuffled) == union(shuffled, facts)
    assert sorted(fact.id for fact in union(facts, shuffled)) == sorted(fact.id for fact in facts)


def test_what_was_said_later_on_the_other_machine_counts() -> None:
    unit = UnitId("a/1")
    done = Finished(**stamp(1), unit=unit)
    reopened = Reopened(**stamp(2, NOON + timedelta(days=1)), unit=unit)

    assert not replay(union([done], [reopened])).finished
    assert not replay(union([reopened], [done])).finished


def test_a_fact_that_was_changed_by_hand_is_refused() -> None:
    fact = Finished(**stamp(1), unit=UnitId("a/1"), minutes=30)
    with pytest.raises(DifferentFactError, match="'f1' differs between the two journals"):
        union([fact], [replace(fact, minutes=31)])
