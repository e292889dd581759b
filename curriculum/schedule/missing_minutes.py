"""Find between which two minutes more must be studied than there is work time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """Minutes that must be studied from one minute on and before another."""

    opens: int
    closes: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """Minutes that are missing for the jobs that open and close between two minutes."""

    after: int
    before: int
    missing: int


def shortages(jobs: Iterable[Job], free: Callable[[int, int], int]) -> Iterator[Shortage]:
    """Yield each shortage that no other implies: as much is missing nowhere inside of it.

    It takes as many steps as there are pairs of an opening and a closing minute.

    Args:
        jobs: What must be studied; each opens before it closes.
        free: Minutes of work time from one minute to a later one.
    """
    by_opening: dict[int, list[Job]] = defaultdict(list)
    for job in jobs:
        by_opening[job.opens].append(job)
    closings = sorted({job.closes for group in by_opening.values() for job in group})
    needed = dict.fromkeys(closings, 0)
    worst = dict.fromkeys(closings, 0)
    # From the latest opening on, so that all that lies inside is known before what is around it.
    for after in sorted(by_opening, reverse=True):
        for job in by_opening[after]:
            needed[job.closes] += job.minutes
        yield from _from_opening(after, needed, worst, free)


def _from_opening(
    after: int,
    needed: Mapping[int, int],
    worst: dict[int, int],
    free: Callable[[int, int], int],
) -> Iterator[Shortage]:
    """Yield the shortages from one opening on.

    Args:
        after: The opening.
        needed: For each closing minute, in order, what the jobs need that open late enough.
        worst: Closing minute to the most that is missing before it, from this opening on; brought
            up to date.
        free: Minutes of work time from one minute to a later one.
    """
    total = 0
    inside = 0
    for before, minutes in needed.items():
        total += minutes
        if before <= after:
            continue
        inside = max(inside, worst[before])
        missing = total - free(after, before)
        if missing > inside:
            yield Shortage(after, before, missing)
            inside = missing
        worst[before] = inside
