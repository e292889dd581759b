"""What is published is given out for import, for khal and vdirsyncer, and for subscription."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.request
from pathlib import Path

from icalendar import Calendar

from tests.terminals import PROGRAM
from tests.workspaces import run, workspace


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the time of change of every file below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes(), path.stat().st_mtime_ns
    return found


def test_a_vdir_holds_a_file_for_each_event_and_unchanged_ones_are_not_touched(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path / "work")
    vdir = tmp_path / "vdir"
    first = run(root, "plan", "--vdir", str(vdir))
    assert first.stdout.splitlines()[-1].startswith(f"Wrote 21 events to {vdir}, removed 0")
    before = files(vdir)
    others = ("papers/mine.ics", ".curriculum.json")
    assert before["textbooks/displayname"][0] == b"Sums: textbooks"
    assert before["textbooks/color"][0] == b"#4682b4"
    (vdir / "papers" / "mine.ics").write_bytes(b"left alone")

    run(root, "plan", "--vdir", str(vdir))
    after = files(vdir)
    assert after["papers/mine.ics"][0] == b"left alone"
    assert {name: row for name, row in after.items() if name not in others} == {
        name: row for name, row in before.items() if name not in others
    }

    run(root, "done", "counting")
    run(root, "plan", "--vdir", str(vdir), today="2027-01-05")
    after = files(vdir)
    ledger = (root / "calendars" / "ledger.json").read_text()
    assert "papers/mine.ics" in after
    assert before.keys() - after.keys()
    same = [name for name in before.keys() & after.keys() if before[name][0] == after[name][0]]
    assert same
    assert all(before[name] == after[name] for name in same)
    for name, (data, _) in after.items():
        if name.endswith("@curriculum.ics"):
            (event,) = Calendar.from_ical(data).events
            assert f"{event['UID']}.ics" == name.rpartition("/")[2]
            assert f'"{event["UID"]}"' in ledger


def test_a_dry_run_writes_no_vdir(tmp_path: Path) -> None:
    run(workspace(tmp_path / "work"), "plan", "--dry-run", "--vdir", str(tmp_path / "vdir"))

    assert not (tmp_path / "vdir").exists()


def test_a_program_that_only_imports_is_told_what_is_gone(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    assert run(root, "calendar").stdout.startswith("21 events in ")
    assert not any(
        b"CANCELLED" in data for data, _ in files(root / "calendars" / "import").values()
    )
    run(root, "done", "counting", "sums/1-2")
    run(root, "plan")

    told = run(root, "calendar", "--tombstones", "--output", str(tmp_path / "out"))
    assert "of them cancelled" in told.stdout
    events = [
        event
        for data, _ in files(tmp_path / "out").values()
        for event in Calendar.from_ical(data).events
    ]
    cancelled = [str(event["UID"]) for event in events if event["STATUS"] == "CANCELLED"]
    ledger = (root / "calendars" / "ledger.json").read_text()
    assert cancelled
    assert all(f'"{uid}"' in ledger for uid in cancelled)
    assert len({str(event["UID"]) for event in events}) == len(events)
    again = run(root, "calendar", "--tombstones", "--output", str(tmp_path / "out"))
    assert again.stdout.endswith("nothing changed\n")
    assert not any(b"CANCELLED" in path.read_bytes() for path in (root / "calendars").glob("*.ics"))


def test_what_the_import_folder_holds_is_not_busy(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "calendar", "--output", str(root / "calendars" / "busy"))
    before = (root / "calendars" / "ledger.json").read_bytes()
    run(root, "plan")

    assert (root / "calendars" / "ledger.json").read_bytes() == before


def test_without_a_plan_there_is_nothing_to_give_out(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "calendar")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run 'curriculum plan' first" in result.stderr


def test_the_feeds_are_served_until_they_are_stopped(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    command = [*PROGRAM, "--workspace", str(root), "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("the page is at http://127.0.0.1:")
        addresses = [process.stdout.readline().removeprefix("serving ").strip() for _ in range(3)]
        with urllib.request.urlopen(addresses[0], timeout=10) as response:
            assert response.read() == (root / "calendars" / "textbooks.ics").read_bytes()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert errors == "stopped\n"
    assert process.returncode == 0
