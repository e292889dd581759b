"""How many digits the numbers of a verdict are shown with: those that they have.

JSON shows some of the lines as well, so that this module does without rich.
"""

from __future__ import annotations

import math
from decimal import Decimal

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Sample, Verdict
from curriculum.reproduction.case import Case

_MOST_DIGITS = 10
_MORE_THAN_NEEDED = 2
_COARSE = 100


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits after the point.

    Attributes:
        margin: Of D, its interval and the margin: two of the margin, and what either side has.
        mine: Of my centre and its deviation.
        paper: Of the published centre.
        spread: Of the published deviation.
    """

    margin: int
    mine: int
    paper: int
    spread: int


def digits_of(verdict: Verdict, case: Case) -> Digits:
    """Return how many digits to show: those that were printed and typed, and two of the margin."""
    printed = decimals(case.result.value.value)
    size = verdict.margin.size
    needed = _two_digits_of(size)
    common = max(needed, min(printed, 1) if size >= _COARSE else printed)
    mine = _mine(case, verdict.mine, common)
    return Digits(
        margin=min(max(common, mine), _MOST_DIGITS),
        mine=min(mine, _MOST_DIGITS),
        paper=min(_paper(case.result, verdict.paper, printed, common), _MOST_DIGITS),
        spread=min(_spread(case.result, verdict.paper, common), _MOST_DIGITS),
    )


def decimals(number: Decimal) -> int:
    """Return how many digits a number has after its point."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a printed number is finite"
    return max(0, -exponent)


def _mine(case: Case, mine: Sample | None, common: int) -> int:
    """Return the digits of my values: as typed, or of what logs hold two of their deviation."""
    if mine is None:
        return common
    if case.runs.unit:
        own = max(0, round(-math.log10(case.runs.unit)))
    else:
        own = _two_digits_of(mine.sd or 0.0)
    if mine.sd is None and case.runs.unit:
        return own
    return max(common, min(own, common + _MORE_THAN_NEEDED))


def _paper(result: Result, paper: Sample, printed: int, common: int) -> int:
    """Return the digits of the published centre; the middle of a range may have more."""
    is_as_printed = math.isclose(paper.centre, round(paper.centre, printed), rel_tol=1e-12)
    return printed if is_as_printed else max(printed, common)


def _spread(result: Result, paper: Sample, common: int) -> int:
    """Return the digits of the published deviation, which may have been worked out of another."""
    spread = result.spread.value
    if spread is None or paper.sd is None or paper.sd != float(spread):
        return common
    return decimals(spread)


def _two_digits_of(size: float) -> int:
    """Return how many digits after the point show two of a number; none for nothing.

    >>> _two_digits_of(4.5), _two_digits_of(0.021), _two_digits_of(178.0)
    (1, 3, 0)
    """
    if size <= 0:
        return 0
    return max(0, 1 - math.floor(math.log10(size)))
