"""What was recorded as a page, each command with a button to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.lived_days import fact_moment
from curriculum.progress.commands import RecordedCommand
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.text.record import record_line

MOST_COMMANDS = 100
"""How many commands are listed."""


@dataclass(frozen=True, slots=True)
class ShownCommand:
    """A command that can be taken back."""

    number: int
    when: str
    lines: tuple[str, ...]


def undo_content(
    frame: Frame, commands: Sequence[RecordedCommand], library: Library, zone: tzinfo
) -> Markup:
    """Return the commands that can be taken back, the newest first."""
    shown = tuple(_shown(commands[:MOST_COMMANDS], library, zone))
    hidden = max(0, len(commands) - MOST_COMMANDS)
    return rendered("undo.html", frame=frame, commands=shown, hidden=hidden)


def _shown(
    commands: Sequence[RecordedCommand], library: Library, zone: tzinfo
) -> Iterator[ShownCommand]:
    for command in commands:
        moment = fact_moment(command.facts[0], zone)
        when = f"{moment:%a} {moment.day} {moment:%b %Y %H:%M}"
        lines = tuple(record_line(fact, library) for fact in command.facts)
        yield ShownCommand(command.number, when, lines)
