"""Notes go into files that stay the person's; `notebook` shows them beside the journal."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from curriculum.cli.app import main
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


def test_a_search_that_finds_nothing_does_not_say_that_the_notebook_is_empty(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    assert (
        run(root, "notebook").stdout == "Nothing is noted; 'curriculum note TEXT' writes a note.\n"
    )
    run(root, "note", "finding: sums add up", "--at", "9:40")
    for asked in (["2027-01-02"], ["sums"], ["--kind", "next"], ["--grep", "proof"]):
        assert run(root, "notebook", *asked).stdout == (
            "Nothing noted fits that; 'curriculum notebook' shows all notes.\n"
        )


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


def _png(root: Path, name: str, content: bytes = b"\x89PNG 1") -> str:
    path = root.parent / name
    path.write_bytes(content)
    return str(path)


def test_a_file_is_copied_beside_the_note_and_shown_in_it(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    picture = _png(root, "my kl#1).png")
    run(root, "note", "a picture", "--at", "9:40", "--attach", picture)
    text = (root / ENTRY).read_text(encoding="utf-8")
    assert "a picture\n![my kl#1)](../files/2027-01-04-my%20kl%231%29.png)\n" in text
    (day,) = json.loads(run(root, "notebook", "--json").stdout)
    (file,) = day["notes"][0]["files"]
    assert file["path"] == "notebook/files/2027-01-04-my kl#1).png"
    assert (file["bytes"], file["exists"]) == (6, True)
    assert (root / file["path"]).read_bytes() == b"\x89PNG 1"
    assert run(root, "check").stdout.startswith("no problems")


def test_equal_files_are_kept_once_and_others_of_that_name_apart(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    for content in (b"one", b"one", b"two"):
        run(root, "note", "x", "--attach", _png(root, "kl.png", content))
    files = sorted(path.name for path in (root / "notebook/files").iterdir())
    assert files == ["2027-01-04-kl-2.png", "2027-01-04-kl.png"]


def test_taking_back_a_note_takes_back_what_was_attached(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    picture = _png(root, "kl.png")
    run(root, "note", "one", "--attach", picture)
    run(root, "note", "two", "--attach", picture)
    run(root, "undo")
    assert (root / "notebook/files/2027-01-04-kl.png").exists()
    run(root, "undo")
    assert not list((root / "notebook").rglob("*.*"))


def test_a_table_of_thirty_rows_is_shown(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    rows = root.parent / "runs.csv"
    rows.write_text("seed,name\n" + "".join(f"{n},a|b\n" for n in range(33)), encoding="utf-8")
    run(root, "note", "runs", "--at", "9:40", "--table", str(rows))
    text = (root / ENTRY).read_text(encoding="utf-8")
    assert "runs\n\n| seed | name |\n| ---: | --- |\n| 0 | a\\|b |\n" in text
    assert text.endswith("| 29 | a\\|b |\n\n(3 more rows left out)\n")


def test_a_file_is_linked_where_it_is(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    (root / "runs").mkdir()
    (root / "runs/log.txt").write_text("x", encoding="utf-8")
    run(root, "note", "see", "--link", str(root / "runs/log.txt"))
    assert "[log.txt](../../runs/log.txt)" in (root / ENTRY).read_text(encoding="utf-8")
    assert "there is no file" in run(root, "note", "see", "--link", "nowhere").stderr


def test_what_is_wrong_with_the_notebook_is_warned_of(tmp_path: Path) -> None:
    root = workspace(tmp_path / "here")
    run(root, "note", "one", "--attach", _png(root, "kl.png"), "--unit", "sums/1", "--at", "9:40")
    text = (root / ENTRY).read_text(encoding="utf-8")
    text = text.replace("sums/1", "sum/1").replace("kl.png", "gone.png")
    (root / ENTRY).write_text(text, encoding="utf-8")
    checked = run(root, "check")
    assert checked.exit_code == 0
    assert f"{ENTRY}:3:10: unknown-unit: the note is about 'sum/1'" in checked.stderr
    assert "did you mean 'sums/1'?" in checked.stderr
    assert f"{ENTRY}:5:1: dead-link: the link to 'notebook/files/2027-01-04-gone.png'" in (
        checked.stderr
    )
    assert "orphan-file: no note links to 'notebook/files/2027-01-04-kl.png'" in checked.stderr


def test_without_words_the_text_comes_from_a_pipe(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    command = ["--workspace", str(root), "--today", "2027-01-04", "note", "--at", "9:40"]
    said = CliRunner().invoke(main, command, input="finding: piped\nand more\n")
    assert said.exit_code == 0
    assert "- finding: piped\n  and more\n" in (root / ENTRY).read_text(encoding="utf-8")


def test_a_note_of_several_kinds_gives_each_its_line(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said = run(root, "note", "Ran 3 seeds\nfinding: it is flat\nnext: halve the step").stdout

    assert "2027-01-04.md: Ran 3 seeds, and 2 more lines" in said
    assert [one["text"] for one in json.loads(run(root, "followups", "--json").stdout)] == [
        "halve the step"
    ]
