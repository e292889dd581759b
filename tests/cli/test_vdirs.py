"""A vdir is read like a server: what khal, vdirsyncer or a phone changed in it comes back into the plan."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.editors import unfolded
from tests.workspaces import rename_book, run, workspace

NOTHING = "nothing was changed there\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose plan is in a vdir."""
    made = workspace(tmp_path / "work")
    assert run(made, "plan", "--vdir", str(tmp_path / "vdir")).exit_code == 0
    return made


@pytest.fixture
def vdir(root: Path) -> Path:
    """Return the vdir."""
    return root.parent / "vdir"


def files(vdir: Path, track: str = "textbooks") -> list[Path]:
    """Return the events of a calendar, in the order of time."""
    found = [(start_of(path), path) for path in (vdir / track).glob("*.ics")]
    return [path for _, path in sorted(found)]


def start_of(path: Path) -> str:
    """Return when an event starts, as it is written."""
    match = re.search(r"^DTSTART:(.*)$", text_of(path), re.MULTILINE)
    assert match is not None
    return match[1]


def text_of(path: Path) -> str:
    """Return an event, unfolded."""
    return unfolded(path.read_bytes())


def edit(path: Path, change: str, into: str) -> None:
    """Replace a pattern in an event as khal does, which keeps the name of the program."""
    text, count = re.subn(change, into, text_of(path), flags=re.MULTILINE)
    assert count
    path.write_bytes(text.replace("\n", "\r\n").encode())


def published(root: Path) -> dict[str, str]:
    """Return UID to the start of each published event."""
    rows = json.loads((root / "calendars/ledger.json").read_text())["events"]
    return {uid: row["start"] for uid, row in rows.items()}


def pull(root: Path, vdir: Path) -> str:
    """Take over what was changed in a vdir, and return what is said."""
    result = run(root, "pull", "--vdir", str(vdir))
    assert result.exit_code == 0, result.output
    return result.stdout


def plan(root: Path, vdir: Path) -> None:
    """Plan into a vdir with nothing left to ask."""
    result = run(root, "plan", "--vdir", str(vdir))
    assert result.exit_code == 0, result.output


def shows_the_plan(root: Path, vdir: Path) -> bool:
    """Whether the vdir shows just what is published."""
    shown = {}
    for path in vdir.glob("*/*@curriculum.ics"):
        match = re.search("^DTSTART(?:;VALUE=DATE)?:(.*)$", text_of(path), re.MULTILINE)
        assert match is not None
        shown[path.name.removesuffix(".ics")] = match[1]
    return shown == published(root)


def test_a_moved_session_is_pinned_a_deleted_one_missed_and_a_checked_one_done(
    root: Path, vdir: Path
) -> None:
    assert pull(root, vdir) == NOTHING
    checked, deleted, *_, moved, _ = files(vdir)
    day = start_of(moved)[:8]
    edit(moved, f":{day}T", ":20270109T")
    edit(checked, "^SUMMARY:", "SUMMARY:✓ ")
    deleted.unlink()

    told = pull(root, vdir).splitlines()
    assert sorted(line.partition(":")[0] for line in told) == ["done", "missed", "pinned"]
    assert pull(root, vdir) == NOTHING
    plan(root, vdir)
    assert shows_the_plan(root, vdir)
    assert start_of(moved).startswith("20270109T")
    assert not deleted.exists()
    assert pull(root, vdir) == NOTHING
    assert "Wrote 0 events" in run(root, "plan", "--vdir", str(vdir)).stdout


def test_a_plan_never_writes_over_a_move_unasked(root: Path, vdir: Path) -> None:
    moved = files(vdir)[3]
    day = start_of(moved)[:8]
    edit(moved, f":{day}T", ":20270109T")
    rename_book(root, "The Book of Sums")

    refused = run(root, "plan", "--vdir", str(vdir))
    assert refused.exit_code == 1
    assert refused.stderr.count(" was changed there, and here\n") == 1
    assert f"'curriculum pull --vdir {vdir}' takes over single changes" in refused.stderr
    assert start_of(moved).startswith("20270109T")
    assert "The Book of Sums" in text_of(files(vdir)[0])
    assert run(root, "push", "--vdir", str(vdir), "--dry-run").exit_code == 1
    left = run(root, "push", "--vdir", str(vdir), "--theirs")
    assert (left.exit_code, start_of(moved)[:8]) == (0, "20270109")
    assert "pinned" in pull(root, vdir), "what was left there is still taken over"
    run(root, "undo")
    rename_book(root, "Sums")
    run(root, "plan")
    assert run(root, "push", "--vdir", str(vdir), "--ours").exit_code == 0
    assert shows_the_plan(root, vdir)


