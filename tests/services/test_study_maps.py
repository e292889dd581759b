"""The map of the path to the goals says of each unit how far it has come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from curriculum.services.context import Context
from curriculum.services.study_maps import library_works, path_map, works_of_path
from curriculum.services.workspace import Workspace
from tests.workspaces import run, said, workspace

TODAY = date(2027, 1, 4)


def opened(root: Path) -> Workspace:
    return Workspace(Context(root, datetime(2027, 1, 4, 12, tzinfo=UTC), TODAY))


def test_each_unit_is_done_begun_next_or_waits(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "done", "sums/1"))
    said(run(root, "log", "sums/2", "10m"))

    found = path_map(opened(root))

    states = {name: node.state for name, node in found.nodes.items()}
    assert states["sums/1"] == "done"
    assert states["sums/2"] == "open"
    assert states["counting/read"] == "next"
    assert states["attention/implement"] == "missing"
    assert found.needs["sums/2"] == ("sums/1",)
    assert found.nodes["sums/1"].minutes == 0
    assert found.nodes["sums/2"].minutes > 0


def test_works_add_up_their_units(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "done", "sums/1"))
    units, works = path_map(opened(root)), works_of_path(opened(root))

    assert works.is_of_works
    assert works.nodes["sums"].state == "open"
    assert works.nodes["sums"].done == 1
    total = sum(node.minutes for node in units.nodes.values())
    assert sum(node.minutes for node in works.nodes.values()) == total
    assert "sums" in works.needs["attention"]


def test_the_map_of_the_library_has_every_work(tmp_path: Path) -> None:
    found = opened(workspace(tmp_path))

    assert set(library_works(found).nodes) == set(found.library.works)
