"""Every kind of bad file ends in the expected problems, at the very place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curriculum.model.problems import Problem
from curriculum.syllabus.codes import CODES
from curriculum.syllabus.library import SyllabusText, read_library
from curriculum.syllabus.roads import read_road
from curriculum.syllabus.settings import read_settings
from curriculum.syllabus.text_checks import decode
from curriculum.syllabus.works import read_work

SPECIMENS = sorted((Path(__file__).parents[1] / "cases" / "bad").glob("*.yaml"))
IMPERATIVES = {
    "add", "align", "begin", "close", "correct", "delete", "double", "give", "indent", "keep", "make", "move", "name",
    "raise",
    "put", "remove", "rename", "resolve", "save", "split", "use", "write", "leave",
}  # fmt: skip


def problems_of(specimen: Path) -> tuple[Problem, ...]:
    text = decode(specimen.name, specimen.read_bytes())
    if isinstance(text, Problem):
        return (text,)
    if specimen.name.startswith("library-"):
        return read_library(
            SyllabusText(f"{folder}/{specimen.name}", text) for folder in ("one", "two")
        ).problems
    if specimen.name.startswith("road-"):
        return read_road(specimen.name, text).problems
    read = read_settings if specimen.name.startswith("settings-") else read_work
    return read(specimen.name, text).problems


def expected_of(specimen: Path) -> list[str]:
    first = re.split(rb"\r?\n", specimen.read_bytes(), maxsplit=1)[0].decode()
    return first.removeprefix("# expect: ").split(", ")


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.stem)
def test_a_bad_file_has_just_the_problems_it_was_made_for(specimen: Path) -> None:
    found = [
        f"{problem.place.line}:{problem.place.column} {problem.code}"
        for problem in problems_of(specimen)
    ]
    assert found == expected_of(specimen)


def test_every_code_has_a_specimen() -> None:
    assert {
        expected.split(" ")[1] for specimen in SPECIMENS for expected in expected_of(specimen)
    } == set(CODES)


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.stem)
def test_a_problem_is_reported_in_the_words_of_the_user(specimen: Path) -> None:
    for problem in problems_of(specimen):
        assert problem.hint.endswith("?") or problem.hint.split()[0] in IMPERATIVES
        assert not problem.message.endswith(".")
        assert problem.message[:1] == problem.message[:1].lower() or problem.message.startswith(
            "U+"
        )
        assert not re.search(
            r"pydantic|Input|validat|schema|str\b|dict\b|tuple|None|\b(?:Paper|Chapter|Step|Result)\b",
            problem.message,
        )
