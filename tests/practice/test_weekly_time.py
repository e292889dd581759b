"""The weeks of a time audit: none is left out, and they add up to the whole."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.settings import DayRange
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_table import UnitOnDay, time_cells
from curriculum.practice.weekly_time import weekly_time

FIRST = date(2027, 1, 6)


def audit_of(planned: dict[int, int], real: dict[int, int], days: int) -> TimeAudit:
    """Return the audit of minutes by the number of the day."""
    last = FIRST + timedelta(days=days)

    def rows(minutes: dict[int, int]) -> list[tuple[UnitOnDay, int]]:
        where = {
            day: UnitOnDay(FIRST + timedelta(days=day), UnitId("w/1"), "papers") for day in minutes
        }
        return [(where[day], length) for day, length in minutes.items()]

    return TimeAudit(
        days=DayRange(FIRST, last),
        cells=time_cells(rows(planned), rows(real)),
        planned_switches={},
        real_switches={},
        unordered=0,
        longest=None,
        works=(),
        pace=(),
        share=Fraction(1, 2),
    )


minutes = st.dictionaries(st.integers(0, 40), st.integers(1, 300))


@settings(max_examples=30)
@given(minutes, minutes)
def test_weeks_follow_one_another_and_add_up_to_the_whole(
    planned: dict[int, int], real: dict[int, int]
) -> None:
    audit = audit_of(planned, real, 40)

    weeks = weekly_time(audit)

    assert [week.monday for week in weeks] == [
        date(2027, 1, 4) + timedelta(weeks=number) for number in range(7)
    ]
    assert sum(week.planned for week in weeks) == audit.total.planned
    assert sum(week.real for week in weeks) == audit.total.real
