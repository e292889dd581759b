"""Who may read the page and who may change anything; nothing of the user's becomes HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.web.app import MOST_OF_FORM
from tests.web.pages import Browser, browser
from tests.web.views import DAY, PAGES, REFUSALS, lived_in
from tests.workspaces import BOOK, SETTINGS, run, workspace

HOSTILE = "<script>alert(1)</script>\u202e" + "x" * 10_000


def forged(page: Browser, headers: dict[str, str], **fields: str) -> int:
    marks = page.marks() | {"unit": "sums/1", "hours": "45m"} | fields
    return page.request("POST", "/log", marks, headers).status_code


def test_a_change_needs_the_token_of_this_server(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))

    assert forged(page, {}, token="") == 409
    assert forged(page, {}, token="x" * 32) == 409
    assert forged(page, {}, token=browser(tmp_path).site.token) == 409
    assert not (tmp_path / "journal.db").exists()
    assert forged(page, {}) == 200
    assert (tmp_path / "journal.db").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
    ],
    ids=str,
)
def test_a_change_from_another_site_is_refused_even_with_the_token(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    page = browser(workspace(tmp_path))

    assert forged(page, headers) == 403
    assert not (tmp_path / "journal.db").exists()


def test_other_machines_and_proxies_do_not_see_the_page(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    run(tmp_path, "plan")

    for address, status in (("/", 403), ("/notebook", 403), ("/papers.ics", 200)):
        assert page.request("GET", address, client="192.168.1.7").status_code == status
        assert page.request("GET", address, headers={"host": "192.168.1.5"}).status_code == status
        forwarded = {"x-forwarded-for": "192.168.1.7"}
        assert page.request("GET", address, headers=forwarded).status_code == status
    assert page.request("GET", "/", headers={"host": "evil.example"}).status_code == 403
    assert page.request("GET", "/", headers={"host": "localhost:8117"}).status_code == 200


def test_every_page_allows_nothing_from_elsewhere_and_has_no_inline_script(tmp_path: Path) -> None:
    page = browser(lived_in(tmp_path), DAY)

    for view in (*PAGES, *REFUSALS):
        answer = page.request("GET", view)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert " style=" not in answer.text
        assert " onclick=" not in answer.text
        assert answer.text.count("<script") == 1
        assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


def test_hostile_texts_are_shown_as_text_in_every_view(tmp_path: Path) -> None:
    book = BOOK.replace("title: A Book of Sums", f"title: '{HOSTILE[:200]}'").replace(
        "title: Adding", f"title: '{HOSTILE[:3000]}'"
    )
    settings = SETTINGS.replace("title: Sums", "title: '</title><script>alert(2)</script>'")
    page = browser(lived_in(tmp_path, book=book, settings=settings), DAY)
    (tmp_path / "hostile.txt").write_text(f"2701.09999 {HOSTILE[:300]}\n")
    assert run(tmp_path, "skim", "import", str(tmp_path / "hostile.txt"), today=DAY).exit_code == 0
    assert page.post("/note", text=HOSTILE).status_code == 200
    assert page.post("/ideas", text=f"{HOSTILE[:90]}").status_code == 200

    for view in PAGES:
        text = page.get(view)
        assert text.count("<script") == 1, view
        assert "<script>alert" not in text, view


def test_links_of_notes_lead_to_attached_files_alone(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    files = tmp_path / "notebook/files"
    files.mkdir(parents=True)
    (files / "2027-01-04-kl.png").write_bytes(b"\x89PNG")
    (files / "page.html").write_text("<script>alert(1)</script>")
    (tmp_path / "secret.txt").write_text("secret")
    page.post(
        "/note",
        text="![kl](../files/2027-01-04-kl.png) [x](javascript:alert(1)) [y](../../secret.txt) "
        "![far](https://evil.example/x.png) <b>bold</b>",
    )

    text = page.get("/notebook")
    assert 'src="/notebook/files/2027-01-04-kl.png"' in text
    assert "javascript:" not in text.replace("[x](javascript:alert(1))", "")
    assert "evil.example" not in text
    assert "<b>bold" not in text
    image = page.request("GET", "/notebook/files/2027-01-04-kl.png")
    assert (image.status_code, image.headers["content-type"]) == (200, "image/png")
    html = page.request("GET", "/notebook/files/page.html")
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-disposition"] == "attachment"
    for name in ("../../secret.txt", "..%2f..%2fsecret.txt", ".hidden", "none.png"):
        assert page.request("GET", f"/notebook/files/{name}").status_code in (404, 400)


def test_a_form_that_is_too_large_is_refused(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))

    answer = page.send("/note", page.marks() | {"text": "x" * (MOST_OF_FORM + 1)})
    assert answer.status_code == 413
    assert not (tmp_path / "notebook").exists()


def test_a_form_that_is_out_of_date_is_refused_with_what_changed(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    old = page.marks()
    run(tmp_path, "log", "sums", "1", "20m")

    answer = page.send("/log", old | {"unit": "sums/1", "hours": "45m"})
    assert answer.status_code == 409
    assert "logged: sums/1 Adding (20 min)" in answer.text
    assert "Do it all the same" in answer.text
    (tmp_path / "syllabi/curriculum.yaml").write_text(SETTINGS + "load: 80%\n")
    assert "the settings were changed" in page.send("/stop", old).text


def test_a_broken_workspace_shows_the_lines_that_are_wrong(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path, book=BOOK.replace("title: Adding", "tilte: Adding")))

    text = page.get("/road", status=422)
    assert "sums.yaml:" in text
    assert "tilte" in text
    assert "title" in text
    assert page.get("/") != ""


def test_a_change_of_a_file_shows_on_the_next_load(tmp_path: Path) -> None:
    page = browser(workspace(tmp_path))
    assert "A Book of Sums" in page.get("/library")

    book = tmp_path / "syllabi/textbooks/sums.yaml"
    book.write_text(BOOK.replace("A Book of Sums", "A Book of Differences"))

    assert "A Book of Differences" in page.get("/library")
