"""Time that several timers measured is counted once, whoever measured it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import instant
from curriculum.practice.overlaps import counted_once
from curriculum.progress.study_record import EntryKind, StudyEntry, recorded_minutes

SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), max_size=12)


def entry(end: int, minutes: int, kind: EntryKind = EntryKind.TIMED) -> StudyEntry:
    return StudyEntry(date(2027, 1, 4), instant(end), UnitId("sums/1"), minutes, kind)


@given(SPANS)
def test_timers_count_the_minutes_that_any_of_them_ran(spans: list[tuple[int, int]]) -> None:
    entries = [entry(start + length, length) for start, length in spans]
    entries.sort(key=lambda one: one.at)
    once = tuple(counted_once(entries))
    lived = {minute for start, length in spans for minute in range(start, start + length)}
    assert recorded_minutes(once) == len(lived)
    assert all(0 <= new.minutes <= old.minutes for new, old in zip(once, entries, strict=True))


def test_what_was_logged_at_one_time_is_counted_in_full() -> None:
    entries = [entry(100, 60, EntryKind.LOGGED), entry(100, 60), entry(100, 45, EntryKind.LOGGED)]
    assert list(counted_once(entries)) == entries
