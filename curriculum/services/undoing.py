"""Take back what commands recorded: the last one, or any other on which nothing rests."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import counted
from curriculum.model.journal import Fact, Started, Undone
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.model.progress import Progress
from curriculum.progress.commands import RecordedCommand, command_resting_on, recorded_commands
from curriculum.progress.state import replay_more
from curriculum.services.errors import UsageError
from curriculum.services.linked_files import remove_attachments
from curriculum.services.recording import journal_writer
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import take_back_texts


class NothingToUndoError(CurriculumError):
    """A journal in which nothing is left to take back."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("there is nothing to take back: the journal holds no command")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back.

    Attributes:
        workspace: The workspace, with the works for the titles of units.
        facts: The facts that count no longer.
        timer: The timer that runs again; None when none does.
    """

    workspace: Workspace
    facts: tuple[Fact, ...]
    timer: Started | None


def undo_list(workspace: Workspace) -> tuple[RecordedCommand, ...]:
    """Return the commands that can be taken back, the newest first."""
    return recorded_commands(workspace.progress)


def undo(workspace: Workspace, number: int = 1) -> TakenBack:
    """Take back a command, counted from the newest that was not taken back.

    Raises:
        NothingToUndoError: There is none.
        UsageError: There are fewer commands, or a later one rests upon it.
        CurriculumError: A text that it changed was changed since.
    """
    writer = journal_writer(workspace)
    taken: list[Fact] = []

    def decide(progress: Progress) -> Iterator[Fact]:
        command = _command_meant(progress, number)
        _require_nothing_rests_on(command, progress)
        take_back_texts(workspace, command.facts)
        remove_attachments(workspace, command.facts)
        taken.extend(command.facts)
        yield Undone(**writer.stamp(), target=command.id)

    facts, before = writer.record(decide)
    timer = replay_more(before, facts).timer
    return TakenBack(workspace, tuple(taken), None if timer == before.timer else timer)


def _command_meant(progress: Progress, number: int) -> RecordedCommand:
    """Return the command of a number.

    Raises:
        NothingToUndoError: There is no command.
        UsageError: There are fewer.
    """
    commands = recorded_commands(progress)
    if not commands:
        raise NothingToUndoError
    if not 1 <= number <= len(commands):
        count = counted(len(commands), "command")
        raise UsageError(f"there is no number {number}, only {count} to take back", "N")
    return commands[number - 1]


def _require_nothing_rests_on(command: RecordedCommand, progress: Progress) -> None:
    """Refuse to take back a command upon which a later one rests.

    Raises:
        UsageError: One does.
    """
    resting = command_resting_on(progress, command)
    if resting is None:
        return
    later = resting.number
    raise UsageError(
        f"number {command.number} cannot be taken back before number {later}, which depends on it; "
        f"run 'curriculum undo {later}' first",
        "N",
    )
