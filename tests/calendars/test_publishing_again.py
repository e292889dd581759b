"""Publishing a plan over an earlier one: what is over stays, what is followed stays, and what is undone returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.calendars.finishes import finished_minutes
from curriculum.calendars.icalendar_writer import calendar_bytes, event_bytes
from curriculum.calendars.ledger_json import ledger_bytes, ledger_of, read_ledger
from curriculum.calendars.publication import Publication, publication_of
from curriculum.calendars.uids import session_uids
from curriculum.calendars.undo_publication import undo_publication
from curriculum.calendars.validation import BadCalendarError
from curriculum.model.calendar_entry import digest_of
from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.journal import Fact, Finished, Studied
from curriculum.model.ledger import CALENDARS, LEDGER, PREVIOUS, Ledger
from curriculum.model.library import Library
from curriculum.model.plan import Piece, Placement, Plan, Session, instant
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Paper, Textbook
from curriculum.schedule.horizon import truncated
from tests.facts import stamp
from tests.instances import Instance, instances
from tests.publications import publish

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 1, 1, tzinfo=UTC)
DAY = 24 * 60
MONDAY = 29_984_760
"""Mon 4 Jan 2027, 19:00 in Berlin."""
SETTINGS = Settings()
A, B, C = UnitId("book/a"), UnitId("book/b"), UnitId("paper/c")
LIBRARY = Library(
    {
        "book": Textbook.model_validate(
            {
                "kind": "textbook",
                "title": "Book",
                "chapters": [{"id": "a", "title": "Done"}, {"id": "b", "title": "Bees"}],
            }
        ),
        "paper": Paper.model_validate(
            {"kind": "paper", "title": "Paper", "steps": [{"id": "c", "title": "Read"}]}
        ),
    },
    {},
)
CURRICULUM = Curriculum(
    units=(A, B, C),
    requires={A: (), B: (A,), C: (A,)},
    prefers={},
    efforts={A: 90, B: 150, C: 60},
    goals=(
        reached_goal(Goal.model_validate({"work": "book", "by": "2027-01-31"}), (A, B), BERLIN),
        reached_goal(Goal.model_validate({"work": "paper"}), (C,), BERLIN),
    ),
    details=study_units(LIBRARY, SETTINGS.speed),
)


def session(day: int, *pieces: tuple[UnitId, int]) -> Session:
    """Return a session on a day of the plan."""
    start = MONDAY + day * DAY
    track: Track = "papers" if pieces[0][0] is C else "textbooks"
    return Session(
        start,
        start + sum(minutes for _, minutes in pieces),
        track,
        tuple(Piece(*one) for one in pieces),
    )


def plan_of(*sessions: Session) -> Plan:
    """Return a plan of sessions, in order."""
    left = Counter(CURRICULUM.efforts)
    finishes = {A: MONDAY + 90}  # unless a session says otherwise
    for one in sessions:
        now = one.start
        for piece in one.pieces:
            now += piece.minutes
            left[piece.unit] -= piece.minutes
            if not left[piece.unit]:
                finishes[piece.unit] = now
    units = tuple(
        Placement(
            unit,
            "textbooks",
            CURRICULUM.efforts[unit],
            MONDAY,
            finishes.get(unit),
            enabler=None if unit is A else A,
        )
        for unit in CURRICULUM.units
    )
    return Plan(MONDAY, None, sessions, units, (), {}, 0, ())


FIRST = (session(0, (A, 90)), session(1, (B, 90)), session(2, (C, 60)), session(3, (B, 60)))


def published(
    sessions: tuple[Session, ...],
    ledger: Ledger | None = None,
    *,
    day: int = 0,
    happened: Mapping[str, tuple[tuple[UnitId, int], ...]] | None = None,
) -> Publication:
    """Publish sessions on the morning of a day of the plan."""
    now = NOW + timedelta(days=3 + day)
    before, over = ledger or ledger_of({}, SETTINGS), MONDAY + day * DAY - 600
    return publish(
        plan_of(*sessions),
        LIBRARY,
        CURRICULUM,
        SETTINGS,
        BERLIN,
        before,
        now,
        over=over,
        happened=happened,
    )


def named(ledger: Ledger) -> list[str]:
    """Return the names of the sessions in calendar order, without what all of them share."""
    return [uid.partition(f".{ledger.plan}")[0] for uid, _ in ledger.sessions()]


def uid(ledger: Ledger, name: str) -> str:
    return f"{name}.{ledger.plan}@curriculum"


def test_the_first_publication_counts_the_sessions_of_each_unit() -> None:
    assert named(published(FIRST).ledger) == ["book_a-1", "book_b-1", "paper_c-1", "book_b-2"]


def test_sessions_that_are_over_stay_and_say_what_was_done_instead() -> None:
    first = published(FIRST).ledger
    rest = tuple(replace(one, start=one.start + DAY, end=one.end + DAY) for one in FIRST[1:])
    happened = {uid(first, "book_a-1"): ((A, 40), (C, 20)), uid(first, "book_b-1"): ()}
    after = published(rest, first, day=2, happened=happened).ledger
    assert named(after) == ["book_a-1", "book_b-1", "book_b-2", "paper_c-1", "book_b-3"]
    missed, begun = after.events[uid(after, "book_b-1")], after.events[uid(after, "book_a-1")]
    assert missed.session == FIRST[1]
    assert missed.entry.description.endswith("\nDone: nothing.")
    assert begun.entry.description.endswith("\nDone: 40 min of a Done; 20 min of Paper - c Read.")
    assert (begun.entry.pieces, begun.sequence) == (
        first.events[uid(first, "book_a-1")].entry.pieces,
        1,
    )


def test_a_session_that_was_held_as_planned_is_left_as_it_was() -> None:
    first = published(FIRST).ledger
    name = uid(first, "book_a-1")
    after = published(FIRST[1:], first, day=1, happened={name: ((A, 90),)})
    assert after.ledger.events == first.events
    silent = published(FIRST[1:], first, day=1)
    assert silent.ledger.events == first.events


def test_what_was_done_is_said_anew_when_it_is_corrected() -> None:
    ledger = published(FIRST).ledger
    name = uid(ledger, "book_a-1")
    for done, line in (((A, 30),), "30 min of a Done"), ((), "nothing"), (((A, 90),), None):
        ledger = published(FIRST[1:], ledger, day=1, happened={name: done}).ledger
        text = ledger.events[name].entry.description
        assert text.count("\nDone: ") == (line is not None)
        assert line is None or text.endswith(f"\nDone: {line}.")
    assert ledger.events[name].entry == published(FIRST).ledger.events[name].entry
    assert ledger.events[name].sequence == 3


def test_a_unit_called_done_is_not_taken_for_what_was_done() -> None:
    unit = UnitId("book/done")
    chapters = [{"id": "done", "title": "Done"}]
    book = Textbook.model_validate({"kind": "textbook", "title": "Book", "chapters": chapters})
    library = Library({"book": book}, {})
    details = study_units(library, SETTINGS.speed)
    curriculum = Curriculum((unit,), {}, {}, {unit: 90}, details=details)
    placement = Placement(unit, "textbooks", 90, MONDAY, MONDAY + 90)
    plan = replace(plan_of(session(0, (unit, 90))), units=(placement,))
    first = publish(
        plan, library, curriculum, SETTINGS, BERLIN, ledger_of({}, SETTINGS), NOW, over=0
    ).ledger
    ((name, event),) = first.events.items()
    assert event.entry.description.splitlines()[-1] == "Done: 1 h 30 min; then it is finished."
    nothing, over, happened = (
        replace(plan, sessions=(), units=()),
        MONDAY + DAY,
        {name: ((unit, 90),)},
    )
    after = publish(
        nothing, library, curriculum, SETTINGS, BERLIN, first, NOW, over=over, happened=happened
    )
    assert after.ledger.events == first.events


def test_a_session_that_keeps_its_time_keeps_its_name_and_the_others_take_what_is_left() -> None:
    first = published(FIRST).ledger
    later = (FIRST[0], session(3, (B, 90)), session(4, (B, 30)), session(5, (B, 30)))
    after = published(later, first).ledger
    assert named(after) == ["book_a-1", "book_b-2", "book_b-1", "book_b-3"]
    assert uid(after, "paper_c-1") in after.retired


def test_a_session_in_progress_keeps_its_name() -> None:
    first = published(FIRST).ledger
    over = FIRST[0].start + 30
    assert session_uids(plan_of(*FIRST), first, Progress(), over) == session_uids(
        plan_of(*FIRST), first, Progress(), 0
    )


def test_an_ordinal_is_never_given_twice_even_after_the_unit_lost_all_its_sessions() -> None:
    first = published(FIRST).ledger
    without = published((FIRST[0],), first).ledger
    again = published(FIRST, without).ledger
    assert named(again) == ["book_a-1", "book_b-3", "paper_c-2", "book_b-4"]
    spent = Ledger(first.plan, retired=frozenset({uid(first, "book_b-7~2")}))
    assert session_uids(plan_of(FIRST[1]), spent, Progress(), 0) == (uid(first, "book_b-8"),)


def test_moved_and_changed_events_are_counted_apart() -> None:
    first = published(FIRST).ledger
    other = (
        FIRST[0],
        session(1, (B, 60), (C, 30)),
        session(2, (C, 30)),
        session(4, (B, 60), (C, 30)),
    )
    after = published(other, first)
    assert (after.new, after.moved, after.changed, after.gone, after.unchanged) == (0, 2, 2, 0, 1)


def test_the_ledger_holds_when_each_goal_is_finished() -> None:
    assert published(FIRST).ledger.finishes == {"book": FIRST[3].end, "paper": FIRST[2].end}
    assert published(FIRST[:3]).ledger.finishes == {"paper": FIRST[2].end}


@pytest.mark.parametrize(
    ("moment", "finish"),
    [
        (MONDAY + 60, MONDAY + 40),  # the end of the session
        (MONDAY + 200, MONDAY + 40),  # later that day
        (MONDAY - 300, MONDAY + 40),  # earlier that day
        (MONDAY + DAY, MONDAY + DAY),  # another day
    ],
)
def test_a_unit_is_finished_where_the_plan_held_its_last_part(moment: int, finish: int) -> None:
    event = published((session(0, (A, 40), (C, 20)),)).ledger
    fact = Finished(**stamp(at=instant(moment), zone="Europe/Berlin"), unit=A)
    past = [one for one in event.events.values() if one.session is not None]
    assert finished_minutes(Progress((fact,), {A: fact}), past) == {A: finish}


def test_the_end_of_a_session_over_midnight_means_the_part_before_it() -> None:
    late = Session(MONDAY + 240, MONDAY + 330, "textbooks", (Piece(A, 30), Piece(B, 60)))
    past = [one for one in published((late,)).ledger.events.values() if one.session is not None]
    fact = Finished(**stamp(at=instant(late.end), zone="Europe/Berlin"), unit=A)
    assert finished_minutes(Progress((fact,), {A: fact}), past) == {A: MONDAY + 270}


def test_the_previous_ledger_is_kept_only_when_something_to_come_changes() -> None:
    first = published(FIRST)
    assert PREVIOUS not in first.files
    assert PREVIOUS not in published(FIRST, first.ledger).files
    missed = published(FIRST[1:], first.ledger, day=1, happened={uid(first.ledger, "book_a-1"): ()})
    assert missed.files[LEDGER] != first.files[LEDGER]
    assert PREVIOUS not in missed.files
    moved = published((*FIRST[:3], session(4, (B, 60))), first.ledger)
    assert moved.files[PREVIOUS] == first.files[LEDGER]


def undone(publication: Publication, *, day: int) -> Publication:
    """Take a publication back on the morning of a day."""
    previous = read_ledger(publication.files[PREVIOUS], file=PREVIOUS)
    over, now = MONDAY + day * DAY - 600, NOW + timedelta(days=10 + day)
    return undo_publication(publication.ledger, previous, SETTINGS, over, now)


def test_undoing_brings_back_the_sessions_of_before_under_names_that_are_not_spent() -> None:
    first = published(FIRST)
    second = published((FIRST[0], session(2, (B, 90)), session(3, (B, 30))), first.ledger)
    back = undone(second, day=0)
    assert [one for _, one in back.ledger.sessions()] == [one for _, one in first.ledger.sessions()]
    assert named(back.ledger) == ["book_a-1", "book_b-1", "paper_c-2", "book_b-2"]
    assert (
        back.ledger.events[uid(first.ledger, "book_a-1")]
        == first.ledger.events[uid(first.ledger, "book_a-1")]
    )
    assert back.ledger.events[uid(first.ledger, "book_b-1")].sequence == 2
    assert back.ledger.finishes == first.ledger.finishes
    assert back.files[PREVIOUS] == second.files[LEDGER]


def test_undoing_twice_brings_back_what_was_undone() -> None:
    first = published(FIRST)
    second = published((FIRST[0], session(2, (B, 90)), session(5, (B, 60))), first.ledger)
    again = undone(undone(second, day=0), day=0)
    assert [one for _, one in again.ledger.sessions()] == [
        one for _, one in second.ledger.sessions()
    ]
    assert again.ledger.finishes == second.ledger.finishes


def test_undoing_leaves_what_has_begun_as_it_is() -> None:
    first = published(FIRST)
    second = published(
        (session(1, (A, 90)), session(4, (B, 90)), session(5, (B, 60))), first.ledger
    )
    back = undone(second, day=2)
    assert named(back.ledger) == ["book_a-1", "paper_c-2", "book_b-2"]
    assert (
        back.ledger.events[uid(back.ledger, "book_a-1")]
        == second.ledger.events[uid(back.ledger, "book_a-1")]
    )


def test_a_session_that_was_pulled_forward_and_is_over_comes_back_under_another_name() -> None:
    first = published(FIRST)
    second = published(
        (FIRST[0], session(1, (C, 60)), session(2, (B, 90)), session(4, (B, 60))), first.ledger
    )
    back = undone(second, day=2)
    assert named(back.ledger) == ["book_a-1", "paper_c-1", "paper_c-2", "book_b-2"]


def test_only_what_the_ledger_knows_to_be_right_is_not_parsed_again() -> None:
    """A label without a letter is read as none, so an event that has one reads otherwise than it was written."""
    good = published(FIRST).ledger
    name = uid(good, "paper_c-1")
    bad = replace(good.events[name], entry=replace(good.events[name].entry, categories=("",)))
    before = replace(good, events={**good.events, name: bad}, files={})
    with pytest.raises(BadCalendarError, match=f"the event {name} reads otherwise"):
        publication_of(before, before, SETTINGS, 0)
    digest = digest_of(calendar_bytes("My curriculum: papers", "seagreen", [event_bytes(bad)]))
    known = replace(before, files={"papers.ics": digest})
    fresh = replace(bad, entry=replace(bad.entry, uid="other", categories=()))
    after = replace(known, events={**known.events, "other": fresh})
    assert publication_of(known, after, SETTINGS, 0).new == 1
    worse = replace(known, events={**known.events, name: replace(bad, sequence=1)})
    with pytest.raises(BadCalendarError):
        publication_of(known, worse, SETTINGS, 0)


# Laws


@st.composite
def followed(draw: st.DrawFn) -> tuple[Instance, Plan, int, int]:
    """Draw an instance, its plan, how many sessions are followed, and the minute at which it is planned again."""
    instance = draw(instances())
    plan = instance.plan()
    count = draw(st.integers(0, len(plan.sessions)))
    over = plan.sessions[count - 1].end if count else plan.start
    until = plan.sessions[count].end - 1 if count < len(plan.sessions) else over + DAY
    return instance, plan, count, draw(st.integers(over, until))


def _facts(sessions: tuple[Session, ...], efforts: Mapping[UnitId, int]) -> tuple[Fact, ...]:
    """Return the facts of who does what the sessions say, and says so at their ends."""
    spent: Counter[UnitId] = Counter()
    facts: list[Fact] = []
    for one in sessions:
        at = instant(one.end)
        for piece in one.pieces:
            spent[piece.unit] += piece.minutes
            facts.append(Studied(**stamp(len(facts), at), unit=piece.unit, minutes=piece.minutes))
            if spent[piece.unit] == efforts[piece.unit]:
                facts.append(Finished(**stamp(len(facts), at), unit=piece.unit))
    return tuple(facts)


def _rest(curriculum: Curriculum, spent: Counter[UnitId]) -> Curriculum:
    """Return what is left of a curriculum after some minutes of its units."""
    done = {unit for unit in curriculum.units if spent[unit] == curriculum.efforts[unit]}
    units = tuple(unit for unit in curriculum.units if unit not in done)
    return replace(
        curriculum,
        units=units,
        requires={
            unit: tuple(one for one in curriculum.requires[unit] if one not in done)
            for unit in units
        },
        met={
            unit: tuple(one for one in curriculum.requires[unit] if one in done) for unit in units
        },
        efforts={unit: curriculum.efforts[unit] - spent[unit] for unit in units},
        behind={unit: spent[unit] for unit in units if spent[unit]},
    )


def _replanned(plan: Plan, rest: Curriculum, count: int) -> Plan:
    """Return the plan that a planner would make of the rest."""
    units = tuple(
        replace(
            one,
            effort=rest.efforts[one.unit],
            enabler=one.enabler if one.enabler in rest.efforts else None,
            cushion=None if one.cushion is None else one.cushion - 7,
        )
        for one in plan.units
        if one.unit in rest.efforts
    )
    return replace(plan, sessions=plan.sessions[count:], units=units)


@given(followed())
def test_planning_again_after_following_the_plan_changes_no_byte(
    drawn: tuple[Instance, Plan, int, int],
) -> None:
    """P5: the calendars, and the ledger with them."""
    instance, plan, count, over = drawn
    before, curriculum, zone = (
        ledger_of({}, instance.settings),
        instance.curriculum,
        ZoneInfo("Asia/Kolkata"),
    )
    first = publish(
        plan, instance.library, curriculum, instance.settings, zone, before, NOW, over=plan.start
    )
    held = plan.sessions[:count]
    facts = _facts(held, curriculum.efforts)
    progress = Progress(facts, {fact.unit: fact for fact in facts if isinstance(fact, Finished)})
    rest = _rest(curriculum, _spent(held))
    happened = {
        uid: tuple((piece.unit, piece.minutes) for piece in one.pieces)
        for uid, one in first.ledger.sessions()
        if one.end <= over
    }
    again = publish(
        _replanned(plan, rest, count),
        instance.library,
        rest,
        instance.settings,
        zone,
        read_ledger(first.files[LEDGER]),
        NOW + timedelta(days=40),
        over=over,
        progress=progress,
        happened=happened,
    )
    assert again.files == first.files


def _spent(sessions: tuple[Session, ...]) -> Counter[UnitId]:
    spent: Counter[UnitId] = Counter()
    for one in sessions:
        for piece in one.pieces:
            spent[piece.unit] += piece.minutes
    return spent


# Each example is published once for every session of its plan.
@settings(max_examples=settings().max_examples // 2)
@given(followed(), st.integers(0, 20))
def test_with_a_horizon_sessions_enter_at_the_far_end_and_none_is_gone(
    drawn: tuple[Instance, Plan, int, int], days: int
) -> None:
    instance, plan, count, _ = drawn
    ledger = ledger_of({}, instance.settings)
    for number, over in enumerate([plan.start, *(one.end for one in plan.sessions[:count])]):
        left = truncated(replace(plan, sessions=plan.sessions[number:]), over + days * DAY)
        after = publish(
            left,
            instance.library,
            instance.curriculum,
            instance.settings,
            UTC,
            ledger,
            NOW,
            over=over,
            happened={},
        )
        assert (after.gone, after.moved) == (0, 0)
        ledger = after.ledger


@st.composite
def sessions_from(draw: st.DrawFn, start: int) -> tuple[Session, ...]:
    """Draw up to eight sessions from a minute on."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start += draw(st.integers(0, 1500))
        chosen = draw(st.lists(st.sampled_from([A, B, C]), min_size=1, max_size=2, unique=True))
        pieces = tuple(Piece(unit, draw(st.integers(5, 60))) for unit in chosen)
        end = start + sum(piece.minutes for piece in pieces)
        found.append(Session(start, end, draw(st.sampled_from(["textbooks", "papers"])), pieces))
        start = end
    return tuple(found)


