"""A chapter of which a first reading is enough: planned, recorded, reopened, and needed in full later."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import BOOK, PAPER, SETTINGS, run, said, workspace

SKIMMING = PAPER.replace(
    "{topic: subtraction, why: the loss is a difference}",
    "{ref: sums/2, strength: skim, why: the loss is a difference}",
)
TIMED = BOOK.replace("exercises: 1h", "exercises: 1h, skim: 40m")
LATER = SETTINGS.replace("  - counting", "  - counting\n  - sums/2")


def skimming(root: Path, **changes: str) -> Path:
    return workspace(root, **{"paper": SKIMMING, "book": TIMED, **changes})


def planned(root: Path) -> dict[str, int]:
    """Return the minutes of each unit that is planned."""
    plan = json.loads(said(run(root, "plan", "--json")))
    return {unit["unit"]: unit["effort"] for unit in plan["units"]}


def status_of_the_book(root: Path) -> dict[str, int]:
    """Return the row of `status` about the book of sums."""
    works = json.loads(said(run(root, "status", "--json")))["works"]
    (row,) = (one for one in works if one["work"] == "sums")
    return row  # type: ignore[no-any-return]


def test_the_calendar_says_that_it_is_a_first_reading(tmp_path: Path) -> None:
    root = skimming(tmp_path)

    assert planned(root)["sums/2.skim"] == 40
    events = (root / "calendars/textbooks.ics").read_text().replace("\n ", "").replace("\r", "")
    assert "SUMMARY:A Book of Sums - 2 Taking away (first reading)\n" in events
    assert "2 Taking away (first reading): 40 min\\, pp. 21-40\\; then it is finished" in events
    assert ":sums/2.skim\n" in events


def test_a_first_reading_is_done_and_reopened_by_its_name(tmp_path: Path) -> None:
    root = skimming(tmp_path)
    whole = planned(root)

    assert "done: sums/2.skim Taking away (first reading)" in said(run(root, "done", "sums/2.skim"))
    after = planned(root)
    said(run(root, "reopen", "sums/2.skim"))

    assert after == {unit: minutes for unit, minutes in whole.items() if unit != "sums/2.skim"}
    assert planned(root) == whole
    said(run(root, "undo"))
    assert planned(root) == after


def test_what_was_read_once_is_planned_as_a_whole_when_it_is_needed_and_stays_done(
    tmp_path: Path,
) -> None:
    root = skimming(tmp_path)
    said(run(root, "done", "sums/2.skim", "--took", "50m"))
    row = status_of_the_book(root)
    assert (row["done"], row["units"], row["left"]) == (1, 1, 0)

    skimming(tmp_path, settings=LATER)
    row = status_of_the_book(root)

    assert planned(root)["sums/2"] == 180
    assert (row["done"], row["units"]) == (1, 3)
    assert "sums/2.skim" not in planned(root)
    assert said(run(root, "check")).startswith("no problems")


def test_the_whole_chapter_done_is_more_than_a_first_reading(tmp_path: Path) -> None:
    root = skimming(tmp_path)
    said(run(root, "done", "sums/2"))

    assert "sums/2.skim" not in planned(root)
    row = status_of_the_book(root)
    assert (row["done"], row["units"]) == (1, 1)


def test_a_first_reading_that_nothing_asks_for_any_more_is_still_known(tmp_path: Path) -> None:
    root = skimming(tmp_path)
    said(run(root, "log", "sums/2.skim", "30m"))
    said(run(root, "done", "sums/2.skim"))
    workspace(tmp_path)

    assert said(run(root, "check")).startswith("no problems")
    assert "Taking away (first reading)" in said(run(root, "log", "--list"))
    assert status_of_the_book(root)["spent"] == 30
    assert "open again: sums/2.skim" in said(run(root, "reopen", "sums/2.skim"))
    assert said(run(root, "show", "sums/2.skim")).endswith("Spent so far: 30 min\n")


def test_the_days_between_units_hold_after_a_first_reading_too(tmp_path: Path) -> None:
    """P5: what is planned for the third chapter is the same after the first reading of the second."""
    book = TIMED + "gap: 3d\n"
    asked = "{id: 3, title: Multiplying, requires: [{ref: 2, strength: skim}]"
    book = book.replace("{id: 3, title: Multiplying", asked)
    root = skimming(tmp_path, book=book, settings=SETTINGS.replace("  - counting", "  - sums/3"))
    assert "'sums/3' (2 h) starts on Thu 7 Jan 2027 at 19:00" in said(run(root, "why", "sums/3"))
    said(run(root, "done", "sums/2.skim"))

    assert "'sums/3' (2 h) starts on Thu 7 Jan 2027 at 19:00" in said(run(root, "why", "sums/3"))
    said_next = " ".join(said(run(root, "next")).split())
    assert "Done before it: sums/2.skim." in said_next
    assert "sums/3 Rests until Thu 7 Jan 2027" in said_next


def test_why_and_path_say_that_a_first_reading_is_enough(tmp_path: Path) -> None:
    root = skimming(tmp_path)

    assert said(run(root, "why", "sums/2")) == (
        "'sums/2' is not planned: a first reading is enough, 'sums/2.skim'.\n"
    )
    assert (
        "a first reading of sums/2 for attention/read: sums/2.skim, adding 40 min "
        "(sums/2 would add 5 h)" in " ".join(said(run(root, "path", "attention")).split())
    )


def test_a_picture_shows_first_readings_in_their_own_way(tmp_path: Path) -> None:
    root = skimming(tmp_path)

    assert '--o|"the loss is a difference"|' in said(run(root, "graph", "--format", "mermaid"))
    assert '"sums/2.skim" -> "attention/read" [style=dotted' in said(run(root, "graph"))
    edges = json.loads(said(run(root, "graph", "--format", "json")))["edges"]
    assert ("sums/2.skim", "skim") in {(edge["before"], edge["strength"]) for edge in edges}


def test_an_idea_for_which_a_first_reading_is_enough_comes_back_after_it(tmp_path: Path) -> None:
    root = skimming(tmp_path)
    (root / "ideas").mkdir()
    (root / "ideas/more.yaml").write_text(
        "title: More\nsince: 2027-01-01\nrequires: [{ref: sums/2, strength: skim}]\n"
    )

    assert json.loads(said(run(root, "ideas", "--due", "--json"))) == []
    said(run(root, "done", "sums/2.skim"))
    (idea,) = json.loads(said(run(root, "ideas", "--due", "--json")))
    assert idea["learned"]
