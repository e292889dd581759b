"""The command that records what a change gained and cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.score_parameters import ResultParameter
from curriculum.model.late_patterns import late_pattern
from curriculum.progress.fact_json import fact_json
from curriculum.services.ablations import AblationRequest, record_ablation
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text

_SPREAD = ("--before", "--after", "--from")
"""Options that take every word up to the next option."""

_OPTION = late_pattern(r"--?[A-Za-z].*")
_LINES = late_pattern(r"(?:\+?(?P<added>\d{1,7}))?(?:-(?P<removed>\d{1,7}))?")


class _Spreading(click.Command):
    """A command some of whose options take several words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words, with the option repeated before each word that it takes."""
        return super().parse_args(ctx, _spread(args))


def _spread(words: Sequence[str]) -> list[str]:
    """Return words in which an option stands before each word that it takes.

    >>> _spread(["x", "--before", "1", "-2", "--why", "y"])
    ['x', '--before=1', '--before=-2', '--why', 'y']
    """
    found: list[str] = []
    option = ""
    for word in words:
        if word in _SPREAD:
            option = word
        elif _OPTION.fullmatch(word):
            option = ""
            found.append(word)
        else:
            found.append(f"{option}={word}" if option else word)
    return found


class LineCounts(click.ParamType[tuple[int, int]]):
    """Lines added and removed, as `2`, `-5` or `+12-3`."""

    name = "lines"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:  # Any: as in click
        """Return both numbers."""
        match = _LINES.fullmatch(value)
        if match is None or not value:
            hint = "write it like '2', '-5' or '+12-3'"
            self.fail(f"'{value}' is not a number of lines; {hint}", param, ctx)
        return int(match["added"] or 0), int(match["removed"] or 0)


@click.command("ablation", cls=_Spreading)
@click.argument("change", metavar="CHANGE")
@click.option(
    "--of",
    required=True,
    type=ResultParameter(),
    metavar="PAPER#RESULT|TASK",
    help="What was measured: a published result, or a task in your own words.",
)
@click.option("--before", multiple=True, metavar="VALUE...", help="The runs without the change.")
@click.option("--after", multiple=True, metavar="VALUE...", help="The runs with it.")
@click.option(
    "--from",
    "logs",
    multiple=True,
    metavar="a=PATH... b=PATH...",
    help="Read the runs without it (a) and with it (b) from logs, as 'score' does.",
)
@click.option("--tag", metavar="NAME", help="The quantity to read.  [default: as the last time]")
@click.option("--x", metavar="NAME", help="The column to take for x.")
@click.option(
    "--git",
    nargs=2,
    metavar="REPOSITORY FROM..TO",
    help="Count the lines and knobs of a change between two commits.",
)
@click.option("--lines", type=LineCounts(), metavar="COUNT", help="Lines, as 2, -5 or +12-3.")
@click.option("--knobs", type=int, metavar="COUNT", help="Knobs.  [default: as counted, or 0]")
@click.option(
    "--project", metavar="NAME", help="The table.  [default: named after what was measured]"
)
@click.option("--id", "name", metavar="ID", help="What to call it.  [default: made of its words]")
@click.option(
    "--on-top-of", "parent", metavar="ID", help="The change on which it builds, in that table."
)
@click.option("--kept/--dropped", default=None, help="Whether you keep it.")
@click.option("--why", metavar="TEXT", help="Why.")
@click.option("--lower", "is_lower", is_flag=True, help="Less is better, on a task of your own.")
@json_option
@click.pass_obj
def ablation_command(
    context: Context,
    /,
    *,
    as_json: bool,
    **options: Any,  # Any: the options, whose names are those of an AblationRequest
) -> None:
    """Record what a change gained and cost.

    Writes a line to ablations/NAME.tsv: the gain relative to the runs before, with its 90 %
    interval, and lines without blank ones, comments, tests, lock files and prose. A knob is a
    number or a switch that somebody has to choose. Git only compares; it runs nothing of a
    repository.

    \b
    Examples:
      curriculum ablation "clip" --of td3#td3-ant --before 33 34 --after 35 36 --lines 2
      curriculum ablation "clip" --of td3#td3-ant --from a=base-* b=clip-* --git . main..clip
    """
    made = record_ablation(Workspace(context, results="none"), AblationRequest(**options))
    if as_json:
        facts = [fact_json(fact) for fact in made.facts]
        shown = json.ablations.ablation_json(made.ablation) | {"file": made.file}
        extra = json.ablations.counted_json(made.counted)
        printing.show_json({"recorded": facts, "ablation": shown, **extra})
        return
    printing.tell(
        text.ablations.ablation_made_lines(made.ablation, made.file, made.counted, made.notes)
    )
