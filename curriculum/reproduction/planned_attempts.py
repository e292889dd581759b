"""Attempts that are only planned: what is taken to be true of them, and how they are judged."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from curriculum.model.attempts import Attempt, Run
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.model.results import Result
from curriculum.model.verdicts import Margin, Verdict
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.published import PublishedValue, best_of_how_many
from curriculum.reproduction.statistics.summaries import deviation
from curriculum.reproduction.statistics.t_distribution import NORMAL
from curriculum.reproduction.verdicts import judge

_FEWEST_OF_MINE = 3


class NoPowerError(CurriculumError):
    """Nothing can be said beforehand about a result."""

    def __init__(self, name: str, why: str) -> None:
        """Build the sentence from the result's name and the reason."""
        super().__init__(f"nothing can be said beforehand of {name}: {why}")


@dataclass(frozen=True, slots=True)
class PlannedAttempt:
    """An attempt that is not made yet: what is taken to be so, and how its runs would be judged.

    Attributes:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempt: The attempt, without a run; the looks of earlier ones count.
        sd: The deviation that its runs are taken to have.
        sd_from: Where that comes from, in a clause.
        paper_error: How uncertain the paper's own centre is: its standard error.
    """

    name: str
    result: Result
    attempt: Attempt
    sd: float
    sd_from: str
    paper_error: float

    def judge(self, differences: Sequence[float]) -> Verdict:
        """Return the verdict on declared runs, given by how much better each is than the paper."""
        return judge(self.case(differences))

    def case(self, differences: Sequence[float]) -> Case:
        """Return the comparison of declared runs."""
        sign = 1 if self.result.metric.direction == "higher" else -1
        values = [self.result.value.number + sign * one for one in differences]
        low, high = self.result.metric.limits
        runs = tuple(Run(value=_between(value, low, high)) for value in values)
        made = self.attempt.model_copy(update={"runs": runs, "seeds": len(runs)})
        return case_of(self.name, self.result, made)

    @property
    def margin(self) -> Margin:
        """The smallest difference that matters."""
        return self.case([0.0]).margin

    def typical(self, count: int, difference: float, sd: float) -> list[float]:
        """Return differences at even distances with a mean and a deviation."""
        even = [number - (count - 1) / 2 for number in range(count)]
        stretch = sd / deviation(even)
        return [difference + stretch * one for one in even]

    def spread_of_difference(self, count: int) -> float:
        """Return the standard deviation of D: the paper's mean is uncertain, too."""
        return math.hypot(self.sd / math.sqrt(count), self.paper_error)

    def is_possible(self, difference: float) -> bool:
        """Return whether the metric's bounds allow a true difference."""
        (value,) = self.case([difference]).runs.values
        return math.isclose(abs(value - self.result.value.number), abs(difference), abs_tol=1e-12)

    def drawn(self, count: int, attempts: int, rng: random.Random) -> list[list[float]]:
        """Return the differences of simulated attempts at an equal method.

        The errors of the paper's centre are spread evenly over the attempts, which need not be as
        many then.
        """
        found = []
        for number in range(attempts):
            error = self.paper_error * NORMAL.inv_cdf((number + 0.5) / attempts)
            found.append([error + rng.gauss(0, self.sd) for _ in range(count)])
        return found


def _between(value: float, low: float | None, high: float | None) -> float:
    if low is not None:
        value = max(value, low)
    if high is not None:
        value = min(value, high)
    return value


def planned_attempt(case: Case, sd: float | None = None) -> PlannedAttempt:
    """Return the next attempt at a result, as it can be planned now.

    Args:
        case: My attempt so far: its looks count, and its runs tell my deviation where there are
            three or more.
        sd: The deviation of my runs; None for that of my runs so far, or the paper's.

    Raises:
        NoPowerError: There is no deviation, or the result is not compared by an interval.
    """
    _require_interval(case)
    my_sd, sd_from = _deviation(case, sd)
    error = max(_error(reading, my_sd) for reading in case.readings)
    return PlannedAttempt(case.name, case.result, case.attempt.next(), my_sd, sd_from, error)


def _require_interval(case: Case) -> None:
    """Refuse a result on which no interval of a mean decides.

    Raises:
        NoPowerError: It is one.
    """
    result = case.result
    reasons = {
        f"it claims a {result.claim.kind}, for which both arms must be run": (
            result.claim.kind != "value"
        ),
        "it is deterministic, so that one run decides by the printed precision": (
            result.protocol.is_exact
        ),
        "it is a distance to a target, and these are not normal": result.metric.target is not None,
        "the paper prints the best of its runs, and its mean is not known": (
            best_of_how_many(result) is not None
        ),
        "the paper prints a range over an unknown number of runs": any(
            reading.half_range is not None for reading in case.readings
        ),
    }
    for reason, applies in reasons.items():
        if applies:
            raise NoPowerError(case.name, reason)


def _deviation(case: Case, given: float | None) -> tuple[float, str]:
    """Return the deviation that my runs are taken to have, and where it comes from."""
    if given is not None:
        return given, "given"
    mine = case.deviation
    if mine and case.runs.n >= _FEWEST_OF_MINE:
        return mine, f"as my {case.runs.n} runs so far"
    published = [reading.sd for reading in case.readings if reading.sd]
    if not published:
        hint = "give yours with '--sd', for example from three runs of a pilot"
        raise NoPowerError(case.name, f"the paper prints no spread over runs; {hint}")
    return max(published), "as the paper's runs"


def _error(reading: PublishedValue, my_sd: float) -> float:
    """Return the standard error of the published centre in one reading of its record."""
    sd = reading.sd or my_sd
    return math.sqrt((reading.factor * sd) ** 2 / reading.n + reading.noise)
