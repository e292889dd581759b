"""Consoles of rich that follow the global options."""

from __future__ import annotations

from typing import IO

from rich.console import Console

from curriculum.cli.printing.preferences import colour


def console_for(stream: IO[str], width: int | None = None) -> Console:
    """Return a console for a stream; without a width, rich asks the terminal."""
    wanted = colour()
    # A title that holds ':x:' is shown as it is; rich's table of emoji need not be loaded either.
    if wanted is None:
        return Console(file=stream, width=width, highlight=False, emoji=False)
    return Console(
        file=stream,
        width=width,
        highlight=False,
        emoji=False,
        no_color=not wanted,
        color_system="256" if wanted else None,
        force_terminal=wanted or None,
    )
