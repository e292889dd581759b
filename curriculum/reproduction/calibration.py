"""How good predictions were: Brier's score with its exact decomposition, bins, and ranges.

Probabilities are fractions, so that the parts of a score add up exactly. Murphy's decomposition
(1973) is exact only where forecasts in a group are equal; it is taken over the probabilities that
were said, and not over the bins, which are for looking at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.predictions import Prediction
from curriculum.reproduction.statistics.beta_distribution import jeffreys

FEWEST = 20
"""Below as many decided predictions, there are too few to say anything."""

BINS = 10
BIN_LEVEL = 0.90
"""The level of the interval of each bin."""

_TAIL = 0.025
"""The chance of each way in which a calibrated person is called something else."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A prediction that came true or did not.

    Attributes:
        prediction: The prediction.
        first: Its first probability.
        last: Its last one.
        came: Whether it came true.
    """

    prediction: Prediction
    first: Fraction
    last: Fraction
    came: bool


@dataclass(frozen=True, slots=True)
class Murphy:
    """The parts of a Brier score: reliability - resolution + uncertainty.

    Attributes:
        reliability: How far the share that came true lies from what was said; 0 is perfect.
        resolution: How much the shares of different probabilities differ; more is better.
        uncertainty: The score of always saying the base rate.
        values: How many different probabilities were said. With few predictions of each, chance
            makes reliability and resolution larger than they are, by the same amount.
    """

    reliability: Fraction
    resolution: Fraction
    uncertainty: Fraction
    values: int

    @property
    def brier(self) -> Fraction:
        """The score that the parts add up to."""
        return self.reliability - self.resolution + self.uncertainty


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The predictions whose probability lies in a tenth.

    Attributes:
        start: The least probability.
        end: Where the next bin starts; the last one holds 100 %, too.
        n: How many there are.
        said: Their mean probability; None where there are none.
        came: How many came true.
        low: The lower end of Jeffreys' interval of the share that comes true.
        high: Its upper end.
    """

    start: Fraction
    end: Fraction
    n: int
    said: Fraction | None
    came: int
    low: float
    high: float


class Bias(StrEnum):
    """What the decided predictions say of a person's probabilities."""

    TOO_FEW = "too few to say"
    CALIBRATED = "calibrated"
    OVERCONFIDENT = "overconfident"
    UNDERCONFIDENT = "underconfident"
    TOO_HIGH = "too high"
    TOO_LOW = "too low"


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The score of some of the predictions.

    Attributes:
        name: What they have in common.
        n: How many were decided.
        said: The mean of their last probabilities.
        came: The share that came true.
        brier: Brier's score of the last probabilities.
    """

    name: str
    n: int
    said: Fraction
    came: Fraction
    brier: Fraction


@dataclass(frozen=True, slots=True)
class RangeScore:
    """How the ranges did.

    Attributes:
        n: How many were decided.
        said: Their mean probability.
        inside: How many of them held the number.
        scored: How many of them have an interval score.
        interval_score: The mean interval score (Gneiting and Raftery 2007, §6.2) at the probability
            of each, as a share of the published number; less is better. None where none has one.
    """

    n: int
    said: Fraction
    inside: int
    scored: int
    interval_score: Fraction | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good the decided predictions were.

    Attributes:
        decided: How many there are.
        first: Brier's score of their first probabilities; None without one.
        last: That of their last ones.
        murphy: The parts of the latter.
        bins: All tenths, by the last probabilities.
        bias: What they say of the person.
        ranges: How the ranges among them did; None without one.
        by_field: The scores of each field, by its name.
        by_year: The scores of each year in which predictions were made.
        commonest: What most of them are about, and how many are.
    """

    decided: int
    first: Fraction | None
    last: Fraction | None
    murphy: Murphy | None
    bins: tuple[CalibrationBin, ...]
    bias: Bias
    ranges: RangeScore | None
    by_field: tuple[GroupScore, ...]
    by_year: tuple[GroupScore, ...]
    commonest: tuple[str, int] | None


