"""Works and units as tables and JSON: what the library holds, what a work says, what can be studied; no arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.curriculum import Choice, Curriculum
from curriculum.model.formatting import hours_text, one_line
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.library import Library
from curriculum.model.references import AnyReference, Reference, TopicReference
from curriculum.model.works import Paper, Unit, Work

GIVING_WAY = ("title", "requires", "teaches")


def table(*headings: str, title: str = "") -> Table:
    """Return an empty table in the house style; a heading that begins with `>` is aligned to the right.

    Where the table is too wide, titles and lists give way.
    """
    made = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title=title or None,
        title_style="bold",
        title_justify="left",
    )
    for heading in headings:
        name, stays = heading.removeprefix(">"), heading not in GIVING_WAY
        made.add_column(name, justify="right" if heading.startswith(">") else "left", no_wrap=stays)
    return made


def library_view(
    works: Mapping[str, Work], minutes: Mapping[str, int], own: frozenset[str]
) -> RenderableType:
    """Return one row per work: what it is called, how long it takes, how many results it carries."""
    rows = table("work", "kind", "year", "title", ">units", ">hours", ">results")
    for name, work in works.items():
        results = str(len(work.results)) if isinstance(work, Paper) else ""
        year = str(work.year or "")
        time = f"{minutes[name] / 60:.1f}"
        rows.add_row(
            name, work.kind, year, one_line(work.title), str(len(work.units)), time, results
        )
    built_in = sum(name not in own for name in works)
    counted = "1 work" if len(works) == 1 else f"{len(works)} works"
    total = f"{counted}, {built_in} built in, {sum(minutes.values()) / 60:.0f} hours"
    return Group(rows, Text(f"\n{total}"))


def work_view(name: str, work: Work, efforts: Mapping[UnitId, int]) -> RenderableType:
    """Return a work with all its units."""
    lines = [Text.assemble((work.title, "bold"))]
    by = ", ".join(work.authors) + (f" ({work.year})" if work.year else "")
    lines += [Text(line) for line in (by, work.url or "") if line]
    if work.requires:
        lines.append(Text("requires " + ", ".join(map(reference_text, work.requires))))
    rows = table("unit", "title", "pages", ">time", "requires", "teaches")
    for unit in work.units:
        rows.add_row(
            Text(unit.id),
            one_line(unit.title),
            str(unit.pages or ""),
            hours_text(efforts[unit_id(name, unit.id)]),
            Text(_requires(unit)),
            Text(", ".join(unit.teaches)),
        )
    results = (
        [Text(f"\n{len(work.results)} published results")]
        if isinstance(work, Paper) and work.results
        else []
    )
    return Group(*lines, Text(""), rows, *results)


def _requires(unit: Unit) -> str:
    if unit.requires is None:
        return ""
    return ", ".join(map(reference_text, unit.requires)) or "nothing"


def unit_view(
    unit: UnitId, library: Library, effort: int, dependants: Iterable[UnitId]
) -> RenderableType:
    """Return a unit: where it stands, what it takes, what it requires and with which reason, what waits for it."""
    entry, work = library.unit(unit), library.works[work_of(unit)]
    rows = Table.grid(padding=(0, 2))
    facts = {
        "work": work.title,
        "pages": str(entry.pages or ""),
        "time": hours_text(effort),
        "teaches": ", ".join(entry.teaches),
        "required by": ", ".join(dependants),
        "note": entry.note or "",
    }
    for label, value in facts.items():
        if value:
            rows.add_row(label, Text(value))
    inherited = work.requires if entry is work.units[0] else ()
    for reference in (*inherited, *(entry.requires or ())):
        rows.add_row("requires", Text(_with_reason(reference)))
    return Group(Text.assemble((f"{unit}  {entry.title}", "bold")), rows)


def _with_reason(reference: Reference) -> str:
    text = reference_text(reference)
    return f"{text}: {reference.why}" if reference.why else text


def reference_text(reference: Reference) -> str:
    """Return a reference as a person would say it."""
    if isinstance(reference, TopicReference):
        text = f"topic:{reference.topic}"
    elif isinstance(reference, AnyReference):
        text = "any of " + " | ".join(map(reference_text, reference.any))
    else:
        text = reference.ref
    return f"{text} (soft)" if reference.strength == "soft" else text


def path_view(curriculum: Curriculum, library: Library) -> RenderableType:
    """Return the units that lead to the goals, in the order of need, and how topics were met."""
    rows = table("unit", "title", ">time", "requires")
    for unit in curriculum.units:
        required = ", ".join(curriculum.requires.get(unit, ()))
        rows.add_row(
            unit, one_line(library.unit(unit).title), hours_text(curriculum.efforts[unit]), required
        )
    total = f"\n{len(curriculum.units)} units, {hours_text(sum(curriculum.efforts.values()))}"
    return Group(rows, Text(total), *map(_choice_line, curriculum.choices))


def _choice_line(choice: Choice) -> Text:
    chosen = ", ".join(choice.chosen) or "what is known already"
    others = "; ".join(f"{name} would add {hours_text(minutes)}" for name, minutes in choice.others)
    proof = "" if choice.exact else ", not proved to be the cheapest"
    line = f"{choice.wanted} for {choice.by}: {chosen}, adding {hours_text(choice.added)}{proof}"
    return Text(f"{line} ({others})" if others else line)


def next_view(units: Iterable[UnitId], curriculum: Curriculum, library: Library) -> RenderableType:
    """Return the units that can be studied now."""
    rows = table("unit", "title", "pages", ">time", "track")
    for unit in units:
        entry, track = library.unit(unit), library.works[work_of(unit)].track
        rows.add_row(
            unit,
            one_line(entry.title),
            str(entry.pages or ""),
            hours_text(curriculum.efforts[unit]),
            track,
        )
    return rows
