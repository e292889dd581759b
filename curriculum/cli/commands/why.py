"""The command that says why a unit is planned when it is."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.explaining import Explanation, explain
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("why")
@click.argument("unit", type=Name("unit"), metavar="UNIT")
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON.")
@click.pass_obj
def why_command(context: Context, unit: str, *, as_json: bool) -> None:
    """Say why a unit is planned when it is.

    Makes the plan without publishing it and names what bound the unit: a prerequisite, a date, a
    deadline, the balance of the tracks, or the order of the goals.

    \b
    Examples:
      curriculum why sutton-barto-2018/13
      curriculum why ppo-2017/read
    """
    workspace = Workspace(context)
    found = explain(workspace, unit)
    if found is not None and found.planned.problems:
        printing.show_problems(found.planned.problems, workspace.texts)
    if as_json:
        printing.show_json(_tree(found, unit))
    else:
        printing.show_text(_lines(found, unit))


def _tree(found: Explanation | None, unit: str) -> object:
    if found is None:
        return {"unit": unit, "planned": False}
    overload = found.planned.plan.overload
    reasons = json.why.why_json(found.placement, found.reason, found.unplaced, overload)
    return {"planned": True, **reasons}


def _lines(found: Explanation | None, unit: str) -> tuple[str, ...]:
    if found is None:
        return (f"'{unit}' is not planned: no goal requires it, or it is known already.",)
    overload = found.planned.plan.overload
    zone = found.planned.workspace.zone
    return text.why.why_lines(found.placement, found.reason, found.unplaced, overload, zone)
