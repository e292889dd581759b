"""Forecast when goals are finished, by replaying the plan in many possible worlds; how it was made is not known here.

Evidence-based scheduling (J. Spolsky, 2007): history tells how far estimates are off, chance how that may add up. In
each world a unit takes its estimate times the ratio that `posterior.py` draws for it; the pieces follow one another in
the plan's order, whatever they take, through the same sittings, and none begins before the date its unit waits for.

Two things are left out. The planner would mend the order as it learns: here a slow book delays the papers after it,
while in life they keep their share of the time. And it would go on with something else while a date holds a unit back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

import numpy as np

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.forecast import Attendance, Forecast, Outlook, Range
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.intervals import Interval
from curriculum.model.library import Library
from curriculum.model.pace import PaceSample
from curriculum.model.plan import Plan, due_minute
from curriculum.schedule.forecast.duration_model import FloatArray, UnitEstimate, draw_ratios
from curriculum.schedule.forecast.simulation import ends_of, replay_of

DRAWS = 2000
"""How many worlds are drawn: a chance is then known to about one point in a hundred."""

TRIAL = 120
"""Minutes of the past that count as one trial of whether what is planned is held; missed sittings come in runs."""

HELD, MISSED = 4.0, 0.5
"""How many trials, held and missed, the belief before any is worth: nine in ten are held."""

QUANTILES = (0.1, 0.25, 0.75, 0.9)
"""Where the central 80 % and the central 50 % begin and end."""


def forecast(
    plan: Plan,
    curriculum: Curriculum,
    library: Library,
    samples: Sequence[PaceSample],
    slots: Iterable[Interval],
    zone: tzinfo,
    *,
    seed: int,
    draws: int = DRAWS,
    attendance: Attendance | None = None,
) -> Forecast:
    """Return when each goal and the whole plan will be finished, as ranges, with the chance of each deadline.

    Args:
        plan: The whole plan, not one cut at a horizon.
        curriculum: What it was made from. The factors of `paces` are taken out of the minutes before these are scaled,
            for ratios are against the syllabus; what lies behind of a unit is known and not scaled.
        library: The works.
        samples: What finished units took against what was estimated.
        slots: The sittings from `plan.start` on, best to twice the length of the plan; after the last of them study is
            taken to go on with as many hours a week.
        zone: Where the dates of goals are local.
        seed: The same seed gives the same forecast.
        draws: How many worlds are drawn.
        attendance: How much of the planned study was done so far; None assumes that every sitting ahead is kept.
    """
    rng = np.random.default_rng(seed)
    replay = replay_of(plan, curriculum.paces, slots)
    subjects = [
        UnitEstimate(work_of(unit), library.works[work_of(unit)].kind) for unit in replay.units
    ]
    takes = draw_ratios(subjects, samples, rng, draws)
    takes /= 1.0 if attendance is None else _held(attendance, rng, draws)
    goals = [
        _Row(_units_left(reached, curriculum), _due(reached, zone)) for reached in curriculum.goals
    ]
    rows = [*goals, _Row(curriculum.units, None)]
    ends = ends_of(replay, [row.units for row in rows], takes)
    *outlooks, whole = (_outlook(row, plan, drawn) for row, drawn in zip(rows, ends, strict=True))
    named = tuple(
        (reached.goal, outlook) for reached, outlook in zip(curriculum.goals, outlooks, strict=True)
    )
    return Forecast(
        goals=named,
        whole=replace(whole, chance=_all_kept(goals, ends)),
        samples=len(samples),
        draws=draws,
        seed=seed,
        attendance=attendance,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """Something that is finished with its last unit: those it still needs, and when it is due."""

    units: tuple[UnitId, ...]
    due: int | None


def _units_left(reached: ReachedGoal, curriculum: Curriculum) -> tuple[UnitId, ...]:
    return tuple(unit for unit in reached.units if unit in curriculum.efforts)


def _due(reached: ReachedGoal, zone: tzinfo) -> int | None:
    return None if reached.goal.by is None else due_minute(reached.goal.by, zone)


def _held(attendance: Attendance, rng: np.random.Generator, draws: int) -> FloatArray:
    """Return draws of the share of the sittings ahead that will be held: a beta posterior of the trials of the past."""
    done, planned = (minutes / TRIAL for minutes in attendance)
    return rng.beta(HELD + min(done, planned), MISSED + max(0.0, planned - done), draws)


def _outlook(row: _Row, plan: Plan, drawn: FloatArray | None) -> Outlook:
    if drawn is None:
        return Outlook(len(row.units), deadline=row.due)
    wanted = set(row.units)
    early, half_early, half_late, late = (
        np.quantile(drawn, QUANTILES, method="inverted_cdf").astype(int).tolist()
    )
    return Outlook(
        units=len(row.units),
        planned=max(placement.finish or 0 for placement in plan.units if placement.unit in wanted),
        half=Range(half_early, half_late),
        most=Range(early, late),
        deadline=row.due,
        chance=None if row.due is None else float((drawn <= row.due).mean()),
    )


def _all_kept(goals: Iterable[_Row], ends: Iterable[FloatArray | None]) -> float | None:
    """Return the chance to keep every deadline ahead; None without any, or when something due has no place."""
    dated = [
        (row.due, drawn)
        for row, drawn in zip(goals, ends, strict=False)
        if row.due is not None and row.units
    ]
    kept = [drawn <= due for due, drawn in dated if drawn is not None]
    return float(np.all(kept, axis=0).mean()) if kept and len(kept) == len(dated) else None
