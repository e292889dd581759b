"""What the tracks are owed is read off the log just as the planner would have counted it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.model.plan import Session, instant
from curriculum.model.progress import Progress
from curriculum.progress.balance_carryover import balance_carryover
from curriculum.progress.state import replay
from curriculum.schedule.demand import releases_of
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
            kinds = [Kind.STUDIED] + [Kind.FINISHED] * (
                spent[piece.unit] == instance.curriculum.efforts[piece.unit]
            )
            facts += [
                Fact(
                    f"{len(facts)}.{kind}",
                    "c",
                    kind,
                    instant(now),
                    "UTC",
                    piece.unit,
                    _told(kind, piece.minutes),
                )
                for kind in kinds
            ]
    return replay(Progress(), facts)


def _told(kind: Kind, minutes: int) -> int | None:
    return minutes if kind is Kind.STUDIED else None


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

    def after(*facts: tuple[Kind, str, int | None]) -> Fraction:
        told = [
            Fact(
                str(number),
                "c",
                kind,
                instant(30_000_000 + 60 * number),
                "UTC",
                UnitId(unit),
                minutes,
            )
            for number, (kind, unit, minutes) in enumerate(facts)
        ]
        return balance_carryover(replay(Progress(), told), curriculum, library, half, {})

    assert after((Kind.STUDIED, "b/0", 40)) == 0
    assert after((Kind.FINISHED, "b/0", None), (Kind.STUDIED, "b/1", 40)) == -20
    assert after((Kind.FINISHED, "b/0", None), (Kind.STUDIED, "p/0", 40)) == 20
    assert after((Kind.SKIPPED, "b/0", None), (Kind.FINISHED, "p/0", 30)) == 15
