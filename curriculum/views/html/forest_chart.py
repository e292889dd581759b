"""Draw the forest of a paper: how much better mine is on each result, in margins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.averages import Average
from curriculum.reproduction.figures import ForestFigure, ForestRow
from curriculum.views.documents.comparison_rows import task_names
from curriculum.views.html.chart import (
    NARROW,
    ChartTable,
    ChartWords,
    Drawing,
    LegendEntry,
    chart_figure,
)
from curriculum.views.html.markup import together
from curriculum.views.html.scales import LinearScale, nice_ticks, tick_label
from curriculum.views.html.shapes import (
    AXIS,
    GRID,
    Paint,
    box,
    diamond,
    dot,
    filled,
    line_between,
    outlined,
    polygon,
    text_at,
)
from curriculum.views.html.text_widths import LABEL_SIZE, SMALL_SIZE, fitted, label_width
from curriculum.views.text.signed_numbers import signed_number

_FARTHEST, _NEAREST = 6.0, 2.0
_NAMES, _VERDICTS = 216.0, 100.0
_TALL, _LOW = 44.0, 28.0
_AXIS_HEIGHT = 40.0
_RUN = Paint("ink-2", fill=0.35, stroke=1)
_MARGIN = filled("band")
_SPREAD = Paint("ink-3", fill=0.18)
_UNTESTED = "not tested"
_ON_LINE = "label small c-paper"


def forest_chart(forest: ForestFigure, name: str = "forest") -> Markup:
    """Return the chart of a paper with at least one row."""
    names = task_names([row.result for row in forest.rows])
    lines = [_line_of(name, row) for name, row in zip(names, forest.rows, strict=True)]
    if forest.average is not None:
        lines.append(_line_of_average(forest.average))
    words = ChartWords(
        name,
        f"Results of {forest.work}",
        f"{forest.work}: how much better mine is on {counted(len(forest.rows), 'result')}, in "
        "margins; right of −1 it still counts as good as the paper.",
    )
    return chart_figure(
        words,
        lambda width: _Forest(lines, width).draw(),
        _table(lines),
        tuple(_legend(lines)),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the forest, in margins.

    Attributes:
        name: What it is of.
        outcome: The verdict.
        centre: D; None where there is none.
        ends: Its interval; None where nothing was tested.
        runs: My runs one by one.
        spread: The published deviation.
        is_average: Whether it is the mean of all.
    """

    name: str
    outcome: str
    centre: float | None
    ends: tuple[float, float] | None
    runs: tuple[float, ...] = ()
    spread: float | None = None
    is_average: bool = False

    @property
    def reach(self) -> float:
        """How far it goes to either side of the published number."""
        ends: tuple[float, ...] = self.ends or ()
        return max(abs(one) for one in (*ends, *self.runs, self.centre or 0.0))


def _line_of(name: str, row: ForestRow) -> _Line:
    ends = None if row.low is None or row.high is None else (row.low, row.high)
    outcome = row.verdict.outcome if ends is not None else _UNTESTED
    return _Line(name, outcome, row.difference, ends, row.runs, row.spread)


def _line_of_average(average: Average) -> _Line:
    name = f"mean of {counted(len(average.tasks), 'task')}"
    ends = (average.low, average.high)
    return _Line(name, average.outcome, average.gap, ends, is_average=True)


