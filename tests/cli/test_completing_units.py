"""After a work, the shell offers its units."""

from __future__ import annotations

from pathlib import Path

from click.shell_completion import BashComplete

from curriculum.cli.app import main
from tests.workspaces import workspace


def offered(root: Path, *typed: str) -> list[str]:
    complete = BashComplete(main, {}, "curriculum", "_CURRICULUM_COMPLETE")
    items = complete.get_completions(["--workspace", str(root), *typed], "")
    return [item.value for item in items]


def test_the_units_of_a_work_are_offered_after_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert offered(root, "done", "sums")[:3] == ["1", "2", "3"]
    assert offered(root, "done", "sums", "1", "attention")[:2] == ["read", "implement"]


def test_without_a_work_only_works_are_offered(tmp_path: Path) -> None:
    assert "1" not in offered(workspace(tmp_path), "done")