def calibration_of(predictions: Iterable[Prediction]) -> Calibration:
    """Return how good predictions were; those that are open, void or seen count nowhere."""
    decided = decided_of(predictions)
    return Calibration(
        decided=len(decided),
        first=brier([(one.first, one.came) for one in decided]),
        last=brier(_last(decided)),
        murphy=murphy_of(_last(decided)),
        bins=bins_of(_last(decided)),
        bias=bias_of(_last(decided)),
        ranges=_range_score(decided),
        by_field=_groups(decided, _field),
        by_year=_groups(decided, lambda one: str(one.prediction.made.year)),
        commonest=_commonest(decided),
    )


def decided_of(predictions: Iterable[Prediction]) -> tuple[Decided, ...]:
    """Return the predictions that count, in the order of their ids."""
    found: list[Decided] = []
    for one in predictions:
        came = one.has_come_true
        if came is not None:
            found.append(Decided(one, one.p[0].is_, one.p[-1].is_, came))
    return tuple(sorted(found, key=lambda one: one.prediction.id))


SaidAndCame = tuple[Fraction, bool]
"""A probability, and whether what it was of came true."""


def _last(decided: Iterable[Decided]) -> list[SaidAndCame]:
    return [(one.last, one.came) for one in decided]


def brier(forecasts: Sequence[SaidAndCame]) -> Fraction | None:
    """Return the mean square of what is between a probability and what came; None without any.

    >>> brier([(Fraction(3, 4), True), (Fraction(1, 2), False)])
    Fraction(5, 32)
    """
    if not forecasts:
        return None
    return _mean([(said - came) ** 2 for said, came in forecasts])


def murphy_of(forecasts: Sequence[SaidAndCame]) -> Murphy | None:
    """Return the parts of a Brier score, over the probabilities that were said; None without any.

    >>> parts = murphy_of([(Fraction(3, 4), True), (Fraction(3, 4), False)])
    >>> parts == Murphy(Fraction(1, 16), Fraction(0), Fraction(1, 4), 1)
    True
    """
    if not forecasts:
        return None
    base = _mean([Fraction(came) for _, came in forecasts])
    groups: dict[Fraction, list[Fraction]] = {}
    for said, came in forecasts:
        groups.setdefault(said, []).append(Fraction(came))
    reliability = resolution = Fraction(0)
    for said, outcomes in groups.items():
        share = _mean(outcomes)
        reliability += len(outcomes) * (said - share) ** 2
        resolution += len(outcomes) * (share - base) ** 2
    n = len(forecasts)
    return Murphy(reliability / n, resolution / n, base * (1 - base), len(groups))


def bins_of(forecasts: Sequence[SaidAndCame]) -> tuple[CalibrationBin, ...]:
    """Return the tenths [0, 10), ... [90, 100] with the forecasts in each."""
    inside: dict[int, list[SaidAndCame]] = {number: [] for number in range(BINS)}
    for said, came in forecasts:
        inside[min(int(said * BINS), BINS - 1)].append((said, came))
    return tuple(_bin(number, found) for number, found in inside.items())


def _bin(number: int, found: Sequence[SaidAndCame]) -> CalibrationBin:
    came = sum(came for _, came in found)
    low, high = jeffreys(came, len(found), BIN_LEVEL)
    return CalibrationBin(
        start=Fraction(number, BINS),
        end=Fraction(number + 1, BINS),
        n=len(found),
        said=_mean([said for said, _ in found]) if found else None,
        came=came,
        low=low,
        high=high,
    )


def bias_of(forecasts: Sequence[SaidAndCame]) -> Bias:
    """Return whether the probabilities differ from what came by more than chance.

    Two exact tests, each at 5 %: whether the likelier side came too seldom or too often, and
    whether things came true too seldom or too often. So a person whose probabilities are right is
    called calibrated nine times out of ten, at least.
    """
    if len(forecasts) < FEWEST:
        return Bias.TOO_FEW
    # Who says 50 % takes no side.
    sides = [(max(said, 1 - said), came == (said > _HALF)) for said, came in forecasts]
    firm = [side for side in sides if side[0] != _HALF]
    for tested, below, above in (
        (firm, Bias.OVERCONFIDENT, Bias.UNDERCONFIDENT),
        (forecasts, Bias.TOO_HIGH, Bias.TOO_LOW),
    ):
        seldom, often = _tails(tested)
        if seldom <= _TAIL:
            return below
        if often <= _TAIL:
            return above
    return Bias.CALIBRATED


