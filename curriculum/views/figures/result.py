"""Draw a result: my training curves and runs against the published number."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, MaxNLocator

from curriculum.model.formatting import counted
from curriculum.model.results import Result
from curriculum.reproduction.figures import DrawnSide, ResultFigure
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
from curriculum.views.text.digits import digits_of
from curriculum.views.text.results import DIRECTION_ARROWS, dataset_text

_HEIGHT = 2.5
_STRIP_WIDTH = 0.16
_CURVE_TO_STRIP = (2.0, 1.0)
_MOST_IN_LEGEND: dict[PictureWidth, int] = {"column": 1, "page": 2}


def draw_result(values: ResultFigure, width: PictureWidth) -> Figure:
    """Return a picture of a result.

    Args:
        values: What there is to draw.
        width: `column` or `page`.
    """
    inches = WIDTHS[width]
    with house_style():
        figure = Figure(figsize=(inches, _HEIGHT), layout="constrained")
        if values.curves:
            curves, strip = figure.subplots(1, 2, width_ratios=_CURVE_TO_STRIP)
            _draw_curves(curves, values)
            # Its own scale: the runs of a curve that begins far away would be on one spot.
            strip.yaxis.tick_right()
            strip.spines["left"].set_visible(False)
            strip.spines["right"].set_visible(True)
        else:
            curves = strip = figure.subplots()
        _draw_strip(strip, values)
        for axes in figure.axes:
            _draw_published(axes, values)
        curves.set_ylabel(cut_to_width(_metric_text(values), NORMAL_SIZE, 0.6 * _HEIGHT))
        figure.suptitle(
            cut_to_width(dataset_text(values.case.result), NORMAL_SIZE, 0.95 * inches),
            fontsize=NORMAL_SIZE,
        )
        _draw_legend(figure, curves, values, width)
    return figure


def _metric_text(values: ResultFigure) -> str:
    metric = values.case.result.metric
    unit = "" if metric.unit == "1" or metric.unit in metric.name else f" ({metric.unit})"
    return f"{metric.name}{unit} {DIRECTION_ARROWS[metric.direction]}"


def _draw_curves(axes: Axes, values: ResultFigure) -> None:
    is_alone = len(values.curves) == 1
    for curve in values.curves:
        axes.plot(
            curve.xs,
            curve.values,
            color=MINE,
            linewidth=1.2 if is_alone else 0.4,
            alpha=1.0 if is_alone else 0.5,
            label="my run" if is_alone else "_single",
        )
    band = values.band
    if band is not None:
        label = f"mine: mean ± SD of {counted(band.runs, 'run')}"
        axes.fill_between(band.xs, band.lows, band.highs, color=MINE, alpha=0.25, linewidth=0)
        axes.plot(band.xs, band.means, color=MINE, linewidth=1.4, label=label)
    axes.set_xlabel(values.x_name)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.margins(x=0.01)


def _draw_published(axes: Axes, values: ResultFigure) -> None:
    """Draw the published number with its spread, and how far below it still counts."""
    paper = values.published
    if paper.sd:
        axes.axhspan(
            paper.centre - paper.sd,
            paper.centre + paper.sd,
            facecolor=PAPER,
            edgecolor=PAPER,
            alpha=0.16,
            hatch="//////",
            linewidth=0,
            zorder=0,
        )
    digits = digits_of(values.verdict, values.case).margin
    label = _published_label(paper, values.case.result, digits)
    axes.axhline(paper.centre, color=PAPER, linewidth=1, linestyle="--", label=label, zorder=1)
    if values.least is not None:
        margin = f"{values.verdict.margin.size:.{digits}f}"
        label = f"worse by the margin, {margin}"
        axes.axhline(values.least, color=GREY, linewidth=0.8, linestyle=":", label=label, zorder=1)


def _published_label(paper: DrawnSide, result: Result, digits: int) -> str:
    printed = str(result.value.value)
    spread = f" ± {paper.sd:.{digits}f} SD" if paper.sd else ""
    runs = "" if paper.n is None else f" ({counted(paper.n, 'seed')})"
    return f"paper: {printed.replace('-', '−')}{spread}{runs}"


def _draw_strip(axes: Axes, values: ResultFigure) -> None:
    _draw_side(axes, 0, values.published, ("s", PAPER, "none"))
    if values.mine is not None:
        _draw_side(axes, 1, values.mine, ("o", MINE, MINE))
    axes.set_xticks([0, 1], [_tick("paper", values.published), _tick("mine", values.mine)])
    axes.set_xlim(-0.6, 1.6)


def _tick(name: str, side: DrawnSide | None) -> str:
    if side is None:
        return f"{name}\nno run"
    return name if side.n is None else f"{name}\nn={side.n}"


def _draw_side(axes: Axes, place: float, side: DrawnSide, look: tuple[str, str, str]) -> None:
    """Draw the runs of a side beside their mean and standard deviation."""
    marker, colour, fill = look
    left = place - _STRIP_WIDTH if side.values else place
    axes.errorbar(
        [left],
        [side.centre],
        yerr=None if side.sd is None else [side.sd],
        color=colour,
        marker=marker,
        markersize=5,
        markerfacecolor=fill,
        markeredgewidth=0.9,
        linewidth=1.1,
        capsize=2,
        zorder=3,
    )
    axes.plot(
        _apart(place + _STRIP_WIDTH, side.values),
        side.values,
        linestyle="none",
        marker=marker,
        markersize=3,
        markeredgecolor=colour,
        markerfacecolor=fill,
        markeredgewidth=0.6,
        alpha=0.8,
        zorder=3,
    )


def _apart(place: float, values: Sequence[float]) -> list[float]:
    """Return the x of points, to the left and to the right in turn, so that few of them cover."""
    return [place + 0.1 * (number % 3 - 1) for number in range(len(values))]


def _draw_legend(figure: Figure, axes: Axes, values: ResultFigure, width: PictureWidth) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=_MOST_IN_LEGEND[width],
        fontsize=SMALL,
        handlelength=2.4,
    )