def test_habits_are_in_the_vdir_until_the_settings_drop_them(root: Path, vdir: Path) -> None:
    settings = root / "syllabi/curriculum.yaml"
    before = settings.read_text()
    settings.write_text(before + "habits:\n  reading group: {on: thu 18:00, takes: 1h}\n")
    plan(root, vdir)
    assert shows_the_plan(root, vdir)
    held = files(vdir, "habits")
    assert held, "each time of the habit is an event"
    assert all("reading group" in text_of(path) for path in held)

    edit(held[-1], r"T\d{6}Z$", "T220000Z")
    told = pull(root, vdir)
    assert "the settings say when it is" in told
    assert "pinned" not in told
    assert pull(root, vdir) == NOTHING, "it is told once"

    settings.write_text(before)
    run(root, "plan", "--vdir", str(vdir))
    assert run(root, "push", "--vdir", str(vdir), "--ours").exit_code == 0
    assert not files(vdir, "habits")
    assert shows_the_plan(root, vdir)


def test_what_other_programs_keep_in_a_vdir_stays(root: Path, vdir: Path) -> None:
    (vdir / "papers" / "mine.ics").write_bytes(b"left alone")
    (vdir / "papers" / "color").write_bytes(b"#123456")
    (vdir / "papers" / "displayname").write_bytes(b"Reading")
    (vdir / "papers" / ".hidden.ics").write_bytes(b"")
    added, renamed, *_ = files(vdir)
    edit(added, "^TRANSP:OPAQUE", "TRANSP:TRANSPARENT\nLOCATION:The library\nX-MY-ROOM:12")
    other_name = renamed.rename(renamed.with_name("another-name.ics"))
    rename_book(root, "The Book of Sums")
    before = {
        path: path.read_bytes() for path in (vdir / "papers").iterdir() if path.suffix != ".ics"
    }

    assert pull(root, vdir) == NOTHING
    plan(root, vdir)

    assert (vdir / "papers" / "mine.ics").read_bytes() == b"left alone"
    assert {path: path.read_bytes() for path in before} == before
    text = text_of(added)
    assert "The Book of Sums" in text
    assert {"TRANSP:TRANSPARENT", "LOCATION:The library", "X-MY-ROOM:12"} < {*text.split("\n")}
    assert not renamed.exists()
    assert "The Book of Sums" in text_of(other_name)
    assert pull(root, vdir) == NOTHING


def test_a_vdir_of_an_earlier_version_is_taken_on(root: Path, vdir: Path) -> None:
    (vdir / ".curriculum.json").unlink()
    for path in vdir.glob("*/*.ics"):
        edit(path, "^X-CURRICULUM-MARK:.*\n", "")

    assert pull(root, vdir) == NOTHING
    plan(root, vdir)
    assert shows_the_plan(root, vdir)
    moved = files(vdir)[3]
    edit(moved, f":{start_of(moved)[:8]}T", ":20270109T")
    assert pull(root, vdir).startswith("pinned: ")


def test_without_its_record_moves_in_a_vdir_are_still_found(root: Path, vdir: Path) -> None:
    (vdir / ".curriculum.json").unlink()
    moved = files(vdir)[3]
    edit(moved, f":{start_of(moved)[:8]}T", ":20270109T")

    assert pull(root, vdir).startswith("pinned: ")
    plan(root, vdir)
    assert shows_the_plan(root, vdir)


def test_a_session_that_is_taken_out_of_the_bin_is_told_once(root: Path, vdir: Path) -> None:
    deleted = files(vdir)[3]
    data = deleted.read_bytes()
    deleted.unlink()
    assert pull(root, vdir).startswith("missed: ")
    deleted.write_bytes(data)

    told = pull(root, vdir)
    assert "it is there again after it was deleted" in told
    assert pull(root, vdir) == NOTHING
    assert run(root, "undo").exit_code == 0
    plan(root, vdir)
    assert deleted.exists()
    assert shows_the_plan(root, vdir)


def test_what_a_killed_run_left_is_swept(root: Path, vdir: Path) -> None:
    event = files(vdir)[0]
    ours, theirs = event.with_name(f".{event.name}.x1y2.tmp"), event.with_name(".theirs.tmp")
    ours.write_bytes(b"BEGIN")
    theirs.write_bytes(b"BEGIN")
    plan(root, vdir)

    assert (ours.exists(), theirs.exists()) == (False, True)


