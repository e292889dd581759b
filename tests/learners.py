"""Simulated people who study at paces of their own: what they have finished, what is planned, when they truly end.

Nothing here is shared with the forecast: the true end is found by walking through the sittings, one after another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt

from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.journal import Finished
from curriculum.model.library import Library
from curriculum.model.pace import Pace
from curriculum.model.plan import FreeDay, Plan, minute
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Paper, Textbook, Thesis, Work
from curriculum.progress.pace import pace_of
from curriculum.schedule.planning import plan_request, schedule, slots_until

MONDAY = date(2027, 1, 4)
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
SETTINGS = Settings.model_validate(
    {"session": {"shortest": "30m", "longest": "90m", "break": "0m"}}
)
TERMS = plan_request(SETTINGS, minute(datetime(2027, 1, 4, tzinfo=UTC)), UTC)
SHAPES = (
    *((f"book-{number}", "textbook", 9) for number in range(3)),
    *((f"thesis-{number}", "thesis", 6) for number in range(2)),
    *((f"paper-{number}", "paper", 4) for number in range(6)),
)
"""The works of every simulated person: name, kind, and how many units; 63 units."""

Chance = Callable[[random.Random, float], float]
"""A number around 0 with a standard deviation."""


@dataclass(frozen=True)
class Habit:
    """How the true ratios of a simulated person come about, in log units.

    Attributes:
        centre: Around what the person lies.
        spreads: Standard deviations of the person, of kinds, of works and of units.
        chance: From what distribution.
        odd: How likely a unit is to take three times as long besides.
    """

    centre: float = 0.0
    spreads: tuple[float, float, float, float] = (0.35, 0.15, 0.2, 0.35)
    chance: Chance = lambda rng, spread: rng.gauss(0, spread)
    odd: float = 0.0

    def ratios(self, rng: random.Random) -> dict[UnitId, float]:
        """Return what each unit truly takes against what is estimated."""
        person, kind, work, unit = self.spreads
        own = self.centre + self.chance(rng, person)
        kinds = {name: self.chance(rng, kind) for name in ("textbook", "thesis", "paper")}
        works = {name: own + kinds[of] + self.chance(rng, work) for name, of, _ in SHAPES}
        return {
            name: exp(
                works[work_of(name)]
                + self.chance(rng, unit)
                + (log(3) if rng.random() < self.odd else 0)
            )
            for name in UNITS
        }


def heavy_tailed(rng: random.Random, spread: float) -> float:
    """Return a number from Student's distribution with 4 degrees of freedom, whose standard deviation is `spread`.

    It is cut at five deviations: the exponential of an uncut one has no mean, and some people would never end.
    """
    deviations = rng.gauss(0, 1) / sqrt(2 * rng.gammavariate(2, 2) / 4)
    return spread * max(-5.0, min(deviations, 5.0))


HABITS: Mapping[str, Habit] = {
    "as the model believes": Habit(),
    "heavier tails": Habit(chance=heavy_tailed),
    "one odd chapter in ten": Habit(spreads=(0.35, 0.15, 0.2, 0.25), odd=0.1),
    "one and a half times slower": Habit(centre=log(1.5), spreads=(0.1, 0.15, 0.2, 0.35)),
    "as planned, with noise": Habit(spreads=(0.1, 0.05, 0.1, 0.2)),
}
"""The mixed population: five kinds of people, in equal parts."""

UNITS = tuple(unit_id(name, str(number)) for name, _, count in SHAPES for number in range(count))


@cache
def free(first: date, last: date) -> tuple[FreeDay, ...]:
    """Return two hours every evening and four on Saturday; nothing on Sundays, nor in every tenth week."""
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        nine = minute(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        hours = (
            ((600, 720),)
            if day.weekday() < 5
            else ((0, 120), (300, 420))
            if day.weekday() == 5
            else ()
        )
        away = (day - MONDAY).days // 7 % 10 == 7
        days.append(
            FreeDay(day, () if away else tuple((nine + start, nine + end) for start, end in hours))
        )
    return tuple(days)


@cache
def sittings(days: int) -> tuple[tuple[int, int], ...]:
    """Return the sittings of so many days from the first Monday on."""
    return slots_until(TERMS, free, days)


@dataclass(frozen=True)
class Learner:
    """A simulated person, somewhere on the way.

    Attributes:
        library: The works, with the estimates of their syllabi.
        curriculum: What is still to be studied, at the pace shown so far.
        plan: The plan of that.
        pace: What was learnt from the units finished.
        truth: What each unit truly takes against its estimate.
    """

    library: Library
    curriculum: Curriculum
    plan: Plan
    pace: Pace
    truth: Mapping[UnitId, float]

    def end(self, units: Iterable[UnitId], *, held: Callable[[], bool] = lambda: True) -> int:
        """Return when the person truly finishes the last of some units, following the plan's order of pieces.

        Args:
            units: The units.
            held: Whether the next sitting is held, asked once for each.
        """
        pieces = [piece for session in self.plan.sessions for piece in session.pieces]
        wanted = set(units)
        last = max(place for place, piece in enumerate(pieces) if piece.unit in wanted)
        need = sum(
            piece.minutes / float(self.curriculum.paces.get(piece.unit, 1)) * self.truth[piece.unit]
            for piece in pieces[: last + 1]
        )
        for start, end in sittings(4000):
            if not held():
                continue
            if need <= end - start:
                return start + round(need)
            need -= end - start
        raise AssertionError("the person never ends")


def learner(habit: Habit, finished: float, rng: random.Random) -> Learner:
    """Return a person who has finished a share of the work, in the order of the plan they began with."""
    estimates = {unit: rng.randrange(45, 420) for unit in UNITS}
    library = _library(estimates)
    truth = habit.ratios(rng)
    first = schedule(_curriculum(estimates, frozenset(), Pace()), TERMS, free)
    done = _first_finished(first, finished)
    facts = {unit: _finished(unit, max(1, round(estimates[unit] * truth[unit]))) for unit in done}
    pace = pace_of(Progress(live=tuple(facts.values()), finished=facts), library, SETTINGS.speed)
    left = _curriculum(estimates, frozenset(done), pace)
    return Learner(library, left, schedule(left, TERMS, free), pace, truth)


def _library(estimates: Mapping[UnitId, int]) -> Library:
    return Library({name: _work(name, kind, count, estimates) for name, kind, count in SHAPES}, {})


def _work(name: str, kind: str, count: int, estimates: Mapping[UnitId, int]) -> Work:
    units = [
        {
            "id": str(number),
            "title": f"Part {number}",
            "effort": f"{estimates[unit_id(name, str(number))]}m",
        }
        for number in range(count)
    ]
    if kind == "paper":
        return Paper.model_validate({"kind": kind, "title": name, "steps": units})
    made = Textbook if kind == "textbook" else Thesis
    return made.model_validate({"kind": kind, "title": name, "chapters": units})


def _curriculum(estimates: Mapping[UnitId, int], done: frozenset[UnitId], pace: Pace) -> Curriculum:
    """Return what is left: each unit of a work after the one before it; each work is a goal, the last by a date."""
    kinds = {name: kind for name, kind, _ in SHAPES}
    units = tuple(unit for unit in UNITS if unit not in done)
    factors = {unit: pace.factor(work_of(unit), kinds[work_of(unit)]) for unit in units}
    goals = tuple(
        reached_goal(
            Goal(work=name), tuple(unit_id(name, str(number)) for number in range(count)), UTC
        )
        for name, _, count in SHAPES
    )
    return Curriculum(
        units=units,
        requires={
            unit: (before,) for before, unit in pairwise(units) if work_of(before) == work_of(unit)
        },
        prefers={},
        efforts={unit: max(1, round(estimates[unit] * factors[unit])) for unit in units},
        goals=goals,
        paces={unit: factor for unit, factor in factors.items() if factor != 1},
        details=study_units(_library(estimates), SETTINGS.speed),
    )


def _first_finished(plan: Plan, share: float) -> tuple[UnitId, ...]:
    """Return the units that the plan finishes first, which together make up a share of its minutes."""
    total = sum(placement.effort for placement in plan.units)
    done: list[UnitId] = []
    spent = 0
    for placement in sorted(plan.units, key=lambda one: (one.finish or 0, one.unit)):
        spent += placement.effort
        if spent > share * total:
            break
        done.append(placement.unit)
    return tuple(done)


def _finished(unit: UnitId, took: int) -> Finished:
    return Finished(id=unit, command=unit, at=NOON, zone="UTC", unit=unit, minutes=took)
