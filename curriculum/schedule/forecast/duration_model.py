"""Draw how much longer than estimated units may take, given what finished ones took.

The model is the hierarchical normal model (Gelman et al., Bayesian Data Analysis, ch. 5) of the
logarithm of actual / estimated:

    log ratio of a unit = person + change + kind + work + unit,   each part normal around 0

so that what was seen of one unit speaks for all others, most for those of its own work and those
finished last. The person is the pace of today. The change until the unit, or since it, has a steady
slope, which is learnt from the order of the samples, and a random walk in steps; both are measured
along the estimated minutes of all the work, what is done and what is left. The standard deviations
of the person, the slope and the walk are constants; those of works (with them of kinds) and of
units are learnt too, each on a grid of values with a prior weight. Given them the posterior of the
parts is normal and exact: nothing is approximated but the two grids and the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curriculum.model.pace import PaceSample

FloatArray = NDArray[np.float64]

# The priors are judgements, not measurements, and a few finished units outweigh them. A person: two
# in three within a factor of 1.4 of the estimate, 19 in 20 within a factor of 2.
PERSON_SD = 0.35
"""SD of a person's own factor, in log units."""

SLOPE_SD = 0.45
"""SD of the steady change of pace over all of the work, in log units."""

WALK_SD = 0.25
"""SD of the change of pace over all of the work that is not steady."""

STEPS_OF_WALK = 6
"""In how many steps over all of the work the pace wanders."""

KIND_RATIO = 0.75
"""Ratio of the SD between kinds of works to the SD between works of one kind."""

UNIT_SDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75, 1.0)
"""Grid for the SD between units of one work."""

UNIT_SD_PRIOR = 0.35
"""Prior location of that SD."""

WORK_RATIOS = (0.2, 0.3, 0.45, 0.6, 0.8, 1.1)
"""Grid for the ratio of between-work SD to between-unit SD."""

WORK_RATIO_PRIOR = 0.6
"""Prior location of that ratio."""

PRIOR_DEGREES = 8
"""Degrees of freedom of both priors (scaled inverse chi-square): as many units, or works."""


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

    Every column is one possible future: in it the units share one person, one course of changes,
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
    effects = _draw_effects(posterior, chosen, rng)
    unseen = rng.standard_normal((len(works) - len(seen), draws))
    unseen = posterior.work_sd[chosen] * unseen
    kind_rows = [parts.kind(work.kind) for work in works]
    common = effects[_PERSON] + effects[kind_rows]
    common += np.concatenate([effects[parts.first_work :], unseen])
    row_of = {work: row for row, work in enumerate(works)}
    rows = [row_of[subject.work] for subject in subjects]
    logarithms = rng.standard_normal((len(subjects), draws))
    logarithms *= posterior.unit_sd[chosen]
    logarithms += common[rows]
    logarithms += ahead[:, None] * effects[_SLOPE]
    steps = WALK_SD / STEPS_OF_WALK**0.5 * rng.standard_normal((STEPS_OF_WALK, draws))
    logarithms += _steps_until(ahead) @ steps
    return np.exp(logarithms, out=logarithms)


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


def _steps_until(times: FloatArray) -> FloatArray:
    """Return how much of each step of the walk lies before each time, as rows of times.

    >>> _steps_until(np.array([0.15]))[0, :3].tolist()
    [1.0, 0.5, 0.0]
    """
    begun: FloatArray = np.clip(times[:, None] * STEPS_OF_WALK - np.arange(STEPS_OF_WALK), 0, 1)
    return begun.round(12)


_PERSON, _SLOPE, _WALK = 0, 1, 2
"""Where the parts of the person begin among all parts."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a log ratio, in the order of columns: the person, the kinds, the works seen.

    The person has three: the pace of today, its slope, and the steps of its walk so far.
    """

    kinds: Sequence[str]
    works: Sequence[WorkKey]

    def kind(self, name: str) -> int:
        """The column of a kind."""
        return _WALK + STEPS_OF_WALK + self.kinds.index(name)

    @property
    def first_work(self) -> int:
        """The column of the first work."""
        return _WALK + STEPS_OF_WALK + len(self.kinds)

    @property
    def count(self) -> int:
        return self.first_work + len(self.works)


