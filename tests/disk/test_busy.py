"""Busy calendars are found by file, folder and pattern; what is named and missing is a problem."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from curriculum.disk import busy
from curriculum.disk.busy import own_calendars, read_busy_files
from curriculum.model.problems import Place


@pytest.fixture
def root(tmp_path: Path) -> Path:
    workspace = tmp_path / "work [1]"
    for name in (
        "calendars/busy/b.ics",
        "calendars/busy/a.ics",
        "calendars/papers.ics",
        "other/deep/c.ICS",
        "other/d",
        "brackets [old]/e.ics",
    ):
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text(name)
    return workspace


PLACE = Place("settings", 2, 1)


def labels(root: Path, pattern: str) -> list[str]:
    found = read_busy_files(root, pattern, PLACE, own_calendars(root / "calendars"))
    assert found.problems == ()
    return [label for label, _ in found.files]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("calendars/busy/*.ics", ["calendars/busy/a.ics", "calendars/busy/b.ics"]),
        ("calendars/busy", ["calendars/busy/a.ics", "calendars/busy/b.ics"]),
        ("calendars/busy/b.ics", ["calendars/busy/b.ics"]),
        ("calendars/**/*.ics", ["calendars/busy/a.ics", "calendars/busy/b.ics"]),
        ("calendars/papers.ics", []),
        ("other", ["other/deep/c.ICS"]),
        ("oth*", ["other/deep/c.ICS"]),
        ("other/d", ["other/d"]),
        ("nothing/*.ics", []),
        ("brackets [old]/*.ics", ["brackets [old]/e.ics"]),
        ("[o]ther/*", []),
    ],
)
def test_files_folders_and_patterns_are_found(
    root: Path, pattern: str, expected: list[str]
) -> None:
    assert labels(root, pattern) == expected


def test_the_bytes_are_those_of_the_file(root: Path) -> None:
    assert read_busy_files(root, "other/d", PLACE).files == (("other/d", b"other/d"),)


def test_the_home_and_full_paths_are_understood(root: Path, own_home: Path) -> None:
    (own_home / "mine.ics").write_text("mine")
    assert labels(root, "~/mine.ics") == [(own_home / "mine.ics").as_posix()]
    assert labels(root, f"{own_home}/*.ics") == [(own_home / "mine.ics").as_posix()]
    assert labels(root, str(root / "other" / "d")) == ["other/d"]


def test_a_home_is_not_read_as_a_pattern(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "a*[b]"
    home.mkdir()
    (home / "mine.ics").write_text("mine")
    monkeypatch.setenv("HOME", str(home))
    assert labels(root, "~/*.ics") == [(home / "mine.ics").as_posix()]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("gone.ics", "there is no busy calendar 'gone.ics'"),
        ("~nobody-of-this-name/a.ics", "there is no busy calendar '~nobody-of-this-name/a.ics'"),
        (
            "ftp://example.org/a.ics",
            "'ftp://example.org/***' is not an address that can be asked",
        ),
    ],
)
def test_a_named_calendar_that_is_missing_is_a_problem(
    root: Path, pattern: str, message: str
) -> None:
    found = read_busy_files(root, pattern, PLACE)
    (problem,) = found.problems
    assert found.files == ()
    assert (problem.place, problem.code, problem.message) == (PLACE, "busy-missing", message)


def test_a_name_no_disk_can_hold_is_a_problem(root: Path) -> None:
    (problem,) = read_busy_files(root, "x" * 300, PLACE).problems
    assert "its name is too long" in problem.message


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
def test_a_pipe_is_never_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.ics")
    for pattern in ("pipe.ics", "*.ics"):
        (problem,) = read_busy_files(root, pattern, PLACE).problems
        assert (
            problem.message
            == "the busy calendar 'pipe.ics' cannot be read: it is a pipe and not a file"
        )


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to the administrator"
)
def test_a_folder_that_cannot_be_read_is_not_an_empty_one(root: Path) -> None:
    (root / "other" / "deep").chmod(0)
    (problem,) = read_busy_files(root, "other", PLACE).problems
    (root / "other" / "deep").chmod(0o755)
    assert (problem.code, "permission is denied" in problem.message) == ("busy-unreadable", True)


def test_a_calendar_that_is_far_too_large_is_not_read(root: Path) -> None:
    with (root / "huge.ics").open("wb") as file:
        file.truncate(busy.LARGEST_CALENDAR_BYTES + 1)
    found = read_busy_files(root, "huge.ics", PLACE)
    (problem,) = found.problems
    assert found.files == ()
    assert (problem.code, problem.message) == ("busy-too-large", "'huge.ics' is larger than 100 MB")
