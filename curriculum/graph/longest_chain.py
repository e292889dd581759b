"""The longest chain of prerequisites: no plan is shorter, however the rest is ordered."""

from __future__ import annotations

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId


def longest_chain(curriculum: Curriculum) -> tuple[UnitId, ...]:
    """Return the units that must follow each other and take the longest together, in their order.

    Of two chains that take as long, the one whose units come first in need order, or by name.
    """
    before: dict[UnitId, UnitId] = {}
    minutes: dict[UnitId, int] = {}
    for unit in curriculum.units:
        minutes[unit] = curriculum.efforts[unit]
        required = curriculum.requires.get(unit, ())
        if required:
            before[unit] = max(required, key=minutes.__getitem__)
            minutes[unit] += minutes[before[unit]]
    if not minutes:
        return ()
    chain = [max(curriculum.units, key=minutes.__getitem__)]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
