"""Where the time went, as a table and a few sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich.text import Text

from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import TRACKS, Track
from curriculum.practice.review_text import days_text
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_rows import RowKind, time_rows
from curriculum.practice.time_table import PlannedAndReal, times_by
from curriculum.practice.work_states import (
    StudiedWork,
    WorkState,
    follow_through,
    minutes_by_state,
)
from curriculum.views.text.pace import pace_sentence
from curriculum.views.text.tables import FoldingTable


def audit_parts(audit: TimeAudit, by: RowKind | None = None) -> Iterator[FoldingTable | str]:
    """Yield the table of the days, and then what else there is to say of them."""
    title = days_text(audit.days)
    if not audit.cells and audit.exploration == PlannedAndReal():
        yield f"{title}: nothing was planned, and nothing was studied."
    elif by is None:
        yield _track_table(audit, title)
        yield from switch_lines(audit)
    else:
        yield _row_table(audit, by, title)
    yield from time_work_lines(audit)
    for note in audit.pace:
        if note.work is None:
            sentence = pace_sentence(note)
            yield f"{sentence[:1].upper()}{sentence[1:]}"


def _track_table(audit: TimeAudit, title: str) -> FoldingTable:
    table = FoldingTable("track", *_COLUMNS, "share", title=title)
    tracks = times_by(audit.cells, lambda where: where.track)
    shown: list[Track | None] = [*TRACKS]
    if None in tracks:
        shown.append(None)
    for track in shown:
        time = tracks.get(track, PlannedAndReal())
        table.add_row(track or "unknown works", *_cells(time), track_share_text(audit, track, time))
    table.add_row("all", *_cells(audit.total), development_text(audit))
    if audit.exploration != PlannedAndReal():
        table.add_row("exploration", *_cells(audit.exploration), "outside the balance")
    return table


_COLUMNS = (">planned", ">real", ">off plan", ">missed")


def _row_table(audit: TimeAudit, by: RowKind, title: str) -> FoldingTable:
    table = FoldingTable(by, *_COLUMNS, title=title)
    for name, time in time_rows(audit.cells, by).items():
        table.add_row(name, *_cells(time))
    table.add_row("all", *_cells(audit.total))
    return table


def _cells(time: PlannedAndReal) -> list[Text | str]:
    minutes = (time.planned, time.real, time.off_plan, time.missed)
    return [hours_text(one) if one else "-" for one in minutes]


def track_share_text(audit: TimeAudit, track: Track | None, time: PlannedAndReal) -> str:
    """Return the share of a track in what was studied, and the share it should have."""
    if track is None or not audit.total.real:
        return ""
    target = audit.share if track == "textbooks" else 1 - audit.share
    return f"{_percent(Fraction(time.real, audit.total.real))}, target {_percent(target)}"


def development_text(audit: TimeAudit) -> str:
    """Return the share of study in the working time of the settings."""
    working = audit.working_minutes
    if working is None or audit.week is None:
        return ""
    share = _percent(Fraction(audit.total.real) / working)
    text = f"{share} of {hours_text(audit.week)} a week"
    if audit.development is None:
        return text
    return f"{text}, target {_percent(audit.development)}"


def _percent(share: Fraction | float) -> str:
    return f"{round(float(share) * 100)} %"


def switch_lines(audit: TimeAudit) -> Iterator[str]:
    """Yield how often works were switched, and what is not known of it."""
    real, planned = sum(audit.real_switches.values()), sum(audit.planned_switches.values())
    text = f"Switches between works: {real}, planned {planned}"
    if audit.longest is not None:
        one = audit.longest
        text += (
            f"; longest stretch on one work {hours_text(one.minutes)} ({one.work}, {one.day:%a})"
        )
    yield text
    if audit.unordered:
        yield (
            f"Logged without a time of day, and so without switches: {hours_text(audit.unordered)};"
            " 'log --at' gives one"
        )
    if audit.overlap:
        yield f"Measured by two timers at once, and counted once: {hours_text(audit.overlap)}"
    if audit.total.assumed:
        yield f"Assumed for units marked as done: {hours_text(audit.total.assumed)}"


def time_work_lines(audit: TimeAudit) -> Iterator[str]:
    """Yield what became of the works of the last weeks."""
    total = sum(one.minutes for one in audit.works)
    through = follow_through(audit.works)
    if through is None:
        return
    parts = []
    for state, minutes in minutes_by_state(audit.works).items():
        if minutes:
            parts.append(f"{state} {_percent(Fraction(minutes, total))}{_examples(audit, state)}")
    yield f"Last 12 weeks: {', '.join(parts)}; follow-through {_percent(through)}"


def _examples(audit: TimeAudit, state: WorkState) -> str:
    """Return which works stalled, as ` (gan-2014 6 h, last on 3 Nov)`."""
    if state is not WorkState.STALLED:
        return ""
    works = [_work_text(one) for one in audit.works if one.state is state]
    return f" ({'; '.join(works[:_MOST_WORKS])})"


_MOST_WORKS = 3


def _work_text(one: StudiedWork) -> str:
    return f"{one.work} {hours_text(one.minutes)}, last on {one.last.day} {one.last:%b}"
