"""Papers that came in, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from curriculum.model.formatting import counted, names_text
from curriculum.model.paper_ids import paper_address
from curriculum.model.skims import Skim
from curriculum.practice.paper_draft import Promoted
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.skim_queue import (
    AGED_OUT,
    SkimCounts,
    SkimsImported,
    Trend,
    skim_state,
)
from curriculum.views.text.lines import StyledLine, advice, line

_MOST_AUTHORS = 3
_WIDTH = 78


def imported_lines(imported: SkimsImported) -> Iterator[str | StyledLine]:
    """Yield what became of each file, and what to do next."""
    for one in imported.files:
        yield f"{one.file}: {counted(one.papers, 'paper')}, {one.new} new"
    if imported.skims:
        yield advice("Look at them with 'curriculum skim'.")


def skim_lines(shown: Sequence[SkimRead], today: date) -> Iterator[str | StyledLine]:
    """Yield papers with their marks, and what was thought of each."""
    for read in shown:
        skim = read.skim
        yield line((skim.id, "bold"), f"  {skim.name if skim.title else ''}".rstrip())
        yield f"    {_fate(skim, today)}"
        if skim.doubt is not None:
            yield f"    doubt: {skim.doubt}"


def _fate(skim: Skim, today: date) -> str:
    text = fate_text(skim_state(skim, today), skim)
    return f"{text}, {names_text(skim.authors, _MOST_AUTHORS)}" if skim.authors else text


def fate_text(state: str, skim: Skim) -> str:
    """Return what became of a paper, and when it came."""
    since = f"came {skim.came.day} {skim.came:%b %Y}"
    if skim.on is None:
        return f"{state}, {since}"
    return f"{state} on {skim.on.day} {skim.on:%b %Y}, {since}"


def skim_count_lines(counts: SkimCounts) -> Iterator[str | StyledLine]:
    """Yield how many papers are in the queue."""
    parts = [f"{counts.unread} unread"]
    parts += [f"{count} {mark}" for mark, count in counts.marked if count]
    if counts.aged_out:
        parts.append(f"{counts.aged_out} {AGED_OUT} unread after 4 weeks")
    yield f"{', '.join(parts)}"


def empty_lines(counts: SkimCounts) -> Iterator[str]:
    """Yield why no paper is shown."""
    if counts.unread or counts.aged_out or any(count for _, count in counts.marked):
        yield "No such paper."
    else:
        yield "No paper came in yet; 'curriculum skim import FILE' reads feeds and bibliographies."


def trend_lines(found: Sequence[Trend], least: int) -> Iterator[str | StyledLine]:
    """Yield what papers use, by month, with the change from the first half to the second."""
    if not found:
        yield f"Nothing is used by {least} of these papers; name what one uses with --uses."
        return
    width = max(len(one.name) for one in found)
    months = [month for month, _ in found[0].months]
    yield f"{'':{width}}  {'  '.join(months)}   change"
    for one in found:
        counts = "  ".join(f"{count:7}" for _, count in one.months)
        yield f"{one.name:{width}}  {counts}  {one.change:+7}"


def shown_paper_lines(
    skim: Skim, abstract: str | None, known: str | None
) -> Iterator[str | StyledLine]:
    """Yield a paper to be decided about: title, authors, abstract."""
    yield line("")
    yield line((skim.name, "bold"))
    if skim.authors:
        yield names_text(skim.authors, 2 * _MOST_AUTHORS)
    yield skim.url or paper_address(skim.id) or skim.id
    if known is not None:
        yield f"It is in the library: 'curriculum show {known}'."
    if abstract is not None:
        yield line("")
        yield from textwrap.wrap(abstract, _WIDTH)


def promoted_lines(promoted: Promoted) -> Iterator[str | StyledLine]:
    """Yield what was drafted, and what to do with it."""
    yield f"wrote: {promoted.file}: {promoted.skim.title}"
    for one in promoted.left_out:
        yield f"left out that it builds on '{one.ref}', which no syllabus defines"
    yield advice(f"Correct its steps, and add '{promoted.work}' to the goals.")
