"""Time that two timers measured at once, as on two machines: it was lived once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from curriculum.model.plan import minute
from curriculum.progress.study_record import EntryKind, StudyEntry


def counted_once(entries: Iterable[StudyEntry]) -> Iterator[StudyEntry]:
    """Yield entries without the minutes that an earlier timer measured, too.

    Only timers know both ends of what they measured. What was logged may be two pieces of an
    evening that were typed at one time.

    Args:
        entries: Study, in the order of time.
    """
    covered: list[tuple[int, int]] = []
    for entry in entries:
        if entry.kind is not EntryKind.TIMED or not entry.minutes:
            yield entry
            continue
        end = minute(entry.at)
        start = end - entry.minutes
        twice = 0
        first = start
        # Ends do not run backwards, so that what overlaps is at the end of the list.
        while covered and covered[-1][1] > start:
            before, until = covered.pop()
            twice += until - max(before, start)
            first = min(first, before)
        covered.append((first, end))
        yield replace(entry, minutes=entry.minutes - twice) if twice else entry
