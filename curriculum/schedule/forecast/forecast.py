"""Forecast when goals are finished, by replaying the plan in many simulated futures.

Evidence-based scheduling (J. Spolsky, 2007): history tells how far estimates are off, chance how
that may add up. In each future a unit takes its estimate times the ratio that `duration_model.py`
draws for it. The pieces follow one another in the plan's order, whatever they take, through the
same slots, and none begins before the date its unit waits for.

Two things are left out. The planner would mend the order as it learns: here a slow book delays the
papers after it, while in life they keep their share of the time. And it would go on with something
else while a date holds a unit back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.forecast import Experience, Forecast, Outlook, Range
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.intervals import Interval
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan
from curriculum.schedule.forecast.duration_model import (
    FloatArray,
    Subject,
    WorkKey,
    draw_ratios,
)
from curriculum.schedule.forecast.presence import draw_kept_shares
from curriculum.schedule.forecast.simulation import Replay, ends_of, replay_of

DEFAULT_DRAWS = 2000
"""How many futures are drawn: a chance is then known to about one point in a hundred."""

_WEEK = 7 * 24 * 60

QUANTILES = (0.1, 0.25, 0.75, 0.9)
"""Where the central 80 % and the central 50 % begin and end."""


def forecast(
    plan: Plan,
    curriculum: Curriculum,
    experience: Experience,
    slots: Iterable[Interval],
    *,
    seed: int,
    draws: int = DEFAULT_DRAWS,
) -> Forecast:
    """Return when each goal and the whole plan will be finished, with the chance of each deadline.

    Args:
        plan: The whole plan, not one cut at a horizon.
        curriculum: What it was made from. The factors of `paces` are taken out of the minutes
            before these are scaled, for ratios are against the syllabus; what lies behind of a
            unit is known and not scaled.
        experience: What the journal shows of the person's pace and attendance.
        slots: The slots from `plan.start` on, best to twice the length of the plan; after the last
            of them study is taken to go on with as many hours a week.
        seed: The same seed gives the same forecast.
        draws: How many futures are drawn.
    """
    # What is drawn, and in which order, is part of the promise that a seed gives one forecast.
    rng = np.random.default_rng(seed)
    replay = replay_of(plan, curriculum.paces, slots)
    takes = draw_ratios(
        _subjects(replay, curriculum),
        experience.samples,
        rng,
        draws,
    )
    attendance = experience.attendance
    if attendance is not None:
        # Who keeps half of the sessions needs twice the planned time for everything.
        takes /= draw_kept_shares(attendance, _weeks_ahead(plan), rng, draws)
    goals = [_target(reached, curriculum) for reached in curriculum.goals]
    everything = _Target(curriculum.units, None)
    ends = ends_of(
        replay,
        [target.units for target in (*goals, everything)],
        takes,
    )
    outlooks = []
    for reached, target, drawn in zip(curriculum.goals, goals, ends, strict=False):
        outlooks.append((reached.goal, _outlook(target, plan, drawn)))
    whole = _outlook(everything, plan, ends[-1])
    return Forecast(
        goals=tuple(outlooks),
        whole=replace(whole, chance=_chance_of_all(goals, ends)),
        samples=len(experience.samples),
        draws=draws,
        seed=seed,
        attendance=attendance,
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """Something that is finished with its last unit: those it still needs, and when it is due."""

    units: tuple[UnitId, ...]
    due: int | None


def _target(reached: ReachedGoal, curriculum: Curriculum) -> _Target:
    left = tuple(unit for unit in reached.units if unit in curriculum.efforts)
    return _Target(left, reached.due)


def _subjects(replay: Replay, curriculum: Curriculum) -> list[Subject]:
    """Return the units of a plan in the order in which they begin, with their estimated minutes."""
    estimated = [0.0] * len(replay.units)
    for row, minutes in replay.pieces:
        estimated[row] += minutes
    works = [WorkKey(work_of(unit), curriculum.details[unit].kind) for unit in replay.units]
    return [Subject(work, minutes) for work, minutes in zip(works, estimated, strict=True)]


def _weeks_ahead(plan: Plan) -> float:
    """Return the weeks until the plan is finished, at least one."""
    return max(1.0, ((plan.finish or plan.start) - plan.start) / _WEEK)


def _outlook(
    target: _Target,
    plan: Plan,
    drawn: FloatArray | None,
) -> Outlook:
    if drawn is None:
        return Outlook(len(target.units), deadline=target.due)
    wanted = set(target.units)
    planned = [one.finish or 0 for one in plan.units if one.unit in wanted]
    quantiles = np.quantile(drawn, QUANTILES, method="inverted_cdf").astype(int)
    early, half_early, half_late, late = quantiles.tolist()
    chance = None
    if target.due is not None:
        chance = float((drawn <= target.due).mean())
    return Outlook(
        units=len(target.units),
        planned=max(planned),
        half=Range(half_early, half_late),
        most=Range(early, late),
        deadline=target.due,
        chance=chance,
    )


def _chance_of_all(goals: Iterable[_Target], ends: Iterable[FloatArray | None]) -> float | None:
    """Return the chance to keep every deadline ahead.

    None without any, or when something due has no place.
    """
    kept = []
    for target, drawn in zip(goals, ends, strict=False):
        if target.due is None or not target.units:
            continue
        if drawn is None:
            return None
        kept.append(drawn <= target.due)
    if not kept:
        return None
    return float(np.all(kept, axis=0).mean())
