"""How likely each verdict is beforehand, with some number of runs and some true difference.

Runs are taken to be normal. The verdict then depends on their mean and their deviation alone: the
engine says how long the interval of each deviation is, and the chance of a mean is known, so that
the chances come out exactly. Near a metric's bound, and for medians, attempts are simulated instead
(VERDICTS.md §12).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import ConfidenceInterval, Margin, Outcome, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.planned_attempts import PlannedAttempt, planned_attempt
from curriculum.reproduction.statistics.t_distribution import NORMAL

TRUTHS = {
    "equal": 0.0,
    "half a margin worse": -0.5,
    "a margin worse": -1.0,
    "two margins worse": -2.0,
    "two margins better": 2.0,
}
"""What may be true of my method, and the true difference in margins."""

_DRAWS = 100

_NODES = 24
_WIDEST = 4.0
_FAR = 3.0
_SURELY = 100.0


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of each verdict."""

    reproduced: float
    beyond: float
    short: float
    inconclusive: float

    @property
    def good(self) -> float:
        """The chance that it is at least reproduced."""
        return self.reproduced + self.beyond


@dataclass(frozen=True, slots=True)
class PowerRow:
    """The chances with some number of runs.

    Attributes:
        seeds: How many runs.
        chances: Name in `TRUTHS` to the chances if that is true; without what the metric's bounds
            do not allow.
        simulated: How many attempts were simulated for each; 0 where they were computed.
    """

    seeds: int
    chances: Mapping[str, Chances]
    simulated: int = 0


@dataclass(frozen=True, slots=True)
class Power:
    """How likely each verdict is beforehand.

    Attributes:
        name: The result, as `td3-2018#td3-hopper`.
        result: The published record.
        margin: The smallest difference that matters.
        sd: The deviation that my runs are taken to have.
        sd_from: Where that comes from, in a clause.
        paper_error: How uncertain the paper's own mean is: its standard error.
        level: The one-sided level of the test at the end.
        attempt: The number of the attempt that the runs would be.
        rows: One for each number of runs.
        provisional: Whether *reproduced* would be provisional.
    """

    name: str
    result: Result
    margin: Margin
    sd: float
    sd_from: str
    paper_error: float
    level: float
    attempt: int
    rows: tuple[PowerRow, ...]
    provisional: bool


def power_of(
    case: Case,
    counts: Sequence[int],
    sd: float | None = None,
    *,
    seed: int = 1,
    draws: int = _DRAWS,
) -> Power:
    """Return how likely each verdict is with each number of runs, declared and looked at once.

    Args:
        case: My attempt so far: its looks count, and its runs tell my deviation where there are
            three or more.
        counts: The numbers of runs, at least two each.
        sd: The deviation of my runs; None for that of my runs so far, or the paper's.
        seed: Where the chance of simulated attempts comes from.
        draws: How many attempts are simulated where the chances cannot be computed.

    Raises:
        NoPowerError: There is no deviation, or the result is not compared by an interval.
    """
    planned = planned_attempt(case, sd)
    rows = []
    for count in counts:
        computed = _computed(planned, count)
        rows.append(computed or _simulated(planned, count, draws, random.Random(seed)))
    example = planned.judge(planned.typical(counts[0], 0.0, planned.sd))
    return Power(
        name=case.name,
        result=case.result,
        margin=case.margin,
        sd=planned.sd,
        sd_from=planned.sd_from,
        paper_error=planned.paper_error,
        level=example.level,
        attempt=planned.attempt.number,
        rows=tuple(rows),
        provisional=any(reading.sd is None for reading in case.readings),
    )


def _truths(planned: PlannedAttempt) -> dict[str, float]:
    """Return the true differences that the metric's bounds allow."""
    margin = planned.margin.size
    truths = {name: share * margin for name, share in TRUTHS.items()}
    return {name: true for name, true in truths.items() if planned.is_possible(true)}


def _computed(planned: PlannedAttempt, count: int) -> PowerRow | None:
    """Return the exact chances; None where attempts have to be simulated."""
    margin = planned.margin.size
    widths = _all_widths(planned, count, margin)
    if widths is None:
        return None
    allows_beyond = _allows_beyond(planned, count, margin)
    spread = planned.spread_of_difference(count)
    chances = {}
    for name, true in _truths(planned).items():
        parts = [_chances(true, margin, spread, width) for width in widths]
        chances[name] = _averaged(parts, widths, allows_beyond=allows_beyond)
    return PowerRow(count, chances)


@dataclass(frozen=True, slots=True)
class _Width:
    """Half the interval with a deviation of my runs: under each reading, the least and the most.

    Attributes:
        least: The shorter one.
        most: The longer one.
        weight: How likely such a deviation is.
    """

    least: float
    most: float
    weight: float


