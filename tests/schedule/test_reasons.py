"""What `why` names is what bound a unit: lifted, it may start earlier, and nothing else lets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import Phase, given, settings

from curriculum.model.plan import Binding, Reason
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.reasons import Reasons
from tests.instances import Instance, by_hand, goal, instances, lived
from tests.lifted_reasons import LIFTED, ChoiceAgain


def at(day: int) -> datetime:
    return datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=day)


def bound(instance: Instance, unit: str) -> Binding:
    reasons = instance.reasons()
    return next(reasons.of(one) for one in instance.plan().units if one.unit == unit)


def test_why_names_prerequisite_order_and_balance() -> None:
    instance = by_hand([60, 60, 120, 60], [("a", 2), ("p", 2)], edges=[(0, 1), (0, 3)])
    reasons = instance.reasons()

    assert {str(one.unit): reasons.of(one).reason for one in instance.plan().units} == {
        "a/0": Reason.START,
        "p/0": Reason.BALANCE,
        "a/1": Reason.BALANCE,
        "p/1": Reason.ORDER,
    }


def test_why_names_the_date_before_which_a_unit_may_not_start() -> None:
    instance = by_hand([60, 60], [("a", 1), ("b", 1)], goals=(goal("a/0", start=at(3)),))

    assert bound(instance, "a/0") == Binding(Reason.RELEASE)


def test_what_comes_first_because_it_is_due_first_is_a_deadline() -> None:
    """Book `a` is due in June and listed first, book `b` is due in January."""
    dates = (goal("a/0", by=at(150)), goal("b/0", by=at(10)))
    found = bound(by_hand([120, 120], [("a", 1), ("b", 1)], goals=dates), "a/0")

    assert found.reason is Reason.DEADLINE
    assert found.waited[0].ahead == ("b/0",)


def test_what_is_listed_first_and_due_first_holds_back_by_both() -> None:
    found = bound(by_hand([120, 60], [("a", 1), ("b", 1)], goals=(goal("a/0", by=at(10)),)), "b/0")

    assert found.reason is Reason.ORDER
    assert found.waited[0].also == (Reason.DEADLINE,)


def test_the_rest_of_a_running_session_is_not_said_to_be_owed() -> None:
    """Sittings of 90 minutes; the second chapter of half an hour unlocks a paper of ten minutes."""
    instance = by_hand(
        [30, 30, 30, 30, 10],
        [("b", 4), ("p", 1)],
        edges=[(0, 1), (1, 2), (2, 3), (1, 4)],
        stretches=((0, 90),),
        session={"shortest": "20m", "longest": "90m", "break": "0m"},
    )
    (wait,) = bound(instance, "p/0").waited

    assert (wait.reason, wait.minutes, wait.ahead) == (Reason.SESSION, 30, ("b/2",))


def test_a_work_that_is_open_holds_back_what_is_listed_before_it() -> None:
    """Paper `p1` comes first, but waits for the first step of `p2`, which is then finished."""
    instance = by_hand([60, 60, 60], [("p1", 1), ("p2", 2)], edges=[(1, 0)])
    found = bound(instance, "p1/0")

    assert (found.reason, found.waited[0].ahead) == (Reason.OPEN, ("p2/1",))


MOST_CHOICES = 12


def check(instance: Instance, *, lives: bool) -> None:
    """Make choices again that held units back, with just their reasons lifted, and with others."""
    reasons = instance.reasons()
    found = list(_decisive(reasons))
    until = reasons.trace.remaining.clock().until
    for unit, choice, holds in found[:: len(found) // MOST_CHOICES + 1]:
        again = ChoiceAgain(reasons.trace, unit, choice, until)
        assert again.chosen(()) == choice.unit, ("as it was", unit, choice, holds)
        if not lives:
            # After another plan, earlier choices of the same slot might have been others, too.
            assert again.chosen(LIFTED) == unit, ("all", unit, choice, holds)
        assert again.chosen(holds) != choice.unit, ("lifted", unit, choice, holds)
        assert not again.lets_in(LIFTED - holds), ("others", unit, choice, holds)
        for reason in holds:
            assert not again.lets_in(holds - {reason}), ("but", reason, unit, choice, holds)


def _decisive(reasons: Reasons) -> Iterator[tuple[int, UnitChoice, frozenset[Reason]]]:
    """Yield the choices that held a unit back, of a block of the other track only where it is decided."""
    trace = reasons.trace
    for unit in range(len(trace.demand.units)):
        for choice, holds in reasons.held(unit):
            is_own = choice.track == trace.demand.tracks[unit]
            if is_own or choice.start == max(choice.block, trace.available[unit]):
                yield unit, choice, holds


@given(instances())
@settings(max_examples=30, phases=(Phase.explicit, Phase.generate))
def test_the_reason_lifted_a_unit_starts_earlier_and_any_other_lifted_it_does_not(
    instance: Instance,
) -> None:
    check(instance, lives=False)


@given(lived())
@settings(max_examples=20, phases=(Phase.explicit, Phase.generate))
def test_the_reason_lifted_a_unit_starts_earlier_whatever_is_kept(
    instance: Instance,
) -> None:
    check(replace(instance, published=()), lives=True)
