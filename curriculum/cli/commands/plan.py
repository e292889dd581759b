"""The command that plans the goals and publishes the calendars."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from curriculum import services
from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.cli.quantities import MOMENT, Span
from curriculum.cli.waiting import waiting
from curriculum.model.forecast import Forecast
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import Moment
from curriculum.model.sync import CalendarPush
from curriculum.services.context import AT_ONCE, Context
from curriculum.services.idle_tracks import idle_tracks
from curriculum.services.planning import Planned, PlanOptions, make_plan, within_horizon
from curriculum.services.publishing import (
    Published,
    preview_previous,
    preview_publication,
    publish_plan,
    publish_previous,
    uids_of,
)
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.views import json, text
from curriculum.views.text.lines import advice


@dataclass(frozen=True, slots=True)
class _Asked:
    """The arguments and options of the command."""

    goals: tuple[str, ...]
    start: Moment | None
    output: Path | None
    horizon: timedelta | None
    vdir: Path | None
    publish: bool
    dry_run: bool
    unfreeze: bool
    undo: bool
    show_all: bool
    as_json: bool
    changes: tuple[str, ...]

    @property
    def plan(self) -> PlanOptions:
        """What is asked of the plan; busy calendars are asked for again."""
        return PlanOptions(self.goals, self.start, self.output, self.unfreeze, AT_ONCE)

    @property
    def is_about_a_new_plan(self) -> bool:
        """Whether anything is asked that has no meaning for a plan that was published before."""
        terms = (self.goals, self.start, self.horizon)
        flags = (self.publish, self.unfreeze, self.show_all, self.as_json)
        return any((*terms, *flags))

    @property
    def is_about_publishing(self) -> bool:
        """Whether anything is asked that has no meaning for a plan with other settings."""
        return any((self.publish, self.undo, self.horizon, self.vdir))


@dataclass(frozen=True, slots=True)
class _Done:
    """What was published, or would be, and what was written to a vdir."""

    published: Published
    is_preview: bool = False
    vdir: tuple[CalendarPush, ...] = ()


@click.command("plan")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option(
    "--start",
    type=MOMENT,
    metavar="DATE",
    help="Start on this day, as mon or +1w.  [default: the settings', or today]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the calendars there.  [default: calendars]",
)
@click.option(
    "--horizon",
    type=Span(),
    metavar="SPAN",
    help="Publish only so far ahead, as 12w.  [default: everything]",
)
@click.option(
    "--vdir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also write it there for khal and vdirsyncer, as 'push --vdir' does.",
)
@click.option(
    "--publish", is_flag=True, help="Replace the published plan, although a GOAL was named."
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option(
    "--with",
    "changes",
    multiple=True,
    metavar="SETTING",
    help="Compare with other settings, as 'load: 70%'; write nothing. May be repeated.",
)
@click.option("--unfreeze", is_flag=True, help="Let the sessions of the next hours move, too.")
@click.option("--undo", is_flag=True, help="Publish again what was published before the last time.")
@click.option(
    "--all", "show_all", is_flag=True, help="Show two weeks, every goal and the forecast."
)
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.pass_obj
def plan_command(context: Context, /, **given: Any) -> None:  # Any: the options, see _Asked
    """Plan the goals and publish the calendars.

    Reads the syllabi, the settings, the journal and the busy calendars; writes textbooks.ics,
    papers.ics and deadlines.ics, and the ledger of what was published. Without a GOAL, plans the
    goals of the settings. What is left is planned from now on: sessions that are over stay in the
    calendars as they were. What another program changed in a vdir is left as it is and named, with
    exit status 1.

    Once a plan is published, a GOAL asks "what if": the plan for it is shown and nothing is
    written. With --publish, it replaces the published plan; how many sessions that removes is said
    first.

    With --with, shows for every goal when today's plan finishes it and when a plan with other
    settings would. A SETTING is a line as in curriculum.yaml and replaces the one there as a whole;
    'away' adds days. Without a value, as 'cap:', the setting is left out. Nothing is written, with
    or without --dry-run.

    \b
    Examples:
      curriculum plan
      curriculum plan ppo-2017 --horizon 12w --dry-run
      curriculum plan --with "load: 70%" --with "away: 2027-02-06..2027-02-14"
    """
    asked = _Asked(**given)
    if asked.changes:
        _compare(Workspace(context), asked)
        return
    if asked.undo:
        _undo(Snapshot(context), asked)
        return
    with waiting("planning"):
        planned = make_plan(Workspace(context), asked.plan)
        is_told = asked.show_all and not asked.as_json
        forecast = services.forecasting.forecast_of(planned) if is_told else None
        # After the forecast, which is about the whole plan.
        planned = within_horizon(planned, asked.horizon)
    if planned.problems:
        printing.show_problems(planned.problems, planned.workspace.texts)
    # Before a line is printed: a plan that a person saw is a plan that was published.
    done = _published(planned, asked)
    changes = _changes(planned, done.published)
    if asked.as_json:
        printing.show_json(
            json.plan.plan_json(planned.plan, uids_of(planned), idle_tracks(planned))
        )
    elif forecast is None:
        _show_short(planned, done, len(changes))
    else:
        _show(planned, forecast)
    _say_done(changes, done, asked)


def _compare(workspace: Workspace, asked: _Asked) -> None:
    """Show today's plan beside the plan with other settings."""
    if asked.is_about_publishing:
        message = "'--with' publishes nothing: it does not go with '--publish', '--undo', "
        raise click.UsageError(f"{message}'--horizon' and '--vdir'")
    with waiting("planning"):
        found = services.what_if.what_if(workspace, asked.changes, asked.plan)
    today, changed = found.today, found.changed
    problems = sorted({*today.problems, *changed.problems})
    if problems:
        printing.show_problems(problems, changed.workspace.texts)
    if asked.as_json:
        printing.show_json(json.what_if.what_if_json(found.changes, today.plan, changed.plan))
        return
    zones = (today.workspace.zone, changed.workspace.zone)
    printing.show(
        text.what_if.what_if_view(today.plan, changed.plan, zones, in_full=asked.show_all)
    )
    if not asked.dry_run:
        printing.tell(["", text.publication.WITH_OTHER_SETTINGS])


