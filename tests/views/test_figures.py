"""Pictures: nothing covers anything else, letters can be read, and the bytes stay the same."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from typing import Literal

import matplotlib
import pytest
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from curriculum.model.verdicts import Verdict
from curriculum.reproduction.averages import Average
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.curves import TrainingCurve
from curriculum.reproduction.figures import ForestFigure, figure_of_result, forest_of
from curriculum.reproduction.papers import JudgedPaper, PaperVerdict
from curriculum.reproduction.verdicts import judge
from curriculum.views.figures.forest import draw_forest
from curriculum.views.figures.formats import PictureFormat, PictureWidth
from curriculum.views.figures.pictures import (
    WIDTHS,
    cut_to_width,
    house_style,
    picture,
    text_width,
)
from curriculum.views.figures.result import draw_result
from tests.reproduction.results import NAME, attempt, published

LONG = "A task with a name of many words that no column of a paper has room for, in $x_1$"
BOTH: tuple[PictureWidth, ...] = ("column", "page")


def compared(name: str, values: list[float], version: str = "v1") -> tuple[Case, Verdict]:
    """Return a comparison; with another version than v1, one that is not tested."""
    result = published("-100", "10", on={"name": name}, metric={"name": LONG})
    runs = attempt(*values, deviations=[{"field": "on.version", "mine": version}])
    case = case_of(NAME, result, runs)
    return case, judge(case)


def judged(found: dict[str, tuple[Case, Verdict]]) -> JudgedPaper:
    """Return a paper of some comparisons, with a mean over its tasks."""
    whole = PaperVerdict("inconclusive", 0, len(found), (), (), is_provisional=False)
    tasks = tuple((name,) for name in found)
    if len(found) > 1:
        whole = replace(whole, average=Average(tasks, -0.2, -0.9, 0.4, 0.04, "reproduced"))
    results = {name: case.result for name, (case, _) in found.items()}
    cases = {name: case for name, (case, _) in found.items()}
    verdicts = {name: verdict for name, (_, verdict) in found.items()}
    return JudgedPaper(
        "a-paper-with-a-very-long-name-that-has-no-end-2018-and-more-of-it",
        results,
        cases,
        verdicts,
        whole,
    )


def forest(rows: int) -> ForestFigure:
    """Return a forest of every verdict, some of it far away, one of it not tested."""
    rng = random.Random(rows)
    found = {}
    for number in range(rows):
        centre = rng.choice([-100, -98, -104, -60, -300, 900])
        values = [rng.gauss(centre, rng.choice([0.5, 4, 20])) for _ in range(5)]
        name = f"{rng.choice(['Hopper', LONG])} {number}"
        found[str(number)] = compared(name, values, "v4" if number == 2 else "v1")
    return forest_of(judged(found))


def result_figure(width: PictureWidth, *, curves: bool) -> Figure:
    rng = random.Random(5)
    case, verdict = compared(LONG, [rng.gauss(-98, 5) for _ in range(5)])
    xs = tuple(1e4 * x for x in range(50))
    drawn = [
        TrainingCurve(xs, tuple(rng.gauss(-500 + 400 * x / 5e5, 20) for x in xs))
        for _ in range(5 * curves)
    ]
    return draw_result(figure_of_result(case, verdict, drawn, "env-steps"), width)


def texts(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Text, Bbox]]:
    """Return the texts that are drawn, with the boxes they fill; ticks outside an axis are not."""
    drawn: list[Text] = []
    draw = Text.draw

    def noted(text: Text, renderer: RendererBase) -> None:
        drawn.append(text)
        draw(text, renderer)

    with house_style(), monkeypatch.context() as patch:
        patch.setattr(Text, "draw", noted)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        return {
            f"{number} {text.get_text()}": (text, text.get_window_extent(renderer))
            for number, text in enumerate(drawn)
            if text.get_visible() and text.get_text().strip()
        }


def require_legible(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text covers another one, leaves the picture, or is too small to read."""
    seen = texts(figure, monkeypatch)
    assert len(seen) >= 5
    paper = figure.bbox
    for name, (text, box) in seen.items():
        assert float(text.get_fontsize()) >= 7, name
        assert paper.x0 - 1 <= box.x0 <= box.x1 <= paper.x1 + 1, name
        assert paper.y0 - 1 <= box.y0 <= box.y1 <= paper.y1 + 1, name
    for (one, (_, first)), (other, (_, second)) in combinations(seen.items(), 2):
        overlap = Bbox.intersection(first, second)
        # Boxes are as high as the tallest letter, so that they may touch.
        assert overlap is None or min(overlap.width, overlap.height) < 2, (one, other)


@pytest.mark.parametrize(
    ("rows", "width"), [(1, "column"), (7, "column"), (7, "page"), (49, "column"), (49, "page")]
)
def test_a_forest_can_be_read_however_many_results_it_has(
    rows: int, width: PictureWidth, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = draw_forest(forest(rows), width)

    assert figure.get_figwidth() == WIDTHS[width]
    assert figure.get_figheight() < 9.5
    require_legible(figure, monkeypatch)


@pytest.mark.parametrize("width", BOTH)
@pytest.mark.parametrize("curves", [True, False])
def test_a_result_can_be_read_with_and_without_curves(
    curves: bool, width: PictureWidth, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = result_figure(width, curves=curves)

    assert figure.get_figwidth() == WIDTHS[width]
    require_legible(figure, monkeypatch)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_numbers_make_the_same_bytes(form: PictureFormat) -> None:
    first = picture(result_figure("column", curves=True), form)
    with matplotlib.rc_context({"font.size": 20, "svg.hashsalt": "other", "text.usetex": False}):
        second = picture(result_figure("column", curves=True), form)

    assert first == second
    assert b"curriculum plot" in first
    starts: dict[Literal["png", "svg", "pdf"], bytes] = {
        "png": b"\x89PNG",
        "svg": b"<?xml",
        "pdf": b"%PDF",
    }
    assert first.startswith(starts[form])


def test_drawing_leaves_the_settings_of_others_alone() -> None:
    before = dict(matplotlib.rcParams)
    picture(draw_forest(forest(1), "column"), "svg")

    assert dict(matplotlib.rcParams) == before


def test_the_middle_of_a_long_name_is_left_out() -> None:
    short = cut_to_width(LONG, 7, 1.5)

    assert text_width(short, 7) <= 1.5
    front, _, back = short.partition("…")
    assert front
    assert back
    assert LONG.startswith(front)
    assert LONG.endswith(back)
    assert cut_to_width("Hopper", 7, 1.5) == "Hopper"
