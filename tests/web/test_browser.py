"""The page in Chromium: by clicking, by keyboard, without script, and as axe-core judges it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from curriculum.web.routes import SHOWN
from tests.web.served import page_of
from tests.web.views import ADDRESSES, DAY, PAGES, REFUSALS, lived_in
from tests.workspaces import BOOK, SETTINGS, run, workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / ".node/node_modules/axe-core/axe.min.js"
AS_ELSEWHERE = {"/library", "/problems", "/graph"}
"""Views that show the same in an empty workspace as in any."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with a plan, a note and an idea."""
    workspace(tmp_path)
    run(tmp_path, "plan")
    run(tmp_path, "note", "next: ask Bo")
    run(tmp_path, "idea", "Sums of sums")
    return tmp_path


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_week_is_recorded_by_clicking(chromium: Browser, root: Path, *, has_script: bool) -> None:
    with page_of(root, DAY) as address:
        context = chromium.new_context(java_script_enabled=has_script)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.get_by_role("button", name="Studied as planned").first.click()
        assert page.get_by_role("status").inner_text().startswith("logged: ")
        page.get_by_role("button", name="Missed", exact=True).first.click()
        assert "missed: " in page.get_by_role("status").inner_text()
        page.get_by_role("button", name="Take it back").click()
        assert "took back: missed" in page.get_by_role("status").inner_text()
        page.get_by_label("Unit", exact=True).fill("sums/1")
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_role("button", name="Stop and log").click()
        page.get_by_label("What happened, or what comes next").fill("finding: it adds up")
        page.get_by_role("button", name="Write it down").click()
        page.get_by_role("link", name="Notebook").click()
        assert page.get_by_text("it adds up").is_visible()
        page.get_by_role("link", name="Road").click()
        page.get_by_role("link", name="Plan again").click()
        page.get_by_role("button", name="Publish this plan").click()
        assert "Published to" in page.get_by_role("status").inner_text()
        assert all(url.startswith(address) for url in asked)
        context.close()


def test_a_session_is_dragged_to_another_time_and_let_go(chromium: Browser, root: Path) -> None:
    with page_of(root, "2027-01-04") as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        page.goto(f"{address}/road")
        start = page.locator("[data-uid]").last.get_attribute("data-session")
        drag(page, page.locator("[data-uid]").last, "2027-01-09", 10 * 60 + 30)
        assert "pinned: " in page.get_by_role("status").inner_text()
        assert "Sat 9 Jan 2027, 10:30" in page.get_by_role("status").inner_text()
        assert "The next plan holds it on Sat 9 Jan 2027, 10:30" in page.content()
        assert page.locator('[data-session="2027-01-09T10:30"]').is_visible()
        page.get_by_role("button", name="Take it back").click()
        assert page.locator(f'[data-session="{start}"]').is_visible()
        # Where another session is, it is refused in the words of the command.
        drag(page, page.locator("[data-uid]").last, "2027-01-06", 19 * 60)
        assert "another session is planned at" in page.get_by_role("main").inner_text()
        page.close()


def test_a_click_on_a_session_leads_to_its_form_and_escape_ends_a_drag(
    chromium: Browser, root: Path
) -> None:
    with page_of(root, "2027-01-04") as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        page.goto(f"{address}/road")
        session = page.locator("[data-uid]").last
        session.click()
        card = page.locator("article:target")
        assert card.is_visible()
        card.get_by_text("Log, finish or move").click()
        assert card.get_by_label("Hold it at").input_value() == session.get_attribute(
            "data-session"
        )
        session.scroll_into_view_if_needed()
        box = session.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 9, box["y"] + 9)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 9)
        assert session.get_attribute("transform") is not None
        page.keyboard.press("Escape")
        assert session.get_attribute("transform") is None
        page.mouse.up()
        assert page.get_by_role("status").count() == 0
        page.close()


def test_a_drag_from_a_page_that_is_out_of_date_is_refused(chromium: Browser, root: Path) -> None:
    with page_of(root, "2027-01-04") as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        page.goto(f"{address}/road")
        run(root, "log", "sums", "1", "20m")
        drag(page, page.locator("[data-uid]").last, "2027-01-09", 10 * 60)
        assert "logged: sums/1 Adding (20 min)" in page.get_by_role("main").inner_text()
        page.get_by_role("button", name="Do it all the same").click()
        assert "pinned: " in page.get_by_role("status").inner_text()
        page.close()


