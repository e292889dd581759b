"""Works and units as tables: what the library holds, what a work says, what leads to a goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.curriculum import Choice, Curriculum
from curriculum.model.first_readings import is_first_reading
from curriculum.model.formatting import counted, hours_text
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.library import Library
from curriculum.model.quantities import minutes
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    TopicReference,
    UnitReference,
)
from curriculum.model.works import Paper, Unit, Work
from curriculum.views.text.marks import Aside
from curriculum.views.text.tables import FoldingTable


def library_view(
    works: Mapping[str, Work],
    minutes: Mapping[str, int],
    own: frozenset[str],
    on_cpu: Mapping[str, int],
) -> RenderableType:
    """Return one row per work: what it is called, how long it takes, how many results it has.

    Args:
        works: Name to work.
        minutes: Name to the effort of the whole work.
        own: Names of the works that the workspace defines.
        on_cpu: Name of a paper to the number of its results that a laptop can try.
    """
    rows = FoldingTable(
        "work",
        "kind",
        "year",
        "title",
        ">units",
        ">hours",
        ">results",
        ">on cpu",
        folds=("on cpu", "results", "year", "units", "kind"),
    )
    for name, work in works.items():
        results = ""
        if isinstance(work, Paper):
            results = str(len(work.results))
        rows.add_row(
            name,
            work.kind,
            str(work.year or ""),
            work.title,
            str(len(work.units)),
            f"{minutes[name] / 60:.1f}",
            results,
            str(on_cpu.get(name) or ""),
        )
    built_in = sum(name not in own for name in works)
    hours = sum(minutes.values()) / 60
    total = f"{counted(len(works), 'work')}, {built_in} built in, {hours:.0f} hours"
    return Group(rows, Aside(f"\n{total}"))


def work_view(
    name: str,
    work: Work,
    efforts: Mapping[UnitId, int],
) -> RenderableType:
    """Return a work with all its units."""
    rows = FoldingTable(
        "unit",
        "title",
        "pages",
        ">time",
        "requires",
        "teaches",
        folds=("teaches", "requires", "pages"),
    )
    for unit in work.units:
        rows.add_row(
            unit.id,
            unit.title,
            str(unit.pages or ""),
            hours_text(efforts[unit_id(name, unit.id)]),
            _requires(unit),
            ", ".join(unit.teaches),
        )
    parts: list[RenderableType] = [*_heading(work), Text(""), rows]
    if isinstance(work, Paper) and work.results:
        parts.append(Text(f"\n{counted(len(work.results), 'published result')}"))
    return Group(*parts)


def _heading(work: Work) -> Iterator[Text]:
    yield Text.assemble((work.title, "bold"))
    by = ", ".join(work.authors)
    if work.year:
        by += f" ({work.year})"
    if by:
        yield Text(by)
    if work.url:
        yield Text(work.url)
    if work.requires:
        yield Text("requires " + ", ".join(map(reference_text, work.requires)))


def _requires(unit: Unit) -> str:
    if unit.requires is None:
        return ""
    return ", ".join(map(reference_text, unit.requires)) or "nothing"


def unit_view(
    unit: UnitId,
    library: Library,
    effort: int,
    dependants: Iterable[UnitId],
) -> RenderableType:
    """Return a unit: its work, what it takes, what it requires and why, and what requires it."""
    entry = library.unit(unit)
    work = library.works[work_of(unit)]
    details = {
        "work": work.title,
        "pages": str(entry.pages or ""),
        "time": hours_text(effort),
        "first reading": _first_reading_text(unit, entry),
        "teaches": ", ".join(entry.teaches),
        "required by": ", ".join(dependants),
        "note": entry.note or "",
    }
    rows = Table.grid(padding=(0, 2))
    for label, value in details.items():
        if value:
            rows.add_row(label, Text(value))
    required = list(entry.requires or ())
    if entry is work.units[0]:
        required = [*work.requires, *required]
    for reference in required:
        rows.add_row("requires", Text(_with_reason(reference)))
    return Group(Text.assemble((f"{unit}  {entry.title}", "bold")), rows)


def _first_reading_text(unit: UnitId, entry: Unit) -> str:
    if entry.skim is None or is_first_reading(unit):
        return ""
    return hours_text(minutes(entry.skim))


def _with_reason(reference: Reference) -> str:
    text = reference_text(reference)
    if reference.why:
        text += f": {reference.why}"
    return text


def reference_text(reference: Reference) -> str:
    """Return a reference as a person would write it."""
    match reference:
        case TopicReference():
            text = f"topic:{reference.topic}"
        case AnyReference():
            text = "any of " + " | ".join(map(reference_text, reference.any))
        case SeveralReference():
            parts = " | ".join(map(reference_text, reference.any.of))
            text = f"{reference.any.at_least} of {parts}"
        case UnitReference():
            text = reference.ref
    if reference.strength == "soft":
        text += " (soft)"
    elif reference.strength == "skim":
        text += " (a first reading)"
    return text


def path_view(curriculum: Curriculum) -> RenderableType:
    """Return the units that lead to the goals, in need order, and how topics were met."""
    rows = FoldingTable("unit", "title", ">time", "requires", folds=("requires", "time"))
    for unit in curriculum.units:
        rows.add_row(
            unit,
            curriculum.details[unit].title,
            hours_text(curriculum.efforts[unit]),
            ", ".join(curriculum.requires.get(unit, ())),
        )
    whole = hours_text(sum(curriculum.efforts.values()))
    total = f"\n{counted(len(curriculum.units), 'unit')}, {whole}"
    return Group(rows, Aside(total), *map(_choice_line, curriculum.choices))


def _choice_line(choice: Choice) -> Text:
    chosen = ", ".join(choice.chosen) or "already known"
    line = f"{choice.wanted} for {choice.by}: {chosen}, adding {hours_text(choice.added)}"
    if not choice.exact:
        line += ", not proved to be the cheapest"
    others = []
    for name, added in choice.others:
        others.append(f"{name} would add {hours_text(added)}")
    if others:
        line += f" ({'; '.join(others)})"
    return Text(line)
