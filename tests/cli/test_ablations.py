"""What a change gained and cost: recorded, counted by git, listed with its place."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_code_progress import git
from tests.workspaces import SCORED_ESSAY, SETTINGS, run, said, workspace

FILE = "ablations/r.tsv"
RUNS = ("--before", "3300", "3410", "3380", "--after", "3510", "3602", "3555")
OLD = 'def loss(q, target):\n    """Return the loss."""\n    return (q - target) ** 2\n'
NEW = (
    "CLIP = 0.1\n\n\ndef loss(q, target):\n    # clipped\n"
    "    return ((q - target) ** 2).clamp(max=CLIP)\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path / "w", essay=SCORED_ESSAY)


def _listed(root: Path, *project: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(run(root, "ablations", *project, "--json")))
    return found


def _commit(code: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (code / name).parent.mkdir(parents=True, exist_ok=True)
        (code / name).write_text(text, encoding="utf-8", newline="")
    git(code, "add", "-A")
    git(code, "commit", "-q", "-m", message)


def _repository(code: Path) -> Path:
    """Make a repository with a branch `clip` that changes code, tests, a lock file and names."""
    code.mkdir()
    git(code, "init", "-q", "-b", "main")
    odd = "".join(f"line_{number} = {number}\n" for number in range(3, 13))
    files = {"td3.py": OLD, "tests/test_td3.py": "a\n", "uv.lock": "a\n", "old name.py": odd}
    _commit(code, files, "base")
    git(code, "checkout", "-q", "-b", "clip")
    git(code, "mv", "old name.py", 'new\t"näme".py')
    (code / "plot.png").write_bytes(b"\x89PNG\0\1")
    changed = {"td3.py": NEW, "tests/test_td3.py": "b\nc\n", "uv.lock": "b\n", "READ.md": "x\n"}
    _commit(code, changed, "clip")
    return code


def test_a_change_is_recorded_as_a_line_of_a_table(root: Path) -> None:
    shown = said(
        run(root, "ablation", "clip 0.1", "--of", "counting#r", *RUNS, "--lines", "2", "--kept")
    )
    assert "gain +5.7% [+3.0%, +8.4%]" in shown
    assert (root / FILE).read_text(encoding="utf-8") == (
        "date\tid\ton\tchange\tadded\tremoved\tknobs\tbefore\tafter\tgain\tlow\thigh\tkept\twhy\tparent\n"
        "2027-01-04\tclip-0-1\tcounting#r\tclip 0.1\t2\t0\t0\t3363.33 (3)\t3555.67 (3)"
        "\t+5.7%\t+3.0%\t+8.4%\tyes\t\t\n"
    )
    more = ("--before", "1", "1.1", "--after", "-2", "-2.1", "--lines", "+3-40", "--knobs", "-1")
    said(run(root, "ablation", 'a\tb "c"', "--of", "counting#r", *more, "--on-top-of", "clip-0-1"))
    first, second = _listed(root, "r")
    assert (first["gain"], first["interval"], first["frontier"]) == (0.057, [0.03, 0.084], True)
    assert (second["change"], second["parent"], second["line"]) == ('a b "c"', "clip-0-1", 3)
    assert (second["added"], second["removed"], second["knobs"]) == (3, 40, -1)
    said(run(root, "undo"))
    assert len(_listed(root)) == 1
    said(run(root, "undo"))
    assert not (root / FILE).exists()


def test_lines_and_knobs_are_counted_between_two_commits(root: Path, tmp_path: Path) -> None:
    code = _repository(tmp_path / "code")
    words = ("ablation", "clip", "--of", "counting#r", *RUNS, "--git", str(code), "main..clip")
    found = json.loads(said(run(root, *words, "--json")))
    one = found["ablation"]
    assert (one["added"], one["removed"], one["knobs"]) == (2, 1, 1)
    assert found["counted"]["knobs"] == ["0.1"]
    reasons = {left["file"]: left["reason"] for left in found["counted"]["left_out"]}
    assert reasons == {
        "READ.md": "prose",
        "plot.png": "binary",
        "tests/test_td3.py": "test",
        "uv.lock": "lock file",
    }
    back = (*words[:-1], "clip...main", "--json")
    again = json.loads(said(run(root, *back)))["ablation"]
    assert (again["added"], again["removed"], again["id"]) == (0, 0, "clip-2")


HOOKS = ("pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor")


def _made_hostile(code: Path, marker: Path) -> None:
    """Give a repository programs to run wherever git knows a place for one."""
    evil = code / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat\n", encoding="utf-8")
    evil.chmod(0o755)
    for hook in HOOKS:
        shutil.copy(evil, code / ".git/hooks" / hook)
    attributes = "*.py diff=evil filter=evil\n* text=auto\n"
    for name in (".gitattributes", ".git/info/attributes"):
        (code / name).parent.mkdir(exist_ok=True)
        (code / name).write_text(attributes, encoding="utf-8")
    programs = (
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "core.fsmonitor",
        "core.pager",
        "pager.diff",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "gpg.program",
        "credential.helper",
        "interactive.diffFilter",
        "difftool.evil.cmd",
    )
    for key in programs:
        git(code, "config", key, str(evil))
    plain = {
        "alias.diff": f"!{evil}",
        "alias.rev-parse": f"!{evil}",
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.submodule": "log",
        "diff.renames": "false",
        "diff.context": "0",
        "diff.relative": "true",
        "diff.algorithm": "patience",
        "diff.orderFile": str(evil),
        "diff.ignoreSubmodules": "none",
        "core.quotePath": "true",
        "log.showSignature": "true",
    }
    for key, value in plain.items():
        git(code, "config", key, value)


def test_a_repository_runs_nothing_and_changes_no_number(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, marker, log = _repository(tmp_path / "code"), tmp_path / "ran", tmp_path / "log"
    _made_hostile(code, marker)
    marker.unlink(missing_ok=True)
    spied = tmp_path / "bin"
    spied.mkdir()
    real = shutil.which("git")
    spy = f'#!/bin/sh\nprintf "%s\\n" "$*" >> {log}\nexec {real} "$@"\n'
    (spied / "git").write_text(spy, encoding="utf-8")
    (spied / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{spied}{os.pathsep}{os.environ['PATH']}")
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "PAGER"):
        monkeypatch.setenv(name, str(code / "evil.sh"))
    words = ("ablation", "clip", "--of", "counting#r", *RUNS, "--git", str(code), "main..clip")
    one = json.loads(said(run(root, *words, "--json")))["ablation"]
    assert (one["added"], one["removed"], one["knobs"]) == (2, 1, 1)
    assert not marker.exists()
    commands = [line.split(f"-C {code} ")[1].split()[0] for line in log.read_text().splitlines()]
    assert set(commands) == {"diff", "rev-parse"}
    # The same repository does run its programs when git is asked without care.
    monkeypatch.undo()
    subprocess.run(
        ["git", "-C", str(code), "diff", "main", "clip"], capture_output=True, check=False
    )
    assert marker.exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--before", "1", "--after", "2"), "say what it costs"),
        (("--after", "2", "--lines", "1"), "give the runs"),
        (("--before", "1", "--after", "x", "--lines", "1"), "'x' is not a number"),
        (("--before", "1", "--after", "nan", "--lines", "1"), "cannot be averaged"),
        (("--before", "1", "--after", "2", "--lines", "two"), "not a number of lines"),
        (("--before", "1", "--after", "2", "--lines", "1", "--on-top-of", "c"), "no change 'c'"),
        (("--before", "1", "--after", "2", "--lines", "1", "--lower"), "says itself which way"),
        (("--before", "1", "--after", "2", "--git", ".", "--upload-pack..x"), "no commit"),
        (("--before", "1", "--after", "2", "--git", "nowhere", "a..b"), "no such folder"),
        (("--before", "1", "--after", "2", "--git", ".", "a"), "does not name two commits"),
        (("--from", "runs/*", "--lines", "1"), "is of no side"),
        (("--from", "a=no/*", "b=no/*", "--lines", "1"), "there is no 'no/*'"),
        (("--before", "1", "--from", "a=x", "--lines", "1"), "but not both"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], fault: str
) -> None:
    git(root, "init", "-q")
    monkeypatch.chdir(root)
    refused = run(root, "ablation", "c", "--of", "counting#r", *words)
    assert refused.exit_code == 2
    assert fault in " ".join(refused.stderr.split())
    assert not (root / "ablations").exists()


def test_runs_are_read_as_score_reads_them(root: Path, tmp_path: Path) -> None:
    for name, last in (("base-1", 30), ("base-2", 32), ("clip-1", 40), ("clip-2", 44)):
        log = tmp_path / "runs" / name / "progress.csv"
        log.parent.mkdir(parents=True)
        log.write_text(f"step,return\n1,10\n2,{last}\n", encoding="utf-8")
    arms = (f"a={tmp_path}/runs/base-*", f"b={tmp_path}/runs/clip-*")
    words = ("ablation", "clip", "--of", "counting#r", "--from", *arms, "--lines", "2")
    assert "choose what to read" in run(root, *words).stderr
    shown = said(run(root, *words, "--tag", "return"))
    assert "31 (2) to 42 (2)" in shown
    assert f"{tmp_path}/runs/base-1/progress.csv: final 30" in shown


SHEET = """\
"date"\t"id"\t"on"\t"change"\t"added"\t"removed"\t"knobs"\t"before"\t"after"\t"gain"\t"low"\t"high"\t"kept"\t"why"\t"mine"\r
2027-01-04\tclip\tcounting#r\t"a ""b"" c"\t2\t0\t1\t3363 (3)\t3556 (3)\t5.70%\t3.00%\t8.40%\tyes\t\tx\r
2027-01-05\tdrop\tcounting#r\tdrop\t0\t40\t0\t3363\t3360.5 (3)\t−0.1%\t−2%\t2%\t\t\t\r
"""


def test_a_table_that_a_sheet_has_saved_is_read_and_added_to(root: Path) -> None:
    (root / "ablations").mkdir()
    (root / FILE).write_text(SHEET, encoding="utf-8", newline="")
    first, second = _listed(root)
    assert (first["change"], first["gain"], first["interval"]) == ('a "b" c', 0.057, [0.03, 0.084])
    assert (second["before"], second["free"]) == ({"mean": 3363.0, "runs": 1}, True)
    said(run(root, "ablation", "new", "--of", "counting#r", *RUNS, "--lines", "1"))
    text = (root / FILE).read_bytes().decode()
    assert text.startswith(SHEET)
    assert text.endswith("\t\t\r\n")
    rows = list(csv.DictReader(text.splitlines(), dialect="excel-tab"))
    assert [row["id"] for row in rows] == ["clip", "drop", "new"]
    (root / FILE).write_text(
        "\n".join("\t".join(row.values()) for row in rows), encoding="utf-8", newline=""
    )
    assert "the table has no column 'date'" in run(root, "check").output


BAD = """\
date\tid\ton\tchange\tadded\tremoved\tknobs\tbefore\tafter\tgain\tlow\thigh\tkept\twhy\tparent
2027-13-04\ta\tt\tc\t1\t0\t0\t1 (3)\t2 (3)\t+5%\t\t\t\t\t
2027-01-04\tb\tt\tc\tone\t0\t0\t1 (3)\t2 (3)\t+5%\t\t\t\t\t
2027-01-04\tc\tt\tc\t1\t0\t0\t1 (0)\t2 (3)\t+5%\t\t\t\t\t
2027-01-04\td\tt\tc\t1\t0\t0\t1 (3)\t2 (3)\tmuch\t\t\t\t\t
2027-01-04\te\tt\tc\t1\t0\t0\t1 (3)\t2 (3)\t5%\t\t\tmaybe\t\t
2027-01-04\tf\tt\tc\t1\t0\t0\t1 (3)\t2 (3)\t5%\t\t\t\t\tgg
2027-01-04\tf\tt\tc\t1\t0\t0\t1 (3)\t2 (3)\t5%\t\t\t\t\t
2027-01-04\tg\tt\tc\t-1\t0\t0\t1 (3)\t2 (3)\t5%\t\t\t\t\t
"""


def test_what_is_wrong_with_a_table_has_its_place(root: Path) -> None:
    (root / "ablations").mkdir()
    (root / FILE).write_text(BAD, encoding="utf-8")
    found = json.loads(run(root, "check", "--json").stdout)
    places = {(one["line"], one["column"], one["code"]) for one in found}
    assert places == {
        (2, 1, "bad-date"),
        (3, 18, "bad-number"),
        (4, 24, "bad-number"),
        (5, 36, "bad-number"),
        (6, 41, "bad-number"),
        (7, 1, "unknown-change"),
        (8, 1, "duplicate-id"),
        (9, 18, "bad-number"),
    }
    assert [one["id"] for one in _listed(root)] == ["f", "f"]


def test_the_list_names_the_frontier_and_the_line_of_the_settings(tmp_path: Path) -> None:
    line = "worth: [{lines: 2, gain: 10%}, {lines: 10, gain: 50%}]\n"
    root = workspace(tmp_path, settings=SETTINGS + line)
    assert "No change is recorded" in said(run(root, "ablations"))
    of = ("--of", "my loss", "--lower")
    said(run(root, "ablation", "halve", *of, *_arms(1, 0.5), "--lines", "3"))
    said(run(root, "ablation", "pad", *of, *_arms(1, 0.9), "--lines", "30"))
    said(run(root, "ablation", "drop", *of, *_arms(1, 1), "--lines", "-40"))
    shown = said(run(root, "ablations"))
    rows = [" ".join(row.split()) for row in shown.splitlines()]
    assert "halve +3 -0 0 +50.00% +49.79 to +50.21% frontier yes" in rows
    assert any(row.startswith("pad +30 -0") and row.endswith("behind halve no") for row in rows)
    assert "free deletion: no loss can be told from 0" in shown
    assert "did you mean 'my-loss'?" in run(root, "ablations", "mi-loss").stderr
    assert "no problems" in said(run(root, "check"))


def _arms(before: float, after: float) -> tuple[str, ...]:
    return (
        *("--before", str(before), str(before + 0.001)),
        *("--after", str(after), str(after + 0.0005)),
    )
