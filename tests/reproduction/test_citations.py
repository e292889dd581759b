"""The code cites sections of VERDICTS.md, and each citation leads to one."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "curriculum" / "reproduction" / "VERDICTS.md"
CITATION = re.compile(r"VERDICTS\.md\s+§(\d+)")
SECTION = re.compile(r"^## (\d+)\. ", re.MULTILINE)


def test_every_citation_of_the_recipe_leads_to_a_section() -> None:
    sections = set(SECTION.findall(PAGE.read_text(encoding="utf-8")))
    cited: dict[str, set[str]] = {}
    for folder in ("curriculum", "tests"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            for number in CITATION.findall(path.read_text(encoding="utf-8")):
                cited.setdefault(number, set()).add(str(path.relative_to(PROJECT)))

    assert cited, "the recipe is cited"
    assert {number: files for number, files in cited.items() if number not in sections} == {}


def test_the_sections_of_the_recipe_are_numbered_in_order_and_refer_to_one_another() -> None:
    text = PAGE.read_text(encoding="utf-8")
    sections = SECTION.findall(text)

    assert sections == [str(number) for number in range(1, len(sections) + 1)]
    assert set(re.findall(r"§(\d+)", text)) <= set(sections)


def test_every_edge_case_of_the_recipe_has_a_test_named_by_its_number() -> None:
    text = PAGE.read_text(encoding="utf-8")
    _, _, rest = text.partition("## 17. Edge cases")
    listed, _, _ = rest.partition("\n## ")
    numbers = set(re.findall(r"^(\d+)\. ", listed, re.MULTILINE))
    tests = ""
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        tests += path.read_text(encoding="utf-8")
    tested = set(re.findall(r"def test_(\d+)_", tests))

    assert numbers == {str(number) for number in range(1, 18)}
    assert numbers <= tested
