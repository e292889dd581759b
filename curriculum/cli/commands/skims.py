"""The command that lists the papers that came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import click

from curriculum.cli import printing
from curriculum.cli.quantities import Span
from curriculum.model.skims import SkimMark
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.skim_queue import (
    UNREAD,
    WORTH_A_TREND,
    shown_skims,
    skim_counts,
    trends,
)
from curriculum.services.context import Context
from curriculum.services.skims import skims_of
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text

_MARKS = [str(mark) for mark in SkimMark]


@click.command("skims")
@click.option("--unread", is_flag=True, help="List only those that wait to be looked at.")
@click.option("--mark", type=click.Choice(_MARKS), help="List only those with this mark.")
@click.option("--all", "every", is_flag=True, help="List those passed or aged out, too.")
@click.option(
    "--trends",
    "weeks",
    type=Span(),
    metavar="SPAN",
    help="Say what the papers of so many weeks use, by month, as 12w.",
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def skims_command(
    context: Context,
    mark: str | None,
    weeks: timedelta | None,
    *,
    unread: bool,
    every: bool,
    as_json: bool,
) -> None:
    """List the papers that came in.

    Reads skim/*.yaml: those that are unread, and those to watch, to read and to reproduce. What
    waited for four weeks has aged out: it is counted, and stays in its file.

    \b
    Examples:
      curriculum skims --unread
      curriculum skims --trends 12w
    """
    if unread and mark is not None:
        raise click.UsageError("'--unread' and '--mark' exclude each other")
    snapshot = Snapshot(context)
    skims = skims_of(snapshot)
    if weeks is not None:
        _show_trends(skims, snapshot, weeks, as_json=as_json)
        return
    shown = shown_skims(skims, snapshot.today, UNREAD if unread else mark, every=every)
    if as_json:
        printing.show_json(json.skims.skims_json(shown, snapshot.today))
        return
    counts = skim_counts((one.skim for one in skims), snapshot.today)
    if shown:
        printing.show_pages(text.skims.skim_lines(shown, snapshot.today))
        printing.tell(text.skims.skim_count_lines(counts))
    else:
        printing.show_pages(text.skims.empty_lines(counts))


def _show_trends(
    skims: Sequence[SkimRead], snapshot: Snapshot, weeks: timedelta, *, as_json: bool
) -> None:
    found = trends((one.skim for one in skims), snapshot.today, weeks)
    if as_json:
        printing.show_json(json.skims.trends_json(found))
    else:
        printing.show_pages(text.skims.trend_lines(found, WORTH_A_TREND))
