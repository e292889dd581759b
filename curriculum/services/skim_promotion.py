"""Make a syllabus of a paper that came in."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.disk.texts import workspace_text
from curriculum.graph.references import meaning
from curriculum.model.paper_ids import paper_id
from curriculum.model.references import UnitReference
from curriculum.model.skims import Skim
from curriculum.model.works import BuildsOn
from curriculum.practice.known_papers import ids_of, title_key
from curriculum.practice.paper_draft import Promoted, draft_file, draft_lines, draft_name
from curriculum.practice.user_text import appended
from curriculum.services.errors import UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.skims import skim_changes, skim_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import texts_written


def promote_skim(workspace: Workspace, name: str, wanted: str | None = None) -> Promoted:
    """Draft the syllabus of a paper that came in, and note its name in the entry of the paper.

    Args:
        workspace: The workspace.
        name: The paper, by any of its names.
        wanted: What the syllabus is called; None for a name made of the title or the author.

    Raises:
        UsageError: No paper is called that, it has no title, or it has a syllabus already.
        CurriculumError: A file or the journal cannot be read or written.
    """
    read = skim_meant(workspace, name)
    skim = read.skim
    if skim.title is None:
        message = f"'{skim.id}' has no title; add 'title:' at {read.file}:{read.line}"
        raise UsageError(message, "ID")
    known = work_of_skim(workspace, skim)
    if known is not None:
        raise UsageError(f"'{skim.id}' has a syllabus: 'curriculum show {known}'", "ID")
    work = wanted or draft_name(skim, workspace.names)
    if work in workspace.names or workspace_text(workspace.context.root, draft_file(work)):
        raise UsageError(f"'{work}' is the name of another work", "--as")
    defined, left_out = _defined(workspace, skim)
    lines = draft_lines(skim.model_copy(update={"builds_on": defined}))
    promoted = skim.model_copy(update={"work": work})
    writer = journal_writer(workspace)
    edits = {
        draft_file(work): lambda _: [appended("", lines, gap=False)],
        # An entry that is written in a way of its own goes without the name of its syllabus.
        read.file: lambda text: skim_changes(read.file, text, {skim.id: promoted}),
    }
    facts = writer.record(lambda _: texts_written(writer, edits), names_units=False).facts
    return Promoted(skim, work, draft_file(work), left_out, facts)


def _defined(workspace: Workspace, skim: Skim) -> tuple[tuple[BuildsOn, ...], tuple[BuildsOn, ...]]:
    """Return what a paper builds on that a syllabus defines, and the rest."""
    defined: list[BuildsOn] = []
    left_out: list[BuildsOn] = []
    for one in skim.builds_on:
        found = meaning(workspace.catalogue, UnitReference(ref=one.ref), None, ())
        (left_out if found.dangling else defined).append(one)
    return tuple(defined), tuple(left_out)


def work_of_skim(workspace: Workspace, skim: Skim) -> str | None:
    """Return the work of the library that a paper is; None when none is."""
    if skim.work is not None and skim.work in workspace.names:
        return skim.work
    ids = ids_of(skim)
    title = title_key(skim.title)
    for name, found in works_by_id(workspace):
        if found in ids:
            return name
    for name, work in workspace.library.works.items():
        if title and title_key(work.title) == title:
            return name
    return None


def works_by_id(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield each work of the library with an id that it has."""
    for name, work in workspace.library.works.items():
        arxiv = getattr(work, "arxiv", None)
        for written in (arxiv, work.doi, work.url):
            found = None if written is None else paper_id(written)
            if found is not None:
                yield name, found
