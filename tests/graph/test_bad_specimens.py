"""Every code of the graph has a specimen: a folder of files whose first lines say what is wrong, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curriculum.graph.goals import GoalRequest
from curriculum.graph.lint import lint
from curriculum.model.problems import Problem
from curriculum.syllabus.library import SyllabusText, read_library
from curriculum.syllabus.settings import read_settings

FOLDER = Path(__file__).parents[1] / "cases/bad-graph"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
EXPECT = re.compile(r"(\d+):(\d+) ([a-z-]+)")
CODES = {
    "ambiguous-name",
    "bad-goal",
    "bad-pages",
    "bad-range",
    "bad-value",
    "cycle",
    "duplicate-edge",
    "no-effort",
    "redundant-edge",
    "self-reference",
    "unknown-topic",
    "unknown-unit",
    "unknown-work",
    "unreached-work",
}


def problems_of(case: Path) -> tuple[Problem, ...]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(case.glob("*.yaml"))}
    settings = read_settings("curriculum.yaml", texts.pop("curriculum.yaml", ""))
    read = read_library([SyllabusText(name, text) for name, text in texts.items()])
    assert (read.problems, settings.problems) == ((), ())
    assert settings.settings is not None
    return lint(
        read.library,
        GoalRequest(settings.settings.goals, settings.settings.known, source=settings.source),
    )


def expected(case: Path) -> set[tuple[str, int, int, str]]:
    found = set()
    for path in case.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        if first.startswith("# expect: "):
            found |= {
                (path.name, int(line), int(column), code)
                for line, column, code in EXPECT.findall(first)
            }
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_specimen_has_exactly_the_problems_it_names(case: Path) -> None:
    found = {
        (one.place.file, one.place.line, one.place.column, one.code) for one in problems_of(case)
    }

    assert found == expected(case)


def test_every_code_has_a_specimen() -> None:
    assert {code for case in CASES for *_, code in expected(case)} == CODES


def test_a_cycle_is_printed_as_the_cycle_with_the_places_of_its_edges() -> None:
    (problem,) = problems_of(FOLDER / "cycle-of-three")

    assert "'a/2' -> 'c/1' -> 'b/1' -> 'a/2' require each other" in problem.message
    assert problem.hint == "remove one of: a.yaml:6:48, c.yaml:4:48, b.yaml:4:48"


def test_of_a_long_cycle_the_ends_are_named(tmp_path: Path) -> None:
    chapters = [
        f"  - {{id: {i}, title: T, effort: 1h, requires: [{i % 500 + 1}]}}" for i in range(1, 501)
    ]
    head = "kind: textbook\ntitle: T\nauthors: [A]\nyear: 2020\nchapters:\n"
    (tmp_path / "a.yaml").write_text(head + "\n".join(chapters))

    (problem,) = problems_of(tmp_path)

    assert problem.message.startswith("'a/1' -> 'a/2' ->")
    assert "-> 'a/6' -> ... 489 more ... -> 'a/496' ->" in problem.message
    assert problem.message.endswith("-> 'a/500' -> 'a/1' require each other")
    assert len(problem.hint) < 300


def test_the_end_of_a_range_that_no_unit_has_is_named() -> None:
    near, far = problems_of(FOLDER / "range-with-an-unknown-end")

    assert near.message == "work 'a' requires 'b/1-introo', but 'b' has no unit 'introo'"
    assert near.hint == "did you mean 'b/1-intro'?"
    assert far.message == "work 'a' requires 'b/9-intro', but 'b' has no unit '9'"
    assert far.hint == "choose from '1', 'intro'"


def test_a_cycle_goes_by_what_cannot_be_avoided() -> None:
    (problem,) = problems_of(FOLDER / "cycle-beside-a-choice-that-avoids-another")

    assert problem.message == "'a/1' -> 'c/1' -> 'd/1' -> 'a/1' require each other"


def test_messages_offer_the_nearest_name() -> None:
    (topic,) = problems_of(FOLDER / "unknown-topic")

    assert topic.message == "work 'a' requires the topic 'atention', which no unit teaches"
    assert topic.hint == "did you mean 'attention'?"
