"""How far every work and track has come, and how study time is shared, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.library import Library
from curriculum.model.plan import Plan
from curriculum.progress.time_spent import TimeSpent, total_of
from curriculum.progress.work_status import WorkStatus
from curriculum.views.text.marks import mark, style_of, track_mark
from curriculum.views.text.tables import FoldingTable
from curriculum.views.text.time_spent import spent_text

BAR_WIDTH = 10
"""Characters of a bar."""


def status_view(
    statuses: Sequence[WorkStatus],
    library: Library,
    plan: Plan,
) -> RenderableType:
    """Return a bar for each work, the sums of each track, and the balance planned and real."""
    table = FoldingTable(
        "work", "title", "", "done", ">spent", ">left", folds=("", "spent", "done")
    )
    for track in TRACKS:
        rows = [status for status in statuses if status.track == track]
        if rows:
            _add_track(
                table,
                track,
                rows,
                library,
            )
    return Group(table, *_spent_lines(statuses), *_balance_lines(statuses, plan))


def _add_track(
    table: FoldingTable,
    track: Track,
    statuses: Sequence[WorkStatus],
    library: Library,
) -> None:
    """Add a row for each work of a track, and one with their sums."""
    left = 0
    for status in statuses:
        left += status.left
        table.add_row(
            status.work,
            library.works[status.work].title,
            Text(bar_text(status), style=style_of(track)),
            _count_text(status),
            _short(status.spent.total),
            _short(status.left),
        )
    table.add_row(
        Text.assemble(mark(track), (f" all {track}", "bold")),
        "",
        "",
        "",
        _short(_spent(statuses).total),
        _short(left),
    )


def bar_text(status: WorkStatus) -> str:
    """Return how much of a work is done, by units, as `█████░░░░░`."""
    full = BAR_WIDTH
    if status.units:
        full = BAR_WIDTH * (status.done + status.skipped) // status.units
    return "█" * full + "░" * (BAR_WIDTH - full)


def _count_text(status: WorkStatus) -> Text:
    """Return how many units of a work are done, as `6 of 12`."""
    text = f"{status.done} of {status.units}"
    if status.skipped:
        text += f", {status.skipped} skipped"
    if status.left == 0:
        return mark("done", text)
    return Text(text)


def _spent(statuses: Iterable[WorkStatus]) -> TimeSpent:
    return total_of(status.spent for status in statuses)


def _spent_lines(statuses: Iterable[WorkStatus]) -> Iterator[Text]:
    """Yield how much time was spent in all, where a part of it is assumed."""
    spent = _spent(statuses)
    if spent.assumed:
        yield Text.assemble(("Spent  ", "bold"), spent_text(spent.total, spent.assumed))


def _balance_lines(statuses: Sequence[WorkStatus], plan: Plan) -> Iterator[Text]:
    """Yield how study time was shared so far, and how the plan shares the rest."""
    spent: dict[Track, int] = dict.fromkeys(TRACKS, 0)
    for status in statuses:
        spent[status.track] += status.spent.total
    planned = {track: part.minutes for track, part in plan.balance.items()}
    heading = "Balance  "
    for name, minutes in (("so far", spent), ("planned", planned)):
        if not sum(minutes.values()):
            continue
        yield Text.assemble((heading, "bold"), f"{name}: ", *_shares(minutes))
        heading = " " * len(heading)


def _shares(minutes: Mapping[Track, int]) -> Iterator[str | Text]:
    total = sum(minutes.values())
    gap = ""
    for track, part in minutes.items():
        yield gap
        yield track_mark(track)
        yield f" {track} {100 * part / total:.0f} %"
        gap = "  "


def _short(minutes: int) -> str:
    if minutes < 60:
        return hours_text(minutes)
    return f"{minutes / 60:.1f} h"


def finished_lines(finished: Mapping[str, date]) -> Iterator[str]:
    """Yield what was done when, once nothing is left."""
    yield "Everything is done."
    for work, day in finished.items():
        yield f"  {work}: done on {day:%a} {day.day} {day:%b %Y}"
