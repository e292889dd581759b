"""The command `ready`."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option
from curriculum.services.context import Context
from curriculum.services.readiness import ready
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("ready")
@click.argument("goal", required=False, type=Name("goal"), metavar="[TOPIC|GOAL]")
@json_option
@click.pass_obj
def ready_command(context: Context, goal: str | None, *, as_json: bool) -> None:
    """Say whether you may go beyond a goal.

    You are ready when everything the goal requires is done, and its primary results are reproduced,
    each by itself or all on average. So are those of the papers it builds on, unless it only
    requires you to read them. Write a topic as it is, or as topic:NAME; without a goal, those of
    the settings count.

    \b
    Examples:
      curriculum ready ppo-2017
      curriculum ready policy-gradient
    """
    readiness = ready(Workspace(context), goal)
    if as_json:
        printing.show_json(json.readiness.readiness_json(readiness))
        return
    printing.show_text(text.readiness.readiness_lines(readiness))
