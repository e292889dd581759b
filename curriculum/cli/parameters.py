"""Arguments and options that several commands share, and how the shell completes names."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

import click
from click.shell_completion import CompletionItem

from curriculum import services
from curriculum.cli.completion import offered
from curriculum.cli.quantities import CLOCK, DAY, MOMENT
from curriculum.services.context import Context
from curriculum.services.said_time import SaidTime


class Name(click.ParamType[str]):
    """A work, one of its units, a goal or a paper; completed by the shell."""

    def __init__(self, name: str) -> None:
        """Call it unit, goal or paper: what the shell offers depends on it."""
        self.name = name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin as typed."""
        before = ctx.params.get(param.name or "") if param.nargs == -1 else None

        def find(context: Context) -> Iterable[str]:
            # Mistakes in results must not keep a shell from completing names.
            workspace = services.workspace.Workspace(context, results="none")
            match self.name:
                case "goal":
                    return services.completion.goals(workspace, incomplete)
                case "paper":
                    return services.completion.papers(workspace, incomplete)
                case _:
                    return services.completion.units(workspace, incomplete, before or ())

        return offered(ctx, find)


class SessionName(click.ParamType[str]):
    """A session: its UID, or when it starts, as `2027-01-05T19:00` or `tomorrow 19:00`."""

    name = "session"

    def __init__(self, *, pinned: bool = False) -> None:
        """Say whether the shell offers only sessions that are pinned."""
        self._pinned = pinned

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the starts of the sessions ahead that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.sessions_ahead(snapshot, incomplete, pinned=self._pinned)

        return offered(ctx, find)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the time in ISO form, or what else was typed as it is."""
        try:
            found = MOMENT.convert(value, param, ctx)
        except click.BadParameter:
            return value
        if not isinstance(found, datetime):
            return value
        return f"{found:%Y-%m-%dT%H:%M}"


class CandidateName(click.ParamType[str]):
    """An idea or a work that may be explored; completed by the shell."""

    name = "id"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the open ideas and the works that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            workspace = services.workspace.Workspace(context, results="none")
            ideas = services.completion.open_ideas(workspace, incomplete)
            return (*ideas, *services.completion.works(workspace, incomplete))

        return offered(ctx, find)


class FollowUpName(click.ParamType[str]):
    """A follow-up by its id; completed by the shell."""

    name = "id"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the ids of open follow-ups that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.open_follow_ups(snapshot, incomplete)

        return offered(ctx, find)


class IdeaName(click.ParamType[str]):
    """An idea by its name; completed by the shell."""

    name = "idea"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names of open ideas that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.open_ideas(snapshot, incomplete)

        return offered(ctx, find)


class PredictionParameter(click.ParamType[str]):
    """A prediction by its name, or a published result to predict; completed by the shell."""

    name = "id"

    def __init__(self, *, results: bool = False) -> None:
        """Say whether the shell offers published results as well."""
        self._results = results

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names of open predictions that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            found = services.completion.open_predictions(snapshot, incomplete)
            if not self._results or ctx.params.get(param.name or ""):
                return found
            workspace = services.workspace.Workspace(context, results="none")
            return (*found, *services.completion.results(workspace, incomplete))

        return offered(ctx, find)


class SkimName(click.ParamType[str]):
    """A paper that came in, by its id; completed by the shell."""

    name = "skim"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the ids of papers that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.skims(snapshot, incomplete)

        return offered(ctx, find)


class ProjectName(click.ParamType[str]):
    """A project whose changes are recorded; completed by the shell."""

    name = "project"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the projects that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.ablation_projects(snapshot, incomplete)

        return offered(ctx, find)


units_argument = click.argument(
    "units", nargs=-1, required=True, type=Name("unit"), metavar="UNIT..."
)
session_argument = click.argument("session", type=SessionName(), metavar="SESSION")
on_option = click.option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help="It was on this day, as yesterday or mon.  [default: now]",
)
_at_option = click.option(
    "--at",
    type=CLOCK,
    metavar="TIME",
    help="It was at this time of the day, as 19:30; of study, its end.",
)
_from_option = click.option(
    "--from", "since", type=CLOCK, metavar="TIME", help="You studied from this time on."
)
_to_option = click.option(
    "--to", "until", type=CLOCK, metavar="TIME", help="You studied until this time.  [default: now]"
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print what was recorded as JSON."
)


def when_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --on, --at, --from and --to to a command, which receives them as one `said`."""

    @functools.wraps(command)
    def with_said_time(
        *arguments: Any,
        day: date | None,
        at: time | None,
        since: time | None,
        until: time | None,
        **options: Any,  # Any: what the command takes
    ) -> None:
        if at is not None and (since is not None or until is not None):
            raise click.UsageError("'--at' goes without '--from' and '--to'")
        said = SaidTime(day, at or until, since)
        command(*arguments, said=said, **options)

    found: Callable[..., None] = with_said_time
    for option in (_to_option, _from_option, _at_option, on_option):
        found = option(found)
    return found
