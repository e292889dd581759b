"""Bring built-in works into the workspace."""

from __future__ import annotations

from curriculum.disk.workspace import SYLLABI
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.practice.user_text import appended
from curriculum.services.recording import journal_writer
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts


class OwnWorkError(CurriculumError):
    """A work that is to be copied into the workspace and is there already."""

    def __init__(self, work: str, file: str) -> None:
        """Build the sentence from the work and its file."""
        super().__init__(f"'{work}' is a syllabus of this workspace already: {file}")


@dataclass(frozen=True, slots=True)
class CopiedWork:
    """A built-in work that was copied into the workspace.

    Attributes:
        work: Its name.
        file: The copy, by its path in the workspace.
    """

    work: str
    file: str


def copy_work(workspace: Workspace, word: str) -> CopiedWork:
    """Copy the built-in work that a word names into the workspace, as it is.

    Raises:
        OwnWorkError: The workspace has it already.
        UsageError: There is no such work.
        CurriculumError: A file or the journal cannot be read or written.
    """
    name = work_meant(word, workspace, "WORK")
    syllabus = workspace.syllabus_text(name)
    if syllabus.is_own:
        raise OwnWorkError(name, syllabus.file)
    file = f"{SYLLABI}/{syllabus.file.partition('/')[2]}"
    lines = syllabus.text.removesuffix("\n").split("\n")
    write_texts(journal_writer(workspace), {file: lambda text: [appended(text, lines, gap=False)]})
    return CopiedWork(name, file)
