"""Measure the commands of every day on a journal of 10,000 facts, and a plan after one unit more is done.

`python -m tests.benchmarks.progress` prints the CPU time of `today` with 1,000,000 facts.
"""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curriculum.disk.journal import writing
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Studied
from tests.benchmarks import processes

FACTS = 10_000
MOST_FACTS = 1_000_000
TODAY = "2027-03-01"
EXAMPLE = processes.ROOT / "syllabi/curriculum.yaml"

Measure = Callable[[Callable[[], object]], float]
Report = Callable[[str, float, float], None]


def every_day(seconds: Measure, report: Report) -> None:
    """Time whole processes on the example with a long journal."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "syllabi").mkdir()
        (root / "syllabi/curriculum.yaml").write_bytes(EXAMPLE.read_bytes())
        fill(root / "journal.db")
        run(root, "plan")
        for words in (("done", "sutton", "9"), ("today",), ("next",)):
            taken = seconds(lambda words=words: run(root, *words))  # type: ignore[misc]
            report(f"curriculum {words[0]} with {FACTS:,} facts, whole process", taken, 0.4)


def plan_after_done(seconds: Measure, report: Report) -> None:
    """Time the plan of 1,000 units after one of them is done."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(20):
            file = (
                root
                / ("syllabi/papers" if number % 2 else "syllabi/textbooks")
                / f"work-{number:02}.yaml"
            )
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(work(number), encoding="utf-8")
        run(root, "plan")
        done = iter(range(1, 51))

        def once() -> None:
            run(root, "done", f"work-00/{next(done)}")
            run(root, "plan")

        taken = seconds(once) - seconds(lambda: run(root, "done", "work-00/50"))
        report("plan after one done at 1,000 units, whole process", taken, 1)


def work(number: int) -> str:
    """Return a syllabus of fifty units of an hour or two."""
    kind, key = ("paper", "steps") if number % 2 else ("textbook", "chapters")
    rows = [
        f"  - {{id: {unit}, title: Part {unit}, effort: {1 + unit % 2}h}}" for unit in range(1, 51)
    ]
    return f"kind: {kind}\ntitle: Work {number}\n{key}:\n" + "\n".join(rows) + "\n"


def fill(path: Path, facts: int = FACTS) -> None:
    """Record three minutes of study many times, in the half year until today."""
    begin = datetime(2026, 9, 1, tzinfo=UTC)
    with writing(path) as journal:
        journal.append(
            Studied(
                id=f"{number:032x}",
                command=f"{number:032x}",
                at=begin + timedelta(minutes=20 * FACTS * number // facts),
                zone="Europe/Berlin",
                unit=UnitId(f"sutton-barto-2018/{number % 8 + 1}"),
                minutes=3,
            )
            for number in range(facts)
        )


def run(root: Path, *words: str) -> None:
    """Run a command of the workspace in a process of its own."""
    processes.run([*processes.COMMAND, "--workspace", str(root), "--today", TODAY, *words])


def main() -> None:
    """Print the CPU time of `today` with a million facts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "syllabi").mkdir()
        (root / "syllabi/curriculum.yaml").write_bytes(EXAMPLE.read_bytes())
        fill(root / "journal.db", MOST_FACTS)
        run(root, "plan")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(root, "today")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"today with {MOST_FACTS:,} facts: {taken:.1f} s, at most 1")


if __name__ == "__main__":
    main()
