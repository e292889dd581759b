"""What each unit of a library needs, whatever the goals are and whatever is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum import graph
from curriculum.graph.catalogue import Catalogue
from curriculum.graph.derivation import derive
from curriculum.graph.goals import GoalRequest, knowledge_of
from curriculum.graph.requirements import Requirements, requirements_of
from curriculum.model.curriculum import StudyUnit
from curriculum.model.efforts import study_unit
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.references import Reference
from curriculum.model.settings import Speeds


@dataclass(frozen=True, slots=True)
class LibraryGraph:
    """The units of a library, and what each of them needs.

    Attributes:
        catalogue: The numbered units.
        requirements: What each of them needs.
        details: Each of them with its effort.
        problems: Everything that is wrong with the references of the library.
    """

    catalogue: Catalogue
    requirements: Requirements
    details: tuple[StudyUnit, ...]
    problems: frozenset[Problem]


def library_graph(
    catalogue: Catalogue, known: tuple[Reference, ...], speeds: Speeds
) -> LibraryGraph:
    """Return what each unit of a library needs.

    Args:
        catalogue: The units.
        known: What needs no study: no unit has to teach a topic among it.
        speeds: How fast the person reads.
    """
    topics = knowledge_of(catalogue, GoalRequest(known=known)).topics
    requirements = requirements_of(catalogue, topics)
    details = _details(catalogue, speeds)
    efforts = [row.effort for row in details]
    problems = {*requirements.problems, *_cycles(catalogue, requirements, efforts)}
    return LibraryGraph(catalogue, requirements, details, frozenset(problems))


def _details(catalogue: Catalogue, speeds: Speeds) -> tuple[StudyUnit, ...]:
    works = catalogue.library.works
    details = []
    for name, unit in zip(catalogue.works, catalogue.entries, strict=True):
        details.append(study_unit(unit, works[name], speeds))
    return tuple(details)


def _cycles(
    catalogue: Catalogue,
    requirements: Requirements,
    efforts: Sequence[int],
) -> Iterable[Problem]:
    """Return a problem for every prerequisite cycle, wherever in the library it is."""
    everything = range(len(catalogue.units))
    finished = derive(everything, requirements.needs, efforts).finish
    if len(finished) == len(everything):
        return ()
    return graph.cycle_problems.cycle_problems(catalogue, requirements, finished.keys())
