"""Measure the notebook and what is made of it: `python -m tests.benchmarks.practice`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from curriculum.practice.notebook import entry_file
from tests.benchmarks.processes import COMMAND, run
from tests.benchmarks.progress import EXAMPLE, FACTS, fill

TODAY = date(2027, 3, 1)
TEN_YEARS = 3650
YEAR = 365


def main() -> None:
    """Time whole processes on a long notebook and a long journal."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "syllabi").mkdir()
        (root / "syllabi/curriculum.yaml").write_bytes(EXAMPLE.read_bytes())
        fill(root / "journal.db")
        _command(root, "plan")
        _write_entries(root, YEAR)
        page = root / "report.html"
        _report("note", 0.3, lambda: _command(root, "note", "ran 3 seeds of Pong"))
        _report(f"time with {FACTS:,} facts", 0.4, lambda: _command(root, "time"))
        _report("review of a year's notebook", 1, lambda: _review(root))
        _report("report", 1.5, lambda: _command(root, "report", "--output", str(page)))
        print(f"{'size of its page':<45} {page.stat().st_size / 1e6:>7.3f} MB  at most 1")
        _write_entries(root, TEN_YEARS)
        _report(
            f"notebook --grep over {TEN_YEARS:,} entries",
            1,
            lambda: _command(root, "notebook", "--grep", "seed 17"),
        )
        _report(f"today beside {TEN_YEARS:,} entries", 1, lambda: _command(root, "today"))


def _write_entries(root: Path, days: int) -> None:
    for number in range(days):
        day = TODAY - timedelta(days=number)
        path = root / entry_file(day)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (
            f"# {day}\n\n## 09:40 ppo-2017/read\nRan seed {number} of Pong with clip 0.1.\n"
            f"- finding: the return is {number % 21}\n\n## 17:05\n- insight: clip it\n"
        )
        if number % 7 == 0:
            text += f"- next: rerun seed {number} without reward clipping\n"
        path.write_text(text, encoding="utf-8")


def _review(root: Path) -> None:
    for path in (root / "notebook/reviews").glob("*.md"):
        path.unlink()
    first = TODAY - timedelta(days=YEAR - 1)
    _command(root, "review", "--of", f"{first}..{TODAY}")


def _command(root: Path, *words: str) -> None:
    run([*COMMAND, "--workspace", str(root), "--today", str(TODAY), *words])


def _report(what: str, bound: float, work: Callable[[], None], times: int = 5) -> None:
    taken: list[float] = []
    work()
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    print(f"{what:<45} {median(taken):>7.3f} s   at most {bound:g}", flush=True)


if __name__ == "__main__":
    main()