@dataclass(frozen=True, slots=True)
class _Posterior:
    """What is believed of the person, the kinds and the works seen, at each point of the grid.

    Attributes:
        weights: How likely each point is.
        work_sd: Its standard deviation of works.
        unit_sd: Its standard deviation of units.
        means: Rows of points, columns of parts.
        roots: For each point the Cholesky factor of the precision of the parts.
    """

    weights: FloatArray
    work_sd: FloatArray
    unit_sd: FloatArray
    means: FloatArray
    roots: FloatArray


def _posterior(parts: _Parts, samples: Sequence[PaceSample], ago: FloatArray) -> _Posterior:
    """Return the posterior.

    A point weighs its prior times the evidence p(samples | point), which is known exactly.
    """
    grid = np.meshgrid(WORK_RATIOS, UNIT_SDS, indexing="ij")
    work_ratio, unit_sd = (axis.ravel() for axis in grid)
    work_sd = work_ratio * unit_sd
    prior = _prior_precision(parts, work_sd)
    noise = unit_sd**-2
    design = _design(parts, samples, ago)
    ratios = [float(sample.ratio) for sample in samples]
    logarithms = np.log(np.array(ratios))
    precision = noise[:, None, None] * (design.T @ design)
    precision += prior[:, :, None] * np.eye(parts.count)
    pulled = noise[:, None] * (design.T @ logarithms)
    roots: FloatArray = np.asarray(np.linalg.cholesky(precision), dtype=np.float64)
    means = np.linalg.solve(precision, pulled[:, :, None])[:, :, 0]
    # The logarithm of the normal density of the samples with all parts integrated out, up to a
    # constant: half of log |noise| + log |prior| - log |precision|, less half of the residual.
    log_noise = len(samples) * np.log(noise)
    log_prior = np.log(prior).sum(axis=1)
    diagonals = np.diagonal(
        roots,
        axis1=1,
        axis2=2,
    )
    log_roots = np.log(diagonals).sum(axis=1)
    explained = (pulled * means).sum(axis=1)
    residual = explained - noise * (logarithms @ logarithms)
    evidence = (log_noise + log_prior) / 2 - log_roots + residual / 2
    likely = evidence + _log_density(work_ratio, WORK_RATIO_PRIOR)
    likely += _log_density(unit_sd, UNIT_SD_PRIOR)
    weights: FloatArray = np.exp(likely - likely.max())
    return _Posterior(
        weights / weights.sum(),
        work_sd,
        unit_sd,
        means,
        roots,
    )


def _prior_precision(parts: _Parts, work_sd: FloatArray) -> FloatArray:
    """Return the prior precision of each part, as rows of points and columns of parts."""
    steps = [WALK_SD / STEPS_OF_WALK**0.5] * STEPS_OF_WALK
    spread = [np.full_like(work_sd, sd) for sd in (PERSON_SD, SLOPE_SD, *steps)]
    spread += [KIND_RATIO * work_sd] * len(parts.kinds)
    spread += [work_sd] * len(parts.works)
    precision: FloatArray = np.stack(spread, axis=1) ** -2
    return precision


def _design(parts: _Parts, samples: Sequence[PaceSample], ago: FloatArray) -> FloatArray:
    """Return rows of samples and columns of parts: how much of each is in the ratio of a sample."""
    work_column = {work: parts.first_work + number for number, work in enumerate(parts.works)}
    design = np.zeros((len(samples), parts.count))
    design[:, _PERSON] = 1
    design[:, _SLOPE] = -ago
    design[:, _WALK : _WALK + STEPS_OF_WALK] = _steps_until(ago)
    for row, sample in enumerate(samples):
        design[row, [parts.kind(sample.kind), work_column[_key(sample)]]] = 1
    return design


def _log_density(sd: FloatArray, location: float) -> FloatArray:
    """Return the log of the scaled inverse chi-square density of an SD, on a logarithmic scale."""
    pull = (location / sd) ** 2 / 2
    density: FloatArray = -PRIOR_DEGREES * (np.log(sd) + pull)
    return density


def _draw_effects(
    posterior: _Posterior,
    chosen: NDArray[np.intp],
    rng: np.random.Generator,
) -> FloatArray:
    """Return draws of the parts, as rows of parts and columns of draws; `chosen` is sorted."""
    effects = rng.standard_normal((posterior.means.shape[1], len(chosen)))
    for point in np.unique(chosen):
        first, last = np.searchsorted(chosen, [point, point + 1])
        drawn = effects[:, first:last]
        mean = posterior.means[point]
        root = posterior.roots[point]
        spread = np.linalg.solve(root.T, drawn)
        drawn[:] = mean[:, None] + spread
    return effects
