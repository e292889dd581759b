"""The command that logs time of study."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option, when_options
from curriculum.cli.quantities import DAYS, PAGES, is_hours, units_and_hours
from curriculum.cli.recorded import show_recorded
from curriculum.model.quantities import Pages
from curriculum.model.settings import DayRange
from curriculum.model.typed_days import EVERY_DAY
from curriculum.services.marking import log_study
from curriculum.services.said_time import SaidTime
from curriculum.services.study_log import study_log
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


# Options that are not known pass as words: a day may be typed as '-3d'.
@click.command("log", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=Name("unit"), metavar="UNIT... [HOURS]")
@click.option("--pages", type=PAGES, metavar="PAGES", help="The pages that were read, as 47-60.")
@when_options
@click.option(
    "--list",
    "is_list",
    is_flag=True,
    help="List what was recorded: on all days, or on the DATE, WEEK or FROM..TO that follows.",
)
@json_option
@click.pass_context
def log_command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    *,
    is_list: bool,
    as_json: bool,
    said: SaidTime,
    pages: Pages | None,
) -> None:
    """Log time that was studied.

    Writes to journal.db; the next plan goes on from what is left. HOURS may be left out after
    --from. With --list, writes nothing: shows each day with what was recorded, and what it adds up
    to.

    \b
    Examples:
      curriculum log sutton 13 45m
      curriculum log ppo-2017/read 1h30m --on yesterday
      curriculum log sutton 13 --on mon --from 19:30 --to 21:00
      curriculum log --list 2027-W02
    """
    _refuse_unknown(ctx, words)
    workspace = Workspace(ctx.obj, results="none")
    if is_list:
        _list(workspace, _days(ctx, words), as_json=as_json)
        return
    units, hours = words, None
    if said.since is None or is_hours(words[-1:]):
        units, hours = units_and_hours(ctx, words)
    show_recorded(log_study(workspace, units, hours, pages, said), as_json=as_json)


def _refuse_unknown(ctx: click.Context, words: tuple[str, ...]) -> None:
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=ctx)


def _days(ctx: click.Context, words: tuple[str, ...]) -> DayRange:
    if not words:
        return EVERY_DAY
    days: DayRange = DAYS.convert(" ".join(words), ctx.command.params[0], ctx)
    return days


def _list(workspace: Workspace, days: DayRange, *, as_json: bool) -> None:
    found = study_log(workspace, days)
    if as_json:
        printing.show_json(json.study_log.study_json(found.entries))
    else:
        printing.show_pages(text.study_log.study_lines(found.entries, found.library))
