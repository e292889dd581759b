"""Whatever changes while the page is served: it shows what a page shows that is served from now on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.pages import Browser, browser
from tests.workspaces import BOOK, rename_book, run, workspace

DAY = "2027-01-08"
VIEWS = ("/", "/plan", "/graph", "/library/sums")


def _rename(root: Path) -> None:
    book = root / "syllabi/textbooks/sums.yaml"
    text = book.read_text(encoding="utf-8")
    (book.parent / "totals.yaml").write_text(f"{text}formerly: sums\n", encoding="utf-8")
    book.unlink()


def _set(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / "syllabi/curriculum.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


def _another_journal(root: Path) -> None:
    (root / "journal.db").unlink()
    run(root, "log", "sums/2", "20m", today=DAY)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a title": lambda root: rename_book(root, "Sums once more"),
    "the hours": _set("19:00-21:00", "18:00-21:00"),
    "what is known": _set("goals:", "known: [sums/1]\ngoals:"),
    "the clock": _set("Europe/Berlin", "America/New_York"),
    "study": lambda root: run(root, "log", "sums/1", "40m", today=DAY),
    "a first reading": lambda root: run(root, "log", "sums/2.skim", "40m", today=DAY),
    "another journal": _another_journal,
    "a unit done": lambda root: run(root, "done", "sums/1", today=DAY),
    "a plan": lambda root: run(root, "plan", today=DAY),
    "a name": _rename,
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_page_shows_what_changed_as_if_it_were_served_from_now_on(
    tmp_path: Path, what: str
) -> None:
    root = workspace(tmp_path, book=BOOK.replace("exercises: 1h", "exercises: 1h, skim: 40m"))
    run(root, "plan")
    run(root, "log", "sums/1", "30m")
    _make_older(root)
    page = browser(root, DAY)
    before = [_shown(page, view) for view in VIEWS]

    CHANGES[what](root)

    after = [_shown(page, view) for view in VIEWS]
    assert after == [_shown(browser(root, DAY), view) for view in VIEWS]
    assert after != before


def _make_older(root: Path) -> None:
    """Let the last change be so long ago that what is read can be remembered."""
    then = time.time() - 10
    for path in root.rglob("*"):
        os.utime(path, (then, then))


def _shown(page: Browser, view: str) -> str:
    return page.request("GET", view).text.replace(page.site.token, "")
