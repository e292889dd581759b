"""Draw how much of the study ahead will be kept, given how much of it was kept so far.

A week is the unit of the evidence, and there are two kinds of weeks. In a week *away* nearly
nothing was studied: a holiday, an illness, a deadline at work. Such weeks come in runs; how likely
one is to begin and to end is learnt from those seen. In all other weeks a person keeps a share of
the sessions; how many trials such a week counts for is learnt from how far their shares lie apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from curriculum.model.forecast import Attendance
from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.forecast.duration_model import FloatArray

AWAY = 0.1
"""In a week away less than this share was studied."""

# The priors are judgements, not measurements, in trials that went one way and the other.
PRIOR_KEPT, PRIOR_MISSED = 3.0, 0.75
"""Sessions kept and missed: eight in ten are kept."""

PRIOR_LEFT, PRIOR_STAYED = 0.5, 5.0
"""Weeks after which a run away began, and after which none did."""

PRIOR_BACK, PRIOR_STILL_AWAY = 1.5, 2.5
"""Weeks away after which a run ended, and after which it went on."""

PRIOR_TRIALS = 5.0
"""As how many trials a week counts: its sessions, fewer as they are missed together."""

PRIOR_WEEKS = 3
"""Weeks that `PRIOR_TRIALS` counts for."""

FEWEST_TRIALS, MOST_TRIALS = 0.5, 20.0
"""Between what the trials of a week are held."""

LEAST_SHARE = 0.02
"""The least share that will be kept: whoever keeps nothing never ends."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of weeks away: how many began and ended, the weeks away and not, whether one lasts."""

    began: int
    ended: int
    away: int
    present: int
    lasts: bool


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
    kept = _draw_kept_when_present(attendance.weeks, weeks_ahead, rng, draws)
    # Who keeps half of the sessions needs twice as many weeks, and may be away after each of them.
    present = weeks_ahead / kept
    away = _draw_weeks_away(_runs(attendance.weeks), present, rng)
    shares: FloatArray = np.maximum(weeks_ahead / (present + away), LEAST_SHARE)
    return shares


def _draw_kept_when_present(
    weeks: Sequence[float], weeks_ahead: float, rng: np.random.Generator, draws: int
) -> FloatArray:
    """Return draws of the share kept in the weeks ahead in which the person is not away.

    It is drawn in two steps: the person's own share, and what so few trials make of it.
    """
    present = [share for share in weeks if not _is_away(share)]
    trials = _trials_of_a_week(present)
    kept = trials * sum(present)
    missed = trials * len(present) - kept
    own = np.maximum(rng.beta(PRIOR_KEPT + kept, PRIOR_MISSED + missed, draws), LEAST_SHARE)
    ahead = trials * weeks_ahead / own
    missed_ahead = np.maximum((1 - own) * ahead, LEAST_SHARE / 10)
    shares: FloatArray = np.maximum(rng.beta(own * ahead, missed_ahead), LEAST_SHARE)
    return shares


def _trials_of_a_week(present: Sequence[float]) -> float:
    """Return as how many trials a week counts: by how much its share varies less than one trial."""
    kept = PRIOR_KEPT + PRIOR_TRIALS * sum(present)
    mean = kept / (PRIOR_KEPT + PRIOR_MISSED + PRIOR_TRIALS * len(present))
    of_one = mean * (1 - mean)
    squares = sum((share - mean) ** 2 for share in present) + PRIOR_WEEKS * of_one / PRIOR_TRIALS
    variance = squares / (len(present) + PRIOR_WEEKS)
    return min(max(of_one / variance, FEWEST_TRIALS), MOST_TRIALS)


def _draw_weeks_away(runs: _Runs, present: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return draws of the weeks away that come between as many weeks that are not."""
    draws = len(present)
    begins = rng.beta(PRIOR_LEFT + runs.began, PRIOR_STAYED + runs.present - runs.began, draws)
    still_away = PRIOR_STILL_AWAY + runs.away - runs.ended
    ends = np.maximum(rng.beta(PRIOR_BACK + runs.ended, still_away, draws), LEAST_SHARE)
    count = rng.poisson(present * begins) + runs.lasts
    # A negative binomial number is that of the weeks beyond the first one of each run.
    beyond = rng.negative_binomial(np.maximum(count, 1), ends)
    away: FloatArray = np.where(count, count + beyond, 0.0)
    return away


def _runs(weeks: Sequence[float]) -> _Runs:
    """Return the runs of weeks away; before the first week the person was not away."""
    away = [False, *map(_is_away, weeks)]
    steps = list(pairwise(away))
    return _Runs(
        began=steps.count((False, True)),
        ended=steps.count((True, False)),
        away=sum(away),
        present=len(weeks) - sum(away) + 1,
        lasts=away[-1],
    )


def _is_away(share: float) -> bool:
    return share < AWAY
