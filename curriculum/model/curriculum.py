"""The prerequisite graph of the chosen units, with the details later rooms need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import tzinfo
from fractions import Fraction
from typing import Literal, TypeAlias

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import due_minute, release_minute
from curriculum.model.quantities import Pages
from curriculum.model.settings import Goal
from curriculum.model.spacing import Spacing

WorkKind: TypeAlias = Literal["textbook", "thesis", "paper"]

UnitEdges: TypeAlias = Mapping[UnitId, tuple[UnitId, ...]]
"""Unit to the units that come before it, sorted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One provider chosen among several, and what it costs.

    Attributes:
        wanted: What was asked for, as written: `topic:mdp`, or `any of a, b`.
        by: The unit (or goal) that asked.
        chosen: The units chosen; empty when known or done units already provide it.
        added: Minutes of effort the choice adds to the rest of the curriculum.
        others: The alternatives, each with the minutes it would have added, cheapest first.
        exact: Whether the choice was proved to be the best.
    """

    wanted: str
    by: str
    chosen: tuple[UnitId, ...]
    added: int
    others: tuple[tuple[str, int], ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ReachedGoal:
    """A goal with the units it names and its dates as minutes; built by `reached_goal`.

    Attributes:
        goal: The goal as the user wrote it.
        units: The units it names (not those they require), in reading order.
        due: The minute by which its units must be finished; None without a date.
        release: The minute before which its units may not start; None without a date.
    """

    goal: Goal
    units: tuple[UnitId, ...]
    due: int | None
    release: int | None


def reached_goal(
    goal: Goal,
    units: tuple[UnitId, ...],
    zone: tzinfo,
) -> ReachedGoal:
    """Return a goal with the units it names; its dates are local to a zone."""
    due = None
    if goal.by is not None:
        due = due_minute(goal.by, zone)
    release = None
    if goal.from_ is not None:
        release = release_minute(goal.from_, zone)
    return ReachedGoal(goal, units, due, release)


@dataclass(frozen=True, slots=True)
class StudyUnit:
    """What a syllabus says about a unit, as far as studying it goes; built by `efforts.study_unit`.

    Attributes:
        title: Its title.
        kind: The kind of its work.
        track: The track of its work.
        effort: Minutes of the whole unit at the speeds of the settings, at least 1.
        pages: Its printed pages; None when the syllabus gives none.
        reading: The first minutes of `effort`, over which the pages are spread; 0 without pages.
        exercises: Minutes of exercises; 0 when the syllabus gives none.
    """

    title: str
    kind: WorkKind
    track: Track
    effort: int
    pages: Pages | None = None
    reading: int = 0
    exercises: int = 0


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What is to be studied, and what must come before what.

    Attributes:
        units: Every unit to be studied, in *need order*: goals in the user's order, or in that of
            `turns`, each preceded by just what it requires. A topological order of `requires`.
        requires: Unit to the units that must be finished before it starts; only units to be
            studied; sorted.
        prefers: Unit to the units that should rather come before it (soft edges); only units to be
            studied; sorted.
        efforts: Unit to the minutes it still needs, whole and at least 1.
        goals: The goals, in the user's order.
        turns: The positions of the goals in the order of what they are worth for the time they
            take, which need order has then; empty where no goal says what it is worth.
        choices: How topics and `any` were met.
        opened: Works with a unit that is done or begun; they count as open.
        reasons: (before, after) to the reason that was given for that edge, hard or soft.
        met: Unit to the units it requires that are done already; sorted.
        behind: Unit to the minutes of its whole effort that already lie behind, for units that were
            begun; the whole is `behind + efforts`.
        paces: Unit to the factor by which the effort its syllabus gives was multiplied, where that
            is not 1.
        details: What the syllabus says of each unit to be studied, and of the done units in `met`;
            progress and pace change nothing in it.
        spacing: The gaps between units of one work; None when no work has one.
    """

    units: tuple[UnitId, ...]
    requires: UnitEdges
    prefers: UnitEdges
    efforts: Mapping[UnitId, int]
    goals: tuple[ReachedGoal, ...] = ()
    turns: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()
    opened: frozenset[str] = frozenset()
    reasons: Mapping[tuple[UnitId, UnitId], str] = field(default_factory=dict)
    met: UnitEdges = field(default_factory=dict)
    behind: Mapping[UnitId, int] = field(default_factory=dict)
    paces: Mapping[UnitId, Fraction] = field(default_factory=dict)
    details: Mapping[UnitId, StudyUnit] = field(default_factory=dict)
    spacing: Spacing | None = None

    @property
    def goals_in_turn(self) -> tuple[ReachedGoal, ...]:
        """The goals in the order in which need order serves them."""
        if not self.turns:
            return self.goals
        return tuple(self.goals[position] for position in self.turns)

    def reading(self, unit: UnitId) -> tuple[Pages, int] | None:
        """Return a unit's pages and their minutes at the person's pace; None without pages."""
        found = self.details[unit]
        if found.pages is None:
            return None
        pace = self.paces.get(unit, Fraction(1))
        return found.pages, max(1, round(found.reading * pace))


def dependants(curriculum: Curriculum) -> dict[UnitId, tuple[UnitId, ...]]:
    """Return for every unit to be studied those that directly require it, in need order."""
    waiting: dict[UnitId, list[UnitId]] = {unit: [] for unit in curriculum.units}
    for unit in curriculum.units:
        for required in curriculum.requires.get(unit, ()):
            waiting[required].append(unit)
    return {unit: tuple(units) for unit, units in waiting.items()}
