"""Facts of a journal for the tests: one with few words, or any, drawn by hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from curriculum.model.attempts import Run, ScoreEntry, entry_text
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Attached,
    Drew,
    Explored,
    Fact,
    FactStamp,
    Finished,
    Left,
    Missed,
    Pinned,
    Renamed,
    Reopened,
    Scored,
    Skimmed,
    Skipped,
    Started,
    Stopped,
    Studied,
    Undone,
    Unpinned,
    Wrote,
)
from curriculum.model.quantities import Pages

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def stamp(
    number: int = 0, at: datetime = NOON, command: str | None = None, zone: str = "UTC"
) -> FactStamp:
    """Return what a fact begins with; each number is a command of its own unless one is given."""
    return {"id": f"f{number}", "command": command or f"c{number}", "at": at, "zone": zone}


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


UNITS = st.sampled_from([UnitId("a/1"), UnitId("a/2"), UnitId("b/1")])
MINUTES = st.integers(0, 300)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
EPOCH_MINUTES = st.integers(0, 10**8)
PIECES = st.lists(st.tuples(UNITS, MINUTES), max_size=2).map(tuple)
PAGES = st.builds(Pages, st.integers(1, 50), st.integers(50, 99))


def _unit_facts(head: FactStamp) -> list[st.SearchStrategy[Fact]]:
    return [
        st.builds(Studied, **_fixed(head), unit=UNITS, minutes=MINUTES, pages=st.none() | PAGES),
        st.builds(Stopped, **_fixed(head), unit=UNITS, minutes=MINUTES),
        st.builds(Finished, **_fixed(head), unit=UNITS, minutes=st.none() | MINUTES),
        st.builds(Left, **_fixed(head), unit=UNITS, minutes=MINUTES),
        st.builds(Started, **_fixed(head), unit=UNITS),
        st.builds(Skipped, **_fixed(head), unit=UNITS),
        st.builds(Reopened, **_fixed(head), unit=UNITS),
    ]


def _session_facts(head: FactStamp) -> list[st.SearchStrategy[Fact]]:
    times = {"start": EPOCH_MINUTES, "end": EPOCH_MINUTES}
    return [
        st.builds(Pinned, **_fixed(head), session=TEXT, **times, pieces=st.none() | PIECES),
        st.builds(Missed, **_fixed(head), session=TEXT, **times),
        st.builds(Unpinned, **_fixed(head), session=TEXT),
    ]


def _scored(head: FactStamp) -> st.SearchStrategy[Fact]:
    entry = entries().map(entry_text)
    return st.builds(Scored, **_fixed(head), result=st.just("ppo-2017#pong"), entry=entry)


def _wrote(head: FactStamp) -> st.SearchStrategy[Fact]:
    wrote = st.builds(Wrote, **_fixed(head), file=TEXT, before=TEXT, after=TEXT)
    attached = st.builds(Attached, **_fixed(head), file=TEXT, digest=TEXT)
    names = st.sampled_from(["a", "b", "c"])
    renamed = st.builds(Renamed, **_fixed(head), before=names, after=names)
    return wrote | attached | renamed | _exploration_facts(head)


def _exploration_facts(head: FactStamp) -> st.SearchStrategy[Fact]:
    drew = st.builds(Drew, **_fixed(head), week=st.just("2027-W02"), choice=TEXT, drawn=TEXT)
    outcome = st.none() | TEXT
    explored = st.builds(
        Explored, **_fixed(head), choice=TEXT, minutes=MINUTES, outcome=outcome, note=outcome
    )
    return drew | explored | st.builds(Skimmed, **_fixed(head), minutes=MINUTES)


def _fixed(head: FactStamp) -> dict[str, st.SearchStrategy[object]]:
    return {name: st.just(value) for name, value in head.items()}


def live_facts(head: FactStamp) -> st.SearchStrategy[Fact]:
    """Draw a fact of any kind that takes nothing back."""
    return st.one_of(*_unit_facts(head), *_session_facts(head), _scored(head), _wrote(head))


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    """Draw a fact of any kind, with whatever it may hold."""
    head: FactStamp = {
        "id": draw(st.uuids()).hex,
        "command": draw(st.uuids()).hex,
        "at": NOON + timedelta(seconds=draw(st.integers(-(10**9), 10**9))),
        "zone": "Asia/Kolkata",
    }
    undone = st.builds(Undone, **_fixed(head), target=TEXT)
    return draw(live_facts(head) | undone)
