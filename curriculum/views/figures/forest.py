"""Draw the forest of a paper: how much better mine is on each result, in margins."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from curriculum.model.formatting import counted
from curriculum.reproduction.averages import Average
from curriculum.reproduction.figures import ForestFigure, ForestRow
from curriculum.views.documents.comparison_rows import task_names
from curriculum.views.figures.formats import PictureWidth
from curriculum.views.figures.pictures import (
    GREY,
    MINE,
    NORMAL_SIZE,
    PAPER,
    SMALL,
    WIDTHS,
    cut_to_width,
    house_style,
)

_ROW, _FRAME = 0.15, 0.95
_LABEL_SHARE = 0.4
_FARTHEST = 6.0
_UNTESTED = "not tested"
_LOOKS = {
    "reproduced": ("o", MINE, MINE),
    "beyond": ("^", "#009E73", "#009E73"),
    "short": ("s", PAPER, "white"),
    "inconclusive": ("D", GREY, "white"),
    _UNTESTED: ("x", GREY, "none"),
}
"""Marker, colour and filling of each verdict."""


def draw_forest(values: ForestFigure, width: PictureWidth) -> Figure:
    """Return a picture of a paper's results.

    Args:
        values: What there is to draw, at least one row.
        width: `column` or `page`.
    """
    inches = WIDTHS[width]
    rows = values.rows
    with house_style():
        labels = [cut_to_width(name, SMALL, _LABEL_SHARE * inches) for name in _names(values)]
        height = _FRAME + _ROW * len(labels)
        figure = Figure(figsize=(inches, height), layout="constrained")
        axes = figure.subplots()
        reach = _reach(rows)
        for place, row in enumerate(rows):
            _draw_row(axes, place, row, reach)
        if values.average is not None:
            _draw_average(axes, len(rows), values.average, reach)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(-1.06 * reach, 1.06 * reach)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        _draw_margins(axes)
        figure.suptitle(cut_to_width(values.work, NORMAL_SIZE, 0.95 * inches), fontsize=NORMAL_SIZE)
        axes.set_xlabel("D in margins (right: mine is better)")
        _draw_legend(figure, rows)
    return figure


def _names(values: ForestFigure) -> list[str]:
    names = list(task_names([row.result for row in values.rows]))
    if values.average is not None:
        names.append(f"mean of {counted(len(values.average.tasks), 'task')}")
    return names


def _reach(rows: Sequence[ForestRow]) -> float:
    """Return how far the axis goes to both sides."""
    ends = [abs(end) for row in rows for end in (row.low, row.high, row.difference) if end]
    return min(max([2.0, *ends]) * 1.08, _FARTHEST)


def _draw_margins(axes: Axes) -> None:
    axes.axvspan(-1, 1, color="0.92", linewidth=0, zorder=0)
    axes.axvline(0, color=GREY, linewidth=0.7, zorder=1)
    for margin in (-1, 1):
        axes.axvline(margin, color=GREY, linewidth=0.7, linestyle=":", zorder=1)


def _draw_row(axes: Axes, place: int, row: ForestRow, reach: float) -> None:
    marker, colour, fill = _LOOKS[_look_of(row)]
    if row.difference is None:
        _write(axes, 0, place, "no D")
        return
    if row.low is not None and row.high is not None:
        _draw_interval(axes, place, (row.low, row.high), (reach, colour))
    if abs(row.difference) > reach:
        _write(axes, copysign(0.8 * reach, row.difference), place, _margins(row.difference))
        return
    axes.plot(
        row.difference,
        place,
        marker,
        color=colour,
        markerfacecolor=fill,
        markersize=4.5,
        markeredgewidth=1,
        zorder=3,
    )


def _draw_average(axes: Axes, place: int, average: Average, reach: float) -> None:
    """Draw the mean as a diamond as long as its interval."""
    low, gap, high = (
        max(-reach, min(end, reach)) for end in (average.low, average.gap, average.high)
    )
    corners = [low, gap, high, gap], [place, place - 0.35, place, place + 0.35]
    axes.fill(*corners, facecolor="black", edgecolor="black", linewidth=0.6, zorder=3)
    axes.axhline(place - 0.5, color=GREY, linewidth=0.4, zorder=1)


def _look_of(row: ForestRow) -> str:
    return _UNTESTED if row.low is None else row.verdict.outcome


def _draw_interval(
    axes: Axes, place: int, ends: tuple[float, float], look: tuple[float, str]
) -> None:
    """Draw an interval, with an arrow where it goes on beyond the axis."""
    reach, colour = look
    low, high = max(ends[0], -reach), min(ends[1], reach)
    axes.plot([low, high], [place, place], color=colour, linewidth=1.2, zorder=2)
    if low > ends[0]:
        axes.plot(low, place, "<", color=colour, markersize=4, zorder=4)
    if high < ends[1]:
        axes.plot(high, place, ">", color=colour, markersize=4, zorder=4)


def _write(axes: Axes, x: float, place: int, words: str) -> None:
    """Write words in a row, over what else is there."""
    box = {"facecolor": "white", "linewidth": 0, "pad": 0.5, "alpha": 0.85}
    axes.text(x, place, words, ha="center", va="center", fontsize=SMALL, bbox=box, zorder=5)


def _margins(difference: float) -> str:
    return f"{difference:+.0f}".replace("-", "−")


def _draw_legend(figure: Figure, rows: Sequence[ForestRow]) -> None:
    outcomes = {_look_of(row) for row in rows if row.difference is not None}
    handles = [_sample(name) for name in _LOOKS if name in outcomes]
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=SMALL)


def _sample(outcome: str) -> Line2D:
    marker, colour, fill = _LOOKS[outcome]
    return Line2D(
        [],
        [],
        marker=marker,
        color=colour,
        markerfacecolor=fill,
        markersize=4.5,
        label=outcome,
    )
