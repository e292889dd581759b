"""Learn the person's pace from what was finished and read.

Each kind of work gets a factor for its efforts: the median of log(actual / estimated), which one
odd chapter does not move, drawn towards no correction while there are few samples; each work is
drawn towards its kind in the same way (shrinkage in a hierarchy: Gelman et al., Bayesian Data
Analysis, ch. 5, with the weight n / (n + `DOUBT`)).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from fractions import Fraction
from math import ceil, exp, log
from statistics import median

from curriculum.model.efforts import effort, reading_part
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.journal import Finished, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.pace import LEAST_RATIO, Pace, PaceNote, PaceSample
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages, reading_minutes
from curriculum.model.settings import Speeds
from curriculum.model.works import Unit
from curriculum.progress.time_spent import Credit, credits_of

DOUBT = 3
"""The weight of 'as estimated', in samples: with as many, half of their correction is applied."""

STEPS = 20
"""Factors are whole multiples of one twentieth, so that a little more evidence moves no session."""

LOGGED_ENOUGH = Fraction(1, 3)
"""The least share of the estimate that makes the log of a finished unit count as what it took."""


def pace_of(progress: Progress, library: Library, speeds: Speeds) -> Pace:
    """Return the pace that a journal shows; units that no syllabus defines are ignored."""
    samples = samples_of(progress, library, speeds)
    by_kind: defaultdict[str, list[PaceSample]] = defaultdict(list)
    by_work: defaultdict[str, list[PaceSample]] = defaultdict(list)
    for sample in samples:
        by_kind[sample.kind].append(sample)
        by_work[sample.work].append(sample)
    kinds: dict[str, float] = {}
    for kind in sorted(by_kind):
        kinds[kind] = _drawn(by_kind[kind], towards=0.0)
    works: dict[str, float] = {}
    for work in sorted(by_work):
        samples_of_work = by_work[work]
        works[work] = _drawn(samples_of_work, towards=kinds[samples_of_work[0].kind])
    return Pace(
        samples=samples,
        kinds={kind: _factor(logarithm) for kind, logarithm in kinds.items()},
        works={work: _factor(logarithm) for work, logarithm in works.items()},
    )


def samples_of(progress: Progress, library: Library, speeds: Speeds) -> tuple[PaceSample, ...]:
    """Return the evidence, at most one sample a unit, in the order in which it was last added to.

    A finished unit gives what the person said it took, or else what was logged for it if that is at
    least `LOGGED_ENOUGH` of the estimate and nothing had to be assumed. An unfinished unit gives
    the minutes of the facts that name pages, against the time estimated for those pages.
    """
    samples = []
    added = credits_of(progress)
    for unit, evidence in _gathered(progress).items():
        if not _is_defined(unit, library):
            continue
        if unit in progress.finished:
            estimated = _whole_estimate(unit, library, speeds)
            sample = _whole_sample(unit, progress, added.get(unit), estimated, library)
        else:
            sample = _pages_sample(unit, evidence, library, speeds)
        if sample is not None:
            samples.append(sample)
    return tuple(samples)


def pace_notes(pace: Pace, library: Library, speeds: Speeds) -> tuple[PaceNote, ...]:
    """Return what the samples say: of each kind of work, then of each work, by name."""
    notes = []
    for kind in sorted(pace.kinds):
        samples = [sample for sample in pace.samples if sample.kind == kind]
        notes.append(_note(kind, samples, pace.kinds[kind], library, speeds))
    for work in sorted(pace.works):
        if work in library.works:
            samples = [sample for sample in pace.samples if sample.work == work]
            kind = library.works[work].kind
            note = _note(kind, samples, pace.works[work], library, speeds)
            notes.append(replace(note, work=work))
    return tuple(notes)


@dataclass(slots=True)
class _Evidence:
    """What the log says of one unit with pages named: the minutes, and the distinct pages."""

    minutes: int = 0
    pages: set[int] = field(default_factory=set)


def _gathered(progress: Progress) -> dict[UnitId, _Evidence]:
    """Return the evidence on each unit read by pages or finished, in the order of its last fact."""
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


def _whole_estimate(unit: UnitId, library: Library, speeds: Speeds) -> int:
    return effort(library.unit(unit), library.works[work_of(unit)].kind, speeds)


def _whole_sample(
    unit: UnitId, progress: Progress, added: Credit | None, estimated: int, library: Library
) -> PaceSample | None:
    actual = progress.finished[unit].minutes
    if actual is None:
        actual = _known_minutes(unit, progress, added, estimated)
    if not actual:
        return None
    return PaceSample(unit, library.works[work_of(unit)].kind, actual, estimated)


def _known_minutes(
    unit: UnitId, progress: Progress, added: Credit | None, estimated: int
) -> int | None:
    """Return what was logged and given of a finished unit; None when it did not take only that."""
    known = progress.studied.get(unit, 0)
    if added is not None:
        if added.given is None:
            return None
        known += added.given
    # Somebody who logs little of a unit and then marks it as done has not logged all of it.
    return known if known >= estimated * LOGGED_ENOUGH else None


def _pages_sample(
    unit: UnitId, evidence: _Evidence, library: Library, speeds: Speeds
) -> PaceSample | None:
    kind = library.works[work_of(unit)].kind
    estimated = _estimated(library.unit(unit), evidence.pages, kind, speeds)
    if not evidence.minutes or not estimated:
        return None
    return PaceSample(unit, kind, evidence.minutes, estimated)


def _estimated(unit: Unit, read: Iterable[int], kind: str, speeds: Speeds) -> int:
    """Return the minutes that the pages read were estimated to take."""
    if unit.pages is None:
        count = len(set(read))
        if not count:
            return 0
        return reading_minutes(Pages(1, count), unit.speed or speeds.pages_per_hour(kind))
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


def _note(
    kind: str,
    samples: Sequence[PaceSample],
    factor: Fraction,
    library: Library,
    speeds: Speeds,
) -> PaceNote:
    planned = None
    if any(_is_read_by_pages(sample.unit, library) for sample in samples):
        planned = speeds.pages_per_hour(kind)
    return PaceNote(
        kind=kind,
        work=None,
        samples=len(samples),
        ratio=exp(_middle(samples)),
        factor=factor,
        planned=planned,
    )


def _is_read_by_pages(unit: UnitId, library: Library) -> bool:
    """Say whether the effort of a unit comes from its pages and the speed of the settings."""
    found = library.unit(unit)
    return found.pages is not None and found.effort is None
