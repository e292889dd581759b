"""How even the weeks of a plan are, how even its goals allow them to be, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import counted, hours_text
from curriculum.model.plan import Evenness, Plan

_WORTH_SAYING = 0.05
"""The share of all study time from which on a difference to the balance is worth a line."""


def evenness_lines(plan: Plan) -> Iterator[str]:
    """Yield how far the weeks are from the balance, what would help, and what the order costs."""
    total = _total(plan)
    if not total:
        return
    found = plan.evenness
    beyond = 100 * found.beyond / total
    least = 100 * found.least / total
    yield (
        f"{beyond:.0f} % of the time goes to a track beyond its share of the week; "
        f"with these goals it is at least {least:.0f} %"
    )
    yield from goals_allow(plan)
    if not found.is_by_goals:
        by_goals = 100 * found.by_goals / total
        yield (
            f"what the other track waits for is studied early: "
            f"in the order of the goals it would be {by_goals:.0f} %"
        )
    yield from order_costs(found)


def goals_allow(plan: Plan) -> Iterator[str]:
    """Yield the shares that the goals allow and what would make them even, if that matters."""
    total = _total(plan)
    found = plan.evenness
    if found.lacking is None or found.least < _WORTH_SAYING * total:
        return
    shares = ":".join(f"{100 * part.minutes / total:.0f}" for part in plan.balance.values())
    yield (
        f"{shares} is all these goals allow; "
        f"{hours_text(found.missing)} more of {found.lacking} would even it"
    )


def order_costs(evenness: Evenness) -> Iterator[str]:
    """Yield by how much the order puts off the first goal, or brings it forward."""
    days = evenness.days_later
    if days:
        moved = "later" if days > 0 else "earlier"
        yield f"{evenness.first} ends {counted(abs(days), 'day')} {moved} than with 'order: goals'"


def _total(plan: Plan) -> int:
    return sum(part.minutes for part in plan.balance.values())
