"""Comparisons as rows of plain texts, which each kind of document marks up in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result, Spread
from curriculum.model.verdicts import Sample, Verdict
from curriculum.reproduction.looks import FIRST_LEVEL
from curriculum.reproduction.paper_comparison import PaperComparison, ResultComparison
from curriculum.views.text.digits import digits_of
from curriculum.views.text.paper_verdict import paper_lines
from curriculum.views.text.provenance import reducer_of
from curriculum.views.text.record_change import change_line
from curriculum.views.text.results import DIRECTION_ARROWS, dataset_text
from curriculum.views.text.signed_numbers import signed_number
from curriculum.views.text.verdict import headline, suite_line, worst_gap_line

SURE = f"{100 * (1 - 2 * FIRST_LEVEL):.3g} %"
"""How sure an interval is that does not say otherwise."""

_SURE_AT_WORST = f"{100 * (1 - FIRST_LEVEL):.3g} %"

LEGEND = (
    "D is how much better mine is than the published number, at worst how much worse it may be "
    f"({_SURE_AT_WORST}); the margin is the smallest difference that matters. An interval above "
    "minus the margin means reproduced, above the margin beyond, below minus the margin short."
)
"""What a reader who does not know the words needs."""

_NO_WORSE = "no worse than "
_SPREAD_NAMES = {"sd": "SD", "sem": "SE", "2sd": "2 SD", "iqr": "IQR", "mad": "MAD"}
_PLAIN_CENTRES = ("mean", "single", "unknown")
_REASONLESS = (None, "interval")


@dataclass(frozen=True, slots=True)
class Measured:
    """One side of a comparison, as `3564.07`, `± 114.74`, `SD` and `10`; empty without a number.

    Attributes:
        centre: The number.
        spread: The spread with its sign, or its two ends; empty where there is none.
        kind: What the spread is, and what the number where that is not a mean.
        runs: How many runs; `?` where the paper does not say.
    """

    centre: str = ""
    spread: str = ""
    kind: str = ""
    runs: str = ""

    def spread_in(self, shared_kind: str) -> str:
        """Return the spread with its kind, unless the heading of the column says that."""
        kind = "" if self.kind == shared_kind else self.kind
        return f"{self.spread} {kind}".strip()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """What a reader wants to know of one result, as plain texts; empty where there is nothing.

    Attributes:
        task: The dataset or environment, told apart by the result's id where several share it.
        metric: What is measured, its unit, and an arrow to the better side.
        published: The number as it is printed.
        mine: My runs.
        difference: D.
        interval: Its interval, with its level where that is not the usual one.
        margin: The smallest difference that matters.
        verdict: The verdict with its qualifications.
        bound: How much worse mine is at most.
        basis: How the numbers were taken, and where the margin comes from.
        notes: What must be said with the verdict.
    """

    task: str
    metric: str
    published: Measured
    mine: Measured
    difference: str
    interval: str
    margin: str
    verdict: str
    bound: str
    basis: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """A paper's results as rows, and what all of them share, which is then said once.

    Attributes:
        heading: The verdict on the paper, and what is open, a line each.
        rows: A row for each result that was attempted, in the paper's order.
        metric: The metric, where all rows have the same.
        published_kind: What the published spreads are, where all are the same.
        my_kind: What mine are, likewise.
        notes: How the numbers were taken, and what must be said with the verdicts.
    """

    heading: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    metric: str
    published_kind: str
    my_kind: str
    notes: tuple[str, ...]


def comparison_table(paper: PaperComparison) -> ComparisonTable:
    """Return the table of a paper."""
    names = task_names([one.case.result for one in paper.results])
    rows = tuple(_row(one, name) for one, name in zip(paper.results, names, strict=True))
    metric = _shared([row.metric for row in rows])
    measured_in = [f"metric: {metric}"] if metric else []
    return ComparisonTable(
        heading=tuple(line.plain.strip() for line in paper_lines(paper.work, paper.verdict)),
        rows=rows,
        metric=metric,
        published_kind=_shared([row.published.kind for row in rows]),
        my_kind=_shared([row.mine.kind for row in rows if row.mine.centre]),
        notes=(*measured_in, *_row_notes(rows), *map(suite_line, paper.suites)),
    )


def with_kind(heading: str, kind: str) -> str:
    """Return the heading of a column with the kind that all its cells share."""
    return f"{heading} ({kind})" if kind else heading


def _shared(texts: Sequence[str]) -> str:
    """Return the text that all are; an empty one where they differ."""
    first, *others = texts or [""]
    return first if all(other == first for other in others) else ""


def task_names(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the tasks of results, each with the result's id where several have the same."""
    names = [dataset_text(result) for result in results]
    count = Counter(names)
    return tuple(
        f"{name} ({result.id})" if count[name] > 1 else name
        for name, result in zip(names, results, strict=True)
    )


