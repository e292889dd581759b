"""The commands that show where one stands: today, week, status."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from curriculum.cli import printing
from curriculum.cli.waiting import waiting
from curriculum.services.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curriculum.progress.agenda import Days
    from curriculum.services.comparisons import Claims
    from curriculum.services.workspace import Workspace


@click.command("today")
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON.")
@click.pass_obj
def today_command(desk: Context, *, as_json: bool) -> None:
    """Show what is on today, and what was missed.

    Reads the published calendars' ledger and the journal; nothing is planned anew.

    \b
    Examples:
      curriculum today
      curriculum today --json
    """
    _show(desk, 0, 1, as_json=as_json)


@click.command("week")
@click.option("--next", "is_next", is_flag=True, help="Show the week after this one.")
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON.")
@click.pass_obj
def week_command(desk: Context, *, is_next: bool, as_json: bool) -> None:
    """Show the sessions of this week.

    Reads the published calendars' ledger and the journal; a week begins on Monday.

    \b
    Examples:
      curriculum week
      curriculum week --next
    """
    from curriculum.services.settings import setting_of

    today = desk.today(setting_of(desk).zone)
    first = (7 if is_next else 0) - today.weekday()
    _show(desk, first, 7, as_json=as_json)


def _show(desk: Context, first: int, count: int, *, as_json: bool) -> None:
    from curriculum.cli.printing import show_json
    from curriculum.views.json.today import days_json
    from curriculum.views.text.today import day_lines

    days = days_of(desk, first, count)
    if as_json:
        show_json(days_json(days))
        return
    for line in day_lines(days):
        click.echo(line)


def days_of(desk: Context, first: int, count: int) -> Days:
    """Return what there is to say of some days: the first is so many days after today."""
    from curriculum.model.plan import midnight
    from curriculum.progress.agenda import Days
    from curriculum.progress.session_outcomes import actual_minutes, missed
    from curriculum.services.journal import progress_of
    from curriculum.services.published import published_in
    from curriculum.services.settings import setting_of

    read = setting_of(desk)
    progress, now, today = progress_of(desk), desk.minute(read.zone), desk.today(read.zone)
    ledger = published_in(desk.calendars, read.settings)
    sessions = ledger.sessions()
    begin, end = (
        midnight(today + timedelta(days=shift), read.zone) for shift in (first, first + count)
    )
    over = tuple(named for named in sessions if named[1].end <= now)
    shown = [named for named in sessions if begin <= named[1].start < end]
    told = actual_minutes(
        (*over, *(named for named in shown if named[1].end > now)), progress, {}, read.zone
    )
    ahead = next((uid for uid, session in sessions if session.start >= max(end, now)), None)
    return Days(
        sessions=tuple(ledger.events[uid] for uid, _ in shown),
        done=told,
        missed=missed(over, told, progress),
        ahead=None if ahead is None else ledger.events[ahead],
        progress=progress,
        now=now,
        zone=read.zone,
        is_published=bool(ledger.events),
    )


@click.command("status")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Draw the forecast from this seed."
)
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.pass_obj
def status_command(desk: Context, seed: int, *, as_json: bool) -> None:
    """Show how far every work and goal has come.

    Plans what is left without publishing it, and draws when the goals will be finished at your own pace.

    \b
    Examples:
      curriculum status
      curriculum status --json
    """
    from curriculum.cli.printing import show, show_json
    from curriculum.services.planning import forecast_of, make_plan
    from curriculum.services.remaining import paces_of, standings_of
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.forecast import forecast_json
    from curriculum.views.json.pace import pace_json
    from curriculum.views.json.status import standing_json
    from curriculum.views.json.verdict import settled_json
    from curriculum.views.text.forecast import forecast_view
    from curriculum.views.text.pace import pace_sentence
    from curriculum.views.text.plan import goals_table
    from curriculum.views.text.status import status_view
    from curriculum.views.text.verdict import settled_line

    with waiting("planning"):
        planned = make_plan(Workspace(desk))
        foreseen = forecast_of(planned, seed)
    printing.show_problems(planned.problems, planned.gathered.texts)
    gathered, notes = planned.gathered, paces_of(planned.gathered, planned.progress)
    rows = standings_of(gathered, planned.curriculum, planned.progress)
    papers = _papers(gathered, (row.work for row in rows))
    if as_json:
        settled = [settled_json(claims.work, claims.paper) for claims in papers]
        forecast, pace = forecast_json(foreseen), pace_json(notes)
        show_json(
            {"works": standing_json(rows), "forecast": forecast, "pace": pace, "papers": settled}
        )
        return
    show(status_view(rows, gathered.library, planned.plan))
    show(goals_table(planned.plan, planned.curriculum, gathered.zone))
    show(forecast_view(foreseen, gathered.zone))
    for note in notes:
        click.echo(f"{note.work}: {pace_sentence(note)}" if note.work else pace_sentence(note))
    for claims in papers:
        click.echo(settled_line(claims.work, claims.paper))


def _papers(workspace: Workspace, works: Iterable[str]) -> list[Claims]:
    """Return those of some works that are papers and claim results."""
    from curriculum.services.comparisons import claims_in

    found = claims_in(workspace, works, workspace.progress)
    return [claims for claims in found if claims.results]
