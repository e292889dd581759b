"""A review lists the commits of the person's repositories, and runs nothing of theirs."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.workspaces import SETTINGS, run, said, workspace

REVIEW = "notebook/reviews/2027-W01.md"
DAYS = ("--of", "2027-W01")


def git(folder: Path, *words: str, at: str = "2027-01-05T12:00:00Z") -> None:
    author = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"}
    committer = {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"}
    dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", "-C", str(folder), *words],
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], **author, **committer, **dates, **quiet},
    )


def repository(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "-q")
    for at, subject in (
        ("2027-01-03T22:59:00Z", "the evening before"),
        ("2027-01-03T23:01:00Z", "next: clip the loss"),
        ("2027-01-10T22:59:00Z", "log \x1b[31mthe return"),
        ("2027-01-10T23:01:00Z", "the week after"),
    ):
        git(folder, "commit", "-q", "--allow-empty", "-m", subject, at=at)
    return folder


def test_a_review_lists_the_commits_of_its_days(tmp_path: Path) -> None:
    code = repository(tmp_path / "ppo")
    root = workspace(tmp_path / "w", settings=f"{SETTINGS}code: [{code}, ../ppo]\n")
    said(run(root, "review", *DAYS, today="2027-02-01"))
    text = (root / REVIEW).read_text(encoding="utf-8")
    _, _, progress = text.partition("## Code progress\n")
    listed = [line.partition(": ")[2] for line in progress.splitlines() if line.startswith("- ppo")]
    assert listed == ["next: clip the loss", "log  [31mthe return"] * 2
    made = json.loads(said(run(root, "review", *DAYS, "--json", today="2027-02-01")))
    assert [one["repository"] for one in made["code"]] == ["ppo"] * 4
    assert json.loads(said(run(root, "followups", "--json", today="2027-02-01"))) == []


def test_a_repository_that_is_not_there_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    code = repository(tmp_path / "ppo")
    root = workspace(tmp_path / "w", settings=f"{SETTINGS}code: {code}\n")
    said(run(root, "review", *DAYS, today="2027-02-01"))
    text = (root / REVIEW).read_text(encoding="utf-8")
    code.rename(tmp_path / "moved")
    again = run(root, "review", *DAYS, "--refresh", today="2027-02-01")
    assert f"the commits of '{code}' were not read: there is no such folder" in again.stderr
    assert (root / REVIEW).read_text(encoding="utf-8") == text
    code.mkdir()
    again = run(root, "review", *DAYS, "--refresh", today="2027-02-01")
    assert "were not read: not a git repository" in again.stderr


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.fsmonitor", "touch {trap}"),
        ("core.pager", "touch {trap}"),
        ("gpg.program", "touch {trap}"),
        ("core.hooksPath", "{hooks}"),
    ],
)
def test_no_program_of_a_repository_is_run(tmp_path: Path, key: str, value: str) -> None:
    code = repository(tmp_path / "ppo")
    trap, hooks = tmp_path / "trap", tmp_path / "hooks"
    hooks.mkdir()
    git(code, "config", key, value.format(trap=trap, hooks=hooks))
    git(code, "config", "log.showSignature", "true")
    root = workspace(tmp_path / "w", settings=f"{SETTINGS}code: {code}\n")
    said(run(root, "review", *DAYS, today="2027-02-01"))
    assert "clip the loss" in (root / REVIEW).read_text(encoding="utf-8")
    assert not trap.exists()
