"""A syllabus may say which ideas of other works it takes over; nothing waits for that."""

from __future__ import annotations

from datetime import UTC

from curriculum.graph.built_on import IdeaTakenOver, ideas_taken_over
from curriculum.graph.catalogue import catalogue_of
from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import resolve
from curriculum.model.settings import Goal
from curriculum.syllabus.library import SyllabusText, read_library

EARLY = """\
kind: paper
title: Early
steps: [{id: read, title: Read it, effort: 1h}]
builds_on: [{ref: late-2020, idea: works may build on each other}]
"""
LATE = """\
kind: paper
title: Late
steps: [{id: read, title: Read it, effort: 1h}]
builds_on:
  - {ref: early-2010/read, idea: adding numbers, why: it adds more of them}
  - {ref: gone-1999, idea: what no syllabus says}
"""
READ = read_library([SyllabusText("early-2010.yaml", EARLY), SyllabusText("late-2020.yaml", LATE)])


def test_ideas_are_known_with_the_work_and_the_units_they_are_from() -> None:
    assert READ.problems == ()
    assert ideas_taken_over(catalogue_of(READ.library)) == (
        IdeaTakenOver("early-2010", "late-2020", (1,), "works may build on each other", ""),
        IdeaTakenOver("late-2020", "early-2010", (0,), "adding numbers", "it adds more of them"),
    )


def test_nothing_waits_for_the_source_of_an_idea() -> None:
    found = resolve(READ.library, GoalRequest((Goal(work="late-2020"),)), zone=UTC)

    assert found.curriculum is not None
    assert found.curriculum.units == ("late-2020/read",)
