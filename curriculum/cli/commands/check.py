"""The command that checks the files of the workspace."""

from __future__ import annotations

import sys

import click

from curriculum.cli import printing
from curriculum.services.checking import check
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_obj
def check_command(context: Context, *, as_json: bool) -> None:
    """Check every syllabus and the settings.

    Prints each problem with its place, its line and a remedy. Warnings do not stop a plan; with an
    error the exit status is 1, and 'curriculum plan' writes nothing.

    \b
    Examples:
      curriculum check
      curriculum check --json
    """
    checked = check(Workspace(context, results="all"))
    if as_json:
        printing.show_json(json.problems.problems_json(checked.problems))
    elif checked.problems:
        printing.show_problems(checked.problems, checked.texts, is_asked=True)
    else:
        printing.tell([f"no problems in {checked.works} works with {checked.units} units"])
    if not as_json:
        printing.tell(f"goal '{short}' is {full}" for short, full in checked.short_goals)
    sys.exit(checked.has_errors)
