"""Say why no plan would hold a session where it was to be pinned."""

from __future__ import annotations

from datetime import tzinfo

from curriculum.model.formatting import day_text, local
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Pinned
from curriculum.model.plan import Placement
from curriculum.services.planning import Planned

_NEVER = 1 << 60


def obstacle(planned: Planned, pin: Pinned) -> str:
    """Return why a plan that was made with a pin does not hold it, and what to do."""
    placements = {one.unit: one for one in planned.plan.units}
    held = [unit for unit, _ in pin.pieces or () if unit in placements]
    if not held:
        return "nothing that it holds is left to study; 'curriculum plan' fills its time again"
    placement = placements[held[0]]
    release = placement.release or 0
    if release > pin.start:
        start = _moment(release, planned.workspace.zone)
        return f"'{placement.unit}' may not start before {start}; choose a time after that"
    return _what_it_waits_for(planned, placement.unit, pin.start)


def _what_it_waits_for(planned: Planned, unit: UnitId, start: int) -> str:
    """Return which prerequisite keeps a unit from being studied at a minute."""
    required = planned.curriculum.requires.get(unit, ())
    last = _last_after([one for one in planned.plan.units if one.unit in required], start)
    if last is None:
        return f"no plan would hold '{unit}' then; choose another time"
    end = _published_end(planned, last)
    if end is None:
        return f"'{unit}' requires '{last}', which is not planned"
    until = _moment(end, planned.workspace.zone)
    return f"'{unit}' requires '{last}', planned until {until}; choose a time after that"


def _last_after(placements: list[Placement], start: int) -> UnitId | None:
    """Return the unit that is finished last, of those that are not finished by a minute."""
    finishes = {one.unit: one.finish or _NEVER for one in placements}
    late = [unit for unit, finish in finishes.items() if finish > start]
    return max(late, key=lambda unit: finishes[unit], default=None)


def _published_end(planned: Planned, unit: UnitId) -> int | None:
    """Return the minute at which the last published session of a unit ends."""
    ends = []
    for _, session in planned.ledger.sessions():
        if any(piece.unit == unit for piece in session.pieces):
            ends.append(session.end)
    return max(ends, default=None)


def _moment(at: int, zone: tzinfo) -> str:
    return f"{day_text(at, zone)}, {local(at, zone):%H:%M}"
