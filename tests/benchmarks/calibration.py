"""How often verdicts are wrong, ours and those of the eyeball rules: `python -m tests.benchmarks.calibration`.

Published and own runs are drawn anew and judged many times: normal values, skewed ones (a log-normal turned over, as
returns are that fail now and then), and normal ones of which one of mine is far off. The margin is one standard
deviation, as it is for returns in practice. Wrong is to say *reproduced* of a method that is worse by the margin or
more. Seeded: the same table every time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import fmean, stdev

from curriculum.model.attempts import Attempt, Run, ScoreEntry
from curriculum.model.results import Result
from curriculum.reproduction.case import case_of
from curriculum.reproduction.statistics.t_distribution import student_cdf
from curriculum.reproduction.verdicts import judge

DRAWS = 4_000
MARGIN = 10.0
SD = 10.0
CENTRE = 100.0
SIZES = (3, 5, 10)
Values = Sequence[float]
Rule = Callable[[Values, Values], bool]


def normal(rng: random.Random, n: int) -> list[float]:
    """Draw values with mean 0 and deviation 1."""
    return [rng.gauss(0, 1) for _ in range(n)]


def skewed(rng: random.Random, n: int) -> list[float]:
    """Draw values with mean 0, deviation 1 and a long lower tail (skewness -1.7)."""
    sigma = 0.5
    mean, sd = math.exp(sigma**2 / 2), math.sqrt((math.exp(sigma**2) - 1) * math.exp(sigma**2))
    return [-(rng.lognormvariate(0, sigma) - mean) / sd for _ in range(n)]


def outlying(rng: random.Random, n: int) -> list[float]:
    """Draw normal values of which the first fell four deviations short; the others make up for it in the mean."""
    values = normal(rng, n)
    return [value + 4 / n - 4 * (index == 0) for index, value in enumerate(values)]


SHAPES = {"normal": normal, "skewed": skewed, "one outlier": outlying}


def published(value: float, sd: float | None, n: int) -> Result:
    """Return a published mean, with a standard deviation over its runs or without."""
    spread: dict[str, object] = {"kind": "none"}
    if sd is not None:
        spread = {"kind": "sd", "value": Decimal(f"{sd:.4f}"), "ddof": 1, "over": "seeds"}
    record = {
        "id": "number",
        "metric": {"name": "return", "direction": "higher", "unit": "return"},
        "on": {"name": "task", "version": "1"},
        "protocol": {"reducer": {"how": "final"}},
        "value": {"centre": "mean", "value": Decimal(f"{value:.4f}")},
        "spread": spread,
        "runs": {"n": n},
        "tolerance": {"abs": str(MARGIN)},
        "source": {"table": "1"},
    }
    return Result.model_validate(record)


def is_reproduced(result: Result, mine: Values, looks: int = 1) -> bool:
    """Whether this project says *reproduced*, or better, at the level of one of some looks."""
    runs = tuple(Run(value=value) for value in mine)
    attempt = Attempt(result="paper#number").after(ScoreEntry(runs=runs))
    case = case_of("paper#number", result, attempt.model_copy(update={"looked": looks}))
    return judge(case).outcome in ("reproduced", "beyond")


def welch(paper: Values, mine: Values) -> bool:
    """Whether this project says *reproduced*, or better."""
    return is_reproduced(published(fmean(paper), stdev(paper), len(paper)), mine)


def close(paper: Values, mine: Values) -> bool:
    """Whether the means are within the margin."""
    return fmean(mine) >= fmean(paper) - MARGIN


def overlap(paper: Values, mine: Values) -> bool:
    """Whether the error bars of one standard deviation overlap."""
    return fmean(mine) + stdev(mine) >= fmean(paper) - stdev(paper)


def within_one(paper: Values, mine: Values) -> bool:
    """Whether my mean is within one published standard deviation."""
    return fmean(mine) >= fmean(paper) - stdev(paper)


def not_significant(paper: Values, mine: Values) -> bool:
    """Whether Welch's test finds no difference at 5 %, two-sided, or finds mine better."""
    a, b = stdev(paper) ** 2 / len(paper), stdev(mine) ** 2 / len(mine)
    freedom = (a + b) ** 2 / (a * a / (len(paper) - 1) + b * b / (len(mine) - 1))
    return student_cdf((fmean(mine) - fmean(paper)) / math.sqrt(a + b), freedom) > 0.025


