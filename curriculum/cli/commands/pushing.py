"""The command that sends the plan to a calendar server: push."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from curriculum.cli.waiting import waiting
from curriculum.services.context import Context
from curriculum.services.sync import Sync, emptied, look, syncing, wanted_in

if TYPE_CHECKING:
    from curriculum.exchange.push import Conflict, PushStep, There


@click.command("push")
@click.option(
    "--theirs",
    "side",
    flag_value="theirs",
    help="Leave what you changed on the server as it is there.",
)
@click.option(
    "--ours", "side", flag_value="ours", help="Write over what you changed on the server."
)
@click.option("--dry-run", is_flag=True, help="Send nothing.")
@click.pass_obj
def push_command(desk: Context, side: str | None, *, dry_run: bool) -> None:
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
            "'curriculum pull' takes single changes over; '--theirs' leaves what is there, '--ours' writes over it",
            err=True,
        )
        sys.exit(1)


def _push(sync: Sync, name: str, side: str | None, *, dry_run: bool) -> Iterator[str]:
    """Send one calendar, say what was done, and yield what is left open."""
    from curriculum.exchange.push import decide, resolve_conflict
    from curriculum.services.sending import carry_out

    with waiting(f"looking at {name}"):
        there, wanted = look(sync, name, make=not dry_run), wanted_in(sync, name)
    asks = not dry_run and sys.stdin.isatty() and sys.stderr.isatty()
    known = sync.items[name]
    mishap = emptied(sync, name, there)
    if mishap is not None:
        its = _side(mishap, side, asks=asks)
        if its != "ours":
            click.echo(f"{name}: nothing")
            yield from () if its else (mishap,)
            return
        known = {}
    over = {uid for uid, session in sync.ledger.sessions() if session.end <= sync.over}
    decision = decide(wanted, there, known, sync.sending[name], over)
    asked = [(one, f"{_named(one, sync)} {_conflict(one)}") for one in decision.conflicts]
    answers = [(one, question, _side(question, side, asks=asks)) for one, question in asked]
    steps = [
        *decision.steps,
        *(resolve_conflict(one, ours=its == "ours") for one, _, its in answers if its is not None),
    ]
    done = _counted(steps, there)
    overtaken: list[PushStep] = []
    if not dry_run:
        sync.items[name] = known
        with waiting(f"sending {name}"):
            done, overtaken = carry_out(sync, name, steps)
    click.echo(f"{name}: {_told(done, len(wanted))}{' (dry run)' if dry_run else ''}")
    yield from (question for _, question, its in answers if its is None)
    yield from (f"{_named(one, sync)} was changed there in the meantime" for one in overtaken)


def _told(done: Counter[str], wanted: int) -> str:
    unchanged = wanted - done["new"] - done["changed"]
    parts = [
        f"{count} {what}"
        for what, count in (*sorted(done.items()), ("unchanged", unchanged))
        if count > 0
    ]
    return ", ".join(parts) or "nothing"


def _counted(steps: Iterable[PushStep], there: Mapping[str, There]) -> Counter[str]:
    from curriculum.exchange.push import Act

    words = {Act.REMOVE: "removed"}
    found = [
        words.get(one.act, "changed" if one.uid in there else "new")
        for one in steps
        if one.act in (Act.WRITE, Act.REMOVE)
    ]
    return Counter(found)


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


def _named(what: Conflict | PushStep, sync: Sync) -> str:
    """Return what a person calls an event: its title and when it is."""
    from curriculum.model.formatting import clock_text, day_text

    event = sync.ledger.events.get(what.uid)
    if event is None:
        return f"'{what.uid.partition('.')[0]}'"
    session, zone = event.session, sync.zone
    when = (
        f" of {day_text(session.start, zone)}, {clock_text(session.start, session.end, zone)}"
        if session is not None
        else ""
    )
    return f"'{event.entry.summary}'{when}"


def _conflict(conflict: Conflict) -> str:
    if conflict.there is None:
        return "was deleted there"
    return "was changed there, and " + (
        "is not planned any more" if conflict.wanted is None else "here"
    )
