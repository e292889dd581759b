"""Papers that came in: what waits is shown, a mark is written by a form, and trends are counted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.web.pages import Browser, browser
from tests.workspaces import run, said, workspace

FEED = """<rss version="2.0"><channel><item><title>Half the Compute</title>
<link>https://arxiv.org/abs/2701.01234</link><description>arXiv:2701.01234v1
Abstract: We halve it.</description></item></channel></rss>
"""
IDS = "".join(f"2701.0{number:04} Paper {number}\n" for number in range(1, 8))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace into which eight papers came."""
    root = workspace(tmp_path)
    for name, text in (("feed.xml", FEED), ("ids.txt", IDS)):
        (tmp_path / name).write_text(text)
        said(run(root, "skim", "import", str(tmp_path / name)))
    return root


def mark(page: Browser, name: str, **fields: str) -> str:
    return page.post("/skims", seen_on="/skims", skim=name, **fields).text


def test_a_paper_is_marked_by_a_form_as_by_the_command(root: Path) -> None:
    page = browser(root)
    waiting = page.get("/skims")
    assert "Half the Compute" in waiting
    assert "We halve it." in waiting
    assert "Unread 8" in waiting
    assert "8 unread papers" in page.get("/")

    text = mark(page, "2701.01234", mark="read", doubt="one seed", uses="rms-norm, adam")
    assert "Take it back" in text
    (paper,) = json.loads(said(run(root, "skims", "--mark", "read", "--json")))
    assert (paper["title"], paper["doubt"]) == ("Half the Compute", "one seed")
    assert paper["uses"] == ["rms-norm", "adam"]
    assert "Half the Compute" not in page.get("/skims")
    assert "Doubt: <bdi>one seed" in page.get("/skims?show=read")
    page.post("/undo")
    assert "Half the Compute" in page.get("/skims")


def test_what_is_worth_hours_names_its_weakest_point(root: Path) -> None:
    page = browser(root)

    assert "say what its weakest point is" in mark(page, "2701.01234", mark="read")
    assert "is not what can be decided" in mark(page, "2701.01234", mark="like")
    assert "no paper that came in is called" in mark(page, "2701.99999", mark="pass")
    assert "Unread 8" in page.get("/skims")


def test_trends_are_those_of_the_command(root: Path) -> None:
    page = browser(root)
    for number in range(1, 6):
        mark(page, f"2701.0{number:04}", mark="watch", uses="flow-matching")

    (trend,) = json.loads(said(run(root, "skims", "--trends", "12w", "--json")))
    shown = " ".join(re.sub("<[^>]*>", " ", page.get("/skims")).split())
    counts = " ".join(str(count or "–") for count in trend["months"].values())
    change = f"{trend['change']:+d}"
    assert f"{trend['name']} {counts} {trend['papers']} {change}" in shown
