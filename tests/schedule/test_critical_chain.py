"""The chain of units that fixes when something is finished."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Plan, Reason
from curriculum.schedule.critical_chain import critical_chain
from tests.instances import Instance, lived


@given(lived())
def test_each_unit_of_a_chain_is_held_up_by_the_one_before_it(instance: Instance) -> None:
    plan = instance.plan()
    chain = critical_chain(plan, instance.reasons(), instance.curriculum.units)

    for before, link in pairwise(chain):
        one, other = before.placement, link.placement
        assert one.start is not None
        assert other.start is not None
        assert one.start < other.start
        if link.reason is Reason.PREREQUISITE:
            assert one.unit in instance.curriculum.requires[other.unit]
        else:
            assert was_studied_between(plan, one.unit, other.available or 0, other.start)
        assert (one.track == other.track) or link.reason is not Reason.ORDER
        assert (one.track != other.track) or link.reason is not Reason.BALANCE


@given(lived())
def test_a_chain_runs_from_what_nothing_held_up_to_the_last_unit(instance: Instance) -> None:
    plan = instance.plan()
    chain = critical_chain(plan, instance.reasons(), instance.curriculum.units)
    finishes = [one.finish for one in plan.units if one.finish is not None]

    assert bool(chain) == bool(finishes)
    if chain:
        assert chain[-1].placement.finish == max(finishes)
        assert chain[0].reason in (Reason.START, Reason.RELEASE, Reason.KEPT)


def was_studied_between(plan: Plan, unit: UnitId, first: int, last: int) -> bool:
    """Tell whether a piece of a unit begins in a span of time."""
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces:
            if piece.unit == unit and first <= now < last:
                return True
            now += piece.minutes
    return False
