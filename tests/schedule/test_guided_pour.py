"""The published plan guides the next one: what was published stays, and debts are paid where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.plan import Piece, Plan, Reason, Session, instant
from curriculum.model.settings import Settings
from curriculum.schedule.planning import schedule
from tests.benchmarks.churn import EVENTS, life, share_moved
from tests.instances import (
    MIDNIGHT,
    Instance,
    curriculum_of,
    goal,
    instances,
    left_after,
    owed_after,
)

LENGTH = {"shortest": "20m", "longest": "60m", "break": "0m"}


def session(day: int, unit: str, minutes: int = 60) -> Session:
    """Return a session from midnight on of one unit; the names of papers begin with p."""
    start = MIDNIGHT + 1440 * day
    track = TRACKS[unit.startswith("p")]
    return Session(start, start + minutes, track, (Piece(UnitId(unit), minutes),))


def plan(
    efforts: list[int],
    works: list[tuple[str, int]],
    published: tuple[Session, ...],
    *,
    edges: tuple[tuple[int, int], ...] = (),
    due: dict[str, int] | None = None,
    minutes: int = 60,
) -> Plan:
    """Plan units in one sitting a day, from midnight on."""
    goals = tuple(
        goal(unit, by=datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=day))
        for unit, day in (due or {}).items()
    )
    curriculum, library = curriculum_of(efforts, list(edges), works, goals)
    rules = Settings.model_validate({"session": LENGTH})
    return Instance(curriculum, library, rules, ((0, minutes),), published=published).plan()


def told(found: Plan) -> list[str]:
    """Return the day of each session and its units with their minutes, as a line of text."""
    return [
        f"{(one.start - MIDNIGHT) // 1440}: "
        + ", ".join(f"{piece.unit} {piece.minutes}" for piece in one.pieces)
        for one in found.sessions
    ]


def test_what_was_published_stays_and_what_was_missed_comes_where_nothing_was() -> None:
    """The first chapter was missed; nothing is published for Wednesday."""
    published = (session(0, "p/0"), session(1, "c/0"), session(3, "p/1"), session(4, "c/1"))
    works = [("b", 1), ("c", 2), ("p", 2)]

    assert told(plan([60] * 5, works, published)) == [
        "0: p/0 60",
        "1: c/0 60",
        "2: b/0 60",
        "3: p/1 60",
        "4: c/1 60",
    ]


def test_what_waits_for_something_missed_gives_its_time_to_it() -> None:
    published = (session(0, "p/0"), session(1, "b/1"), session(2, "p/1"), session(3, "c/0"))
    found = plan([60] * 5, [("b", 2), ("c", 1), ("p", 2)], published, edges=((0, 1),))

    assert told(found) == ["0: p/0 60", "1: b/0 60", "2: p/1 60", "3: c/0 60", "4: b/1 60"]


def test_what_the_other_track_waits_for_is_paid_in_the_last_time_before_it() -> None:
    """The paper of Friday requires the missed chapter b/0: Thursday is the last day of textbooks before it."""
    published = (
        session(0, "p/0"),
        session(1, "c/0"),
        session(2, "p/1"),
        session(3, "c/1"),
        session(4, "pq/0"),
    )
    works = [("b", 1), ("c", 2), ("p", 2), ("pq", 1)]
    found = plan([60] * 6, works, published, edges=((0, 5),))

    assert told(found)[:5] == ["0: p/0 60", "1: c/0 60", "2: p/1 60", "3: b/0 60", "4: pq/0 60"]


def test_the_time_of_what_was_finished_early_stays_free() -> None:
    published = (session(0, "p/0"), session(1, "b/0"), session(2, "p/1"), session(3, "c/0"))

    assert told(plan([60] * 3, [("c", 1), ("p", 2)], published)) == [
        "0: p/0 60",
        "2: p/1 60",
        "3: c/0 60",
    ]


def test_everything_moves_up_once_two_long_sittings_and_more_would_stay_free() -> None:
    gone = tuple(session(day, "b/0") for day in range(4))
    published = (*gone, session(4, "c/0"), session(5, "p/0"))

    assert told(plan([60, 60], [("c", 1), ("p", 1)], published)) == ["3: c/0 60", "4: p/0 60"]


def test_a_deadline_goes_before_what_was_published() -> None:
    published = (session(0, "b/0"), session(1, "p/0"))
    found = plan([60] * 3, [("b", 1), ("p", 1), ("pq", 1)], published, due={"pq/0": 1})

    assert told(found) == ["0: pq/0 60", "1: p/0 60", "2: b/0 60"]
    assert found.sessions[0].because is Reason.DEADLINE


def test_a_few_minutes_more_than_was_thought_get_no_piece_of_their_own() -> None:
    published = (session(0, "b/0", 40), replace(session(0, "c/0", 50), start=MIDNIGHT + 40))

    assert told(plan([45, 60], [("b", 1), ("c", 1)], published, minutes=90))[0] == "0: b/0 45"


def test_a_session_says_when_it_is_there_because_it_was_published() -> None:
    """Nothing is owed to papers: the balance would begin with the textbooks."""
    published = (session(0, "p/0"), session(1, "b/0"))
    found = plan([60, 60], [("b", 1), ("p", 1)], published)

    assert [one.because for one in found.sessions] == [Reason.PUBLISHED, Reason.ORDER]


@given(instances(), st.data())
@settings(max_examples=40)
def test_with_the_guide_nothing_is_late_that_would_not_be_late_without_it(
    instance: Instance, data: st.DataObject
) -> None:
    """Some of the first sessions were missed, and a chapter takes longer or less long than was thought."""
    before = instance.plan()
    assume(before.sessions)
    lived = before.sessions[: data.draw(st.integers(1, len(before.sessions)))]
    held = tuple(one for one in lived if data.draw(st.booleans()))
    done = tuple(one for one in held if _is_possible(instance, held, one))
    now = lived[-1].end
    left = left_after(instance.curriculum, done)
    longer = {
        unit: max(1, effort + data.draw(st.sampled_from([-30, 0, 0, 45])))
        for unit, effort in left.efforts.items()
    }
    terms = replace(
        instance.terms, start=now, first=instant(now).date(), owed=owed_after(instance, done)
    )
    rest = before.sessions[len(lived) :]
    alone = schedule(replace(left, efforts=longer), terms, instance.free)
    guided = schedule(replace(left, efforts=longer), replace(terms, published=rest), instance.free)

    assert _late(guided).keys() <= _late(alone).keys()
    assert max(_late(guided).values(), default=0) <= max(_late(alone).values(), default=0)
    assert guided.overload == alone.overload
    assert guided.unplaced == alone.unplaced


def _is_possible(instance: Instance, held: tuple[Session, ...], one: Session) -> bool:
    """Say whether all that the units of a session require was studied in earlier ones."""
    spent = dict.fromkeys(instance.curriculum.units, 0)
    for earlier in held:
        if earlier.start <= one.start:
            for piece in earlier.pieces:
                spent[piece.unit] += piece.minutes
    return all(
        spent[other] >= instance.curriculum.efforts[other]
        for piece in one.pieces
        for other in instance.curriculum.requires[piece.unit]
    )


def _late(found: Plan) -> dict[UnitId, int]:
    """Return how late each unit is that is late."""
    return {
        placement.unit: placement.finish - placement.deadline
        for placement in found.units
        if placement.finish is not None
        and placement.deadline is not None
        and placement.finish > placement.deadline
    }


def test_little_moves_when_life_deviates() -> None:
    """Half a year of 150 units with an hour a week to catch up, and once each of what may happen."""
    instance = life(4, "1h", units=150)
    found = instance.plan()
    most = {"a missed day": 0.25, "a missed Saturday": 0.25, "a missed week": 0.8}
    shares = {name: share_moved(instance, found, event(days[0])) for name, days, event in EVENTS}

    assert {name: share for name, share in shares.items() if share > most.get(name, 0.2)} == {}
    assert share_moved(instance, found, EVENTS[0][2](8), guided=False) > 0.3
