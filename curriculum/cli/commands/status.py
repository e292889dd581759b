"""The command that shows how far every work and goal has come."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.waiting import waiting
from curriculum.services.context import Context
from curriculum.services.forecasting import SEED
from curriculum.services.status import Status, status_of
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("status")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=SEED,
    show_default=True,
    metavar="NUMBER",
    help="Draw the forecast from this seed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.pass_obj
def status_command(context: Context, seed: int, *, as_json: bool) -> None:
    """Show how far every work and goal has come.

    Plans what is left without publishing it, and draws when the goals will be finished at your own
    pace.

    \b
    Examples:
      curriculum status
      curriculum status --json
    """
    with waiting("planning"):
        status = status_of(Workspace(context), seed)
    if status.planned.problems:
        printing.show_problems(status.planned.problems, status.planned.workspace.texts)
    if as_json:
        printing.show_json(_tree(status))
    else:
        _show(status)


def _tree(status: Status) -> object:
    papers = status.papers
    plan = status.planned.plan
    return {
        "goals": json.plan.goals_json(plan),
        "balance": json.plan.balance_json(plan),
        "works": json.status.standing_json(status.works),
        "forecast": json.forecast.forecast_json(status.forecast),
        "pace": json.pace.pace_json(status.pace),
        "papers": [json.paper_verdict.paper_json(paper.work, paper.verdict) for paper in papers],
    }


def _show(status: Status) -> None:
    planned = status.planned
    library = planned.workspace.library
    zone = planned.workspace.zone
    printing.show(
        text.status.status_view(status.works, library, planned.plan),
        text.plan.goals_table(planned.plan, zone),
        text.forecast.forecast_view(status.forecast, zone),
    )
    if not planned.curriculum.units:
        printing.show_text(text.status.finished_lines(status.finished))
    printing.show_text(map(text.pace.work_pace_line, status.pace))
    papers = status.papers
    printing.show_text(
        text.paper_verdict.settled_line(paper.work, paper.verdict) for paper in papers
    )
