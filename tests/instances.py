"""Small random planning instances for the laws of the planner, drawn by hypothesis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum, ReachedGoal, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import TRACKS, UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.plan import FreeDay, Piece, Plan, Reason, Session, instant, minute
from curriculum.model.settings import Balance, Goal, SessionLength, Settings
from curriculum.model.works import Paper, Textbook, Work
from curriculum.schedule.demand import releases_of
from curriculum.schedule.plan_request import PlanRequest, plan_request
from curriculum.schedule.planning import reasons_of, schedule
from curriculum.schedule.reasons import Reasons

MONDAY = date(2027, 1, 4)
MIDNIGHT = minute(datetime(2027, 1, 4, tzinfo=UTC))


@dataclass(frozen=True)
class Instance:
    """A curriculum with its library, its settings, and a week of free time that repeats for ever."""

    curriculum: Curriculum
    library: Library
    settings: Settings
    stretches: tuple[tuple[int, int], ...]
    owed: Fraction = Fraction(0)
    published: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    missed: int = 0

    @property
    def terms(self) -> PlanRequest:
        """The terms of a plan that starts on a Monday."""
        terms = plan_request(self.settings, MIDNIGHT, UTC)
        return replace(
            terms, owed=self.owed, published=self.published, kept=self.kept, missed=self.missed
        )

    def free(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the same free stretches for every day."""
        days = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            midnight = minute(datetime(day.year, day.month, day.day, tzinfo=UTC))
            days.append(
                FreeDay(
                    day, tuple((midnight + start, midnight + end) for start, end in self.stretches)
                )
            )
        return tuple(days)

    def plan(self) -> Plan:
        """Return the plan of this instance."""
        return schedule(self.curriculum, self.terms, self.free)

    def reasons(self) -> Reasons:
        """Return what bound each unit in the plan of this instance."""
        return reasons_of(self.curriculum, self.terms, self.free)


def curriculum_of(
    efforts: list[int],
    edges: list[tuple[int, int]],
    works: list[tuple[str, int]],
    goals: tuple[ReachedGoal, ...] = (),
) -> tuple[Curriculum, Library]:
    """Return a curriculum of units `work/position`; works are (name starting with p for papers, how many units)."""
    units = [UnitId(f"{name}/{number}") for name, count in works for number in range(count)]
    requires: dict[UnitId, set[UnitId]] = {unit: set() for unit in units}
    for before, after in edges:
        requires[units[after]].add(units[before])
    library = Library({name: _work(name, count) for name, count in works}, {})
    return (
        Curriculum(
            units=tuple(units),
            requires={unit: tuple(sorted(others)) for unit, others in requires.items()},
            prefers={},
            efforts=dict(zip(units, efforts, strict=True)),
            goals=goals,
            details=study_units(library, Settings().speed),
        ),
        library,
    )


def by_hand(
    efforts: list[int],
    works: list[tuple[str, int]],
    *,
    edges: list[tuple[int, int]] | None = None,
    goals: tuple[ReachedGoal, ...] = (),
    stretches: tuple[tuple[int, int], ...] = ((0, 60),),
    **fields: object,
) -> Instance:
    """Return units in sittings of at most an hour, an hour a day from midnight, with no break."""
    curriculum, library = curriculum_of(efforts, edges or [], works, goals)
    session = {"shortest": "20m", "longest": "60m", "break": "0m"}
    settings = Settings.model_validate({"session": session, **fields})
    return Instance(curriculum, library, settings, stretches)


def _work(name: str, count: int) -> Work:
    units = [{"id": str(number), "title": f"Part {number}"} for number in range(count)]
    if name.startswith("p"):
        return Paper.model_validate({"kind": "paper", "title": name, "steps": units})
    return Textbook.model_validate({"kind": "textbook", "title": name, "chapters": units})


def goal(unit: str, *, by: datetime | None = None, start: datetime | None = None) -> ReachedGoal:
    """Return a goal that names one unit, due or held back at a UTC moment."""
    fields = {
        "work": unit,
        "by": by and by.replace(tzinfo=None),
        "from": start and start.replace(tzinfo=None),
    }
    return reached_goal(Goal.model_validate(fields), (UnitId(unit),), UTC)


