"""Learn the person's pace from what was finished and read; when it was, and what is planned, is not known here.

Each kind of work gets a factor for its efforts: the median of log(actual / estimated), which one odd chapter does not
move, drawn towards no correction while there are few samples; each work is drawn towards its kind in the same way
(shrinkage in a hierarchy: Gelman et al., Bayesian Data Analysis, ch. 5, with the weight n / (n + `DOUBT`)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, exp, log
from statistics import median

from curriculum.model.efforts import effort, reading_part
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.journal import Finished, Studied
from curriculum.model.library import Library
from curriculum.model.pace import LEAST_RATIO, Pace, PaceNote, PaceSample
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages, reading_minutes
from curriculum.model.settings import Speeds
from curriculum.model.works import Unit

DOUBT = 3
"""How many samples 'as estimated' weighs against: with so many, the correction is half of what they say."""

STEPS = 20
"""Factors are whole multiples of one twentieth, so that a little more evidence moves no session."""

LOGGED_ENOUGH = Fraction(1, 3)
"""The share of the estimate that must have been logged before the log of a finished unit counts as what it took."""


def pace_of(progress: Progress, library: Library, speeds: Speeds) -> Pace:
    """Return the pace that a journal shows; facts about units that no syllabus defines say nothing."""
    samples = samples_of(progress, library, speeds)
    kinds = {
        kind: _drawn([sample for sample in samples if sample.kind == kind], 0.0)
        for kind in sorted({sample.kind for sample in samples})
    }
    works = {
        work: _drawn([sample for sample in samples if sample.work == work], kinds[kind])
        for work, kind in sorted({(sample.work, sample.kind) for sample in samples})
    }
    return Pace(
        samples=samples,
        kinds={kind: _factor(logarithm) for kind, logarithm in kinds.items()},
        works={work: _factor(logarithm) for work, logarithm in works.items()},
    )


def samples_of(progress: Progress, library: Library, speeds: Speeds) -> tuple[PaceSample, ...]:
    """Return the evidence, one sample for a unit at most, in the order in which it was last added to.

    A finished unit gives what it was said to take, or else what was logged for it if that is at least `LOGGED_ENOUGH`
    of the estimate; an unfinished one the minutes of the facts that name pages, against the pages they name.
    """
    gathered = {
        unit: evidence
        for unit, evidence in _gathered(progress).items()
        if _is_defined(unit, library)
    }
    samples = (
        _whole_sample(unit, progress, library, speeds)
        if unit in progress.finished
        else _pages_sample(unit, evidence, library, speeds)
        for unit, evidence in gathered.items()
    )
    return tuple(sample for sample in samples if sample is not None)


def pace_notes(pace: Pace, library: Library, speeds: Speeds) -> tuple[PaceNote, ...]:
    """Return what the samples say: of each kind of work, then of each work, by name."""
    kinds = (_note(kind, None, pace, library, speeds) for kind in sorted(pace.kinds))
    works = (
        _note(library.works[work].kind, work, pace, library, speeds)
        for work in sorted(pace.works)
        if work in library.works
    )
    return (*kinds, *works)


@dataclass(slots=True)
class _Evidence:
    """What the log says of one unit with pages named: the minutes, and the distinct pages."""

    minutes: int = 0
    pages: set[int] = field(default_factory=set)


def _gathered(progress: Progress) -> dict[UnitId, _Evidence]:
    """Return the evidence for each unit that was read by pages or finished, in the order of its last fact."""
    found: dict[UnitId, _Evidence] = {}
    for fact in progress.live:
        match fact:
            case Finished(unit=unit):
                found[unit] = found.pop(unit, _Evidence())
            case Studied(unit=unit, minutes=minutes, pages=Pages() as pages):
                evidence = found[unit] = found.pop(unit, _Evidence())
                if minutes:
                    evidence.minutes += minutes
                    evidence.pages.update(range(pages.first, pages.last + 1))
    return found


def _is_defined(unit: UnitId, library: Library) -> bool:
    work = library.works.get(work_of(unit))
    return work is not None and any(unit == f"{work_of(unit)}/{one.id}" for one in work.units)


def _whole_sample(
    unit: UnitId, progress: Progress, library: Library, speeds: Speeds
) -> PaceSample | None:
    kind = library.works[work_of(unit)].kind
    estimated = effort(library.unit(unit), kind, speeds)
    logged = progress.studied.get(unit, 0)
    actual = progress.finished[unit].minutes or (
        logged if logged >= estimated * LOGGED_ENOUGH else 0
    )
    return PaceSample(unit, kind, actual, estimated) if actual else None


def _pages_sample(
    unit: UnitId, evidence: _Evidence, library: Library, speeds: Speeds
) -> PaceSample | None:
    kind = library.works[work_of(unit)].kind
    estimated = _estimated(library.unit(unit), evidence.pages, kind, speeds)
    return (
        PaceSample(unit, kind, evidence.minutes, estimated)
        if evidence.minutes and estimated
        else None
    )


def _estimated(unit: Unit, read: Iterable[int], kind: str, speeds: Speeds) -> int:
    """Return the minutes that the pages read were estimated to take: their part of those over which all are spread."""
    if unit.pages is None:
        count = len(set(read))
        return reading_minutes(Pages(1, count), speeds.pages_per_hour(kind)) if count else 0
    own = sum(unit.pages.first <= page <= unit.pages.last for page in read)
    return ceil(Fraction(reading_part(unit, kind, speeds) * own, len(unit.pages)))


def _drawn(samples: Sequence[PaceSample], towards: float) -> float:
    """Return the median log ratio of samples, drawn towards what is believed without them."""
    weight = len(samples) / (len(samples) + DOUBT)
    return towards + weight * (_middle(samples) - towards)


def _middle(samples: Iterable[PaceSample]) -> float:
    return median(log(sample.ratio) for sample in samples)


def _factor(logarithm: float) -> Fraction:
    return max(LEAST_RATIO, Fraction(round(STEPS * exp(logarithm)), STEPS))


def _note(kind: str, work: str | None, pace: Pace, library: Library, speeds: Speeds) -> PaceNote:
    samples = list(_about(kind, work, pace.samples))
    by_pages = any(_is_read_by_pages(sample.unit, library) for sample in samples)
    return PaceNote(
        kind=kind,
        work=work,
        samples=len(samples),
        ratio=exp(_middle(samples)),
        factor=pace.kinds[kind] if work is None else pace.works[work],
        planned=speeds.pages_per_hour(kind) if by_pages else None,
    )


def _about(kind: str, work: str | None, samples: Iterable[PaceSample]) -> Iterator[PaceSample]:
    return (
        sample
        for sample in samples
        if (sample.kind == kind if work is None else sample.work == work)
    )


def _is_read_by_pages(unit: UnitId, library: Library) -> bool:
    """Say whether the effort of a unit comes from its pages and the speed of the settings."""
    found = library.unit(unit)
    return found.pages is not None and found.effort is None
