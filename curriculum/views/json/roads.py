"""Ready-made roads as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.json_value import Json
from curriculum.model.roads import RoadOutline
from curriculum.views.json.details import reference_json


def roads_json(roads: Iterable[RoadOutline]) -> list[Json]:
    """Return roads with their goals in order; efforts in minutes."""
    return [
        {
            "road": one.name,
            "title": one.road.title,
            "about": one.road.about,
            "known": [reference_json(reference) for reference in one.road.known],
            "goals": [{"goal": str(goal.goal), "why": goal.why} for goal in one.road.goals],
            "units": one.units,
            "minutes": one.minutes,
            "built_in": not one.is_own,
        }
        for one in roads
    ]
