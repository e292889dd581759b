"""Measure the forecast: how long it takes, and how often its ranges hold the truth; nothing here is a test.

`python -m tests.benchmarks.forecast [RUNS]` prints the table of calibration with many runs.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from statistics import fmean

from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.forecast import Experience
from curriculum.model.identifiers import work_of
from curriculum.model.library import Library
from curriculum.model.pace import PaceSample
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Textbook
from curriculum.schedule.demand import Demand
from curriculum.schedule.forecast.forecast import forecast
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import plan_of
from tests.benchmarks.instances import demand, every_day, terms
from tests.learners import CHANGING, HABITS, Habit, Learner, learner, sittings

ROOT = Path(__file__).parents[2]
GOALS = 30
RUNS = 200
SHARES = (0.0, 0.1, 0.3, 0.6)
EXACT: Mapping[str, Habit] = {
    "exactly as planned but for units": Habit(spreads=(0.0, 0.0, 0.0, 0.2))
}
"""People outside the mixed population: no belief about people fits those who have no pace of their own."""


def forecast_seconds() -> float:
    """Return the time of one forecast of 1,000 units with 30 goals, 600 samples and 2,000 draws, and numpy's import."""
    rows, conditions, free = demand(1_000, 3_000, 730), terms(4), every_day(4)
    plan, slots = plan_of(rows, conditions, free), slots_until(conditions, free, 1_500)
    curriculum = _surroundings(rows)
    samples = [
        PaceSample(unit, "textbook", effort * 5 // 4, effort)
        for unit, effort in zip(rows.units[:600], rows.efforts, strict=False)
    ]
    begin = time.perf_counter()
    forecast(plan, curriculum, Experience(samples), slots, seed=1)
    return time.perf_counter() - begin + _import_seconds()


def _import_seconds() -> float:
    code = (
        "import time; begin = time.perf_counter(); import numpy; print(time.perf_counter() - begin)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(done.stdout)


def _surroundings(rows: Demand) -> Curriculum:
    """Return a curriculum whose last works are goals with a deadline."""
    chapters: dict[str, list[dict[str, str]]] = {}
    for unit in rows.units:
        chapters.setdefault(work_of(unit), []).append(
            {"id": unit.partition("/")[2], "title": "A chapter"}
        )
    works = {
        name: Textbook.model_validate(
            {"kind": "textbook", "title": name, "chapters": chapters[name]}
        )
        for name in sorted(chapters)
    }
    units = {name: tuple(unit for unit in rows.units if work_of(unit) == name) for name in chapters}
    goals = tuple(
        reached_goal(Goal.model_validate({"work": name, "by": "2028-06-30"}), units[name], UTC)
        for name in list(chapters)[-GOALS:]
    )
    library = Library(works, {})
    return Curriculum(
        rows.units,
        {},
        {},
        dict(zip(rows.units, rows.efforts, strict=True)),
        goals,
        details=study_units(library, Settings().speed),
    )


def hits(habit: Habit, share: float, runs: int, name: str) -> tuple[float, float]:
    """Return how often the 50 % and the 80 % range held the true end of everything.

    Args:
        habit: How the person's true ratios and presence come about.
        share: How much of the work they have finished.
        runs: How many people.
        name: What the people are drawn from, with the number of each.
    """
    held = [
        run_of(learner(habit, share, random.Random(f"{name} {share} {run}")), run)
        for run in range(runs)
    ]
    return fmean(half for half, _ in held), fmean(most for _, most in held)


def run_of(who: Learner, seed: int, draws: int = 1_000) -> tuple[bool, bool]:
    """Say whether the 50 % and the 80 % range of everything hold the true end of a person."""
    experience = Experience(who.pace.samples, who.attendance)
    found = forecast(who.plan, who.curriculum, experience, sittings(800), seed=seed, draws=draws)
    end = who.end(who.curriculum.units)
    half, most = found.whole.half, found.whole.most
    assert half is not None
    assert most is not None
    return half.early <= end <= half.late, most.early <= end <= most.late


def calibration(runs: int = RUNS) -> None:
    """Print how often ranges hold the truth, for each kind of person and each share finished."""
    print(
        f"{'the 50 % and 80 % ranges held the true end':<45}"
        + "".join(f"{share:>11.0%}" for share in SHARES)
    )
    mixed = [_row(name, lambda share, n=name: hits(HABITS[n], share, runs, n)) for name in HABITS]  # type: ignore[misc]
    _print(
        "mixed population",
        [
            (fmean(r[k][0] for r in mixed), fmean(r[k][1] for r in mixed))
            for k in range(len(SHARES))
        ],
    )
    for name, habit in {**CHANGING, **EXACT}.items():
        _row(name, lambda share, n=name, h=habit: hits(h, share, runs, n))  # type: ignore[misc]


def _row(name: str, measure: Callable[[float], tuple[float, float]]) -> list[tuple[float, float]]:
    row = [measure(share) for share in SHARES]
    _print(name, row)
    return row


def _print(name: str, row: Sequence[tuple[float, float]]) -> None:
    print(f"{name:<45}" + "".join(f"{half:>6.0%}{most:>5.0%}" for half, most in row), flush=True)


if __name__ == "__main__":
    print(f"forecast of 1,000 units, with numpy's import: {forecast_seconds():.2f} s, at most 1")
    calibration(*(int(argument) for argument in sys.argv[1:]))
