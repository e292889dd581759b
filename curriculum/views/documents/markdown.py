"""Comparisons as Markdown, with tables as GitHub shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.reproduction.paper_comparison import PaperComparison
from curriculum.views.documents.comparison_rows import (
    LEGEND,
    SURE,
    ComparisonRow,
    ComparisonTable,
    Measured,
    comparison_table,
    with_kind,
)

_FIRST_LINE = "<!-- made by 'curriculum compare --format markdown' -->"
_MARKUP = late_pattern(r"([\\`*_{}\[\]<>|~$&#!])")


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    cells: list[str]
    is_number: bool = False


def markdown_text(papers: Iterable[PaperComparison]) -> str:
    """Return comparisons as a document in Markdown: a table for each paper, and what it means."""
    lines = [_FIRST_LINE, ""]
    for paper in papers:
        lines.extend(_paper(paper))
    lines.append(escaped_markdown(LEGEND))
    return "\n".join(lines) + "\n"


def escaped_markdown(text: str) -> str:
    r"""Return a text that Markdown shows as it is, in one line, also in a cell of a table.

    >>> print(escaped_markdown("vm_hopper|v2"))
    vm\_hopper\|v2
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _paper(paper: PaperComparison) -> Iterator[str]:
    table = comparison_table(paper)
    heading, *open_ones = map(escaped_markdown, table.heading)
    yield from (f"**{heading}**", "")
    for line in open_ones:
        yield f"- {line}"
    if open_ones:
        yield ""
    yield from _table(table)
    yield ""
    for note in table.notes:
        yield f"- {escaped_markdown(note)}"
    yield ""


def _table(table: ComparisonTable) -> Iterator[str]:
    columns = tuple(_columns(table))
    yield _line(escaped_markdown(column.heading) for column in columns)
    yield _line("---:" if column.is_number else "---" for column in columns)
    for cells in zip(*(column.cells for column in columns), strict=True):
        yield _line(map(escaped_markdown, cells))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _columns(table: ComparisonTable) -> Iterator[_Column]:
    rows, theirs, mine = table.rows, table.published_kind, table.my_kind
    yield _Column("task", [row.task for row in rows])
    if not table.metric:
        yield _Column("metric", [row.metric for row in rows])
    published = [_side(row.published, theirs) for row in rows]
    yield _Column(with_kind("published", theirs), published, is_number=True)
    ours = [_side(row.mine, mine) for row in rows]
    yield _Column(with_kind("mine", mine), ours, is_number=True)
    yield from _answers(rows)


def _answers(rows: Sequence[ComparisonRow]) -> Iterator[_Column]:
    tests = [f"{row.difference} {row.interval}".strip() for row in rows]
    yield _Column(f"D [{SURE} interval]", tests, is_number=True)
    yield _Column("margin", [row.margin for row in rows], is_number=True)
    yield _Column("verdict", [row.verdict for row in rows])
    yield _Column("at worst", [row.bound for row in rows])


def _side(side: Measured, shared_kind: str) -> str:
    if not side.centre:
        return ""
    number = f"{side.centre} {side.spread_in(shared_kind)}".strip()
    return f"{number} (n = {side.runs})"
