"""The study listed day by day adds up to what is said of each unit."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, FactStamp, Finished, Reopened, Stopped, Studied
from curriculum.model.settings import DayRange
from curriculum.model.typed_days import EVERY_DAY
from curriculum.progress.state import replay
from curriculum.progress.study_record import recorded_minutes, study_record
from curriculum.progress.time_spent import time_spent

EFFORTS = {UnitId("book/1"): 60, UnitId("book/2"): 90, UnitId("paper/read"): 120}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Draw a fact about the study of a unit."""
    number = draw(st.integers(0, 10**9))
    zone = draw(st.sampled_from(ZONES))
    at = datetime(2027, 1, 4, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 20_000)))
    unit = draw(st.sampled_from(sorted(EFFORTS)))
    minutes = draw(st.integers(1, 200))
    stamp = FactStamp(id=f"{number:032x}", command=f"{number:032x}", at=at, zone=zone)
    choices: list[Fact] = [
        Studied(**stamp, unit=unit, minutes=minutes),
        Stopped(**stamp, unit=unit, minutes=minutes),
        Finished(**stamp, unit=unit, minutes=minutes),
        Finished(**stamp, unit=unit),
        Reopened(**stamp, unit=unit),
    ]
    return draw(st.sampled_from(choices))


@given(st.lists(facts(), max_size=12))
def test_the_record_adds_up_to_what_was_spent(recorded: list[Fact]) -> None:
    progress = replay(recorded)

    minutes: Counter[UnitId] = Counter()
    for entry in study_record(progress, EFFORTS, EVERY_DAY, UTC):
        minutes[entry.unit] += entry.minutes

    spent = {unit: time.total for unit, time in time_spent(progress, EFFORTS).items()}
    assert +minutes == +Counter(spent)


@given(st.lists(facts(), max_size=12))
def test_the_days_add_up_to_the_whole(recorded: list[Fact]) -> None:
    progress = replay(recorded)
    every = study_record(progress, EFFORTS, EVERY_DAY, UTC)
    first = datetime(2027, 1, 1, tzinfo=UTC).date()
    days = [first + timedelta(days=number) for number in range(40)]

    total = sum(
        recorded_minutes(study_record(progress, EFFORTS, DayRange(day, day), UTC)) for day in days
    )

    assert total == recorded_minutes(every)
