"""What the events of a plan mention besides the session or goal itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from curriculum.calendars.finishes import enablers_of, finished_minutes
from curriculum.calendars.labels import Labels
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.model.curriculum import dependants
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Placement
from curriculum.model.quantities import Pages, minutes


@dataclass(frozen=True, slots=True)
class EventContext:
    """What an event mentions besides the session or goal itself.

    Attributes:
        labels: What works and units are called.
        placements: Unit to when it is studied.
        unlocks: Unit to the units that directly require it, in need order.
        enablers: Unit to what it requires and was finished last, by the plan or before it.
        begun: Units that were begun before the plan starts.
        finished: Unit to the minute at which it was finished, for units that are done.
        pages: Unit to its whole page range, for units that have one.
        zone: The zone in which days are named.
        alarms: Minutes before the start at which to remind, the earliest first.
    """

    labels: Labels
    placements: Mapping[UnitId, Placement]
    unlocks: Mapping[UnitId, tuple[UnitId, ...]]
    enablers: Mapping[UnitId, UnitId]
    begun: frozenset[UnitId]
    finished: Mapping[UnitId, int]
    pages: Mapping[UnitId, Pages]
    zone: tzinfo
    alarms: tuple[int, ...]


def event_context(request: PublicationRequest, past: Iterable[PublishedEvent]) -> EventContext:
    """Return the context of a plan's events; `past` are the published events that are over."""
    plan, curriculum = request.plan, request.curriculum
    pages = {}
    for unit, details in curriculum.details.items():
        if details.pages is not None:
            pages[unit] = details.pages
    alarms = {minutes(before) for before in request.settings.alarm or ()}
    return EventContext(
        labels=request.labels,
        placements={placed.unit: placed for placed in plan.units},
        unlocks=dependants(curriculum),
        enablers=enablers_of(plan, curriculum, request.progress),
        begun=frozenset(unit for unit, behind in curriculum.behind.items() if behind),
        finished=finished_minutes(request.progress, past),
        pages=pages,
        zone=request.zone,
        alarms=tuple(sorted(alarms, reverse=True)),
    )
