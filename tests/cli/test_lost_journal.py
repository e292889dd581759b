"""A journal that was lost is not taken for one that was never begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import run, workspace

COMMANDS = (
    ("plan",),
    ("today",),
    ("status",),
    ("log", "sums/1", "30m"),
    ("undo",),
    ("journal", "export"),
)
LATER = "2027-01-11"


def contents(root: Path) -> dict[Path, bytes]:
    """Return every file of a workspace with its bytes."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_journal_beside_past_sessions_is_refused(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "log", "sums/1", "30m")
    journal = root / "journal.db"
    journal.write_bytes(b"")
    before = contents(root)
    result = run(root, *command, today=LATER)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"curriculum: the journal '{journal}' is empty, although published sessions are over; "
        "restore it from a copy, or remove it if nothing was ever recorded\n"
    )
    assert contents(root) == before


def test_an_empty_journal_before_the_first_session_is_a_new_one(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "journal.db").write_bytes(b"")
    assert run(root, "plan").exit_code == 0
    assert run(root, "log", "sums/1", "30m").exit_code == 0


@pytest.mark.parametrize("target", ["missing.db", "journal.db"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_journal_that_is_a_link_to_nothing_is_refused(
    tmp_path: Path, command: tuple[str, ...], target: str
) -> None:
    root = workspace(tmp_path)
    journal = root / "journal.db"
    journal.symlink_to(root / target)
    before = contents(root)
    result = run(root, *command)

    assert result.exit_code == 1
    assert result.stderr == (
        f"curriculum: the journal '{journal}' is a link to a file that is missing; "
        "nothing was recorded\n"
    )
    assert contents(root) == before
