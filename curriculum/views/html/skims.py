"""Papers that came in as a page: those that wait, those decided about, and what they use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from curriculum.model.formatting import names_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.paper_ids import paper_address
from curriculum.model.skims import Skim, SkimMark
from curriculum.practice.skim_queue import (
    AGED_OUT,
    UNREAD,
    WORTH_A_TREND,
    SkimCounts,
    Trend,
    skim_state,
)
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.text.skims import fate_text

_MOST_AUTHORS = 6


@dataclass(frozen=True, slots=True)
class SkimState:
    """A state in which papers are, and how many are."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PaperAround:
    """What is known of a paper besides its entry.

    Attributes:
        abstract: Its abstract; None when there is none.
        work: The work of the library that it is; None when none is.
    """

    abstract: str | None
    work: str | None


@dataclass(frozen=True, slots=True)
class SkimsShown:
    """Which papers are shown.

    Attributes:
        state: The state in which they are.
        skims: The papers, the newest first.
        more: How many more are in that state.
        around: The id of each to what else is known of it.
        trends: What the papers of the last weeks use.
        weeks: How many weeks those are.
        counts: How many papers are in each state.
        today: Today.
    """

    state: str
    skims: Sequence[Skim]
    more: int
    around: Mapping[str, PaperAround]
    trends: Sequence[Trend]
    weeks: int
    counts: SkimCounts
    today: date


@dataclass(frozen=True, slots=True)
class SkimCard:
    """A paper as it is shown."""

    name: str
    title: str
    address: str | None
    authors: str
    fate: str
    claim: str
    doubt: str
    uses: tuple[str, ...]
    builds_on: tuple[str, ...]
    mark: str
    abstract: str | None
    work: str | None


def skims_content(frame: Frame, shown: SkimsShown) -> Markup:
    """Return the papers of a state, with a form to decide about each, and what becomes common."""
    months = [month for month, _ in shown.trends[0].months] if shown.trends else []
    return rendered(
        "skims.html",
        frame=frame,
        shown=shown,
        states=tuple(skim_states(shown.counts)),
        cards=tuple(_cards(shown)),
        marks=tuple(map(str, SkimMark)),
        months=months,
        least=WORTH_A_TREND,
    )


def skim_states(counts: SkimCounts) -> Iterator[SkimState]:
    """Yield each state with the number of papers in it, what waits first."""
    yield SkimState(UNREAD, counts.unread)
    for mark, count in reversed(counts.marked):
        yield SkimState(str(mark), count)
    yield SkimState(AGED_OUT, counts.aged_out)


def _cards(shown: SkimsShown) -> Iterator[SkimCard]:
    for skim in shown.skims:
        around = shown.around[skim.id]
        yield SkimCard(
            name=skim.id,
            title=skim.name,
            address=skim.url or paper_address(skim.id),
            authors=names_text(skim.authors, _MOST_AUTHORS) if skim.authors else "",
            fate=fate_text(skim_state(skim, shown.today), skim),
            claim=skim.claim or "",
            doubt=skim.doubt or "",
            uses=skim.uses,
            builds_on=tuple(f"{one.ref}: {one.idea}" for one in skim.builds_on),
            mark="" if skim.mark is None else str(skim.mark),
            abstract=around.abstract,
            work=around.work,
        )
