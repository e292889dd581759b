"""What is explored in a week: what may be drawn, and what was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from curriculum.model.exploration import Drawn, ExplorationOutcome, Explore, lot
from curriculum.model.identifiers import Topic
from curriculum.model.intervals import Intervals
from curriculum.model.journal import Drew, Explored, Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern

_TIMES = late_pattern(r"\s*(\d+(?:\.\d+)?)\s*x\b", re.IGNORECASE)


class CandidateKind(StrEnum):
    """What a candidate is."""

    IDEA = "idea"
    WORK = "work"
    SKIM = "skim"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be explored.

    Attributes:
        kind: What it is.
        name: The name of the idea or the work, or the id of a paper that came in.
        title: Its title.
        upside: What it would bring, for an idea of which that is said.
        topics: The topics that it is about.
    """

    kind: CandidateKind
    name: str
    title: str
    upside: str | None = None
    topics: frozenset[Topic] = frozenset()

    @property
    def key(self) -> str:
        """How the journal calls it."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Draw:
    """What is to be explored, and how it was found."""

    candidate: Candidate
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Exploration:
    """The exploration of a week.

    Attributes:
        week: The ISO week, as `2027-W02`.
        draw: What was drawn; None where there is nothing to explore.
        candidates: What it was drawn from.
        studied: The topics of what is studied in the next four weeks.
        times: When it is planned this week.
        target: The share of the study time that is meant for it; None where the settings do not
            say.
        real: The share that it had in the last twelve weeks; None when nothing was studied.
        outcomes: What came of everything that was explored, by how often.
        is_goal: Whether what was drawn has become part of the goals since.
        facts: What was recorded about it now.
    """

    week: str
    draw: Draw | None
    candidates: Sequence[Candidate]
    studied: frozenset[Topic]
    times: Intervals = ()
    target: Fraction | None = None
    real: Fraction | None = None
    outcomes: Mapping[ExplorationOutcome, int] | None = None
    is_goal: bool = False
    facts: tuple[Fact, ...] = ()

    @property
    def shared(self) -> frozenset[Topic]:
        """The topics that the draw shares with what is studied."""
        return frozenset() if self.draw is None else self.draw.candidate.topics & self.studied


def week_name(day: date) -> str:
    """Return the ISO week of a day.

    >>> week_name(date(2027, 1, 13))
    '2027-W02'
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def draw_candidate(
    explore: Explore, week: str, number: int, candidates: Sequence[Candidate]
) -> Draw | None:
    """Return what is drawn in a week: with some probability evenly, otherwise by upside.

    Nothing but the arguments decides. Another candidate changes an even draw only if it is drawn
    itself.

    Args:
        explore: The seed, and the probability of an even draw.
        week: The ISO week.
        number: How often something was drawn in this week before.
        candidates: What may be drawn; works are drawn evenly, because nobody says their upside.
    """
    if not candidates:
        return None
    ideas = [one for one in candidates if one.kind is CandidateKind.IDEA]
    if ideas and lot(explore.seed, week, number) >= explore.randomness:
        return Draw(min(ideas, key=_upside_order), Drawn.UPSIDE)
    drawn = min(candidates, key=lambda one: (lot(explore.seed, week, number, one.key), one.key))
    return Draw(drawn, Drawn.RANDOM)


def _upside_order(candidate: Candidate) -> tuple[Fraction, str]:
    """Return what sorts ideas by upside: those that name a factor, as `10x`, by it."""
    if candidate.upside is None:
        return Fraction(0), candidate.key
    times = _TIMES.match(candidate.upside)
    return -(Fraction(times[1]) if times else Fraction(1)), candidate.key


def draws_of_week(live: Iterable[Fact], week: str) -> tuple[Drew, ...]:
    """Return what was drawn in a week, in the order of the journal; the last one counts."""
    return tuple(fact for fact in live if isinstance(fact, Drew) and fact.week == week)


def outcomes_of(live: Iterable[Fact]) -> Mapping[ExplorationOutcome, int]:
    """Return how often exploring something came to what."""
    found: Counter[ExplorationOutcome] = Counter()
    for fact in live:
        if isinstance(fact, Explored) and fact.outcome in tuple(ExplorationOutcome):
            found[ExplorationOutcome(fact.outcome)] += 1
    return {outcome: found[outcome] for outcome in ExplorationOutcome}
