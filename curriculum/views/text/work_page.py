"""Everything that is known of one work, for a person."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.formatting import counted, hours_text
from curriculum.model.identifiers import unit_id
from curriculum.model.references import Reference
from curriculum.model.results import Result
from curriculum.model.work_page import WorkPage
from curriculum.model.works import Chapter, Code, Paper, Unit, Work
from curriculum.views.text.library import reference_text
from curriculum.views.text.marks import Aside
from curriculum.views.text.results import results_lines
from curriculum.views.text.tables import FoldingTable
from curriculum.views.text.time_spent import spent_text

_FACTS_OF_ITS_KIND = {
    "textbook": ("publisher", "edition", "isbn"),
    "thesis": ("institution", "degree", "advisor", "report"),
    "paper": ("venue", "arxiv"),
}
"""Keys of a syllabus that only works of one kind have."""


def work_page_view(page: WorkPage) -> RenderableType:
    """Return a work with its facts, its units, its primary results and what is around it."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(no_wrap=True)
    for label, value in (*_facts(page.work), *_place_in_the_library(page)):
        if value:
            facts.add_row(label, Text(value))
    title = Text.assemble((page.work.title, "bold"))
    return Group(title, facts, Text(""), _units(page), *_results(page))


def _facts(work: Work) -> Iterator[tuple[str, str]]:
    """Yield what a syllabus says of its work as a whole, a label and a text each."""
    yield "by", ", ".join(work.authors)
    yield "year", str(work.year or "")
    yield from _facts_of_its_kind(work)
    yield "address", work.url or ""
    yield "doi", work.doi or ""
    yield "licence", work.license or ""
    yield "free to read", {True: "yes", False: "no", None: ""}[work.free]
    yield "pages of", work.pagination or ""
    yield "source", _lines(work.source)
    yield "note", _lines(work.note)


def _facts_of_its_kind(work: Work) -> Iterator[tuple[str, str]]:
    for key in _FACTS_OF_ITS_KIND[work.kind]:
        yield key, _lines(getattr(work, key))
    if isinstance(work, Paper):
        for one in work.code:
            yield "code", _code(one)


def _code(code: Code) -> str:
    official = " (official)" if code.official else ""
    note = f": {code.note}" if code.note else ""
    return f"{code.url}{official}{note}"


def _lines(fact: str | int | tuple[str, ...] | None) -> str:
    return "\n".join(fact) if isinstance(fact, tuple) else str(fact or "")


def _place_in_the_library(page: WorkPage) -> Iterator[tuple[str, str]]:
    yield "syllabus", page.file
    yield "time", hours_text(page.minutes)
    yield "spent", spent_text(page.spent, page.assumed) if page.spent else ""
    yield "requires", "\n".join(map(_with_reason, page.work.requires))
    yield "required by", ", ".join(page.required_by)
    ideas = [f"{one.ref}: {one.idea}{_why(one.why)}" for one in page.work.builds_on]
    yield "builds on", "\n".join(ideas)
    yield "opened", "\n".join(f"{one.work}: {one.idea}" for one in page.opened)
    yield "on the roads", ", ".join(page.roads)


def _why(why: str | None) -> str:
    return f" ({why})" if why else ""


def _with_reason(reference: Reference) -> str:
    return f"{reference_text(reference)}{_why(reference.why)}"


def _units(page: WorkPage) -> RenderableType:
    rows = FoldingTable(
        *("unit", "title", "part", "pages", ">time", "requires", "teaches"),
        folds=("part", "teaches", "requires", "pages"),
    )
    for unit in page.work.units:
        rows.add_row(
            unit.id,
            unit.title,
            _part(unit),
            str(unit.pages or ""),
            hours_text(page.efforts[unit_id(page.name, unit.id)]),
            _requires(unit),
            ", ".join(unit.teaches),
        )
    return rows


def _part(unit: Unit) -> str:
    """Return the part of its work that a chapter is in, or what it is for in a thesis."""
    if not isinstance(unit, Chapter):
        return ""
    return unit.part or str(unit.role or "")


def _requires(unit: Unit) -> str:
    if unit.requires is None:
        return ""
    return ", ".join(map(reference_text, unit.requires)) or "nothing"


def _results(page: WorkPage) -> Iterator[RenderableType]:
    """Yield the primary results as lines, and how many there are besides."""
    if not page.results:
        return
    every = tuple(page.results.values())
    shown = [one for one in every if one.primary] or list(every)
    yield Text("")
    yield from results_lines(shown, {})
    yield Aside(f"\n{_counts(every)}: 'curriculum results {page.name} --all'")


def _counts(results: tuple[Result, ...]) -> str:
    total = counted(len(results), "published result")
    on_cpu = sum(one.scale == "cpu" for one in results)
    return f"{total}, {on_cpu} of them for a laptop" if on_cpu else total
