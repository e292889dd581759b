"""The command that says why a unit is planned when it is."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.model.first_readings import first_reading_id
from curriculum.services.chains import PlannedChain, chain_to
from curriculum.services.context import Context
from curriculum.services.explaining import UnitAnswer, explain_named
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("why")
@click.argument("words", nargs=-1, required=True, type=Name("unit"), metavar="UNIT")
@click.option("--chain", is_flag=True, help="Show the units that fix when it is finished.")
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON.")
@click.pass_obj
def why_command(context: Context, words: tuple[str, ...], *, chain: bool, as_json: bool) -> None:
    """Say why a unit is planned when it is.

    Makes the plan without publishing it and names what bound the unit: a prerequisite, a date, a
    deadline, the balance of the tracks, or the order of the goals. For a work, or a topic written
    as topic:NAME, it says so for each unit. With --chain, shows
    the chain of units that fixes when the last of them is finished: each is held up by the one
    before it, as its prerequisite or because that was studied first.

    \b
    Examples:
      curriculum why sutton 13
      curriculum why ppo-2017
      curriculum why ppo-2017 --chain
    """
    workspace = Workspace(context)
    unit = "/".join(words)
    if chain:
        _show_chain(chain_to(workspace, unit), unit, as_json=as_json)
        return
    found = explain_named(workspace, unit)
    if found.planned.problems:
        printing.show_problems(found.planned.problems, workspace.texts)
    if as_json:
        trees = [_tree(answer) for answer in found.units]
        # Only the full name of a unit gives an object, or the shape would depend on the work.
        is_unit = unit == found.units[0].unit
        printing.show_json(trees[0] if is_unit else trees)
        return
    for answer in found.units:
        printing.show_text(_lines(answer))


def _show_chain(found: PlannedChain, name: str, *, as_json: bool) -> None:
    workspace = found.planned.workspace
    if found.planned.problems:
        printing.show_problems(found.planned.problems, workspace.texts)
    if as_json:
        printing.show_json(json.chain.critical_chain_json(found.links))
    elif found.links:
        printing.show(text.chain.critical_chain_view(found.links, workspace.zone))
    elif found.is_done:
        printing.show_text((f"'{name}' is done.",))
    else:
        printing.show_text(
            (f"The plan does not finish '{name}', so there is no chain that leads to it.",)
        )


def _tree(answer: UnitAnswer) -> object:
    found = answer.explanation
    if found is None:
        return {"unit": answer.unit, "planned": False}
    planned = found.planned
    reasons = json.why.why_json(
        found.placement, found.bound, found.unplaced, planned.plan.overload, planned.curriculum
    )
    return {"planned": True, **reasons}


def _lines(answer: UnitAnswer) -> tuple[str, ...]:
    found = answer.explanation
    if answer.is_done:
        return (f"'{answer.unit}' is done.",)
    if answer.is_read_once:
        first = first_reading_id(answer.unit)
        return (f"'{answer.unit}' is not planned: a first reading is enough, '{first}'.",)
    if found is None:
        return (f"'{answer.unit}' is not planned: no goal requires it, or it is known already.",)
    plan = found.planned.plan
    zone = found.planned.workspace.zone
    lines = text.why.why_lines(found.placement, found.bound, found.unplaced, plan, zone)
    return lines + text.goal_values.served_lines(answer.unit, found.planned.curriculum)
