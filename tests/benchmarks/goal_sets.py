"""Measure plans of 25 goal sets drawn from the built-in library: `python -m tests.benchmarks.goal_sets`; no test.

Every set is two to five works with a balance and hours of its own, always the same ones. The table shows how many
pieces of a session are short, how even the weeks are, how long the papers wait and when works are finished.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import cache
from statistics import fmean

from curriculum.availability.free import Availability
from curriculum.disk.workspace import built_in_library
from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.plan import Plan, release_minute
from curriculum.model.settings import Goal, Settings
from curriculum.schedule.plan_request import plan_request
from curriculum.schedule.planning import schedule
from curriculum.syllabus.library import SyllabusText, read_library

SETS = 25
START = date(2027, 1, 4)
SHORT = 15
DAY = 24 * 60
WEEK = 7 * DAY

HOURS = (
    {"mon-fri": "19:00-21:00"},
    {"mon-fri": "18:30-21:30", "sat-sun": "09:00-13:00"},
    {"mon-fri": "19:00-21:00", "sat": ["10:00-12:00", "14:00-16:00"]},
    {"mon,wed,fri": "06:45-08:15", "sun": "14:00-18:00"},
    {"daily": "20:00-21:30"},
)
BALANCES = (
    {"textbooks": "50", "papers": "50"},
    {"textbooks": "50", "papers": "50"},
    {"textbooks": "60", "papers": "40"},
    {"textbooks": "40", "papers": "60"},
    {"textbooks": "70", "papers": "30"},
)
LOADS = ("100%", "90%", "80%")


@dataclass(frozen=True, slots=True)
class GoalSet:
    """Works to be finished, with the settings under which they are planned, and the curriculum that leads to them."""

    goals: tuple[str, ...]
    settings: Settings
    curriculum: Curriculum


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of one plan.

    Attributes:
        hours: Hours of study in all.
        pieces: How many pieces the sessions have.
        short: Share of the pieces that last less than a quarter of an hour.
        split: The same without units that need no more than that in all.
        shortest: Minutes of the shortest piece.
        deviation: Minutes by which weeks miss the balance, as a share of all minutes.
        bound: The least that share can be, whatever the order: one track has less work than its share.
        gap: The most days without a paper until the last one.
        stretch: The most hours of textbooks between two papers.
        first: Days until the first goal is finished.
        completion: Days until a work is finished, on average.
        finish: Days until all is finished.
        lag: The most minutes a track was owed.
    """

    hours: float
    pieces: int
    short: float
    split: float
    shortest: int
    deviation: float
    bound: float
    gap: float
    stretch: float
    first: float
    completion: float
    finish: float
    lag: int


@cache
def library() -> Library:
    """Return the built-in library."""
    texts = [SyllabusText(file.label, file.data.decode()) for file in built_in_library()]
    return read_library(texts).library


def goal_sets(seed: int = 1, count: int = SETS) -> Iterator[GoalSet]:
    """Yield goal sets, with at least one paper in each."""
    rng = random.Random(seed)
    names = sorted(library().works)
    for _ in range(count):
        chosen = _with_a_paper(rng, names)
        written = {
            "availability": rng.choice(HOURS),
            "balance": rng.choice(BALANCES),
            "load": rng.choice(LOADS),
            "start": START.isoformat(),
        }
        settings = Settings.model_validate(written)
        goals = tuple(Goal(work=name) for name in chosen)
        curriculum = resolve(library(), GoalRequest(goals), zone=UTC).curriculum
        assert curriculum is not None
        yield GoalSet(tuple(chosen), settings, curriculum)


def _with_a_paper(rng: random.Random, names: list[str]) -> list[str]:
    while True:
        chosen = rng.sample(names, rng.randint(2, 5))
        if any(library().works[name].track == "papers" for name in chosen):
            return chosen


def plan(one: GoalSet) -> Plan:
    """Return the plan of a goal set."""
    request = plan_request(one.settings, release_minute(START, UTC), UTC)
    return schedule(one.curriculum, request, Availability(one.settings.week, UTC).days)


def in_goals_order(one: GoalSet) -> GoalSet:
    """Return a goal set that is planned in the order of its goals."""
    balance = one.settings.balance.model_copy(update={"order": "goals"})
    return replace(one, settings=one.settings.model_copy(update={"balance": balance}))