def _all_widths(planned: PlannedAttempt, count: int, margin: float) -> list[_Width] | None:
    """Return half the interval for deviations that my runs may have.

    Returns:
        None where the interval depends on more than the deviation, as near a bound or for medians.
    """
    if planned.result.value.centre in ("median", "iqm"):
        return None
    found = []
    for share, weight in _deviations(count):
        ends = _half_widths(planned.judge(planned.typical(count, 0.0, share * planned.sd)))
        if ends is None:
            return None
        found.append(_Width(min(ends), max(ends), weight))
    far = 2 * margin + _FAR * planned.spread_of_difference(count)
    here = _half_widths(planned.judge(planned.typical(count, 0.0, planned.sd)))
    for difference in (-far, far):
        there = _half_widths(planned.judge(planned.typical(count, difference, planned.sd)))
        if here is None or there is None or not _are_close(here, there):
            return None
    return found


def _deviations(count: int) -> Iterator[tuple[float, float]]:
    """Yield shares of the true deviation that runs may have, with weights that add up to 1."""
    freedom = count - 1
    reach = _WIDEST / math.sqrt(2 * freedom)
    low = max(0.0, 1 - reach)
    step = (1 + reach - low) / _NODES
    shares = [low + step * (number + 0.5) for number in range(_NODES)]
    # The density of a chi variable over the root of its degrees of freedom, but for a factor.
    logs = [(freedom - 1) * math.log(share) - freedom * share**2 / 2 for share in shares]
    weights = [math.exp(one - max(logs)) for one in logs]
    total = math.fsum(weights)
    for share, weight in zip(shares, weights, strict=True):
        yield share, weight / total


def _half_widths(verdict: Verdict) -> list[float] | None:
    """Return half the interval under each reading; None where an end is not as far as the other."""
    intervals: list[ConfidenceInterval | None] = [one.interval for one in verdict.readings]
    found = []
    for interval in intervals or [verdict.interval]:
        if interval is None:
            return None
        below = interval.difference - interval.low
        above = interval.high - interval.difference
        if not math.isclose(below, above, rel_tol=1e-6):
            return None
        found.append(below)
    return found


def _are_close(some: Sequence[float], others: Sequence[float]) -> bool:
    pairs = zip(some, others, strict=True)
    return all(math.isclose(one, other, rel_tol=1e-6) for one, other in pairs)


def _allows_beyond(planned: PlannedAttempt, count: int, margin: float) -> bool:
    """Return whether clearly better runs may be called beyond (VERDICTS.md §11)."""
    runs = planned.typical(count, 2 * margin + _SURELY * planned.paper_error, planned.sd / 100)
    return planned.judge(runs).outcome == "beyond"


def _chances(true: float, margin: float, spread: float, width: _Width) -> Chances:
    """Return the chances for one deviation of my runs, whose interval has one length."""

    def below(place: float) -> float:
        return NORMAL.cdf((place - true) / spread)

    short = below(-margin - width.most)
    beyond = 1 - below(margin + width.most)
    reproduced = max(0.0, below(margin + width.least) - below(-margin + width.most))
    return Chances(reproduced, beyond, short, 1 - short - beyond - reproduced)


def _averaged(
    parts: Sequence[Chances], widths: Sequence[_Width], *, allows_beyond: bool
) -> Chances:
    def mean(name: str) -> float:
        pairs = zip(parts, widths, strict=True)
        return math.fsum(getattr(part, name) * width.weight for part, width in pairs)

    reproduced, beyond, short = mean("reproduced"), mean("beyond"), mean("short")
    rest = max(0.0, 1 - reproduced - beyond - short)
    if not allows_beyond:
        return Chances(reproduced + beyond, 0.0, short, rest)
    return Chances(reproduced, beyond, short, rest)


def _simulated(planned: PlannedAttempt, count: int, draws: int, rng: random.Random) -> PowerRow:
    """Return the shares of simulated attempts; all truths are given the same runs."""
    drawn = planned.drawn(count, draws, rng)
    chances = {}
    for name, true in _truths(planned).items():
        outcomes = [planned.judge([true + one for one in runs]).outcome for runs in drawn]
        chances[name] = Chances(
            _share("reproduced", outcomes),
            _share("beyond", outcomes),
            _share("short", outcomes),
            _share("inconclusive", outcomes),
        )
    return PowerRow(count, chances, draws)


def _share(wanted: Outcome, outcomes: Sequence[Outcome]) -> float:
    return fmean(outcome == wanted for outcome in outcomes)
