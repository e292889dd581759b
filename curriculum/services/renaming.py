"""Rename a work of the workspace, and take along whatever speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from curriculum.disk.texts import files_below, workspace_text
from curriculum.disk.workspace import SETTINGS
from curriculum.graph.unit_lookup import works_by_name
from curriculum.model.identifiers import NAME, work_of
from curriculum.model.journal import Fact, Renamed
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.suggestions import suggestion
from curriculum.practice.user_text import TextChange, applied, with_lines
from curriculum.services.errors import UsageError
from curriculum.services.recording import JournalWriter, journal_writer
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written
from curriculum.syllabus.renamed_references import references_renamed

_WITH_REFERENCES = ("syllabi", "ideas", "skim")
"""The folders whose YAML files name works."""


@dataclass(frozen=True, slots=True)
class RenamedWork:
    """A work that was renamed.

    Attributes:
        before: The name it had.
        after: The name it has.
        file: Its syllabus, by its path in the workspace.
        changed: The other files in which references were changed, sorted.
        minutes: The time that was logged for it, under whatever name.
    """

    before: str
    after: str
    file: str
    changed: tuple[str, ...]
    minutes: int


def rename_work(workspace: Workspace, word: str, new: str) -> RenamedWork:
    """Rename a work of the workspace: its file, all references to it, and what was recorded.

    Raises:
        UsageError: The workspace has no such work, or the new name cannot be one or is taken.
        CurriculumError: A file or the journal cannot be read or written.
    """
    before = own_work_meant(workspace, word)
    _require_free(workspace, new)
    old_file = workspace.syllabus_text(before).file
    new_file = f"{old_file.rpartition('/')[0]}/{new}.yaml"
    edits = dict(_edits(workspace, before, new, old_file, new_file))
    studied = workspace.progress.studied
    minutes = sum(studied[unit] for unit in studied if work_of(unit) == before)
    writer = journal_writer(workspace)
    writer.record(lambda _: _facts(writer, edits, before, new), names_units=False)
    changed = tuple(sorted(edits.keys() - {old_file, new_file}))
    return RenamedWork(before, new, new_file, changed, minutes)


def own_work_meant(workspace: Workspace, word: str) -> str:
    """Return the work of the workspace that a word names; its syllabus may have problems.

    Raises:
        UsageError: It names none, several, or a built-in one.
    """
    found = works_by_name(word, workspace.names)
    own = [name for name in found if workspace.syllabus_text(name).is_own]
    if len(own) == 1:
        return own[0]
    if own:
        raise UsageError(f"'{word}' is ambiguous: {', '.join(own)}", "WORK")
    if found:
        hint = f"copy it first: curriculum library copy {found[0]}"
        raise UsageError(f"'{found[0]}' is built in and cannot be changed; {hint}", "WORK")
    hint = suggestion(word, workspace.names, "see 'curriculum library'", most=3)
    raise UsageError(f"no syllabus defines '{word}'; {hint}", "WORK")


def _require_free(workspace: Workspace, new: str) -> None:
    """Refuse a new name that cannot be one, or is taken.

    Raises:
        UsageError: It is refused.
    """
    if not re.fullmatch(NAME, new):
        example = "write it with small letters, digits, '-' and '.', like 'ppo-2017'"
        raise UsageError(f"'{new}' cannot be the name of a work; {example}", "NEW")
    if new in workspace.names:
        raise UsageError(f"'{new}' is a work already; choose another name", "NEW")


def _facts(
    writer: JournalWriter, edits: Mapping[str, TextEdit], before: str, after: str
) -> Iterable[Fact]:
    yield from texts_written(writer, edits)
    yield Renamed(**writer.stamp(), before=before, after=after)


def _edits(
    workspace: Workspace, before: str, new: str, old_file: str, new_file: str
) -> Iterator[tuple[str, TextEdit]]:
    """Yield the files to change and how: the new file first, so that nothing is ever missing."""
    root = workspace.context.root
    own = workspace_text(root, old_file)
    yield new_file, _replaced("", references_renamed(own, {before}, new))
    for file in _files_with_references(workspace):
        if file != old_file:
            names = _names_in(workspace, file, before)
            text = workspace_text(root, file)
            renamed = references_renamed(text, names, new)
            if renamed != text:
                yield file, _by_lines(renamed)
    yield old_file, _replaced(own, "")


def _files_with_references(workspace: Workspace) -> Iterator[str]:
    for folder in _WITH_REFERENCES:
        yield from files_below(workspace.context.root, folder, ".yaml")


def _names_in(workspace: Workspace, file: str, before: str) -> frozenset[str]:
    """Return what a work is called in a file; goals of the settings may have short names."""
    names = {before}
    if file == SETTINGS:
        for goal in workspace.settings.goals or ():
            word = (goal.work or "").partition("/")[0]
            found = works_by_name(word, workspace.names) if word else []
            own = [name for name in found if workspace.syllabus_text(name).is_own] or found
            if own == [before]:
                names.add(word)
    return frozenset(names)


def _replaced(before: str, after: str) -> TextEdit:
    return lambda _: [TextChange(before, after)]


def _by_lines(renamed: str) -> TextEdit:
    """Return the edit that changes the lines in which a text differs from what it is to be."""

    def edit(text: str) -> Iterator[TextChange]:
        wanted = renamed.split("\n")
        for number, line in enumerate(text.split("\n"), 1):
            if line != wanted[number - 1]:
                change = with_lines(text, number, [wanted[number - 1].removesuffix("\r")])
                text = applied(text, change)
                yield change

    return edit