def left_after(curriculum: Curriculum, done: tuple[Session, ...]) -> Curriculum:
    """Return what is left of a curriculum when just these sessions were studied."""
    spent: Counter[UnitId] = Counter()
    for piece in (piece for session in done for piece in session.pieces):
        spent[piece.unit] += piece.minutes
    left = {
        unit: effort - spent[unit]
        for unit, effort in curriculum.efforts.items()
        if effort > spent[unit]
    }
    return replace(
        curriculum,
        units=tuple(unit for unit in curriculum.units if unit in left),
        requires={
            unit: tuple(other for other in curriculum.requires[unit] if other in left)
            for unit in left
        },
        efforts=left,
        opened=frozenset(work_of(unit) for unit in spent),
        behind={unit: spent[unit] for unit in left if spent[unit]},
    )


def owed_after(instance: Instance, done: tuple[Session, ...]) -> Fraction:
    """Return what the textbooks are owed after these sessions, going through them minute by minute."""
    left, releases = dict(instance.curriculum.efforts), releases_of(instance.curriculum)
    shares, owed = instance.terms.shares, instance.owed
    for session in done:
        track, now = TRACKS.index(session.track), session.start
        for piece in session.pieces:
            step = (
                1
                if releases or instance.settings.has_track_hours or instance.curriculum.spacing
                else piece.minutes
            )
            for _ in range(0, piece.minutes, step):
                is_shared = is_open(instance, now, 0) and is_open(instance, now, 1)
                if is_shared and _has_work(instance, 1 - track, left, releases, now):
                    owed += (step if track else -step) * shares[1 - track] / sum(shares)
                left[piece.unit] -= step
                now += step
                if not left[piece.unit]:
                    _hold_next(instance.curriculum, piece.unit, now, releases)
                owed = _payable(instance, owed, left, piece.unit)
    return owed


def is_open(instance: Instance, minute: int, track: int) -> bool:
    """Return whether a minute is open to a track, where no window reaches over midnight."""
    if not instance.settings.has_track_hours:
        return True
    moment = instant(minute)
    clock = 60 * moment.hour + moment.minute
    windows = instance.settings.week[moment.weekday()]
    found = {one.track for one in windows if one.start <= clock < one.end}
    return not found or bool(found & {"", TRACKS[track]})


def _hold_next(
    curriculum: Curriculum, finished: UnitId, now: int, releases: dict[UnitId, int]
) -> None:
    """Release the next units of a work when the gap after one that is finished now is over."""
    for unit, required in curriculum.requires.items():
        if curriculum.spacing is None or finished not in required:
            continue
        days = curriculum.spacing.days.get(unit, 0)
        if days and work_of(unit) == work_of(finished):
            midnight = (now - 1) // 1440 * 1440
            releases[unit] = max(releases.get(unit, 0), midnight + days * 1440)


def _payable(
    instance: Instance, owed: Fraction, left: dict[UnitId, int], current: UnitId
) -> Fraction:
    """Return what the textbooks are owed, no more than each track pays back with all it can study without the other.

    A unit that was just studied is taken as unfinished: what it unlocks could not have been studied until now.
    """
    textbooks, papers = instance.terms.shares
    whole = sum(instance.terms.shares)
    unfinished = {unit for unit, minutes in left.items() if minutes} | {current}
    most = _alone(instance, 0, left, unfinished) * papers / whole
    least = -_alone(instance, 1, left, unfinished) * textbooks / whole
    return max(least, min(most, owed))


def _alone(instance: Instance, track: int, left: dict[UnitId, int], unfinished: set[UnitId]) -> int:
    """Return the minutes of a track in units that wait for nothing of the other, even through others."""
    free: set[UnitId] = set()
    total = 0
    for unit in instance.curriculum.units:
        waits = [other for other in instance.curriculum.requires[unit] if other in unfinished]
        if instance.library.works[work_of(unit)].track == TRACKS[track] and free.issuperset(waits):
            free.add(unit)
            total += left[unit]
    return total


def _has_work(
    instance: Instance, track: int, left: dict[UnitId, int], releases: dict[UnitId, int], now: int
) -> bool:
    return any(
        minutes
        and instance.library.works[work_of(unit)].track == TRACKS[track]
        and releases.get(unit, 0) <= now
        and not any(left[other] for other in instance.curriculum.requires[unit])
        for unit, minutes in left.items()
    )


