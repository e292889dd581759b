"""Consoles of rich that follow the global options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from curriculum.cli.printing.preferences import colour
from curriculum.cli.visible_output import visible


class _VisibleConsole(Console):
    """A console that makes visible what a terminal would obey in texts, and then adds style."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield the parts of what is shown."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


def console_for(stream: IO[str], width: int | None = None) -> Console:
    """Return a console for a stream; without a width, rich asks the terminal."""
    wanted = colour()
    # A title that holds ':x:' is shown as it is; rich's table of emoji need not be loaded either.
    if wanted is None:
        return _VisibleConsole(file=stream, width=width, highlight=False, emoji=False)
    return _VisibleConsole(
        file=stream,
        width=width,
        highlight=False,
        emoji=False,
        no_color=not wanted,
        color_system="256" if wanted else None,
        force_terminal=wanted or None,
    )
