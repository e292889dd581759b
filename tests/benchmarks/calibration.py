"""How often verdicts are wrong, ours and those of the eyeball rules: `python -m tests.benchmarks.calibration`.

Published and own runs are drawn anew and judged many times, in every pair of sizes and of eight kinds: normal; skewed (a
log-normal turned over, as returns are that fail now and then); normal with one of mine far off; one run in five failing;
and the seeds of real papers, drawn with replacement (`tests/cases/seeds.csv`). The margin is one standard deviation of the
runs, as it is for returns in practice. Wrong is to say *reproduced* of a method that is worse by the margin or more.

The draws of a cell are judged at once, by the rule as VERDICTS.md §8 states it; `test_calibration.py` holds that to what
the project itself says of the same runs. Seeded: the same table every time.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from curriculum.reproduction.looks import ALPHA, FIRST_LEVEL, spending_level
from curriculum.reproduction.statistics.t_distribution import student_quantile

DRAWS = 20_000
PUBLISHED_SIZES = (3, 5, 10, 20)
MY_SIZES = (3, 5, 10)
SEEDS = Path(__file__).resolve().parents[1] / "cases" / "seeds.csv"

Values: TypeAlias = NDArray[np.float64]
"""Runs, or one number, of each draw."""

Rule: TypeAlias = Callable[[Values, Values], NDArray[np.bool_]]
"""Whether *reproduced*, or better, is said in each draw of published and own runs; the margin is 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The sizes of a comparison, and how many times it is drawn."""

    published: int
    mine: int
    draws: int = DRAWS


def normal(rng: np.random.Generator, draws: int, n: int) -> Values:
    """Draw values with mean 0 and deviation 1."""
    return rng.standard_normal((draws, n))


def skewed(rng: np.random.Generator, draws: int, n: int) -> Values:
    """Draw values with mean 0, deviation 1 and a long lower tail (skewness -1.7)."""
    sigma = 0.5
    mean = math.exp(sigma**2 / 2)
    sd = mean * math.sqrt(math.exp(sigma**2) - 1)
    return (mean - rng.lognormal(0, sigma, (draws, n))) / sd


def failing(rng: np.random.Generator, draws: int, n: int) -> Values:
    """Draw values with mean 0 and deviation 1 of which one in five comes to far less."""
    share, far, sd = 0.2, 3.0, 0.3
    values = rng.normal(share * far, sd, (draws, n)) - far * (rng.random((draws, n)) < share)
    return values / math.sqrt(sd**2 + far**2 * share * (1 - share))


def outlying(rng: np.random.Generator, draws: int, n: int) -> Values:
    """Draw normal values of which the first fell four deviations short; the others make up for it in the mean."""
    values = normal(rng, draws, n) + 4 / n
    values[:, 0] -= 4
    return values


@cache
def seeds_of(paper: str) -> tuple[Values, Values]:
    """Return the standardised seeds of a paper's tasks, one task a row, and how many each has."""
    tasks = []
    with SEEDS.open(encoding="utf-8") as lines:
        for name, _, direction, text in list(csv.reader(lines))[1:]:
            if name == paper:
                values = np.array([float(value) for value in text.split()])
                sign = 1 if direction == "higher" else -1
                tasks.append(sign * (values - values.mean()) / values.std())
    counts = np.array([len(task) for task in tasks])
    rows = np.zeros((len(tasks), counts.max()))
    for row, task in zip(rows, tasks, strict=True):
        row[: len(task)] = task
    return rows, counts


def drawn_seeds(paper: str, rng: np.random.Generator, cell: Cell) -> tuple[Values, Values]:
    """Draw both sides with replacement from the seeds of one task, which is drawn, too."""
    rows, counts = seeds_of(paper)
    task = rng.integers(0, len(rows), cell.draws)[:, None]

    def side(n: int) -> Values:
        chosen = (rng.random((cell.draws, n)) * counts[task]).astype(int)
        values: Values = rows[task, chosen]
        return values

    return side(cell.published), side(cell.mine)


SHAPES = {"normal": normal, "skewed": skewed, "one outlier": outlying, "20 % failing": failing}
PAPERS = {"TD3's seeds": "td3", "GAIL's": "gail", "TD-MPC2's": "td-mpc2", "DrQ-v2's": "drq-v2"}
KINDS = (*SHAPES, *PAPERS)


