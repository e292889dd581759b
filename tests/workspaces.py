"""Small workspaces for tests of the command line, and a way to run commands in them."""

from __future__ import annotations

import gc
import re
from pathlib import Path

from click.testing import CliRunner, Result

from curriculum.cli.app import main

TODAY = "2027-01-04"
BOOK = """\
kind: textbook
title: A Book of Sums
authors: [Ada Adder]
year: 2020
url: https://example.org/sums
chapters:
  - {id: 1, title: Adding, pages: [1, 20]}
  - {id: 2, title: Taking away, pages: [21, 40], exercises: 1h, teaches: [subtraction]}
  - {id: 3, title: Multiplying, pages: [41, 60]}
"""
PAPER = """\
kind: paper
title: Attention to Sums
authors: [Bo Binary]
year: 2024
requires: [{topic: subtraction, why: the loss is a difference}]
steps:
  - {id: read, title: Read it, effort: 3h}
  - {id: implement, title: Build it, effort: 5h}
"""
ESSAY = """\
kind: paper
title: On Counting
steps:
  - {id: read, title: Read it, effort: 4h}
"""
SCORED_ESSAY = (
    ESSAY
    + """\
results:
  - id: r
    primary: true
    method: M
    on: {name: H, version: v1}
    protocol: {reducer: {how: final}}
    metric: {name: x, direction: higher, unit: points}
    value: {value: 1.0, centre: mean}
    spread: {kind: sd, value: 0.1, over: seeds}
    runs: 3
    source: {table: 1}
"""
)
"""The essay with a published result, `r`."""
SETTINGS = """\
title: Sums
goals:
  - {work: attention, by: 2027-03-31}
  - counting
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
"""
UNITS = ("sums/1", "sums/2", "sums/3", "attention/read", "attention/implement", "counting/read")


def workspace(root: Path, **changes: str) -> Path:
    """Lay out a workspace with a book, a paper and an essay; `settings="..."` and the like replace a file's text."""
    files = {
        "syllabi/curriculum.yaml": changes.get("settings", SETTINGS),
        "syllabi/textbooks/sums.yaml": changes.get("book", BOOK),
        "syllabi/papers/attention.yaml": changes.get("paper", PAPER),
        "syllabi/papers/counting.yaml": changes.get("essay", ESSAY),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def rename_book(root: Path, title: str) -> None:
    """Have the next plan say something else in all events of the book."""
    book = root / "syllabi/textbooks/sums.yaml"
    book.write_text(re.sub("^title: .*", f"title: {title}", book.read_text(), flags=re.MULTILINE))


def run(root: Path, *arguments: str, today: str = TODAY) -> Result:
    """Run a command in a workspace on a fixed day."""
    try:
        return CliRunner().invoke(
            main, ["--workspace", str(root), "--today", today, *arguments], catch_exceptions=False
        )
    finally:
        gc.enable()  # a command turns it off, since its process ends with it; this one goes on


def said(result: Result) -> str:
    """Return what a command that worked printed."""
    assert result.exit_code == 0, result.stderr
    return result.stdout
