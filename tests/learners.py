"""Simulated people who study at paces of their own: what they have finished, what is planned, when they truly end.

Nothing here is shared with the forecast: the true end is found by walking through the sittings, one after another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise, repeat
from math import exp, log, sqrt

from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.forecast import Attendance
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.journal import Finished
from curriculum.model.library import Library
from curriculum.model.pace import Pace
from curriculum.model.plan import FreeDay, Plan, minute
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Paper, Textbook, Thesis, Work
from curriculum.progress.pace import pace_of
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.plan_request import plan_request
from curriculum.schedule.planning import schedule

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

Presence = Callable[[random.Random], Iterator[float]]
"""The chance of holding a sitting, week after week without end."""

WEEK, SITTINGS_A_WEEK = 7 * 24 * 60, 9


@dataclass(frozen=True)
class Habit:
    """How the true ratios of a simulated person come about, in log units.

    Attributes:
        centre: Around what the person lies.
        spreads: Standard deviations of the person, of kinds, of works and of units.
        chance: From what distribution.
        odd: How likely a unit is to take three times as long besides.
        slope: How much the pace changes steadily from the first unit to the last.
        walk: Standard deviation of a random walk of the pace from the first unit to the last.
        presence: The chance of holding a sitting in each week, one week after the other.
    """

    centre: float = 0.0
    spreads: tuple[float, float, float, float] = (0.35, 0.15, 0.2, 0.35)
    chance: Chance = lambda rng, spread: rng.gauss(0, spread)
    odd: float = 0.0
    slope: float = 0.0
    walk: float = 0.0
    presence: Presence | None = None

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

    def changes(self, rng: random.Random, units: Sequence[UnitId]) -> dict[UnitId, float]:
        """Return the factor by which the pace has changed at each unit, in the order of their study."""
        steps = [
            self.slope / len(units) + rng.gauss(0, self.walk / sqrt(len(units))) for _ in units
        ]
        return {unit: exp(level) for unit, level in zip(units, accumulate(steps), strict=True)}


def heavy_tailed(rng: random.Random, spread: float) -> float:
    """Return a number from Student's distribution with 4 degrees of freedom, whose standard deviation is `spread`.

    It is cut at five deviations: the exponential of an uncut one has no mean, and some people would never end.
    """
    deviations = rng.gauss(0, 1) / sqrt(2 * rng.gammavariate(2, 2) / 4)
    return spread * max(-5.0, min(deviations, 5.0))


def steady(rng: random.Random) -> Iterator[float]:
    """Yield the presence of somebody who misses a sitting now and then, as often in every week."""
    return repeat(rng.betavariate(6, 1.5))


def bursty(rng: random.Random) -> Iterator[float]:
    """Yield the presence of somebody who studies for some weeks, four on average, and then for two does not."""
    is_on = rng.random() < 2 / 3
    while True:
        yield 0.95 if is_on else 0.0
        is_on ^= rng.random() < (1 / 4 if is_on else 1 / 2)


def absent(rng: random.Random) -> Iterator[float]:
    """Yield the presence of somebody who is away for two to six weeks, about four times a year."""
    share = rng.betavariate(12, 1.5)
    while True:
        if rng.random() < 1 / 12:
            yield from repeat(0.0, rng.randrange(2, 7))
        yield share


HABITS: Mapping[str, Habit] = {
    "as the model believes": Habit(),
    "heavier tails": Habit(chance=heavy_tailed),
    "one odd chapter in ten": Habit(spreads=(0.35, 0.15, 0.2, 0.25), odd=0.1),
    "one and a half times slower": Habit(centre=log(1.5), spreads=(0.1, 0.15, 0.2, 0.35)),
    "as planned, with noise": Habit(spreads=(0.1, 0.05, 0.1, 0.2)),
}
"""The mixed population: five kinds of people, in equal parts."""

CHANGING: Mapping[str, Habit] = {
    "drifting": Habit(walk=0.35),
    "steadily slower, 1.6 times in the end": Habit(slope=log(1.6)),
    "steadily faster, 1.6 times in the end": Habit(slope=-log(1.6)),
    "missing a sitting now and then": Habit(presence=steady),
    "studying in bursts of weeks": Habit(presence=bursty),
    "absent for weeks": Habit(presence=absent),
}
"""People whose pace or presence changes."""

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
        attendance: How much of the study planned so far was done; None when all of it was, or nothing was planned.
        held: Whether the sitting that begins at a minute is held, asked once for each, in order.
    """

    library: Library
    curriculum: Curriculum
    plan: Plan
    pace: Pace
    truth: Mapping[UnitId, float]
    attendance: Attendance | None = None
    held: Callable[[int], bool] = lambda start: True

    def end(self, units: Iterable[UnitId]) -> int:
        """Return when the person truly finishes the last of some units, following the plan's order of pieces."""
        pieces = [piece for session in self.plan.sessions for piece in session.pieces]
        wanted = set(units)
        last = max(place for place, piece in enumerate(pieces) if piece.unit in wanted)
        need = sum(
            piece.minutes / float(self.curriculum.paces.get(piece.unit, 1)) * self.truth[piece.unit]
            for piece in pieces[: last + 1]
        )
        for start, end in sittings(4000):
            if not self.held(start):
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
    changes = habit.changes(rng, _in_order(first)) if habit.slope or habit.walk else {}
    truth = {unit: ratio * changes.get(unit, 1.0) for unit, ratio in truth.items()}
    done = _first_finished(first, finished)
    facts = {unit: _finished(unit, max(1, round(estimates[unit] * truth[unit]))) for unit in done}
    pace = pace_of(Progress(live=tuple(facts.values()), finished=facts), library, SETTINGS.speed)
    left = _curriculum(estimates, frozenset(done), pace)
    who = Learner(library, left, schedule(left, TERMS, free), pace, truth)
    if habit.presence is None:
        return who
    studied = sum(estimates[unit] * truth[unit] for unit in done)
    return _present(who, studied, habit.presence(rng), rng)


def _present(who: Learner, studied: float, weeks: Iterator[float], rng: random.Random) -> Learner:
    """Return a person with the past weeks that so many minutes took, who goes on in the same way."""
    planned = sum(end - start for start, end in sittings(7))
    shares: list[float] = []
    while sum(shares) * planned < studied:
        chance = next(weeks)
        shares.append(sum(rng.random() < chance for _ in range(SITTINGS_A_WEEK)) / SITTINGS_A_WEEK)
    past = None
    if shares:
        kept = round(sum(shares) * planned)
        past = Attendance(kept, len(shares) * planned, tuple(shares))
    ahead: list[float] = []

    def held(start: int) -> bool:
        week = (start - TERMS.start) // WEEK
        while len(ahead) <= week:
            ahead.append(next(weeks))
        return rng.random() < ahead[week]

    return replace(who, attendance=past, held=held)


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
    efforts = {placement.unit: placement.effort for placement in plan.units}
    total = sum(efforts.values())
    done: list[UnitId] = []
    spent = 0
    for unit in _in_order(plan):
        spent += efforts[unit]
        if spent > share * total:
            break
        done.append(unit)
    return tuple(done)


def _in_order(plan: Plan) -> tuple[UnitId, ...]:
    """Return the units in the order in which the plan finishes them."""
    return tuple(
        one.unit for one in sorted(plan.units, key=lambda one: (one.finish or 0, one.unit))
    )


def _finished(unit: UnitId, took: int) -> Finished:
    return Finished(id=unit, command=unit, at=NOON, zone="UTC", unit=unit, minutes=took)
