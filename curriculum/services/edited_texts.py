"""Save a text of the notebook that was edited as a whole, unless it was changed meanwhile."""

from __future__ import annotations

from hashlib import sha256

from curriculum.disk.texts import workspace_text
from curriculum.model.problems import CurriculumError
from curriculum.practice.notebook import entry_day
from curriculum.practice.reviews import is_review_file
from curriculum.practice.user_text import TextChange, line_end_of
from curriculum.services.errors import UsageError
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts


class EditedMeanwhileError(CurriculumError):
    """A text that is not any more what the editing began with."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's path in the workspace."""
        super().__init__(f"'{file}' was changed since you began to edit it; nothing was saved")


def editable_text(snapshot: Snapshot, file: str) -> str:
    """Return the text of an entry or a review; the empty text where there is none yet.

    Raises:
        UsageError: The file is neither.
        CurriculumError: It cannot be read.
    """
    _require_ours(file)
    return workspace_text(snapshot.context.root, file)


def text_mark(text: str) -> str:
    """Return a mark of a text by which it is told whether it was changed."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def save_text(workspace: Workspace, file: str, mark: str, after: str) -> Recorded:
    """Save the text of an entry or a review; that can be taken back.

    Args:
        workspace: The workspace.
        file: Its path in the workspace.
        mark: The mark of the text that the editing began with.
        after: The text as it should be, with line feeds; the ends of lines stay as they were.

    Raises:
        UsageError: The file is neither.
        EditedMeanwhileError: The text was changed since.
        CurriculumError: It cannot be read or written.
    """
    _require_ours(file)

    def edit(text: str) -> list[TextChange]:
        if text_mark(text) != mark:
            raise EditedMeanwhileError(file)
        return [TextChange(text, after.replace("\n", line_end_of(text)))]

    return Recorded(workspace, write_texts(journal_writer(workspace), {file: edit}))


def _require_ours(file: str) -> None:
    if entry_day(file) is None and not is_review_file(file):
        raise UsageError(f"'{file}' is neither an entry of the notebook nor a review")
