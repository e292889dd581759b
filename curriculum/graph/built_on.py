"""Which works take over ideas of which others, by `builds_on` in their syllabi."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.references import find, meaning
from curriculum.model.problems import Problem, Severity
from curriculum.model.references import UnitReference


class IdeaTakenOver(NamedTuple):
    """An idea of one work that another one builds on.

    Attributes:
        work: The work that takes the idea over.
        source: The work that the idea is from.
        units: The units of it that were named, in file order; all of them when none was.
        idea: The idea.
        why: What was made of it; empty when the syllabus does not say.
    """

    work: str
    source: str
    units: UnitNumbers
    idea: str
    why: str


def ideas_taken_over(catalogue: Catalogue) -> tuple[IdeaTakenOver, ...]:
    """Return the ideas that the works of a library take over, sorted by work.

    Works may build on each other. What names nothing is left out; see `idea_source_problems`.
    """
    found = []
    for name in sorted(catalogue.spans):
        for one in catalogue.library.works[name].builds_on:
            units = find(catalogue, one.ref, name)
            if units:
                source = catalogue.works[units[0]]
                found.append(IdeaTakenOver(name, source, units, one.idea, one.why or ""))
    return tuple(found)


def idea_source_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a warning for every idea that is said to be from a work that is not there.

    Only the workspace's own works are looked at. It is a warning, because nothing waits for it.
    """
    for name in sorted(catalogue.library.own & catalogue.spans.keys()):
        source = catalogue.library.sources[name]
        for position, one in enumerate(catalogue.library.works[name].builds_on):
            path = ("builds_on", position)
            place = source.place((*path, "ref"))
            units = find(catalogue, one.ref, name)
            if units and catalogue.works[units[0]] == name:
                message = f"work '{name}' builds on '{one.ref}', which is a part of it"
                hint = "remove it, or name the work that the idea is from"
                yield Problem(place, "self-reference", message, hint, Severity.WARNING)
            reference = UnitReference(ref=one.ref)
            for dangling in meaning(catalogue, reference, name, path).dangling:
                message = f"work '{name}' builds on {dangling.clause}"
                yield Problem(place, dangling.code, message, dangling.hint, Severity.WARNING)
