"""Compare plans of goals with values to the best that CP-SAT finds: `python -m tests.benchmarks.value`; no test.

It needs `ortools`, which the project does not. What counts is the sum over the goals of their value times the minutes studied
until they are reached. In the first kind of instances every work is one unit, so that the order alone decides. In the second
one works have up to four chapters that require each other across works, which the solver may study in any order; a plan does
not leave a book that was begun while something in it is ready, and the gap is what that costs.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from importlib import import_module
from statistics import fmean

from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Plan, release_minute
from curriculum.model.settings import Goal, Settings
from curriculum.schedule.plan_request import plan_request
from curriculum.schedule.planning import schedule
from curriculum.syllabus.library import SyllabusText, read_library
from tests.benchmarks.instances import START, every_day

INSTANCES = 200
SECONDS = 10.0
"""How long the solver looks for the best order of one instance."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A curriculum, and its goals with the units that each of them ends with."""

    curriculum: Curriculum
    values: Mapping[str, int]
    ends: Mapping[str, tuple[UnitId, ...]]


def instance(seed: int, chapters_at_most: int) -> Valued:
    """Return books with random edges between their chapters; three to seven of them are goals with a value each."""
    rng = random.Random(seed)
    count = rng.randint(3, 7) if chapters_at_most > 1 else rng.randint(6, 14)
    books: dict[str, int] = {
        f"b{number}": rng.randint(1, chapters_at_most) for number in range(count)
    }
    chapters = [
        f"{name}/{number}" for name, count in books.items() for number in range(1, count + 1)
    ]
    texts = []
    for name, count in books.items():
        lines = [f"kind: textbook\ntitle: {name}\nchapters:"]
        for number in range(1, count + 1):
            before = [
                one for one in chapters[: chapters.index(f"{name}/{number}")] if rng.random() < 0.15
            ]
            effort = rng.choice([30, 45, 60, 90, 120, 240])
            refs = ", ".join(f"{{ref: {one}}}" for one in before)
            lines.append(f"  - {{id: {number}, title: T, effort: {effort}m, requires: [{refs}]}}")
        texts.append(SyllabusText(f"syllabi/textbooks/{name}.yaml", "\n".join(lines) + "\n"))
    library = read_library(texts).library
    wanted = sorted(rng.sample(sorted(books), min(len(books), rng.randint(3, 7))))
    values = {name: rng.choice([1, 1, 2, 3, 5, 8]) for name in wanted}
    goals = [
        Goal.model_validate({"work": name, "value": str(value)}) for name, value in values.items()
    ]
    curriculum = resolve(library, GoalRequest(tuple(goals)), zone=UTC).curriculum
    assert curriculum is not None
    ends = {str(one.goal): one.units for one in curriculum.goals}
    return Valued(curriculum, values, ends)


def cost_of_plan(valued: Valued, plan: Plan) -> int:
    """Return the sum over the goals of value times the minutes studied until they are reached."""
    studied, last = 0, dict[UnitId, int]()
    for session in plan.sessions:
        for piece in session.pieces:
            studied += piece.minutes
            last[piece.unit] = studied
    return sum(
        value * max(last[unit] for unit in valued.ends[goal])
        for goal, value in valued.values.items()
    )


def least_cost(valued: Valued) -> tuple[int, bool]:
    """Return the least cost that CP-SAT finds, and whether it proved that none is less."""
    sat = import_module("ortools.sat.python.cp_model")
    curriculum = valued.curriculum
    model = sat.CpModel()
    total = sum(curriculum.efforts[unit] for unit in curriculum.units)
    end = {unit: model.new_int_var(0, total, unit) for unit in curriculum.units}
    model.add_no_overlap(
        model.new_fixed_size_interval_var(
            end[unit] - curriculum.efforts[unit], curriculum.efforts[unit], unit
        )
        for unit in curriculum.units
    )
    for unit in curriculum.units:
        model.add(end[unit] >= curriculum.efforts[unit])
        for before in curriculum.requires[unit]:
            model.add(end[unit] - curriculum.efforts[unit] >= end[before])
    reached = {goal: model.new_int_var(0, total, goal) for goal in valued.values}
    for goal, units in valued.ends.items():
        for unit in units:
            model.add(reached[goal] >= end[unit])
    model.minimize(sum(value * reached[goal] for goal, value in valued.values.items()))
    solver = sat.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    return round(solver.objective_value), status == sat.OPTIMAL


def main() -> None:
    """Print how much more the plans cost than the best."""
    for chapters, what in ((1, "works of one unit"), (4, "works of one to four chapters")):
        print(what)
        _print_gaps(chapters)


def _print_gaps(chapters_at_most: int) -> None:
    gaps, proved = [], 0
    for seed in range(INSTANCES):
        valued = instance(seed, chapters_at_most)
        request = plan_request(Settings(), release_minute(START, UTC), UTC)
        cost = cost_of_plan(valued, schedule(valued.curriculum, request, every_day(4)))
        best, is_proved = least_cost(valued)
        gaps.append(cost / best - 1)
        proved += is_proved
    print(f"  {len(gaps)} instances, {proved} with a proof that the best is the best")
    print(f"  mean gap {100 * fmean(gaps):.2f} %, greatest {100 * max(gaps):.2f} %")
    print(f"  within 5 %: {sum(gap <= 0.05 for gap in gaps)}")


if __name__ == "__main__":
    main()
