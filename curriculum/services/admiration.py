"""Note works that the person admires, and what for."""

from __future__ import annotations

from curriculum.disk.texts import shown_text
from curriculum.model.predictions import Admired
from curriculum.model.problems import CurriculumError
from curriculum.practice.admiration import ADMIRED, AdmiredList, admired_lines, read_admired
from curriculum.practice.user_text import TextChange, applied
from curriculum.practice.yaml_entries import with_entry
from curriculum.services.errors import UsageError
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts


class AdmiredEditError(CurriculumError):
    """A list that is written in a way in which nothing can be added."""

    def __init__(self, line: str) -> None:
        """Build the sentence from what was to be added."""
        super().__init__(f"nothing can be added to '{ADMIRED}' as it is; add this by hand: {line}")


def admired_of(snapshot: Snapshot) -> AdmiredList:
    """Return what the person admires, and what is wrong with the file.

    Raises:
        CurriculumError: The file cannot be read.
    """
    return read_admired(shown_text(snapshot.context.root, ADMIRED))


def admire(workspace: Workspace, name: str, why: str, kind: str | None = None) -> Recorded:
    """Note a work that the person admires.

    Args:
        workspace: The workspace.
        name: A work of the library, or another one with a ':' in its name, as `arxiv:2502.16982`.
        why: What for.
        kind: What kind of thing it is.

    Raises:
        UsageError: It names no work.
        CurriculumError: The file or the journal cannot be read or written.
    """
    if not why.strip():
        raise UsageError("say what for", "--why")
    work = name if ":" in name else work_meant(name, workspace, "WORK")
    said = {"work": work, "on": workspace.today, "kind": kind, "why": why}
    one = Admired.model_validate(said)
    lines = admired_lines(one)

    def edit(text: str) -> list[TextChange]:
        change = with_entry(text, lines)
        before = [entry.value for entry in read_admired(text).entries]
        after = [entry.value for entry in read_admired(applied(text, change)).entries]
        if after != [*before, one]:
            raise AdmiredEditError("; ".join(lines))
        return [change]

    return Recorded(workspace, write_texts(journal_writer(workspace), {ADMIRED: edit}))
