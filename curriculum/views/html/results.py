"""Results as pages: the verdicts on papers, and what a paper claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Outcome, Verdict
from curriculum.reproduction.figures import ResultFigure, forest_of
from curriculum.reproduction.paper_comparison import PaperComparison
from curriculum.reproduction.papers import JudgedPaper
from curriculum.views.html.curve_chart import curve_chart
from curriculum.views.html.forest_chart import forest_chart
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.text.paper_verdict import paper_lines
from curriculum.views.text.provenance import where_published
from curriculum.views.text.results import claim_text, dataset_text, protocol_text
from curriculum.views.text.verdict import headline, verdict_lines


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """The verdict on a result: its headline, and all that `compare` says of it."""

    name: str
    outcome: Outcome
    headline: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper with its verdicts and their drawing, and whether any runs were read from logs."""

    work: str
    title: str
    lines: tuple[str, ...]
    outcome: Outcome
    chart: Markup
    verdicts: tuple[ShownVerdict, ...]
    has_logs: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the goals that has results, and how many of them are settled."""

    work: str
    title: str
    settled: int
    primary: int


def results_content(
    frame: Frame, papers: Sequence[ShownPaper], others: Sequence[PaperRow]
) -> Markup:
    """Return the papers with scores, and those of the goals that have none yet."""
    return rendered("results.html", frame=frame, papers=papers, others=others)


def shown_paper(
    judged: JudgedPaper, compared: PaperComparison, title: str, *, has_logs: bool = False
) -> ShownPaper:
    """Return a paper with its verdicts, as a page shows it."""
    verdicts = []
    for one in compared.results:
        first, *rest = (str(line).strip() for line in verdict_lines(one.case, one.verdict))
        name = one.case.result.id
        verdicts.append(
            ShownVerdict(name, one.verdict.outcome, headline(one.verdict), (first, *rest))
        )
    chart = Markup()
    if judged.cases:
        chart = forest_chart(forest_of(judged), name=f"forest-{judged.work}")
    return ShownPaper(
        work=judged.work,
        title=title,
        lines=tuple(str(line).strip() for line in paper_lines(judged.work, judged.verdict)),
        outcome=judged.verdict.outcome,
        chart=chart,
        verdicts=tuple(verdicts),
        has_logs=has_logs,
    )


@dataclass(frozen=True, slots=True)
class ShownCurves:
    """The training curves of a result: their drawing, and what must be said of them."""

    name: str
    chart: Markup
    notes: tuple[str, ...]


def shown_curves(values: ResultFigure, notes: tuple[str, ...]) -> ShownCurves:
    """Return the training curves of a result; without any there are only the notes."""
    name = values.case.result.id
    chart = curve_chart(values, f"curves-{name}") if values.curves else Markup()
    return ShownCurves(name, chart, notes)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A number that a paper reports."""

    name: str
    is_primary: bool
    method: str
    dataset: str
    claim: str
    where: str
    protocol: str
    verdict: str
    outcome: str


def claims_content(
    frame: Frame,
    paper: ShownPaper | None,
    work: str,
    claims: Sequence[ClaimRow],
    curves: Sequence[ShownCurves] = (),
) -> Markup:
    """Return what a paper claims, and above it the verdicts on what was attempted of it."""
    return rendered(
        "claims.html",
        frame=frame,
        paper=paper,
        work=work,
        primary=[one for one in claims if one.is_primary],
        supporting=[one for one in claims if not one.is_primary],
        curves=curves,
    )


def claim_rows(
    results: Mapping[str, Result], verdicts: Mapping[str, Verdict]
) -> Iterator[ClaimRow]:
    """Yield the published results of a paper, each with the verdict on it."""
    for name, result in results.items():
        verdict = verdicts.get(name)
        yield ClaimRow(
            name=name,
            is_primary=result.primary,
            method=result.method or "",
            dataset=dataset_text(result),
            claim=claim_text(result),
            where=where_published(result),
            protocol="; ".join(protocol_text(result)),
            verdict="" if verdict is None else headline(verdict),
            outcome="" if verdict is None else verdict.outcome,
        )
