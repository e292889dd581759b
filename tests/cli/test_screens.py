"""What a person sees in a terminal of 80 and of 120 columns."""

from __future__ import annotations

import re
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


SETTINGS = """\
title: Long titles
goals: [td3-2018/read, {work: counting, by: 2027-01-08}, "sutton-barto-2018/5-6"]
known: [sutton-barto-2018/1-4]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
"""
NOW = "2027-01-06"

SHOWN = [
    ["plan", "--dry-run"],
    ["plan", "--dry-run", "--all"],
    ["today"],
    ["week"],
    ["week", "--next"],
    ["status"],
    ["library"],
    ["next"],
    ["show", "td3-2018"],
    ["show", "sutton-barto-2018"],
    ["show", "sutton", "13"],
    ["path", "td3-2018"],
    ["path", "td3-2018", "--chain"],
    ["why", "counting", "--chain"],
    ["config"],
    ["undo", "--list"],
    ["results", "td3-2018", "--all"],
    ["compare"],
    ["scores", "td3-2018#td3-hopper"],
    ["ready", "td3-2018"],
    ["why", "counting"],
    ["log", "--list"],
    ["check"],
    ["help", "words"],
]


@pytest.fixture(scope="module")
def long_titles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a plan, records and scores of works with long titles."""
    root = workspace(tmp_path_factory.mktemp("long"), essay=ESSAY, settings=SETTINGS)
    run(root, "plan")
    run(root, "pin", "2027-01-07T19:00")
    run(root, "done", today="2027-01-05")
    run(root, "missed", "2027-01-05", today=NOW)
    run(root, "score", "td3-2018#td3-hopper", "3000", "3100", "2500", today=NOW)
    return root


def between_words(lines: list[str]) -> bool:
    """Whether no line ends within a word: one that is full ends where the next word has no room."""
    return not any(line.startswith(("…", ",", ".", ";", ")")) for line in lines)


@pytest.mark.parametrize("command", SHOWN, ids=" ".join)
def test_nothing_is_wider_than_the_screen(
    long_titles: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        result = run(long_titles, *command, today=NOW)
        lines = [*result.stdout.splitlines(), *result.stderr.splitlines()]

        assert result.exit_code == 0, result.stderr
        assert [line for line in lines if cell_len(line) > width] == []
        assert between_words(lines)


WORDS = re.compile(r"\S+")


@pytest.mark.parametrize(
    "command",
    [command for command in SHOWN if command[0] not in {"library", "show", "config"}],
    ids=" ".join,
)
def test_no_line_is_broken_within_a_word(
    long_titles: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """What begins a line on a narrow screen is a word on one without an edge, too."""
    monkeypatch.setenv("COLUMNS", "4000")
    words = set(WORDS.findall(run(long_titles, *command, today=NOW).stdout))
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(long_titles, *command, today=NOW).stdout.splitlines()

    assert {line.split()[0] for line in lines if line.strip()} <= words


@pytest.mark.parametrize(
    ("command", "begins"),
    [
        (["plan", "--dry-run"], "Read it and name the im"),
        (["status"], "Reinforcement Learning:"),
        (["library"], "Addressing Function Appr"),
        (["next"], "Read it and name the im"),
        (["show", "sutton-barto-2018"], "On-policy Prediction wi"),
        (["path", "counting"], "Read it and name the im"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_titles_keep_24_characters_on_80_columns(
    long_titles: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], begins: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert begins in run(long_titles, *command, today=NOW).stdout


def test_sessions_differ_by_sign_and_word(long_titles: Path) -> None:
    lines = run(long_titles, "week", today=NOW).stdout.splitlines()
    sessions = [line for line in lines if re.search(r"\d\d:\d\d-", line)]

    assert [line[0] for line in sessions if "2027" not in line][:4] == ["✓", "✓", "✗", "✗"]
    assert all(line[15] in "■○" for line in sessions)
    assert any(line.endswith("(done)") for line in sessions)
    assert any(line.endswith("(missed)") for line in sessions)
    assert any(line.endswith("◆ pinned") for line in sessions)


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
    assert "and 7 more goals\n" in shown
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
