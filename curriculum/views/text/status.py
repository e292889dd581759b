"""Where the person stands: works, tracks and balance as a table and as JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.formatting import hours_text, one_line
from curriculum.model.identifiers import TRACKS
from curriculum.model.library import Library
from curriculum.model.plan import Plan
from curriculum.progress.work_status import WorkStatus

WIDTH = 10
"""Signs of a bar."""


def status_view(standings: Sequence[WorkStatus], library: Library, plan: Plan) -> RenderableType:
    """Return a bar for each work, the sums of each track, and the balance planned and real."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("work", no_wrap=True)
    table.add_column("title", no_wrap=True, overflow="ellipsis", max_width=24)
    table.add_column("done", no_wrap=True)
    for heading in ("spent", "left"):
        table.add_column(heading, justify="right", no_wrap=True)
    for track in TRACKS:
        rows = [row for row in standings if row.track == track]
        for row in rows:
            title = one_line(library.works[row.work].title)
            table.add_row(row.work, title, bar_text(row), _short(row.spent), _short(row.left))
        if rows:
            spent, left = sum(row.spent for row in rows), sum(row.left for row in rows)
            table.add_row(
                Text(f"all {track}", style="bold"),
                "",
                "",
                _short(spent),
                _short(left),
                end_section=True,
            )
    return Group(table, *balance_lines(standings, plan))


def bar_text(row: WorkStatus) -> str:
    """Return how much of a work is done, as `█████░░░░░ 6 of 12`, by units."""
    settled = row.done + row.skipped
    full = WIDTH * settled // row.units if row.units else WIDTH
    skipped = f", {row.skipped} skipped" if row.skipped else ""
    return f"{'█' * full}{'░' * (WIDTH - full)} {row.done} of {row.units}{skipped}"


def balance_lines(standings: Sequence[WorkStatus], plan: Plan) -> Iterator[Text]:
    """Yield how study time was shared between the tracks so far, and how the plan shares what is left."""
    real = {track: sum(row.spent for row in standings if row.track == track) for track in TRACKS}
    planned = {track: part.minutes for track, part in plan.balance.items()}
    for number, (name, minutes) in enumerate((("so far", real), ("planned", planned))):
        total = sum(minutes.values())
        if total:
            shares = ", ".join(
                f"{track} {100 * spent / total:.0f} %" for track, spent in minutes.items()
            )
            yield Text.assemble(
                ("Balance  " if not number or not sum(real.values()) else "         ", "bold"),
                f"{name}: {shares}",
            )


def _short(minutes: int) -> str:
    return hours_text(minutes) if minutes < 60 else f"{minutes / 60:.1f} h"
