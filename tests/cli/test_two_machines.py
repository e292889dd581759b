"""One person, two machines: what both recorded is merged by git, or imported."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.disk.journal import read_facts
from curriculum.progress.state import replay
from tests.workspaces import run, workspace

DRIVER = "from curriculum.cli.app import main; main()"


@pytest.fixture
def git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git read no settings of the person who runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@example.org")


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder."""
    return subprocess.run(
        ["git", *arguments], cwd=root, check=False, capture_output=True, text=True
    )


def machine(root: Path, origin: Path) -> Path:
    """Clone a workspace, with the merge driver that `init` names."""
    assert git(root.parent, "clone", "-q", str(origin), root.name).returncode == 0
    driver = f"{shlex.quote(sys.executable)} -c {shlex.quote(DRIVER)} journal merge %O %A %B"
    git(root, "config", "merge.curriculum.driver", driver)
    return root


def commit(root: Path) -> None:
    """Commit everything in a clone."""
    git(root, "add", "-A")
    done = git(root, "commit", "-q", "-m", "study")
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("git_settings")
def test_git_merges_what_two_machines_recorded(tmp_path: Path) -> None:
    origin = workspace(tmp_path / "origin")
    git(origin, "init", "-q")
    run(origin, "init")
    run(origin, "log", "sums/1", "30m")
    commit(origin)
    laptop = machine(tmp_path / "laptop", origin)
    desktop = machine(tmp_path / "desktop", origin)
    run(laptop, "done", "sums/1", "--took", "2h", today="2027-01-05")
    run(desktop, "log", "sums/2", "20m", today="2027-01-06")
    run(desktop, "left", "sums/1", "30m", today="2027-01-07")
    commit(laptop)
    commit(desktop)

    for here, there in ((laptop, desktop), (desktop, laptop)):
        git(here, "fetch", "-q", str(there), "HEAD:refs/heads/other")
    for here in (laptop, desktop):
        merged = git(here, "merge", "-q", "--no-edit", "other")
        assert merged.returncode == 0, merged.stdout + merged.stderr

    facts = read_facts(laptop / "journal.db")
    assert [fact.kind for fact in facts] == ["studied", "finished", "studied", "left"]
    assert not replay(facts).finished
    assert replay(facts) == replay(read_facts(desktop / "journal.db"))
    assert (laptop / "journal.db").read_bytes() == (desktop / "journal.db").read_bytes()
    assert run(laptop, "log", "sums/1", "5m").exit_code == 0


@pytest.mark.usefixtures("git_settings")
def test_a_damaged_journal_is_left_to_the_person(tmp_path: Path) -> None:
    ours = workspace(tmp_path / "ours") / "journal.db"
    theirs = workspace(tmp_path / "theirs") / "journal.db"
    for path in (ours, theirs):
        for _ in range(60):
            run(path.parent, "log", "sums/1", "1m")
    before, good = ours.read_bytes(), theirs.read_bytes()

    for damaged in (good[: len(good) // 2], b"", b"SQLite format 3\0", b"<<<<<<< HEAD\n"):
        theirs.write_bytes(damaged)
        result = run(tmp_path, "journal", "merge", str(theirs), str(ours), str(theirs))
        assert result.exit_code == 1
        assert result.stderr.startswith(f"curriculum: the journal '{theirs}' ")
        assert ours.read_bytes() == before
    theirs.write_bytes(good)
    ours.write_bytes(b"")
    assert run(tmp_path, "journal", "merge", str(ours), str(ours), str(theirs)).exit_code == 1
    assert ours.read_bytes() == b""


def test_the_journal_of_another_machine_is_imported(tmp_path: Path) -> None:
    laptop, desktop = workspace(tmp_path / "laptop"), workspace(tmp_path / "desktop")
    run(laptop, "done", "sums/1", "--took", "2h", today="2027-01-05")
    run(desktop, "log", "sums/2", "20m", today="2027-01-04")
    run(desktop, "left", "sums/1", "30m", today="2027-01-06")
    run(desktop, "done", "sums/1", today="2027-01-03")

    result = run(desktop, "journal", "import", str(laptop / "journal.db"))
    assert result.stdout == "imported 1 fact; already known: 0\n"
    assert run(laptop, "journal", "import", str(desktop / "journal.db")).exit_code == 0
    facts = read_facts(desktop / "journal.db")
    assert facts == read_facts(laptop / "journal.db")
    assert len({fact.id for fact in facts}) == len(facts)
    again = run(desktop, "journal", "import", str(laptop / "journal.db")).stdout
    assert again == f"imported 0 facts; already known: {len(facts)}\n"
    assert run(desktop, "undo").exit_code == 0


@pytest.mark.parametrize("name", ["journal.db", "link.db", "elsewhere/copy.sqlite"])
def test_a_journal_is_not_replaced_by_its_export(tmp_path: Path, name: str) -> None:
    root = workspace(tmp_path)
    run(root, "log", "sums/1", "30m")
    journal = root / "journal.db"
    before = journal.read_bytes()
    (root / "link.db").symlink_to(journal)
    (root / "elsewhere").mkdir()
    (root / "elsewhere/copy.sqlite").write_bytes(before)

    result = run(root, "journal", "export", str(root / name))
    assert result.exit_code == 2
    assert "is a journal, which an export would replace" in result.stderr
    assert (root / name).read_bytes() == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"journal.db merge=curriculum\n"),
        (b"*.ics text\r\n", b"*.ics text\r\njournal.db merge=curriculum\n"),
        (b"# \xff no end", b"# \xff no end\njournal.db merge=curriculum\n"),
        (b"journal.db -merge\n", b"journal.db -merge\n"),
        (b"/journal.db  merge=curriculum\n*.x y\n", b"/journal.db  merge=curriculum\n*.x y\n"),
        (b"journal.db diff=x\n", b"journal.db diff=x\njournal.db merge=curriculum\n"),
    ],
)
def test_init_names_the_merge_driver_and_leaves_the_rest(
    tmp_path: Path, before: bytes | None, after: bytes
) -> None:
    attributes = tmp_path / ".gitattributes"
    if before is not None:
        attributes.write_bytes(before)
    first = run(tmp_path, "init").stdout
    second = run(tmp_path, "init").stdout

    assert attributes.read_bytes() == after
    assert ("made .gitattributes" in first) == (before is None)
    assert ("added a line to .gitattributes" in first) == (before not in (None, after))
    assert "nothing was changed" in second
    assert "git config merge.curriculum.driver 'curriculum journal merge %O %A %B'" in second
