"""Draw how much longer than estimated units may take, given what finished ones took; what is planned is not known here.

The model is the hierarchical normal model (Gelman et al., Bayesian Data Analysis, ch. 5) of the logarithm of
actual / estimated:

    log ratio of a unit = person + kind + work + unit,   each part normal around 0

so that what was seen of one unit speaks for all others, most for those of its own work. The standard deviation of the
person is a constant; those of works (with them of kinds) and of units are learnt too, each on a grid of values with a
prior weight. Given them the posterior of the parts is normal and exact: nothing is approximated but the two grids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curriculum.model.pace import PaceSample

FloatArray = NDArray[np.float64]

# The priors are judgements, not measurements, and a few finished units outweigh them. A person: two in three within a
# factor of 1.4 of the estimate, 19 in 20 within a factor of 2.
PERSON = 0.35
"""Standard deviation of a person's own factor, in log units."""

KIND = 0.75
"""How much less the kinds of a person's works differ than works of one kind do: the ratio of their deviations."""

UNITS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75, 1.0)
"""What the standard deviation of units around their work may be."""

UNIT = 0.35
"""Around what it is believed to lie, until there is evidence."""

WORKS = (0.2, 0.3, 0.45, 0.6, 0.8, 1.1)
"""What part of the deviation of units that of works around their kind may be: who is even in one is so in the other."""

WORK = 0.6
"""Around what it is believed to lie, until there is evidence."""

DEGREES = 8
"""How many units, or works, such a belief is worth: the degrees of freedom of its scaled inverse chi-square density."""


@dataclass(frozen=True, slots=True)
class UnitEstimate:
    """What relates the ratio of a unit to those of others: its work, and the kind of that."""

    work: str
    kind: str


def draw_ratios(
    subjects: Sequence[UnitEstimate],
    samples: Sequence[PaceSample],
    rng: np.random.Generator,
    draws: int,
) -> FloatArray:
    """Return draws of actual against estimated minutes of units, as rows of units and columns of draws.

    Every column is one possible world: in it the units share one person, one effect of each kind, and one of each work.

    Args:
        subjects: One for each unit.
        samples: What finished units took.
        rng: The only source of chance.
        draws: How many worlds.
    """
    seen = {UnitEstimate(sample.work, sample.kind): None for sample in samples}
    works = [*seen, *{one: None for one in subjects if one not in seen}]
    kinds = sorted({one.kind for one in works})
    posterior = _posterior(kinds, list(seen), samples)
    chosen = np.sort(rng.choice(len(posterior.weights), draws, p=posterior.weights))
    effects = _effects(posterior, chosen, rng)
    unseen = posterior.work[chosen] * rng.standard_normal((len(works) - len(seen), draws))
    common = effects[0] + effects[[1 + kinds.index(one.kind) for one in works]]
    common += np.concatenate([effects[1 + len(kinds) :], unseen])
    rows = {one: row for row, one in enumerate(works)}
    logarithms = rng.standard_normal((len(subjects), draws))
    logarithms *= posterior.unit[chosen]
    logarithms += common[[rows[one] for one in subjects]]
    return np.exp(logarithms, out=logarithms)


@dataclass(frozen=True, slots=True)
class _Posterior:
    """What is believed of the person, the kinds and the works seen, in this order, at each point of the grid.

    Attributes:
        weights: How likely each point is.
        work: Its standard deviation of works.
        unit: Its standard deviation of units.
        means: Rows of points, columns of parts.
        roots: For each point the Cholesky factor of the precision of the parts.
    """

    weights: FloatArray
    work: FloatArray
    unit: FloatArray
    means: FloatArray
    roots: FloatArray


def _posterior(
    kinds: Sequence[str], seen: Sequence[UnitEstimate], samples: Sequence[PaceSample]
) -> _Posterior:
    """Return the posterior; a point weighs its prior times the evidence p(samples | point), which is known exactly."""
    part, unit = (axis.ravel() for axis in np.meshgrid(WORKS, UNITS, indexing="ij"))
    work = part * unit
    design = _design(kinds, seen, samples)
    logarithms = np.log(np.array([float(sample.ratio) for sample in samples]))
    spread = [np.full_like(work, PERSON), *[KIND * work] * len(kinds), *[work] * len(seen)]
    prior = np.stack(spread, axis=1) ** -2
    noise = unit**-2
    precision = noise[:, None, None] * (design.T @ design) + prior[:, :, None] * np.eye(
        prior.shape[1]
    )
    pulled = noise[:, None] * (design.T @ logarithms)
    roots: FloatArray = np.asarray(np.linalg.cholesky(precision), dtype=np.float64)
    means = np.linalg.solve(precision, pulled[:, :, None])[:, :, 0]
    evidence = (
        (len(samples) * np.log(noise) + np.log(prior).sum(axis=1)) / 2
        - np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1)
        + ((pulled * means).sum(axis=1) - noise * (logarithms @ logarithms)) / 2
    )
    likely = evidence + _belief(part, WORK) + _belief(unit, UNIT)
    weights: FloatArray = np.exp(likely - likely.max())
    return _Posterior(weights / weights.sum(), work, unit, means, roots)


def _design(
    kinds: Sequence[str], seen: Sequence[UnitEstimate], samples: Sequence[PaceSample]
) -> FloatArray:
    """Return rows of samples and columns of parts: 1 where a part is in the ratio of a sample."""
    kind_column = {kind: 1 + number for number, kind in enumerate(kinds)}
    work_column = {one: 1 + len(kinds) + number for number, one in enumerate(seen)}
    design = np.zeros((len(samples), 1 + len(kinds) + len(seen)))
    for row, sample in enumerate(samples):
        design[
            row, [0, kind_column[sample.kind], work_column[UnitEstimate(sample.work, sample.kind)]]
        ] = 1
    return design


def _belief(deviation: FloatArray, around: float) -> FloatArray:
    """Return the logarithm of the scaled inverse chi-square density of a standard deviation, on a logarithmic scale."""
    found: FloatArray = -DEGREES * (np.log(deviation) + (around / deviation) ** 2 / 2)
    return found


def _effects(
    posterior: _Posterior, chosen: NDArray[np.intp], rng: np.random.Generator
) -> FloatArray:
    """Return draws of the parts, as rows of parts and columns of draws; `chosen` is sorted."""
    effects = rng.standard_normal((posterior.means.shape[1], len(chosen)))
    for point in np.unique(chosen):
        columns = slice(*np.searchsorted(chosen, [point, point + 1]))
        spread = np.linalg.solve(posterior.roots[point].T, effects[:, columns])
        effects[:, columns] = posterior.means[point][:, None] + spread
    return effects
