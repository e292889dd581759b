"""Draw how much of the study ahead will be kept, given how much of it was kept so far.

Sessions are missed in runs: a holiday, a busy month. So a week is the unit of the evidence, and as
many weeks as tend to be alike count as one trial. How many that are is learnt from how far weeks
lie apart and how much a week resembles the one before it. The share of the weeks ahead is then
drawn in two steps: the person's own share, and what so few trials make of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from curriculum.model.forecast import Attendance
from curriculum.schedule.forecast.duration_model import FloatArray

# The priors are judgements, not measurements: eight weeks in ten are kept.
PRIOR_KEPT = 3.0
PRIOR_MISSED = 0.75
"""Trials kept and missed before anything is known."""

PRIOR_WEEKS = 6
"""Weeks that the prior of the length of a trial counts for."""

PRIOR_SPREAD = 1.0
"""Prior variance between weeks, as a part of that of weeks kept wholly or not at all."""

PRIOR_LIKENESS = 0.6
"""Prior correlation of a week with the one before it."""

MOST_LIKENESS = 0.8
"""The highest correlation that is believed: a trial is then at most nine weeks long."""

LEAST_TRIAL = 0.2
"""The least weeks of a trial, about one session."""

LEAST_SHARE = 0.02
"""The least share that will be kept: whoever keeps nothing never ends."""


@dataclass(frozen=True, slots=True)
class _Presence:
    """What is believed of a person's presence: trials kept and missed, and the weeks of a trial."""

    kept: float
    missed: float
    trial: float


def draw_kept_shares(
    attendance: Attendance, weeks_ahead: float, rng: np.random.Generator, draws: int
) -> FloatArray:
    """Return draws of the share of the study ahead that will be done.

    Args:
        attendance: What was done of the study planned so far.
        weeks_ahead: The weeks of study ahead if all of it is kept.
        rng: The only source of chance.
        draws: How many futures.
    """
    presence = _presence(attendance)
    own = rng.beta(presence.kept, presence.missed, draws)
    # Who keeps half of the weeks needs twice as many, and so has twice as many trials.
    trials = weeks_ahead / np.maximum(own, LEAST_SHARE) / presence.trial
    kept = np.maximum(own * trials, LEAST_SHARE)
    missed = np.maximum((1 - own) * trials, LEAST_SHARE / 10)
    shares: FloatArray = np.maximum(rng.beta(kept, missed), LEAST_SHARE)
    return shares


def _presence(attendance: Attendance) -> _Presence:
    weeks = len(attendance.weeks)
    kept = weeks * attendance.studied / attendance.planned
    mean = (PRIOR_KEPT + kept) / (PRIOR_KEPT + PRIOR_MISSED + weeks)
    trial = _weeks_of_a_trial(attendance.weeks, mean)
    return _Presence(PRIOR_KEPT + kept / trial, PRIOR_MISSED + (weeks - kept) / trial, trial)


def _weeks_of_a_trial(weeks: Sequence[float], mean: float) -> float:
    """Return how many weeks say as much as one that is kept wholly or not at all, by chance.

    It is the variance between weeks against that of such ones, times the (1 + r) / (1 - r) by which
    a correlation r from week to week lengthens runs.
    """
    wholly = mean * (1 - mean)
    off = [share - mean for share in weeks]
    squares = sum(one * one for one in off) + PRIOR_WEEKS * PRIOR_SPREAD * wholly
    products = sum(one * other for one, other in pairwise(off))
    products += PRIOR_WEEKS * PRIOR_SPREAD * PRIOR_LIKENESS * wholly
    likeness = min(max(products / squares, 0.0), MOST_LIKENESS)
    spread = squares / (len(weeks) + PRIOR_WEEKS) / wholly
    return max(LEAST_TRIAL, spread * (1 + likeness) / (1 - likeness))
