"""The command `plot`."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.cli import printing
from curriculum.cli.score_parameters import PaperOrResult, RunTag, ValueOrRun
from curriculum.reproduction.figures import ResultFigure
from curriculum.services.context import Context
from curriculum.services.drawn_curves import CurveRequest
from curriculum.services.figures import (
    FoundFigure,
    format_of_picture,
    paper_figure,
    result_drawing,
    write_picture,
)
from curriculum.services.workspace import Workspace
from curriculum.views import figures
from curriculum.views.figures.formats import PictureFormat, PictureWidth


@click.command("plot")
@click.argument("name", type=PaperOrResult(), metavar="PAPER|PAPER#RESULT")
@click.argument("more", nargs=-1, type=ValueOrRun(), metavar="[PATH]...")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="Write the picture there: .png, .svg or .pdf.",
)
@click.option(
    "--width",
    type=click.Choice(["column", "page"]),
    default="column",
    show_default=True,
    help="3.25 or 6.75 inches.",
)
@click.option(
    "--from",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH...",
    help="Draw the curves of these runs.  [default: those that the scores were read from]",
)
@click.option(
    "--tag",
    type=RunTag(),
    metavar="NAME",
    help="The quantity to read.  [default: as the last time]",
)
@click.option("--pattern", metavar="REGEX", help="Read any text, as 'score --pattern' does.")
@click.option("--x", metavar="NAME", help="The column to take for x, or 'row'.")
@click.option("--seed-from", metavar="RULE", help="Where the seeds are, as in 'score'.")
@click.pass_obj
def plot_command(
    context: Context,
    /,
    name: str,
    more: tuple[str, ...],
    output: Path,
    width: PictureWidth,
    path: Path | None,
    **options: str | None,
) -> None:
    """Draw your scores against the published ones.

    Of a RESULT: your training curves with their spread, your runs and the published ones, the
    published number with its spread, and the margin. Of a PAPER: how much better yours is on each
    result, in margins. Needs matplotlib: pip install 'curriculum[plots]'. A FILE that is there is
    replaced only if this command made it.

    \b
    Examples:
      curriculum plot td3#td3-hopper --output hopper.pdf
      curriculum plot td3 --width page --output td3.png
    """
    form = format_of_picture(output)
    paths = () if path is None else (path, *map(Path, more))
    if more and path is None:
        raise click.UsageError(f"'{more[0]}': paths go after '--from'")
    request = CurveRequest(paths, **options)
    workspace = Workspace(context, results="none")
    if "#" in name:
        found = result_drawing(workspace, name, request)
    elif request != CurveRequest():
        raise click.UsageError("curves are drawn of one result; name it as PAPER#RESULT")
    else:
        found = paper_figure(workspace, name)
    is_new = write_picture(output, _drawn(found, form, width))
    printing.tell((f"note: {note}" for note in found.notes), err=True)
    printing.tell([f"wrote {output}" if is_new else f"{output} is as it was"])


def _drawn(found: FoundFigure, form: PictureFormat, width: PictureWidth) -> bytes:
    """Return the bytes of the picture."""
    values = found.values
    if isinstance(values, ResultFigure):
        return figures.picture(figures.draw_result(values, width), form)
    return figures.picture(figures.draw_forest(values, width), form)
