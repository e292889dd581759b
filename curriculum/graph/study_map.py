"""A map of what is to be studied: units or works, how far each has come, and what it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, TypeAlias

from curriculum.graph.frontier import ready_units
from curriculum.graph.transitive_reduction import transitive_reduction
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import Track, UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library

MapState: TypeAlias = Literal["done", "open", "next", "missing"]


@dataclass(frozen=True, slots=True)
class MapNode:
    """A unit or a work on the map.

    Attributes:
        name: Its full name.
        title: Its title.
        track: Its track.
        state: Whether it is done (or left out), begun, can be begun now, or waits for others.
        minutes: What it still needs; 0 when it is done.
        units: How many units it stands for.
        done: How many of them are done.
    """

    name: str
    title: str
    track: Track
    state: MapState
    minutes: int
    units: int = 1
    done: int = 0


@dataclass(frozen=True, slots=True)
class StudyMap:
    """Units or works, and what each of them needs.

    Attributes:
        nodes: Name to the node, in need order.
        needs: Name to the names that it needs directly, without those that others imply; of works
            also in a circle, where the one begins before the other ends.
        is_of_works: Whether the nodes are works.
    """

    nodes: Mapping[str, MapNode]
    needs: Mapping[str, tuple[str, ...]]
    is_of_works: bool = False


def unit_map(whole: Curriculum, left: Curriculum, done: Collection[UnitId]) -> StudyMap:
    """Return the map of the units that goals need.

    Args:
        whole: The curriculum as it is without any progress.
        left: The curriculum after what was done.
        done: The units that are finished or left out.
    """
    ready = frozenset(ready_units(left))
    units = dict.fromkeys((*whole.units, *left.units))
    needs: dict[str, tuple[str, ...]] = {}
    nodes: dict[str, MapNode] = {}
    for unit in units:
        needs[unit] = _needs(unit, whole, left)
        details = (whole if unit in whole.details else left).details[unit]
        is_done = unit in done
        nodes[unit] = MapNode(
            name=unit,
            title=details.title,
            track=details.track,
            state="done" if is_done else _state(unit, left, ready),
            minutes=0 if is_done else left.efforts.get(unit, details.effort),
            done=int(is_done),
        )
    return StudyMap(nodes, transitive_reduction(needs))


def _needs(unit: UnitId, whole: Curriculum, left: Curriculum) -> tuple[UnitId, ...]:
    # What is left may have chosen other units to teach a topic, because those are done.
    if unit in left.requires:
        return (*left.requires[unit], *left.met.get(unit, ()))
    return tuple(whole.requires.get(unit, ()))


def _state(unit: UnitId, left: Curriculum, ready: Collection[UnitId]) -> MapState:
    if left.behind.get(unit):
        return "open"
    return "next" if unit in ready else "missing"


def work_map(units: StudyMap, library: Library) -> StudyMap:
    """Return the map of the works that the units of another map belong to."""
    groups: dict[str, list[MapNode]] = {}
    for name, node in units.nodes.items():
        groups.setdefault(work_of(UnitId(name)), []).append(node)
    nodes: dict[str, MapNode] = {}
    for work, own in groups.items():
        nodes[work] = MapNode(
            name=work,
            title=library.works[work].title,
            track=library.works[work].track,
            state=_work_state(own),
            minutes=sum(one.minutes for one in own),
            units=len(own),
            done=sum(one.done for one in own),
        )
    needs = {work: _work_needs(own, units, groups) for work, own in groups.items()}
    return StudyMap(nodes, needs, is_of_works=True)


def _work_state(units: Iterable[MapNode]) -> MapState:
    states = {one.state for one in units}
    if states == {"done"}:
        return "done"
    if states & {"done", "open"}:
        return "open"
    return "next" if "next" in states else "missing"


def _work_needs(own: Iterable[MapNode], units: StudyMap, works: Iterable[str]) -> tuple[str, ...]:
    """Return the other works that units need, in the order of all works."""
    needed: set[str] = set()
    for node in own:
        needed |= {work_of(UnitId(before)) for before in units.needs[node.name]}
        needed.discard(work_of(UnitId(node.name)))
    return tuple(work for work in works if work in needed)
