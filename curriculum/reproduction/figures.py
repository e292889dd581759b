"""What there is to draw of verdicts, as numbers: of one result, and of a paper's results together.

Drawing them is left to `views`, so that a picture and a page show the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Sample, Verdict
from curriculum.reproduction.averages import Average
from curriculum.reproduction.case import Case
from curriculum.reproduction.curves import CurveBand, TrainingCurve, band_of
from curriculum.reproduction.my_runs import per_seed, unit_scale
from curriculum.reproduction.papers import JudgedPaper
from curriculum.reproduction.published import readings_of


@dataclass(frozen=True, slots=True)
class DrawnSide:
    """One side of a comparison, in the metric's unit.

    Attributes:
        centre: The mean, or what else the paper prints.
        sd: The standard deviation over runs; None where it is not known.
        n: How many runs; None where the paper does not say.
        values: One for each run, where they are known.
    """

    centre: float
    sd: float | None
    n: int | None
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """What there is to draw of a result.

    Attributes:
        case: My attempt at it.
        published: The paper's side.
        mine: My side; None where there is no run.
        verdict: The verdict on my attempt.
        least: The published number less the margin, on its worse side; None where the margin is
            not one of that number, or has two sides as around a target.
        curves: My training curves.
        band: The mean and spread of these; None for fewer than two.
        x_name: What their x counts.
    """

    case: Case
    published: DrawnSide
    mine: DrawnSide | None
    verdict: Verdict
    least: float | None
    curves: tuple[TrainingCurve, ...] = ()
    band: CurveBand | None = None
    x_name: str = ""


def figure_of_result(
    case: Case, verdict: Verdict, curves: Sequence[TrainingCurve] = (), x_name: str = ""
) -> ResultFigure:
    """Return what there is to draw of a result.

    Args:
        case: My attempt at it.
        verdict: The verdict on that.
        curves: My training curves, in the paper's unit.
        x_name: What their x counts.
    """
    result = case.result
    least = None
    if result.metric.target is None and result.claim.kind == "value":
        least = result.value.number - case.sign * case.margin.size
    return ResultFigure(
        case=case,
        published=_published_side(result),
        mine=_my_side(case, verdict.mine),
        verdict=verdict,
        least=least,
        curves=tuple(curves),
        band=band_of(curves),
        x_name=x_name,
    )


def _published_side(result: Result) -> DrawnSide:
    values = tuple(float(value) for value in result.runs.values or ())
    reading = readings_of(result)[0]
    return DrawnSide(result.value.number, reading.sd, result.runs.count, values)


def _my_side(case: Case, sample: Sample | None) -> DrawnSide | None:
    """Return my side; the values of a metric with a target are drawn, not their distances to it."""
    scale = unit_scale(case.attempt.unit, case.result.metric.unit)
    runs = per_seed(case.attempt.runs)[: case.attempt.seeds]
    finished = [run for run in runs if run.value is not None]
    values = tuple(scale * run.value for run in finished if run.value is not None)
    if not values or sample is None:
        return None
    is_single = all(run.of == 1 for run in finished)
    centre = sample.centre if case.result.metric.target is None else sum(values) / len(values)
    return DrawnSide(centre, sample.sd, sample.n, values if is_single else ())


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A result in the forest of a paper, in margins: −1 is worse by the margin.

    Attributes:
        result: The published record.
        verdict: The verdict on my attempt.
        difference: D; None where the two numbers cannot be subtracted.
        low: The lower end of its interval; None where nothing was tested.
        high: The upper end.
        runs: How much better each of my runs is than the published number; empty where they are
            not known one by one, or are not compared with that number.
        spread: The published standard deviation; None where it is not known, or likewise.
    """

    result: Result
    verdict: Verdict
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    runs: tuple[float, ...] = ()
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class ForestFigure:
    """What there is to draw of a paper.

    Attributes:
        work: Its name.
        rows: A row for each result that was attempted, in its order.
        average: The mean over its tasks, in margins as well; None for fewer than two.
    """

    work: str
    rows: tuple[ForestRow, ...]
    average: Average | None = None


def forest_of(judged: JudgedPaper) -> ForestFigure:
    """Return the forest of a paper's verdicts."""
    rows = [_forest_row(case, judged.verdicts[name]) for name, case in judged.cases.items()]
    return ForestFigure(judged.work, tuple(rows), judged.verdict.average)


def _forest_row(case: Case, verdict: Verdict) -> ForestRow:
    interval, margin, difference = verdict.interval, verdict.margin.size, verdict.difference
    if margin == 0 or difference is None:
        return ForestRow(case.result, verdict)
    row = _with_runs(ForestRow(case.result, verdict, difference / margin), case)
    if interval is None:
        return row
    return replace(row, low=interval.low / margin, high=interval.high / margin)


def _with_runs(row: ForestRow, case: Case) -> ForestRow:
    """Return a row with my runs one by one, where a run can be compared with the number."""
    result, margin = case.result, case.margin.size
    mine = _my_side(case, row.verdict.mine)
    if mine is None or result.metric.target is not None or result.claim.kind != "value":
        return row
    paper = _published_side(result)
    runs = [case.sign * (value - paper.centre) / margin for value in mine.values]
    spread = None if paper.sd is None else paper.sd / margin
    return replace(row, runs=tuple(runs), spread=spread)
