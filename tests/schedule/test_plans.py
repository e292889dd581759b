"""Plans worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum, ReachedGoal, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.model.plan import Plan, instant, minute
from curriculum.model.quantities import Pages
from curriculum.model.settings import Settings
from curriculum.model.works import Textbook
from curriculum.schedule.demand import demand_of
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.plan_request import plan_request
from curriculum.schedule.planning import plan_of
from curriculum.schedule.sessions import pages_between
from tests.instances import MIDNIGHT, MONDAY, Instance, by_hand, curriculum_of, goal


def plan(
    efforts: list[int],
    works: list[tuple[str, int]],
    *,
    edges: list[tuple[int, int]] | None = None,
    goals: tuple[ReachedGoal, ...] = (),
    stretches: tuple[tuple[int, int], ...] = ((0, 60),),
    **fields: object,
) -> Plan:
    """Plan units in sittings of at most an hour, an hour a day from midnight, with no break."""
    instance = by_hand(efforts, works, edges=edges, goals=goals, stretches=stretches, **fields)
    return instance.plan()


def sittings(found: Plan) -> list[tuple[int, str, list[tuple[str, int]]]]:
    """Return the day of each session, its track, and its units with their minutes."""
    return [
        (
            (instant(s.start).date() - MONDAY).days,
            s.track,
            [(str(piece.unit), piece.minutes) for piece in s.pieces],
        )
        for s in found.sessions
    ]


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=day, hours=hour)


def test_two_tracks_take_turns() -> None:
    assert sittings(plan([120, 120], [("b", 1), ("p", 1)])) == [
        (0, "textbooks", [("b/0", 60)]),
        (1, "papers", [("p/0", 60)]),
        (2, "textbooks", [("b/0", 60)]),
        (3, "papers", [("p/0", 60)]),
    ]


def test_a_share_of_two_to_one_gives_two_sittings_of_three() -> None:
    found = plan([240, 240], [("b", 1), ("p", 1)], balance={"textbooks": "2", "papers": "1"})

    assert [session.track[0] for session in found.sessions[:6]] == ["t", "p", "t", "t", "p", "t"]


@pytest.mark.parametrize("papers", [3, 12, 40])
def test_short_papers_that_chapters_unlock_in_mid_sitting_are_owed_at_most_their_minutes(
    papers: int,
) -> None:
    """Sittings of 90 minutes; every second chapter of half an hour unlocks a paper of ten minutes."""
    chapters = 2 * papers
    edges = [(number - 1, number) for number in range(1, chapters)]
    edges += [(2 * number + 1, chapters + number) for number in range(papers)]
    found = plan(
        [30] * chapters + [10] * papers,
        [("b", chapters), *((f"p{number:02d}", 1) for number in range(papers))],
        edges=edges,
        stretches=((0, 90),),
        session={"shortest": "20m", "longest": "90m", "break": "0m"},
    )

    assert found.largest_lag <= 20


def test_units_flow_through_a_sitting_like_text_through_lines() -> None:
    assert sittings(plan([40, 50], [("b", 2)], edges=[(0, 1)])) == [
        (0, "textbooks", [("b/0", 40), ("b/1", 20)]),
        (1, "textbooks", [("b/1", 30)]),
    ]


def test_a_deadline_is_passed_on_to_what_it_requires() -> None:
    found = plan(
        [60, 60, 60], [("a", 1), ("b", 1), ("p", 1)], edges=[(1, 2)], goals=(goal("p/0", by=at(2)),)
    )

    assert [units[0][0] for _, _, units in sittings(found)] == ["b/0", "p/0", "a/0"]
    assert [placement.deadline is not None for placement in found.units] == [False, True, True]


def test_a_unit_waits_for_its_date() -> None:
    found = plan([60, 60], [("a", 1), ("b", 1)], goals=(goal("a/0", start=at(3)),))

    assert sittings(found) == [(0, "textbooks", [("b/0", 60)]), (3, "textbooks", [("a/0", 60)])]


def test_a_work_once_opened_is_finished_before_the_next() -> None:
    """The second chapter of `a` is freed late, yet it comes before the second chapter of `b`."""
    found = plan([60, 60, 60, 60], [("a", 2), ("b", 2)], edges=[(2, 1)])

    assert [units[0][0] for _, _, units in sittings(found)] == ["a/0", "b/0", "a/1", "b/1"]


def test_a_short_rest_of_a_sitting_stays_free() -> None:
    found = plan([50, 60], [("b", 1), ("p", 1)])

    assert sittings(found) == [(0, "textbooks", [("b/0", 50)]), (1, "papers", [("p/0", 60)])]


def test_a_short_rest_is_used_when_a_deadline_needs_it() -> None:
    found = plan(
        [50, 65], [("b", 1), ("p", 1)], goals=(goal("b/0", by=at(1)), goal("p/0", by=at(1, 1)))
    )

    assert sittings(found)[:2] == [(0, "textbooks", [("b/0", 50)]), (0, "papers", [("p/0", 10)])]


def test_an_overload_names_what_is_needed_what_is_free_and_what_would_mend_it() -> None:
    """Ten hours due in a week that has seven: three hours more a week would do."""
    found = plan(
        [300, 300], [("b", 1), ("p", 1)], goals=(goal("b/0", by=at(7)), goal("p/0", by=at(7)))
    )

    (overload,) = found.overload
    assert (overload.needed, overload.free, overload.more_per_week) == (600, 420, 180)
    assert set(overload.units) == {"b/0", "p/0"}
    assert [placement.cushion for placement in found.units] == [-180, -180]


def test_work_that_is_due_later_does_not_enter_a_certificate() -> None:
    goals = (goal("a/0", by=at(1)), goal("b/0", by=at(30)))
    found = plan([120, 60], [("a", 1), ("b", 1)], goals=goals)

    assert [overload.units for overload in found.overload] == [(UnitId("a/0"),)]


def test_the_cushion_counts_the_minutes_left_before_a_deadline() -> None:
    found = plan(
        [60, 60], [("a", 1), ("b", 1)], goals=(goal("a/0", by=at(5)), goal("b/0", by=at(3)))
    )

    assert {str(p.unit): p.cushion for p in found.units} == {"a/0": 180, "b/0": 120}


def test_a_goal_is_due_on_its_own_day_with_the_cushion_before_it() -> None:
    """Its only unit is due earlier, because another goal requires it."""
    goals = (goal("a/0", by=at(9)), goal("b/0", by=at(5)))
    found = plan([60, 60], [("a", 1), ("b", 1)], edges=[(0, 1)], goals=goals)

    assert [placement.deadline for placement in found.units] == [minute(at(5)), minute(at(5))]
    assert [(one.due, one.cushion) for one in found.goals] == [
        (minute(at(9)), 9 * 60 - 120),
        (minute(at(5)), 5 * 60 - 120),
    ]
    assert [(one.units, one.finish) for one in found.goals] == [
        (1, minute(at(0, 1))),
        (1, minute(at(1, 1))),
    ]
    assert not any(one.is_late for one in found.goals)


def test_a_goal_that_is_finished_too_late_or_not_at_all_is_late() -> None:
    goals = (goal("a/0", by=at(1)), goal("b/0"))
    late = plan([120, 60], [("a", 1), ("b", 1)], goals=goals)
    never = plan([60], [("a", 1)], goals=goals[:1], stretches=())

    assert [(one.is_late, one.cushion) for one in late.goals] == [(True, -60), (False, None)]
    assert [(one.is_late, one.finish, one.unfinished) for one in never.goals] == [(True, None, 1)]


def test_a_goal_without_units_left_is_neither_late_nor_finished() -> None:
    reached = reached_goal(goal("c/0", by=at(-9)).goal, (UnitId("c/0"),), UTC)
    (found,) = plan([60], [("b", 1)], goals=(reached,)).goals

    assert (found.units, found.finish, found.is_late) == (0, None, False)


def test_without_any_free_time_every_unit_is_named_as_unplaced() -> None:
    found = plan([60, 60], [("a", 2)], edges=[(0, 1)], stretches=())

    assert [(unplaced.unit, unplaced.minutes) for unplaced in found.unplaced] == [
        ("a/0", 60),
        ("a/1", 60),
    ]
    assert "no free time" in found.unplaced[0].reason
    assert found.sessions == ()


def test_pages_are_carried_from_piece_to_piece_without_gap_or_overlap() -> None:
    reading = (Pages(321, 338), 108)
    cuts = [0, 40, 55, 56, 108]
    pieces = [pages_between(reading, start, end) for start, end in pairwise(cuts)]

    assert pieces[0] is not None
    assert pieces[-1] is not None
    assert (pieces[0].first, pieces[-1].last) == (321, 338)
    assert sum(len(piece) for piece in (pieces[0], pieces[1], pieces[3]) if piece) == 18
    assert pages_between(reading, 108, 120) is None


@given(st.integers(1, 900), st.integers(1, 60), st.integers(1, 900), st.data())
def test_no_piece_names_a_page_beyond_its_unit(
    first: int, count: int, minutes: int, data: st.DataObject
) -> None:
    """Of a unit that is nearly read, `p. 321 of 287-320` was told."""
    pages = Pages(first, first + count - 1)
    cuts = sorted(data.draw(st.sets(st.integers(0, minutes + 60), min_size=2, max_size=6)))
    for start, end in pairwise(cuts):
        piece = pages_between((pages, minutes), start, end)
        assert piece is None or first <= piece.first <= piece.last <= pages.last


def test_a_plan_starts_on_the_day_the_settings_name() -> None:
    curriculum, _ = curriculum_of([60], [], [("b", 1)])
    settings = Settings.model_validate({"start": "2027-02-01 10:30"})
    terms = plan_request(settings, MIDNIGHT, UTC)

    assert instant(terms.start) == datetime(2027, 2, 1, 10, 30, tzinfo=UTC)
    assert terms.first == date(2027, 2, 1)
    demand = demand_of(curriculum)
    assert plan_of(demand, terms, lambda first, last: ()).start == terms.start


def test_no_hours_mend_what_was_due_before_the_plan_begins() -> None:
    found = plan([60], [("b", 1)], goals=(goal("b/0", by=at(-3)),))

    (overload,) = found.overload
    assert (overload.needed, overload.free, overload.more_per_week) == (60, 0, 0)
    assert overload.is_conflict
    assert instant(overload.after) == at(0)


def test_a_certificate_without_any_free_time_counts_from_the_start_of_the_plan() -> None:
    found = plan([140], [("b", 1)], goals=(goal("b/0", by=at(14)),), stretches=())

    assert [overload.more_per_week for overload in found.overload] == [70]


def test_windows_too_short_for_a_session_are_named_as_the_reason() -> None:
    found = plan([60], [("b", 1)], stretches=((0, 15),))

    assert [unplaced.reason for unplaced in found.unplaced] == [
        "every stretch of free time is shorter than the shortest session"
    ]


def test_time_for_catching_up_that_takes_every_week_is_named_as_the_reason() -> None:
    found = plan([60], [("b", 1)], catch_up="7h per week")

    assert [unplaced.reason for unplaced in found.unplaced] == [
        "the time kept for catching up takes all free time of every week"
    ]


def test_time_for_catching_up_stays_free() -> None:
    """An hour a day, and the last two of each week stay free."""
    found = plan([60] * 7, [("b", 7)], catch_up="2h per week")

    assert [day for day, _, _ in sittings(found)] == [0, 1, 2, 3, 4, 7, 8]


def test_pages_go_on_where_they_stopped_and_at_the_pace_of_the_person() -> None:
    """40 pages at 10 pages an hour are 240 minutes, 360 at a pace of 3/2; 90 minutes lie behind: 10 pages."""
    chapter = {"id": "0", "title": "T", "pages": [1, 40]}
    library = Library(
        {"b": Textbook.model_validate({"kind": "textbook", "title": "B", "chapters": [chapter]})},
        {},
    )
    unit = UnitId("b/0")
    curriculum = Curriculum(
        (unit,),
        {unit: ()},
        {},
        {unit: 270},
        behind={unit: 90},
        paces={unit: Fraction(3, 2)},
        details=study_units(library, Settings().speed),
    )
    settings = Settings.model_validate(
        {"session": {"shortest": "20m", "longest": "90m", "break": "0m"}}
    )
    found = Instance(curriculum, library, settings, ((0, 90),)).plan()

    assert [piece.pages for one in found.sessions for piece in one.pieces] == [
        Pages(11, 20),
        Pages(21, 30),
        Pages(31, 40),
    ]


def test_sittings_that_have_begun_are_not_used() -> None:
    curriculum, library = curriculum_of([60], [], [("b", 1)])
    instance = Instance(curriculum, library, Settings(), ((0, 60),))
    terms = plan_request(instance.settings, MIDNIGHT + 1, UTC)

    assert slots_until(terms, instance.free, 1)[0][0] == MIDNIGHT + 1440
