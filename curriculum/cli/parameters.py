"""Arguments and options that several commands share, and how the shell completes names."""

from __future__ import annotations

from datetime import datetime

import click
from click.shell_completion import CompletionItem

from curriculum import services
from curriculum.cli.clock import context_at
from curriculum.cli.quantities import DAY, MOMENT


class Name(click.ParamType[str]):
    """A work, or after a slash one of its units; completed by the shell."""

    def __init__(self, name: str) -> None:
        """Call it WORK, UNIT or GOAL in help texts."""
        self.name = name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin as typed: works first, units once there is a slash."""
        # Mistakes in results must not keep a shell from completing names.
        root = ctx.find_root().params.get("workspace")
        library = services.workspace.Workspace(context_at(root), results="none").library
        known = list(services.unit_names.known_names(library, units="/" in incomplete))
        if self.name == "unit" and param.nargs == -1:
            typed = ctx.params.get(param.name or "") or ()
            known = [*services.unit_names.units_after(typed, library), *known]
        return [CompletionItem(name) for name in known if name.startswith(incomplete)]


class SessionName(click.ParamType[str]):
    """A session: its UID, or when it starts, as `2027-01-05T19:00` or `tomorrow 19:00`."""

    name = "session"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the time in ISO form, or what else was typed as it is."""
        try:
            found = MOMENT.convert(value, param, ctx)
        except click.BadParameter:
            return value
        if not isinstance(found, datetime):
            return value
        return f"{found:%Y-%m-%dT%H:%M}"


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
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print what was recorded as JSON."
)
