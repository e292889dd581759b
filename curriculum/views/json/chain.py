"""The chain of units that fixes when a goal is finished, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.json_value import Json
from curriculum.schedule.critical_chain import ChainLink
from curriculum.views.json.plan import utc


def longest_chain_json(chain: Sequence[UnitId], curriculum: Curriculum) -> Json:
    """Return the longest chain of prerequisites; efforts in minutes."""
    efforts = curriculum.efforts
    return {
        "chain": [{"unit": unit, "effort": efforts[unit]} for unit in chain],
        "minutes": sum(efforts[unit] for unit in chain),
        "path_minutes": sum(efforts.values()),
    }


def critical_chain_json(links: Sequence[ChainLink]) -> Json:
    """Return the units that fix when the last of them is finished; instants in UTC."""
    finish = links[-1].placement.finish if links else None
    return {"chain": [_link(link) for link in links], "finish": utc(finish)}


def _link(link: ChainLink) -> Json:
    placement = link.placement
    return {
        "unit": placement.unit,
        "effort": placement.effort,
        "start": utc(placement.start),
        "finish": utc(placement.finish),
        "reason": link.reason.value,
    }