def test_an_emptied_calendar_is_an_accident(root: Path, vdir: Path) -> None:
    for path in files(vdir):
        path.unlink()

    assert "that is taken as an accident" in pull(root, vdir)
    rename_book(root, "The Book of Sums")
    refused = run(root, "plan", "--vdir", str(vdir))
    assert (refused.exit_code, files(vdir)) == (1, [])
    assert run(root, "push", "--vdir", str(vdir), "--ours").exit_code == 0
    assert shows_the_plan(root, vdir)


def test_what_cannot_be_meant_is_said(tmp_path: Path, root: Path, vdir: Path) -> None:
    nowhere = tmp_path / "nowhere"
    refused = run(root, "pull", "--vdir", str(nowhere))
    assert refused.exit_code == 1
    assert f"there is no folder '{nowhere}'; 'curriculum plan --vdir" in refused.stderr
    assert run(root, "push", "--vdir", str(nowhere), "--dry-run").exit_code == 0
    assert not nowhere.exists()
    unplanned = workspace(tmp_path / "unplanned")
    assert "run 'curriculum plan' first" in run(unplanned, "push", "--vdir", str(nowhere)).stderr
    assert "run 'curriculum plan' first" in run(unplanned, "pull", "--vdir", str(vdir)).stderr
    (vdir / ".curriculum.json").write_text("{")
    damaged = run(root, "pull", "--vdir", str(vdir))
    assert damaged.exit_code == 1
    assert f"'{vdir / '.curriculum.json'}' cannot be read" in damaged.stderr


def copy_of(root: Path, name: str) -> Path:
    """Return a second machine's copy of a workspace."""
    made = root.parent / name
    shutil.copytree(root, made)
    return made


def test_what_another_machine_planned_is_no_edit_and_is_not_replaced_unasked(
    root: Path, vdir: Path
) -> None:
    older, record = copy_of(root, "older"), vdir / ".curriculum.json"
    known = record.read_bytes()
    run(root, "log", "sums/1", "50m", today="2027-01-05")
    run(root, "done", "counting", today="2027-01-05")
    sent = run(root, "plan", "--vdir", str(vdir), today="2027-01-05")
    assert sent.exit_code == 0
    assert "removed 0" not in sent.stdout
    before = {path: path.read_bytes() for path in vdir.glob("*/*.ics")}
    known_after = record.read_bytes()
    record.write_bytes(known)  # vdirsyncer brings the second machine the events alone

    told = pull(older, vdir)
    assert "shows a newer plan, sent from another copy of this workspace" in told
    assert "pinned" not in told
    assert "missed:" not in told
    assert not (older / "journal.db").exists()
    refused = run(older, "push", "--vdir", str(vdir))
    assert refused.exit_code == 1
    assert "shows a newer plan" in refused.stderr
    assert {path: path.read_bytes() for path in vdir.glob("*/*.ics")} == before
    known = record.read_bytes()
    record.write_bytes(known_after)
    assert pull(root, vdir) == NOTHING
    record.write_bytes(known)
    assert run(older, "push", "--vdir", str(vdir), "--ours").exit_code == 0
    assert shows_the_plan(older, vdir)


def test_a_merged_workspace_replaces_what_either_machine_sent(root: Path, vdir: Path) -> None:
    other = copy_of(root, "other")
    rename_book(other, "Another Book of Sums")
    run(other, "done", "counting", today="2027-01-05")
    assert run(other, "plan", "--vdir", str(vdir), today="2027-01-05").exit_code == 0
    run(root, "log", "sums/1", "50m", today="2027-01-06")

    assert run(root, "journal", "import", str(other / "journal.db")).exit_code == 0
    merged = run(root, "plan", "--vdir", str(vdir), today="2027-01-06")
    assert merged.exit_code == 0, merged.output
    assert shows_the_plan(root, vdir)
    assert (
        "nothing was changed" in run(root, "pull", "--vdir", str(vdir), today="2027-01-06").stdout
    )


def test_a_pull_that_was_killed_after_it_recorded_records_nothing_twice(
    root: Path, vdir: Path
) -> None:
    record = vdir / ".curriculum.json"
    before = record.read_bytes()
    first, second, *_ = files(vdir)
    first.unlink()
    edit(second, r"^(DT(START|END)):(....)(..)..T", r"\g<1>:\g<3>\g<4>09T")
    pull(root, vdir)
    facts = run(root, "journal", "export").stdout
    assert facts.count("\n") == 2
    record.write_bytes(before)
    pull(root, vdir)

    assert run(root, "journal", "export").stdout == facts
