"""What a person sees in a terminal of 80 and of 120 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.workspaces import run, workspace

TITLE = "Read it and name the important problems of the whole field"
ESSAY = f"""\
kind: paper
title: On Counting
steps:
  - {{id: read, title: {TITLE}, effort: 4h}}
"""


@pytest.mark.parametrize(
    "command",
    [
        ["plan", "--dry-run"],
        ["status"],
        ["library"],
        ["next"],
        ["show", "td3-2018"],
        ["path", "td3-2018"],
        ["path", "td3-2018", "--chain"],
        ["why", "attention", "--chain"],
        ["config"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("width", [80, 120])
def test_no_table_is_wider_than_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run(workspace(tmp_path), *command).stdout.splitlines()

    assert max(map(cell_len, lines)) <= width
    assert not any(line.startswith("…") for line in lines)


def test_a_wide_screen_shows_whole_titles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")

    assert TITLE in run(workspace(tmp_path, essay=ESSAY), "next").stdout


def test_colours_are_left_out_where_no_color_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = run(root, "plan", "--dry-run").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run(root, "plan", "--dry-run").stdout

    assert "\x1b[38;5;32m" in coloured
    assert "\x1b[38" not in plain
    assert "■" in plain
    assert "○" in plain


def test_a_plan_fits_one_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in example: 10 goals, and some 15 sessions a week."""
    monkeypatch.setenv("COLUMNS", "80")
    settings = Path(__file__).parents[2].joinpath("syllabi/curriculum.yaml").read_text("utf-8")
    root = workspace(tmp_path, settings=settings)
    shown = run(root, "plan", "--dry-run").stdout

    assert len(shown.splitlines()) < 24
    assert shown.startswith("The week from Mon 4 Jan 2027")
    assert "and 6 more goals\n" in shown
    assert "Balance  ■ textbooks 61 % (target 50 %)  ○ papers 39 % (target 50 %)\n" in shown
    assert "Forecast" in run(root, "plan", "--dry-run", "--all").stdout


def test_a_plan_that_changes_much_still_fits_one_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(workspace(tmp_path))
    run(Path(), "plan")
    shown = run(Path(), "plan", today="2027-01-08").stdout

    assert "not logged" in shown
    assert len(shown.splitlines()) < 24


def test_what_is_late_stands_on_the_first_screen(tmp_path: Path) -> None:
    settings = "goals: [{work: attention, by: 2027-01-08}]\navailability: {mon-fri: 19:00-20:00}\n"
    shown = run(workspace(tmp_path, settings=settings), "plan").stdout

    assert "! late: " in shown
    assert " short by Fri 8 Jan 2027; " in shown
