"""Measure how many future sessions move after one missed day; what they say does not count, only when they are."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date
from statistics import mean

from curriculum.availability.free import Availability
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import FreeDay, Plan, Session, instant
from curriculum.model.settings import Settings
from curriculum.schedule.planning import schedule
from tests.instances import MIDNIGHT, Instance, curriculum_of, left_after, owed_after

DAY = 24 * 60
MISSED_DAYS = (8, 17, 25, 37, 45, 52, 66, 79)
"""Days of the plan on which nothing is studied, one at a time: from Tuesday to Friday."""

SEEDS = (1, 2, 3)
WAYS = (
    ("without turns", "0m", False),
    ("with turns", "0m", True),
    ("with turns, catch_up 1h", "1h", True),
    ("with turns, catch_up 2h", "2h", True),
    ("with turns, catch_up 3h", "3h", True),
)
"""What it is called, the time left for catching up, and whether tracks keep their turns."""

WEEK = {"mon-fri": "18:30-21:30", "sat-sun": "09:00-13:00"}


class Life(Instance):
    """An instance whose free time is that of a person with evenings and weekends."""

    def free(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free days of the settings."""
        return Availability(self.settings.week, UTC).days(first, last)


def life(seed: int, catch_up: str) -> Life:
    """Return 300 units of about half a year: 15 textbooks of 12 chapters, 30 papers of 4 steps, some of them linked."""
    rng = random.Random(seed)
    works = [(f"b{number:02d}", 12) for number in range(15)] + [
        (f"p{number:02d}", 4) for number in range(30)
    ]
    starts, efforts, edges, count = [], [], [], 0
    for name, size in works:
        starts.append(count)
        edges += [(unit - 1, unit) for unit in range(count + 1, count + size)]
        efforts += [rng.randrange(30, 180) for _ in range(size)]
        if name.startswith("p"):
            edges.append((rng.randrange(min(180, 6 * (len(starts) - 15) + 1)), count))
        count += size
    settings = Settings.model_validate({"availability": WEEK, "load": "90%", "catch_up": catch_up})
    return Life(*curriculum_of(efforts, edges, works), settings, ())


def moved(before: Sequence[Session], after: Sequence[Session]) -> int:
    """Return how many sessions a person would see move, appear or go.

    Sessions with the same first unit are the same one when they begin at the same time; of the others, the first is the
    first, and so on.
    """
    old, new = _by_first_unit(before), _by_first_unit(after)
    return sum(max(len(old[unit] - new[unit]), len(new[unit] - old[unit])) for unit in {*old, *new})


def _by_first_unit(sessions: Sequence[Session]) -> dict[UnitId, set[int]]:
    found: dict[UnitId, set[int]] = defaultdict(set)
    for session in sessions:
        found[session.pieces[0].unit].add(session.start)
    return found


def share_moved(instance: Instance, plan: Plan, day: int, *, turns: bool) -> float:
    """Return the share of the sessions after a missed day that move, when the plan was followed until then."""
    missed, now = MIDNIGHT + day * DAY, MIDNIGHT + (day + 1) * DAY
    done = tuple(session for session in plan.sessions if session.start < missed)
    rest = tuple(session for session in plan.sessions if session.start >= now)
    terms = replace(
        instance.terms,
        start=now,
        first=instant(now).date(),
        owed=owed_after(instance, done),
        published=rest if turns else (),
        kept=tuple(session for session in rest if session.start < now + DAY),
        missed=sum(
            session.end - session.start
            for session in plan.sessions
            if missed <= session.start < now
        ),
    )
    again = schedule(left_after(instance.curriculum, done), terms, instance.free)
    return moved(rest, again.sessions) / len(rest)


def churn() -> list[tuple[str, float, float]]:
    """Return for each way the mean share of future sessions that move after one missed day, and the largest."""
    rows = []
    for name, catch_up, turns in WAYS:
        shares = []
        for instance in (life(seed, catch_up) for seed in SEEDS):
            plan = instance.plan()
            shares += [share_moved(instance, plan, day, turns=turns) for day in MISSED_DAYS]
        rows.append((name, mean(shares), max(shares)))
    return rows


def main() -> None:
    """Print the shares."""
    for name, average, largest in churn():
        print(
            f"{'sessions moved by a missed day, ' + name:<58} {average:>9.1%} mean, {largest:.1%} at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
