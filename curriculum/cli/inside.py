"""Keep commands that need a workspace from running outside one."""

from __future__ import annotations

import copy
import functools
from pathlib import Path
from typing import Any

import click

from curriculum.disk.discovery import is_workspace
from curriculum.model.problems import CurriculumError

_ON_FILES = frozenset({"merge"})
"""Commands of a group that work on the files they are given; git runs `merge` where it likes."""


class OutsideWorkspaceError(CurriculumError):
    """A command that needs a workspace runs where there is none."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(_sentence(folder))


def _sentence(folder: Path) -> str:
    if folder == Path():
        return "this folder is not in a workspace; start one here with 'curriculum init'"
    what = "is not a workspace" if folder.exists() else "does not exist"
    return f"'{folder}' {what}; start one there with 'curriculum --workspace {folder} init'"


def in_workspace(command: click.Command) -> click.Command:
    """Return a command that refuses to run outside a workspace; its help is shown anywhere."""
    guarded = copy.copy(command)
    if not isinstance(guarded, click.Group):
        guarded.callback = _guarded(command.callback)
    else:
        guarded.commands = {
            name: one if name in _ON_FILES else in_workspace(one)
            for name, one in guarded.commands.items()
        }
        if guarded.invoke_without_command:
            guarded.callback = _guarded(command.callback)
    return guarded


def _guarded(callback: Any) -> Any:  # Any: as in click
    @functools.wraps(callback)
    def run(*values: Any, **named: Any) -> Any:
        folder = click.get_current_context().obj.root
        if not is_workspace(folder):
            raise OutsideWorkspaceError(folder)
        return callback(*values, **named)

    return run
