"""Measure the CPU time of whole commands as ratios to `python -c "import click"`; nothing here is a test.

`python -m tests.benchmarks.speed [RUNS]` lays out the package as its wheel does, beside a copy of the example workspace, and
runs every command in turn, so that a machine that slows down slows them all.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from curriculum.services.syllabi import compiled_built_in
from tests.benchmarks.instances import syllabus
from tests.benchmarks.processes import COMMAND, ROOT

RUNS = 9
BASE = "import click"
TODAY = "2027-01-20"
TASKJUGGLER = 34.0
"""CPU seconds of TaskJuggler 3.7 on 3,000 units, measured on the machine of the references."""


@dataclass(frozen=True)
class Row:
    """A command, the most it may take beside `import click`, and what is done before it each time."""

    name: str
    bound: float
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()


# The time that is logged differs, so that each plan has something new to publish.
ROWS = (
    Row("--help", 1.6, ("--help",)),
    Row("today", 2.8, ("today",)),
    Row("next", 4.5, ("next",)),
    Row("log", 4.5, ("log", "cover-thomas-2006/2", "5m")),
    Row("done", 4.5, ("done", "hamming-1986/read"), ("reopen", "hamming-1986/read")),
    Row("plan, nothing changed", 6, ("plan",), ("plan",)),
    Row("plan", 8, ("plan",), ("log", "cover-thomas-2006/2", "7m")),
)
SIZES = ((3_000, TASKJUGGLER / 50), (30_000, 4.0))


class Installed:
    """The package as its wheel lays it out, with a home of its own."""

    def __init__(self, folder: Path) -> None:
        """Copy the package and its library."""
        self.site = folder / "site"
        package = self.site / "curriculum"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "curriculum", package, ignore=ignored)
        shutil.copytree(ROOT / "syllabi", package / "library")
        (package / "library/compiled.json").write_bytes(compiled_built_in())
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(package)], check=True)
        self._environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(self.site),
            "HOME": str(folder / "home"),
            "NO_COLOR": "1",
        }

    def cpu_seconds(self, command: Iterable[str], workspace: Path) -> float:
        """Return the CPU time of a command that must succeed."""
        before = _children()
        subprocess.run(
            list(command),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=workspace,
            env=self._environment,
        )
        return _children() - before

    def of(self, arguments: Iterable[str], workspace: Path) -> float:
        """Return the CPU time of a command of ours."""
        return self.cpu_seconds([*COMMAND, "--today", TODAY, *arguments], workspace)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def commands(runs: int = RUNS) -> None:
    """Print the table of the commands of every day on the example."""
    with tempfile.TemporaryDirectory() as name:
        installed, workspace = Installed(Path(name)), Path(name) / "workspace"
        for part in ("syllabi", "calendars"):
            shutil.copytree(ROOT / part, workspace / part)
        _print_table(_measured(installed, workspace, runs))


def _measured(installed: Installed, workspace: Path, runs: int) -> Mapping[str, list[float]]:
    found: dict[str, list[float]] = {BASE: [], **{row.name: [] for row in ROWS}}
    for number in range(runs + 1):
        taken = {BASE: installed.cpu_seconds([sys.executable, "-c", BASE], workspace)}
        for row in ROWS:
            if row.before:
                installed.of(row.before, workspace)
            taken[row.name] = installed.of(row.arguments, workspace)
        # The first run compiles, reads and publishes what later ones find.
        for what, seconds in taken.items() if number else ():
            found[what].append(seconds)
    return found


def _print_table(found: Mapping[str, list[float]]) -> None:
    base = found[BASE]
    print(f"{BASE:<24} {median(base) * 1000:6.0f} ms")
    for row in ROWS:
        taken = found[row.name]
        ratio = median(one / other for one, other in zip(taken, base, strict=True))
        print(
            f"{row.name:<24} {median(taken) * 1000:6.0f} ms {ratio:6.2f} x  at most {row.bound:g}"
        )


def sizes() -> None:
    """Print the CPU time of `plan --json` on large libraries."""
    for units, bound in SIZES:
        with tempfile.TemporaryDirectory() as name:
            installed, workspace = Installed(Path(name)), Path(name) / "workspace"
            _lay_out(workspace, units)
            first, *later = [installed.of(("plan", "--json"), workspace) for _ in range(4)]
            print(
                f"plan --json of {units:,} units: {first:.2f} s at first, then"
                f" {median(later):.2f} s, at most {bound:.2f}"
            )


def _lay_out(workspace: Path, units: int) -> None:
    (workspace / "syllabi/textbooks").mkdir(parents=True)
    for number in range(units // 20):
        path = workspace / f"syllabi/textbooks/book-{number}.yaml"
        path.write_text(syllabus(20, number), encoding="utf-8")
    hours = max(2, units // 3_000)
    settings = f"timezone: UTC\navailability: {{mon-sun: 0{9 - min(hours, 9)}:00-20:00}}\n"
    (workspace / "syllabi/curriculum.yaml").write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    commands(*(int(argument) for argument in sys.argv[1:]))
    sizes()
