"""Where the time went as a page: planned and real by week, by track and by work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup

from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.review_text import days_text
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_rows import RowKind, time_rows
from curriculum.practice.time_table import PlannedAndReal, times_by
from curriculum.practice.weekly_time import weekly_time
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.html.time_chart import time_chart
from curriculum.views.text.pace import work_pace_line
from curriculum.views.text.time_audit import (
    development_text,
    switch_lines,
    time_work_lines,
    track_share_text,
)


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A row of the table of time."""

    name: str
    track: str
    time: PlannedAndReal
    share: str


def time_content(frame: Frame, audit: TimeAudit, by: RowKind) -> Markup:
    """Return where the time of some days went, with a row for each day, week, work or unit."""
    length = audit.days.last - audit.days.first + timedelta(days=1)
    return rendered(
        "time.html",
        frame=frame,
        title=days_text(audit.days),
        days=audit.days,
        weeks=(length + timedelta(days=6)) // timedelta(weeks=1),
        earlier=(audit.days.first - length, audit.days.last - length),
        is_empty=not audit.cells,
        chart=time_chart(weekly_time(audit)),
        tracks=tuple(_tracks(audit)),
        by=by,
        rows=tuple(TimeRow(name, "", one, "") for name, one in time_rows(audit.cells, by).items()),
        total=TimeRow("all", "", audit.total, development_text(audit)),
        exploration=audit.exploration if audit.exploration != PlannedAndReal() else None,
        notes=tuple(_notes(audit)),
    )


def _tracks(audit: TimeAudit) -> Iterator[TimeRow]:
    tracks = times_by(audit.cells, lambda where: where.track)
    shown: list[Track | None] = [*TRACKS]
    if None in tracks:
        shown.append(None)
    for track in shown:
        time = tracks.get(track, PlannedAndReal())
        share = track_share_text(audit, track, time)
        yield TimeRow(track or "unknown works", track or "", time, share)


def _notes(audit: TimeAudit) -> Iterator[str]:
    if audit.cells:
        yield from switch_lines(audit)
    yield from time_work_lines(audit)
    for note in audit.pace:
        sentence = work_pace_line(note)
        yield sentence if note.work else f"{sentence[:1].upper()}{sentence[1:]}"