def both_sides(kind: str, rng: np.random.Generator, cell: Cell) -> tuple[Values, Values]:
    """Draw published and own runs of one kind, both with mean 0 and deviation 1."""
    if kind in PAPERS:
        return drawn_seeds(PAPERS[kind], rng, cell)
    # An outlier of mine is the case: the paper's runs are as they should be.
    published = normal if kind == "one outlier" else SHAPES[kind]
    return published(rng, cell.draws, cell.published), SHAPES[kind](rng, cell.draws, cell.mine)


@cache
def _quantiles(level: float) -> tuple[Values, Values]:
    inverse = np.linspace(1 / 2_000, 1, 800)
    return inverse, np.array([student_quantile(1 - level, 1 / float(one)) for one in inverse])


def quantile(freedom: Values, level: float) -> Values:
    """Return t's upper quantile of each number of degrees of freedom, at least 1."""
    inverse, values = _quantiles(level)
    return np.interp(1 / freedom, inverse, values)


def half_width(paper: Values, n: int, mine: Values, m: int, level: float) -> Values:
    """Return half the interval of each draw.

    Args:
        paper: The published variances.
        n: How many runs are published.
        mine: The variances of my runs.
        m: How many runs of mine there are.
        level: The one-sided level.
    """
    above, below = paper / n, mine / m
    total = above + below
    inverse = (above / total) ** 2 / (n - 1) + (below / total) ** 2 / (m - 1)
    half = quantile(1 / inverse, level) * np.sqrt(total)
    if n > m:
        pooled = ((n - 1) * paper + (m - 1) * mine) / (n + m - 2)
        degrees = np.full_like(pooled, n + m - 2)
        half = np.maximum(half, quantile(degrees, level) * np.sqrt(pooled * (1 / n + 1 / m)))
    # Published runs that do not vary have no spread: it is borrowed from mine.
    borrowed = quantile(np.full_like(half, m - 1), level) * np.sqrt(mine * (1 / n + 1 / m))
    return np.where(paper == 0, borrowed, half)


def reproduced(paper: Values, mine: Values, level: float = FIRST_LEVEL) -> NDArray[np.bool_]:
    """Return where this project says *reproduced*, or better."""
    n, m = paper.shape[1], mine.shape[1]
    published, own = paper.var(axis=1, ddof=1), mine.var(axis=1, ddof=1)
    # As many runs of mine as make the interval shortest.
    halves = [half_width(published, n, own, runs, level) for runs in range(2, m + 1)]
    difference = mine.mean(axis=1) - paper.mean(axis=1)
    return np.asarray(difference - np.min(halves, axis=0) > -1)


def close(paper: Values, mine: Values) -> NDArray[np.bool_]:
    """Return where the means are within the margin."""
    return np.asarray(mine.mean(axis=1) >= paper.mean(axis=1) - 1)


def overlap(paper: Values, mine: Values) -> NDArray[np.bool_]:
    """Return where the error bars of one standard deviation overlap."""
    upper = mine.mean(axis=1) + mine.std(axis=1, ddof=1)
    return np.asarray(upper >= paper.mean(axis=1) - paper.std(axis=1, ddof=1))


def within_one(paper: Values, mine: Values) -> NDArray[np.bool_]:
    """Return where my mean is within one published standard deviation."""
    return np.asarray(mine.mean(axis=1) >= paper.mean(axis=1) - paper.std(axis=1, ddof=1))


def not_significant(paper: Values, mine: Values) -> NDArray[np.bool_]:
    """Return where Welch's test finds no difference at 5 %, two-sided, or finds mine better."""
    n, m = paper.shape[1], mine.shape[1]
    above, below = paper.var(axis=1, ddof=1) / n, mine.var(axis=1, ddof=1) / m
    total = np.maximum(above + below, 1e-300)
    inverse = (above / total) ** 2 / (n - 1) + (below / total) ** 2 / (m - 1)
    half = quantile(1 / np.maximum(inverse, 1e-9), 0.025) * np.sqrt(total)
    return np.asarray(mine.mean(axis=1) - paper.mean(axis=1) > -half)


RULES: dict[str, Rule] = {
    "means within the margin": close,
    "±1 SD bars overlap": overlap,
    "within 1 published SD": within_one,
    "Welch p > .05": not_significant,
}