RULES: dict[str, Rule] = {
    "**curriculum**": welch,
    "means within the margin": close,
    "±1 SD bars overlap": overlap,
    "within 1 published SD": within_one,
    "Welch p > .05": not_significant,
}


def said_reproduced(
    rule: Rule, shape: str, n: int, gap: float, draws: int = DRAWS, seed: int = 1
) -> float:
    """Return how often a rule says *reproduced* of a method that is worse by so many margins."""
    rng = random.Random(f"{seed} {shape} {n} {gap}")
    draw, said = SHAPES[shape], 0
    for _ in range(draws):
        paper = [
            CENTRE + SD * value for value in (normal if shape == "one outlier" else draw)(rng, n)
        ]
        mine = [CENTRE - gap * MARGIN + SD * value for value in draw(rng, n)]
        said += rule(paper, mine)
    return said / draws


def rates(rule: Rule, gap: float, draws: int = DRAWS) -> list[float]:
    """Return for each size how often a rule says *reproduced*, in percent: of the three shapes the worst."""
    worst = min if gap == 0 else max
    return [
        100 * worst(said_reproduced(rule, shape, n, gap, draws) for shape in SHAPES) for n in SIZES
    ]


def table(draws: int = DRAWS) -> str:
    """Return the table as Markdown; each cell holds the sizes in their order."""
    sizes = ", ".join(map(str, SIZES))
    lines = [
        f"| says *reproduced*, % (n = m = {sizes}) | equal | worse by Δ | worse by 2 Δ |",
        "|---|---:|---:|---:|",
    ]
    for name, rule in RULES.items():
        cells = (" / ".join(f"{rate:.1f}" for rate in rates(rule, gap, draws)) for gap in (0, 1, 2))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def said_after_looks(
    sizes: Sequence[int], *, shared: bool, draws: int = DRAWS, seed: int = 1
) -> float:
    """Return how often one of several looks says *reproduced* of a method worse by the margin.

    Args:
        sizes: How many runs of mine there are at each look; five are published.
        shared: Whether the looks share the level among them.
        draws: How many attempts are drawn.
        seed: Where the chance comes from.
    """
    rng = random.Random(seed)
    said = 0
    for _ in range(draws):
        paper = [CENTRE + SD * value for value in normal(rng, 5)]
        mine = [CENTRE - MARGIN + SD * value for value in normal(rng, max(sizes))]
        result = published(fmean(paper), stdev(paper), len(paper))
        looks = len(sizes) if shared else 1
        said += any(is_reproduced(result, mine[:size], looks) for size in sizes)
    return said / draws


def said_of_a_number_alone(n: int, draws: int = DRAWS, seed: int = 2) -> float:
    """Return how often *reproduced* is said of five runs worse by the margin than one number.

    The number is that of one run; the record says that it is the mean of n.
    """
    rng = random.Random(seed)
    said = 0
    for _ in range(draws):
        paper = CENTRE + SD * rng.gauss(0, 1)
        mine = [CENTRE - MARGIN + SD * value for value in normal(rng, 5)]
        said += is_reproduced(published(paper, None, n), mine)
    return said / draws


def rejected(draws: int = DRAWS) -> str:
    """Return what looks and a number alone cost, as a list in Markdown."""
    each = range(3, 11)
    rates = {
        "one look at 5 runs": said_after_looks((5,), shared=False, draws=draws),
        "a look after each of runs 3 to 10": said_after_looks(each, shared=False, draws=draws),
        "three looks that share the level": said_after_looks((3, 5, 10), shared=True, draws=draws),
        "a number alone, counted as one run": said_of_a_number_alone(1, draws),
        "a number alone, taken as exact": said_of_a_number_alone(1_000, draws),
    }
    return "\n".join(f"- {what}: {100 * rate:.1f} %" for what, rate in rates.items())


def main(report: Callable[[str, float, float, str], None]) -> None:
    """Report how often *reproduced* is said wrongly, beside the bounds."""
    for gap, bound in ((1, 6), (2, 2)):
        worst = max(rates(welch, gap))
        report(f"says reproduced of a method worse by {gap} margins", worst, bound, "%")


if __name__ == "__main__":
    print(table())
    print(rejected())
