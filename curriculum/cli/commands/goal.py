"""The command that adds a goal to the settings."""

from __future__ import annotations

from datetime import date

import click

from curriculum.cli.parameters import Name, json_option
from curriculum.cli.quantities import DayAhead
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.goals import add_goal
from curriculum.services.workspace import Workspace


@click.command("goal")
@click.argument("name", type=Name("goal"), metavar="WORK|UNIT")
@click.option("--by", type=DayAhead(), metavar="DATE", help="It is due by the end of this day.")
@json_option
@click.pass_obj
def goal_command(context: Context, name: str, by: date | None, *, as_json: bool) -> None:
    """Add a goal to the settings.

    Writes it as the last one of 'goals' in syllabi/curriculum.yaml, and leaves all else there as it
    is; 'curriculum undo' takes it back. 'curriculum plan WORK' shows beforehand when it would be
    reached, and 'curriculum plan' plans it.

    \b
    Examples:
      curriculum goal ppo-2017
      curriculum goal sutton-barto-2018/13 --by 2027-03-31
    """
    show_recorded(add_goal(Workspace(context, results="none"), name, by), as_json=as_json)
