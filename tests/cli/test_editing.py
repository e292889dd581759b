"""Syllabi are opened in the person's editor at the line that is meant, and checked afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminals import answering
from tests.workspaces import BOOK, SCORED_ESSAY, run, said, workspace

EDITOR = """\
#!{python}
import sys
from pathlib import Path
folder = Path(__file__).parent
with (folder / "opened").open("a") as log:
    print(*sys.argv[1:], file=log)
changes = folder / "changes"
now, _, later = changes.read_text().partition("\\n")
changes.write_text(later)
old, _, new = now.partition(" -> ")
path = Path(sys.argv[-1])
if old == "remove":
    path.unlink()
elif old == "fail":
    sys.exit(3)
elif old:
    path.write_text(path.read_text().replace(old, new))
"""
"""An editor that is called like a known one: each time it opens a file, it makes the next change."""


def editor(folder: Path, *changes: str) -> str:
    """Return an editor that makes one change each time it is opened, as `OLD -> NEW`."""
    folder.mkdir()
    program = folder / "vi"
    program.write_text(EDITOR.format(python=sys.executable))
    program.chmod(0o755)
    (folder / "changes").write_text("\n".join(changes))
    return str(program)


def opened(folder: Path) -> list[str]:
    """Return how the editor was called, each time."""
    return (folder / "opened").read_text().splitlines()


@pytest.mark.parametrize(
    ("name", "arguments", "file"),
    [
        ("sums", "", "syllabi/textbooks/sums.yaml"),
        ("sums/2", "+8 ", "syllabi/textbooks/sums.yaml"),
        ("attention/implement", "+8 ", "syllabi/papers/attention.yaml"),
        ("counting#r", "+6 ", "syllabi/papers/counting.yaml"),
    ],
)
def test_a_file_is_opened_at_the_line_of_what_is_named(
    tmp_path: Path, name: str, arguments: str, file: str
) -> None:
    root = workspace(tmp_path / "work", essay=SCORED_ESSAY)
    told = answering(root, "edit", name, answers=[], EDITOR=editor(tmp_path / "bin"), VISUAL="")
    assert opened(tmp_path / "bin") == [f"{arguments}{root / file}"]
    assert f"nothing was changed in {file}" in told
    assert f"no problems in {file}" in told


def test_a_change_is_checked_and_stays(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "[41, 60] -> [41, 70]")
    told = answering(root, "edit", "sums/3", answers=[], EDITOR="", VISUAL=vi)
    assert told.splitlines()[-1] == "no problems in syllabi/textbooks/sums.yaml"
    assert "nothing was changed" not in told
    assert "[41, 70]" in (root / "syllabi/textbooks/sums.yaml").read_text(encoding="utf-8")


def test_a_broken_file_is_opened_again_at_the_error_until_it_is_mended(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "[21, 40] -> [40, 21]", "Adding -> Sums", "[40, 21] -> [21, 41]")
    again = [("Open it again? [Y/n]: ", "\r"), ("Open it again? [Y/n]: ", "y\r")]
    told = answering(root, "edit", "sums", answers=again, EDITOR="", VISUAL=vi)
    assert told.count("sums.yaml:8:") == 2
    assert "no problems in syllabi/textbooks/sums.yaml" in told
    path = root / "syllabi/textbooks/sums.yaml"
    assert opened(tmp_path / "bin") == [str(path), f"+8 {path}", f"+8 {path}"]


def test_a_broken_file_may_be_left_so(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "chapters: -> chapters: [")
    answers = [("Open it again? [Y/n]: ", "n\r")]
    answering(root, "edit", "sums", answers=answers, status=1, EDITOR="", VISUAL=vi)
    assert "chapters: [" in (root / "syllabi/textbooks/sums.yaml").read_text(encoding="utf-8")
    # It is opened although it cannot be read; only the line of a unit is not known any more.
    (tmp_path / "bin/changes").write_text("chapters: [ -> chapters:")
    told = answering(root, "edit", "sums", answers=[], EDITOR="", VISUAL=vi)
    assert "no problems" in told
    assert (root / "syllabi/textbooks/sums.yaml").read_text(encoding="utf-8") == BOOK


def test_a_warning_is_shown_and_nothing_is_asked(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "[21, 40] -> [15, 40]")
    told = answering(root, "edit", "sums", answers=[], EDITOR="", VISUAL=vi)
    assert "sums.yaml:8:" in told
    assert "Open it again" not in told


def test_a_built_in_work_is_copied_first_if_the_person_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "", "Read -> Study")
    copy = root / "syllabi/papers/reinforce-1992.yaml"
    question = "Copy it into the workspace and edit it there? [Y/n]: "
    told = answering(
        root, "edit", "reinforce", answers=[(question, "n\r")], status=1, EDITOR="", VISUAL=vi
    )
    assert "Aborted!" in told
    assert not copy.exists()
    told = answering(root, "edit", "reinforce/read", answers=[(question, "\r")], VISUAL=vi)
    assert "copied reinforce-1992 to syllabi/papers/reinforce-1992.yaml" in told
    (call,) = opened(tmp_path / "bin")
    line = int(call.split()[0].removeprefix("+"))
    assert "id: read" in copy.read_text(encoding="utf-8").splitlines()[line - 1]
    said(run(root, "undo"))
    assert not copy.exists()


def test_a_copy_that_was_changed_is_not_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "title: -> title: My")
    question = "Copy it into the workspace and edit it there? [Y/n]: "
    answering(root, "edit", "reinforce", answers=[(question, "\r")], EDITOR="", VISUAL=vi)
    refused = run(root, "undo")
    assert (refused.exit_code, "was changed since" in refused.stderr) == (1, True)
    assert "title: My" in (root / "syllabi/papers/reinforce-1992.yaml").read_text(encoding="utf-8")


def test_an_editor_that_fails_or_removes_the_file_is_one_sentence(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    vi = editor(tmp_path / "bin", "fail", "remove")
    failed = answering(root, "edit", "sums/2", answers=[], status=1, EDITOR="", VISUAL=vi)
    assert "Editing failed" in failed
    gone = answering(root, "edit", "sums/2", answers=[], status=1, EDITOR="", VISUAL=vi)
    assert "syllabi/textbooks/sums.yaml is gone after it was edited" in gone
    none = answering(root, "edit", "attention", answers=[], status=1, EDITOR="", VISUAL="/no/vi")
    assert "Editing failed" in none


def test_what_cannot_be_opened_is_refused_with_what_was_meant(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for name, hint in (
        ("summs", "did you mean 'sums'?"),
        ("sums/9", "'sums' has no unit '9'; choose from 1, 2, 3"),
        ("counting#r", "'counting' has no result 'r'; it has none"),
        ("sums", "set VISUAL or EDITOR, and run it in a terminal; it is at syllabi/textbooks/sums"),
    ):
        refused = run(root, "edit", name)
        assert (refused.exit_code, hint in " ".join(refused.stderr.split())) == (2, True), (
            refused.stderr
        )
