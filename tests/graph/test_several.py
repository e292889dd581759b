"""`any: {of: [...], at_least: 2}` is met by so many of the references, whichever add the least effort."""

from __future__ import annotations

from datetime import UTC
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import resolve
from curriculum.model.settings import Goal
from curriculum.syllabus.library import SyllabusText, read_library

HOURS = st.lists(st.integers(1, 9), min_size=1, max_size=5)


def chosen(hours: list[int], at_least: int, *, known: tuple[str, ...] = ()) -> set[str]:
    """Return the works that are studied for a paper that requires at least so many of some."""
    texts = [
        SyllabusText(
            f"w{i}.yaml",
            f"kind: paper\ntitle: W\nsteps: [{{id: read, title: R, effort: {one}h}}]\n",
        )
        for i, one in enumerate(hours)
    ]
    of = ", ".join(f"w{i}" for i in range(len(hours)))
    goal = (
        "kind: paper\ntitle: G\nsteps: [{id: read, title: R, effort: 1h}]\n"
        f"requires: [{{any: {{of: [{of}], at_least: {at_least}}}}}]\n"
    )
    read = read_library([*texts, SyllabusText("goal.yaml", goal)])
    assert read.problems == ()
    done = frozenset(unit for name in known for unit in [f"{name}/read"])
    request = GoalRequest((Goal(work="goal"),), done=done)  # type: ignore[arg-type]
    found = resolve(read.library, request, zone=UTC).curriculum
    assert found is not None
    return {unit.partition("/")[0] for unit in found.units} - {"goal"}


def test_the_cheapest_that_are_enough_are_chosen() -> None:
    assert chosen([5, 1, 4, 2], 2) == {"w1", "w3"}
    assert chosen([5, 1, 4, 2], 1) == {"w1"}


def test_what_is_done_counts() -> None:
    assert chosen([5, 1, 4, 2], 2, known=("w0",)) == {"w1"}


@settings(max_examples=25)
@given(HOURS, st.data())
def test_no_other_choice_takes_less(hours: list[int], data: st.DataObject) -> None:
    at_least = data.draw(st.integers(1, len(hours)))
    found = chosen(hours, at_least)

    least = min(sum(some) for some in combinations(hours, at_least))
    assert len(found) == at_least
    assert sum(hours[int(name[1:])] for name in found) == least
