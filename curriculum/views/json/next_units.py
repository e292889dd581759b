"""The units that can be studied now as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.curriculum import Curriculum
from curriculum.model.json_value import Json
from curriculum.schedule.next_units import NextUnit
from curriculum.views.json.plan import utc


def next_json(reasons: Iterable[NextUnit], curriculum: Curriculum) -> list[Json]:
    """Return the units that can be studied now; efforts in minutes, instants in UTC."""
    return [_unit(one, curriculum) for one in reasons]


def _unit(one: NextUnit, curriculum: Curriculum) -> Json:
    details = curriculum.details[one.unit]
    return {
        "unit": one.unit,
        "title": details.title,
        "track": details.track,
        "effort": curriculum.efforts[one.unit],
        "behind": one.behind,
        "goal": str(one.goal.goal),
        "is_named": one.unit in one.goal.units,
        "due": utc(one.due),
        "finished": list(one.finished),
        "unlocks": list(one.unlocks),
        "waiting": one.waiting,
        "rests_until": None if one.rests_until is None else one.rests_until.isoformat(),
    }
