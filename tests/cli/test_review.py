"""`review` condenses a week or two, follows up the last one, and leaves what a person wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.workspaces import run, said, workspace

ENTRY = "notebook/2027/2027-01-04.md"
REVIEW = "notebook/reviews/2027-W01.md"


def _noted(root: Path) -> None:
    said(run(root, "note", "next: rerun it", "--at", "9:40"))
    said(run(root, "note", "finding: sums add up", "--at", "9:50"))
    said(run(root, "log", "sums/1", "45m"))
    said(run(root, "done", "sums/1"))


def _review(root: Path, *options: str, today: str = "2027-01-10") -> str:
    said(run(root, "review", *options, today=today))
    return (root / REVIEW).read_text(encoding="utf-8")


def test_a_review_is_filled_in_from_the_notebook_and_the_journal(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    text = _review(root)
    assert text.startswith("---\nfrom: 2027-01-04\nto: 2027-01-10\n---\n# 4-10 January 2027\n")
    assert "- [ ] rerun it ^" in text
    assert "- sums add up ([4 Jan](../2027/2027-01-04.md))\n" in text
    assert "| textbooks | 0 min | 45 min | 45 min | 0 min |\n" in text
    assert "- finished sums/1 Adding\n" in text
    assert "- next: rerun it ^" in (root / ENTRY).read_text(encoding="utf-8")


def test_a_review_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    text = _review(root)
    assert _review(root) == text
    assert _review(root, "--refresh") == text
    assert _review(root, "--of", "2027-01-04..2027-01-10") == text


def test_what_is_filled_in_again_leaves_what_was_edited(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    mine = _review(root).replace("## Insights\n", "## Insights\nMy own words.\n")
    mine = mine.replace("- sums add up", "- sums do add up")
    (root / REVIEW).write_text(mine, encoding="utf-8")
    said(
        run(
            root,
            "note",
            "insight: so do products",
            "--on",
            "2027-01-05",
            "--at",
            "9:00",
            today="2027-01-10",
        )
    )
    shown = said(run(root, "review", "--refresh", today="2027-01-10"))
    assert "you edited 'findings', so it was left as it is" in shown
    text = (root / REVIEW).read_text(encoding="utf-8")
    assert "My own words.\n" in text
    assert "- sums do add up" in text
    assert "- so do products (" in text
    assert "- sums add up" in _review(root, "--refresh", "--ours")


def test_the_next_review_follows_up_the_last_one(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    _review(root)
    (one,) = json.loads(said(run(root, "followups", "--json", today="2027-01-17")))
    assert (one["text"], one["since"], one["carried"]) == ("rerun it", "2027-01-04", 1)
    said(run(root, "review", today="2027-01-17"))
    second = (root / "notebook/reviews/2027-W02.md").read_text(encoding="utf-8")
    assert f"- [ ] rerun it ^{one['id']} - carried once, since 4 Jan" in second
    assert second.startswith("---\nfrom: 2027-01-11\nto: 2027-01-17\n---\n")


def test_a_follow_up_is_closed_where_it_was_noted(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    (one,) = json.loads(said(run(root, "followups", "--json")))
    closed = said(run(root, "followup", "drop", one["id"], "--why", "no effect"))
    assert closed == f"wrote: {ENTRY}: - [-] next: rerun it ^{one['id']}\n"
    assert f"- [-] next: rerun it ^{one['id']}\n  dropped: 2027-01-04, no effect\n" in (
        root / ENTRY
    ).read_text(encoding="utf-8")
    assert "dropped on 2027-01-04 (no effect)" in said(run(root, "followups", "--all"))
    assert "is dropped already" in run(root, "followup", "done", one["id"]).stderr
    said(run(root, "undo"))
    assert json.loads(said(run(root, "followups", "--json"))) == [one]
    assert "no follow-up has the id '^zzzz'" in run(root, "followup", "done", "zzzz").stderr


def test_a_review_of_past_days_knows_only_these_days(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    late = "2027-03-01"
    said(run(root, "note", "finding: later", "--at", "9:00", today=late))
    made: dict[str, Any] = json.loads(
        said(run(root, "review", "--of", "2027-W01", "--json", today=late))
    )
    assert [one["text"] for one in made["findings"]] == ["sums add up"]
    assert made["time"]["total"]["real"] == 45
    refused = run(root, "review", "--of", "2027-01-10..2027-01-12", today=late)
    assert refused.exit_code == 1
    assert f"'{REVIEW}' is about 2027-01-04..2027-01-10 already" in refused.stderr


def test_a_review_without_notes_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "Nothing was noted." in _review(root, "--of", "2027-W01")


def test_a_review_is_of_the_days_that_were_named(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _noted(root)
    _review(root)
    said(run(root, "review", "--until", "2027-01-13", today="2027-01-17"))
    second = (root / "notebook/reviews/2027-W02.md").read_text(encoding="utf-8")
    assert second.startswith("---\nfrom: 2027-01-11\nto: 2027-01-13\n---\n")
    for wrong in (("--since", "2027-01-17", "--until", "2027-01-15"), ("--until", "2026-01-01")):
        refused = run(root, "review", *wrong, today="2027-01-17")
        assert refused.exit_code == 2
        assert "is after" in refused.stderr
    both = run(root, "review", "--of", "2027-W02", "--since", "2027-01-15", today="2027-01-17")
    assert "'--of' names all days" in both.stderr


def test_one_undo_takes_back_a_review_and_the_ids_that_it_gave(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "note", "next: rerun it", "--at", "9:40"))
    before = (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8")
    said(run(root, "review", "--no-edit"))
    assert (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8") != before
    said(run(root, "undo"))
    assert (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8") == before
    assert not list((root / "notebook/reviews").glob("*.md"))


def test_a_name_about_which_there_can_be_no_note_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    refused = run(root, "notebook", "contuing")
    assert refused.exit_code == 2
    assert "did you mean 'counting'" in " ".join(refused.stderr.split())
    assert "did you mean 'sums/1'" in run(root, "notebook", "sum/1").stderr
    assert said(run(root, "notebook", "counting"))
    assert said(run(root, "notebook", "sums/1"))
