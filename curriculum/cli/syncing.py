"""The commands that talk to a calendar server: push, pull."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from curriculum.cli.desk import Desk
from curriculum.cli.pens import json_option
from curriculum.cli.sync import Sync, look, syncing, todo_units, wanted_in
from curriculum.cli.waiting import waiting
from curriculum.model.problems import CurriculumError

if TYPE_CHECKING:
    from curriculum.cli.pens import Pen
    from curriculum.exchange.pull import Edit
    from curriculum.exchange.push import Conflict, Step, There
    from curriculum.model.journal import Fact
    from curriculum.model.progress import Progress


_A_MISHAP = "that is not taken for missing them all, 'curriculum push --ours' sends them again"


@click.command("push")
@click.option("--theirs", "side", flag_value="theirs", help="Leave what you changed on the server as it is there.")
@click.option("--ours", "side", flag_value="ours", help="Write over what you changed on the server.")
@click.option("--dry-run", is_flag=True, help="Send nothing.")
@click.pass_obj
def push_command(desk: Desk, side: str | None, *, dry_run: bool) -> None:
    """Send the published plan to your calendar server.

    Reads what 'curriculum plan' published, and 'caldav' of the settings; touches on the server only what changed.
    Remembers in calendars/caldav.json what stands there. What you changed there is never written over unasked;
    'curriculum pull' takes it over. The password comes from the keyring, or from CURRICULUM_CALDAV_PASSWORD.

    \b
    Examples:
      curriculum push
      curriculum push --theirs
    """
    with syncing(desk) as sync:
        open_ = [line for name in sync.names for line in _push(sync, name, side, dry_run=dry_run)]
    for line in open_:
        click.echo(line, err=True)
    if open_:
        click.echo(
            "'curriculum pull' takes your changes over; '--theirs' leaves them, '--ours' writes over them", err=True
        )
        sys.exit(1)


def _push(sync: Sync, name: str, side: str | None, *, dry_run: bool) -> Iterator[str]:
    """Send one calendar, say what was done, and yield what is left open."""
    from curriculum.exchange.push import decide, is_emptied, settled

    with waiting(f"looking at {name}"):
        there, wanted = look(sync, name, make=not dry_run), wanted_in(sync, name)
    asks = not dry_run and sys.stdin.isatty() and sys.stderr.isatty()
    known, question = sync.items[name], _emptied(sync, name)
    if is_emptied(known, there):
        its = _side(question, side, asks=asks)
        if its != "ours":
            click.echo(f"{name}: nothing")
            yield from () if its else (question,)
            return
        known = {}
    over = {uid for uid, session in sync.ledger.sessions() if session.end <= sync.over}
    decision = decide(wanted, there, known, sync.sending[name], over)
    asked = [(one, f"{_named(one, sync)} {_conflict(one)}") for one in decision.conflicts]
    answers = [(one, question, _side(question, side, asks=asks)) for one, question in asked]
    steps = [*decision.steps, *(settled(one, ours=its == "ours") for one, _, its in answers if its is not None)]
    done = _counted(steps, there)
    overtaken: list[Step] = []
    if not dry_run:
        sync.items[name] = known
        with waiting(f"sending {name}"):
            done, overtaken = _carry_out(sync, name, steps)
    click.echo(f"{name}: {_told(done, len(wanted))}{' (dry run)' if dry_run else ''}")
    yield from (question for _, question, its in answers if its is None)
    yield from (f"{_named(one, sync)} was changed there in the meantime" for one in overtaken)


def _told(done: Counter[str], wanted: int) -> str:
    unchanged = wanted - done["new"] - done["changed"]
    parts = [f"{count} {what}" for what, count in (*sorted(done.items()), ("unchanged", unchanged)) if count > 0]
    return ", ".join(parts) or "nothing"


def _counted(steps: Iterable[Step], there: Mapping[str, There]) -> Counter[str]:
    from curriculum.exchange.push import Act

    words = {Act.REMOVE: "removed"}
    found = [
        words.get(one.act, "changed" if one.uid in there else "new")
        for one in steps
        if one.act in (Act.WRITE, Act.REMOVE)
    ]
    return Counter(found)


def _carry_out(sync: Sync, name: str, steps: list[Step]) -> tuple[Counter[str], list[Step]]:
    """Send the steps one by one, remembering each.

    Returns:
        How many there were of each kind, and those whose event was changed on the server since it was looked at.

    Raises:
        ServerError: The server does not go along; what was sent is remembered.
    """
    from curriculum.exchange.push import Act
    from curriculum.exchange.said import said_by
    from curriculum.network.caldav import ChangedError

    zone, known, sending = sync.zone, sync.items[name], sync.sending[name]
    meant = {one.uid: said for one in steps if one.act is Act.WRITE and (said := said_by(one.data, zone)) is not None}
    if meant:
        sending.update({uid: said.digest for uid, said in meant.items()})
        sync.remember()
    done = Counter[str]()
    overtaken: list[Step] = []
    for number, step in enumerate(steps):
        try:
            done[_carry_out_one(sync, name, step)] += 1
        except ChangedError:
            overtaken.append(step)
        except CurriculumError as error:
            left = sum(one.act in (Act.WRITE, Act.REMOVE) for one in steps[number:])
            raise BrokenOffError(name, left, error) from error
        sending.pop(step.uid, None)
    for uid in [uid for uid in sending if uid in known]:
        del sending[uid]
    del done["noted"]
    return done, overtaken


class BrokenOffError(CurriculumError):
    """A sync that ended early."""

    def __init__(self, name: str, left: int, error: CurriculumError) -> None:
        """Build the sentence from what was being sent, how much of it is left, and why."""
        super().__init__(f"{error}; {left} events of '{name}' are still to be sent, run 'curriculum push' again")


def _carry_out_one(sync: Sync, name: str, step: Step) -> str:
    """Send one step, and remember what stands there then."""
    from curriculum.exchange.push import Act, digest
    from curriculum.exchange.remembered import Known
    from curriculum.exchange.said import said_by
    from curriculum.exchange.wanted import resource_name

    url, known = sync.collections[name], sync.items[name]
    match step.act:
        case Act.WRITE:
            etag = sync.server.put(url, resource_name(step.uid), step.data, step.etag)
            said = said_by(step.data, sync.zone)
            known[step.uid] = Known(etag or "", said.digest if said is not None else "", digest(step.data))
            return "new" if step.etag is None else "changed"
        case Act.REMOVE:
            sync.server.delete(url, resource_name(step.uid), step.etag)
            known.pop(step.uid, None)
            return "removed"
        case Act.NOTE:
            assert step.known is not None, "a note says what to remember"
            known[step.uid] = step.known
        case Act.FORGET:
            known.pop(step.uid, None)
    return "noted"


def _side(question: str, side: str | None, *, asks: bool) -> str | None:
    """Return who has the last word about what the person did there; None when that is left open."""
    if side is not None or not asks:
        return side
    chosen: str = click.prompt(
        f"{question}\nKeep theirs, write ours, or skip it for now?",
        type=click.Choice(["theirs", "ours", "skip"]),
        default="skip",
        err=True,
    )
    return None if chosen == "skip" else chosen


def _emptied(sync: Sync, name: str) -> str:
    from curriculum.exchange.push import standing

    return f"all {len(standing(sync.items[name]))} entries of '{name}' were deleted there"


def _named(what: Conflict | Step, sync: Sync) -> str:
    """Return what a person calls an event: its title and when it is."""
    from curriculum.render.words import clock, day

    event = sync.ledger.events.get(what.uid)
    if event is None:
        return f"'{what.uid.partition('.')[0]}'"
    session, zone = event.session, sync.zone
    when = f" of {day(session.start, zone)}, {clock(session.start, session.end, zone)}" if session is not None else ""
    return f"'{event.entry.summary}'{when}"


def _conflict(conflict: Conflict) -> str:
    if conflict.there is None:
        return "was deleted there"
    return "was changed there, and " + ("is not planned any more" if conflict.wanted is None else "here")


@click.command("pull")
@json_option
@click.pass_obj
def pull_command(desk: Desk, *, as_json: bool) -> None:
    """Take over what you changed on your calendar server.

    A session that you moved there is pinned to its new place, one that you deleted is missed, and a check mark in front
    of its title says that its units are done. A to-do that you completed says so of its unit, if the settings ask for
    to-dos. Writes to journal.db; 'curriculum undo' takes it back, 'curriculum plan' follows it.

    \b
    Examples:
      curriculum pull
      curriculum pull && curriculum plan && curriculum push
    """
    from curriculum.cli.pens import Pen, moment_of, record
    from curriculum.cli.printing import show_json

    with syncing(desk) as sync:
        with waiting("looking at what you did there"):
            edits = [(name, edit) for name in sync.names for edit in _edits(sync, name)]
        found = [edit for _, edit in edits]
        notes = [f"note: {_edit_note(edit, sync)}" for edit in found if edit.note]
        notes += [f"note: {_emptied(sync, name)}; {_A_MISHAP}" for name in sync.names if _is_emptied(sync, name)]
        if len(notes) < len(found):
            pen = Pen(sync.gathered, moment_of(desk, sync.zone), uuid4().hex)
            record(desk, pen, lambda progress: _facts(found, pen, progress), as_json=as_json, notes=notes)
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
    if _is_emptied(sync, name):
        return
    known, sending = sync.items[name], sync.sending[name]
    if name == "todos":
        yield from todo_edits(todo_units(sync), there, known, sending)
    else:
        yield from event_edits(sync.ledger, there, known, sending, sync.over, _held(sync))


def _is_emptied(sync: Sync, name: str) -> bool:
    from curriculum.exchange.push import is_emptied

    return name in sync.there and is_emptied(sync.items[name], sync.there[name])


def _held(sync: Sync) -> frozenset[str]:
    """Return the sessions that are over in which something was done."""
    from curriculum.cli.left import whole_efforts
    from curriculum.graph.history import happened

    past = tuple(named for named in sync.ledger.sessions() if named[1].end <= sync.over)
    done = happened(past, sync.progress, whole_efforts(sync.gathered), sync.zone)
    return frozenset(uid for uid, pieces in done.items() if pieces)


def _facts(edits: Iterable[Edit], pen: Pen, progress: Progress) -> Iterator[Fact]:
    from curriculum.exchange.pull import Meaning
    from curriculum.model.journal import Kind

    done = set(progress.done)
    for edit in edits:
        if edit.meaning is Meaning.PIN:
            yield pen.fact(Kind.PINNED, session=edit.uid, start=edit.start, end=edit.end)
        elif edit.meaning is Meaning.MISSED and edit.session is not None:
            yield pen.fact(Kind.MISSED, session=edit.uid, start=edit.session.start, end=edit.session.end)
        elif edit.meaning is Meaning.DONE:
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
