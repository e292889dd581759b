"""What becomes of the work when the output cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspaces import BOOK, TODAY, run, workspace


def in_shell(root: Path, line: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `curriculum` works in a workspace on a fixed day."""
    call = f"{sys.executable} -c 'from curriculum.cli.app import main; main()'"
    shell = f'curriculum() {{ {call} --workspace "{root}" --today {TODAY} "$@"; }}\n{line}'
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), **changes}
    return subprocess.run(
        ["bash", "-c", shell],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
    )


def published(root: Path) -> bytes:
    """Return the ledger of what was published."""
    return (root / "calendars" / "ledger.json").read_bytes()


@pytest.mark.parametrize("reader", ["| head -2", "| true"])
def test_a_plan_is_published_though_its_reader_went_away(tmp_path: Path, reader: str) -> None:
    root = workspace(tmp_path / "one")
    done = in_shell(root, f"curriculum plan {reader}; exit ${{PIPESTATUS[0]}}")
    assert done.returncode in (0, 141)
    assert done.stderr == ""
    other = workspace(tmp_path / "other")
    run(other, "plan")
    assert len(published(root)) == len(published(other))


@pytest.mark.parametrize("target", ["/dev/full", "&-"])
def test_output_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, target: str) -> None:
    root = workspace(tmp_path)
    for command in ("plan", "done sums/1", "status"):
        done = in_shell(root, f"curriculum {command} >{target}")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("curriculum: the work is done, but its output")
    assert published(root)
    assert "sums/1" in run(root, "journal", "export").output


@pytest.mark.parametrize(
    ("command", "encoding"),
    [("plan", "iso-8859-1"), ("show sums", "cp1252"), ("status", "ascii"), ("today", "ascii")],
)
def test_characters_that_the_output_cannot_hold_are_replaced(
    tmp_path: Path, command: str, encoding: str
) -> None:
    root = workspace(tmp_path, book=BOOK.replace("A Book of Sums", "Σύνολα \U0001f9ee"))
    done = in_shell(root, f"curriculum {command}", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
