"""The calendars and their ledger are replaced as one set, by one run at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curriculum.disk.errors import BusyFolderError, ReadError, WriteError
from curriculum.disk.folder_lock import holding
from curriculum.disk.publication import publishing, read_published, replace_published
from curriculum.disk.sync_record import write_record
from curriculum.disk.vdirs import Vdir
from tests.faults import needs_tracing, run_with_fault

SET = {"ledger.json": b"{}", "textbooks.ics": b"t", "papers.ics": b"p", "deadlines.ics": b"d"}
needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")

HOLDS_FOR_EVER = """
import sys, time
from pathlib import Path
from curriculum.disk.publication import publishing
with publishing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""

PUBLISHES_OFTEN = """
import sys
from pathlib import Path
from curriculum.disk.publication import publishing, read_published, replace_published
folder, mark = Path(sys.argv[1]), sys.argv[2].encode()
for _ in range(20):
    with publishing(folder):
        found = set(read_published(folder).values())
        assert len(found) <= 1, found
        replace_published(folder, dict.fromkeys(["ledger.json", "textbooks.ics", "papers.ics", "deadlines.ics"], mark))
"""


COUNTS_FOR_EVER = """
import sys
from pathlib import Path
from curriculum.disk.publication import publishing, read_published, replace_published
folder = Path(sys.argv[1])
while True:
    with publishing(folder):
        count = read_published(folder).get("ledger.json", b"0").strip()
        after = b"%d" % (int(count) + 1)
        names = ["textbooks.ics", "papers.ics", "ledger.json", "deadlines.ics", "previous.json"]
        replace_published(folder, dict.fromkeys(names, after + b" " * 300_000) | {"previous.json": count})
        print(flush=True)
"""


def test_what_was_published_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "calendars"
    with publishing(folder):
        assert read_published(folder) == {}
        assert replace_published(folder, SET) == tuple(SET)
        assert read_published(folder) == SET


def test_the_previous_ledger_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    assert replace_published(tmp_path, {**SET, "previous.json": b"o"}) == ("previous.json", *SET)
    assert read_published(tmp_path) == SET
    assert read_published(tmp_path, previous=True) == {**SET, "previous.json": b"o"}
    assert replace_published(tmp_path, {**SET, "papers.ics": b"q"}) == ("papers.ics",)
    assert read_published(tmp_path, previous=True)["previous.json"] == b"o"


def test_only_files_that_differ_are_touched(tmp_path: Path) -> None:
    replace_published(tmp_path, SET)
    for name in SET:
        os.utime(tmp_path / name, ns=(1, 1))
    assert replace_published(tmp_path, {**SET, "papers.ics": b"q"}) == ("papers.ics",)
    assert {name for name in SET if (tmp_path / name).stat().st_mtime_ns == 1} == {*SET} - {
        "papers.ics"
    }


def test_leftovers_of_a_run_that_was_killed_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".papers.ics.abc.tmp").write_bytes(b"half")
    (tmp_path / ".mine.tmp").write_bytes(b"not ours")
    replace_published(tmp_path, SET)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mine.tmp", *sorted(SET)]


def test_a_folder_in_place_of_a_calendar_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "papers.ics").mkdir()
    with pytest.raises(WriteError, match="a folder is in its place"):
        replace_published(tmp_path, SET)
    with pytest.raises(ReadError, match=r"papers\.ics': a folder is in its place"):
        read_published(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["papers.ics"]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "calendars").write_bytes(b"")
    with (
        pytest.raises(WriteError, match="a file is in its place"),
        publishing(tmp_path / "calendars"),
    ):
        pass


@needs_locks
def test_a_second_run_waits_and_then_says_what_it_waited_for(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS_FOR_EVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with (
            pytest.raises(BusyFolderError, match="another run has been publishing"),
            publishing(tmp_path, 0.2),
        ):
            pass
        holder.kill()
    with publishing(tmp_path, 0.2):
        assert list(tmp_path.iterdir()) == []


@needs_locks
def test_two_runs_at_once_never_mix_their_results(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", PUBLISHES_OFTEN, str(tmp_path), mark])
        for mark in "ab"
    ]
    assert [run.wait() for run in runs] == [0, 0]
    assert len(set(read_published(tmp_path).values())) == 1


@needs_locks
def test_a_kill_at_any_moment_leaves_no_calendar_ahead_of_the_ledger_and_no_ledger_ahead_of_the_previous_one(
    tmp_path: Path,
) -> None:
    last = 0
    for number in range(24):
        with subprocess.Popen(
            [sys.executable, "-c", COUNTS_FOR_EVER, str(tmp_path)], stdout=subprocess.PIPE
        ) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(0.0009 * number)
            run.send_signal(signal.SIGKILL)
        found = {name: int(data) for name, data in read_published(tmp_path, previous=True).items()}
        previous, ledger = found.pop("previous.json"), found.pop("ledger.json")
        assert previous in (ledger - 1, ledger)
        assert all(shown in (ledger - 1, ledger) for shown in found.values()), found
        assert len(found) == 3
        assert ledger > last
        last = ledger
    replace_published(tmp_path, SET)
    assert {path.name for path in tmp_path.iterdir()} == {*SET, "previous.json"}


def test_the_ledger_of_before_is_no_easier_to_read_than_the_ledger(tmp_path: Path) -> None:
    replace_published(tmp_path, SET)
    (tmp_path / "ledger.json").chmod(0o600)
    replace_published(tmp_path, {**SET, "previous.json": b"o"})
    write_record(tmp_path, ".caldav.json", b"{}")
    for name in ("ledger.json", "previous.json", ".caldav.json"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600, name


@needs_tracing
def test_the_ledger_is_on_the_disk_with_its_name_before_a_calendar_takes_its_place(
    tmp_path: Path,
) -> None:
    """Without the sync in between, a power failure could keep the name of the calendar alone."""

    def replace() -> None:
        replace_published(tmp_path, {**SET, "previous.json": b"o"})

    calls = run_with_fault(replace, tmp_path, None).calls
    order = [
        call.file.split(".")[1] if call.name == "rename" else "sync"
        for call in calls
        if call.name == "rename" or (call.name, call.file) == ("fsync", "")
    ]
    assert order == [
        *("previous", "sync", "ledger", "sync"),
        *("textbooks", "papers", "deadlines", "sync"),
    ]


def test_leftovers_in_a_vdir_are_removed_by_the_next_run_that_writes_there(tmp_path: Path) -> None:
    Vdir(tmp_path).make("papers", "Papers", "#000000", "VEVENT")
    for name in ("a.ics", "gone.ics", "displayname"):
        (tmp_path / f"papers/.{name}.k1ll3d__.tmp").touch()
    foreign = tmp_path / "papers/.theirs.k1ll3d__.tmp"
    foreign.touch()
    vdir = Vdir(tmp_path)
    with holding(tmp_path / "papers"):
        vdir.sweep()
    assert len(list((tmp_path / "papers").iterdir())) == 6, "another run may be writing"
    vdir.sweep()
    assert {path.name for path in (tmp_path / "papers").iterdir()} == {
        *("color", "displayname"),
        foreign.name,
    }
