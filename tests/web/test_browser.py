"""The page in Chromium: by clicking, by keyboard, without script, and as axe-core judges it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from curriculum.web.server import PageServer, site_of
from tests.workspaces import run, workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / ".node/node_modules/axe-core/axe.min.js"
VIEWS = (
    "/", "/road", "/plan", "/graph", "/results", "/time", "/notebook", "/notebook/edit", "/reviews", "/ideas",
    "/library", "/library/sums", "/library/sums/1", "/undo",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def served(root: Path, day: str) -> Iterator[str]:
    """Serve a workspace and yield the address of its page."""
    site = site_of(root, "127.0.0.1", (), day=date.fromisoformat(day), is_open=False)
    with PageServer(site, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.page.removesuffix("/")
        server.stop()
        thread.join()


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
    with served(root, "2027-01-08") as address:
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


def test_the_keyboard_alone_is_enough(chromium: Browser, root: Path) -> None:
    with served(root, "2027-01-08") as address:
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


@pytest.mark.skipif(not AXE.is_file(), reason="npm could not get axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_and_none_is_wider_than_the_screen(
    chromium: Browser, root: Path, scheme: str
) -> None:
    with served(root, "2027-01-08") as address:
        context = chromium.new_context(
            bypass_csp=True,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": 360, "height": 740},
        )
        page = context.new_page()
        found: list[str] = []
        for view in VIEWS:
            page.goto(address + view)
            page.add_script_tag(path=AXE)
            # What is not a matter of colours is the same in both.
            rules = "axe.run({runOnly: ['color-contrast']})" if scheme == "dark" else "axe.run()"
            result = page.evaluate(rules)
            for one in result["violations"]:
                found.append(f"{view} {one['id']}: {one['nodes'][0]['html'][:150]}")
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                found.append(f"{view} is wider than the screen")
        context.close()
        assert found == []
