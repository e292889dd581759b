"""A work may be renamed by a command or by hand; no hour of it is lost, silently or otherwise."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import PAPER, SETTINGS, run, workspace

DAY = "2027-01-05"
REFERRING = PAPER.replace(
    "requires: [{topic: subtraction, why: the loss is a difference}]",
    "requires: ['sums/1', {any: [sums/2-3, counting]}]\nbuilds_on: [{ref: \"sums\", idea: sums}]",
)
WITH_GOAL = (
    SETTINGS.replace("  - counting", "  - counting\n  - {work: sum, units: 3}  # sums")
    + "known: [sums/1]\n"
)


def spent(root: Path) -> dict[str, int]:
    works = json.loads(run(root, "status", "--json", today=DAY).stdout)["works"]
    return {one["work"]: one["spent"] for one in works}


def test_a_renamed_work_keeps_its_hours_its_references_and_its_plan(tmp_path: Path) -> None:
    root = workspace(tmp_path, paper=REFERRING, settings=WITH_GOAL.replace("sum,", "sums,"))
    run(root, "plan")
    run(root, "log", "sums/3", "50m", today=DAY)
    before = spent(root)
    said = run(root, "rename", "sums", "adding-2020", today=DAY)

    assert said.stdout.splitlines() == [
        "renamed sums to adding-2020: syllabi/textbooks/adding-2020.yaml",
        "changed syllabi/curriculum.yaml",
        "changed syllabi/papers/attention.yaml",
        "50 min of study count for adding-2020",
    ]
    after = spent(root)
    assert after.pop("adding-2020") == before.pop("sums") == 50
    assert after == before
    paper = (root / "syllabi/papers/attention.yaml").read_text(encoding="utf-8")
    assert "requires: ['adding-2020/1', {any: [adding-2020/2-3, counting]}]" in paper
    assert 'builds_on: [{ref: "adding-2020", idea: sums}]' in paper
    settings = (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")
    assert "{work: adding-2020, units: 3}  # sums" in settings
    assert "known: [adding-2020/1]" in settings
    assert run(root, "check").stdout.startswith("no problems")


def test_a_renaming_is_taken_back_as_a_whole(tmp_path: Path) -> None:
    root = workspace(tmp_path, paper=REFERRING)
    run(root, "log", "sums/1", "50m", today=DAY)
    files = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    before = spent(root)
    run(root, "rename", "sums", "adding-2020", today=DAY)
    run(root, "undo", today=DAY)

    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == files
    assert spent(root) == before


def test_a_goal_with_a_short_name_is_renamed_too(tmp_path: Path) -> None:
    settings = SETTINGS.replace("  - counting", "  - Counting")
    root = workspace(tmp_path, settings=settings)
    run(root, "rename", "counting", "numbers-1999")

    assert "- numbers-1999" in (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")


def test_what_cannot_be_renamed_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert "library copy ppo-2017" in run(root, "rename", "ppo-2017", "mine").stderr
    assert "is a work already" in run(root, "rename", "sums", "counting").stderr
    assert "cannot be the name" in run(root, "rename", "sums", "Adding up").stderr
    assert "did you mean 'sums'" in run(root, "rename", "summs", "adding").stderr
    assert (root / "syllabi/textbooks/sums.yaml").exists()


def test_a_file_renamed_by_hand_is_told_until_its_syllabus_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "log", "sums/1", "50m", today=DAY)
    hours = spent(root)["sums"]
    old, new = root / "syllabi/textbooks/sums.yaml", root / "syllabi/textbooks/adding.yaml"
    text = old.read_text(encoding="utf-8")
    old.rename(new)

    for command in ("check", "plan", "status"):
        said = run(root, command, today=DAY)
        told = said.stdout + said.stderr
        assert "the journal speaks of 'sums' (50 min), which no syllabus defines" in told
        assert "add 'formerly: sums' to syllabi/textbooks/adding.yaml" in told
        assert said.exit_code == 0
    new.write_text(text + "formerly: sums\n", encoding="utf-8")

    assert run(root, "check").stdout.startswith("no problems")
    assert spent(root)["adding"] == hours == 50
    assert "adding/1" in run(root, "today", today="2027-01-04").stdout


def test_a_unit_that_is_gone_and_a_name_that_is_taken_are_told(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "log", "sums/3", "50m", today=DAY)
    book = root / "syllabi/textbooks/sums.yaml"
    book.write_text(
        book.read_text(encoding="utf-8").replace("id: 3", "id: three") + "formerly: [counting]\n",
        encoding="utf-8",
    )
    told = run(root, "check").stderr

    assert "the journal speaks of 'sums/3' (50 min), but 'sums' has no unit '3' any more" in told
    assert "'sums' was formerly 'counting', which is another work of this workspace" in told
