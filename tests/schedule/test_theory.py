"""What the code cites of THEORY.md is there, and so are the tests and modules that THEORY.md names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEDULE = ROOT / "curriculum/schedule"
THEORY = (SCHEDULE / "THEORY.md").read_text(encoding="utf-8")
CITATION = re.compile(r"\b(?:Theorem \d+|Lemma \d+|T\d|P\d|CE\d)\b")
DEFINITION = re.compile(r"\*\*(Theorem \d+|Lemma \d+|T\d|CE\d)\b|^\| (P\d) \|", re.MULTILINE)
SOURCES = sorted(
    path
    for folder in ("curriculum/schedule", "curriculum/model", "tests/schedule")
    for path in (ROOT / folder).rglob("*.py")
)


def defined() -> set[str]:
    """Return the names of the theorems, promises and counterexamples."""
    return {theorem or promise for theorem, promise in DEFINITION.findall(THEORY)}


def test_the_theory_defines_each_promise_and_theorem_once() -> None:
    found = [theorem or promise for theorem, promise in DEFINITION.findall(THEORY)]

    assert len(found) == len(set(found))
    assert {f"P{number}" for number in range(1, 9)} <= set(found)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_citation_in_the_code_leads_to_the_theory(path: Path) -> None:
    assert set(CITATION.findall(path.read_text(encoding="utf-8"))) <= defined()


def test_every_citation_within_the_theory_leads_somewhere() -> None:
    assert set(CITATION.findall(THEORY)) <= defined()
    sections = set(re.findall(r"^## (\d+)\. ", THEORY, re.MULTILINE))
    assert set(re.findall(r"§(\d+)", THEORY)) <= sections


def test_every_test_that_the_theory_names_exists() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    named = set(re.findall(r"`(test_\w+)`", THEORY))

    assert named
    assert [name for name in sorted(named) if f"def {name}(" not in tests] == []


def test_every_module_that_the_theory_names_exists() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", THEORY))
    places = (SCHEDULE, SCHEDULE / "forecast", ROOT / "curriculum", ROOT)

    assert named
    assert [name for name in sorted(named) if not any((at / name).exists() for at in places)] == []
