"""The works and units that a person's words name, and what to answer when there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum.graph.unit_lookup import (
    BackwardsRangeError,
    UnclearNameError,
    UnknownUnitError,
    units_named,
)
from curriculum.model.formatting import names_text
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.suggestions import did_you_mean, nearest_names
from curriculum.services.errors import UsageError
from curriculum.services.workspace import Workspace

_MOST_OFFERED = 3


def known_names(library: Library, *, units: bool) -> Iterable[str]:
    """Return the names of all works, or of all units."""
    if not units:
        return library.works
    return (f"{name}/{unit.id}" for name, work in library.works.items() for unit in work.units)


def name_meant(name: str, workspace: Workspace, parameter: str) -> str:
    """Return the full name of the work or the unit that a name stands for.

    Raises:
        UsageError: It names nothing, or several things.
    """
    work, slash, part = name.partition("/")
    if not slash:
        return work_meant(name, workspace, parameter)
    units = units_meant([f"{work}/{part}"], workspace, parameter)
    if len(units) > 1:
        raise UsageError(f"'{name}' names several units; choose one of them", parameter)
    return units[0]


def _advice(name: str, library: Library) -> str:
    """Return what to do about a name that no syllabus defines."""
    work = name.partition("/")[0]
    known = list(known_names(library, units="/" in name))
    near = nearest_names(name, known, _MOST_OFFERED)
    if not near:
        near = tuple(other for other in known if other.startswith(work))[:_MOST_OFFERED]
    return did_you_mean(near) if near else "see 'curriculum library'"


def units_meant(
    words: Sequence[str], workspace: Workspace, parameter: str = "UNIT"
) -> tuple[UnitId, ...]:
    """Return the units that words name; the part of a name that tells it from all others is enough.

    Raises:
        UsageError: A word names nothing, or several things.
    """
    try:
        return units_named(words, workspace.catalogue, workspace.preferred)
    except (BackwardsRangeError, UnknownUnitError) as error:
        raise UsageError(str(error), parameter) from error
    except UnclearNameError as error:
        message = str(error)
        if not error.candidates:
            message += f"; {_advice(error.word, workspace.library)}"
        raise UsageError(message, parameter) from error


def single_unit(words: Sequence[str], workspace: Workspace) -> UnitId:
    """Return the one unit that words name.

    Raises:
        UsageError: They name none, or several.
    """
    units = units_meant(words, workspace)
    if len(units) > 1:
        listed = names_text(units, _MOST_OFFERED)
        raise UsageError(f"'{' '.join(words)}' names several units: {listed}", "UNIT")
    return units[0]


def work_meant(word: str, workspace: Workspace, parameter: str) -> str:
    """Return the work that a word names.

    Raises:
        UsageError: It names nothing, or several works.
    """
    if word in workspace.library.works:
        return word
    return work_of(units_meant([word], workspace, parameter)[0])
