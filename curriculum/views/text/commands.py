"""The commands that can be taken back, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from curriculum.model.journal import Fact
from curriculum.model.library import Library
from curriculum.model.lived_days import fact_moment
from curriculum.progress.commands import RecordedCommand
from curriculum.views.text.lines import StyledLine, line
from curriculum.views.text.record import record_line


def commands_lines(
    commands: Sequence[RecordedCommand], library: Library, zone: tzinfo
) -> Iterator[str | StyledLine]:
    """Yield each command with its number, and what it recorded with the day and the time.

    Args:
        commands: The commands, the newest first.
        library: The works, for the titles of units.
        zone: The zone of the person's clock, for facts whose zone this machine does not know.
    """
    if not commands:
        yield "Nothing is recorded that could be taken back."
        return
    width = len(str(len(commands)))
    for command in commands:
        number = str(command.number)
        for fact in command.facts:
            before = f"{number:>{width}}  {_when(fact, zone)}  "
            yield line(before + record_line(fact, library), hang=len(before))
            number = ""


def _when(fact: Fact, zone: tzinfo) -> str:
    """Return the day and the time of a fact, all of one width."""
    moment = fact_moment(fact, zone)
    return f"{moment:%a} {moment.day:>2} {moment:%b %Y %H:%M}"
