"""What was to be done next: list it, and close it in the line where it was noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from curriculum.disk.texts import files_below, shown_text
from curriculum.model.settings import DayRange
from curriculum.model.suggestions import suggestion
from curriculum.model.typed_days import EVERY_DAY
from curriculum.practice.entries import NotebookEntry, read_notes
from curriculum.practice.followup_edits import closed_in, ids_given
from curriculum.practice.followups import (
    FollowUp,
    FollowUpState,
    NextLine,
    closing_line,
    follow_ups,
    with_ids,
)
from curriculum.practice.notebook import NOTEBOOK, entry_day
from curriculum.practice.reviews import (
    REVIEWS,
    Review,
    all_next_lines,
    is_review_file,
    read_review,
)
from curriculum.services.errors import UsageError
from curriculum.services.ideas import NewIdea, new_idea_edit
from curriculum.services.recording import JournalWriter, Recorded, journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, write_texts


def entry_files(snapshot: Snapshot, days: DayRange = EVERY_DAY) -> Iterator[tuple[date, str]]:
    """Yield the day and the file of the entries of some days, by day; none is read."""
    for file in files_below(snapshot.context.root, NOTEBOOK, ".md"):
        day = entry_day(file)
        if day is not None and days.first <= day <= days.last:
            yield day, file


def first_noted(snapshot: Snapshot) -> date | None:
    """Return the day of the first entry of the notebook; None when there is none."""
    return min((day for day, _ in entry_files(snapshot)), default=None)


def entries_of(snapshot: Snapshot, days: DayRange = EVERY_DAY) -> tuple[NotebookEntry, ...]:
    """Return the entries of some days, by day.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    return tuple(
        read_notes(shown_text(root, file), day) for day, file in entry_files(snapshot, days)
    )


def reviews_of(snapshot: Snapshot) -> tuple[Review, ...]:
    """Return every review, by its days.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    found: list[Review] = []
    for file in files_below(root, REVIEWS, ".md"):
        review = read_review(file, shown_text(root, file)) if is_review_file(file) else None
        if review is not None:
            found.append(review)
    return tuple(sorted(found, key=lambda one: (one.days, one.file)))


def lines_to_follow(
    snapshot: Snapshot, reviews: Iterable[Review] | None = None
) -> tuple[NextLine, ...]:
    """Return every line of the notebook and of the reviews that says what is to be done next.

    Args:
        snapshot: The workspace.
        reviews: Its reviews, where they were read already.

    Raises:
        CurriculumError: A file cannot be read.
    """
    if reviews is None:
        reviews = reviews_of(snapshot)
    return all_next_lines(_entries_with_next(snapshot), reviews)


def _entries_with_next(snapshot: Snapshot) -> Iterator[NotebookEntry]:
    root = snapshot.context.root
    for day, file in entry_files(snapshot):
        text = shown_text(root, file)
        # Ten years have thousands of entries, and few of them say what is next.
        if "next:" in text:
            yield read_notes(text, day)


def give_ids(workspace: Workspace, writer: JournalWriter | None = None) -> tuple[NextLine, ...]:
    """Give every follow-up without an id its own where it was noted; return all lines to follow.

    Args:
        workspace: The workspace.
        writer: What records the command of which this is a part; None for one of its own.

    Raises:
        CurriculumError: A file or the journal cannot be read or written.
    """
    lines = lines_to_follow(workspace)
    names = with_ids(lines)
    files: dict[str, dict[NextLine, str]] = {}
    for line, name in names.items():
        files.setdefault(line.file, {})[line] = name
    edits = {file: _giving(own) for file, own in files.items()}
    if not edits:
        return lines
    write_texts(writer or journal_writer(workspace), edits)
    return lines_to_follow(workspace)


def _giving(names: dict[NextLine, str]) -> TextEdit:
    return lambda text: ids_given(text, names)


def list_follow_ups(workspace: Workspace, *, closed: bool = False) -> tuple[FollowUp, ...]:
    """Return the follow-ups that are open, or all of them; the oldest first.

    Those without an id are given one first, so that commands can name them.

    Raises:
        CurriculumError: A file or the journal cannot be read or written.
    """
    every = follow_ups(give_ids(workspace))
    return tuple(one for one in every if closed or one.state is FollowUpState.OPEN)


def close_follow_up(
    workspace: Workspace, name: str, state: FollowUpState, why: str = ""
) -> Recorded:
    """Close a follow-up where it was noted; that closes it everywhere.

    Args:
        workspace: The workspace.
        name: Its id, with or without the circumflex.
        state: What became of it.
        why: Why it was dropped, or what it became.

    Raises:
        UsageError: No follow-up has this id, or it is closed already.
        CurriculumError: A file or the journal cannot be read or written.
    """
    origin = _open_origin(workspace, name)
    edits = {origin.file: _closing(workspace, origin, state, why)}
    return Recorded(workspace, write_texts(journal_writer(workspace), edits))


def park_follow_up(workspace: Workspace, name: str, look: date | None = None) -> Recorded:
    """Close a follow-up and put it on the back burner as an idea.

    Args:
        workspace: The workspace.
        name: Its id, with or without the circumflex.
        look: The day on which the idea comes back; None means in four weeks.

    Raises:
        UsageError: No follow-up has this id, it is closed already, or the day is over.
        CurriculumError: A file or the journal cannot be read or written.
    """
    origin = _open_origin(workspace, name)
    title = origin.text.split("\n")[0]
    file, edit = new_idea_edit(workspace, NewIdea(title, look=look, origin=origin.file))
    edits = {
        origin.file: _closing(workspace, origin, FollowUpState.PARKED, file),
        file: edit,
    }
    return Recorded(workspace, write_texts(journal_writer(workspace), edits))


def _closing(workspace: Workspace, origin: NextLine, state: FollowUpState, why: str) -> TextEdit:
    box = "x" if state is FollowUpState.DONE else "-"
    below = closing_line(state, workspace.today, why)
    return lambda text: closed_in(text, origin, box, below)


def _open_origin(workspace: Workspace, name: str) -> NextLine:
    """Return the line that first said what an open follow-up is.

    Raises:
        UsageError: No follow-up has this id, or it is closed already.
    """
    found = follow_up_named(workspace, name)
    if found.state is not FollowUpState.OPEN:
        raise UsageError(f"'^{found.origin.id}' is {found.state} already", "ID")
    return found.origin


def follow_up_named(workspace: Workspace, name: str) -> FollowUp:
    """Return the follow-up with an id.

    Raises:
        UsageError: There is none.
    """
    wanted = name.removeprefix("^")
    every = list_follow_ups(workspace, closed=True)
    for one in every:
        if one.origin.id == wanted:
            return one
    known = [str(one.origin.id) for one in every if one.state is FollowUpState.OPEN]
    hint = suggestion(wanted, known, "see 'curriculum followups'")
    raise UsageError(f"no follow-up has the id '^{wanted}'; {hint}", "ID")
