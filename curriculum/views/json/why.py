"""Why a unit is planned when it is, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.json_value import Json
from curriculum.model.plan import Binding, Overload, Placement, Unplaced, Wait
from curriculum.views.json.plan import overload_json, placement_json, utc


def why_json(
    placement: Placement,
    bound: Binding,
    unplaced: Unplaced | None,
    overload: Iterable[Overload],
) -> Json:
    """Return what bound a unit; instants in UTC, efforts and cushions in minutes."""
    not_placed = None
    if unplaced is not None:
        not_placed = {"minutes": unplaced.minutes, "reason": unplaced.reason}
    return {
        **placement_json(placement),
        "start": utc(placement.start),
        "reason": bound.reason.value,
        "enabler": placement.enabler,
        "available": utc(placement.available),
        "capped": placement.capped,
        "waited": {wait.reason.value: wait.minutes for wait in bound.waited},
        "waits": [_wait_json(wait) for wait in bound.waited],
        "unplaced": not_placed,
        "overload": [overload_json(one) for one in overload if placement.unit in one.units],
    }


def _wait_json(wait: Wait) -> Json:
    return {
        "reason": wait.reason.value,
        "minutes": wait.minutes,
        "also": [reason.value for reason in wait.also],
        "ahead": list(wait.ahead),
    }