def drag(page: Page, session: Locator, day: str, minute: int) -> None:
    """Drag a session by its middle to a day, so that it begins at a minute of it."""
    page.locator("#week").evaluate("heading => heading.scrollIntoView()")
    column = page.locator(f'[data-day="{day}"]')
    to, box = column.bounding_box(), session.bounding_box()
    assert to is not None
    assert box is not None
    first, last = (int(column.get_attribute(name) or "") for name in ("data-from", "data-to"))
    top = to["y"] + (minute - first) / (last - first) * to["height"]
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(to["x"] + to["width"] / 2, top, steps=3)
    page.mouse.move(to["x"] + to["width"] / 2, top + box["height"] / 2)
    with page.expect_navigation():
        page.mouse.up()


def test_the_keyboard_alone_is_enough(chromium: Browser, root: Path) -> None:
    with page_of(root, DAY) as address:
        page = chromium.new_page()
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        _tab_to(page, "Studied as planned")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=status]")
        assert page.get_by_role("status").inner_text().startswith("logged: ")
        page.close()


def _tab_to(page: Page, name: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"'{name}' is not reached by Tab")


@pytest.fixture(scope="module")
def judge(chromium: Browser) -> Iterator[Page]:
    """Return a page on a narrow screen into which axe-core is loaded."""
    if not AXE.is_file():
        pytest.skip("npm could not get axe-core")
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a workspace in which everything happened, and return the address of its page."""
    with page_of(lived_in(tmp_path_factory.mktemp("lived")), DAY) as address:
        yield address


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a workspace with a mistake in a syllabus, and one in the settings."""
    book = BOOK.replace("title: Adding", "tilte: Adding")
    root = workspace(tmp_path_factory.mktemp("broken"), book=book, settings=SETTINGS + "lod: 1\n")
    with page_of(root, DAY) as address:
        yield address


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a workspace in which nothing happened yet."""
    root = tmp_path_factory.mktemp("empty")
    run(root, "init")
    with page_of(root, DAY) as address:
        yield address


def found_by(page: Page) -> list[str]:
    """Return what is wrong with a page: what axe-core finds in light and dark, and its width."""
    page.emulate_media(color_scheme="light")
    violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    page.emulate_media(color_scheme="dark")
    # What is not a matter of colours is the same in both.
    rules = "{runOnly: ['color-contrast'], resultTypes: ['violations']}"
    violations += page.evaluate(f"axe.run({rules})")["violations"]
    found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    if page.evaluate("document.documentElement.scrollWidth") > 360:
        found.append("it is wider than the screen")
    return found


PAPER = 688
"""The width of an A4 side between margins of 14 mm, in pixels."""


def printed_width(page: Page) -> int:
    """Return how wide a page is on paper: what is wider than the paper would be cut off."""
    before = page.viewport_size
    assert before is not None
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    width: int = page.evaluate("document.documentElement.scrollWidth")
    page.emulate_media(media="screen")
    page.set_viewport_size(before)
    return width


def test_every_view_is_looked_at() -> None:
    assert set(ADDRESSES) == set(SHOWN)


@pytest.mark.parametrize("view", [*PAGES, *REFUSALS])
def test_a_view_is_accessible_in_light_and_dark(judge: Page, lived: str, view: str) -> None:
    answer = judge.goto(lived + view)

    assert answer is not None
    assert (answer.status == 200) == (view in PAGES)
    assert found_by(judge) == []
    assert printed_width(judge) <= PAPER


@pytest.mark.parametrize("view", ["/", "/road", "/problems"])
def test_a_page_of_problems_is_accessible(judge: Page, broken: str, view: str) -> None:
    judge.goto(broken + view)

    assert found_by(judge) == []


@pytest.mark.parametrize("view", sorted({one for one in SHOWN if "{" not in one} - AS_ELSEWHERE))
def test_an_empty_page_is_accessible(judge: Page, empty: str, view: str) -> None:
    judge.goto(empty + view)

    assert found_by(judge) == []


def test_what_is_said_of_a_change_is_accessible(judge: Page, root: Path) -> None:
    with page_of(root, DAY) as address:
        judge.goto(address)
        run(root, "log", "sums", "1", "20m", today=DAY)
        judge.get_by_label("What happened, or what comes next").fill("finding: it adds up")
        judge.get_by_role("button", name="Write it down").click()
        assert judge.get_by_role("heading", level=1).inner_text() == "Something changed meanwhile"
        assert found_by(judge) == []
        judge.get_by_role("button", name="Do it all the same").click()
        judge.get_by_label("Unit", exact=True).fill("sums/1")
        judge.get_by_role("button", name="Start", exact=True).click()
        assert judge.get_by_role("status").inner_text().startswith("started: ")
        assert found_by(judge) == []
