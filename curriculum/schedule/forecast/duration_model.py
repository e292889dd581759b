"""Draw how much longer than estimated units may take, given what finished ones took.

The model is the hierarchical normal model (Gelman et al., Bayesian Data Analysis, ch. 5) of the
logarithm of actual / estimated:

    log ratio of a unit = person + change + kind + work + unit,   each part normal around 0

so that what was seen of one unit speaks for all others, most for those of its own work and those
finished last. The person is the pace of today. The change until the unit, or since it, is steady:
its slope is learnt from the order of the samples, along the estimated minutes of all the work, what
is done and what is left.

How far units lie apart is learnt, and with it the size of everything else, for the standard
deviations of all other parts are ratios to that of units: a person whose units take nearly what
was estimated is expected to change little as well. The ratio of works (with them of kinds) is
learnt on a grid; those of the person and of the slope are constants. Given the ratios the posterior
is known exactly (ibid., ch. 14): the variance of units is scaled inverse chi-square, and the parts
are normal given it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.pace import PaceSample

FloatArray = NDArray[np.float64]

# The priors are judgements, not measurements, and a few finished units outweigh them.
UNIT_SD_PRIOR = 0.28
"""Prior location of the SD between units of one work, in log units."""

UNIT_DEGREES = 3
"""Degrees of freedom of its prior (scaled inverse chi-square): as many units."""

PERSON_RATIO = 1.0
"""Ratio of the SD of a person's own factor to the SD between units."""

SLOPE_RATIO = 1.2
"""Ratio of the SD of the steady change of pace over all of the work to the SD between units."""

KIND_RATIO = 0.75
"""Ratio of the SD between kinds of works to the SD between works of one kind."""

WORK_RATIOS = (0.2, 0.3, 0.45, 0.6, 0.8, 1.1)
"""Grid for the ratio of between-work SD to between-unit SD."""

WORK_RATIO_PRIOR = 0.5
"""Prior location of that ratio."""

WORK_DEGREES = 8
"""Degrees of freedom of its prior: as many works."""


@dataclass(frozen=True, slots=True)
class WorkKey:
    """What the units of a work have in common: the work, and its kind."""

    work: str
    kind: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit whose ratio is drawn: its work, and the minutes it was estimated to take."""

    work: WorkKey
    estimated: float


def draw_ratios(
    subjects: Sequence[Subject],
    samples: Sequence[PaceSample],
    rng: np.random.Generator,
    draws: int,
) -> FloatArray:
    """Return draws of actual against estimated minutes of units.

    Every column is one possible future: in it the units share one person, one change of pace,
    one effect of each kind, and one of each work.

    Args:
        subjects: The units, in the order in which they will be studied.
        samples: What finished units took, in the order in which they were.
        rng: The only source of chance.
        draws: How many futures.

    Returns:
        Rows of units and columns of draws.
    """
    seen = list(dict.fromkeys(map(_key, samples)))
    works = list(dict.fromkeys([*seen, *(subject.work for subject in subjects)]))
    kinds = sorted({work.kind for work in works})
    ago, ahead = _times(subjects, samples)
    parts = _Parts(kinds, seen)
    posterior = _posterior(parts, samples, ago)
    # Sorted, so that the draws of one grid point are one slice of columns.
    chosen = np.sort(rng.choice(len(posterior.weights), draws, p=posterior.weights))
    chances = rng.chisquare(posterior.degrees, draws)
    unit_sd = np.sqrt(posterior.squares[chosen] / chances)
    effects = _draw_effects(posterior, chosen, unit_sd, rng)
    work_ratio = np.array(WORK_RATIOS)[chosen]
    unseen = rng.standard_normal((len(works) - len(seen), draws))
    unseen *= work_ratio * unit_sd
    kind_rows = [parts.kind(work.kind) for work in works]
    common = effects[_PERSON] + effects[kind_rows]
    common += np.concatenate([effects[parts.first_work :], unseen])
    row_of = {work: row for row, work in enumerate(works)}
    drawn = np.empty((len(subjects), draws))
    for subject, further, row in zip(subjects, ahead, drawn, strict=True):
        # Row by row: a row stays in the processor's cache, all of them do not.
        rng.standard_normal(out=row)
        row *= unit_sd
        row += common[row_of[subject.work]]
        row += further * effects[_SLOPE]
        np.exp(row, out=row)
    return drawn


def _key(sample: PaceSample) -> WorkKey:
    return WorkKey(sample.work, sample.kind)


def _times(
    subjects: Sequence[Subject], samples: Sequence[PaceSample]
) -> tuple[FloatArray, FloatArray]:
    """Return how long ago the middle of each sample was, and how far ahead that of each subject is.

    Both are shares of all estimated minutes.
    """
    past = np.array([float(sample.estimated) for sample in samples])
    left = np.array([subject.estimated for subject in subjects])
    whole = past.sum() + left.sum()
    before = np.cumsum(past[::-1])[::-1] - past / 2
    after = np.cumsum(left) - left / 2
    return before / whole, after / whole


_PERSON, _SLOPE, _KINDS = 0, 1, 2
"""Where the pace of today, its slope and the kinds stand among all parts."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a log ratio in the order of columns: the person's two, the kinds, the works."""

    kinds: Sequence[str]
    works: Sequence[WorkKey]

    def kind(self, name: str) -> int:
        """The column of a kind."""
        return _KINDS + self.kinds.index(name)

    @property
    def first_work(self) -> int:
        """The column of the first work."""
        return _KINDS + len(self.kinds)

    @property
    def count(self) -> int:
        return self.first_work + len(self.works)