def figures(one: GoalSet, found: Plan) -> Figures:
    """Measure a plan."""
    pieces = [piece for session in found.sessions for piece in session.pieces]
    short = [piece for piece in pieces if piece.minutes < SHORT]
    split = [piece for piece in short if one.curriculum.efforts[piece.unit] >= SHORT]
    minutes = sum(piece.minutes for piece in pieces)
    deviation, bound = _deviation(one, found)
    finished = _finished(found)
    return Figures(
        hours=minutes / 60,
        pieces=len(pieces),
        short=len(short) / len(pieces),
        split=len(split) / len(pieces),
        shortest=min(piece.minutes for piece in pieces),
        deviation=deviation / minutes,
        bound=bound / minutes,
        gap=_longest_gap(found),
        stretch=_longest_stretch(found),
        first=((found.goals[0].finish or found.start) - found.start) / DAY,
        completion=fmean((end - found.start) / DAY for end in finished.values()),
        finish=(max(finished.values()) - found.start) / DAY,
        lag=found.largest_lag,
    )


def _deviation(one: GoalSet, found: Plan) -> tuple[float, float]:
    """Return the sum over weeks of |minutes of textbooks - their share|, and the least it can be."""
    balance = one.settings.balance
    share = float(balance.textbooks / (balance.textbooks + balance.papers))
    weeks: dict[int, float] = defaultdict(float)
    for session in found.sessions:
        week = (session.start - found.start) // WEEK
        length = session.end - session.start
        weeks[week] += length * ((session.track == "textbooks") - share)
    return sum(map(abs, weeks.values())), abs(sum(weeks.values()))


def _longest_gap(found: Plan) -> float:
    gap, last = 0, found.start
    for session in found.sessions:
        if session.track == "papers":
            gap = max(gap, session.start - last)
            last = session.end
    return gap / DAY


def _longest_stretch(found: Plan) -> float:
    longest, minutes = 0, 0
    for session in found.sessions:
        if session.track == "papers":
            longest, minutes = max(longest, minutes), 0
        else:
            minutes += session.end - session.start
    return longest / 60


def _finished(found: Plan) -> Mapping[str, int]:
    """Return when each work is finished."""
    finished: dict[str, int] = {}
    for placement in found.units:
        work = work_of(UnitId(placement.unit))
        assert placement.finish is not None
        finished[work] = max(finished.get(work, 0), placement.finish)
    return finished


HEADINGS = " set  hours pieces   <15m  split  least  weekly  bound  above    gap  alone  first   mean    end   lag"


def row(name: str, one: Figures) -> str:
    """Return a line of the table."""
    above = one.deviation - one.bound
    return (
        f"{name:>4} {one.hours:>6.0f} {one.pieces:>6} {one.short:>6.1%} {one.split:>6.1%} {one.shortest:>6}"
        f" {one.deviation:>7.2%} {one.bound:>6.2%} {above:>6.2%} {one.gap:>6.1f} {one.stretch:>6.1f} {one.first:>6.1f} {one.completion:>6.1f}"
        f" {one.finish:>6.1f} {one.lag:>5}"
    )


def together(found: list[Figures]) -> Figures:
    """Return the figures of all plans: shares of all pieces, means of the rest, and the least and the largest."""
    pieces = sum(one.pieces for one in found)
    return Figures(
        hours=fmean(one.hours for one in found),
        pieces=pieces,
        short=sum(one.short * one.pieces for one in found) / pieces,
        split=sum(one.split * one.pieces for one in found) / pieces,
        shortest=min(one.shortest for one in found),
        deviation=fmean(one.deviation for one in found),
        bound=fmean(one.bound for one in found),
        gap=fmean(one.gap for one in found),
        stretch=fmean(one.stretch for one in found),
        first=fmean(one.first for one in found),
        completion=fmean(one.completion for one in found),
        finish=fmean(one.finish for one in found),
        lag=max(one.lag for one in found),
    )


def main() -> None:
    """Print the table."""
    print(
        "<15m: pieces under 15 minutes; split: those of longer units; least: minutes of the shortest piece"
    )
    print(
        "weekly: deviation of the weeks from the balance; bound: the least there can be; above: the difference"
    )
    print(
        "gap: most days without papers; alone: most hours of textbooks between papers; first, mean, end: days until"
    )
    print(
        "the first goal, a work and all is finished; lag: minutes owed; the last line: in the order of the goals"
    )
    print(HEADINGS)
    found = []
    for number, one in enumerate(goal_sets(), 1):
        found.append(figures(one, plan(one)))
        print(row(str(number), found[-1]), flush=True)
    print(row("all", together(found)))
    by_goals = [in_goals_order(one) for one in goal_sets()]
    print(row("", together([figures(one, plan(one)) for one in by_goals])))


if __name__ == "__main__":
    main()
