"""A comparison to be made: the published record, my runs, and the check of the two protocols.

Every question of a verdict is asked of one `Case`, so that runs and protocol are worked out once.
"""

from __future__ import annotations

from dataclasses import replace

from curriculum.model.attempts import Attempt
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Margin, Sample, Verdict
from curriculum.reproduction.looks import level_of, next_level_of
from curriculum.reproduction.margins import lacks_a_floor, margin_under
from curriculum.reproduction.my_runs import MyRuns, is_convertible, runs_of, towards_target
from curriculum.reproduction.protocol_check import ProtocolCheck, check_protocol
from curriculum.reproduction.published import PublishedValue, best_of_how_many, readings_of
from curriculum.reproduction.statistics.summaries import centre_of, deviation


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a comparison looks at.

    Attributes:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempt: What the journal holds of my runs.
        runs: My runs as they count.
        protocol: What was found on comparing the protocols.
        margin: The smallest gap that matters.
        level: The one-sided level of each test.
        readings: The published number in each way to read its record; the distance to the target
            where there is one.
    """

    name: str
    result: Result
    attempt: Attempt
    runs: MyRuns
    protocol: ProtocolCheck
    margin: Margin
    level: float
    readings: tuple[PublishedValue, ...]

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is, or where the distance to a target counts."""
        return 1 if self.result.metric.direction == "higher" else -1

    def gap(self, mine: float, paper: float) -> float:
        """Return D: how much better mine is."""
        return self.sign * (mine - paper)

    def centre(self, what: str) -> float:
        """Return the centre of my runs: their mean, or what else the paper prints."""
        return centre_of(self.runs.values, what)

    @property
    def next_level(self) -> float:
        """The one-sided level of the next look."""
        return next_level_of(self.attempt)

    @property
    def deviation(self) -> float | None:
        """The deviation of my runs; None for a single one."""
        if self.runs.sd is not None:
            return self.runs.sd
        if len(self.runs.values) > 1:
            return deviation(self.runs.values)
        return None

    def is_at_bound(self, value: float) -> bool:
        """Return whether a value is the best or the worst that the metric allows."""
        metric = self.result.metric
        return metric.target is None and value in metric.limits

    def my_sample(self, what: str) -> Sample:
        """Return my side, with the centre that the paper prints."""
        return Sample(self.centre(what), self.deviation, self.runs.n, what)

    def paper_sample(self, reading: PublishedValue) -> Sample:
        """Return the paper's side, in one reading of its record."""
        return Sample(
            centre=reading.centre,
            sd=reading.sd,
            n=self.result.runs.count or 0,
            what=self.result.value.centre,
        )

    def undecided(self, cause: str | None) -> Verdict:
        """Return an inconclusive verdict, with the numbers that there are."""
        reading = self.readings[0]
        mine = None
        if self.runs.values:
            mine = self.my_sample(reading.what)
        return Verdict(
            result=self.name,
            outcome="inconclusive",
            cause=cause,
            mine=mine,
            paper=self.paper_sample(reading),
            interval=None,
            margin=self.margin,
            untested=self._untested(reading),
        )

    def _untested(self, reading: PublishedValue) -> float | None:
        """Return D without a test; None where the numbers are in other units, or of other kinds."""
        is_alike = is_convertible(self.attempt.unit, self.result.metric.unit)
        if not self.runs.values or not is_alike or best_of_how_many(self.result) is not None:
            return None
        return self.gap(self.centre(reading.what), reading.centre)

    @property
    def lacks_a_floor(self) -> bool:
        """Whether a share of the published number would mean nothing, and its floor is unknown."""
        return lacks_a_floor(self.result, self.readings)


def case_of(name: str, result: Result, attempt: Attempt) -> Case:
    """Return the comparison of an attempt with a published result.

    Args:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempt: My runs at it.
    """
    readings = readings_of(result)
    return Case(
        name=name,
        result=result,
        attempt=attempt,
        runs=runs_of(result, attempt),
        protocol=check_protocol(result, attempt),
        margin=margin_under(result, readings),
        level=level_of(attempt),
        readings=tuple(
            replace(reading, centre=towards_target(reading.centre, result)) for reading in readings
        ),
    )
