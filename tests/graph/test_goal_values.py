"""The order of goals by what they are worth: worked out by hand, and against every order there is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.graph import goal_values
from curriculum.graph.densest_goals import densest_goals
from curriculum.graph.frontier import first_goals
from curriculum.graph.goal_values import GoalNeeds, cost_of, order_by_value
from curriculum.model.identifiers import UnitId
from curriculum.model.settings import Goal
from tests.libraries import book, curriculum, library, paper

EVEN = (Fraction(1), Fraction(1))


def goals(**values: str) -> list[Goal]:
    return [Goal.model_validate({"work": name, "value": worth}) for name, worth in values.items()]


WORKS = library(
    long=book("id: 1, effort: 20h"),
    short=book("id: 1, effort: 5h"),
    tools=book("id: 1, effort: 10h"),
    left=book("id: 1, effort: 2h, requires: [tools/1]"),
    right=book("id: 1, effort: 2h, requires: [tools/1]"),
)


def works_in_order(*wanted: str | Goal) -> list[str]:
    units = curriculum(WORKS, *wanted).units
    return list(dict.fromkeys(unit.partition("/")[0] for unit in units))


def test_without_a_value_the_users_order_stands() -> None:
    found = curriculum(WORKS, "long", "short")

    assert works_in_order("long", "short") == ["long", "short"]
    assert found.turns == ()
    assert found.goals_in_turn == found.goals


def test_more_value_per_hour_comes_first() -> None:
    assert works_in_order("long", *goals(short="1")) == ["short", "long"]
    assert works_in_order(*goals(long="5"), "short") == ["long", "short"]
    assert works_in_order(*goals(short="1", long="4")) == ["short", "long"], "equal: as written"
    assert works_in_order(*goals(long="4", short="1")) == ["long", "short"], "equal: as written"


def test_what_goals_share_counts_once_for_both() -> None:
    # 'left' alone is worth 2 in 12 h, less than 'short' with 1 in 5 h; both are worth 4 in 14 h.
    assert works_in_order(*goals(short="1", left="2")) == ["short", "tools", "left"]
    both = works_in_order(*goals(short="1", left="2", right="2"))
    assert both == ["tools", "left", "right", "short"]


def test_only_what_is_not_done_counts() -> None:
    wanted = goals(short="1", left="2")
    found = curriculum(WORKS, *wanted, done=("tools/1",))

    assert found.units == ("left/1", "short/1")
    assert found.turns == (1, 0)
    assert [str(one.goal) for one in found.goals] == ["short", "left"], "goals stay as written"
    assert str(first_goals(found)[UnitId("left/1")].goal) == "left"


def test_tracks_are_studied_beside_each_other() -> None:
    works = library(text=book("id: 1, effort: 6h"), p=paper("id: 1, effort: 6h"))
    needs = GoalNeeds((Fraction(1), Fraction(2)), {1: (360, 0), 2: (0, 360)})

    assert curriculum(works, *goals(text="1", p="2")).turns == (0, 1), "neither waits for the other"
    assert cost_of((0, 1), needs, EVEN) == cost_of((1, 0), needs, EVEN) == 720 + 2 * 720
    # Textbooks alone have all the time once the papers are finished.
    needs = GoalNeeds((Fraction(1), Fraction(1)), {1: (600, 0), 2: (0, 60)})
    assert cost_of((0, 1), needs, EVEN) == 660 + 120


@st.composite
def many_needs(draw: st.DrawFn) -> GoalNeeds:
    """Draw up to five goals that share parts, some of them without anything to study."""
    values = draw(
        st.lists(st.fractions(Fraction(1, 4), 9, max_denominator=4), min_size=1, max_size=5)
    )
    sets = st.integers(1, 2 ** len(values) - 1)
    minutes = st.tuples(st.integers(0, 90), st.integers(0, 90))
    return GoalNeeds(tuple(values), draw(st.dictionaries(sets, minutes, max_size=8)))


@given(
    many_needs(), st.sampled_from([EVEN, (Fraction(0), Fraction(3)), (Fraction(70), Fraction(30))])
)
def test_no_order_of_a_few_goals_is_better(
    needs: GoalNeeds, shares: tuple[Fraction, Fraction]
) -> None:
    order = order_by_value(needs, shares)
    least = min(cost_of(other, needs, shares) for other in permutations(range(len(needs.values))))

    assert sorted(order) == list(range(len(needs.values)))
    assert cost_of(order, needs, shares) == least


def subsets(values: Iterable[int]) -> Iterable[tuple[int, ...]]:
    found = list(values)
    return chain.from_iterable(combinations(found, size) for size in range(1, len(found) + 1))


@given(many_needs())
def test_the_densest_goals_are_worth_most_per_minute(needs: GoalNeeds) -> None:
    values = dict(enumerate(needs.values))
    parts = {part: sum(minutes) for part, minutes in needs.parts.items()}

    def is_at_least(chosen: Iterable[int], other: Iterable[int]) -> bool:
        return worth(chosen) * minutes(other) >= worth(other) * minutes(chosen)

    def worth(chosen: Iterable[int]) -> Fraction:
        return sum((values[goal] for goal in chosen), Fraction(0))

    def minutes(chosen: Iterable[int]) -> int:
        return sum(parts[part] for part in parts if any(part >> goal & 1 for goal in chosen))

    found = densest_goals(values, parts)
    assert found
    assert all(is_at_least(found, other) for other in subsets(values))


@given(many_needs())
def test_the_order_of_many_goals_is_near_the_best(needs: GoalNeeds) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goal_values, "MOST_EXACT", 0)
        patch.setattr(goal_values, "_WINDOW", 3)
        patch.setattr(goal_values, "_STEP", 1)
        order = order_by_value(needs, EVEN)

    assert sorted(order) == list(range(len(needs.values)))
    least = min(cost_of(other, needs, EVEN) for other in permutations(range(len(needs.values))))
    assert cost_of(order, needs, EVEN) <= 2 * least
