"""The prerequisite graph of the chosen units as plain values; it knows no dates and no graph library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from curriculum.model.identifiers import UnitId
from curriculum.model.settings import Goal


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
    """A goal with the units it names (not those they require), in reading order."""

    goal: Goal
    units: tuple[UnitId, ...]


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What is to be studied, and what must come before what.

    Attributes:
        units: Every unit to be studied, in *need order*: goals in the user's order, each preceded by just what it
            requires. A topological order of `requires`.
        requires: Unit to the units that must be finished before it starts; only units to be studied; sorted.
        prefers: Unit to the units that should rather come before it (soft edges); only units to be studied; sorted.
        efforts: Unit to the minutes it still needs, whole and at least 1.
        goals: The goals, in the user's order.
        choices: How topics and `any` were met.
        opened: Works of which some unit is already done or begun; they count as open.
        reasons: (before, after) to the reason that was given for that edge, hard or soft.
        met: Unit to the units it requires that are done already; sorted.
        behind: Unit to the minutes of its whole effort that already lie behind, for units that were begun; the whole is
            `behind + efforts`.
        paces: Unit to the factor by which the effort its syllabus gives was multiplied, where that is not 1.
    """

    units: tuple[UnitId, ...]
    requires: Mapping[UnitId, tuple[UnitId, ...]]
    prefers: Mapping[UnitId, tuple[UnitId, ...]]
    efforts: Mapping[UnitId, int]
    goals: tuple[ReachedGoal, ...] = ()
    choices: tuple[Choice, ...] = ()
    opened: frozenset[str] = frozenset()
    reasons: Mapping[tuple[UnitId, UnitId], str] = field(default_factory=dict)
    met: Mapping[UnitId, tuple[UnitId, ...]] = field(default_factory=dict)
    behind: Mapping[UnitId, int] = field(default_factory=dict)
    paces: Mapping[UnitId, Fraction] = field(default_factory=dict)
