"""A comparison to be made: the published record, my runs at it, and what was found on comparing the protocols."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.model.results import Result
from curriculum.model.verdicts import Margin, Sample, Verdict
from curriculum.reproduction.my_runs import MyRuns
from curriculum.reproduction.protocol_check import Gate
from curriculum.reproduction.published import PublishedValue, readings_of
from curriculum.reproduction.statistics.summaries import centre_of, deviation


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a comparison looks at.

    Attributes:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        runs: My runs.
        gate: What was found on comparing the protocols.
        margin: The smallest gap that matters.
        level: The one-sided level of each test.
    """

    name: str
    result: Result
    runs: MyRuns
    gate: Gate
    margin: Margin
    level: float

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.result.metric.direction == "higher" else -1

    def gap(self, mine: float, paper: float) -> float:
        """Return D: how much better mine is."""
        return self.sign * (mine - paper)

    def centre(self, what: str) -> float:
        """Return the centre of my runs: their mean, or what else the paper prints."""
        return centre_of(self.runs.values, what)

    @property
    def deviation(self) -> float | None:
        """The deviation of my runs; None for a single one."""
        if self.runs.sd is not None:
            return self.runs.sd
        return deviation(self.runs.values) if len(self.runs.values) > 1 else None

    def is_at_bound(self, value: float) -> bool:
        """Whether a value is the best or the worst that the metric allows."""
        return self.result.metric.target is None and any(
            bound is not None and value == float(bound) for bound in self.result.metric.bounds
        )

    def paper(self, reading: PublishedValue) -> Sample:
        """Return the paper's side, as a reading of its record has it."""
        n = self.result.runs.n if isinstance(self.result.runs.n, int) else 0
        return Sample(reading.centre, reading.sd, n, str(self.result.value.centre))

    def undecided(self, cause: str | None) -> Verdict:
        """Return an inconclusive verdict, with the numbers that there are."""
        paper, mine = readings_of(self.result)[0], None
        if self.runs.values:
            mine = Sample(self.centre(paper.what), self.deviation, self.runs.n, paper.what)
        return Verdict(self.name, "inconclusive", cause, mine, self.paper(paper), None, self.margin)
