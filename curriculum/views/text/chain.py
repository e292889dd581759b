"""The chain of units that fixes when a goal is finished, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.curriculum import Curriculum
from curriculum.model.formatting import counted, day_text, hours_text
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Reason
from curriculum.schedule.critical_chain import ChainLink
from curriculum.views.text.tables import FoldingTable

_WHY = {
    Reason.PREREQUISITE: "requires the one above",
    Reason.ORDER: "comes after the one above",
    Reason.BALANCE: "the other track was owed time",
    Reason.DEADLINE: "the one above was due first",
    Reason.HOURS: "these hours are for the other track",
    Reason.QUOTA: "the other track had its quota to get",
    Reason.OPEN: "the work above was open",
    Reason.UNLOCK: "the other track will wait for the one above",
    Reason.SESSION: "a session was running",
    Reason.PUBLISHED: "the published plan has it so",
    Reason.KEPT: "the session above stays in place",
    Reason.RELEASE: "not before its date",
    Reason.GAP: "the gap of its work was not over",
}
_FIRST = "nothing holds it back"


def longest_chain_view(chain: Sequence[UnitId], curriculum: Curriculum) -> RenderableType:
    """Return the longest chain of prerequisites, with the time up to the end of each unit."""
    if not chain:
        return Text("Nothing is left on the path: all of it is known.")
    rows = FoldingTable("unit", "title", ">time", ">in all", folds=("time",))
    minutes = 0
    for unit in chain:
        effort = curriculum.efforts[unit]
        minutes += effort
        rows.add_row(unit, curriculum.details[unit].title, hours_text(effort), hours_text(minutes))
    whole = hours_text(sum(curriculum.efforts.values()))
    total = (
        f"\n{counted(len(chain), 'unit')}, {hours_text(minutes)}, one after the other; "
        f"the whole path takes {whole}"
    )
    return Group(rows, Text(total))


def critical_chain_view(links: Sequence[ChainLink], zone: tzinfo) -> RenderableType:
    """Return the units that fix when the last of them is finished; there is at least one."""
    rows = FoldingTable("unit", "from", "to", ">time", "why then", folds=("time", "from"))
    for link in links:
        placement = link.placement
        assert placement.start is not None, "a chain holds what is planned"
        to = "not finished"
        if placement.finish is not None:
            to = day_text(placement.finish - 1, zone)
        rows.add_row(
            placement.unit,
            day_text(placement.start, zone),
            to,
            hours_text(placement.effort),
            _WHY.get(link.reason, _FIRST),
        )
    last = links[-1].placement
    assert last.finish is not None, "a chain ends with what is finished"
    day = day_text(last.finish - 1, zone)
    fixed = f"'{last.unit}' is finished on {day}"
    if len(links) > 1:
        fixed += "; each unit holds up the next"
    return Group(rows, Text(f"\n{fixed}."))
