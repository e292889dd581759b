"""The command that takes over what was done on a calendar server: pull."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from curriculum.cli.parameters import json_option
from curriculum.cli.waiting import waiting
from curriculum.services.context import Context
from curriculum.services.sync import Sync, emptied, look, syncing, todo_units

if TYPE_CHECKING:
    from curriculum.exchange.pull import Edit
    from curriculum.model.journal import Fact
    from curriculum.model.progress import Progress
    from curriculum.services.recording import Pen

_A_MISHAP = "that is not taken for missing them all, 'curriculum push --ours' sends them again"


@click.command("pull")
@json_option
@click.pass_obj
def pull_command(desk: Context, *, as_json: bool) -> None:
    """Take over what you changed on your calendar server.

    A session that you moved there is pinned to its new place, one that you deleted is missed, and a check mark in front
    of its title says that its units are done. A to-do that you completed says so of its unit, if the settings ask for
    to-dos. Writes to journal.db; 'curriculum undo' takes it back, 'curriculum plan' follows it.

    \b
    Examples:
      curriculum pull
      curriculum pull && curriculum plan && curriculum push
    """
    from curriculum.cli.printing import show_json
    from curriculum.services.recording import Pen, moment_of, record

    with syncing(desk) as sync:
        with waiting("looking at what you did there"):
            edits = [(name, edit) for name in sync.names for edit in _edits(sync, name)]
        found = [edit for _, edit in edits]
        notes = [f"note: {_edit_note(edit, sync)}" for edit in found if edit.note]
        mishaps = (emptied(sync, name, there) for name, there in sync.there.items())
        notes += [f"note: {mishap}; {_A_MISHAP}" for mishap in mishaps if mishap is not None]
        if any(not edit.note for edit in found):
            pen = Pen(sync.gathered, moment_of(desk, sync.zone), uuid4().hex)
            record(
                desk,
                pen,
                lambda progress: _facts(found, pen, progress),
                as_json=as_json,
                notes=notes,
            )
        elif as_json:
            show_json({"recorded": [], "notes": notes})
        else:
            click.echo("\n".join(notes) or "nothing was changed there")
        for name, edit in edits:
            _take_note(sync, name, edit)


def _edits(sync: Sync, name: str) -> Iterator[Edit]:
    """Yield what the person did with a calendar there."""
    from curriculum.exchange.pull import event_edits, todo_edits

    if name not in sync.collections:
        return
    there = sync.there[name] = look(sync, name)
    if emptied(sync, name, there) is not None:
        return
    known, sending = sync.items[name], sync.sending[name]
    if name == "todos":
        yield from todo_edits(todo_units(sync), there, known, sending)
    else:
        yield from event_edits(sync.ledger, there, known, sending, sync.over, _held(sync))


def _held(sync: Sync) -> frozenset[str]:
    """Return the sessions that are over in which something was done."""
    from curriculum.progress.session_outcomes import actual_minutes

    past = tuple(named for named in sync.ledger.sessions() if named[1].end <= sync.over)
    done = actual_minutes(past, sync.progress, sync.gathered.efforts, sync.zone)
    return frozenset(uid for uid, pieces in done.items() if pieces)


def _facts(edits: Iterable[Edit], pen: Pen, progress: Progress) -> Iterator[Fact]:
    from curriculum.exchange.pull import EditKind
    from curriculum.model.journal import Kind

    done = set(progress.done)
    for edit in edits:
        if edit.meaning is EditKind.PIN:
            yield pen.fact(Kind.PINNED, session=edit.uid, start=edit.start, end=edit.end)
        elif edit.meaning is EditKind.MISSED and edit.session is not None:
            yield pen.fact(
                Kind.MISSED, session=edit.uid, start=edit.session.start, end=edit.session.end
            )
        elif edit.meaning is EditKind.DONE:
            for unit in edit.units:
                if unit not in done:
                    done.add(unit)
                    yield pen.fact(Kind.FINISHED, unit)


def _take_note(sync: Sync, name: str, edit: Edit) -> None:
    from curriculum.exchange.pull import taken_note_of

    uid = edit.uid
    sync.items[name][uid] = taken_note_of(edit, sync.items[name][uid], sync.there[name].get(uid))
    sync.sending[name].pop(uid, None)


def _edit_note(edit: Edit, sync: Sync) -> str:
    event = sync.ledger.events.get(edit.uid)
    title = event.entry.summary if event is not None else edit.uid
    return f"'{title}': {edit.note}"
