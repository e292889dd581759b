"""Forests and curves as SVG: every number is in the table, and no label is over another."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from curriculum.model.verdicts import Verdict
from curriculum.reproduction.averages import Average
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.curves import TrainingCurve
from curriculum.reproduction.figures import ForestFigure, figure_of_result, forest_of
from curriculum.reproduction.papers import JudgedPaper, PaperVerdict
from curriculum.reproduction.verdicts import judge
from curriculum.views.html.curve_chart import curve_chart
from curriculum.views.html.forest_chart import forest_chart
from curriculum.views.text.signed_numbers import signed_number
from tests.drawings import drawings, outside, overlapping_labels, parsed, table_rows
from tests.reproduction.results import NAME, attempt, published

LONG = "A task with a name of many words that no column of a paper has room for, in <x>"


def compared(name: str, values: list[float], version: str = "v1") -> tuple[Case, Verdict]:
    """Return a comparison; with another version than v1, one that is not tested."""
    result = published("-100", "10", on={"name": name}, metric={"name": LONG})
    case = case_of(
        NAME, result, attempt(*values, deviations=[{"field": "on.version", "mine": version}])
    )
    return case, judge(case)


def forest(rows: int) -> ForestFigure:
    """Return a forest with results far away, and one that is not tested."""
    rng = random.Random(rows)
    found = {}
    for number in range(rows):
        centre = rng.choice([-100, -98, -104, -60, -300, 900])
        values = [rng.gauss(centre, rng.choice([0.5, 4, 20])) for _ in range(5)]
        name = f"{rng.choice(['Hopper', LONG])} {number}"
        found[str(number)] = compared(name, values, "v4" if number == 2 else "v1")
    whole = PaperVerdict("inconclusive", 0, rows, (), (), is_provisional=False)
    if rows > 1:
        tasks = tuple((name,) for name in found)
        whole = replace(whole, average=Average(tasks, -0.2, -0.9, 0.4, 0.04, "reproduced"))
    cases = {name: case for name, (case, _) in found.items()}
    results = {name: case.result for name, case in cases.items()}
    verdicts = {name: verdict for name, (_, verdict) in found.items()}
    return forest_of(JudgedPaper("paper-2018", results, cases, verdicts, whole))


@pytest.mark.parametrize("rows", [1, 7, 30])
def test_a_forest_is_sound_and_its_table_has_every_number(rows: int) -> None:
    values = forest(rows)

    chart = forest_chart(values)

    parsed(chart)
    for drawing in drawings(chart):
        assert overlapping_labels(drawing) == []
        assert outside(drawing) == []
    drawn = chart.partition('class="drawing narrow"')[2]
    cells = table_rows(chart)[1:]
    for row, shown in zip(values.rows, cells, strict=False):
        if row.difference is not None:
            far_away = f">{signed_number(row.difference, 0)}</text>"
            assert f": {signed_number(row.difference, 2)}</title>" in drawn or far_away in drawn
            assert shown[2] == signed_number(row.difference, 2)
        if row.low is not None and row.high is not None:
            assert shown[3:5] == [signed_number(row.low, 2), signed_number(row.high, 2)]
        assert shown[5].split() == [signed_number(run, 2) for run in row.runs]
    assert len(cells) == rows + (rows > 1)
    assert "<x>" not in chart


def test_the_mean_of_the_runs_in_margins_is_the_difference() -> None:
    for row in forest(7).rows:
        assert row.difference is not None
        assert sum(row.runs) / len(row.runs) == pytest.approx(row.difference)


@pytest.mark.parametrize("curves", [0, 1, 5])
def test_curves_are_sound_and_stay_in_their_drawing(curves: int) -> None:
    rng = random.Random(5)
    case, verdict = compared(LONG, [rng.gauss(-98, 5) for _ in range(5)])
    xs = tuple(1e4 * x for x in range(50))
    drawn = [
        TrainingCurve(xs, tuple(rng.gauss(-500 + 400 * x / 5e5, 20) for x in xs))
        for _ in range(curves)
    ]

    chart = curve_chart(figure_of_result(case, verdict, drawn, "env-steps"))

    parsed(chart)
    for drawing in drawings(chart):
        assert overlapping_labels(drawing) == []
        _, _, width, height = map(float, drawing.attrib["viewBox"].split())
        for line in drawing.iter("polyline"):
            for spot in line.attrib["points"].split():
                x, y = map(float, spot.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height
    assert len(re.findall("<polyline", chart)) == 2 * (curves + (curves > 1))
    assert len(table_rows(chart)) == 3 + curves
