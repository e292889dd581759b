"""What leads to a goal: references, topics, choices, theses, order; worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from curriculum.graph.goals import GoalRequest
from curriculum.graph.provider_choice import MOST_OPTIONS
from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import StudyUnit, dependants
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import minute
from curriculum.model.quantities import Pages
from curriculum.model.settings import Goal, Speeds
from curriculum.syllabus.settings import read_settings
from tests.libraries import book, curriculum, library, paper, reach, thesis

SUMS = book("id: 1", "id: 2", "id: 3", "id: 4, requires: []", "id: 5, requires: [2]")


@pytest.mark.parametrize(
    ("goal", "units"),
    [
        ("sums", "1 2 3 4 5"),
        ("sums/3", "1 2 3"),
        ("sums/4", "4"),
        ("sums/5", "1 2 5"),
        ("sums/4-5", "4 1 2 5"),
        (Goal(work="sums", units=("3", "4")), "1 2 3 4"),
        (Goal(work="sums", units=("1-2",)), "1 2"),
    ],
)
def test_a_goal_becomes_the_units_it_needs(goal: str | Goal, units: str) -> None:
    found = curriculum(library(sums=SUMS), goal)

    assert list(found.units) == [f"sums/{unit}" for unit in units.split()]


@pytest.mark.parametrize(
    ("goals", "units"),
    [
        ("[{work: sums, units: 1-3}]", "1 2 3"),
        ("[{work: sums, units: [5]}]", "1 2 5"),
        ("[{work: sums, units: [3, 1-2]}]", "1 2 3"),
        ("[sums/2-3]", "1 2 3"),
        ("[{topic: odd}]", "4"),
        ("[{topic: even}, sums/4]", "1 4"),
    ],
)
def test_goals_are_named_in_every_form_that_settings_know(goals: str, units: str) -> None:
    """Even is taught by the first and the last unit, of which the first adds less."""
    works = library(
        sums=book(
            "id: 1, teaches: [even]",
            "id: 2",
            "id: 3",
            "id: 4, requires: [], teaches: [odd]",
            "id: 5, requires: [2], teaches: [even]",
        )
    )
    read = read_settings("curriculum.yaml", f"goals: {goals}\n")
    assert read.settings is not None
    assert read.settings.goals is not None

    assert curriculum(works, *read.settings.goals).units == tuple(
        f"sums/{unit}" for unit in units.split()
    )


def test_a_unit_without_requires_waits_for_the_one_before_it() -> None:
    found = curriculum(library(sums=SUMS), "sums")

    assert found.requires[UnitId("sums/2")] == ("sums/1",)
    assert found.requires[UnitId("sums/4")] == ()


def test_what_a_work_requires_applies_to_its_first_units() -> None:
    works = library(
        sums=SUMS,
        p="requires: [sums/1]\n" + paper("id: read", "id: build", "id: aside, requires: []"),
    )
    found = curriculum(works, "p")

    assert found.requires[UnitId("p/read")] == found.requires[UnitId("p/aside")] == ("sums/1",)
    assert found.requires[UnitId("p/build")] == ("p/read",)


@pytest.mark.parametrize(
    ("reference", "units"),
    [
        ("'2'", "b/2"),
        ("2-3", "b/2 b/3"),
        ("c/1", "c/1"),
        ("c", "c/1 c/2"),
        ("c/1-2", "c/1 c/2"),
        ("{ref: c/1, why: it helps}", "c/1"),
        ("{any: [c]}", "c/1 c/2"),
    ],
)
def test_each_form_of_a_reference(reference: str, units: str) -> None:
    works = library(
        b=book(
            "id: 1", "id: 2, requires: []", "id: 3, requires: []", f"id: x, requires: [{reference}]"
        ),
        c=book("id: 1", "id: 2"),
    )
    found = curriculum(works, "b/x")

    assert found.requires[UnitId("b/x")] == tuple(units.split())


def test_a_unit_whose_id_looks_like_a_range_wins() -> None:
    works = library(
        b=book("id: 3", "id: 4", "id: 3-4, requires: []"), c=book("id: 1, requires: [b/3-4]")
    )

    assert curriculum(works, "c").units == ("b/3-4", "c/1")


def test_a_hyphen_in_a_name_is_not_taken_for_a_range() -> None:
    works = library(
        a_1=book(
            "id: 3", "id: 4", "id: 5", "id: 6", "id: x-y, requires: []", "id: 3-6, requires: []"
        ),
        b=book(
            "id: 1, requires: [a-1/3-6]", "id: 2, requires: [a-1/4-5]", "id: 3, requires: [a-1/x-y]"
        ),
        c=book("id: 1, requires: [a-1/3-x-y]"),
    )

    assert curriculum(works, "b/1").units == ("a-1/3-6", "b/1")
    assert curriculum(works, "b/2").units == ("a-1/3", "a-1/4", "a-1/5", "b/2")
    assert curriculum(works, "b/3").units == ("a-1/x-y", "b/3")
    assert curriculum(works, "c/1").requires[UnitId("c/1")] == (
        "a-1/3",
        "a-1/4",
        "a-1/5",
        "a-1/6",
        "a-1/x-y",
    )


def test_a_bare_name_is_a_unit_of_the_same_work_before_it_is_a_work() -> None:
    works = library(b=book("id: c", "id: 2, requires: [c]"), c=book("id: 1"))

    assert curriculum(works, "b/2").units == ("b/c", "b/2")


def test_a_soft_edge_orders_and_never_pulls_in_or_blocks() -> None:
    works = library(a=book("id: 1"), b=book("id: 1, requires: [{ref: a, strength: soft}]"))

    assert curriculum(works, "b").units == ("b/1",)
    both = curriculum(works, "b", "a")
    assert both.units == ("a/1", "b/1")
    assert both.requires[UnitId("b/1")] == ()


def test_a_soft_edge_does_not_put_a_book_ahead_of_the_first_goal() -> None:
    """Five hours may come before a goal that does not require them, and no more in all."""
    works = library(
        long=book("id: 1, effort: 3h", "id: 2, effort: 2h01m"),
        short=book("id: 1, effort: 3h", "id: 2, effort: 2h"),
        first=book("id: 1, requires: [{ref: long, strength: soft}]"),
        second=book("id: 1, requires: [{ref: short, strength: soft}]"),
        both=book(
            "id: 1, requires: [{ref: short, strength: soft}, {ref: small, strength: soft}]",
        ),
        small=book("id: 1, effort: 1h"),
    )

    assert curriculum(works, "first", "long").units == ("first/1", "long/1", "long/2")
    assert curriculum(works, "second", "short").units == ("short/1", "short/2", "second/1")
    assert curriculum(works, "both", "short", "small").units[:3] == ("short/1", "short/2", "both/1")


def test_a_soft_edge_orders_whatever_a_goal_or_one_before_it_requires() -> None:
    works = library(
        long=book("id: 1, effort: 30h"),
        first=book("id: 1, requires: [{ref: long, strength: soft}]"),
        whole=book("id: 1, requires: [first, long]"),
    )

    assert curriculum(works, "whole").units == ("long/1", "first/1", "whole/1")
    assert curriculum(works, "long", "first").units == ("long/1", "first/1")


def test_soft_edges_in_a_circle_are_no_problem() -> None:
    works = library(
        a=book("id: 1, requires: [{ref: b, strength: soft}]"),
        b=book("id: 1, requires: [{ref: a, strength: soft}]"),
    )

    assert set(curriculum(works, "a", "b").units) == {"a/1", "b/1"}


def test_what_is_known_or_done_cuts_the_graph() -> None:
    works = library(sums=SUMS)

    assert curriculum(works, "sums/5", known=("sums/2",)).units == ("sums/5",)
    assert curriculum(works, "sums/3", done=("sums/1",)).units == ("sums/2", "sums/3")
    assert curriculum(works, "sums/3", done=("sums/1",)).opened == {"sums"}
    assert curriculum(works, "sums", known=("sums",)).units == ()


def test_the_cheapest_teacher_of_a_topic_is_chosen_and_explained() -> None:
    works = library(
        dear=book("id: 1, teaches: [t], effort: 3h"),
        cheap=book("id: 1, teaches: [t], effort: 2h"),
        p=paper("id: read, requires: [{topic: t}]"),
    )
    found = curriculum(works, "p")

    assert found.units == ("cheap/1", "p/read")
    (choice,) = found.choices
    assert (choice.wanted, choice.by, choice.chosen, choice.added) == (
        "topic:t",
        "p/read",
        ("cheap/1",),
        120,
    )
    assert choice.others == (("dear/1", 180),)
    assert choice.exact


def test_a_topic_that_is_taught_anyway_costs_nothing() -> None:
    works = library(
        dear=book("id: 1, teaches: [t], effort: 3h"),
        cheap=book("id: 1, teaches: [t], effort: 2h"),
        p=paper("id: read, requires: [{topic: t}]"),
    )

    assert curriculum(works, "p", "dear").units == ("dear/1", "p/read")
    assert curriculum(works, "p", known=("dear",)).units == ("p/read",)


def test_two_topics_share_a_teacher_where_the_cheapest_of_each_would_cost_more() -> None:
    """Greedy takes two books of two hours; one book of three hours teaches both."""
    works = library(
        one=book("id: 1, teaches: [s], effort: 2h"),
        two=book("id: 1, teaches: [t], effort: 2h"),
        both=book("id: 1, teaches: [s, t], effort: 3h"),
        p=paper("id: read, requires: [{topic: s}, {topic: t}]"),
    )

    assert curriculum(works, "p").units == ("both/1", "p/read")


def test_teachers_that_share_a_prerequisite_are_chosen_together() -> None:
    """One by one x and y are cheaper (4 h against 5 h); together the road through the roots costs 6 h against 8 h."""
    works = library(
        roots=book("id: 1, effort: 4h"),
        a=book("id: 1, effort: 1h, teaches: [s], requires: [roots]"),
        b=book("id: 1, effort: 1h, teaches: [t], requires: [roots]"),
        x=book("id: 1, effort: 4h, teaches: [s]"),
        y=book("id: 1, effort: 4h, teaches: [t]"),
        p=paper("id: read, requires: [{topic: s}, {topic: t}]"),
    )
    found = curriculum(works, "p")

    assert found.units == ("roots/1", "a/1", "b/1", "p/read")
    assert [
        (choice.wanted, choice.chosen, choice.added, choice.others) for choice in found.choices
    ] == [
        ("topic:s", ("a/1",), 60, (("x/1", 240),)),
        ("topic:t", ("b/1",), 60, (("y/1", 240),)),
    ]


def test_a_choice_inside_the_option_of_a_choice_counts_with_it() -> None:
    """The cheap teacher of s needs t, whose cheapest teacher costs more than the dear teacher of s."""
    works = library(
        cheap=book("id: 1, effort: 1h, teaches: [s], requires: [{topic: t}]"),
        dear=book("id: 1, effort: 4h, teaches: [s]"),
        five=book("id: 1, effort: 5h, teaches: [t]"),
        six=book("id: 1, effort: 6h, teaches: [t]"),
        p=paper("id: read, requires: [{topic: s}]"),
    )

    assert curriculum(works, "p").units == ("dear/1", "p/read")
    assert curriculum(works, "p", known=("six",)).units == ("cheap/1", "p/read")


def test_a_teacher_that_needs_its_pupil_is_not_chosen_however_cheap() -> None:
    works = library(
        cheap=book("id: 1, effort: 1h, teaches: [t], requires: [p/read]"),
        dear=book("id: 1, effort: 9h, teaches: [t]"),
        p=paper("id: read, requires: [{topic: t}]"),
    )
    found = curriculum(works, "p")

    assert found.units == ("dear/1", "p/read")
    assert found.choices[0].others == ()


def test_the_prerequisites_of_a_teacher_count_too() -> None:
    works = library(
        deep=book("id: 1, effort: 9h", "id: 2, teaches: [t], effort: 1h"),
        flat=book("id: 1, teaches: [t], effort: 5h"),
        p=paper("id: read, requires: [{topic: t}]"),
    )

    assert curriculum(works, "p").units == ("flat/1", "p/read")
    assert curriculum(works, "p", "deep/1").units == ("deep/1", "deep/2", "p/read")


def test_any_takes_the_option_that_adds_the_least() -> None:
    works = library(
        a=book("id: 1, effort: 3h"),
        b=book("id: 1, effort: 2h", "id: 2, effort: 2h"),
        c=book("id: 1, requires: [{any: [a, b]}]"),
    )

    assert curriculum(works, "c").units == ("a/1", "c/1")
    assert curriculum(works, "c", known=("b/1",)).units == ("b/2", "c/1")


def test_a_thesis_is_read_from_introduction_to_conclusion_and_then_its_papers() -> None:
    works = library(
        t=thesis(
            "id: 1, role: introduction",
            "id: 2, role: background",
            "id: 3, role: paper",
            "id: 4, role: contribution",
            "id: 5, role: outlook",
            "id: 6, role: conclusion",
        )
    )

    assert [unit[-1] for unit in curriculum(works, "t").units] == ["1", "2", "6", "4", "5", "3"]


def test_a_stapled_paper_counts_as_done_when_that_paper_is() -> None:
    works = library(
        t=thesis("id: 1, role: introduction", "id: 2, role: paper, paper: p"), p=paper("id: read")
    )

    assert curriculum(works, "t").units == ("t/1", "t/2")
    assert curriculum(works, "t", known=("p",)).units == ("t/1",)
    assert curriculum(works, "t", done=("p/read",)).units == ("t/1",)


def test_a_stapled_paper_is_not_done_before_every_step_of_that_paper_is() -> None:
    works = library(
        t=thesis("id: 1, role: introduction", "id: 2, role: paper, paper: p"),
        p=paper("id: read", "id: build", "id: aside, requires: [read]"),
    )

    assert curriculum(works, "t", done=("p/read", "p/aside")).units == ("t/1", "t/2")
    assert curriculum(works, "t", done=("p/read", "p/aside"), known=("p/build",)).units == ("t/1",)


def test_a_stapled_paper_comes_rather_after_the_paper_itself() -> None:
    works = library(
        t=thesis("id: 1, role: introduction", "id: 2, role: paper, paper: p"), p=paper("id: read")
    )
    found = curriculum(works, "t", "p")

    assert found.units == ("t/1", "p/read", "t/2")
    assert found.requires[UnitId("t/2")] == ("t/1",)


def test_goals_keep_the_users_order_each_with_just_what_it_requires() -> None:
    works = library(
        a=book("id: 1", "id: 2"),
        p=paper("id: read, requires: [a/1]"),
        q=paper("id: read, requires: [a/2]"),
    )

    assert curriculum(works, "q", "p").units == ("a/1", "a/2", "q/read", "p/read")
    assert curriculum(works, "p", "q").units == ("a/1", "p/read", "a/2", "q/read")


def test_of_equal_papers_the_one_that_is_ready_soonest_comes_first() -> None:
    works = library(
        a=book("id: 1", "id: 2", "id: 3"),
        late=paper("id: read, requires: [a/3]"),
        soon=paper("id: read, requires: [a/1]"),
        top=paper("id: read, requires: [late, soon]"),
    )

    assert curriculum(works, "top").units == (
        "a/1",
        "soon/read",
        "a/2",
        "a/3",
        "late/read",
        "top/read",
    )


def test_without_goals_every_own_work_is_one_by_name() -> None:
    found = resolve(library(b=book("id: 1"), a=book("id: 1")), GoalRequest(), zone=UTC).curriculum

    assert found is not None
    assert [str(reached.goal) for reached in found.goals] == ["a", "b"]
    assert found.units == ("a/1", "b/1")


def test_a_chain_of_thirty_thousand_units_needs_no_deep_stack() -> None:
    works = library(long=book(*(f"id: {number}" for number in range(30_000))))

    assert len(curriculum(works, "long/29999").units) == 30_000


def test_a_written_reason_goes_before_that_of_a_topic_in_whichever_order_they_stand() -> None:
    for requires in ("{topic: t}, {ref: a, why: a zebra}", "{ref: a, why: a zebra}, {topic: t}"):
        works = library(a=book("id: 1, teaches: [t]"), p=paper(f"id: read, requires: [{requires}]"))

        assert curriculum(works, "p").reasons == {("a/1", "p/read"): "a zebra"}


def test_reasons_stay_with_their_edges() -> None:
    works = library(
        a=book("id: 1"), p=paper("id: read, requires: [{ref: a, why: the loss is a sum}]")
    )

    assert curriculum(works, "p").reasons == {("a/1", "p/read"): "the loss is a sum"}


def test_an_unknown_goal_offers_a_near_one() -> None:
    (problem,) = reach(library(sums=SUMS), "sumz").problems

    assert (problem.code, problem.message) == (
        "unknown-work",
        "a goal names 'sumz', which no syllabus defines",
    )
    assert problem.hint == "did you mean 'sums'?"


def test_a_curriculum_carries_what_its_syllabi_say_of_each_unit() -> None:
    works = library(
        sums=book("id: 1, pages: [1, 40], exercises: 2h, effort: 3h", "id: 2"),
        report="kind: thesis\nchapters:\n  - {id: 1, title: Results, pages: [5, 14], exercises: 30m}\n",
        next=paper("id: read, requires: [report/1, sums/2]"),
    )
    speeds = Speeds(thesis=Fraction(20))
    request = GoalRequest((Goal(work="next"),), done=frozenset({UnitId("sums/2")}))
    found = resolve(works, request, zone=UTC, speeds=speeds).curriculum
    assert found is not None

    assert found.details == {
        "report/1": StudyUnit("Results", "thesis", "textbooks", 60, Pages(5, 14), 30, 30),
        "next/read": StudyUnit("T", "paper", "papers", 60),
        "sums/2": StudyUnit("T", "textbook", "textbooks", 60),
    }
    assert found.reading(UnitId("report/1")) == (Pages(5, 14), 30)
    assert found.reading(UnitId("next/read")) is None
    slower = replace(found, paces={UnitId("report/1"): Fraction(3, 2)})
    assert slower.reading(UnitId("report/1")) == (Pages(5, 14), 45)


def test_the_dates_of_a_goal_are_minutes_of_its_zone() -> None:
    """A date means the whole day: until its end, from its beginning."""
    goals = (
        Goal.model_validate({"work": "sums/1", "by": "2027-03-28", "from": "2027-03-28"}),
        Goal.model_validate({"work": "sums/2", "by": "2027-03-28 18:30"}),
        Goal(work="sums/3"),
    )
    berlin = ZoneInfo("Europe/Berlin")
    found = resolve(library(sums=SUMS), GoalRequest(goals), zone=berlin).curriculum
    assert found is not None

    first, second, third = found.goals
    assert first.release == minute(datetime(2027, 3, 27, 23, tzinfo=UTC))
    assert first.due == minute(datetime(2027, 3, 28, 22, tzinfo=UTC))
    assert (second.release, second.due) == (None, minute(datetime(2027, 3, 28, 16, 30, tzinfo=UTC)))
    assert (third.release, third.due) == (None, None)


def test_the_units_that_wait_for_one_are_named_in_need_order() -> None:
    found = curriculum(library(sums=SUMS), "sums")

    assert dependants(found) == {
        "sums/1": ("sums/2",),
        "sums/2": ("sums/3", "sums/5"),
        "sums/3": (),
        "sums/4": (),
        "sums/5": (),
    }


def test_more_options_than_are_compared_leave_a_choice_that_is_not_proved() -> None:
    count = MOST_OPTIONS + 1
    works = library(
        many=book(
            *(f"id: {number}, teaches: [t], effort: 2h, requires: []" for number in range(count))
        ),
        quick=book("id: 1, teaches: [t]"),
        p=paper("id: read, requires: [{topic: t}]"),
    )
    found = curriculum(works, "p")

    assert found.units == ("quick/1", "p/read")
    (choice,) = found.choices
    assert (choice.chosen, choice.added, choice.others) == (("quick/1",), 60, ())
    assert not choice.exact
    assert curriculum(works, "p") == found
