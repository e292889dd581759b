"""What the journal says of works and units that no syllabus defines any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from curriculum.disk.journal import JOURNAL
from curriculum.model.first_readings import FIRST_READING
from curriculum.model.formatting import counted, hours_text
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.journal import Scored
from curriculum.model.problems import Place, Problem, Severity
from curriculum.model.suggestions import nearest
from curriculum.progress.renames import named_work
from curriculum.services.workspace import Workspace


def journal_problems(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for every work and unit of the journal that no syllabus defines.

    A work whose file has a problem is left out: it may define the unit.
    """
    if not workspace.progress.live:
        return
    names = workspace.catalogue.names
    orphans = _orphans(workspace)
    for work in sorted(orphans):
        if work in workspace.library.unread:
            continue
        if work in names:
            for unit in sorted(orphans[work]):
                yield _unknown_unit(workspace, UnitId(unit))
        else:
            yield _unknown_work(workspace, work, orphans[work])
    yield from _taken_names(workspace)


def _orphans(workspace: Workspace) -> Mapping[str, Collection[str]]:
    """Return the units that were recorded and that nothing defines, by their work."""
    progress = workspace.progress
    names = workspace.catalogue.names
    found: dict[str, set[str]] = {}
    for unit in {*progress.studied, *progress.finished, *progress.skipped, *progress.left}:
        work, _, part = unit.partition("/")
        if part.removesuffix(FIRST_READING) not in names.get(work, ()):
            found.setdefault(work, set()).add(unit)
    for fact in progress.live:
        work = named_work(fact) or "" if isinstance(fact, Scored) else ""
        if work and work not in names:
            found.setdefault(work, set())
    return found


def _unknown_unit(workspace: Workspace, unit: UnitId) -> Problem:
    work, _, part = unit.partition("/")
    spent = _spent_text(workspace, [unit])
    message = f"the journal speaks of '{unit}'{spent}, but '{work}' has no unit '{part}' any more"
    hint = f"give the unit that it became the id '{part}' again"
    return _warning("unknown-unit", message, hint)


def _unknown_work(workspace: Workspace, work: str, units: Collection[str]) -> Problem:
    spent = _spent_text(workspace, units)
    message = f"the journal speaks of '{work}'{spent}, which no syllabus defines"
    became = _became(workspace, work, units)
    if became is None:
        hint = f"add 'formerly: {work}' to the syllabus that it became, or put its file back"
    else:
        file = workspace.syllabus_text(became).file
        hint = f"add 'formerly: {work}' to {file} if it was renamed, or put its file back"
    return _warning("unknown-work", message, hint)


def _spent_text(workspace: Workspace, units: Collection[str]) -> str:
    studied = workspace.progress.studied
    minutes = sum(studied.get(UnitId(unit), 0) for unit in units)
    if minutes:
        return f" ({hours_text(minutes)})"
    return f" ({counted(len(units), 'unit')})" if units else ""


def _became(workspace: Workspace, work: str, units: Collection[str]) -> str | None:
    """Return the work of the workspace that it may have become.

    It has all the units, and the journal does not know it.
    """
    names = workspace.catalogue.names
    known = {work_of(unit) for unit in workspace.progress.studied}
    parts = {unit.partition("/")[2] for unit in units}
    found = [
        name
        for name in sorted(workspace.library.own)
        if name not in known and parts <= names[name].keys()
    ]
    if len(found) <= 1:
        return found[0] if found else None
    return nearest(work, found)


def _taken_names(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for every former name of a work that another work of the workspace has."""
    library = workspace.library
    for old, name in sorted(workspace.former_names.items()):
        if old in library.own and name in library.sources:
            place = library.sources[name].place(("formerly",))
            message = f"'{name}' was formerly '{old}', which is another work of this workspace"
            hint = "remove it, or rename the other one: what is recorded of both counts for this"
            yield Problem(place, "duplicate-work", message, hint, Severity.WARNING)


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem(Place(JOURNAL), code, message, hint, Severity.WARNING)
