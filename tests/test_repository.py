"""The repository is itself a workspace, and what it ships is what its sources make."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.workspaces import run

ROOT = Path(__file__).parents[1]
SYLLABI = sorted((ROOT / "syllabi").glob("*/*.yaml"))


@pytest.mark.skipif(shutil.which("git") is None, reason="git lists what belongs to the tree")
def test_the_top_of_the_tree_tells_the_story() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no checkout")
    top = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == {
        *("curriculum", "syllabi", "tests", "calendars"),
        *("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"),
    }


@pytest.mark.parametrize("kind", ["syllabus", "curriculum", "road"])
def test_the_shipped_schemas_are_the_ones_the_program_prints(kind: str) -> None:
    shipped = (ROOT / f"syllabi/{kind}.schema.json").read_text(encoding="utf-8")

    assert shipped == run(ROOT, "schema", kind).stdout


@pytest.mark.parametrize("path", SYLLABI, ids=lambda path: path.stem)
def test_every_syllabus_names_its_schema_in_the_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]

    kind = "road" if path.parent.name == "roads" else "syllabus"
    assert first == f"# yaml-language-server: $schema=../{kind}.schema.json"


def test_the_library_is_as_large_as_promised() -> None:
    count = {
        folder: len(list((ROOT / "syllabi" / folder).glob("*.yaml")))
        for folder in ("textbooks", "theses", "papers")
    }

    assert count["textbooks"] >= 36
    assert count["theses"] >= 11
    assert count["papers"] >= 120


def test_the_whole_library_is_sound() -> None:
    result = run(ROOT, "check")

    assert result.stderr == ""
    assert result.exit_code == 0


def test_the_published_example_is_what_the_example_plans(tmp_path: Path) -> None:
    """A fresh checkout changes nothing when it plans the example again."""
    for path in (ROOT / "calendars").glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    result = run(ROOT, "plan", "--output", str(tmp_path), today="2026-11-26")

    assert result.exit_code == 0
    assert "nothing changed" in result.stdout