def said_reproduced(rule: Rule, kind: str, cell: Cell, gap: float, seed: int = 1) -> float:
    """Return how often a rule says *reproduced* of a method that is worse by so many margins."""
    number = 100 * KINDS.index(kind) + 10 * round(gap)
    rng = np.random.default_rng((seed, number, cell.published, cell.mine))
    paper, mine = both_sides(kind, rng, cell)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(rule(paper, mine - gap).mean())


def worst(rule: Rule, cell: Cell, gap: float) -> float:
    """Return in percent how often *reproduced* is said wrongly, of all kinds of runs the worst."""
    return 100 * max(said_reproduced(rule, kind, cell, gap) for kind in KINDS)


def equal(rule: Rule, cell: Cell) -> float:
    """Return in percent how often *reproduced* is said of normal runs of an equal method."""
    return 100 * said_reproduced(rule, "normal", cell, 0)


def _row(name: str, cells: Sequence[Cell], rule: Rule) -> str:
    columns = [
        [equal(rule, cell) for cell in cells],
        [worst(rule, cell, 1) for cell in cells],
        [worst(rule, cell, 2) for cell in cells],
    ]
    texts = [" / ".join(f"{rate:.1f}" for rate in rates) for rates in columns]
    return f"| {name} | {' | '.join(texts)} |"


def table(draws: int = DRAWS) -> str:
    """Return the table as Markdown; each cell holds my sizes in their order."""
    sizes = ", ".join(map(str, MY_SIZES))
    lines = [
        f"| says *reproduced*, % (my runs: {sizes}) | equal | worse by Δ | worse by 2 Δ |",
        "|---|---:|---:|---:|",
    ]
    for n in PUBLISHED_SIZES:
        cells = [Cell(n, m, draws) for m in MY_SIZES]
        lines.append(_row(f"**curriculum**, {n} published runs", cells, reproduced))
    for name, rule in RULES.items():
        lines.append(_row(f"{name}, as many", [Cell(m, m, draws) for m in MY_SIZES], rule))
    return "\n".join(lines)


def said_after_looks(sizes: Sequence[int], *, shared: bool, draws: int = DRAWS) -> float:
    """Return how often one of several looks says *reproduced* of a method worse by the margin.

    Args:
        sizes: How many runs of mine there are at each look; five are published.
        shared: Whether the looks spend one level together.
        draws: How many attempts are drawn.
    """
    rng = np.random.default_rng(1)
    paper, mine = normal(rng, draws, 5), normal(rng, draws, max(sizes)) - 1
    said = np.zeros(draws, dtype=bool)
    for number, size in enumerate(sizes, 1):
        level = spending_level(number) if shared else ALPHA
        said |= reproduced(paper, mine[:, :size], level)
    return float(said.mean())


def said_of_a_number_alone(n: int, draws: int = DRAWS) -> float:
    """Return how often *reproduced* is said of five runs worse by the margin than one number.

    The number is that of one run; the record says that it is the mean of n.
    """
    rng = np.random.default_rng(2)
    paper, mine = normal(rng, draws, 1), normal(rng, draws, 5) - 1
    half = quantile(np.full(draws, 4.0), FIRST_LEVEL) * mine.std(axis=1, ddof=1)
    difference = mine.mean(axis=1) - paper[:, 0]
    return float((difference - half * math.sqrt(1 / n + 1 / 5) > -1).mean())


def rejected(draws: int = DRAWS) -> str:
    """Return what looks and a number alone cost, as a list in Markdown."""
    each = range(3, 11)
    rates = {
        "one look at 5 runs": said_after_looks((5,), shared=True, draws=draws),
        "a look after each of runs 3 to 10": said_after_looks(each, shared=False, draws=draws),
        "the same, spending one level": said_after_looks(each, shared=True, draws=draws),
        "a number alone, counted as one run": said_of_a_number_alone(1, draws),
        "a number alone, taken as exact": said_of_a_number_alone(1_000, draws),
    }
    return "\n".join(f"- {what}: {100 * rate:.1f} %" for what, rate in rates.items())


def main(report: Callable[[str, float, float, str], None]) -> None:
    """Report how often *reproduced* is said wrongly, beside the bounds."""
    for gap, bound in ((1, 6), (2, 2)):
        found = max(worst(reproduced, Cell(n, m), gap) for n in PUBLISHED_SIZES for m in MY_SIZES)
        report(f"says reproduced of a method worse by {gap} margins", found, bound, "%")


if __name__ == "__main__":
    print(table())
    print(rejected())
