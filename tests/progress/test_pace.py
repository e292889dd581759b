"""What the journal says of the person's pace, worked out by hand, and the laws of its corrections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Studied
from curriculum.model.library import Library
from curriculum.model.pace import Pace, PaceNote
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages
from curriculum.model.settings import Speeds
from curriculum.progress.pace import pace_notes, pace_of
from tests.facts import stamp
from tests.libraries import book, library, paper, thesis

EVENING = datetime(2027, 1, 4, 20, tzinfo=UTC)
SPEEDS = Speeds()
READ = library(
    b=book(*(f"id: {number}, effort: 100m" for number in range(1, 10))),
    c=book("id: 1, effort: 100m"),
    p=paper("id: read, effort: 2h", "id: train, effort: 4h"),
)
PAGED = library(
    b="kind: textbook\nchapters:\n  - {id: 1, title: T, pages: [1, 20]}\n"
    "  - {id: 2, title: T, pages: [21, 40], exercises: 1h}\n  - {id: 3, title: T, pages: [41, 60], effort: 5h}\n"
    "  - {id: 4, title: T}\n",
    t=thesis("id: 1"),
)


def studied(unit: str, minutes: int, pages: Pages | None = None, number: int = 0) -> Studied:
    """Return a log of study, by a command of its own."""
    head = stamp(number, EVENING + timedelta(hours=number))
    return Studied(**head, unit=UnitId(unit), minutes=minutes, pages=pages)


def finished(unit: str, minutes: int | None = None, number: int = 0) -> Finished:
    """Return that a unit is done, by a command of its own."""
    head = stamp(number, EVENING + timedelta(hours=number))
    return Finished(**head, unit=UnitId(unit), minutes=minutes)


def progress(*facts: Fact) -> Progress:
    """Return the state after facts that may share a command."""
    minutes: dict[UnitId, int] = {}
    for one in facts:
        if isinstance(one, Studied):
            minutes[one.unit] = minutes.get(one.unit, 0) + one.minutes
    done = {one.unit: one for one in facts if isinstance(one, Finished)}
    return Progress(live=facts, finished=done, studied=minutes)


def took(*minutes: int, work: str = "b") -> Pace:
    """Return the pace of someone whose chapters of an estimated 100 minutes each took so many."""
    facts = (finished(f"{work}/{number}", each) for number, each in enumerate(minutes, 1))
    return pace_of(progress(*facts), READ, SPEEDS)


def ratios(pace: Pace) -> list[tuple[str, int, int]]:
    return [(sample.unit, sample.actual, sample.estimated) for sample in pace.samples]


def test_a_finished_unit_is_evidence_by_what_it_took() -> None:
    assert ratios(took(130)) == [("b/1", 130, 100)]


def test_a_finished_unit_is_evidence_by_its_log_only_when_a_third_of_it_was_logged() -> None:
    done = finished("b/1", number=1)

    assert ratios(pace_of(progress(studied("b/1", 33), done), READ, SPEEDS)) == []
    assert ratios(pace_of(progress(studied("b/1", 34), done), READ, SPEEDS)) == [("b/1", 34, 100)]


def test_what_a_unit_took_counts_before_what_was_logged() -> None:
    facts = progress(studied("b/1", 60), finished("b/1", 150, number=1))

    assert ratios(pace_of(facts, READ, SPEEDS)) == [("b/1", 150, 100)]


def test_pages_read_of_an_unfinished_unit_are_evidence_against_the_time_for_those_pages() -> None:
    """Twenty pages at 10 pages an hour take two hours, and the exercises after them say nothing yet."""
    facts = progress(
        studied("b/2", 45, Pages(21, 25)),
        studied("b/2", 30, number=1),
        studied("b/2", 45, Pages(26, 30), number=2),
    )

    assert ratios(pace_of(facts, PAGED, SPEEDS)) == [("b/2", 90, 60)]


def test_pages_of_a_unit_with_a_given_effort_are_their_part_of_it() -> None:
    assert ratios(pace_of(progress(studied("b/3", 80, Pages(41, 44))), PAGED, SPEEDS)) == [
        ("b/3", 80, 60)
    ]


def test_a_page_read_twice_is_one_page_and_pages_of_other_units_are_none() -> None:
    facts = (
        studied("b/1", 60, Pages(1, 10)),
        studied("b/1", 30, Pages(10, 25), number=1),
    )

    assert ratios(pace_of(progress(*facts), PAGED, SPEEDS)) == [("b/1", 90, 120)]


def test_pages_of_a_unit_whose_syllabus_names_none_are_taken_at_the_speed_of_its_kind() -> None:
    assert ratios(pace_of(progress(studied("t/1", 60, Pages(3, 12))), PAGED, SPEEDS)) == [
        ("t/1", 60, 40)
    ]


def test_minutes_logged_without_pages_say_nothing_before_the_unit_is_finished() -> None:
    assert pace_of(progress(studied("b/1", 500)), READ, SPEEDS) == Pace()


def test_units_that_no_syllabus_defines_any_more_say_nothing() -> None:
    facts = progress(finished("gone/1", 60), finished("b/99", 60, number=1))

    assert pace_of(facts, READ, SPEEDS) == Pace()


def test_one_sample_moves_a_kind_by_a_quarter_and_its_work_by_a_quarter_of_the_rest() -> None:
    pace = took(200)

    assert pace.kinds == {"textbook": Fraction(24, 20)}  # exp(log 2 / 4) = 1.189
    assert pace.works == {"b": Fraction(27, 20)}  # exp(log 2 * (1/4 + 1/4 * 3/4)) = 1.354
    assert pace.factor("c", "textbook") == Fraction(24, 20)
    assert pace.factor("p", "paper") == 1


def test_one_odd_chapter_of_nine_moves_nothing() -> None:
    assert set(took(100, 100, 400, 100, 100, 100, 100, 100, 100).works.values()) == {Fraction(1)}


def test_a_slip_of_the_pen_counts_as_four_times_at_most() -> None:
    assert took(100_000).works == took(400).works
    assert took(1).works == took(25).works


def test_a_person_exactly_as_planned_is_corrected_by_nothing() -> None:
    pace = took(100, 100, 100)

    assert pace.kinds == {"textbook": 1}
    assert pace.works == {"b": 1}


MINUTES = st.lists(st.integers(1, 1000), min_size=1, max_size=9)


@given(MINUTES)
def test_a_factor_is_a_multiple_of_a_twentieth_between_as_estimated_and_what_was_seen(
    minutes: list[int],
) -> None:
    pace = took(*minutes)
    middle = sorted(minutes)[len(minutes) // 2] if len(minutes) % 2 else None

    for factor in (pace.kinds["textbook"], pace.works["b"]):
        assert (factor * 20).denominator == 1
        assert Fraction(1, 4) <= factor <= 4
        if middle is not None:
            seen = min(max(middle / 100, 0.25), 4)
            assert min(1, seen) - 0.026 <= factor <= max(1, seen) + 0.026


@given(MINUTES)
def test_the_order_of_samples_changes_no_factor(minutes: list[int]) -> None:
    assert took(*minutes).works == took(*reversed(minutes)).works


@given(st.integers(100, 400))
def test_the_more_samples_agree_the_nearer_the_factor_comes_to_them(minutes: int) -> None:
    few, more, many = (took(*[minutes] * count).works["b"] for count in (1, 3, 9))

    assert 1 <= few <= more <= many <= Fraction(minutes, 100) + Fraction(1, 40)


def test_notes_tell_the_speed_so_far_the_speed_planned_and_the_speed_from_now_on() -> None:
    facts = progress(*(finished(f"b/{number}", 240, number=number) for number in (1, 2)))
    pace = pace_of(facts, PAGED, SPEEDS)
    kind, work = pace_notes(pace, PAGED, SPEEDS)

    assert kind == PaceNote("textbook", None, 2, kind.ratio, pace.kinds["textbook"], Fraction(10))
    assert work == PaceNote("textbook", "b", 2, kind.ratio, pace.works["b"], Fraction(10))
    middle = exp((log(240 / 120) + log(240 / 180)) / 2)
    assert work.observed is not None
    assert abs(work.observed - 10 / middle) < 1e-9
    assert work.from_now_on == Fraction(10) / pace.works["b"]


def test_notes_name_no_speed_where_hours_do_not_come_from_pages() -> None:
    pace = pace_of(progress(finished("p/read", 240)), READ, SPEEDS)

    kind, work = pace_notes(pace, READ, SPEEDS)

    assert kind == PaceNote("paper", None, 1, kind.ratio, pace.kinds["paper"])
    assert work == PaceNote("paper", "p", 1, kind.ratio, pace.works["p"])
    assert kind.ratio == pytest.approx(2)
    assert work.observed is None
    assert work.from_now_on is None


def test_without_evidence_there_is_nothing_to_note() -> None:
    assert pace_notes(pace_of(Progress(), Library({}, {}), SPEEDS), Library({}, {}), SPEEDS) == ()
