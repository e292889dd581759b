"""Change the texts of the workspace so that every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from curriculum.disk.texts import workspace_text, write_text
from curriculum.model.journal import Fact, Wrote
from curriculum.model.problems import CurriculumError
from curriculum.practice.user_text import (
    ChangedByHandError,
    TextChange,
    applied,
    taken_back,
)
from curriculum.services.recording import JournalWriter
from curriculum.services.workspace import Workspace

TextEdit: TypeAlias = Callable[[str], Iterable[TextChange]]
"""Decides on a text as it is what to change; each change is made before the next."""


class ChangedSinceError(CurriculumError):
    """A text that was changed by hand where a command had written."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's path in the workspace."""
        super().__init__(
            f"'{file}' was changed since where this was written; take it out by hand, and nothing "
            "else is taken back"
        )


def write_texts(writer: JournalWriter, edits: Mapping[str, TextEdit]) -> tuple[Fact, ...]:
    """Change texts, by their paths in the workspace, and record how to take that back.

    The journal is held meanwhile, so that commands that run at once take turns.

    Raises:
        CurriculumError: A file or the journal cannot be read or written.
    """
    return writer.record(lambda _: texts_written(writer, edits), names_units=False).facts


def texts_written(writer: JournalWriter, edits: Mapping[str, TextEdit]) -> list[Fact]:
    """Change texts while the journal is held, and return the facts that say so."""
    root = writer.workspace.context.root
    facts: list[Fact] = []
    for file, edit in edits.items():
        text = workspace_text(root, file)
        changes = [one for one in edit(text) if one.before != one.after]
        for change in changes:
            text = applied(text, change)
            facts.append(_fact(writer, file, change))
        if changes:
            write_text(root, file, text)
    return facts


def _fact(writer: JournalWriter, file: str, change: TextChange) -> Wrote:
    return Wrote(**writer.stamp(), file=file, before=change.before, after=change.after)


def take_back_texts(workspace: Workspace, facts: Iterable[Fact]) -> None:
    """Put texts back as they were before some facts; all of them, or none.

    Raises:
        ChangedSinceError: A text does not hold any more what was written.
        CurriculumError: A file cannot be read or written.
    """
    root = workspace.context.root
    texts: dict[str, str] = {}
    for fact in reversed(list(facts)):
        if isinstance(fact, Wrote):
            text = texts.get(fact.file)
            if text is None:
                text = workspace_text(root, fact.file)
            texts[fact.file] = _taken_back(fact, text)
    for file, text in texts.items():
        write_text(root, file, text)


def _taken_back(fact: Wrote, text: str) -> str:
    try:
        return taken_back(text, TextChange(fact.before, fact.after))
    except ChangedByHandError as error:
        raise ChangedSinceError(fact.file) from error
