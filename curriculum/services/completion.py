"""The names that a shell offers while a command is typed, parsing no more syllabi than needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from curriculum import services
from curriculum.disk.runs import log_files
from curriculum.graph.unit_lookup import works_by_name
from curriculum.model.first_readings import FIRST_READING
from curriculum.practice.ablation_table import project_of
from curriculum.practice.followups import FollowUpState, follow_ups
from curriculum.reproduction.logs import tags_of
from curriculum.services.errors import UsageError
from curriculum.services.session_names import start_text
from curriculum.services.snapshot import Snapshot
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace

_TOPIC = "topic:"


def units(workspace: Workspace, typed: str, before: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the works that begin as typed; after a work, or its name and a slash, its units.

    Args:
        workspace: Where to look.
        typed: The word to complete.
        before: The words before it that name units, too.
    """
    work, slash, _ = typed.partition("/")
    if slash:
        ids = _units_of_word(work, workspace)
        begun = typed.partition("/")[2]
        # First readings are only offered to who asks for them: there is one beside every unit.
        ids += tuple(f"{one}{FIRST_READING}" for one in ids if begun.startswith(f"{one}."))
        return _fitting((f"{work}/{one}" for one in ids), typed)
    return _fitting(_units_after(before, workspace), typed) or works(workspace, typed)


def works(workspace: Workspace, typed: str) -> tuple[str, ...]:
    """Return the works that begin as typed."""
    return _fitting(workspace.names, typed)


def papers(workspace: Workspace, typed: str) -> tuple[str, ...]:
    """Return the papers that begin as typed."""
    return _fitting(workspace.paper_names, typed)


def open_follow_ups(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the ids of the open follow-ups that begin as typed; those without one get none."""
    wanted = typed.removeprefix("^")
    every = services.followups.lines_to_follow(snapshot)
    names = [one.origin.id for one in follow_ups(every) if one.state is FollowUpState.OPEN]
    return _fitting((name for name in names if name is not None), wanted)


def open_ideas(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the names of the ideas that begin as typed and can still be decided about."""
    every = services.ideas.ideas_of(snapshot)
    return _fitting((one.name for one in every if one.idea is None or one.idea.is_open), typed)


def open_predictions(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the names of the predictions that begin as typed and can still be decided."""
    every = services.predictions.predictions_of(snapshot).entries
    return _fitting((one.value.id for one in every if one.value.is_open), typed)


def skims(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the ids of the papers that came in and begin as typed, with or without their kind.

    Those that were passed are left out.
    """
    every = services.skims.skims_of(snapshot)
    names = [one.skim.id for one in every if one.skim.mark != "pass"]
    return _fitting(names, typed) or _fitting((name.partition(":")[2] for name in names), typed)


def ablation_projects(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the projects that begin as typed and whose changes are recorded."""
    tables = services.ablations.ablation_tables(snapshot)
    return _fitting((project_of(table.file) or "" for table in tables), typed)


def goals(workspace: Workspace, typed: str) -> tuple[str, ...]:
    """Return the works, units and topics that begin as typed, topics as `topic:NAME`."""
    if not typed:
        return (*works(workspace, typed), _TOPIC)
    if not typed.startswith(_TOPIC) and not _TOPIC.startswith(typed):
        return units(workspace, typed)
    # Who teaches what, only the whole library tells.
    teachers = workspace.catalogue.teachers
    topics = _fitting((f"{_TOPIC}{topic}" for topic in sorted(teachers)), typed)
    return (*works(workspace, typed), *topics)


def results(workspace: Workspace, typed: str) -> tuple[str, ...]:
    """Return the papers that begin as typed, with a `#`; of the only one left, its results."""
    word, mark, _ = typed.partition("#")
    if mark:
        return _results_of(word, typed, workspace)
    fitting = papers(workspace, typed)
    if len(fitting) == 1:
        return _results_of(fitting[0], typed, workspace)
    return tuple(f"{paper}#" for paper in fitting)


def _results_of(word: str, typed: str, workspace: Workspace) -> tuple[str, ...]:
    work = _work_meant(word, workspace)
    found = workspace.paper_results(work) if work is not None else None
    return _fitting((f"{word}#{name}" for name in found or ()), typed)


def sessions_ahead(snapshot: Snapshot, typed: str, *, pinned: bool) -> tuple[str, ...]:
    """Return the starts of the published sessions that are not over, or of the pinned ones."""
    starts = [
        start_text(session, snapshot.zone)
        for uid, session in snapshot.ledger.sessions()
        if session.end > snapshot.minute and (not pinned or uid in snapshot.progress.pins)
    ]
    return _fitting(starts, typed)


def sessions_over(snapshot: Snapshot, typed: str) -> tuple[str, ...]:
    """Return the starts of the published sessions that are over, the last one first."""
    starts = [
        start_text(session, snapshot.zone)
        for _, session in snapshot.ledger.sessions()
        if session.end <= snapshot.minute
    ]
    return _fitting(sorted(starts, reverse=True), typed)


def tags(path: Path, typed: str) -> tuple[str, ...]:
    """Return the quantities that the log of a run holds.

    Raises:
        CurriculumError: It cannot be read.
    """
    return _fitting((tag.name for tag in tags_of(log_files(path))), typed)


def _fitting(names: Iterable[str], typed: str) -> tuple[str, ...]:
    return tuple(name for name in names if name.startswith(typed))


def _units_after(words: Sequence[str], workspace: Workspace) -> tuple[str, ...]:
    """Return the units of the last work among words that were not typed yet."""
    ids: tuple[str, ...] = ()
    for word in words:
        if word not in ids:
            ids = _units_of_word(word, workspace) or ids
    return tuple(one for one in ids if one not in words)


def _units_of_word(word: str, workspace: Workspace) -> tuple[str, ...]:
    work = _work_meant(word, workspace)
    return workspace.units_of(work) if work is not None else ()


def _work_meant(word: str, workspace: Workspace) -> str | None:
    """Return the work that a word names; None for none and for several."""
    found = works_by_name(word, workspace.names)
    if not found:
        return _work_by_title(word, workspace)
    chosen = [name for name in found if name in workspace.preferred] or found
    return chosen[0] if len(chosen) == 1 else None


def _work_by_title(word: str, workspace: Workspace) -> str | None:
    # Titles and authors are in the syllabi: all of them are parsed.
    if not word or "/" in word:
        return None
    try:
        return work_meant(word, workspace, "UNIT")
    except UsageError:
        return None
