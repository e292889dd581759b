"""The command that opens a syllabus in the person's editor."""

from __future__ import annotations

import sys

import click

from curriculum.cli import printing
from curriculum.cli.editor import has_editor, open_in_editor
from curriculum.cli.own_syllabi import copied_line
from curriculum.cli.parameters import Name
from curriculum.model.problems import Severity
from curriculum.services.context import Context
from curriculum.services.editing import EditTarget, edit_target, problems_after_edit
from curriculum.services.own_syllabi import copy_work
from curriculum.services.workspace import Workspace


@click.command("edit")
@click.argument("name", type=Name("work|unit"), metavar="WORK[/UNIT|#RESULT]")
@click.pass_obj
def edit_command(context: Context, name: str) -> None:
    """Open a syllabus in your editor, and check it afterwards.

    Opens it with VISUAL or EDITOR, at the line of the unit or the result. A built-in work is copied
    into the workspace first, if you say yes. What is wrong in the file after the editor is closed
    is printed with its place, and an error can be mended at once; if it stays, the exit status
    is 1.

    \b
    Examples:
      curriculum edit sutton-barto-2018/13
      curriculum edit ppo-2017#ppo-pong
    """
    target = edit_target(Workspace(context, results="none"), name)
    if not has_editor():
        where = f"{target.file}:{target.line}"
        raise click.UsageError(f"set VISUAL or EDITOR, and run it in a terminal; it is at {where}")
    if not target.is_own:
        target = _copied(context, target)
    line: int | None = target.line
    while line is not None:
        _edited(context, target, line)
        line = _line_to_mend(context, target)


def _edited(context: Context, target: EditTarget, line: int) -> None:
    """Open the syllabus at a line, and say when nothing was changed.

    Raises:
        ClickException: The file is gone afterwards.
    """
    path = context.root / target.file
    before = path.read_bytes()
    open_in_editor(path, line)
    try:
        is_changed = path.read_bytes() != before
    except FileNotFoundError as error:
        raise click.ClickException(f"{target.file} is gone after it was edited") from error
    if not is_changed:
        printing.tell([f"nothing was changed in {target.file}"])


def _copied(context: Context, target: EditTarget) -> EditTarget:
    """Copy a built-in work into the workspace if the person agrees, and return where it is now."""
    question = f"'{target.work}' is built in. Copy it into the workspace and edit it there?"
    click.confirm(question, default=True, abort=True)
    copied = copy_work(Workspace(context, results="none"), target.work)
    printing.tell([copied_line(copied)])
    return EditTarget(target.work, copied.file, target.line, is_own=True)


def _line_to_mend(context: Context, target: EditTarget) -> int | None:
    """Show what is wrong in the file; return the line to open it at again, if the person wants to.

    An error that stays ends the command with exit status 1.
    """
    workspace = Workspace(context, results="all")
    problems = problems_after_edit(workspace, target.file)
    if not problems:
        printing.tell([f"no problems in {target.file}"])
        return None
    printing.show_problems(problems, workspace.texts, is_asked=True)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if not errors:
        return None
    if click.confirm("Open it again?", default=True):
        return errors[0].place.line
    sys.exit(1)
