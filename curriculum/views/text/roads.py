"""Ready-made roads: a table of them, and one with its goals and their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.formatting import counted
from curriculum.model.roads import RoadOutline
from curriculum.views.text.library import reference_text
from curriculum.views.text.marks import Aside
from curriculum.views.text.tables import FoldingTable


def roads_view(roads: Sequence[RoadOutline]) -> RenderableType:
    """Return a row for each road, or all of the only one."""
    if len(roads) == 1:
        return _road_view(roads[0])
    rows = FoldingTable("road", "title", ">goals", ">units", ">hours", folds=("units", "goals"))
    for one in roads:
        hours = f"{one.minutes / 60:.0f}"
        rows.add_row(one.name, one.road.title, str(len(one.road.goals)), str(one.units), hours)
    advice = (
        "One of them: 'curriculum library --roads NAME'; to take it: 'curriculum init --road NAME'"
    )
    return Group(rows, Aside(f"\n{advice}"))


def _road_view(outline: RoadOutline) -> RenderableType:
    road = outline.road
    goals = Table.grid(padding=(0, 2))
    goals.add_column(justify="right")
    goals.add_column(no_wrap=True)
    for number, one in enumerate(road.goals, 1):
        goals.add_row(str(number), Text(str(one.goal)), Text(one.why))
    notes = [Text(line) for line in (*road.note, *road.source)]
    known = ", ".join(map(reference_text, road.known))
    granted = [Text(f"Takes for granted: {known}")] if known else []
    total = f"{counted(outline.units, 'unit')}, {outline.minutes / 60:.0f} hours"
    return Group(
        Text.assemble((f"{outline.name}  {road.title}", "bold")),
        Text(road.about),
        Text(""),
        goals,
        *granted,
        *notes,
        Aside(f"\n{total}; to take it: 'curriculum init --road {outline.name}'"),
    )