def _row_notes(rows: Sequence[ComparisonRow]) -> Iterator[str]:
    """Yield how the numbers of rows were taken, once for all that share it, and their notes."""
    alike: dict[str, list[str]] = {}
    for row in rows:
        for part in row.basis:
            alike.setdefault(part, []).append(row.task)
    for part, tasks in alike.items():
        whose = "" if len(tasks) == len(rows) else f"{', '.join(tasks)}: "
        yield f"{whose}{part}"
    for row in rows:
        for note in row.notes:
            yield f"{row.task}: {note}"


def _row(compared: ResultComparison, task: str) -> ComparisonRow:
    verdict, result = compared.verdict, compared.case.result
    digits = digits_of(verdict, compared.case)
    difference, interval = _test(verdict, digits.margin)
    return ComparisonRow(
        task=task,
        metric=_metric(result),
        published=_published(result),
        mine=_measured(verdict.mine, digits.mine),
        difference=difference,
        interval=interval,
        margin=f"{verdict.margin.size:.{digits.margin}f}",
        verdict=headline(verdict).lower(),
        bound=_bound(verdict, result),
        basis=tuple(_basis(compared)),
        notes=tuple(_notes(compared)),
    )


def _metric(result: Result) -> str:
    metric = result.metric
    unit = "" if metric.unit == "1" or metric.unit in metric.name else f" ({metric.unit})"
    return f"{metric.name}{unit} {DIRECTION_ARROWS[metric.direction]}"


def _published(result: Result) -> Measured:
    """Return the published side as the paper prints it."""
    return Measured(
        centre=_with_minus(str(result.value.value)),
        spread=_spread_text(result.spread),
        kind=_kind(_spread_name(result.spread), result.value.centre),
        runs=str(result.runs.count or "?"),
    )


def _kind(spread: str, centre: str) -> str:
    what = "" if centre in _PLAIN_CENTRES else centre
    return ", ".join(part for part in (what, spread) if part)


def _spread_text(spread: Spread) -> str:
    if spread.low is not None and spread.high is not None:
        return _with_minus(f"[{spread.low}, {spread.high}]")
    if spread.value is None:
        return ""
    return f"± {spread.value}"


def _spread_name(spread: Spread) -> str:
    """Return what a spread is, as `95 % CI`, and over what where that is not over seeds."""
    if not _spread_text(spread):
        return ""
    over = "" if spread.over in ("seeds", "unknown") else f" over {spread.over}"
    if spread.kind == "unknown":
        return f"± of unknown kind{over}"
    if spread.kind == "ci":
        level = float(spread.level or 0)
        percent = f"{level if level > 1 else 100 * level:.3g} % " if level else ""
        return f"{percent}CI{over}"
    return f"{_SPREAD_NAMES.get(spread.kind, spread.kind)}{over}"


def _measured(sample: Sample | None, digits: int) -> Measured:
    if sample is None:
        return Measured()
    spread = "" if sample.sd is None else f"± {sample.sd:.{digits}f}"
    kind = _kind("SD" if spread else "", sample.what)
    return Measured(_with_minus(f"{sample.centre:.{digits}f}"), spread, kind, str(sample.n))


def _with_minus(number: str) -> str:
    return number.replace("-", "−")


def _test(verdict: Verdict, digits: int) -> tuple[str, str]:
    """Return D and its interval; an empty text where there is none."""
    interval = verdict.interval
    if verdict.difference is None:
        return "", ""
    difference = signed_number(verdict.difference, digits)
    if interval is None:
        return difference, ""
    low, high = signed_number(interval.low, digits), signed_number(interval.high, digits)
    ends = f"[{low}, {high}]"
    if verdict.level != FIRST_LEVEL:
        ends = f"{ends} at {100 * (1 - 2 * verdict.level):.3g} %"
    return difference, ends


def _bound(verdict: Verdict, result: Result) -> str:
    """Return how much worse mine is at most, to be read below the heading `at worst`.

    How sure that is, is said where it is not as usual.
    """
    if verdict.worst_gap is None:
        return ""
    said = worst_gap_line(verdict.worst_gap, verdict.bound_level, result)
    said = said.removeprefix(_NO_WORSE)
    return said.removesuffix(f" ({_SURE_AT_WORST})").replace(" the paper", "")


def _basis(compared: ResultComparison) -> Iterator[str]:
    """Yield how the numbers were taken, and where the margin comes from."""
    case, verdict = compared.case, compared.verdict
    paper, mine = case.result.rule, reducer_of(case.result, case.attempt)
    taken = f"{mine}; paper: {paper}" if mine.partition(" ")[0] != paper else mine
    yield f"number taken: {taken}"
    yield f"margin: {verdict.margin.origin}"
    if case.protocol.taken:
        same = ", ".join(one.text for one in case.protocol.taken)
        yield f"taken as in the paper: {same}"


def _notes(compared: ResultComparison) -> Iterator[str]:
    """Yield what no verdict may be handed on without."""
    case, verdict = compared.case, compared.verdict
    if verdict.cause not in _REASONLESS:
        yield str(verdict.cause)
    yield from verdict.deviations
    if compared.change is not None:
        yield change_line(compared.change, case, verdict)
