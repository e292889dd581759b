"""What the primary results of a paper say together (VERDICTS.md §15)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from curriculum.model.attempts import Attempt
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Outcome, Verdict
from curriculum.reproduction.averages import Average, average_of, why_outside
from curriculum.reproduction.statistics.intervals import p_above, p_below
from curriculum.reproduction.statistics.multiple_tests import rejected_by_holm

DONE: tuple[Outcome, ...] = ("reproduced", "beyond")
"""The verdicts that a paper may be built on."""


@dataclass(frozen=True)
class RollUp:
    """The primary results of a paper, and what they say together.

    Attributes:
        results: The primary results that decide.
        verdicts: Result's id to the verdict on it, for those that were attempted.
        attempts: Result's id to my attempt at it.
    """

    results: tuple[Result, ...]
    verdicts: Mapping[str, Verdict]
    attempts: Mapping[str, Attempt]

    @property
    def outcome(self) -> Outcome:
        """The verdict on the paper."""
        if self.short:
            return "short"
        if self.unattempted or not self._outside_is_done:
            return "inconclusive"
        return self._outcome_of_all

    @property
    def _outcome_of_all(self) -> Outcome:
        """The verdict where everything was attempted, and what the average leaves out is done."""
        if self._on_average == "short":
            return "short"
        if self._far_worse or not (self._is_done or self._on_average in DONE):
            return "inconclusive"
        if self._on_average == "beyond" or (self._is_done and self._is_one_beyond):
            return "beyond"
        return "reproduced"

    @property
    def _is_done(self) -> bool:
        """Whether each result is reproduced or beyond by itself."""
        return 0 < len(self.results) == len(self.singly)

    @property
    def _on_average(self) -> Outcome:
        return "inconclusive" if self.average is None else self.average.outcome

    @cached_property
    def unattempted(self) -> tuple[str, ...]:
        """The results that have no run."""
        return tuple(result.id for result in self.results if result.id not in self.verdicts)

    @cached_property
    def singly(self) -> tuple[str, ...]:
        """The results that are reproduced or beyond by themselves."""
        return self._with_outcome(*DONE)

    @cached_property
    def short(self) -> tuple[str, ...]:
        """The results that are short, when all are tested at once."""
        return tuple(name for name in self._with_outcome("short") if name in self._far_worse)

    @property
    def short_by_chance(self) -> tuple[str, ...]:
        """The results that are short by themselves alone."""
        return tuple(name for name in self._with_outcome("short") if name not in self._far_worse)

    @cached_property
    def average(self) -> Average | None:
        """The mean over the tasks that can be part of it."""
        left_out = {name for name, _ in self.outside}
        members = [one for one in self._attempted if one.id not in left_out]
        return average_of(members, self.verdicts, self.attempts)

    @cached_property
    def outside(self) -> tuple[tuple[str, str], ...]:
        """The attempted results that cannot be part of the average, each with the reason."""
        found = []
        for result in self._attempted:
            reason = why_outside(result, self.verdicts[result.id])
            if reason is not None:
                found.append((result.id, reason))
        return tuple(found)

    @property
    def _attempted(self) -> list[Result]:
        return [result for result in self.results if result.id in self.verdicts]

    @property
    def _outside_is_done(self) -> bool:
        """Whether what the average leaves out is reproduced by itself."""
        return all(name in self.singly for name, _ in self.outside)

    def _with_outcome(self, *outcomes: Outcome) -> tuple[str, ...]:
        names = [result.id for result in self._attempted]
        return tuple(name for name in names if self.verdicts[name].outcome in outcomes)

    @cached_property
    def _far_worse(self) -> frozenset[str]:
        """The results that are worse by more than the margin, when all are tested at once.

        One with a smaller budget than the paper's may be among them, which is not called short.
        """
        shares = {}
        for result in self._attempted:
            verdict = self.verdicts[result.id]
            shares[result.id] = _p_short(verdict) / verdict.level
        return rejected_by_holm(shares, len(self.results))

    @property
    def _is_one_beyond(self) -> bool:
        """Whether one result stays beyond when all are tested at once."""
        shares = {}
        for name in self._with_outcome("beyond"):
            verdict = self.verdicts[name]
            shares[name] = _p_beyond(verdict) / verdict.level
        return bool(rejected_by_holm(shares, len(self.results)))


def _p_short(verdict: Verdict) -> float:
    """Return the p-value of the test that mine is short; 0 or 1 where no chance is involved."""
    if verdict.interval is None or verdict.interval.error == 0:
        return float(verdict.outcome != "short")
    return p_below(verdict.interval, -verdict.margin.size)


def _p_beyond(verdict: Verdict) -> float:
    if verdict.interval is None:
        return 1.0
    return p_above(verdict.interval, verdict.margin.size)