_HALF = Fraction(1, 2)


def _tails(forecasts: Sequence[SaidAndCame]) -> tuple[float, float]:
    """Return the chance that as few come true as did, and that as many do, if all is as said."""
    chances = _counts([float(said) for said, _ in forecasts])
    came = sum(came for _, came in forecasts)
    return sum(chances[: came + 1]), sum(chances[came:])


def _counts(shares: Sequence[float]) -> list[float]:
    """Return the chance of each number of successes in trials with chances of their own."""
    chances = [1.0]
    for share in shares:
        stays = [one * (1 - share) for one in chances] + [0.0]
        moves = [0.0] + [one * share for one in chances]
        chances = [one + other for one, other in zip(stays, moves, strict=True)]
    return chances


def interval_score(one: Prediction) -> Fraction | None:
    """Return the interval score of a range in the unit of the metric; None without a number.

    It is the width, and for a number outside how far it is off, times 2 / (1 - p).
    """
    range_, outcome = one.range_, one.outcome
    if range_ is None or outcome is None or outcome.came is None:
        return None
    low, high = Fraction(range_.low), Fraction(range_.high)
    came = Fraction(outcome.came)
    outside = max(low - came, came - high, Fraction(0))
    return high - low + 2 / (1 - one.p[-1].is_) * outside


def _range_score(decided: Sequence[Decided]) -> RangeScore | None:
    ranges = [one for one in decided if one.prediction.range_ is not None]
    if not ranges:
        return None
    scores = [score for score in map(_relative_score, ranges) if score is not None]
    return RangeScore(
        n=len(ranges),
        said=_mean([one.last for one in ranges]),
        inside=sum(one.came for one in ranges),
        scored=len(scores),
        interval_score=_mean(scores) if scores else None,
    )


def _relative_score(one: Decided) -> Fraction | None:
    """Return the interval score as a share of the published number; None where that is 0."""
    outcome, score = one.prediction.outcome, interval_score(one.prediction)
    if outcome is None or score is None:
        return None
    published = outcome.came if one.prediction.paper else outcome.published
    return score / abs(Fraction(published)) if published else None


def _groups(
    decided: Iterable[Decided], name_of: Callable[[Decided], str]
) -> tuple[GroupScore, ...]:
    groups: dict[str, list[Decided]] = {}
    for one in decided:
        groups.setdefault(name_of(one), []).append(one)
    return tuple(_group(name, groups) for name in sorted(groups))


def _group(name: str, groups: Mapping[str, Sequence[Decided]]) -> GroupScore:
    found = groups[name]
    return GroupScore(
        name=name,
        n=len(found),
        said=_mean([one.last for one in found]),
        came=_mean([Fraction(one.came) for one in found]),
        brier=_mean([(one.last - one.came) ** 2 for one in found]),
    )


OWN_SCORES = "my scores"
PUBLISHED_NUMBERS = "published numbers"
NO_FIELD = "no field"


def _field(one: Decided) -> str:
    """Return the field of a prediction, or what stands for it."""
    prediction = one.prediction
    if prediction.field_ is not None:
        return prediction.field_
    if prediction.result is None:
        return NO_FIELD
    return PUBLISHED_NUMBERS if prediction.paper else OWN_SCORES


def _commonest(decided: Iterable[Decided]) -> tuple[str, int] | None:
    counts: dict[str, int] = {}
    for one in decided:
        counts[one.prediction.subject] = counts.get(one.prediction.subject, 0) + 1
    return max(counts.items(), key=lambda item: (item[1], item[0]), default=None)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
