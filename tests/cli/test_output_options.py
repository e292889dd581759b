"""`--color`, `--quiet` and the variables that other programs know, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from curriculum.cli.app import main
from tests.terminals import in_terminal
from tests.workspaces import TODAY, run, workspace

LATER = "2027-01-06"


def coloured(root: Path, *arguments: str, today: str = TODAY) -> Result:
    """Run a command whose output is not stripped of colours, unless the program strips it."""
    words = ["--today", today, "--workspace", str(root), *arguments]
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture(autouse=True)
def no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out what the machine of the developer wishes."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """Return a workspace whose plan was not followed for two days."""
    root = workspace(tmp_path)
    run(root, "plan")
    return root


@pytest.mark.parametrize("command", [["today"], ["week"], ["status"], ["next"], ["done", "x"]])
def test_colours_are_for_terminals_unless_one_asks_for_them(
    planned: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def has_colours(*options: str) -> bool:
        result = coloured(planned, *options, *command, today=LATER)
        return "\x1b[" in result.stdout

    shows = command != ["done", "x"]
    assert not has_colours()
    assert has_colours("--color") == shows
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert has_colours() == shows
    assert not has_colours("--no-color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colours()
    assert has_colours("--color") == shows
    monkeypatch.setenv("CURRICULUM_COLOR", "no")
    assert not has_colours()


def test_errors_have_colours_too(planned: Path) -> None:
    (planned / "journal.db").write_bytes(b"no journal" * 100)

    plain = coloured(planned, "today")
    red = coloured(planned, "--color", "today")

    assert plain.exit_code == red.exit_code == 1
    assert plain.stderr.startswith("curriculum: ")
    assert red.stderr.startswith("\x1b[38;5;160m\x1b[1mcurriculum:\x1b[0m ")


def test_a_terminal_shows_colours_and_no_color_takes_them_out(planned: Path) -> None:
    assert "\x1b[38;5;32m■" in in_terminal(planned, "today")
    for plain in (
        in_terminal(planned, "today", NO_COLOR="1"),
        in_terminal(planned, "--no-color", "today"),
        in_terminal(planned, "--no-color", "next"),
    ):
        assert "■" in plain
        assert "\x1b" not in plain


@pytest.mark.parametrize(
    "command",
    [
        ["plan"],
        ["done"],
        ["log", "sums", "1", "45m"],
        ["missed"],
        ["left", "sums", "1", "3h"],
        ["skip", "sums", "3"],
        ["start", "sums", "1"],
        ["undo"],
        ["calendar"],
        ["check"],
        ["journal", "export", "journal.jsonl"],
        ["score", "attention#none", "1"],
        ["done", "nothing"],
        ["unpin", "2027-01-05T19:00"],
    ],
    ids=" ".join,
)
def test_a_quiet_command_does_its_work_without_a_word(
    planned: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(planned)
    run(planned, "log", "sums", "1", "30m")
    before = (planned / "journal.db").read_bytes()
    quiet = run(planned, "--quiet", *command, today=LATER)
    changed = before != (planned / "journal.db").read_bytes()
    (planned / "journal.db").write_bytes(before)
    told = run(planned, *command, today=LATER)

    assert quiet.exit_code == told.exit_code
    assert quiet.stdout == ""
    assert quiet.stderr == (told.stderr if told.exit_code else "")
    assert changed == (before != (planned / "journal.db").read_bytes())


def test_quiet_shows_what_was_asked_for_without_advice(planned: Path) -> None:
    told = run(planned, "today", today=LATER).stdout
    quiet = run(planned, "-q", "today", today=LATER).stdout

    assert "'curriculum done'" in told
    assert quiet
    assert "'curriculum" not in quiet
    assert set(quiet.splitlines()) <= set(told.splitlines())


@pytest.mark.parametrize("command", [["library"], ["path", "attention"], ["plan", "--dry-run"]])
def test_quiet_leaves_out_what_sums_up(planned: Path, command: list[str]) -> None:
    told = run(planned, *command, today=LATER).stdout
    quiet = run(planned, "-q", *command, today=LATER).stdout

    assert quiet
    assert len(quiet) < len(told)
    assert told.startswith(quiet.rstrip()[:200])


def test_quiet_leaves_json_and_warnings_that_were_asked_for(tmp_path: Path) -> None:
    settings = "goals: [counting, ppo-2017]\navailability: {mon-fri: 19:00-21:00}\nknown: [sums]\n"
    root = workspace(tmp_path, settings=settings)

    assert run(root, "-q", "next", "--json").stdout == run(root, "next", "--json").stdout
    assert run(root, "-q", "check").stderr == run(root, "check").stderr
