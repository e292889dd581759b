"""The command that records time of exploration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from curriculum.cli.parameters import CandidateName, json_option, when_options
from curriculum.cli.quantities import HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.model.exploration import ExplorationOutcome
from curriculum.services.context import Context
from curriculum.services.exploration import record_explored
from curriculum.services.workspace import Workspace

_OUTCOMES = [str(outcome) for outcome in ExplorationOutcome]


@click.command("explored")
@click.argument("name", type=CandidateName(), metavar="ID")
@click.argument("hours", type=HOURS, metavar="HOURS")
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="What came of it.")
@click.option("--note", metavar="TEXT", help="What you found.")
@when_options
@json_option
@click.pass_obj
def explored_command(
    context: Context,
    /,
    name: str,
    hours: timedelta,
    *,
    as_json: bool,
    **came_of: Any,  # Any: what `record_explored` takes besides
) -> None:
    """Record time of exploration, and what came of it.

    ID is an idea or a work. The time is in 'curriculum time' in a row of its own and counts for no
    track. What came of an idea is written into its history; nothing is a
    result as well.

    \b
    Examples:
      curriculum explored one-critic 3h --outcome promising --note "works on two tasks"
      curriculum explored gan-2014 1h30m --on fri
    """
    workspace = Workspace(context, results="none")
    show_recorded(record_explored(workspace, name, hours, **came_of), as_json=as_json)
