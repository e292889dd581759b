"""The command that sends the plan to a calendar server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from curriculum.cli import printing
from curriculum.cli.waiting import waiting
from curriculum.model.sync import PushQuestion, Side
from curriculum.services.context import Context
from curriculum.services.push import Ask, push
from curriculum.views.text.lines import advice
from curriculum.views.text.sync import (
    REFUSED_HINT,
    open_lines,
    push_hint,
    push_line,
    question_text,
    refused_lines,
)


@click.command("push")
@click.option(
    "--theirs",
    "side",
    flag_value=Side.THEIRS,
    type=Side,
    help="Leave what you changed on the server as it is there.",
)
@click.option(
    "--ours",
    "side",
    flag_value=Side.OURS,
    type=Side,
    help="Overwrite what you changed on the server.",
)
@click.option("--dry-run", is_flag=True, help="Send nothing.")
@click.option(
    "--vdir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write it there, for khal and vdirsyncer, not to the server.",
)
@click.pass_obj
def push_command(context: Context, side: Side | None, vdir: Path | None, *, dry_run: bool) -> None:
    """Send the published plan to your calendar server or a vdir.

    Reads what 'curriculum plan' published, and 'caldav' in the settings; touches on the server only
    what changed. Records in calendars/caldav.json what is there. What you added to an event there
    stays, and what you changed is never overwritten without asking; 'curriculum pull' takes it
    over. The password comes from the keyring, or from CURRICULUM_CALDAV_PASSWORD.

    \b
    Examples:
      curriculum push
      curriculum push --theirs
      curriculum push --vdir ~/calendars
    """
    left: list[str] = []
    refused: list[str] = []
    ask = _ask(side, dry_run=dry_run)
    for pushed in push(context, ask, dry_run=dry_run, progress=waiting, vdir=vdir):
        if not pushed.failure:
            # A dry run is there to be read.
            printing.tell([push_line(pushed)], is_asked=dry_run)
        left += open_lines(pushed)
        refused += refused_lines(pushed)
    hints = [advice(push_hint(vdir))] if left else [advice(REFUSED_HINT)]
    if left or refused:
        printing.show_text([*left, *refused, *hints], err=True)
        sys.exit(1)


def _ask(side: Side | None, *, dry_run: bool) -> Ask:
    """Return what answers questions: the option, else the person at the terminal."""
    can_ask = not dry_run and sys.stdin.isatty() and sys.stderr.isatty()

    def answer(question: PushQuestion) -> Side | None:
        if side is not None or not can_ask:
            return side
        chosen: str = click.prompt(
            f"{question_text(question)}\nKeep theirs, write ours, or skip it for now?",
            type=click.Choice([*Side, "skip"]),
            default="skip",
            err=True,
        )
        return None if chosen == "skip" else Side(chosen)

    return answer
