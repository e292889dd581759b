"""What a plan says of quotas and preferred hours, in few words and in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from curriculum.model.plan import Plan, QuotaShortfall, ShortfallCause, TrackBalance
from curriculum.views.text.plan import preferred_lines, quota_lines

MONDAY = date(2027, 1, 11)


PLAN = Plan(
    start=0,
    finish=None,
    sessions=(),
    units=(),
    unplaced=(),
    balance={"textbooks": TrackBalance(60, 90), "papers": TrackBalance(120, 90)},
    largest_lag=0,
    overload=(),
)


def test_weeks_below_a_quota_are_counted_by_their_cause() -> None:
    weeks = (
        QuotaShortfall(MONDAY, "papers", 60, 180, ShortfallCause.DEADLINE),
        QuotaShortfall(date(2027, 1, 18), "papers", 0, 180, ShortfallCause.DEADLINE),
        QuotaShortfall(date(2027, 1, 25), "papers", 0, 180, ShortfallCause.HOURS),
    )
    found = replace(PLAN, shortfalls=weeks)

    assert list(quota_lines(found)) == [
        "papers below their quota in 2 weeks: what is due takes the time",
        "papers below their quota in 1 week: fewer hours are free",
    ]
    assert list(quota_lines(found, with_first=True))[1] == (
        "the first is the week of Mon 11 Jan 2027: 1 h of 3 h"
    )
    assert all(len(line) <= 70 for line in quota_lines(found))


def test_a_preference_that_was_dropped_is_told() -> None:
    kept = replace(PLAN, preferred=45, is_preference_kept=True)

    assert list(preferred_lines(kept)) == ["25 % in the hours you prefer"]
    assert list(preferred_lines(replace(PLAN, preferred=45))) == [
        "25 % in the hours you prefer; what is due leaves no choice"
    ]
    assert list(preferred_lines(PLAN)) == []
