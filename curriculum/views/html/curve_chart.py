"""Draw a result: my training curves with their spread, against the published number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.figures import DrawnSide, ResultFigure
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
    Paint,
    Spot,
    box,
    diamond,
    dot,
    filled,
    line_between,
    outlined,
    path_through,
    polygon,
    text_at,
)
from curriculum.views.html.text_widths import SMALL_SIZE, fitted, label_width
from curriculum.views.text.digits import digits_of
from curriculum.views.text.results import DIRECTION_ARROWS, dataset_text

_HEIGHT, _TOP, _BOTTOM, _RIGHT = 260.0, 22.0, 42.0, 8.0
_STRIP = 96.0
"""The width of the strip with the runs of both sides."""

_THIN, _MEAN = outlined("accent", 0.7), outlined("accent", 2)
_SPREAD = filled("accent", 0.18)
_PUBLISHED, _PUBLISHED_SPREAD = outlined("deadlines", 1.5, "6 3"), filled("band", 0.7)
_LEAST = outlined("ink-3", 1, "2 3")


def curve_chart(values: ResultFigure, name: str = "curves") -> Markup:
    """Return the chart of a result, with curves or with single runs alone."""
    result = values.case.result
    runs = counted(len(values.curves), "training curve") if values.curves else "my runs"
    words = ChartWords(
        name,
        dataset_text(result),
        f"{dataset_text(result)}: {runs} and the published number, {_metric_text(values)}.",
    )
    return chart_figure(
        words, lambda width: _Curves(values, width).draw(), _table(values), tuple(_legend(values))
    )


def _metric_text(values: ResultFigure) -> str:
    metric = values.case.result.metric
    unit = "" if metric.unit == "1" or metric.unit in metric.name else f" ({metric.unit})"
    return f"{metric.name}{unit} {DIRECTION_ARROWS[metric.direction]}"


@dataclass(frozen=True, slots=True)
class _Curves:
    values: ResultFigure
    width: float

    @property
    def left(self) -> float:
        """Where the plot begins: right of the widest number of its axis."""
        return max(label_width(tick_label(tick), SMALL_SIZE) for tick in self._ticks()) + 12

    @property
    def split(self) -> float:
        """Where the curves end and the strip begins."""
        if not self.values.curves:
            return self.left
        return self.width - _RIGHT - _STRIP

    def _range(self) -> tuple[float, float]:
        every = [*_side_values(self.values.published), *_side_values(self.values.mine)]
        for curve in self.values.curves:
            every += curve.values
        if self.values.least is not None:
            every.append(self.values.least)
        low, high = min(every), max(every)
        room = 0.05 * (high - low) or abs(high) * 0.1 or 1.0
        return low - room, high + room

    def _ticks(self) -> list[float]:
        return nice_ticks(*self._range(), 5)

    @property
    def up(self) -> LinearScale:
        return LinearScale(*self._range(), _HEIGHT - _BOTTOM, _TOP)

    def draw(self) -> Drawing:
        parts = [*self._value_axis(), *self._published()]
        if self.values.curves:
            parts += self._curves()
        parts += self._strip()
        return Drawing(self.width, _HEIGHT, together(parts))

    def _value_axis(self) -> Iterator[Markup]:
        yield text_at((0, 12), fitted(_metric_text(self.values), self.width, SMALL_SIZE))
        for tick in self._ticks():
            place = self.up.at(tick)
            yield line_between((self.left, place), (self.width - _RIGHT, place))
            yield text_at((self.left - 6, place + 4), tick_label(tick), "end")

    def _published(self) -> Iterator[Markup]:
        paper, right = self.values.published, self.width - _RIGHT
        if paper.sd:
            top, bottom = self.up.at(paper.centre + paper.sd), self.up.at(paper.centre - paper.sd)
            yield box((self.left, top), (right - self.left, bottom - top), _PUBLISHED_SPREAD)
        place = self.up.at(paper.centre)
        yield line_between((self.left, place), (right, place), _PUBLISHED)
        if self.values.least is not None:
            place = self.up.at(self.values.least)
            yield line_between((self.left, place), (right, place), _LEAST)

    def _curves(self) -> Iterator[Markup]:
        across = self._across()
        bottom = _HEIGHT - _BOTTOM
        yield line_between((across.start, bottom), (across.end, bottom), AXIS)
        for tick in nice_ticks(across.low, across.high, 3 if self.width <= NARROW else 6):
            place = across.at(tick)
            yield line_between((place, bottom), (place, bottom + 4), AXIS)
            yield text_at((place, bottom + 16), tick_label(tick), "middle")
        middle = (across.start + across.end) / 2
        yield text_at((middle, bottom + 33), self.values.x_name, "middle")
        band = self.values.band
        if band is not None:
            above = self._spots(across, band.xs, band.highs)
            below = self._spots(across, band.xs, band.lows)
            yield polygon([*above, *reversed(below)], _SPREAD)
        for curve in self.values.curves:
            yield path_through(self._spots(across, curve.xs, curve.values), _THIN)
        if band is not None:
            yield path_through(self._spots(across, band.xs, band.means), _MEAN)

    def _across(self) -> LinearScale:
        low = min(curve.xs[0] for curve in self.values.curves)
        high = max(curve.xs[-1] for curve in self.values.curves)
        return LinearScale(low, max(high, low + 1e-9), self.left, self.split - 12)

    def _spots(self, across: LinearScale, xs: Sequence[float], ys: Sequence[float]) -> list[Spot]:
        # A spread may be wider than anything that was measured.
        up = self.up
        return [(across.at(x), up.within(y)) for x, y in zip(xs, ys, strict=True)]

    def _strip(self) -> Iterator[Markup]:
        start, end = self.split, self.width - _RIGHT
        sides = (("paper", self.values.published, 0.3), ("mine", self.values.mine, 0.7))
        for name, side, share in sides:
            place = start + share * (end - start)
            yield text_at((place, _HEIGHT - _BOTTOM + 16), name, "middle")
            if side is None:
                continue
            if side.n is not None:
                yield text_at((place, _HEIGHT - _BOTTOM + 33), f"n={side.n}", "middle")
            yield from self._side(side, place, name)

    def _side(self, side: DrawnSide, place: float, name: str) -> Iterator[Markup]:
        up = self.up
        colour = "accent" if name == "mine" else "deadlines"
        if side.sd is not None:
            low, high = up.at(side.centre - side.sd), up.at(side.centre + side.sd)
            yield line_between((place, low), (place, high), outlined(colour, 2))
        for number, value in enumerate(side.values):
            offset = 9 if number % 2 else 13
            yield dot((place + offset, up.at(value)), 2.5, Paint(colour, fill=0.35, stroke=1))
        yield diamond((place, up.at(side.centre)), 5, filled(colour), f"{name}: {side.centre:.6g}")


def _side_values(side: DrawnSide | None) -> tuple[float, ...]:
    if side is None:
        return ()
    sd = side.sd or 0.0
    return (side.centre - sd, side.centre + sd, *side.values)


def _legend(values: ResultFigure) -> Iterator[LegendEntry]:
    paper = values.published
    digits = digits_of(values.verdict, values.case).margin
    if values.band is not None:
        runs = counted(values.band.runs, "run")
        sign = together([box((1, 1), (18, 10), _SPREAD), line_between((1, 6), (19, 6), _MEAN)])
        yield LegendEntry(sign, f"mine: mean ± SD of {runs}")
    elif values.curves:
        yield LegendEntry(line_between((1, 6), (19, 6), _THIN), "my run")
    printed = str(values.case.result.value.value).replace("-", "−")
    spread = f" ± {paper.sd:.{digits}f} SD" if paper.sd else ""
    yield LegendEntry(line_between((1, 6), (19, 6), _PUBLISHED), f"paper: {printed}{spread}")
    if values.least is not None:
        margin = f"{values.verdict.margin.size:.{digits}f}"
        yield LegendEntry(line_between((1, 6), (19, 6), _LEAST), f"worse by the margin, {margin}")


def _table(values: ResultFigure) -> ChartTable:
    rows = [_side_row("paper", values.published)]
    if values.mine is not None:
        rows.append(_side_row("mine", values.mine))
    for number, curve in enumerate(values.curves, start=1):
        last = f"{curve.values[-1]:.6g}"
        rows.append((f"curve {number}", last, "", "", f"at {curve.xs[-1]:.6g} {values.x_name}"))
    return ChartTable(("side", "value", "SD", "n", "runs"), tuple(rows))


def _side_row(name: str, side: DrawnSide) -> tuple[str, ...]:
    return (
        name,
        f"{side.centre:.6g}",
        "" if side.sd is None else f"{side.sd:.4g}",
        "" if side.n is None else str(side.n),
        " ".join(f"{value:.6g}" for value in side.values),
    )
