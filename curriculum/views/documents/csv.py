"""Comparisons as comma-separated values (RFC 4180) for a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TypeAlias

from curriculum.reproduction.paper_comparison import PaperComparison, ResultComparison
from curriculum.views.documents.comparison_rows import task_names
from curriculum.views.text.provenance import reducer_of, where_published

_Cell: TypeAlias = str | float | None


def csv_text(papers: Iterable[PaperComparison]) -> str:
    """Return comparisons as a table with a line for each result that was attempted.

    Numbers have all their digits; what there is not is empty. Lines end with CR LF.
    """
    written = io.StringIO()
    table = csv.DictWriter(written, _COLUMNS)
    table.writeheader()
    for paper in papers:
        names = task_names([one.case.result for one in paper.results])
        for compared, task in zip(paper.results, names, strict=True):
            table.writerow({"paper": paper.work, "task": task, **_cells(compared)})
    return written.getvalue()


_COLUMNS = (
    *("paper", "result", "task", "metric", "unit", "direction"),
    *("published", "published_spread", "published_spread_low", "published_spread_high"),
    *("published_spread_kind", "published_spread_over", "published_n", "published_where"),
    *("mine", "mine_sd", "mine_n", "mine_centre", "number_taken", "published_number_taken"),
    *("D", "interval_low", "interval_high", "alpha", "margin", "margin_from"),
    *("verdict", "provisional", "lean", "cause", "short", "within", "beyond"),
    *("no_worse_than", "no_worse_than_share", "deviations"),
)


def _cells(compared: ResultComparison) -> dict[str, _Cell]:
    return {**_record_cells(compared), **_my_cells(compared), **_verdict_cells(compared)}


def _record_cells(compared: ResultComparison) -> dict[str, _Cell]:
    result = compared.case.result
    spread = result.spread
    return {
        "result": result.id,
        "metric": result.metric.name,
        "unit": result.metric.unit,
        "direction": result.metric.direction,
        "published": str(result.value.value),
        "published_spread": _text(spread.value),
        "published_spread_low": _text(spread.low),
        "published_spread_high": _text(spread.high),
        "published_spread_kind": spread.kind,
        "published_spread_over": spread.over,
        "published_n": result.runs.count,
        "published_where": where_published(result),
        "published_number_taken": result.rule,
    }


def _text(number: object) -> str | None:
    return None if number is None else str(number)


def _my_cells(compared: ResultComparison) -> dict[str, _Cell]:
    taken: dict[str, _Cell] = {
        "number_taken": reducer_of(compared.case.result, compared.case.attempt)
    }
    sample = compared.verdict.mine
    if sample is None:
        return taken
    return {
        **taken,
        "mine": sample.centre,
        "mine_sd": sample.sd,
        "mine_n": sample.n,
        "mine_centre": sample.what,
    }


def _verdict_cells(compared: ResultComparison) -> dict[str, _Cell]:
    verdict = compared.verdict
    interval, gap = verdict.interval, verdict.worst_gap
    cells: dict[str, _Cell] = {
        "D": verdict.difference,
        "margin": verdict.margin.size,
        "margin_from": verdict.margin.origin,
        "verdict": verdict.outcome,
        "provisional": "yes" if verdict.provisional else "no",
        "lean": verdict.lean,
        "cause": verdict.cause,
        "deviations": "; ".join(verdict.deviations),
    }
    if interval is not None:
        cells |= {
            "interval_low": interval.low,
            "interval_high": interval.high,
            "alpha": verdict.level,
            "short": interval.short,
            "within": interval.within,
            "beyond": interval.beyond,
        }
    if gap is not None:
        cells |= {"no_worse_than": gap.size, "no_worse_than_share": gap.share}
    return cells
