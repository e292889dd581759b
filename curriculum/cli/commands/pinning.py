"""The commands that hold a session in its place: pin and unpin."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from curriculum.cli.parameters import json_option
from curriculum.cli.quantities import LocalTime
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.recording import Pen, pen_of, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curriculum.model.plan import Session

MOST_OFFERED = 3

session_argument = click.argument("session", metavar="SESSION")


@click.command("pin")
@session_argument
@click.option("--at", "moment", type=LocalTime(), metavar="MOMENT", help="Hold it there instead.")
@json_option
@click.pass_obj
def pin_command(desk: Context, session: str, moment: datetime | None, *, as_json: bool) -> None:
    """Hold a session where it is.

    Writes to journal.db; the next plans leave the session in its place. A SESSION is the moment at which it starts, or
    its UID up to the first dot.

    \b
    Examples:
      curriculum pin 2027-01-05T19:00
      curriculum pin 2027-01-05T19:00 --at 2027-01-06T08:00
    """
    from curriculum.model.journal import Pinned
    from curriculum.model.plan import minute

    pen = pen_of(desk)
    uid, found = session_named(session, desk, pen)
    start = found.start if moment is None else minute(moment.replace(tzinfo=pen.gathered.zone))
    end = start + found.end - found.start
    fact = Pinned(**pen.stamp(), session=uid, start=start, end=end)
    record(desk, pen, lambda _: [fact], as_json=as_json)


@click.command("unpin")
@session_argument
@json_option
@click.pass_obj
def unpin_command(desk: Context, session: str, *, as_json: bool) -> None:
    """Let a session move again.

    Writes to journal.db.

    \b
    Examples:
      curriculum unpin 2027-01-05T19:00
      curriculum unpin sutton-barto-2018_13-2
    """
    from curriculum.model.journal import Unpinned

    pen = pen_of(desk)
    uid, _ = session_named(session, desk, pen)
    fact = Unpinned(**pen.stamp(), session=uid)
    record(desk, pen, lambda progress: [fact] if uid in progress.pins else [], as_json=as_json)


def session_named(text: str, desk: Context, pen: Pen) -> tuple[str, Session]:
    """Return the published session, not yet over, that a person means, with its UID.

    Raises:
        UsageError: There is none.
    """
    from curriculum.services.published import published_in

    ledger = published_in(desk.calendars, pen.gathered.settings)
    now = desk.minute(pen.gathered.zone)
    ahead = {uid: session for uid, session in ledger.sessions() if session.end > now}
    for uid, session in ahead.items():
        if text in (uid, uid.rpartition("@")[0].rpartition(".")[0]) or _starts(text, session, pen):
            return uid, session
    raise UsageError(f"no session ahead is called '{text}'; {_offered(ahead, pen)}", "SESSION")


def _starts(text: str, session: Session, pen: Pen) -> bool:
    return text.replace(" ", "T") == _moment(session, pen)


def _moment(session: Session, pen: Pen) -> str:
    from curriculum.model.formatting import local

    return f"{local(session.start, pen.gathered.zone):%Y-%m-%dT%H:%M}"


def _offered(ahead: Mapping[str, Session], pen: Pen) -> str:
    if not ahead:
        return "nothing is published ahead, see 'curriculum plan'"
    moments = [_moment(session, pen) for session in ahead.values()]
    return f"the next ones are {', '.join(moments[:MOST_OFFERED])}"
