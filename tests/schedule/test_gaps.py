"""Gaps: days between units of one work, within the promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.plan import Reason, Session, instant
from curriculum.model.spacing import Spacing
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.demand import NEVER
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import schedule
from tests.instances import Instance, by_hand, goal, instances, left_after, owed_after
from tests.schedule.test_overload import at
from tests.schedule.test_reasons import check

DAY = 1440


@st.composite
def spaced(draw: st.DrawFn, drawn: Instance) -> Instance:
    """Return an instance with chains of units in its works, and gaps in some of them."""
    curriculum = drawn.curriculum
    requires = dict(curriculum.requires)
    for before, after in zip(curriculum.units, curriculum.units[1:], strict=False):
        if work_of(before) == work_of(after) and draw(st.booleans()):
            requires[after] = tuple(sorted({*requires[after], before}))
    gaps = {work: draw(st.sampled_from([0, 1, 2, 5])) for work in drawn.library.works}
    return replace(drawn, curriculum=with_days(replace(curriculum, requires=requires), gaps))


def with_days(curriculum: Curriculum, gaps: dict[str, int]) -> Curriculum:
    days = {unit: gaps[work_of(unit)] for unit in curriculum.units if gaps.get(work_of(unit))}
    return replace(curriculum, spacing=Spacing(days, {}, UTC))


DATED = instances().flatmap(spaced)
FREE = instances(dated=False).flatmap(spaced)


def day_of(minute: int) -> date:
    return instant(minute).date()


def gap_ends(curriculum: Curriculum, finishes: dict[UnitId, int], unit: UnitId) -> int:
    """Return when the gap before a unit is over."""
    assert curriculum.spacing is not None
    days = curriculum.spacing.days.get(unit, 0)
    ends = [0]
    for other in curriculum.requires[unit]:
        if days and work_of(other) == work_of(unit):
            ends.append(((finishes[other] - 1) // DAY + days) * DAY)
    return max(ends)


@given(DATED)
@settings(max_examples=12)
def test_a_unit_begins_when_the_gap_of_its_work_is_over_and_late_is_what_a_certificate_names(
    instance: Instance,
) -> None:
    """P1 and P3; the audit agrees with the days counted here."""
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()
    finishes = {one.unit: one.finish or NEVER for one in plan.units}
    late = set()
    for one in plan.units:
        assert one.start is not None
        assert one.start >= gap_ends(instance.curriculum, finishes, one.unit)
        if one.deadline is not None and finishes[one.unit] > one.deadline:
            late.add(one.unit)
    assert bool(late) == bool(plan.overload)
    days = (max([plan.start, *finishes.values()]) - plan.start) // DAY + 2
    free = instance.free(instance.terms.first, instance.terms.first + timedelta(days=days))
    assert audit(plan, AuditTerms(instance.curriculum, free, instance.settings, UTC)) == ()


@given(DATED)
@settings(max_examples=8)
def test_gaps_of_no_days_change_nothing(instance: Instance) -> None:
    nothing = replace(instance.curriculum, spacing=Spacing({}, {}, UTC))
    without = replace(instance.curriculum, spacing=None)

    assert (
        replace(instance, curriculum=nothing).plan() == replace(instance, curriculum=without).plan()
    )


def rest_after(instance: Instance, done: tuple[Session, ...]) -> Curriculum:
    """Return what is left, knowing on which day each unit was finished."""
    whole = instance.curriculum
    assert whole.spacing is not None
    left = left_after(whole, done)
    finished = {}
    for session in done:
        for piece in session.pieces:
            if piece.unit not in left.efforts:
                finished[piece.unit] = day_of(session.end - 1)
    met = {}
    for unit in left.units:
        met[unit] = tuple(other for other in whole.requires[unit] if other in finished)
    spacing = replace(whole.spacing, finished=finished)
    return replace(left, met=met, spacing=spacing)


@given(st.one_of(DATED, FREE), st.data())
@settings(max_examples=12)
def test_following_a_plan_with_gaps_and_planning_again_gives_the_rest_of_it(
    instance: Instance, data: st.DataObject
) -> None:
    """P5: the last finish of each work holds the next unit back."""
    plan = instance.plan()
    assume(plan.sessions and not plan.overload)
    followed = data.draw(st.integers(0, len(plan.sessions) - 1))
    done, rest = plan.sessions[:followed], plan.sessions[followed:]
    now = max(plan.start, done[-1].end if done else 0)
    terms = replace(
        instance.terms,
        start=now,
        first=day_of(now),
        owed=owed_after(instance, done),
        published=rest,
        kept=tuple(session for session in rest if session.start < now + DAY),
    )

    assert schedule(rest_after(instance, done), terms, instance.free).sessions == rest


CHAIN = [(0, 1), (1, 2)]


def book(gap: int, *, by: int | None = None) -> Instance:
    """Return a book of three hours, one a day, with a gap between them."""
    goals = () if by is None else (goal("b/2", by=at(by)),)
    instance = by_hand([60, 60, 60], [("b", 3)], edges=CHAIN, goals=goals)
    return replace(instance, curriculum=with_days(instance.curriculum, {"b": gap}))


def test_a_unit_finished_on_monday_lets_the_next_begin_on_thursday_with_a_gap_of_three_days() -> (
    None
):
    instance = book(3)
    plan = instance.plan()

    assert [day_of(session.start).day for session in plan.sessions] == [4, 7, 10]
    reasons = instance.reasons()
    assert [reasons.of(one).reason for one in plan.units] == [Reason.START, Reason.GAP, Reason.GAP]
    assert [one.gap for one in plan.units] == [0, 3, 3]


def test_a_date_that_only_the_gap_makes_impossible_asks_for_no_hours() -> None:
    """Three days of work by the fifth evening, and two gaps of three days."""
    plan = book(3, by=5).plan()

    assert plan.overload
    assert all(one.gaps and not one.more_per_week for one in plan.overload)


def test_a_unit_is_due_so_early_that_the_gap_after_it_fits() -> None:
    plan = book(3, by=7).plan()

    assert not plan.overload
    assert [(one.deadline or 0) - plan.start for one in plan.units] == [DAY, 4 * DAY, 7 * DAY]


@given(DATED)
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
def test_between_gaps_the_reason_lifted_a_unit_starts_earlier_and_any_other_lifted_it_does_not(
    instance: Instance,
) -> None:
    """P8 for the choices among units whose gaps are over; a slot is planned again without gaps."""
    check(instance, lives=True)


@given(DATED)
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
def test_a_unit_said_to_wait_for_a_gap_has_one_that_ends_after_all_it_requires_is_finished(
    instance: Instance,
) -> None:
    """P8: what it requires alone would have let it begin earlier."""
    plan = instance.plan()
    finishes = {one.unit: one.finish or NEVER for one in plan.units}
    reasons = instance.reasons()
    for one in plan.units:
        if one.start is None or reasons.of(one).reason is not Reason.GAP:
            continue
        end = gap_ends(instance.curriculum, finishes, one.unit)
        before = [finishes[other] for other in instance.curriculum.requires[one.unit]]
        assert max(before) < end <= one.start