@st.composite
def instances(draw: st.DrawFn, *, dated: bool = True, edges_allowed: bool = True) -> Instance:
    """Draw up to eight works of up to four units, with random prerequisites, dates, free hours and settings."""
    works = [
        (f"{draw(st.sampled_from('bp'))}{number}", draw(st.integers(1, 4)))
        for number in range(draw(st.integers(1, 6)))
    ]
    count = sum(size for _, size in works)
    efforts = draw(st.lists(st.integers(1, 200), min_size=count, max_size=count))
    possible = [(before, after) for after in range(count) for before in range(after)]
    edges = (
        draw(st.lists(st.sampled_from(possible), max_size=2 * count))
        if possible and edges_allowed
        else []
    )
    names = [f"{name}/{number}" for name, size in works for number in range(size)]
    goals = tuple(draw(_goals(names))) if dated else ()
    curriculum, library = curriculum_of(efforts, edges, works, goals)
    return Instance(curriculum, library, draw(settings()), draw(stretches()))


@st.composite
def lived(draw: st.DrawFn, *, dated: bool = True, edges_allowed: bool = True) -> Instance:
    """Draw an instance with a plan before it: its sessions, or others, were published; some of them stay in place."""
    instance = draw(instances(dated=dated, edges_allowed=edges_allowed))
    reserve = timedelta(minutes=draw(st.sampled_from([0, 0, 60, 400])))
    instance = replace(
        instance,
        settings=instance.settings.model_copy(update={"catch_up": reserve}),
        owed=Fraction(draw(st.integers(-100, 100))),
        missed=draw(st.sampled_from([0, 50, 500])),
    )
    published = (*instance.plan().sessions[:12], *draw(st.lists(sessions(instance), max_size=4)))
    kept = draw(st.lists(st.sampled_from(published), max_size=5)) if published else []
    moved = (
        _shifted(session, draw(st.sampled_from([0, 0, -700, 30, 1440, 5000]))) for session in kept
    )
    return replace(instance, published=published, kept=tuple(moved))


def _shifted(session: Session, minutes: int) -> Session:
    return replace(session, start=session.start + minutes, end=session.end + minutes)


@st.composite
def sessions(draw: st.DrawFn, instance: Instance) -> Session:
    """Draw a session of some units of one track, now and then one that ran on into a time that is not free."""
    track = draw(st.sampled_from(TRACKS))
    units = [
        unit for unit in instance.curriculum.units if unit.startswith(track[0].replace("t", "b"))
    ]
    units = units or [UnitId("gone/1")]
    chosen = draw(
        st.lists(st.tuples(st.sampled_from(units), st.integers(1, 80)), min_size=1, max_size=3)
    )
    first = draw(st.sampled_from(instance.stretches))[0] + draw(
        st.sampled_from([-20, 0, 0, 0, 20, 60])
    )
    start = MIDNIGHT + 1440 * draw(st.integers(0, 12)) + first
    pieces = tuple(Piece(unit, minutes) for unit, minutes in chosen)
    because = draw(st.sampled_from([Reason.BALANCE, Reason.KEPT, Reason.ORDER]))
    return Session(start, start + sum(piece.minutes for piece in pieces), track, pieces, because)


@st.composite
def _goals(draw: st.DrawFn, names: list[str]) -> list[ReachedGoal]:
    moments = st.integers(0, 20 * 96).map(
        lambda quarter: datetime(2027, 1, 4, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    )
    goals = []
    for name in draw(st.lists(st.sampled_from(names), max_size=5)):
        by, start = draw(st.none() | moments), draw(st.none() | moments)
        goals += [goal(name, by=by), goal(name, start=start)]
    return goals


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Draw session lengths, breaks, load and balance."""
    shortest = draw(st.integers(1, 60))
    length = SessionLength.model_construct(
        shortest=timedelta(minutes=shortest),
        longest=timedelta(minutes=shortest + draw(st.integers(0, 120))),
        break_=timedelta(minutes=draw(st.sampled_from([0, 5, 10]))),
    )
    shares = draw(st.sampled_from([(50, 50), (70, 30), (1, 2), (100, 0)]))
    balance = Balance.model_construct(textbooks=Fraction(shares[0]), papers=Fraction(shares[1]))
    load = draw(st.sampled_from([Fraction(1), Fraction(9, 10)]))
    return Settings.model_construct(session=length, balance=balance, load=load)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw one to three free stretches of a day, one of them at least two and a half hours long."""
    first = draw(st.integers(0, 300))
    found = [(first, first + draw(st.integers(200, 400)))]
    for _ in range(draw(st.integers(0, 2))):
        start = found[-1][1] + draw(st.integers(1, 100))
        found.append((start, start + draw(st.integers(5, 150))))
    return tuple(found)
