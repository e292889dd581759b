"""What refers to a work whose file has a problem is no problem of its own, and no curriculum is made without it."""

from __future__ import annotations

from datetime import UTC

import pytest

from curriculum.graph.goals import GoalRequest
from curriculum.graph.lint import lint
from curriculum.graph.resolution import resolve
from curriculum.model.library import Library
from curriculum.model.references import TopicReference, UnitReference
from curriculum.model.settings import Goal
from curriculum.syllabus.library import SyllabusText, read_library
from tests.libraries import book, paper, thesis

BROKEN = "kind: textbook\ntitle: T\nchapters: 7\n"


def with_broken(**works: str) -> Library:
    """Return a library of sound works beside one, called `broken`, whose file has a problem."""
    texts = [SyllabusText(f"{name}.yaml", f"title: {name}\n{text}") for name, text in works.items()]
    return read_library([*texts, SyllabusText("broken.yaml", BROKEN)]).library


def test_a_work_whose_file_has_a_problem_is_unread() -> None:
    works = with_broken(a=book("id: 1"))

    assert (works.unread, sorted(works.works)) == (frozenset({"broken"}), ["a"])
    assert (
        read_library([SyllabusText("draft.yaml", "# nothing yet\n")]).library.unread == frozenset()
    )


@pytest.mark.parametrize(
    "work",
    [
        paper("id: read, requires: [broken]"),
        paper("id: read, requires: [broken/1]"),
        paper("id: read, requires: [broken/1-3]"),
        paper("id: read, requires: [{ref: broken/1, strength: soft}]"),
        paper("id: read, requires: [{topic: attention}]"),
        paper("id: read, teaches: [attention], requires: [{topic: attention}]"),
        paper("id: read, requires: [{any: [broken/1, {any: [broken, {topic: attention}]}]}]"),
        paper("id: read, requires: [{any: [read, broken]}]"),
        "requires: [broken/1, {topic: attention}]\n" + paper("id: read"),
        thesis("id: 1, role: paper, paper: broken"),
    ],
)
def test_a_reference_to_an_unread_work_is_silent_and_there_is_no_curriculum(work: str) -> None:
    resolution = resolve(with_broken(a=work), GoalRequest((Goal(work="a"),)), zone=UTC)

    assert (resolution.curriculum, resolution.problems) == (None, ())


@pytest.mark.parametrize(
    "goal", [Goal(work="broken"), Goal(work="broken/1"), Goal(topic="attention")]
)
def test_goals_and_knowledge_in_an_unread_work_are_silent_too(goal: Goal) -> None:
    known = (UnitReference(ref="broken/2"), TopicReference(topic="convolution"))

    assert lint(with_broken(a=book("id: 1")), GoalRequest((goal,), known)) == ()


def test_other_problems_are_told_beside_an_unread_work() -> None:
    works = with_broken(
        a=book("id: 1, requires: [brokn]", "id: 2, requires: [a/9]", "id: 3, requires: [3]")
    )

    assert [(one.place.line, one.code) for one in lint(works, GoalRequest())] == [
        (4, "unknown-work"),
        (5, "unknown-unit"),
        (6, "self-reference"),
    ]