def _published(planned: Planned, asked: _Asked) -> _Done:
    """Publish a plan, unless it is only to be looked at."""
    if asked.dry_run or (planned.is_what_if and not asked.publish):
        return _Done(preview_publication(planned), is_preview=True)
    if planned.is_what_if:
        _say_replaced(preview_publication(planned))
    published = publish_plan(planned)
    return _Done(published, vdir=_written_to_vdir(planned.workspace, published, asked))


def _written_to_vdir(
    snapshot: Snapshot, published: Published, asked: _Asked
) -> tuple[CalendarPush, ...]:
    if asked.vdir is None:
        return ()
    return services.push.push_to_vdir(snapshot, published.folder, asked.vdir)


def _undo(snapshot: Snapshot, asked: _Asked) -> None:
    """Publish again what was published before, and say what changes."""
    if asked.is_about_a_new_plan:
        raise click.UsageError("'--undo' goes only with '--output', '--vdir' and '--dry-run'")
    if asked.dry_run:
        done = _Done(preview_previous(snapshot, asked.output), is_preview=True)
    else:
        published = publish_previous(snapshot, asked.output)
        done = _Done(published, vdir=_written_to_vdir(snapshot, published, asked))
    changes = done.published.changes
    if changes:
        lines = text.changes.changes_lines(changes, snapshot.zone)
        printing.tell(lines, is_asked=done.is_preview)
    elif done.is_preview:
        printing.show_text(["nothing changes"])
    _say_written(done, asked, err=False)


def _show(planned: Planned, forecast: Forecast) -> None:
    """Print a plan with its forecast for a person."""
    workspace = planned.workspace
    zone = workspace.zone
    view = text.plan.plan_view(planned.plan, planned.curriculum, idle_tracks(planned), zone)
    views = [view]
    if planned.plan.sessions:
        views.append(text.forecast.forecast_view(forecast, zone))
    printing.show(*views)


def _show_short(planned: Planned, done: _Done, below: int) -> None:
    """Print as much of a plan as fits a screen on which so many lines of changes follow."""
    if printing.is_quiet() and not done.is_preview:
        # It was to be published, not to be looked at.
        return
    if planned.is_what_if and not done.is_preview:
        # What it replaces was said above it.
        below += 1
    zone = planned.workspace.zone
    view = text.short_plan.short_plan_view(
        planned.plan, planned.curriculum, idle_tracks(planned), zone, below
    )
    printing.show(view)


def _say_done(changes: Sequence[str], done: _Done, asked: _Asked) -> None:
    """Say what changes and what was published; on stderr when stdout is JSON."""
    on_stderr = asked.as_json
    printing.tell(changes, err=on_stderr)
    if done.is_preview and not asked.dry_run:
        printing.tell(["", text.publication.WHAT_IF], err=on_stderr)
    _say_written(done, asked, err=on_stderr)


def _say_written(done: _Done, asked: _Asked, *, err: bool) -> None:
    """Say what was published and written to a vdir; nothing of a plan that was only looked at."""
    if done.is_preview:
        return
    published = done.published
    line = text.publication.publication_line(
        published.folder, published.counts, is_news=bool(published.written)
    )
    printing.tell(["", line], err=err)
    if asked.vdir is not None:
        _say_written_to_vdir(asked.vdir, done.vdir, err=err)


def _say_written_to_vdir(vdir: Path, pushes: Sequence[CalendarPush], *, err: bool) -> None:
    """Say what was written to a vdir, and what was left in it as another program changed it."""
    written = sum(pushed.sent.new + pushed.sent.changed for pushed in pushes)
    removed = sum(pushed.sent.removed for pushed in pushes)
    printing.tell([text.publication.vdir_line(vdir, written, removed)], err=err)
    left = [line for pushed in pushes for line in text.sync.open_lines(pushed)]
    if left:
        hint = advice(text.sync.push_hint(vdir))
        printing.show_text([*left, hint], err=True)
        sys.exit(1)


def _say_replaced(preview: Published) -> None:
    """Say what a publication will remove; on stderr, for stdout shows the plan."""
    removed = 0 if preview.changes is None else len(preview.changes.gone)
    printing.tell([text.publication.replacing_line(removed, preview.coming)], err=True)


def _changes(planned: Planned, published: Published) -> tuple[str, ...]:
    """Return the lines that say what changes, after an empty one; none when nothing does."""
    if published.changes is None:
        return ()
    lines = text.changes.changes_lines(published.changes, planned.workspace.zone)
    if not lines:
        return ()
    zone = planned.workspace.zone
    missed = text.changes.missed_lines(planned.past.unlogged.open, planned.over, zone)
    return ("", *missed, *lines)