@dataclass(frozen=True, slots=True)
class _Forest:
    lines: Sequence[_Line]
    width: float

    @property
    def is_narrow(self) -> bool:
        return self.width <= NARROW

    @property
    def row(self) -> float:
        """The height of a line; in a narrow drawing its name stands above it."""
        return _TALL if self.is_narrow else _LOW

    @property
    def across(self) -> LinearScale:
        reach = min(max([_NEAREST, *(line.reach for line in self.lines)]) * 1.06, _FARTHEST)
        start, end = 8.0, self.width - 8
        if not self.is_narrow:
            start, end = _NAMES + 8, self.width - _VERDICTS - 8
        return LinearScale(-reach, reach, start, end)

    def draw(self) -> Drawing:
        height = self.row * len(self.lines) + _AXIS_HEIGHT + 4
        parts = [*self._frame(height - _AXIS_HEIGHT)]
        for number, line in enumerate(self.lines):
            top = 2 + self.row * number
            parts += self._words(line, top)
            parts += self._marks(line, top + self.row - 14)
        return Drawing(self.width, height, together(parts))

    def _frame(self, bottom: float) -> Iterator[Markup]:
        across = self.across
        left = across.at(-1)
        yield box((left, 0), (across.at(1) - left, bottom), _MARGIN)
        yield line_between((across.at(0), 0), (across.at(0), bottom), AXIS)
        yield line_between((across.start, bottom), (across.end, bottom), GRID)
        for tick in nice_ticks(across.low, across.high, 6):
            place = across.at(tick)
            yield line_between((place, bottom), (place, bottom + 4), AXIS)
            yield text_at((place, bottom + 17), tick_label(tick), "middle")
        middle = (across.start + across.end) / 2
        yield text_at((middle, bottom + 33), "margins; right: mine is better", "middle")

    def _words(self, line: _Line, top: float) -> Iterator[Markup]:
        verdict_width = label_width(line.outcome, SMALL_SIZE)
        if self.is_narrow:
            room, base = self.width - verdict_width - 14, top + 14
        else:
            room, base = _NAMES, top + self.row / 2 + 4
        style = "label strong" if line.is_average else "label"
        # Strong letters are wider.
        room = room / 1.1 if line.is_average else room
        yield text_at((0, base), fitted(line.name, room, LABEL_SIZE), style=style)
        yield text_at((self.width, base), line.outcome, "end")

    def _marks(self, line: _Line, middle: float) -> Iterator[Markup]:
        across = self.across
        if line.spread is not None:
            left, right = across.within(-line.spread), across.within(line.spread)
            yield box((left, middle - 7), (right - left, 14), _SPREAD, "published spread")
        if line.ends is not None:
            yield from self._interval(line, middle)
        for value in line.runs:
            if abs(value) <= across.high:
                about = f"a run: {signed_number(value, 2)}"
                yield dot((across.at(value), middle), 3, _RUN, about)
        if line.centre is None:
            yield text_at((across.at(0), middle + 4), "no difference", "middle")
        elif abs(line.centre) <= across.high:
            yield _sign(line, (across.at(line.centre), middle))
        else:
            yield self._far_away(line.centre, middle)

    def _far_away(self, centre: float, middle: float) -> Markup:
        """Return a difference that is beyond the axis, as a number at its end."""
        text = signed_number(centre, 0)
        if centre < 0:
            return text_at((self.across.start + 12, middle + 4), text, "start", _ON_LINE)
        return text_at((self.across.end - 12, middle + 4), text, "end", _ON_LINE)

    def _interval(self, line: _Line, middle: float) -> Iterator[Markup]:
        """Yield an interval, with an arrow where it goes on beyond the axis."""
        assert line.ends is not None, "asked of a line with an interval"
        across, colour = self.across, _colour(line.outcome)
        left, right = (across.within(end) for end in line.ends)
        yield line_between((left, middle), (right, middle), outlined(colour, 2))
        for end, place, sign in zip(line.ends, (left, right), (-1, 1), strict=True):
            if abs(end) > across.high and end * sign > 0:
                tip = [(place + 6 * sign, middle), (place, middle - 4), (place, middle + 4)]
                yield polygon(tip, filled(colour))
            else:
                yield line_between((place, middle - 4), (place, middle + 4), outlined(colour, 2))


def _colour(outcome: str) -> str:
    return "inconclusive" if outcome == _UNTESTED else outcome


def _sign(line: _Line, place: tuple[float, float]) -> Markup:
    """Return the sign of a verdict: each has a shape of its own."""
    about = "" if line.centre is None else f"{line.name}: {signed_number(line.centre, 2)}"
    paint = filled(_colour(line.outcome))
    x, y = place
    if line.is_average:
        corners = [(x - 7, y), (x, y - 5), (x + 7, y), (x, y + 5)]
        return polygon(corners, paint, about)
    match line.outcome:
        case "reproduced":
            return dot(place, 5, paint, about)
        case "beyond":
            return polygon([(x - 5, y + 4), (x, y - 6), (x + 5, y + 4)], paint, about)
        case "short":
            return box((x - 4.5, y - 4.5), (9, 9), paint, about)
        case "inconclusive":
            return diamond(place, 5.5, paint, about)
        case _:
            return dot(place, 4.5, outlined("inconclusive", 1.5), about)


def _legend(lines: Sequence[_Line]) -> Iterator[LegendEntry]:
    shown = {
        line.outcome: line for line in lines if not line.is_average and line.centre is not None
    }
    for outcome in ("reproduced", "beyond", "short", "inconclusive", _UNTESTED):
        if outcome in shown:
            sample = _Line("", outcome, None, None)
            yield LegendEntry(_sign(sample, (10, 6)), outcome)
    if any(line.runs for line in lines):
        yield LegendEntry(dot((10, 6), 3, _RUN), "a run of mine")
    if any(line.spread is not None for line in lines):
        yield LegendEntry(box((1, 0), (18, 12), _SPREAD), "published spread")
    yield LegendEntry(box((1, 0), (18, 12), _MARGIN), "within the margin")


def _table(lines: Sequence[_Line]) -> ChartTable:
    headings = ("result", "verdict", "D", "from", "to", "runs", "published spread")
    return ChartTable(headings, tuple(map(_row, lines)))


def _row(line: _Line) -> tuple[str, ...]:
    low, high = line.ends or (None, None)
    return (
        line.name,
        line.outcome,
        *(_number(one) for one in (line.centre, low, high)),
        " ".join(signed_number(one, 2) for one in line.runs),
        "" if line.spread is None else f"{line.spread:.2f}",
    )


def _number(value: float | None) -> str:
    return "" if value is None else signed_number(value, 2)
