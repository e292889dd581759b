"""The search for the cheapest cover against trying every combination, and what it says when it has to stop."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from curriculum.graph.provider_search import (
    NO_COVER,
    Alternative,
    CoverInstance,
    bits,
    cheapest_cover,
    follow,
)

ATOMS = 8


@st.composite
def instances(draw: st.DrawFn) -> CoverInstance:
    """Draw up to five decisions of up to three options, whose atoms may raise decisions."""
    count = draw(st.integers(1, 5))
    some = st.integers(1, 2**count - 1)
    raised = draw(st.lists(st.just(0) | some, min_size=ATOMS, max_size=ATOMS))
    weights = draw(st.lists(st.integers(1, 9), min_size=ATOMS, max_size=ATOMS))
    options = st.lists(st.integers(1, 2**ATOMS - 1), min_size=2, max_size=3)
    decisions = []
    for _ in range(count):
        decisions.append(tuple(alternative(atoms, raised) for atoms in draw(options)))
    return CoverInstance(tuple(weights), tuple(decisions), draw(some))


def alternative(atoms: int, raised: list[int]) -> Alternative:
    """Return an option that raises what its atoms raise."""
    raises = 0
    for atom in bits(atoms):
        raises |= raised[atom]
    return Alternative(atoms, raises)


def covers(instance: CoverInstance) -> set[int]:
    """Return the covers that come of every combination of options."""
    numbers = [range(len(options)) for options in instance.decisions]
    return {follow(instance, dict(enumerate(picks))) for picks in product(*numbers)}


def never(atoms: int) -> int:
    return 0


@given(instances())
def test_the_cover_is_the_cheapest_of_all(instance: CoverInstance) -> None:
    found = cheapest_cover(instance, never)

    assert found.is_exact
    assert instance.cost(found.atoms) == min(map(instance.cost, covers(instance)))


@given(instances(), st.integers(0, 20))
def test_a_search_that_is_cut_short_says_that_its_cover_is_not_proved(
    instance: CoverInstance, steps: int
) -> None:
    whole, cut = cheapest_cover(instance, never), cheapest_cover(instance, never, steps)

    if cut.is_exact:
        assert cut == whole
    elif cut.atoms != NO_COVER:
        assert instance.cost(cut.atoms) >= instance.cost(whole.atoms)
    assert cheapest_cover(instance, never, steps) == cut


def test_a_cover_that_goes_in_a_circle_is_avoided() -> None:
    """The cheap option, atom 0, is met only in a circle."""
    instance = CoverInstance((1, 5), ((Alternative(1, 0), Alternative(2, 0)),), 1)

    assert cheapest_cover(instance, never).atoms == 0b01
    assert cheapest_cover(instance, lambda atoms: int(atoms == 0b01)).atoms == 0b10
