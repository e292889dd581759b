"""The verdict on an attempt at a published result, as a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias

from curriculum.model.late_dataclasses import dataclass

Outcome: TypeAlias = Literal["reproduced", "beyond", "short", "inconclusive"]

Assumption: TypeAlias = Literal["my spread", "the paper's spread", "the paper's rule"]
"""What a comparison has to take for granted, so that what it decides is provisional."""

_LIKELIER_THAN_NOT = 0.5

PUBLISHED_GAP = "the published gap"
"""What my gap between two results is compared with."""


@dataclass(frozen=True, slots=True)
class Margin:
    """The smallest gap that matters, in the metric's unit, and where it comes from."""

    size: float
    origin: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Runs as the comparison sees them.

    Attributes:
        centre: Their mean, or what the paper reports instead (`what`).
        sd: Their standard deviation with n - 1; None when there is only one, or it is unknown.
        n: How many runs.
        what: `mean`, `median`, `iqm`, `best`, ...
    """

    centre: float
    sd: float | None
    n: int
    what: str = "mean"


@dataclass(frozen=True, slots=True)
class StandardError:
    """The standard error of a difference, and its degrees of freedom."""

    size: float
    freedom: float

    def times(self, factor: float) -> StandardError:
        """Return the error in another unit, or of a wider interval."""
        return replace(self, size=factor * self.size)


@dataclass(frozen=True, slots=True)
class ConfidenceInterval:
    """The comparison's numbers, all in the metric's unit; positive means that mine is better.

    Attributes:
        difference: D.
        low: Lower end of the two one-sided intervals.
        high: Upper end of them.
        error: The standard error of D.
        freedom: Welch's degrees of freedom; infinite when only rounding is uncertain.
        short: The chance that the true difference is below minus the margin.
        within: The chance that it is within the margin.
        beyond: The chance that it is above the margin.
        consistent: Whether zero lies in the 95 % interval.
        pooled: The standard error if both sides vary alike, where the paper has more runs: the
            wider of both intervals counts. None elsewhere.
    """

    difference: float
    low: float
    high: float
    error: float
    freedom: float
    short: float
    within: float
    beyond: float
    consistent: bool
    pooled: StandardError | None = None

    @property
    def errors(self) -> tuple[StandardError, ...]:
        """Welch's standard error, and the pooled one where there is one."""
        welch = StandardError(self.error, self.freedom)
        return (welch,) if self.pooled is None else (welch, self.pooled)

    def widened(self, low: float, high: float) -> ConfidenceInterval:
        """Return the interval with its ends moved outwards, to reach at least so far.

        Its standard errors grow with the end that moves farther.
        """
        wider = replace(self, low=min(self.low, low), high=max(self.high, high))
        below = (self.difference - wider.low) / (self.difference - self.low)
        above = (wider.high - self.difference) / (self.high - self.difference)
        factor = max(below, above)
        pooled = None if self.pooled is None else self.pooled.times(factor)
        return replace(wider, error=factor * self.error, pooled=pooled)

    @property
    def lean(self) -> str | None:
        """The one of the three that is likelier than not, on the side on which D lies."""
        chances = {"within": self.within}
        if self.difference < 0:
            chances["short"] = self.short
        else:
            chances["beyond"] = self.beyond
        for name, chance in chances.items():
            if chance > _LIKELIER_THAN_NOT:
                return name
        return None


@dataclass(frozen=True, slots=True)
class WorstGap:
    """How much worse than the paper mine is at most: the least margin that it would be within.

    Attributes:
        size: In the metric's unit; 0 where mine is no worse at all.
        share: As a share of the published number; None where that would mean nothing.
        than: What mine is compared with; of a gap, the published gap, and of an ordering the rival.
    """

    size: float
    share: float | None
    than: str = "the paper"


@dataclass(frozen=True, slots=True)
class Seeds:
    """How many runs of mine, in all, would settle a verdict.

    Attributes:
        needed: The number, if they go on like this and the next look decides; None when no number
            is enough, because the paper's n is too small.
        for_power: The number that settles it with a chance of 80 %, likewise.
    """

    needed: int | None
    for_power: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingVerdict:
    """What the verdict is if an unclear spread means one of the things that it may mean.

    Attributes:
        reading: What the spread is, as `±2 is a standard error`.
        outcome: The verdict then.
        interval: The numbers then; None where no test was run.
    """

    reading: str
    outcome: Outcome
    interval: ConfidenceInterval | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on an attempt at a published result.

    Attributes:
        result: The published result, as `td3-2018#td3-hopper`.
        outcome: The verdict.
        cause: Why it is inconclusive, as `protocol: protocol.reducer`; `interval` when the test
            leaves it open, None when it is decided.
        mine: My runs; None when there is no number to show.
        paper: The published side.
        interval: The numbers; None when no test was run.
        margin: The margin.
        provisional: Whether one run, or a paper without a spread, leaves it open to revision.
        remarks: What else must be said, each a clause.
        seeds: What would settle it, when it is not settled.
        deviations: Accepted differences, printed with the verdict every time.
        level: One-sided level of the test after the looks were shared out.
        extra: Runs beyond what was declared; they count for nothing.
        worst_gap: How much worse mine is at most; None where no test was run, for the `cause`.
        untested: D where it can be computed and no test was run; None elsewhere.
        readings: The verdict under each reading of an unclear spread; empty where there is one.
        assumed: What the comparison takes for granted, whatever its outcome.
        barred: Outcomes that the conditions do not allow: beyond with fewer than three runs or a
            larger budget, short with a smaller one.
    """

    result: str
    outcome: Outcome
    cause: str | None
    mine: Sample | None
    paper: Sample
    interval: ConfidenceInterval | None
    margin: Margin
    provisional: bool = False
    remarks: tuple[str, ...] = ()
    seeds: Seeds | None = None
    deviations: tuple[str, ...] = ()
    level: float = 0.05
    extra: int = 0
    worst_gap: WorstGap | None = None
    untested: float | None = None
    readings: tuple[ReadingVerdict, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    barred: tuple[Outcome, ...] = ()

    @property
    def difference(self) -> float | None:
        """D, with or without a test; None where the two numbers cannot be subtracted."""
        if self.interval is not None:
            return self.interval.difference
        return self.untested

    @property
    def no_bound(self) -> str | None:
        """Why it is not known how much worse mine is at most; None where it is known."""
        if self.worst_gap is not None:
            return None
        return self.cause or "too many runs diverged"

    @property
    def bound_level(self) -> float:
        """The chance that mine is worse than `worst_gap`; 0 where nothing is uncertain."""
        is_exact = self.interval is not None and self.interval.error == 0
        return 0.0 if is_exact else self.level

    @property
    def is_settled(self) -> bool:
        """Whether the verdict is firm: not inconclusive, and not provisional."""
        return self.outcome != "inconclusive" and not self.provisional

    @property
    def lean(self) -> str | None:
        """Where an inconclusive test points; None where nothing is likelier than not."""
        if self.interval is None or self.outcome != "inconclusive":
            return None
        return self.interval.lean
