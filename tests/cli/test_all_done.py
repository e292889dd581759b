"""What a person sees when the last unit is done."""

from __future__ import annotations

from pathlib import Path

from tests.workspaces import run, workspace


def test_status_after_the_last_unit_says_what_was_done_when(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "Everything is done" not in run(root, "status").stdout
    run(root, "done", "sums", "attention", today="2027-01-20")
    run(root, "done", "counting", "--on", "2027-01-09", today="2027-01-20")

    result = run(root, "status", today="2027-06-01")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[lines.index("Everything is done.") + 1 :] == [
        "  counting: done on Sat 9 Jan 2027",
        "  attention: done on Wed 20 Jan 2027",
        "  sums: done on Wed 20 Jan 2027",
    ]
