"""The library as pages: works that were found, and a work or a unit with all there is to say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from markupsafe import Markup

from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import Track, UnitId, unit_id, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.progress import Progress
from curriculum.model.works import Work
from curriculum.progress.time_spent import TimeSpent
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.text.library import reference_text
from curriculum.views.text.time_spent import spent_text


@dataclass(frozen=True, slots=True)
class FoundWork:
    """A work of the library as it is listed."""

    name: str
    title: str
    by: str
    kind: str
    track: Track
    year: int | None
    units: int
    minutes: int
    is_own: bool


def library_content(
    frame: Frame,
    search: str,
    works: Mapping[str, Work],
    minutes: Mapping[str, int],
    own: Collection[str],
) -> Markup:
    """Return the works that were found.

    Args:
        frame: What is around them.
        search: What was looked for.
        works: Name to work.
        minutes: Name to the effort of the whole work.
        own: The works that the workspace defines.
    """
    found = tuple(
        FoundWork(
            name=name,
            title=work.title,
            by=_by(work),
            kind=work.kind,
            track=work.track,
            year=work.year,
            units=len(work.units),
            minutes=minutes[name],
            is_own=name in own,
        )
        for name, work in works.items()
    )
    return rendered("library.html", frame=frame, search=search, works=found)


_MOST_AUTHORS = 3


def _by(work: Work) -> str:
    shown = ", ".join(work.authors[:_MOST_AUTHORS])
    more = len(work.authors) - _MOST_AUTHORS
    return f"{shown} and {more} more" if more > 0 else shown


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of a work as it is listed."""

    unit: UnitId
    id: str
    title: str
    pages: str
    minutes: int
    requires: str
    teaches: str
    state: str


@dataclass(frozen=True, slots=True)
class ShownWork:
    """A work with what the person did of it.

    Attributes:
        name: Its name.
        work: The work.
        efforts: Unit to its effort in minutes.
        spent: What went into it.
        progress: What is done and left out.
        results: How many results it publishes.
        is_goal: Whether it is a goal already.
    """

    name: str
    work: Work
    efforts: Mapping[UnitId, int]
    spent: TimeSpent
    progress: Progress
    results: int
    is_goal: bool


def work_content(frame: Frame, shown: ShownWork) -> Markup:
    """Return a work with all its units."""
    work, spent = shown.work, shown.spent
    return rendered(
        "work.html",
        frame=frame,
        name=shown.name,
        work=work,
        by=", ".join(work.authors),
        link=safe_link(work.url),
        requires=tuple(map(reference_text, work.requires)),
        units=tuple(_unit_rows(shown)),
        total=sum(shown.efforts[unit_id(shown.name, unit.id)] for unit in work.units),
        spent=spent_text(spent.total, spent.assumed) if spent.total else "",
        results=shown.results,
        is_goal=shown.is_goal,
    )


def _unit_rows(shown: ShownWork) -> Iterator[UnitRow]:
    for unit in shown.work.units:
        name = unit_id(shown.name, unit.id)
        requires = "the one before it"
        if unit.requires is not None:
            requires = ", ".join(map(reference_text, unit.requires)) or "nothing"
        yield UnitRow(
            unit=name,
            id=unit.id,
            title=unit.title,
            pages=str(unit.pages or ""),
            minutes=shown.efforts[name],
            requires=requires,
            teaches=", ".join(unit.teaches),
            state=unit_state(name, shown.progress),
        )


def unit_state(unit: UnitId, progress: Progress) -> str:
    """Return what the person said of a unit: `done`, `skipped`, or nothing."""
    if unit in progress.finished:
        return "done"
    return "skipped" if unit in progress.skipped else ""


def safe_link(url: str | None) -> str:
    """Return an address that a page may lead to; empty for one that a browser would run.

    >>> safe_link("https://arxiv.org/abs/1707.06347"), safe_link("javascript:alert(1)")
    ('https://arxiv.org/abs/1707.06347', '')
    """
    is_safe = url is not None and url.lower().startswith(("https://", "http://"))
    return url if url is not None and is_safe else ""


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit with what it needs and unlocks.

    Attributes:
        unit: The unit.
        library: The works.
        effort: Its effort in minutes.
        dependants: The units that wait for it.
        requires: The units that it needs in the curriculum; None where the goals do not need it.
        spent: What went into it.
        progress: What is done and left out.
    """

    unit: UnitId
    library: Library
    effort: int
    dependants: Sequence[UnitId]
    requires: Sequence[UnitId] | None
    spent: TimeSpent
    progress: Progress


def unit_content(frame: Frame, shown: ShownUnit) -> Markup:
    """Return a unit: its pages and effort, what it requires, and what it unlocks."""
    entry = shown.library.unit(shown.unit)
    declared = "the unit before it"
    if entry.requires is not None:
        declared = ", ".join(map(reference_text, entry.requires)) or "nothing"
    spent = shown.spent
    work = work_of(shown.unit)
    return rendered(
        "unit.html",
        frame=frame,
        unit=shown.unit,
        entry=entry,
        work=work,
        work_title=shown.library.works[work].title,
        track=shown.library.works[work].track,
        effort=hours_text(shown.effort),
        declared=declared,
        requires=shown.requires,
        dependants=shown.dependants,
        done=shown.progress.done,
        spent=spent_text(spent.total, spent.assumed) if spent.total else "",
        state=unit_state(shown.unit, shown.progress),
    )