@dataclass(frozen=True, slots=True)
class _Posterior:
    """What is believed of the person, the kinds and the works seen, at each ratio of the grid.

    Attributes:
        weights: How likely each ratio is.
        degrees: Degrees of freedom of the variance of units.
        squares: Its scale times the degrees, for each ratio.
        means: Rows of ratios, columns of parts.
        roots: For each ratio the Cholesky factor of the precision of the parts, in units of the
            variance of units.
    """

    weights: FloatArray
    degrees: int
    squares: FloatArray
    means: FloatArray
    roots: FloatArray


def _posterior(parts: _Parts, samples: Sequence[PaceSample], ago: FloatArray) -> _Posterior:
    """Return the posterior.

    A ratio weighs its prior times the evidence p(samples | ratio), which is known exactly.
    """
    work_ratio = np.array(WORK_RATIOS)
    prior = _prior_precision(parts, work_ratio)
    design = _design(parts, samples, ago)
    ratios = [float(sample.ratio) for sample in samples]
    logarithms = np.log(np.array(ratios))
    precision = design.T @ design + prior[:, :, None] * np.eye(parts.count)
    pulled = (design.T @ logarithms)[:, None]
    roots: FloatArray = np.asarray(np.linalg.cholesky(precision), dtype=np.float64)
    means = np.linalg.solve(precision, np.tile(pulled, (len(prior), 1, 1)))[:, :, 0]
    residual = np.maximum(logarithms @ logarithms - means @ pulled[:, 0], 0)
    degrees = UNIT_DEGREES + len(samples)
    squares = UNIT_DEGREES * UNIT_SD_PRIOR**2 + residual
    # The logarithm of the density of the samples, with the parts and the variance integrated out,
    # up to a constant.
    diagonals = np.diagonal(
        roots,
        axis1=1,
        axis2=2,
    )
    evidence = np.log(prior).sum(axis=1) / 2 - np.log(diagonals).sum(axis=1)
    evidence -= degrees / 2 * np.log(squares)
    likely = evidence + _log_prior(work_ratio)
    weights: FloatArray = np.exp(likely - likely.max())
    return _Posterior(
        weights / weights.sum(),
        degrees,
        squares,
        means,
        roots,
    )


def _prior_precision(parts: _Parts, work_ratio: FloatArray) -> FloatArray:
    """Return the prior precision of each part, as rows of ratios and columns of parts."""
    spread = [np.full_like(work_ratio, ratio) for ratio in (PERSON_RATIO, SLOPE_RATIO)]
    spread += [KIND_RATIO * work_ratio] * len(parts.kinds)
    spread += [work_ratio] * len(parts.works)
    precision: FloatArray = np.stack(spread, axis=1) ** -2
    return precision


def _design(parts: _Parts, samples: Sequence[PaceSample], ago: FloatArray) -> FloatArray:
    """Return rows of samples and columns of parts: how much of each is in the ratio of a sample."""
    work_column = {work: parts.first_work + number for number, work in enumerate(parts.works)}
    design = np.zeros((len(samples), parts.count))
    design[:, _PERSON] = 1
    design[:, _SLOPE] = -ago
    for row, sample in enumerate(samples):
        design[row, [parts.kind(sample.kind), work_column[_key(sample)]]] = 1
    return design


def _log_prior(work_ratio: FloatArray) -> FloatArray:
    """Return the log of the scaled inverse chi-square density of a ratio, on a log scale."""
    pull = (WORK_RATIO_PRIOR / work_ratio) ** 2 / 2
    density: FloatArray = -WORK_DEGREES * (np.log(work_ratio) + pull)
    return density


def _draw_effects(
    posterior: _Posterior,
    chosen: NDArray[np.intp],
    unit_sd: FloatArray,
    rng: np.random.Generator,
) -> FloatArray:
    """Return draws of the parts, as rows of parts and columns of draws; `chosen` is sorted."""
    effects = rng.standard_normal((posterior.means.shape[1], len(chosen)))
    effects *= unit_sd
    for point in np.unique(chosen):
        first, last = np.searchsorted(chosen, [point, point + 1])
        drawn = effects[:, first:last]
        mean = posterior.means[point]
        root = posterior.roots[point]
        spread = np.linalg.solve(root.T, drawn)
        drawn[:] = mean[:, None] + spread
    return effects
