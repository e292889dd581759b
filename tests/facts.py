"""Random facts of a journal, drawn by hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from curriculum.model.attempts import Run, ScoreEntry, entry_text
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.model.quantities import Pages

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def entries() -> st.SearchStrategy[ScoreEntry]:
    """Draw what a command records of an attempt."""
    value = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    runs = st.lists(st.builds(Run, value=value, seed=st.none() | st.just("7")), max_size=3).map(
        tuple
    )
    return st.builds(
        ScoreEntry,
        runs=runs,
        commit=st.none() | st.just("3f2c1d9"),
        seeds=st.none() | st.integers(2, 9),
    )


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    """Draw a fact with whatever it may hold."""
    name = draw(st.uuids()).hex
    pages = draw(st.none() | st.builds(Pages, st.integers(1, 50), st.integers(50, 99)))
    at = NOON + timedelta(seconds=draw(st.integers(-(10**9), 10**9)))
    number = st.none() | st.integers(0, 10**9)
    text = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
    return Fact(
        id=name,
        command=draw(st.uuids()).hex,
        kind=draw(st.sampled_from(Kind)),
        at=at,
        zone="Asia/Kolkata",
        unit=draw(st.none() | st.just(UnitId("a/1"))),
        minutes=draw(number),
        pages=pages,
        session=draw(text),
        start=draw(number),
        end=draw(number),
        target=draw(text),
        result=draw(st.none() | st.just("ppo-2017#pong")),
        entry=draw(st.none() | entries().map(entry_text)),
    )
