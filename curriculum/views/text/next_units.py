"""The units that can be studied now: why each is next, and what it unlocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.curriculum import Curriculum
from curriculum.model.formatting import counted, hours_text, last_day, names_text
from curriculum.model.identifiers import UnitId
from curriculum.schedule.next_units import NextUnit
from curriculum.views.text.marks import track_mark
from curriculum.views.text.tables import FoldingTable

_MOST_NAMES = 3


def next_view(reasons: Sequence[NextUnit], curriculum: Curriculum, zone: tzinfo) -> RenderableType:
    """Return the units that can be studied now, with the reasons below them."""
    if not curriculum.goals:
        return Text("There is nothing to study yet: name goals in 'syllabi/curriculum.yaml'.")
    if not reasons:
        return Text("Nothing is left to study for the goals.")
    sentences = Table.grid(padding=(0, 2), pad_edge=False)
    sentences.add_column(no_wrap=True)
    for one in reasons:
        sentences.add_row(one.unit, " ".join(_sentences(one, zone)))
    units = _units((one.unit for one in reasons), curriculum)
    return Group(units, Text("\nWhy, and what they unlock", style="bold"), sentences)


def _units(units: Iterable[UnitId], curriculum: Curriculum) -> RenderableType:
    rows = FoldingTable(
        "unit",
        "title",
        "pages",
        ">time",
        "",
        "track",
        folds=("track", "pages", "time"),
    )
    for unit in units:
        details = curriculum.details[unit]
        rows.add_row(
            unit,
            details.title,
            str(details.pages or ""),
            hours_text(curriculum.efforts[unit]),
            track_mark(details.track),
            details.track,
        )
    return rows


def _sentences(one: NextUnit, zone: tzinfo) -> Iterable[str]:
    if one.rests_until is not None:
        day = one.rests_until
        yield f"Rests until {day:%a} {day.day} {day:%b %Y}, for the gap of its work."
    yield _why(one, zone)
    if one.behind:
        yield f"{hours_text(one.behind)} of it are done already."
    if one.finished:
        yield f"Done before it: {names_text(one.finished, _MOST_NAMES)}."
    yield _unlocked(one)


def _why(one: NextUnit, zone: tzinfo) -> str:
    goal = f"Part of the goal {one.goal.goal}"
    if one.unit not in one.goal.units:
        goal = f"The goal {one.goal.goal} requires it"
    if one.due is None:
        return f"{goal}."
    return f"{goal}; due by the end of {last_day(one.due, zone)}."


def _unlocked(one: NextUnit) -> str:
    if not one.unlocks:
        return "Nothing waits for it."
    unlocked = f"Unlocks {names_text(one.unlocks, _MOST_NAMES)}"
    if one.waiting == len(one.unlocks):
        return f"{unlocked}."
    return f"{unlocked}; {counted(one.waiting, 'unit')} wait for it in all."
