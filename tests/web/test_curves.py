"""Training curves are shown where scores were read from logs, as the logs are now."""

from __future__ import annotations

from pathlib import Path

from tests.web.pages import browser
from tests.web.views import DAY, lived_in
from tests.workspaces import run, said


def test_curves_of_recorded_runs_are_drawn_with_a_table_behind_them(tmp_path: Path) -> None:
    page = browser(lived_in(tmp_path), DAY)

    assert 'href="/results/counting#curves"' in page.get("/results")
    text = page.get("/results/counting")
    assert "3 training curves and the published number" in text
    for number, seed in enumerate((1, 2, 3), start=1):
        last = f"{1 - 1 / (19 + seed):.6g}"
        assert f"curve {number}</th><td>{last}" in text.replace(' class="num"', ""), text


def test_a_log_that_changed_or_is_gone_is_said_on_the_next_load(tmp_path: Path) -> None:
    page = browser(lived_in(tmp_path), DAY)
    assert "is not there any more" not in page.get("/results/counting")

    (tmp_path / "run-1.csv").unlink()
    (tmp_path / "run-2.csv").write_text("step,x\n0,0.5\n1,0.6\n")

    text = page.get("/results/counting")
    assert "run-1.csv&#39; is not there any more" in text
    assert "run-2.csv&#39; has changed since its score was recorded" in text
    assert "2 training curves" in text


def test_typed_scores_have_no_curves(tmp_path: Path) -> None:
    page = browser(lived_in(tmp_path), DAY)
    said(run(tmp_path, "score", "counting#r", "--new", "0.9", "1.1", today=DAY))

    assert "#curves" not in page.get("/results")
    assert "Training curves" not in page.get("/results/counting")
