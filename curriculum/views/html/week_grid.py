"""Draw a week as a grid of hours, with each session where it is on the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from markupsafe import Markup

from curriculum.model.formatting import clock_text, hours_text, local
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session
from curriculum.views.html.chart import ChartTable, ChartWords, behind
from curriculum.views.html.markup import element
from curriculum.views.html.shapes import Paint, box, filled, line_between, outlined, text_at
from curriculum.views.html.text_widths import SMALL_SIZE, fitted
from curriculum.views.text.signs import SIGNS

_LEFT, _COLUMN, _HEAD, _HOUR = 44.0, 118.0, 26.0, 40.0
_LINE = 14.0
_EARLY, _LATE = 9, 20
"""The hours from and to which a day is drawn at least, so that a session can be moved there."""


@dataclass(frozen=True, slots=True)
class GridSession:
    """A session on the grid.

    Attributes:
        session: The session.
        state: What became of it, as a colour of the page (`done`, `missed`, `pinned`, ...); empty
            for one that is ahead.
        link: Where it leads; None for nowhere.
        uid: By what a form names it; None where it cannot be moved.
    """

    session: Session
    state: str = ""
    link: str | None = None
    uid: str | None = None


def week_grid(
    sessions: Sequence[GridSession],
    first: date,
    zone: tzinfo,
    titles: Mapping[UnitId, str],
    now: int | None = None,
    name: str = "week-grid",
) -> Markup:
    """Return seven days as a grid of hours; by its data a script can tell where a session is.

    Args:
        sessions: The sessions; those of other days are left out.
        first: The first day.
        zone: The zone of the clock.
        titles: The titles of units, as far as they are known.
        now: The minute that is marked; None for none.
        name: As in `ChartWords`.
    """
    grid = _Grid(_of_week(sessions, first, zone), first, zone, titles, now)
    total = sum(one.session.end - one.session.start for one in grid.sessions)
    last = first + timedelta(days=6)
    words = ChartWords(
        name,
        f"Week from {first.day} {first:%B %Y}",
        f"{hours_text(total)} of study from {first.day} {first:%b} to {last.day} {last:%b %Y}.",
    )
    width, height = _LEFT + 7 * _COLUMN, grid.height
    drawing = element(
        "svg",
        element("title", words.title, id=f"{name}-title"),
        element("desc", words.caption, id=f"{name}-desc"),
        *grid.parts(),
        viewBox=Markup(f"0 0 {width:.0f} {height:.0f}"),
        width=width,
        height=height,
        role="group",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="drawing",
    )
    scroll = {"tabindex": "0", "role": "region", "aria_label": words.title}
    return element(
        "figure",
        element("figcaption", words.caption),
        element("div", drawing, class_="scroll", **scroll),
        behind(grid.table(), words),
        class_="chart wide",
        id=name,
    )


def _of_week(sessions: Sequence[GridSession], first: date, zone: tzinfo) -> tuple[GridSession, ...]:
    last = first + timedelta(days=6)
    inside = (one for one in sessions if first <= local(one.session.start, zone).date() <= last)
    return tuple(sorted(inside, key=lambda one: one.session.start))


@dataclass(frozen=True, slots=True)
class _Grid:
    sessions: Sequence[GridSession]
    first: date
    zone: tzinfo
    titles: Mapping[UnitId, str]
    now: int | None

    @property
    def hours(self) -> tuple[int, int]:
        """The first and the last hour that are drawn."""
        starts = [self._clock(one.session.start) for one in self.sessions]
        ends = [
            start + one.session.end - one.session.start
            for start, one in zip(starts, self.sessions, strict=True)
        ]
        low = min([*starts, 60 * _EARLY]) // 60
        high = -(-max([*ends, 60 * _LATE]) // 60)
        return low, min(24, high)

    @property
    def height(self) -> float:
        low, high = self.hours
        return _HEAD + (high - low) * _HOUR + 8

    def _clock(self, minute: int) -> int:
        moment = local(minute, self.zone)
        return 60 * moment.hour + moment.minute

    def _down(self, clock: float) -> float:
        low, high = self.hours
        return _HEAD + (min(clock, 60 * high) - 60 * low) * _HOUR / 60

    def parts(self) -> Iterator[Markup]:
        yield from self._hour_lines()
        for number in range(7):
            yield from self._day_column(number)
        yield from self._now_line()

    def _hour_lines(self) -> Iterator[Markup]:
        low, high = self.hours
        for hour in range(low, high + 1):
            place = self._down(60 * hour)
            yield line_between((_LEFT, place), (_LEFT + 7 * _COLUMN, place))
            yield text_at((_LEFT - 6, place + 4), f"{hour:02}:00", "end")

    def _day_column(self, number: int) -> Iterator[Markup]:
        day = self.first + timedelta(days=number)
        low, high = self.hours
        left = _LEFT + number * _COLUMN
        size = (_COLUMN, (high - low) * _HOUR)
        column = box((left, _HEAD), size, outlined("line"))
        yield element(
            "g",
            column,
            data_day=day.isoformat(),
            data_from=str(60 * low),
            data_to=str(60 * high),
            pointer_events="all",
        )
        middle = left + _COLUMN / 2
        yield text_at((middle, 16), f"{day:%a} {day.day} {day:%b}", "middle")
        for one in self.sessions:
            if local(one.session.start, self.zone).date() == day:
                yield self._session(one, left)

    def _session(self, one: GridSession, left: float) -> Markup:
        session = one.session
        start = self._clock(session.start)
        top, bottom = self._down(start), self._down(start + session.end - session.start)
        corner, size = (left + 2, top + 1), (_COLUMN - 4, max(4.0, bottom - top - 2))
        parts = [
            element("title", self._said_of(one)),
            box(corner, size, Paint(f"{session.track}-soft", fill=1), rounded=3),
            box(corner, (4, size[1]), filled(session.track), rounded=2),
        ]
        if one.state:
            parts.append(box(corner, size, outlined(one.state, 1.5), rounded=3))
        for number, line in enumerate(self._lines(one)):
            if _LINE * (number + 1) <= size[1]:
                base = corner[1] + 11 + _LINE * number
                parts.append(text_at((left + 10, base), fitted(line, _COLUMN - 16, SMALL_SIZE)))
        moment = local(session.start, self.zone)
        attributes = {
            "data_session": f"{moment:%Y-%m-%dT%H:%M}",
            "data_minutes": str(session.end - session.start),
            "data_uid": one.uid,
        }
        if one.link is None:
            return element("g", *parts, **attributes)
        return element("a", *parts, href=one.link, **attributes)

    def _lines(self, one: GridSession) -> Iterator[str]:
        sign = SIGNS.get(one.state) or SIGNS.get(one.session.track, "")
        for piece in one.session.pieces:
            title = self.titles.get(piece.unit)
            yield f"{sign} {title or piece.unit}".strip()
            sign = ""
            if title:
                yield piece.unit

    def _said_of(self, one: GridSession) -> str:
        session = one.session
        units = ", ".join(piece.unit for piece in session.pieces)
        state = f"; {one.state}" if one.state else ""
        return f"{clock_text(session.start, session.end, self.zone)} {units}{state}"

    def _now_line(self) -> Iterator[Markup]:
        if self.now is None:
            return
        number = (local(self.now, self.zone).date() - self.first).days
        low, high = self.hours
        clock = self._clock(self.now)
        if 0 <= number < 7 and 60 * low <= clock <= 60 * high:
            left, place = _LEFT + number * _COLUMN, self._down(clock)
            yield line_between((left, place), (left + _COLUMN, place), outlined("now", 2))

    def table(self) -> ChartTable:
        """Return the sessions as rows."""
        rows = []
        for one in self.sessions:
            session = one.session
            day = local(session.start, self.zone)
            rows.append(
                (
                    f"{day:%a} {day.day} {day:%b}",
                    clock_text(session.start, session.end, self.zone),
                    session.track,
                    ", ".join(piece.unit for piece in session.pieces),
                    hours_text(session.end - session.start),
                    one.state,
                )
            )
        return ChartTable(("day", "time", "track", "units", "length", "state"), tuple(rows))
