"""Which folder a command works in, and what it says outside any."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from curriculum.cli.app import ANYWHERE, COMMANDS, main
from tests.workspaces import TODAY, run, workspace

ARGUMENTS = {
    "edit": ("ppo-2017",),
    "rename": ("ppo-2017", "clip-2017"),
    "note": ("ran 3 seeds",),
    "idea": ("one critic",),
    "explored": ("one-critic", "3h"),
    "ablation": ("clip", "--of", "ppo-2017#ppo-pong", "--before", "1", "--after", "2"),
    "predict": ("it rains", "--p", "65%"),
    "predicted": ("it-rains", "true", "--evidence", "a look"),
    "goal": ("ppo-2017",),
    "log": ("ppo-2017/read", "1h"),
    "left": ("ppo-2017/read", "1h"),
    "pin": ("2027-01-05T19:00",),
    "unpin": ("2027-01-05T19:00",),
    "plot": ("ppo-2017", "--output", "ppo.png"),
    "power": ("ppo-2017#ppo-pong",),
    "scores": ("ppo-2017#ppo-pong",),
    "score": ("ppo-2017#ppo-pong", "1"),
    "start": ("ppo-2017/read",),
    "skip": ("ppo-2017/read",),
    "reopen": ("ppo-2017/read",),
    "why": ("ppo-2017/read",),
}


def here(*arguments: str) -> Result:
    """Run a command in the working folder on a fixed day."""
    return CliRunner().invoke(main, ["--today", TODAY, *arguments], catch_exceptions=False)


def test_a_command_finds_the_workspace_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    below = root / "notes" / "week 1"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    planned = here("plan")
    assert f"Published to {Path('..', '..', 'calendars')}" in planned.stdout
    assert here("done", "sums/1").exit_code == 0
    assert (root / "journal.db").exists()
    assert not list(below.iterdir())
    assert here("status").stdout == run(root, "status").stdout


def test_a_journal_alone_makes_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(workspace(tmp_path / "other"), "done", "sums/1")
    (tmp_path / "journal.db").write_bytes((tmp_path / "other" / "journal.db").read_bytes())
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert here("undo", "--json").exit_code == 0


@pytest.mark.parametrize(
    "command", sorted(set(COMMANDS) - ANYWHERE - {"journal", "followup", "new"})
)
def test_outside_a_workspace_a_command_says_so_and_creates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = here(command, *ARGUMENTS.get(command, ()))
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr == (
        "curriculum: this folder is not in a workspace; start one here with 'curriculum init'\n"
    )
    assert here(command, "--help").exit_code == 0
    assert not list(tmp_path.iterdir())


def test_the_journal_is_not_imported_outside_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here("journal", "import", "-").exit_code == 1
    assert here("journal", "export").exit_code == 1
    assert here("journal", "import", "--help").exit_code == 0
    assert not list(tmp_path.iterdir())


def test_a_workspace_that_does_not_exist_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    for command in ("today", "plan", "status"):
        said = run(missing, command)
        assert said.exit_code == 1
        assert said.stdout == ""
        assert said.stderr == (
            f"curriculum: '{missing}' does not exist; "
            f"start one there with 'curriculum --workspace {missing} init'\n"
        )
    assert not missing.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("library",),
        ("show", "ppo-2017"),
        ("path", "ppo-2017"),
        ("results", "ppo-2017"),
        ("schema",),
    ],
)
def test_the_built_in_library_is_read_outside_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here(*command).exit_code == 0
    assert not list(tmp_path.iterdir())


def test_a_workspace_may_be_started_below_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = workspace(tmp_path) / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert here("init").exit_code == 0
    assert (below / "syllabi" / "curriculum.yaml").exists()


def test_names_are_completed_from_the_workspace_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = workspace(tmp_path) / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    shell = ShellComplete(main, {}, "curriculum", "_CURRICULUM_COMPLETE")
    assert [one.value for one in shell.get_completions(["done"], "atten")] == ["attention"]
