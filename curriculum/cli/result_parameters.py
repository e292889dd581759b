"""The options that say what a published result is, one for each of its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import click

from curriculum.model.results import ReducerName, SpreadKind
from curriculum.syllabus.importers.result_rows import ResultRow

DIRECTIONS = ("higher", "lower")
REDUCERS = get_args(ReducerName)
SPREADS = get_args(SpreadKind)
CENTRES = ("mean", "median", "iqm", "best", "worst", "single", "unknown")
OVER = ("seeds", "episodes", "folds", "eval-runs", "items", "tasks", "unknown")
SCALES = ("cpu", "cpu-cluster", "gpu", "multi-gpu", "unknown")

_OPTIONS = (
    click.option("--id", metavar="NAME", help="Its name.  [default: method and task]"),
    click.option("--value", metavar="NUMBER", help="The number, as 3564.07 or '3564 ± 115'."),
    click.option("--metric", metavar="TEXT", help="What is measured, as average-return."),
    click.option("--direction", type=click.Choice(DIRECTIONS), help="Which way is better."),
    click.option("--unit", metavar="TEXT", help="What it is counted in, as percent."),
    click.option("--on", metavar="TEXT", help="The dataset or task it was measured on."),
    click.option("--version", metavar="TEXT", help="The version of that, as v4."),
    click.option("--method", metavar="TEXT", help="What is measured there."),
    click.option("--centre", type=click.Choice(CENTRES), help="What the number is of the runs."),
    click.option("--spread", metavar="NUMBER", help="The number after the ±."),
    click.option("--spread-kind", type=click.Choice(SPREADS), help="What that number is."),
    click.option("--over", type=click.Choice(OVER), help="What it is taken over."),
    click.option("--runs", type=click.IntRange(1), metavar="N", help="How many runs there are."),
    click.option("--reducer", metavar="RULE", help="How a curve became it: final, last-k-mean:10."),
    click.option("--table", metavar="N", help="The table that prints it."),
    click.option("--figure", metavar="N", help="The figure that shows it."),
    click.option("--section", metavar="N", help="The section that says it."),
    click.option("--page", metavar="N", help="The page that prints it."),
    click.option("--quote", metavar="TEXT", help="The words that say it."),
    click.option("--url", metavar="URL", help="The address that says it."),
    click.option("--text", metavar="TEXT", help="Where else it is printed."),
    click.option("--row", metavar="TEXT", help="The row of the table."),
    click.option("--column", metavar="TEXT", help="The column of the table."),
    click.option("--primary", is_flag=True, help="The paper stands and falls with it."),
    click.option("--scale", type=click.Choice(SCALES), help="What it takes to compute it."),
    click.option("--notes", metavar="TEXT", help="Anything else."),
)


def result_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add an option for each field of a result to a command."""
    found = command
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def fields_given(options: dict[str, Any]) -> ResultRow:  # Any: whatever the options are read as
    """Return the fields of a result that are given, as texts."""
    said = {name: "yes" if value is True else value for name, value in options.items()}
    return {name: str(value) for name, value in said.items() if value not in (None, False, "")}
