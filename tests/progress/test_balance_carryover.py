"""What the tracks are owed is read off the log just as the planner would have counted it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.journal import Fact, Finished, Skimmed, Skipped, Studied
from curriculum.model.plan import Plan, Session, instant
from curriculum.model.progress import Progress
from curriculum.model.settings import Balance
from curriculum.progress.balance_carryover import (
    CountedTime,
    balance_carryover,
    balances_in_force,
)
from curriculum.progress.skimming import skimming_beyond
from curriculum.progress.state import replay
from curriculum.schedule.demand import releases_of
from curriculum.schedule.plan_request import plan_request
from curriculum.schedule.planning import schedule
from tests.facts import stamp
from tests.instances import Instance, curriculum_of, instances, left_after, owed_after


def followed(instance: Instance, sessions: tuple[Session, ...]) -> Progress:
    """Return the state after logging sessions exactly as they were planned, and what that finishes."""
    facts: list[Fact] = []
    spent: Counter[UnitId] = Counter()
    for session in sessions:
        now = session.start
        for piece in session.pieces:
            now += piece.minutes
            spent[piece.unit] += piece.minutes
            at = instant(now)
            facts.append(Studied(**stamp(len(facts), at), unit=piece.unit, minutes=piece.minutes))
            if spent[piece.unit] == instance.curriculum.efforts[piece.unit]:
                facts.append(Finished(**stamp(len(facts), at), unit=piece.unit))
    return replay(facts)


def always(instance: Instance) -> dict[int, Fraction]:
    """Return the balance of an instance, as one that was always in force."""
    return balances_in_force({}, instance.settings.balance, 0)


@given(instances(), st.integers(0, 30))
def test_following_the_plan_leaves_the_tracks_owed_what_the_planner_counted(
    instance: Instance, count: int
) -> None:
    plan = instance.plan()
    assume(count < len(plan.sessions))
    curriculum = instance.curriculum
    progress = followed(instance, plan.sessions[:count])

    counted = balance_carryover(
        progress, curriculum, instance.library, always(instance), releases_of(curriculum)
    )

    assert counted == owed_after(instance, plan.sessions[:count])


def test_time_counts_only_while_both_tracks_have_something_ready() -> None:
    curriculum, library = curriculum_of([60, 60, 60], [(0, 2)], [("b", 2), ("p", 1)])
    half = {0: Fraction(1, 2)}

    def after(*facts: Fact) -> Fraction:
        return balance_carryover(replay(facts), curriculum, library, half, {})

    first, second = (stamp(number, instant(30_000_000 + 60 * number)) for number in (0, 1))
    book, other, paper = UnitId("b/0"), UnitId("b/1"), UnitId("p/0")
    done, skipped = Finished(**first, unit=book), Skipped(**first, unit=book)
    assert after(Studied(**first, unit=book, minutes=40)) == 0
    assert after(done, Studied(**second, unit=other, minutes=40)) == -20
    assert after(done, Studied(**second, unit=paper, minutes=40)) == 20
    assert after(skipped, Finished(**second, unit=paper, minutes=30)) == 15


@given(instances(), st.integers(0, 30), st.fractions(0, 1))
def test_a_new_balance_leaves_what_a_track_was_owed(
    instance: Instance, count: int, share: Fraction
) -> None:
    sessions = instance.plan().sessions[:count]
    assume(sessions)
    now = sessions[-1].end
    progress, curriculum = followed(instance, sessions), instance.curriculum
    before = always(instance)
    after = balances_in_force(before, balance(share), now)

    def owed(balances: dict[int, Fraction]) -> Fraction:
        return balance_carryover(
            progress, curriculum, instance.library, balances, releases_of(curriculum)
        )

    assert owed(after) == owed(before)
    assert balances_in_force(after, balance(share), now + 600) == after


@given(
    instances(dated=False, edges_allowed=False),
    st.integers(0, 30),
    st.sampled_from([Fraction(1, 5), Fraction(3, 10), Fraction(1, 2), Fraction(9, 10)]),
)
@settings(max_examples=60)
def test_no_track_is_starved_after_a_new_balance(
    instance: Instance, count: int, share: Fraction
) -> None:
    """Its share of the time it waits is what it had too much, and a session: at first, what it had from before."""
    past = instance.plan().sessions[:count]
    progress, curriculum = followed(instance, past), instance.curriculum
    now = past[-1].end if past else instance.terms.start
    balances = balances_in_force(always(instance), balance(share), now)
    owed = balance_carryover(progress, curriculum, instance.library, balances, {})
    changed = instance.settings.model_copy(update={"balance": balance(share)})
    # What was published for another balance guides no plan.
    request = replace(plan_request(changed, now, UTC), owed=owed)
    plan = schedule(left_after(curriculum, past), request, instance.free)

    longest = instance.settings.session.longest // timedelta(minutes=1)
    for track, part in ((0, share), (1, 1 - share)):
        waited = longest_wait(plan, track)
        assert waited * part <= max(Fraction(longest), abs(owed)) + longest


def balance(textbooks: Fraction) -> Balance:
    """Return a balance with this share for the textbooks."""
    return Balance.model_construct(textbooks=textbooks, papers=1 - textbooks)


def longest_wait(plan: Plan, track: int) -> int:
    """Return the most minutes in a row for the other track while a track had work left."""
    last = max((one.end for one in plan.sessions if TRACKS.index(one.track) == track), default=0)
    longest = waited = 0
    for session in plan.sessions:
        if session.end > last or TRACKS.index(session.track) == track:
            waited = 0
            continue
        waited += session.end - session.start
        longest = max(longest, waited)
    return longest


def test_papers_looked_at_beyond_what_the_balance_allows_for_are_time_of_the_papers() -> None:
    curriculum, library = curriculum_of([60, 60, 60], [(0, 2)], [("b", 2), ("p", 1)])
    half = {0: Fraction(1, 2)}
    facts = [
        Skimmed(**stamp(number, instant(30_000_000 + 60 * number)), minutes=30)
        for number in range(3)
    ]

    def owed(weekly: int) -> Fraction:
        time = CountedTime(skimmed=skimming_beyond(facts, weekly, UTC))
        return balance_carryover(replay(facts), curriculum, library, half, {}, time)

    assert [owed(weekly) for weekly in (0, 30, 45, 90, 500)] == [45, 30, Fraction(45, 2), 0, 0]
