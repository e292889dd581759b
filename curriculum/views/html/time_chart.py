"""Draw the time of each week: what was planned as a frame, what was studied in it by track."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import Track
from curriculum.practice.time_table import PlannedAndReal
from curriculum.practice.weekly_time import WeekTime
from curriculum.views.html.chart import (
    ChartTable,
    ChartWords,
    Drawing,
    LegendEntry,
    chart_figure,
)
from curriculum.views.html.markup import together
from curriculum.views.html.scales import LinearScale, hour_ticks
from curriculum.views.html.shapes import AXIS, GRID, Paint, box, filled, line_between, text_at
from curriculum.views.html.text_widths import SMALL_SIZE, label_width

_HEIGHT, _TOP, _BOTTOM, _LEFT = 190.0, 10.0, 24.0, 40.0
_MOST_TICKS = 5
_SPACE = 10.0
_STACK: tuple[tuple[Track | None, str, str], ...] = (
    ("textbooks", "textbooks", "textbooks"),
    ("papers", "papers", "papers"),
    (None, "missing", "unknown works"),
)
"""The tracks from the bottom up, each with its colour and its name."""
_PLANNED = Paint("ink-3", fill=0.12, stroke=1)


def time_chart(weeks: Sequence[WeekTime], name: str = "time-chart") -> Markup:
    """Return the chart of some weeks, at least one."""
    planned = sum(week.planned for week in weeks)
    real = sum(week.real for week in weeks)
    words = ChartWords(
        name,
        f"Study time, {_span_text(weeks)}",
        f"Bars of {len(weeks)} weeks: {hours_text(real)} studied, {hours_text(planned)} planned.",
    )
    return chart_figure(
        words, lambda width: _draw(weeks, width), _table(weeks), tuple(_legend(weeks))
    )


def _span_text(weeks: Sequence[WeekTime]) -> str:
    if len(weeks) == 1:
        return f"week from {_day_text(weeks[0])}"
    return f"{len(weeks)} weeks"


def _day_text(week: WeekTime) -> str:
    return f"{week.monday.day} {week.monday:%b}"


def _draw(weeks: Sequence[WeekTime], width: float) -> Drawing:
    most = max(max(week.planned, week.real) for week in weeks)
    ticks = hour_ticks(most, _MOST_TICKS)
    up = LinearScale(0, 60 * ticks[-1], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        *_hour_axis(ticks, up, width),
        *_week_axis(weeks, width),
    ]
    pitch = (width - _LEFT) / len(weeks)
    for number, week in enumerate(weeks):
        parts += _bars(week, _LEFT + pitch * number, pitch, up)
    return Drawing(width, _HEIGHT, together(parts))


def _hour_axis(ticks: Sequence[int], up: LinearScale, width: float) -> Iterator[Markup]:
    for hour in ticks:
        place = up.at(60 * hour)
        yield line_between((_LEFT, place), (width, place), GRID if hour else AXIS)
        yield text_at((_LEFT - 6, place + 4), f"{hour} h", "end")


def _week_axis(weeks: Sequence[WeekTime], width: float) -> Iterator[Markup]:
    """Yield the Mondays below the bars: every one, or every second, third and so on."""
    pitch = (width - _LEFT) / len(weeks)
    widest = max(label_width(_day_text(week), SMALL_SIZE) for week in weeks) + _SPACE
    every = max(1, -int(-widest // pitch))
    for number, week in enumerate(weeks):
        # The last week is the one that is looked for; the others are counted from it.
        if (len(weeks) - 1 - number) % every:
            continue
        middle = _LEFT + pitch * (number + 0.5)
        text = _day_text(week)
        half = label_width(text, SMALL_SIZE) / 2
        middle = min(max(middle, half), width - half)
        yield text_at((middle, _HEIGHT - 6), text, "middle")


def _bars(week: WeekTime, left: float, pitch: float, up: LinearScale) -> Iterator[Markup]:
    wide, narrow = min(0.72 * pitch, 44), min(0.46 * pitch, 28)
    middle = left + pitch / 2
    bottom = up.at(0)
    if week.planned:
        top = up.at(week.planned)
        corner = (middle - wide / 2, top)
        yield box(corner, (wide, bottom - top), _PLANNED, _planned_text(week))
    for track, colour, label in _STACK:
        minutes = week.tracks.get(track, PlannedAndReal()).real
        if minutes:
            height = up.at(0) - up.at(minutes)
            bottom -= height
            about = f"{_day_text(week)}: {label} {hours_text(minutes)}"
            yield box((middle - narrow / 2, bottom), (narrow, height), filled(colour), about)


def _planned_text(week: WeekTime) -> str:
    return f"{_day_text(week)}: planned {hours_text(week.planned)}"


def _legend(weeks: Sequence[WeekTime]) -> Iterator[LegendEntry]:
    yield LegendEntry(box((1, 1), (18, 10), _PLANNED), "planned")
    for track, colour, label in _STACK:
        if track is not None or any(None in week.tracks for week in weeks):
            yield LegendEntry(box((3, 1), (14, 10), filled(colour)), label)


def _table(weeks: Sequence[WeekTime]) -> ChartTable:
    rows = []
    for week in weeks:
        times = [week.tracks.get(track, PlannedAndReal()).real for track, _, _ in _STACK]
        cells = [week.planned, week.real, *times]
        day = f"{_day_text(week)} {week.monday.year}"
        rows.append((day, *(hours_text(minutes) for minutes in cells)))
    headings = ("week from", "planned", "studied", *(label for _, _, label in _STACK))
    return ChartTable(headings, tuple(rows))