class Client:
    """A calendar program that takes an event again only when its SEQUENCE or stamp is higher."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[int, bytes]] = {}

    def read(self, publication: Publication) -> None:
        """Read the published files."""
        shown = {}
        for name in CALENDARS:
            for event in Calendar.from_ical(publication.files[name]).events:
                uid, sequence, data = (
                    str(event["UID"]),
                    int(str(event["SEQUENCE"])),
                    event.to_ical(),
                )
                assert uid not in shown, "a UID comes twice"
                known = self.events.get(uid)
                assert known is None or known == (sequence, data) or sequence == known[0] + 1, (
                    "a change goes unnoticed"
                )
                shown[uid] = (sequence, data)
        self.events = shown


@given(st.data())
def test_whatever_is_planned_and_undone_a_calendar_program_can_follow(data: st.DataObject) -> None:
    ledger, previous, client, over = ledger_of({}, SETTINGS), None, Client(), MONDAY
    standing: Mapping[str, bytes] = {}
    for step in range(data.draw(st.integers(1, 5))):
        over += data.draw(st.integers(0, 2 * DAY))
        now = NOW + timedelta(days=step)
        past = [uid for uid, one in ledger.sessions() if one.end <= over]
        if previous is not None and data.draw(st.booleans()):
            after = undo_publication(ledger, previous, SETTINGS, over, now)
        else:
            plan = replace(plan_of(*data.draw(sessions_from(over))), start=over)
            done = st.lists(
                st.tuples(st.sampled_from([A, B, C]), st.integers(1, 60)), max_size=2
            ).map(tuple)
            happened = {uid: data.draw(done) for uid in past if data.draw(st.booleans())}
            after = publish(
                plan,
                LIBRARY,
                CURRICULUM,
                SETTINGS,
                BERLIN,
                ledger,
                now,
                over=over,
                happened=happened,
            )
        _check_standing(ledger, after, standing, over)
        standing = after.files
        client.read(after)
        assert client.events.keys() == after.ledger.events.keys()
        _check_step(ledger, after.ledger, past)
        if PREVIOUS in after.files:
            previous = read_ledger(after.files[PREVIOUS], file=PREVIOUS)
            assert previous == ledger
        ledger = read_ledger(ledger_bytes(after.ledger))
        assert ledger == after.ledger


def _check_standing(
    before: Ledger, after: Publication, standing: Mapping[str, bytes], over: int
) -> None:
    """Check that what stands in the folder saves work and changes no byte, even if it is not what was published."""
    papers = standing.get("papers.ics", b"")
    torn = papers.replace(b"Read", b"Rode")
    earlier = replace(before, writer=0)
    for ledger, found in (
        (before, standing),
        (before, {**standing, "papers.ics": torn}),
        (earlier, {name: data for name, data in standing.items() if name != LEDGER}),
    ):
        again = publication_of(ledger, after.ledger, SETTINGS, over, found)
        assert again.files[LEDGER] == after.files[LEDGER]
        assert {name: again.files[name] for name in CALENDARS} == {
            name: after.files[name] for name in CALENDARS
        }


def _check_step(before: Ledger, after: Ledger, past: list[str]) -> None:
    """Check the laws that hold from one publication to the next."""
    assert not after.retired & after.events.keys()
    assert before.retired <= after.retired
    assert before.events.keys() <= after.events.keys() | after.retired
    for uid in before.events.keys() & after.events.keys():
        old, new = before.events[uid], after.events[uid]
        assert new.sequence == old.sequence + (new.entry != old.entry)
        assert (new.stamp == old.stamp) == (new.entry == old.entry)
    for uid in past:
        old, new = before.events[uid], after.events[uid]
        assert new.session == old.session
        assert replace(new.entry, description="") == replace(old.entry, description="")
