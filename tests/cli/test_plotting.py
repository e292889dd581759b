"""Drawing scores: what is found to draw, what is said of it, and what is never overwritten."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curriculum.reproduction.figures import ForestFigure, ResultFigure
from curriculum.services.context import Context
from curriculum.services.drawn_curves import CurveRequest
from curriculum.services.figures import FoundFigure, paper_figure, result_drawing
from curriculum.services.workspace import Workspace
from tests.cli.test_comparing import PAPER, said
from tests.workspaces import run, workspace

ADDING = "attention#adding"
NOW = datetime(2027, 1, 4, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose paper claims three results, with a log of two seeds."""
    made = workspace(tmp_path, paper=PAPER)
    for seed, last in ((1, 0.795), (2, 0.805)):
        lines = [f"{step},{seed},{last * step / 200}" for step in (0, 100, 200)]
        text = "\n".join(["step,seed,accuracy", *lines])
        (made / f"run-{seed}.csv").write_text(f"{text}\n", encoding="utf-8")
    return made


def scored(root: Path) -> None:
    paths = [str(root / f"run-{seed}.csv") for seed in (1, 2)]
    said(root, "score", ADDING, "--unit", "fraction", "--tag", "accuracy", "--from", *paths)


def found(root: Path, name: str = ADDING, **request: object) -> FoundFigure:
    space = Workspace(Context(root, NOW), results="none")
    if "#" not in name:
        return paper_figure(space, name)
    return result_drawing(space, name, CurveRequest(**request))  # type: ignore[arg-type]


def result_of(drawn: FoundFigure) -> ResultFigure:
    assert isinstance(drawn.values, ResultFigure)
    return drawn.values


def test_the_curves_of_the_recorded_runs_are_drawn_in_the_papers_unit(root: Path) -> None:
    scored(root)
    drawn = found(root)
    values = result_of(drawn)

    assert drawn.notes == ()
    assert [curve.xs for curve in values.curves] == [(0, 100, 200)] * 2
    assert [curve.values[-1] for curve in values.curves] == pytest.approx([79.5, 80.5])
    assert values.band is not None
    assert values.band.means == pytest.approx((0, 40, 80))
    assert (values.x_name, values.least) == ("step", 76)
    assert values.mine is not None
    assert values.mine.values == pytest.approx((79.5, 80.5))
    assert (values.published.centre, values.published.sd, values.published.n) == (80, 1, 5)


def test_a_log_that_has_gone_or_changed_is_said_to_have(root: Path) -> None:
    scored(root)
    (root / "run-1.csv").unlink()
    (root / "run-2.csv").write_text("step,accuracy\n0,0.1\n100,0.9\n", encoding="utf-8")

    drawn = found(root)
    gone, changed = drawn.notes
    assert "run-1.csv' is not there any more; '--from PATH' says where it is" in gone
    assert changed.endswith("run-2.csv' has changed since its score was recorded")
    assert [curve.values for curve in result_of(drawn).curves] == [pytest.approx((10, 90))]


def test_the_runs_of_one_file_are_found_again_by_their_seeds(root: Path) -> None:
    lines = [f"{step},{seed},{seed * step}" for seed in (7, 8) for step in (1, 2)]
    path = root / "all.csv"
    path.write_text("\n".join(["step,seed,accuracy", *lines]) + "\n", encoding="utf-8")
    reading = ("--tag", "accuracy", "--seed-from", "column:seed", "--from", str(path))
    said(root, "score", ADDING, *reading)

    assert [curve.values for curve in result_of(found(root)).curves] == [(7, 14), (8, 16)]


def test_typed_scores_have_no_curves_until_a_log_is_named(root: Path) -> None:
    said(root, "score", ADDING, "79", "80", "82")
    drawn = found(root)
    assert result_of(drawn).curves == ()
    assert drawn.notes == ("no curves: the scores were typed; '--from PATH --tag NAME' draws some",)

    named = found(root, paths=(root / "run-1.csv",), tag="accuracy", seed_from="order")
    assert len(result_of(named).curves) == 1
    assert result_of(named).mine is not None
    assert named.notes == ()


def test_curves_can_be_drawn_before_any_score_is_recorded(root: Path) -> None:
    drawn = result_of(found(root, paths=(root / "run-1.csv",), tag="accuracy"))
    assert drawn.mine is None
    assert len(drawn.curves) == 1


def test_a_forest_counts_in_margins(root: Path) -> None:
    said(root, "score", ADDING, "79", "80", "81")
    said(root, "score", "attention#sharing", "10", "11", "12", "--deviation", "on.version=v9")
    drawn = found(root, "attention")

    assert isinstance(drawn.values, ForestFigure)
    one, other = drawn.values.rows
    verdict = one.verdict
    assert verdict.interval is not None
    assert one.difference == pytest.approx(verdict.interval.difference / 4)
    assert one.low == pytest.approx(verdict.interval.low / 4)
    assert (other.difference, other.low) == (-19 / 4, None)
    assert drawn.notes == ("1 primary result not attempted and not drawn",)


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_the_ending_of_its_name_is_the_format_of_a_picture(root: Path, ending: str) -> None:
    scored(root)
    path = root / f"picture.{ending}"
    said(root, "plot", ADDING, "--output", str(path))

    assert path.read_bytes().startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[ending])


def test_a_picture_is_written_once_and_replaces_only_its_like(root: Path) -> None:
    scored(root)
    path = root / "picture.svg"
    command = ("plot", ADDING, "--output", str(path))

    assert said(root, *command) == f"wrote {path}\n"
    assert said(root, *command) == f"{path} is as it was\n"
    assert said(root, "plot", "attention", "--width", "page", "--output", str(path)) == (
        f"wrote {path}\n"
    )
    path.write_bytes(b"something else")
    refused = run(root, *command)
    assert (refused.exit_code, path.read_bytes()) == (1, b"something else")
    assert "was not made by this command" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("attention", "--output", "a.txt"), "end it with .png, .svg or .pdf"),
        (("attention", "--output", "a.png", "--tag", "loss"), "name it as PAPER#RESULT"),
        (("attention#adding", "run-1.csv", "--output", "a.png"), "paths go after '--from'"),
        (("attention#nothing", "--output", "a.png"), "has no result 'nothing'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    root: Path, arguments: tuple[str, ...], reason: str
) -> None:
    refused = run(root, "plot", *arguments)
    assert refused.exit_code == 2
    assert reason in refused.stderr


def test_without_scores_there_is_nothing_to_draw(root: Path) -> None:
    for name in ("attention", ADDING):
        refused = run(root, "plot", name, "--output", str(root / "a.png"))
        assert refused.exit_code == 1
        assert refused.stderr == (
            f"curriculum: no scores yet of {name}; 'curriculum score' records them\n"
        )


def test_without_matplotlib_the_command_says_how_to_install_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored(root)
    for name in list(sys.modules):
        if name.startswith("curriculum.views.figures."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    refused = run(root, "plot", ADDING, "--output", str(root / "a.png"))

    assert refused.exit_code == 1
    assert refused.stderr == (
        "curriculum: drawing needs matplotlib; install it with: pip install 'curriculum[plots]'\n"
    )
