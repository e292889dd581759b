"""What the commands that record have in common: the units that words name, and how facts are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from curriculum.services.context import Context
from curriculum.services.errors import UsageError

if TYPE_CHECKING:
    from curriculum.model.journal import Fact, FactStamp
    from curriculum.model.progress import Progress
    from curriculum.services.workspace import Workspace


@dataclass(frozen=True)
class Pen:
    """What a command needs to write facts: the workspace, when it was, and a name for the command."""

    gathered: Workspace
    at: datetime
    command: str

    def stamp(self, at: datetime | None = None) -> FactStamp:
        """Return what a new fact begins with; `at` is the instant it is about, if that is another one."""
        zone = str(self.gathered.zone)
        return {"id": uuid4().hex, "command": self.command, "at": at or self.at, "zone": zone}


def pen_of(desk: Context, day: date | None = None) -> Pen:
    """Return what is needed to write facts about now, or about noon of an earlier day.

    Raises:
        UsageError: The day is still to come.
    """
    from curriculum.services.workspace import Workspace

    gathered = Workspace(desk, results="none")
    if day is not None and day > gathered.today:
        raise UsageError(f"{day} is still to come", "--on")
    if day is None:
        at = moment_of(desk, gathered.zone)
    else:
        at = datetime.combine(day, time(12), gathered.zone).astimezone(UTC)
    return Pen(gathered, at, uuid4().hex)


def moment_of(desk: Context, zone: tzinfo) -> datetime:
    """Return the instant that a fact about now speaks of, in whole seconds."""
    from curriculum.model.plan import instant

    return desk.now.replace(microsecond=0) if desk.day is None else instant(desk.minute(zone))


def record(
    desk: Context,
    pen: Pen,
    decide: Callable[[Progress], Iterable[Fact]],
    *,
    as_json: bool,
    notes: Iterable[str] = (),
) -> None:
    """Write down what a decision on the journal's state comes to, and say so."""
    from curriculum.cli.printing import show_json
    from curriculum.disk.journal import JOURNAL, writing
    from curriculum.progress.fact_json import fact_json
    from curriculum.progress.state import replay
    from curriculum.views.text.record import record_line

    with writing(desk.root / JOURNAL) as book:
        facts = tuple(decide(replay(book.facts)))
        book.append(facts)
    if as_json:
        show_json({"recorded": [fact_json(fact) for fact in facts], "notes": list(notes)})
        return
    for line in (*(record_line(fact, pen.gathered.library) for fact in facts), *notes):
        click.echo(line)
    if not facts:
        click.echo("nothing to record: it was said already")
