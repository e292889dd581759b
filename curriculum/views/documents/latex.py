"""Comparisons as LaTeX tables in the style of booktabs, which is all that they need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.late_dataclasses import dataclass
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

_FIRST_LINE = "% made by 'curriculum compare --format latex'; needs \\usepackage{booktabs}"
_SIDE = r"r@{\,}l"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"\char34{}",
    "«": r"$\ll$",
    "»": r"$\gg$",
    "±": r"$\pm$",
    "−": "$-$",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≈": r"$\approx$",
    "≠": r"$\neq$",
    "∞": r"$\infty$",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "→": r"$\rightarrow$",
    "←": r"$\leftarrow$",
    "\N{SUPERSCRIPT TWO}": "$^2$",
    "\N{SUPERSCRIPT THREE}": "$^3$",
    "\N{DEGREE SIGN}": r"$^\circ$",
    "\N{NO-BREAK SPACE}": "~",
}
_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
)
_MORE_LETTERS = "upsilon phi chi psi omega"
_CAPITALS = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"


def _greek() -> Iterator[tuple[str, str]]:
    for name in f"{_LETTERS} {_MORE_LETTERS}".split():
        letter = "LAMDA" if name == "lambda" else name.upper()
        yield unicodedata.lookup(f"GREEK SMALL LETTER {letter}"), f"$\\{name}$"
    for name in _CAPITALS.split():
        letter = "LAMDA" if name == "Lambda" else name.upper()
        yield unicodedata.lookup(f"GREEK CAPITAL LETTER {letter}"), f"$\\{name}$"
    yield "\N{MICRO SIGN}", r"$\mu$"


_WRITTEN = str.maketrans({**_SPECIAL, **dict(_greek())})


def latex_text(papers: Iterable[PaperComparison]) -> str:
    """Return comparisons as LaTeX: a table for each paper, with what it means below it."""
    lines = [_FIRST_LINE]
    for paper in papers:
        lines.extend(_table(paper))
    return "\n".join(lines) + "\n"


def escaped_latex(text: str) -> str:
    r"""Return a text that LaTeX prints as it is, in one line.

    Latin letters with accents are left to the encoding; so are other scripts, which need LuaLaTeX
    or XeLaTeX.

    >>> escaped_latex("50 % of Δ_1")
    '50\\,\\% of $\\Delta$\\_1'
    """
    line = " ".join(text.split())
    return _apart(line.translate(_WRITTEN)).replace(r" \%", r"\,\%")


def _apart(text: str) -> str:
    """Return a text in which hyphens and quotes do not run together into other signs."""
    for sign in "-',":
        while sign * 2 in text:
            text = text.replace(sign * 2, f"{sign}{{}}{sign}")
    return text


def _table(paper: PaperComparison) -> Iterator[str]:
    table = comparison_table(paper)
    yield from (r"\begin{table*}", r"  \centering\footnotesize", r"  \setlength{\tabcolsep}{3pt}")
    yield f"  \\caption{{{escaped_latex('. '.join(table.heading))}}}"
    yield f"  \\label{{tab:{paper.work}}}"
    yield from _tabular(tuple(_columns(table)))
    for note in (*table.notes, LEGEND):
        yield f"  \\par\\smallskip\\raggedright {escaped_latex(note)}"
    yield r"\end{table*}"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column in LaTeX: its heading, how it is set, and its cells; a number has two columns."""

    heading: str
    setting: str
    cells: list[str]


def _tabular(columns: Sequence[_Column]) -> Iterator[str]:
    settings = "".join(column.setting for column in columns)
    yield f"  \\begin{{tabular}}{{@{{}}{settings}@{{}}}}"
    yield r"    \toprule"
    yield _line(column.heading for column in columns)
    yield r"    \midrule"
    for cells in zip(*(column.cells for column in columns), strict=True):
        yield _line(cells)
    yield r"    \bottomrule"
    yield r"  \end{tabular}"


def _line(cells: Iterable[str]) -> str:
    # What ends a row in a column of paragraphs, too.
    return f"    {' & '.join(cells)} \\tabularnewline"


def _columns(table: ComparisonTable) -> Iterator[_Column]:
    rows = table.rows
    yield _words("task", [row.task for row in rows])
    if not table.metric:
        yield _words("metric", [row.metric for row in rows])
    yield from _side("published", [row.published for row in rows], table.published_kind)
    yield from _side("mine", [row.mine for row in rows], table.my_kind)
    yield from _answers(rows)


def _answers(rows: Sequence[ComparisonRow]) -> Iterator[_Column]:
    intervals = [escaped_latex(row.interval) for row in rows]
    yield _number(f"D [{SURE} interval]", [row.difference for row in rows], intervals)
    yield _Column("margin", "r", aligned([row.margin for row in rows]))
    yield _paragraphs("verdict", "2.2cm", [row.verdict for row in rows])
    yield _paragraphs("at worst", "1.7cm", [row.bound for row in rows])


def _words(heading: str, cells: Iterable[str]) -> _Column:
    return _Column(escaped_latex(heading), "l", [escaped_latex(cell) for cell in cells])


def _paragraphs(heading: str, width: str, cells: Iterable[str]) -> _Column:
    """Return a column that breaks long texts, so that the table fits a page."""
    texts = [f"\\raggedright {escaped_latex(cell)}" for cell in cells]
    return _Column(escaped_latex(heading), f"p{{{width}}}", texts)


def _side(heading: str, sides: Sequence[Measured], shared_kind: str) -> Iterator[_Column]:
    """Yield the column of a side's numbers with their spreads, and that of its runs."""
    spreads = [escaped_latex(side.spread_in(shared_kind)) for side in sides]
    yield _number(with_kind(heading, shared_kind), [side.centre for side in sides], spreads)
    yield _Column("$n$", "r", [side.runs for side in sides])


def _number(heading: str, numbers: Sequence[str], rests: Sequence[str]) -> _Column:
    """Return a column of numbers whose points align, each with a text after it."""
    spanning = f"\\multicolumn{{2}}{{c}}{{{escaped_latex(heading)}}}"
    pairs = zip(aligned(numbers), rests, strict=True)
    return _Column(spanning, _SIDE, [f"{number} & {rest}" for number, rest in pairs])


def aligned(numbers: Sequence[str]) -> list[str]:
    r"""Return numbers for a column set to the right, filled up so that their points align.

    >>> aligned(["−13.5", "8", ""])
    ['$-13.5$', '$8\\phantom{.0}$', '']
    """
    tails = [number.partition(".")[2] for number in numbers]
    most = max(map(len, tails), default=0)
    found = []
    for number, tail in zip(numbers, tails, strict=True):
        missing = "0" * (most - len(tail))
        if missing and not tail:
            missing = f".{missing}"
        filled = f"\\phantom{{{missing}}}" if missing else ""
        found.append(f"${number.replace('−', '-')}{filled}$" if number else "")
    return found
