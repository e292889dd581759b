"""Open a file in the person's editor, where a person sits at a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

_WITH_A_COLON = ("code", "codium", "code-insiders", "cursor", "zed", "subl", "hx", "helix")
"""Editors that take the line after the file: `FILE:LINE`."""

_AFTER_GOTO = ("code", "codium", "code-insiders", "cursor")
"""Those that need an option for it."""

_WITH_A_PLUS = (
    *("vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "micro"),
    *("joe", "jed", "mg", "ne", "kak", "kakoune", "mcedit", "gedit", "kate"),
)
"""Editors that take the line before the file: `+LINE FILE`."""


def has_editor() -> bool:
    """Whether there is a terminal, and an editor was chosen for it."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return is_terminal and bool(_chosen())


def open_in_editor(path: Path, line: int = 1) -> None:
    """Open a file at a line, and wait until it is closed.

    Without a terminal or an editor, do nothing. An editor that is not known opens the file alone.
    """
    if not has_editor():
        return
    arguments = _at_line(_chosen(), path, line) if line > 1 else None
    if arguments is None:
        click.edit(filename=str(path))
        return
    try:
        subprocess.run(arguments, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"{arguments[0]}: Editing failed: {error}") from error


def _chosen() -> str:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def _at_line(editor: str, path: Path, line: int) -> list[str] | None:
    """Return the command that opens a file at a line; None for an editor that is not known.

    >>> _at_line("code --wait", Path("a.yaml"), 7)
    ['code', '--wait', '--goto', 'a.yaml:7']
    >>> _at_line("/usr/bin/vim", Path("a.yaml"), 7)
    ['/usr/bin/vim', '+7', 'a.yaml']
    """
    program, *options = shlex.split(editor)
    name = Path(program).name
    if name in _WITH_A_COLON:
        goto = ["--goto"] if name in _AFTER_GOTO else []
        return [program, *options, *goto, f"{path}:{line}"]
    if name in _WITH_A_PLUS:
        return [program, *options, f"+{line}", str(path)]
    return None
