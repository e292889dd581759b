"""The commands that read: library, check, show, path, graph."""

from __future__ import annotations

import sys

import click

from curriculum.cli.parameters import Name
from curriculum.services.context import Context


@click.command("library")
@click.argument("search", required=False, metavar="[SEARCH]")
@click.option("--json", "as_json", is_flag=True, help="Print the works as JSON.")
@click.pass_obj
def library_command(desk: Context, search: str | None, *, as_json: bool) -> None:
    """List the works at hand.

    Reads the workspace's syllabi and the built-in ones behind them. SEARCH is looked for in names, titles, authors and
    topics; every word of it must be found.

    \b
    Examples:
      curriculum library
      curriculum library "policy gradient"
    """
    from curriculum.cli.printing import show, show_json
    from curriculum.graph.search import search_library
    from curriculum.model.identifiers import work_of
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.library import library_json
    from curriculum.views.text.library import library_view

    gathered = Workspace(desk, results="all")
    gathered.require_sound()
    works = search_library(gathered.library, search or "")
    minutes = dict.fromkeys(works, 0)
    for unit, effort in gathered.efforts.items():
        if work_of(unit) in minutes:
            minutes[work_of(unit)] += effort
    if as_json:
        show_json(library_json(works, minutes, gathered.library.own))
    elif works:
        show(library_view(works, minutes, gathered.library.own))
    else:
        click.echo(f"no work has '{search}' in its name, title, authors or topics")


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_obj
def check_command(desk: Context, *, as_json: bool) -> None:
    """Check every syllabus and the settings.

    Prints each problem with its place, its line and a remedy. Warnings do not stop a plan; with an error the exit
    status is 1, and 'curriculum plan' writes nothing.

    \b
    Examples:
      curriculum check
      curriculum check --json
    """
    from curriculum.cli.printing import show_json
    from curriculum.graph.goals import GoalRequest
    from curriculum.graph.lint import lint
    from curriculum.model.problems import Severity
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.problems import problems_json
    from curriculum.views.text.problems import problem_report

    gathered = Workspace(desk, results="all")
    settings = gathered.settings
    request = GoalRequest(settings.goals, settings.known, source=gathered.setting.source)
    problems = sorted({*gathered.problems, *lint(gathered.library, request)})
    if as_json:
        show_json(problems_json(problems))
    elif problems:
        click.echo(problem_report(problems, gathered.texts), err=True, nl=False)
    else:
        units = sum(len(work.units) for work in gathered.library.works.values())
        click.echo(f"no problems in {len(gathered.library.works)} works with {units} units")
    sys.exit(any(problem.severity is Severity.ERROR for problem in problems))


@click.command("show")
@click.argument("name", type=Name("work|unit"), metavar="WORK|UNIT")
@click.pass_obj
def show_command(desk: Context, name: str) -> None:
    """Show a work or a unit.

    \b
    Examples:
      curriculum show sutton-barto-2018
      curriculum show ppo-2017/read
    """
    from curriculum.cli.printing import show
    from curriculum.graph.frontier import unlocks
    from curriculum.model.identifiers import UnitId
    from curriculum.services.unit_names import require_name
    from curriculum.services.workspace import Workspace
    from curriculum.views.text.library import unit_view, work_view

    gathered = Workspace(desk, results="all")
    gathered.require_sound()
    require_name(name, gathered.library, "WORK|UNIT")
    efforts = gathered.efforts
    if "/" not in name:
        show(work_view(name, gathered.library.works[name], efforts))
        return
    unit = UnitId(name)
    curriculum = gathered.resolution().curriculum
    dependants = unlocks(curriculum, unit) if curriculum is not None else ()
    show(unit_view(unit, gathered.library, efforts[unit], dependants))


@click.command("path")
@click.argument("goals", nargs=-1, required=True, type=Name("goal"), metavar="GOAL...")
@click.option("--json", "as_json", is_flag=True, help="Print the path as JSON.")
@click.pass_obj
def path_command(desk: Context, goals: tuple[str, ...], *, as_json: bool) -> None:
    """List what leads to a goal.

    A GOAL is a work, a unit, a range of units or a topic. Lists the smallest set of units that leads there, without
    what is known, in an order in which they can be studied, and says how each topic was met.

    \b
    Examples:
      curriculum path ppo-2017
      curriculum path nocedal-wright-2006/1-7 topic:policy-gradient
    """
    from curriculum.cli.printing import show, show_json
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.library import path_json
    from curriculum.views.text.library import path_view

    gathered = Workspace(desk)
    curriculum = gathered.curriculum(goals)
    if as_json:
        show_json(path_json(curriculum))
    else:
        show(path_view(curriculum, gathered.library))


@click.command("graph")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["dot", "mermaid", "json"]),
    default="dot",
    show_default=True,
    help="For Graphviz, for Mermaid, or for programs.",
)
@click.pass_obj
def graph_command(desk: Context, goals: tuple[str, ...], form: str) -> None:
    """Print the prerequisite graph.

    \b
    Examples:
      curriculum graph ppo-2017 | dot -Tsvg > ppo.svg
      curriculum graph --format mermaid
    """
    from curriculum.cli.printing import show_json
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.graph import graph_json
    from curriculum.views.text.graphs import graph_dot, graph_mermaid

    gathered = Workspace(desk)
    curriculum = gathered.curriculum(goals)
    if form == "json":
        show_json(graph_json(curriculum, gathered.library))
    else:
        draw = graph_dot if form == "dot" else graph_mermaid
        click.echo(draw(curriculum, gathered.library))
