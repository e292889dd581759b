"""`calendar` writes beside what is published, and over nothing of another program."""

from __future__ import annotations

from pathlib import Path

from tests.workspaces import run, workspace

FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:1@other\r\n"
    b"DTSTAMP:20270101T000000Z\r\nDTSTART:20270101T100000Z\r\nSUMMARY:Dentist\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_of_another_program_is_never_replaced(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    target = root / "mine"
    target.mkdir()
    (target / "papers.ics").write_bytes(FOREIGN)
    said = run(root, "calendar", "--output", str(target))
    assert said.exit_code == 1
    assert "'papers.ics' in the output folder was not published by curriculum" in said.stderr
    assert (target / "papers.ics").read_bytes() == FOREIGN
    assert [path.name for path in target.iterdir()] == ["papers.ics"]


def test_the_subscribed_feeds_are_not_replaced(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = (root / "calendars" / "papers.ics").read_bytes()
    said = run(root, "calendar", "--tombstones", "--output", str(root / "calendars"))
    assert said.exit_code == 2
    assert "holds what is published; choose another folder" in said.stderr
    assert (root / "calendars" / "papers.ics").read_bytes() == before


def test_its_own_files_are_written_again(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "skip", "counting/read")
    run(root, "plan")
    for _ in range(2):
        done = run(root, "calendar", "--tombstones", "--output", str(root / "mine"))
        assert (done.exit_code, done.stderr) == (0, "")
    assert b"STATUS:CANCELLED" in (root / "mine" / "papers.ics").read_bytes()
