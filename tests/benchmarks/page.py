"""Measure the page: `python -m tests.benchmarks.page`; each view at 1,000 units and 10,000 facts, in process."""

from __future__ import annotations

import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen

from curriculum.web.server import collect_garbage_seldom
from tests.benchmarks.processes import COMMAND, ROOT
from tests.benchmarks.progress import TODAY, fill, run, work
from tests.web.pages import Browser, browser

VIEWS = (
    "/", "/road", "/plan", "/graph", "/graph?scope=library", "/results", "/time", "/notebook", "/reviews",
    "/ideas", "/skims", "/library", "/library/sutton-barto-2018", "/library/sutton-barto-2018/13",
)  # fmt: skip


def main() -> None:
    """Time the first paint after the start, and each view: as files changed, and the next time."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _lay_out(root)
        browser(root, TODAY).get("/")
        collect_garbage_seldom()
        print(
            f"{'first answer of Today after the start':<40} {_first_answer(root):>6.0f} ms  at most 150"
        )
        print(f"{'view':<40} {'after a change':>14} {'again':>8}  at most 300 ms")
        for view in VIEWS:
            changed, again = _view(root, view)
            print(f"{view:<40} {changed:>11.0f} ms {again:>5.0f} ms", flush=True)


def _lay_out(root: Path) -> None:
    """Make a workspace of 1,000 units with a plan and 10,000 facts."""
    for number in range(20):
        kind = "papers" if number % 2 else "textbooks"
        file = root / f"syllabi/{kind}/work-{number:02}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(work(number), encoding="utf-8")
    fill(root / "journal.db")
    run(root, "plan")


def _first_answer(root: Path) -> float:
    """Return the milliseconds from the line that says where the page is to its first answer."""
    command = [*COMMAND, "--workspace", str(root), "--today", TODAY, "serve", "--port", "0"]
    with Popen(command, stdout=PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        begin = time.perf_counter()
        with urllib.request.urlopen(address, timeout=30) as answer:
            answer.read()
        taken = time.perf_counter() - begin
        process.terminate()
    return taken * 1000


def _view(root: Path, view: str) -> tuple[float, float]:
    """Return the milliseconds of a view after a file was changed, and once more."""
    page = browser(root, TODAY)
    page.get(view)
    changed = median(_after_change(root, page, view) for _ in range(3))
    return changed, median(_milliseconds(lambda: page.get(view)) for _ in range(5))


def _after_change(root: Path, page: Browser, view: str) -> float:
    (root / "calendars" / "ledger.json").touch()
    time.sleep(0.2)
    return _milliseconds(lambda: page.get(view))


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
