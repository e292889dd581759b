"""The library as a whole: how large it is, that each of its works can be reached, and whose ideas it holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from graphlib import TopologicalSorter

from curriculum.graph.catalogue import catalogue_of
from curriculum.graph.goals import GoalRequest
from curriculum.graph.library_graph import library_graph
from curriculum.graph.resolution import DEFAULT_SPEEDS, resolve, resolve_goals
from curriculum.model.library import Library
from curriculum.model.settings import Goal
from curriculum.model.works import BuildsOn, Paper, unit_ids
from tests.library.shipped import shipped


def _library() -> Library:
    return shipped().library


def _ideas() -> list[tuple[str, BuildsOn]]:
    return [(name, idea) for name, work in _library().works.items() for idea in work.builds_on]


def test_the_library_is_the_largest_of_its_kind() -> None:
    works = _library().works
    results = sum(len(work.results) for work in works.values() if isinstance(work, Paper))
    assert len(works) >= 160
    assert results >= 5_000


def test_no_result_stands_without_a_place_in_print_or_in_public() -> None:
    for name, work in _library().works.items():
        for result in work.results if isinstance(work, Paper) else ():
            place = result.source
            told = (place.table, place.figure, place.section, place.url, place.text)
            assert any(told), f"{name}#{result.id}"


def test_every_work_is_a_goal_that_can_be_reached() -> None:
    graph = library_graph(catalogue_of(_library()), (), DEFAULT_SPEEDS)
    for name, work in _library().works.items():
        resolution = resolve_goals(graph, GoalRequest((Goal(work=name),)), UTC)
        assert resolution.curriculum, (name, resolution.problems)
        assert set(unit_ids(name, work)) <= set(resolution.curriculum.units), name


def test_all_works_together_can_be_reached() -> None:
    goals = tuple(Goal(work=name) for name in _library().works)
    resolution = resolve(_library(), GoalRequest(goals), zone=UTC)
    assert resolution.curriculum, resolution.problems
    units = {unit for name, work in _library().works.items() for unit in unit_ids(name, work)}
    assert units == set(resolution.curriculum.units)


def test_an_idea_is_taken_from_a_part_of_the_library() -> None:
    works = _library().works
    for name, idea in _ideas():
        work, _, unit = idea.ref.partition("/")
        assert work in works, (name, idea.ref)
        assert work != name
        assert not unit or idea.ref in unit_ids(work, works[work]), (name, idea.ref)


def test_the_graph_of_ideas_has_many_edges_and_says_each_once() -> None:
    edges = Counter((name, idea.ref) for name, idea in _ideas())
    assert len(edges) >= 200
    assert max(edges.values()) == 1


def test_an_idea_is_never_taken_from_a_later_year() -> None:
    works = _library().works
    for name, idea in _ideas():
        earlier, later = works[idea.ref.partition("/")[0]].year, works[name].year
        assert earlier
        assert later
        assert earlier <= later, (name, idea.ref)


def test_ideas_do_not_run_in_circles() -> None:
    edges: dict[str, set[str]] = {}
    for name, idea in _ideas():
        edges.setdefault(name, set()).add(idea.ref.partition("/")[0])
    assert [*TopologicalSorter(edges).static_order()]
