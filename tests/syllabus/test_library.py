"""All syllabi at hand become one library, in which the workspace's own works come first."""

from __future__ import annotations

from itertools import permutations

from curriculum.model.works import Paper
from curriculum.syllabus.library import SyllabusText, read_library


def syllabus(file: str, title: str, *, is_own: bool = True) -> SyllabusText:
    return SyllabusText(
        file, f"kind: paper\ntitle: {title}\nsteps: [{{id: read, title: Read}}]\n", is_own
    )


def test_an_own_work_stands_before_the_built_in_one() -> None:
    read = read_library(
        [syllabus("built-in/a.yaml", "Theirs", is_own=False), syllabus("papers/a.yaml", "Mine")]
    )
    work = read.library.works["a"]
    assert isinstance(work, Paper)
    assert (work.title, read.library.own, read.problems) == ("Mine", frozenset("a"), ())
    assert read.library.sources["a"].file == "papers/a.yaml"


def test_works_are_sorted_by_name_whatever_the_order_of_files() -> None:
    files = [syllabus(f"papers/{name}.yaml", name) for name in "cab"]
    for order in permutations(files):
        assert list(read_library(order).library.works) == ["a", "b", "c"]


def test_problems_of_all_files_are_sorted_and_the_other_works_are_kept() -> None:
    files = [
        syllabus("z.yaml", "Z"),
        SyllabusText("b.yaml", "kind: x"),
        SyllabusText("a.yaml", "- 1"),
    ]
    read = read_library(files)
    assert list(read.library.works) == ["z"]
    assert [str(problem.place) for problem in read.problems] == ["a.yaml:1:1", "b.yaml:1:7"]


def test_two_own_files_of_one_name_are_a_problem_of_the_second() -> None:
    read = read_library([syllabus("theses/a.yaml", "Second"), syllabus("papers/a.yaml", "First")])
    assert [(problem.place.file, problem.code) for problem in read.problems] == [
        ("theses/a.yaml", "duplicate-work")
    ]
    assert read.library.works["a"].title == "First"


def test_a_draft_is_not_a_work() -> None:
    assert read_library([SyllabusText("a.yaml", "# kind: paper\n")]).library.works == {}
