"""The names of works, units and goals on the command line: how they complete, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from curriculum.model.identifiers import UnitId
    from curriculum.model.library import Library
    from curriculum.services.workspace import Workspace


class Name(click.ParamType[str]):
    """A work, or after a slash one of its units; completed by the shell."""

    def __init__(self, name: str) -> None:
        """Call it WORK, UNIT or GOAL in help texts."""
        self.name = name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin as typed: works first, units once there is a slash."""
        from curriculum.services.context import Context
        from curriculum.services.workspace import gather

        root = ctx.find_root().params.get("workspace") or Path()
        library = gather(Context(root, datetime.now(UTC))).library
        return [
            CompletionItem(name)
            for name in names(library, units="/" in incomplete)
            if name.startswith(incomplete)
        ]


def names(library: Library, *, units: bool) -> Iterable[str]:
    """Return the names of all works, or of all units."""
    if not units:
        return library.works
    return (f"{name}/{unit.id}" for name, work in library.works.items() for unit in work.units)


def require_name(name: str, library: Library, param: str) -> None:
    """Refuse a name that is neither a work nor a unit, offering near ones.

    Raises:
        click.BadParameter: There is no such work or unit.
    """
    work, slash, unit = name.partition("/")
    if work in library.works and (
        not slash or any(entry.id == unit for entry in library.works[work].units)
    ):
        return
    known = list(names(library, units=work in library.works or bool(slash)))
    near = (
        get_close_matches(name, known, 3, 0.5)
        or [other for other in known if other.startswith(work)][:3]
    )
    hint = (
        f"; did you mean {' or '.join(repr(other) for other in near)}?"
        if near
        else "; see 'curriculum library'"
    )
    raise click.BadParameter(f"no syllabus defines '{name}'{hint}", param_hint=param)


def units_meant(
    words: Sequence[str], gathered: Workspace, param: str = "UNIT"
) -> tuple[UnitId, ...]:
    """Return the units that words name; the part of a name that tells it from all others is enough.

    Raises:
        click.BadParameter: A word names nothing, or several things.
    """
    from curriculum.graph.catalogue import catalogue_of
    from curriculum.graph.unit_lookup import UnclearNameError, units_named

    library = gathered.library
    goals = {(goal.work or "").partition("/")[0] for goal in gathered.settings.goals or ()}
    try:
        return units_named(words, catalogue_of(library), goals | library.own)
    except UnclearNameError as error:
        if not error.candidates:
            for word in words:
                require_name(word, library, param)
        raise click.BadParameter(str(error), param_hint=param) from error
