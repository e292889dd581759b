"""Draw the weeks ahead as a calendar: a row for each week, and in each day its study by track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from markupsafe import Markup

from curriculum.model.formatting import counted, hours_text, local
from curriculum.model.identifiers import TRACKS
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import PlannedGoal, Session
from curriculum.views.html.chart import (
    NARROW,
    ChartTable,
    ChartWords,
    Drawing,
    LegendEntry,
    chart_figure,
)
from curriculum.views.html.markup import together
from curriculum.views.html.shapes import (
    GRID,
    box,
    filled,
    line_between,
    outlined,
    polygon,
    text_at,
)
from curriculum.views.html.text_widths import SMALL_SIZE, fitted, label_width

_HEAD, _CELL, _WEEK_NAME = 22.0, 58.0, 46.0
_BAR = 9.0
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar.

    Attributes:
        day: The day.
        sessions: The sessions that begin on it.
        due: The goals that are due by its end.
    """

    day: date
    sessions: tuple[Session, ...]
    due: tuple[str, ...]

    def minutes(self, track: str) -> int:
        """Return the minutes of a track."""
        return sum(one.end - one.start for one in self.sessions if one.track == track)

    @property
    def total(self) -> int:
        """The minutes of all its sessions."""
        return sum(one.end - one.start for one in self.sessions)


def calendar_days(
    sessions: Iterable[Session], goals: Iterable[PlannedGoal], today: date, zone: tzinfo, weeks: int
) -> tuple[CalendarDay, ...]:
    """Return the days from the Monday of this week on, up to the last week with anything in it.

    Args:
        sessions: The sessions.
        goals: The goals, with their deadlines.
        today: Today.
        zone: The zone of the clock.
        weeks: How many weeks are shown at most; at least one is.
    """
    monday = today - timedelta(days=today.weekday())
    by_day: dict[date, list[Session]] = {}
    for session in sessions:
        by_day.setdefault(local(session.start, zone).date(), []).append(session)
    due: dict[date, list[str]] = {}
    for goal in goals:
        if goal.due is not None and goal.units:
            due.setdefault(local(goal.due - 1, zone).date(), []).append(str(goal.goal))
    end = monday + timedelta(weeks=weeks)
    last = max([monday, *(day for day in (*by_day, *due) if day < end)])
    shown = (last - monday).days // 7 + 1
    days = [monday + timedelta(days=number) for number in range(7 * shown)]
    return tuple(
        CalendarDay(day, tuple(by_day.get(day, ())), tuple(due.get(day, ()))) for day in days
    )


def weeks_chart(days: Sequence[CalendarDay], today: date, name: str = "weeks-chart") -> Markup:
    """Return the calendar of some whole weeks.

    Args:
        days: The days, from a Monday on.
        today: The day that is marked.
        name: As in `ChartWords`.
    """
    total = sum(one.total for one in days)
    weeks = counted(len(days) // 7, "week")
    words = ChartWords(
        name,
        "The weeks ahead",
        f"{weeks} ahead, {hours_text(total)} of study; the longer a bar, the more.",
    )
    calendar = _Calendar(days, today, max(1, *(_most(one) for one in days)))
    return chart_figure(words, calendar.draw, _table(days), tuple(_legend(days)))


def _most(day: CalendarDay) -> int:
    return max(day.minutes(track) for track in TRACKS)


@dataclass(frozen=True, slots=True)
class _Calendar:
    days: Sequence[CalendarDay]
    today: date
    most: int

    def draw(self, width: float) -> Drawing:
        left = 0.0 if width <= NARROW else _WEEK_NAME
        column = (width - left) / 7
        height = _HEAD + _CELL * (len(self.days) / 7) + 2
        parts = [*_frame(left, column, height)]
        for number, day in enumerate(self.days):
            row, place = divmod(number, 7)
            corner = (left + column * place, _HEAD + _CELL * row)
            if left and not place:
                parts.append(text_at((0, corner[1] + 16), f"W{day.day.isocalendar().week:02}"))
            parts += self._cell(day, corner, column, is_first=number == 0)
        return Drawing(width, height, together(parts))

    def _cell(
        self, day: CalendarDay, corner: tuple[float, float], column: float, *, is_first: bool
    ) -> Iterator[Markup]:
        x, y = corner
        about = _said_of(day)
        if day.day == self.today:
            yield box((x + 1, y + 1), (column - 2, _CELL - 2), outlined("now", 2), rounded=3)
        number = f"{day.day.day} {day.day:%b}" if is_first or day.day.day == 1 else f"{day.day.day}"
        number = fitted(number, column - 8, SMALL_SIZE)
        yield text_at((x + 5, y + 16), number)
        hours = f"{day.total // 60}:{day.total % 60:02} h" if day.total else ""
        if label_width(number + hours, SMALL_SIZE) + 16 < column:
            yield text_at((x + column - 5, y + 16), hours, "end")
        for place, track in enumerate(TRACKS):
            minutes = day.minutes(track)
            if minutes:
                corner = (x + 5, y + 24 + place * (_BAR + 3))
                size = ((column - 10) * minutes / self.most, _BAR)
                yield box(corner, size, filled(track), about)
        if day.due:
            yield from _flag(x + 5, y + 47, column - 10, day.due)


def _frame(left: float, column: float, height: float) -> Iterator[Markup]:
    for place, name in enumerate(_DAYS):
        yield text_at((left + column * (place + 0.5), 14), name, "middle")
    for place in range(8):
        x = min(left + column * place, left + column * 7 - 0.5)
        yield line_between((x, _HEAD), (x, height - 2))
    top = _HEAD
    while top <= height:
        yield line_between((left, top), (left + column * 7, top), GRID)
        top += _CELL


def _flag(x: float, y: float, room: float, due: Sequence[str]) -> Iterator[Markup]:
    about = f"due: {', '.join(due)}"
    yield polygon([(x, y), (x + 7, y + 3.5), (x, y + 7)], filled("deadlines"), about)
    if room > 60:
        yield text_at((x + 10, y + 8), fitted(", ".join(due), room - 10, SMALL_SIZE))


def _said_of(day: CalendarDay) -> str:
    return f"{day.day:%a} {day.day.day} {day.day:%b}: {', '.join(_units(day)) or 'no study'}"


def _units(day: CalendarDay) -> Mapping[str, None]:
    return dict.fromkeys(piece.unit for one in day.sessions for piece in one.pieces)


def _legend(days: Sequence[CalendarDay]) -> Iterator[LegendEntry]:
    for track in TRACKS:
        yield LegendEntry(box((1, 2), (18, 8), filled(track)), track)
    if any(one.due for one in days):
        sign = polygon([(6, 2), (14, 6), (6, 10)], filled("deadlines"))
        yield LegendEntry(sign, "deadline")
    yield LegendEntry(box((2, 1), (16, 10), outlined("now", 2), rounded=2), "today")


def _table(days: Sequence[CalendarDay]) -> ChartTable:
    rows = []
    for day in days:
        if day.sessions or day.due:
            times = [hours_text(day.minutes(track)) for track in TRACKS]
            name = f"{day.day:%a} {day.day.day} {day.day:%b %Y}"
            rows.append(
                (name, *times, hours_text(day.total), ", ".join(_units(day)), ", ".join(day.due))
            )
    return ChartTable(("day", *TRACKS, "together", "units", "due"), tuple(rows))
