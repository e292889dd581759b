"""Notes go into files that stay the person's; `notebook` shows them beside the journal."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import run, workspace

ENTRY = "notebook/2027/2027-01-04.md"


def test_a_note_stands_under_its_time_and_unit(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said = run(root, "note", "finding: sums add up", "--unit", "sums 1", "--at", "9:40")
    assert said.stdout == f"wrote: {ENTRY}: - finding: sums add up\n"
    run(root, "note", "went", "for", "a", "walk", "--at", "11:00")
    assert (root / ENTRY).read_text(encoding="utf-8") == (
        "# 2027-01-04\n\n## 09:40 sums/1\n- finding: sums add up\n\n## 11:00\nwent for a walk\n"
    )


def test_the_unit_is_that_of_the_running_timer(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "start", "sums/2")
    run(root, "note", "page 23 is odd", "--at", "9:40")
    assert "## 09:40 sums/2\npage 23 is odd\n" in (root / ENTRY).read_text(encoding="utf-8")


def test_the_notebook_shows_what_the_journal_knows_of_a_day(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "next: prove it", "--at", "9:40")
    run(root, "log", "sums/1", "45m")
    assert run(root, "notebook").stdout == (
        "Mon 4 Jan 2027\n  09:40\n    next: prove it\n  journal: sums/1 45 min\n"
    )
    (day,) = json.loads(run(root, "notebook", "--json").stdout)
    assert day["logged"] == [{"unit": "sums/1", "minutes": 45}]
    assert day["notes"][0]["lines"] == [
        {"kind": "next", "text": "prove it", "file": ENTRY, "line": 4, "id": None, "closed": False}
    ]


def test_the_notebook_is_searched(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "finding: sums add up", "--unit", "sums/1", "--at", "9:40")
    run(root, "note", "next: prove it", "--on", "2027-01-02", "--at", "9:40")
    assert "sums add up" not in run(root, "notebook", "--kind", "next").stdout
    assert "prove it" not in run(root, "notebook", "--grep", "SUMS ADD").stdout
    assert "prove it" not in run(root, "notebook", "sums").stdout
    assert "prove it" not in run(root, "notebook", "2027-01-03..2027-01-04").stdout


def test_a_note_is_taken_back_from_its_file(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "one", "--at", "9:40")
    before = (root / ENTRY).read_bytes()
    run(root, "note", "two", "--at", "9:50")
    run(root, "undo")
    assert (root / ENTRY).read_bytes() == before
    run(root, "undo")
    assert not (root / ENTRY).exists()


def test_a_note_that_was_edited_is_not_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "one", "--at", "9:40")
    text = (root / ENTRY).read_text(encoding="utf-8").replace("one", "won")
    (root / ENTRY).write_text(text, encoding="utf-8")
    said = run(root, "undo")
    assert said.exit_code == 1
    assert said.stderr == (
        f"curriculum: '{ENTRY}' was changed since where this was written; take it out by hand, and "
        "nothing else is taken back\n"
    )
    assert (root / ENTRY).read_text(encoding="utf-8") == text


def test_what_cannot_be_noted_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "the note is empty" in run(root, "note", " ").stderr
    assert "2027-01-05 is still to come" in run(root, "note", "x", "--on", "2027-01-05").stderr
    assert "'25:00' is not a time of day" in run(root, "note", "x", "--at", "25:00").stderr
    assert not (root / "notebook").exists()


def test_a_file_that_is_not_text_is_shown_and_left_alone(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / ENTRY).parent.mkdir(parents=True)
    (root / ENTRY).write_bytes(b"## 08:00\ncaf\xe9\n")
    assert "caf\ufffd" in run(root, "notebook").stdout
    said = run(root, "note", "more")
    assert said.stderr == (
        f"curriculum: '{ENTRY}' is not UTF-8 text and was left as it is; convert it first\n"
    )
    assert (root / ENTRY).read_bytes() == b"## 08:00\ncaf\xe9\n"


def test_a_link_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    (tmp_path / "elsewhere").mkdir()
    (root / "notebook").symlink_to(tmp_path / "elsewhere")
    said = run(root, "note", "secret")
    assert "leads out of the workspace by a link" in said.stderr
    assert not any((tmp_path / "elsewhere").iterdir())
