"""What comes from a file is listed with the file and the line on which it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import run, workspace

LISTINGS = (
    ("notebook",),
    ("followups",),
    ("ideas",),
    ("predictions", "--all"),
    ("admire",),
    ("skims", "--all"),
    ("review",),
)
UNPLACED = {"files", "logged", "scores", "time", "p"}
"""What the journal or the disk knows, and no line of a text says; and the history of one item."""


def habits(root: Path) -> Path:
    """Write something of every kind that is listed."""
    for command in (
        ("note", "Ran it.\nfinding: it is flat\nnext: halve the step\nquestion: why?"),
        ("idea", "Clip the ratio", "--look", "2027-01-05"),
        ("predict", "It works", "--p", "70%", "--how", "the test passes", "--by", "2027-01-05"),
        ("admire", "attention", "--kind", "method", "--why", "one idea"),
        ("skim", "mark", "arxiv:1707.06347", "read", "--doubt", "one seed"),
    ):
        if command[0] == "skim":
            (root / "ids.txt").write_text("1707.06347\n1506.02438\n")
            assert run(root, "skim", "import", str(root / "ids.txt")).exit_code == 0
        result = run(root, *command)
        assert result.exit_code == 0, result.output
    return root


def placed(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects that are listed in a tree of JSON, each under the key of its list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in UNPLACED:
                yield from placed(inner, name)
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, dict):
                yield key, one
            yield from placed(one, key)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return habits(workspace(tmp_path_factory.mktemp("habits")))


@pytest.mark.parametrize("command", LISTINGS, ids=" ".join)
def test_every_item_has_its_file_and_line(root: Path, command: tuple[str, ...]) -> None:
    found = json.loads(run(root, *command, "--json", today="2027-01-08").stdout)
    items = list(placed(found))

    assert items
    for key, one in items:
        assert {"file", "line"} <= one.keys() or "notes" in one, (key, one)
        if one.get("file") and one.get("line"):
            line = (root / one["file"]).read_text(encoding="utf-8").splitlines()[one["line"] - 1]
            said = str(one.get("text", "")).split("\n")[0]
            assert line.strip(), (key, one)
            assert key in {"predictions", "notes"} or said in line, (key, one)
