"""Measure how many future sessions move when life deviates; what they say does not count, only when they are."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from statistics import mean

from curriculum.availability.free import Availability
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import FreeDay, Plan, Session, instant
from curriculum.model.settings import Settings
from curriculum.schedule.planning import schedule
from tests.instances import MIDNIGHT, Instance, curriculum_of, left_after, owed_after

DAY = 24 * 60
WEEK = 7 * DAY
SEEDS = (1, 2, 3)
MISSED_DAYS = (8, 17, 25, 37, 45, 52, 66, 79)
"""Days of the plan on which nothing is studied, one at a time: from Tuesday to Friday."""

SATURDAYS = (12, 26, 47, 68)
MONDAYS = (14, 35, 56)
HOURS = {"mon-fri": "18:30-21:30", "sat-sun": "09:00-13:00"}
HALF_A_YEAR = 26
MISSED_SHARE = 0.15
PACES = (0.7, 1.6)


@dataclass(frozen=True)
class Life(Instance):
    """An instance whose free time is that of a person with evenings and weekends, who is now and then busy."""

    busy: tuple[tuple[int, int], ...] = ()

    def free(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free days of the settings, without the busy times."""
        days = Availability(self.settings.week, UTC).days(first, last)
        return tuple(replace(day, intervals=tuple(self._without(day.intervals))) for day in days)

    def _without(self, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for start, end in stretches:
            for begin, until in self.busy:
                if start < until and begin < end:
                    if start < begin:
                        yield start, begin
                    start = max(start, until)
            if start < end:
                yield start, end


def life(seed: int, catch_up: str, units: int = 300) -> Life:
    """Return 300 units of about half a year: 15 textbooks of 12 chapters, 30 papers of 4 steps, some of them linked."""
    rng = random.Random(seed)
    books, papers = units // 20, units // 10
    works = [(f"b{number:03d}", 12) for number in range(books)] + [
        (f"p{number:03d}", 4) for number in range(papers)
    ]
    starts, efforts, edges, count = [], [], [], 0
    for name, size in works:
        starts.append(count)
        edges += [(unit - 1, unit) for unit in range(count + 1, count + size)]
        efforts += [rng.randrange(30, 180) for _ in range(size)]
        if name.startswith("p"):
            edges.append((rng.randrange(min(12 * books, 6 * (len(starts) - books) + 1)), count))
        count += size
    settings = Settings.model_validate({"availability": HOURS, "load": "90%", "catch_up": catch_up})
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


@dataclass(frozen=True)
class Event:
    """What is different from the plan at a minute.

    Attributes:
        now: The minute at which it is planned again.
        missed: Sessions that begin from here until now are missed.
        longer: Minutes that the next unit takes longer than was thought; fewer than 0 for less.
        busy: When the person turns out to be busy.
    """

    now: int
    missed: int
    longer: int = 0
    busy: tuple[tuple[int, int], ...] = ()


def _day(day: int) -> Event:
    return Event(MIDNIGHT + (day + 1) * DAY, MIDNIGHT + day * DAY)


def _week(day: int) -> Event:
    return Event(MIDNIGHT + (day + 7) * DAY, MIDNIGHT + day * DAY)


def _longer(minutes: int) -> Callable[[int], Event]:
    return lambda day: Event(MIDNIGHT + day * DAY, MIDNIGHT + day * DAY, minutes)


def _busy(day: int) -> Event:
    now = MIDNIGHT + day * DAY
    start = now + 9 * DAY + 18 * 60
    return Event(
        now, now, busy=((start, start + 120), (start + 2 * DAY, start + 2 * DAY + 120))[:1]
    )


EVENTS: tuple[tuple[str, tuple[int, ...], Callable[[int], Event]], ...] = (
    ("a missed day", MISSED_DAYS, _day),
    ("a missed Saturday", SATURDAYS, _day),
    ("a missed week", MONDAYS, _week),
    ("two busy hours more", MISSED_DAYS[:4], _busy),
    ("90 min more for a unit", MISSED_DAYS[:4], _longer(90)),
    ("90 min less for a unit", MISSED_DAYS[:4], _longer(-90)),
)


def again(
    instance: Life, plan: Plan, event: Event, *, guided: bool = True
) -> tuple[Plan, tuple[Session, ...]]:
    """Return the plan that is made after an event, and what was published of the time since."""
    done = tuple(session for session in plan.sessions if session.start < event.missed)
    rest = tuple(session for session in plan.sessions if session.start >= event.now)
    missed = [s for s in plan.sessions if event.missed <= s.start < event.now]
    instance = replace(instance, busy=event.busy)
    terms = replace(
        instance.terms,
        start=event.now,
        first=instant(event.now).date(),
        owed=owed_after(instance, done),
        published=rest if guided else (),
        kept=tuple(session for session in rest if session.start < event.now + DAY),
        missed=_not_given_back(missed, event.now, instance),
    )
    left = left_after(instance.curriculum, done)
    return schedule(_changed(left, rest, event.longer), terms, instance.free), rest


def _not_given_back(missed: Sequence[Session], now: int, instance: Instance) -> int:
    """Return the minutes missed that the weeks before now did not give back."""
    weekly = instance.terms.catch_up.weekly
    owed, week = 0, 0
    for session in missed:
        begun = (session.start - MIDNIGHT) // WEEK
        owed = max(0, owed - (begun - week) * weekly) + session.end - session.start
        week = begun
    return max(0, owed - ((now - MIDNIGHT) // WEEK - week) * weekly)


def _changed(left: Curriculum, rest: Sequence[Session], minutes: int) -> Curriculum:
    """Return what is left when the unit after the sessions of the next day takes more or fewer minutes."""
    if not minutes:
        return left
    soon = rest[0].start + DAY
    unit = next(
        p.unit for s in rest if s.start >= soon for p in s.pieces if left.efforts[p.unit] > 100
    )
    return replace(left, efforts={**left.efforts, unit: left.efforts[unit] + minutes})


def share_moved(instance: Life, plan: Plan, event: Event, *, guided: bool = True) -> float:
    """Return the share of the sessions still to come that move after an event."""
    found, rest = again(instance, plan, event, guided=guided)
    return moved(rest, found.sessions) / len(rest)


@dataclass
class Person:
    """Somebody who misses sessions and is slower or faster than was thought, and plans again every week.

    Attributes:
        instance: What they study, as it was thought to be.
        true: Unit to the minutes that it really takes.
        done: What they studied.
        missed: The sessions they missed.
    """

    instance: Life
    rng: random.Random
    true: dict[UnitId, int] = field(default_factory=dict)
    done: list[Session] = field(default_factory=list)
    missed: list[Session] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw how long everything really takes."""
        for unit, effort in self.instance.curriculum.efforts.items():
            self.true[unit] = round(effort * self.rng.uniform(*PACES))

    def live(self, sessions: Sequence[Session]) -> None:
        """Study in most of some sessions what is left of their units."""
        spent = Counter(p.unit for s in self.done for p in s.pieces for _ in range(p.minutes))
        for session in sessions:
            if self.rng.random() < MISSED_SHARE:
                self.missed.append(session)
                continue
            pieces = []
            for piece in session.pieces:
                minutes = min(piece.minutes, self.true[piece.unit] - spent[piece.unit])
                spent[piece.unit] += minutes
                if minutes:
                    pieces.append(replace(piece, minutes=minutes))
            self.done.append(replace(session, pieces=tuple(pieces)))

    def plan(self, now: int, published: tuple[Session, ...]) -> Plan:
        """Plan again: what was begun is known to take as long as it does."""
        begun = {piece.unit for session in self.done for piece in session.pieces}
        efforts = {
            unit: self.true[unit] if unit in begun else effort
            for unit, effort in self.instance.curriculum.efforts.items()
        }
        known = replace(
            self.instance, curriculum=replace(self.instance.curriculum, efforts=efforts)
        )
        done = tuple(self.done)
        terms = replace(
            known.terms,
            start=now,
            first=instant(now).date(),
            owed=owed_after(known, done),
            published=published,
            kept=tuple(session for session in published if session.start < now + DAY),
            missed=_not_given_back(self.missed, now, known),
        )
        return schedule(left_after(known.curriculum, done), terms, known.free)


def half_a_year(seed: int, catch_up: str, *, guided: bool = True) -> tuple[float, int]:
    """Return the share of sessions that move in a week's new plan on average, and when all is finished."""
    instance = life(seed, catch_up)
    person, plan, shares = Person(instance, random.Random(seed)), instance.plan(), []
    for week in range(1, HALF_A_YEAR + 1):
        now = MIDNIGHT + week * WEEK
        person.live([session for session in plan.sessions if session.start < now])
        rest = tuple(session for session in plan.sessions if session.start >= now)
        if not rest:
            break
        plan = person.plan(now, rest)
        if not guided:
            fresh = person.plan(now, ())
            plan = fresh
        shares.append(moved(rest, plan.sessions) / len(rest))
    return mean(shares), ((plan.finish or 0) - MIDNIGHT) // DAY


def _row(name: str, shares: Sequence[float]) -> None:
    print(
        f"{'sessions moved by ' + name:<58} {mean(shares):>9.1%} mean, {max(shares):.1%} at most",
        flush=True,
    )


def main() -> None:
    """Print the shares."""
    for catch_up, guided in (("0m", False), ("0m", True), ("1h", True), ("2h", True), ("3h", True)):
        plans = [(one, one.plan()) for one in (life(seed, catch_up) for seed in SEEDS)]
        way = f"catch_up {catch_up}" if guided else "no guide"
        for name, days, event in EVENTS:
            if name == "a missed day" or catch_up == "1h":
                _row(
                    f"{name}, {way}",
                    [share_moved(*one, event(day), guided=guided) for one in plans for day in days],
                )
    for guided in (False, True):
        shares, ends = zip(*(half_a_year(seed, "1h", guided=guided) for seed in SEEDS), strict=True)
        way = "" if guided else ", no guide"
        _row(f"a week of half a year, catch_up 1h{way}", shares)
        print(f"{'all is finished after, days':<58} {mean(ends):>9.0f}")


if __name__ == "__main__":
    main()
