"""What the tracks are owed is read off the log just as the planner would have counted it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Skipped, Studied
from curriculum.model.plan import Session, instant
from curriculum.model.progress import Progress
from curriculum.progress.balance_carryover import balance_carryover
from curriculum.progress.state import replay
from curriculum.schedule.demand import releases_of
from tests.facts import stamp
from tests.instances import Instance, curriculum_of, instances, owed_after


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


@given(instances(), st.integers(0, 30))
def test_following_the_plan_leaves_the_tracks_owed_what_the_planner_counted(
    instance: Instance, count: int
) -> None:
    plan = instance.plan()
    assume(count < len(plan.sessions))
    terms, curriculum = instance.terms, instance.curriculum
    progress = followed(instance, plan.sessions[:count])

    counted = balance_carryover(
        progress, curriculum, instance.library, terms.shares, releases_of(curriculum)
    )

    assert counted == owed_after(instance, plan.sessions[:count])


def test_time_counts_only_while_both_tracks_have_something_ready() -> None:
    curriculum, library = curriculum_of([60, 60, 60], [(0, 2)], [("b", 2), ("p", 1)])
    half = (Fraction(1), Fraction(1))

    def after(*facts: Fact) -> Fraction:
        return balance_carryover(replay(facts), curriculum, library, half, {})

    first, second = (stamp(number, instant(30_000_000 + 60 * number)) for number in (0, 1))
    book, other, paper = UnitId("b/0"), UnitId("b/1"), UnitId("p/0")
    done, skipped = Finished(**first, unit=book), Skipped(**first, unit=book)
    assert after(Studied(**first, unit=book, minutes=40)) == 0
    assert after(done, Studied(**second, unit=other, minutes=40)) == -20
    assert after(done, Studied(**second, unit=paper, minutes=40)) == 20
    assert after(skipped, Finished(**second, unit=paper, minutes=30)) == 15
