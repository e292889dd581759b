"""Past sessions on the command line: one of them, those of a day, or those of several days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from curriculum import services
from curriculum.cli.completion import offered
from curriculum.cli.quantities import DAYS
from curriculum.services.context import Context
from curriculum.services.following import DaySpan, Sessions


class PastSessionsName(click.ParamType[Sessions]):
    """A day, a range of days as `2027-01-05..2027-01-18`, or the name of a session."""

    name = "session"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the starts of the sessions that are over and begin as typed."""

        def find(context: Context) -> Iterable[str]:
            snapshot = services.snapshot.Snapshot(context)
            return services.completion.sessions_over(snapshot, incomplete)

        return offered(ctx, find)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Sessions:  # Any: as in click
        """Return the days, or the name as it is."""
        if not isinstance(value, str):
            found: Sessions = value
            return found
        return days_in(value, ctx) or value


def days_in(text: str, ctx: click.Context | None) -> DaySpan | None:
    """Return the days that a text names; None when it names none."""
    try:
        days = DAYS.convert(text, None, ctx)
    except click.BadParameter:
        # Two dots are in no name: what is wrong with the range is worth saying.
        if ".." in text:
            raise
        return None
    return DaySpan(days.first, days.last)
