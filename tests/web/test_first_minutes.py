"""The first minutes by clicking alone: a goal from the library, a plan, a first session; and editing."""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.web.pages import browser
from tests.workspaces import run, workspace


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None, name
    return html.unescape(found[1])


def test_an_empty_folder_becomes_a_plan_by_clicking(tmp_path: Path) -> None:
    run(tmp_path, "init")
    page = browser(tmp_path)
    for view in (
        "/",
        "/road",
        "/plan",
        "/graph",
        "/results",
        "/time",
        "/notebook",
        "/reviews",
        "/ideas",
    ):
        page.get(view)
    assert "hamming-1986" in page.get("/library?search=hamming")

    preview = page.get("/goals?work=hamming-1986&by=2027-03-31")
    assert "{work: hamming-1986, by: 2027-03-31}" in preview
    added = page.post("/goals", work="hamming-1986", by="2027-03-31", back="/plan")
    assert added.status_code == 200
    assert "hamming-1986" in (tmp_path / "syllabi/curriculum.yaml").read_text()
    published = page.post("/plan", seen_on="/plan", plan=hidden(page.get("/plan"), "plan"))
    assert "Published to" in published.text
    assert (tmp_path / "calendars/papers.ics").is_file()
    assert "You and Your Research" in page.get("/")


def test_another_plan_than_the_one_that_was_shown_is_not_published(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))

    answer = page.post("/plan", plan="0" * 16)

    assert answer.status_code == 409
    assert "Nothing was published" in answer.text
    assert not (tmp_path / "calendars/papers.ics").exists()


def test_a_text_that_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    page.post("/note", text="one")
    address = "/notebook/edit?day=2027-01-04"
    shown = page.get(address)
    file, mark = hidden(shown, "file"), hidden(shown, "mark")
    entry = tmp_path / file
    entry.write_text(entry.read_text() + "by hand\n")

    refused = page.post("/edit", seen_on=address, file=file, mark=mark, text="mine\r\n")
    assert refused.status_code == 409
    assert "by hand" in refused.text
    assert "by hand" in entry.read_text()
    mark = hidden(page.get(address), "mark")
    assert (
        page.post("/edit", seen_on=address, file=file, mark=mark, text="mine\r\n").status_code
        == 200
    )
    assert entry.read_bytes() == b"mine\n"
    page.post("/undo")
    assert "by hand" in entry.read_text()


def test_a_review_is_written_and_read(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    page.post("/note", text="finding: clip it")

    assert "clip it" in page.post("/review").text
    (review,) = (tmp_path / "notebook/reviews").iterdir()
    shown = page.get(f"/reviews/{review.stem}")
    assert "clip it" in shown
    assert 'href="/notebook?of=2027-01-04"' in shown
