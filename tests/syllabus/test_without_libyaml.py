"""Where libyaml is missing, files are read with PyYAML's own parser, and nothing else changes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.model.problems import Problem
from curriculum.syllabus.documents import Document, read_document
from curriculum.syllabus.text_checks import decode

CASES = Path(__file__).parents[1] / "cases" / "bad"
LIBRARY = Path(__file__).parents[2] / "syllabi"
WITHOUT_LIBYAML = "import sys; sys.modules['yaml._yaml'] = None; "
READ = "import json; from tests.syllabus.test_without_libyaml import read_all; print(json.dumps(read_all()))"
BROKEN = {
    "unquoted-star": "a: *",
    "tab-in-list": "a: [1,\t2]",
    "tab-after-colon": "a:\t1",
    "list-after-key": "a: - b",
    "two-documents": "a: 1\n---\nb: 2\n",
    "text-after-list": "[a]\nb: 1\n",
    "open-quote": "a: 'b\nc: d\n",
    "quote-and-document": "a: 'b\n---\nc'\n",
    "escape": 'a: "\\q"',
    "escape-digits": 'a: "\\xzz"',
    "escape-beyond-unicode": 'a: "\\UFFFFFFFF"',
    "block-header": "a: |x\n  b\n",
    "directive": "%FOO\n---\na: 1\n",
    "tag-handle": "a: !x!y b\n",
    "anchor-without-name": "a: & b\n",
    "deep": "a: " + "[" * 200 + "]" * 200,
    "tilde-and-null": "a: ~\nb: null\nc: 'null'\nd:\ne: ''\n",
    "beyond-the-bmp": "a: 😀 é\nb: [漢]\nb: 2\n",
    "windows": "a: 1\r\nb: [\r\n  2]\r\n",
}


def texts() -> dict[str, str]:
    found = dict(BROKEN)
    for file in sorted(CASES.glob("*.yaml")):
        text = decode(file.name, file.read_bytes())
        if not isinstance(text, Problem):
            found[file.name] = text
    # Papers show everything that syllabi can hold; Python's parser is slow.
    for file in sorted(LIBRARY.rglob("*.yaml"))[::6]:
        found[file.name] = file.read_text(encoding="utf-8")
    return found


def described(document: Document) -> list[object]:
    problems = [[str(problem), problem.hint] for problem in document.problems]
    # The tree of a document holds the place of every value, and repr() shows none of them.
    return [document.content, problems, places(document.source.root)]


def places(node: object) -> object:
    here = [getattr(node, "line", 0), getattr(node, "column", 0)]
    if isinstance(node, dict):
        return [here, [[places(key), places(value)] for key, value in node.items()]]
    if isinstance(node, list):
        return [here, [places(item) for item in node]]
    return [here, node]


def read_all() -> dict[str, list[object]]:
    return {name: described(read_document(name, text)) for name, text in texts().items()}


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_LIBYAML + program],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_values_problems_and_places_are_the_same_without_libyaml() -> None:
    yaml = pytest.importorskip("yaml")
    assert yaml.__with_libyaml__, "this test compares both parsers"
    found = run(READ)
    assert found.stderr == ""
    without = json.loads(found.stdout)
    for name, expected in read_all().items():
        assert without[name] == expected, name


def test_check_finds_the_same_problems_without_libyaml(tmp_path: Path) -> None:
    papers = tmp_path / "syllabi" / "papers"
    papers.mkdir(parents=True)
    specimen = CASES / "syntax-open-list.yaml"
    (papers / "a.yaml").write_bytes(specimen.read_bytes())
    arguments = ["--workspace", str(tmp_path), "check"]
    found = run(f"sys.argv[1:] = {arguments}; from curriculum.cli.app import main; main()")
    assert found.returncode == 1
    assert "a.yaml:5:6: syntax: the list is not closed here" in found.stdout + found.stderr
