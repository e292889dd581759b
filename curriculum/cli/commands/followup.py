"""The commands that close what was to be done next."""

from __future__ import annotations

from datetime import date

import click

from curriculum.cli.parameters import FollowUpName, json_option
from curriculum.cli.quantities import DayAhead
from curriculum.cli.recorded import show_recorded
from curriculum.practice.followups import FollowUpState
from curriculum.services.context import Context
from curriculum.services.followups import close_follow_up, park_follow_up
from curriculum.services.workspace import Workspace


@click.group("followup")
def followup_command() -> None:
    """Close what was to be done next.

    \b
    Examples:
      curriculum followup done k7q2
      curriculum followup drop k7q2 --why "the paper did, no effect"
    """


@followup_command.command("done")
@click.argument("name", type=FollowUpName(), metavar="ID")
@json_option
@click.pass_obj
def close_command(context: Context, name: str, *, as_json: bool) -> None:
    """Say that a follow-up is done.

    Ticks the box of the line where it was noted. A box that you tick yourself does the same.
    """
    _close(context, name, FollowUpState.DONE, "", as_json=as_json)


@followup_command.command("drop")
@click.argument("name", type=FollowUpName(), metavar="ID")
@click.option("--why", default="", metavar="TEXT", help="Why it is not done.")
@json_option
@click.pass_obj
def drop_command(context: Context, name: str, why: str, *, as_json: bool) -> None:
    """Say that a follow-up will not be done.

    Marks the line where it was noted with '[-]', and says below it when and why.
    """
    _close(context, name, FollowUpState.DROPPED, why, as_json=as_json)


@followup_command.command("park")
@click.argument("name", type=FollowUpName(), metavar="ID")
@click.option(
    "--look", type=DayAhead(), metavar="DATE", help="It comes back on this day.  [default: 4w]"
)
@json_option
@click.pass_obj
def park_command(context: Context, name: str, look: date | None, *, as_json: bool) -> None:
    """Put a follow-up on the back burner.

    Marks the line where it was noted with '[-]', and writes ideas/NAME.yaml.
    """
    workspace = Workspace(context, results="none")
    show_recorded(park_follow_up(workspace, name, look), as_json=as_json)


def _close(context: Context, name: str, state: FollowUpState, why: str, *, as_json: bool) -> None:
    workspace = Workspace(context, results="none")
    show_recorded(close_follow_up(workspace, name, state, why), as_json=as_json)
