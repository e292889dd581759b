"""How fast the person really is, compared with what the syllabi say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass

LEAST_RATIO, MOST_RATIO = Fraction(1, 4), Fraction(4)
"""Ratios are clamped to this range; beyond it they are probably typos."""


@dataclass(frozen=True, slots=True)
class PaceSample:
    """One piece of evidence: what a unit, or some of its pages, took and was estimated to take.

    Attributes:
        unit: The unit.
        kind: The kind of its work: `textbook`, `thesis` or `paper`.
        actual: Minutes it took.
        estimated: Minutes the syllabus and the reading speed of the settings give.
    """

    unit: UnitId
    kind: str
    actual: int
    estimated: int

    @property
    def work(self) -> str:
        """The work the unit belongs to."""
        return work_of(self.unit)

    @property
    def ratio(self) -> Fraction:
        """Actual against estimated, held between `LEAST_RATIO` and `MOST_RATIO`."""
        return min(max(Fraction(self.actual, self.estimated), LEAST_RATIO), MOST_RATIO)


@dataclass(frozen=True, slots=True)
class Pace:
    """The person's pace, learnt from the samples and drawn towards 1 while there are few.

    Attributes:
        samples: The evidence, in the order it came.
        kinds: Kind of work to the factor by which its efforts are multiplied.
        works: Work to its own factor, for works with samples; the others take that of their kind.
    """

    samples: tuple[PaceSample, ...] = ()
    kinds: Mapping[str, Fraction] = field(default_factory=dict)
    works: Mapping[str, Fraction] = field(default_factory=dict)

    def factor(self, work: str, kind: str) -> Fraction:
        """Return the factor by which efforts of a work are multiplied; 1 when nothing is known."""
        return self.works.get(work, self.kinds.get(kind, Fraction(1)))


@dataclass(frozen=True, slots=True)
class PaceNote:
    """What the samples say about one work, or about all works of one kind.

    Attributes:
        kind: The kind of work.
        work: The work; None when the note is about the kind.
        samples: How many samples it rests on, at least 1.
        ratio: The middle one of their ratios, not drawn towards anything.
        factor: The factor by which efforts are multiplied from now on.
        planned: Pages an hour of the settings; None when no sample was measured in pages.
    """

    kind: str
    work: str | None
    samples: int
    ratio: float
    factor: Fraction
    planned: Fraction | None = None

    @property
    def observed(self) -> float | None:
        """Pages an hour so far; None when no sample was measured in pages."""
        return None if self.planned is None else float(self.planned) / self.ratio

    @property
    def from_now_on(self) -> Fraction | None:
        """Pages an hour in plans from now on; None when no sample was measured in pages."""
        return None if self.planned is None else self.planned / self.factor
