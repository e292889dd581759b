"""Ready-made roads: goals in order with a reason each, the workspace's own before the built-in ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from curriculum.model.problems import Problem
from curriculum.services.context import Context
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.roads import road_meant, road_problems, roads_found, roads_of
from curriculum.services.workspace import Workspace
from tests.workspaces import workspace

OWN = """\
title: My road
about: For who wants to add
goals:
  - {work: sums, why: it is all there}
"""


def context_of(root: Path) -> Context:
    return Context(root, datetime(2027, 1, 4, 12, tzinfo=UTC))


def own_road(root: Path, name: str, text: str) -> Path:
    folder = root / "syllabi/roads"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def problems_of(root: Path) -> list[Problem]:
    return sorted(road_problems(Workspace(context_of(root)), roads_of(root)))


def test_own_roads_hide_built_in_ones(tmp_path: Path) -> None:
    root = own_road(workspace(tmp_path), "policy-gradients", OWN)

    assert road_meant(root, "policy").road == road_meant(root, "policy-gradients").road
    assert [one.road.title for one in roads_of(root) if one.is_own and one.road] == ["My road"]
    assert problems_of(root) == []


def test_a_road_is_found_by_its_words_and_has_the_time_of_all_that_leads_to_it(
    tmp_path: Path,
) -> None:
    root = own_road(workspace(tmp_path), "adding", OWN)
    (found,) = roads_found(Workspace(context_of(root)), "who WANTS sums")

    assert (found.name, found.is_own, found.units) == ("adding", True, 3)
    assert found.minutes > 0


def test_a_goal_of_a_road_that_names_nothing_is_told_with_its_place(tmp_path: Path) -> None:
    text = OWN.replace("sums", "summs") + "known: [sums/9]\n"
    root = own_road(workspace(tmp_path), "adding", text)
    first, second = problems_of(root)

    assert str(first).startswith("syllabi/roads/adding.yaml:4:12: unknown-work")
    assert "sums" in first.hint
    assert (second.code, second.place.line) == ("unknown-unit", 5)


def test_a_road_with_a_problem_or_a_wrong_name_is_refused(tmp_path: Path) -> None:
    root = own_road(workspace(tmp_path), "adding", "title: T\n")

    with pytest.raises(ProblemsError):
        road_meant(root, "adding")
    with pytest.raises(UsageError, match="did you mean 'adding'"):
        road_meant(root, "ading")


def test_every_built_in_road_leads_somewhere(tmp_path: Path) -> None:
    built_in = roads_of(workspace(tmp_path))
    found = roads_found(Workspace(context_of(tmp_path)))

    assert [one.problems for one in built_in] == [()] * len(built_in)
    assert {one.name for one in found} == {one.name for one in built_in}
    assert all(one.minutes for one in found)
