"""How often whole papers are called reproduced, rightly and wrongly: `python -m tests.benchmarks.papers`.

Papers of several tasks are drawn many times, with the kinds of runs of `tests.benchmarks.calibration`, and judged as VERDICTS.md
§15 states it: reproduced when each task is, or when all are on average and none is short after Holm's correction. The
margin is one standard deviation of a task's runs. Wrong is to say *reproduced* where all tasks are worse by the margin or by
twice as much, or where one task is worse by as many margins as there are tasks and the others are equal, so that the
mean is worse by the margin. The level is that of a first look, 4 %.

The draws are judged at once; `test_papers.py` holds that to what the project itself says of the same runs. Seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.reproduction.looks import FIRST_LEVEL, spending_level
from tests.benchmarks.calibration import (
    KINDS,
    SHAPES,
    Cell,
    Values,
    both_sides,
    normal,
    quantile,
)

DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class PaperCell:
    """The number of tasks of a paper, of runs for each on both sides, and how many times it is drawn."""

    tasks: int
    published: int
    mine: int
    draws: int = DRAWS

    @property
    def name(self) -> str:
        """What is drawn, in words."""
        return f"{self.tasks} tasks, {self.published} published runs, {self.mine} of mine"


CELLS = (
    PaperCell(3, 3, 3),
    PaperCell(5, 3, 3),
    PaperCell(7, 3, 3),
    PaperCell(5, 5, 5),
    PaperCell(5, 10, 3),
)


@dataclass(frozen=True, slots=True)
class Gaps:
    """D of each task in margins, a row for each; with the variances of D and their degrees of freedom."""

    size: Values
    welch: tuple[Values, Values]
    pooled: tuple[Values, Values]

    def half_widths(self, level: float) -> Values:
        """Return half the interval of each task."""
        halves = [quantile(freedom, level) * np.sqrt(variance) for variance, freedom in self._both]
        return np.asarray(np.max(halves, axis=0))

    def half_of_the_mean(self, level: float) -> Values:
        """Return half the interval of the mean over tasks."""
        halves = []
        for variance, freedom in self._both:
            total = variance.sum(axis=0)
            degrees = total**2 / (variance**2 / freedom).sum(axis=0)
            halves.append(quantile(degrees, level) * np.sqrt(total) / len(variance))
        return np.asarray(np.max(halves, axis=0))

    @property
    def _both(self) -> tuple[tuple[Values, Values], tuple[Values, Values]]:
        return self.welch, self.pooled


def gaps_of(paper: Values, mine: Values, level: float) -> Gaps:
    """Return the gaps of runs that are rows of tasks, of draws and of runs.

    As many of my runs count as make the interval of a task shortest.
    """
    n, m = paper.shape[2], mine.shape[2]
    published = np.maximum(paper.var(axis=2, ddof=1), 1e-12)
    own = np.maximum(mine.var(axis=2, ddof=1), 1e-12)
    size = mine.mean(axis=2) - paper.mean(axis=2)
    best = _with_runs(size, published, n, own, 2)
    for runs in range(3, m + 1):
        other = _with_runs(size, published, n, own, runs)
        is_shorter = other.half_widths(level) < best.half_widths(level)
        best = Gaps(
            size,
            (
                np.where(is_shorter, other.welch[0], best.welch[0]),
                np.where(is_shorter, other.welch[1], best.welch[1]),
            ),
            (
                np.where(is_shorter, other.pooled[0], best.pooled[0]),
                np.where(is_shorter, other.pooled[1], best.pooled[1]),
            ),
        )
    return best


def _with_runs(size: Values, published: Values, n: int, own: Values, m: int) -> Gaps:
    above, below = published / n, own / m
    variance = above + below
    freedom = variance**2 / (above**2 / (n - 1) + below**2 / (m - 1))
    welch = variance, freedom
    if n <= m:
        return Gaps(size, welch, welch)
    pooled = ((n - 1) * published + (m - 1) * own) / (n + m - 2) * (1 / n + 1 / m)
    return Gaps(size, welch, (pooled, np.full_like(pooled, n + m - 2)))


def judged(gaps: Gaps, level: float = FIRST_LEVEL) -> tuple[Values, Values]:
    """Return where a paper is called reproduced, or beyond, and where it is called short."""
    tasks = len(gaps.size)
    mean, half = gaps.size.mean(axis=0), gaps.half_of_the_mean(level)
    singly = (gaps.size - gaps.half_widths(level) > -1).all(axis=0)
    # The first step of Holm's procedure decides whether there is any.
    short = (gaps.size + gaps.half_widths(level / tasks) < -1).any(axis=0)
    reproduced = (singly | (mean - half > -1)) & ~short
    short_on_average = mean + gaps.half_of_the_mean(level / (tasks + 1)) < -1
    return reproduced.astype(float), (short | short_on_average).astype(float)


def drawn(kind: str, cell: PaperCell, worse: Sequence[float], seed: int = 1) -> Gaps:
    """Return the gaps of drawn papers of which each task is worse by so many margins."""
    number = 100 * KINDS.index(kind) + round(10 * sum(worse))
    rng = np.random.default_rng((seed, number, cell.tasks, cell.published, cell.mine))
    sides = [
        both_sides(kind, rng, Cell(cell.published, cell.mine, cell.draws))
        for _ in range(cell.tasks)
    ]
    paper = np.stack([one for one, _ in sides])
    mine = np.stack([other - gap for (_, other), gap in zip(sides, worse, strict=True)])
    return gaps_of(paper, mine, FIRST_LEVEL)


def said(kind: str, cell: PaperCell, worse: Sequence[float]) -> tuple[float, float]:
    """Return in percent how often drawn papers are called reproduced, and short."""
    reproduced, short = judged(drawn(kind, cell, worse))
    return 100 * float(reproduced.mean()), 100 * float(short.mean())


def equal(kind: str, cell: PaperCell) -> float:
    """Return how often equal methods are recognised."""
    return said(kind, cell, [0.0] * cell.tasks)[0]


def worst_error(cell: PaperCell, margins: float) -> float:
    """Return how often *reproduced* is said of tasks that are all so many margins worse, at worst."""
    return max(said(kind, cell, [margins] * cell.tasks)[0] for kind in KINDS)


def worst_of_one_far_off(cell: PaperCell) -> float:
    """Return how often it is said where one task makes the mean worse by the margin, at worst."""
    worse = [float(cell.tasks), *[0.0] * (cell.tasks - 1)]
    return max(said(kind, cell, worse)[0] for kind in KINDS)


def worst_short(cell: PaperCell, margins: float) -> float:
    """Return how often *short* is said of tasks that are all so many margins worse, at worst."""
    return max(said(kind, cell, [margins] * cell.tasks)[1] for kind in KINDS)


def table(cells: Sequence[PaperCell] = CELLS) -> str:
    """Return the table as Markdown."""
    shapes = " / ".join(SHAPES)
    lines = [
        "| says *reproduced* of a paper, % | "
        f"equal: {shapes} | all worse by Δ | by 2 Δ | one task by K Δ |",
        "|---|---:|---:|---:|---:|",
    ]
    for cell in cells:
        recognised = " / ".join(f"{equal(kind, cell):.0f}" for kind in SHAPES)
        errors = [worst_error(cell, 1), worst_error(cell, 2), worst_of_one_far_off(cell)]
        columns = " | ".join(f"{error:.1f}" for error in errors)
        lines.append(f"| {cell.name} | {recognised} | {columns} |")
    return "\n".join(lines)


def said_after_looks(tasks: int, sizes: Sequence[int], *, draws: int = DRAWS) -> float:
    """Return how often one of many looks says *reproduced* of a paper worse by the margin.

    A paper of five published runs is looked at again whenever one task has one run more, the tasks
    in turn. The level of the task that was looked at most often holds.
    """
    rng = np.random.default_rng(3)
    shape = tasks * draws
    paper = normal(rng, shape, 5).reshape(tasks, draws, 5)
    mine = normal(rng, shape, max(sizes)).reshape(tasks, draws, max(sizes)) - 1
    ever = np.zeros(draws, dtype=bool)
    for number, size in enumerate(sizes, 1):
        level = spending_level(number)
        first = tasks if number == 1 else 1
        for ahead in range(first, tasks + 1):
            counts = [size if task < ahead else sizes[number - 2] for task in range(tasks)]
            gaps = [
                gaps_of(paper[[k]], mine[[k], :, :count], level) for k, count in enumerate(counts)
            ]
            ever |= judged(_joined(gaps), level)[0] > 0
    return 100 * float(ever.mean())


def _joined(gaps: Sequence[Gaps]) -> Gaps:
    def rows(parts: Sequence[Values]) -> Values:
        return np.concatenate(parts)

    return Gaps(
        rows([gap.size for gap in gaps]),
        (rows([gap.welch[0] for gap in gaps]), rows([gap.welch[1] for gap in gaps])),
        (rows([gap.pooled[0] for gap in gaps]), rows([gap.pooled[1] for gap in gaps])),
    )


def main(report: Callable[[str, float, float, str], None]) -> None:
    """Report how often whole papers are called reproduced, beside the bounds."""
    five = PaperCell(5, 3, 3)
    missed = max(100 - equal(kind, five) for kind in SHAPES if kind != "one outlier")
    report("equal methods on 5 tasks of 3 runs that are not recognised", missed, 25, "%")
    for margins, bound in ((1, 6), (2, 2)):
        wrong = max(worst_error(cell, margins) for cell in CELLS)
        report(f"papers called reproduced that are worse by {margins} margins", wrong, bound, "%")


if __name__ == "__main__":
    print(table())
    for count in (2, 5, 7):
        looked = said_after_looks(count, range(3, 11), draws=4_000)
        print(f"- {count} tasks, a look after each of runs 3 to 10 of each: {looked:.1f} %")
    for cell in CELLS:
        rates = [worst_short(cell, margins) for margins in (0, 1)]
        print(
            f"- short, {cell.name}: {rates[0]:.1f} % of equal papers, {rates[1]:.1f} % of those at the margin"
        )
    many = PaperCell(49, 3, 3, 2_000)
    print(f"- short, {many.name}: {said('normal', many, [0.0] * 49)[1]:.1f} % of equal papers")
