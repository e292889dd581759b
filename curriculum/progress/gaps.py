"""The gaps between units of one work, after what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, tzinfo

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import work_of
from curriculum.model.library import Library
from curriculum.model.lived_days import fact_day
from curriculum.model.progress import Progress
from curriculum.model.spacing import Spacing


def with_gaps(
    curriculum: Curriculum,
    library: Library,
    default: timedelta,
    progress: Progress,
    zone: tzinfo,
) -> Curriculum:
    """Return the curriculum with the gaps between its units; the same where no work has one.

    A unit that was begun waits for no gap, and a unit that was skipped leaves none behind it.

    Args:
        curriculum: What is to be studied.
        library: The works.
        default: The gap of works that do not say their own.
        progress: What was done.
        zone: The zone of the days ahead.
    """
    gaps: dict[str, int] = {}
    for work in set(map(work_of, curriculum.units)):
        own = library.works[work].gap
        gaps[work] = (default if own is None else own).days
    if not any(gaps.values()):
        return curriculum
    days = {}
    for unit in curriculum.units:
        if gaps[work_of(unit)] and not progress.studied.get(unit):
            days[unit] = gaps[work_of(unit)]
    finished = {}
    for unit, fact in progress.finished.items():
        if gaps.get(work_of(unit)):
            finished[unit] = fact_day(fact, zone)
    return replace(curriculum, spacing=Spacing(days, finished, zone))
