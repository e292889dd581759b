"""The `curriculum` command: its global options, its commands, and how errors are reported."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.shell_completion import add_completion_class

from curriculum.cli import printing
from curriculum.cli.clock import context_at
from curriculum.cli.completion import WholeWords
from curriculum.cli.inside import in_workspace
from curriculum.cli.output import patient_output
from curriculum.cli.printing.preferences import QUIET, colour_of
from curriculum.cli.quantities import DAY
from curriculum.cli.visible_output import visible_output
from curriculum.model.problems import CurriculumError
from curriculum.model.suggestions import suggestion
from curriculum.services.errors import ProblemsError, UsageError

COMMANDS = {
    "init": "init",
    "new": "new",
    "library": "library",
    "edit": "edit",
    "rename": "rename",
    "check": "check",
    "show": "show",
    "path": "path",
    "goal": "goal",
    "plan": "plan",
    "calendar": "calendar",
    "serve": "serve",
    "push": "push",
    "pull": "pull",
    "next": "next",
    "today": "today",
    "week": "week",
    "done": "done",
    "missed": "missed",
    "log": "log",
    "left": "left",
    "start": "start",
    "stop": "stop",
    "skip": "skip",
    "reopen": "reopen",
    "undo": "undo",
    "pin": "pin",
    "unpin": "unpin",
    "note": "note",
    "notebook": "notebook",
    "time": "time",
    "review": "review",
    "report": "report",
    "followups": "followups",
    "followup": "followup",
    "idea": "idea",
    "ideas": "ideas",
    "skim": "skim",
    "skims": "skims",
    "explore": "explore",
    "explored": "explored",
    "predict": "predict",
    "predictions": "predictions",
    "predicted": "predicted",
    "taste": "taste",
    "admire": "admire",
    "status": "status",
    "results": "results",
    "power": "power",
    "score": "score",
    "compare": "compare",
    "plot": "plot",
    "scores": "scores",
    "ablation": "ablation",
    "ablations": "ablations",
    "ready": "ready",
    "why": "why",
    "graph": "graph",
    "journal": "journal",
    "config": "config",
    "schema": "schema",
    "help": "help",
}
"""Each command and its module in `cli/commands/`, in the order of a week."""

SUMMARIES = {
    "init": "Start a workspace in this folder.",
    "new": "Draft a syllabus or a result of your own.",
    "library": "List the available works.",
    "edit": "Open a syllabus in your editor, and check it afterwards.",
    "rename": "Rename a work of the workspace.",
    "check": "Check every syllabus and the settings.",
    "show": "Show a work or a unit.",
    "path": "List what leads to a goal.",
    "goal": "Add a goal to the settings.",
    "plan": "Plan the goals and publish the calendars.",
    "calendar": "Write the published calendars once more, for import.",
    "serve": "Serve the page, and the calendars for subscription.",
    "push": "Send the published plan to your calendar server or a vdir.",
    "pull": "Take over what you changed on your server or in a vdir.",
    "next": "List what can be studied now.",
    "today": "Show what is on today, and what was missed.",
    "week": "Show the sessions of this week.",
    "done": "Mark units or planned sessions as done.",
    "missed": "Say that sessions were missed.",
    "log": "Log time that was studied.",
    "left": "Say how long a unit still takes.",
    "start": "Start the timer on a unit.",
    "stop": "Stop the timer and log its time.",
    "skip": "Leave units out of the plan.",
    "reopen": "Mark units as not done again.",
    "undo": "Take back what was recorded last.",
    "pin": "Hold a session where it is.",
    "unpin": "Let a session move again.",
    "note": "Write a note into the notebook.",
    "notebook": "Show the notebook.",
    "time": "Show where the time went.",
    "review": "Write the review of the last week or two.",
    "report": "Write a page to send to your advisor.",
    "followups": "List what was to be done next.",
    "followup": "Close what was to be done next.",
    "idea": "Put an idea on the back burner, or decide about one.",
    "ideas": "List the ideas on the back burner.",
    "skim": "Look at the papers that came in, and decide about them.",
    "skims": "List the papers that came in.",
    "explore": "Say what is explored this week, and why.",
    "explored": "Record time of exploration, and what came of it.",
    "predict": "Predict something with a probability.",
    "predictions": "List your predictions.",
    "predicted": "Say how a prediction ended.",
    "taste": "Show how good your predictions were.",
    "admire": "Note a work that you admire, and what for.",
    "status": "Show how far every work and goal has come.",
    "results": "Show what a paper claims.",
    "power": "Say beforehand how likely each verdict is.",
    "score": "Record scores of your reimplementation.",
    "compare": "Compare your scores with the published ones.",
    "plot": "Draw your scores against the published ones.",
    "scores": "Show the history of your scores.",
    "ablation": "Record what a change gained and cost.",
    "ablations": "List what changes gained and cost.",
    "ready": "Say whether you may go beyond a goal.",
    "why": "Say why a unit is planned when it is.",
    "graph": "Print the prerequisite graph.",
    "journal": "Export, import or merge the journal.",
    "config": "Show every setting in force, and why.",
    "schema": "Print the JSON Schema of the YAML files.",
    "help": "Explain a command, a word or a format.",
}
"""The first line of each command's help: listed here, `--help` need not import the commands."""


ANYWHERE = frozenset({"init", "library", "show", "path", "graph", "results", "schema", "help"})
"""The commands that need no workspace: the built-in library is enough for them."""


add_completion_class(WholeWords)


class _Week(click.Group):
    """A group that lists its commands in the order of a week and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a week."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"curriculum.cli.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command if cmd_name in ANYWHERE else in_workspace(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first argument names; a mistyped one is suggested."""
        name = args[0]
        # What begins like an option is left to click: it may be '--help' in the wrong place.
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        hint = suggestion(name, COMMANDS, "see 'curriculum --help'", most=3)
        raise click.UsageError(f"no command is called '{name}'; {hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # Any: as in click
    ) -> click.Context:
        """Return the context of the group, with the colours that the environment asks for."""
        extra.setdefault("color", colour_of(os.environ))
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise printing.fitting(error) from error

    def main(self, *args: Any, **extra: Any) -> Any:  # Any: as in click
        """Run the program; output that cannot be written stops none of its work."""
        with patient_output(), visible_output():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # Any: as in click
        """Run the command; what stops it is reported on stderr."""
        # A command lives for seconds; collecting cycles takes a third of the time of reading a
        # library. Off before the command's modules are imported, and for the rest of the process.
        gc.disable()
        try:
            return super().invoke(ctx)
        except ProblemsError as error:
            printing.show_problems(error.problems, error.texts)
            sys.exit(1)
        except UsageError as error:
            raise printing.fitting(self._wrongly_used(ctx, error)) from error
        except click.UsageError as error:
            raise printing.fitting(error) from error
        except CurriculumError as error:
            printing.show_error(str(error))
            sys.exit(1)

    def _wrongly_used(self, ctx: click.Context, error: UsageError) -> click.UsageError:
        """Return the error as click reports it, with the usage of the command; exit status 2."""
        # click names the command that failed only while it runs; here it is over already.
        name = ctx.invoked_subcommand or ""
        command = self.get_command(ctx, name)
        used = ctx if command is None else click.Context(command, parent=ctx, info_name=name)
        if error.parameter is None:
            return click.UsageError(str(error), used)
        return click.BadParameter(str(error), used, param_hint=error.parameter)


def _set_colour(
    ctx: click.Context,
    parameter: click.Parameter,
    wanted: Any,  # Any: a flag, or None
) -> None:
    """Take over the option, before any help is printed."""
    if wanted is not None:
        ctx.color = wanted


@click.group(
    cls=_Week,
    context_settings={"auto_envvar_prefix": "CURRICULUM", "help_option_names": ["-h", "--help"]},
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder that holds syllabi/.  [default: the nearest one from here upward]",
)
@click.option(
    "--today", type=DAY, metavar="DATE", help="Take this day for today.  [default: the clock's]"
)
@click.option(
    "--color/--no-color",
    default=None,
    is_eager=True,
    expose_value=False,
    callback=_set_colour,
    help="Print in colour.  [default: in a terminal, unless NO_COLOR is set]",
)
@click.option(
    "--quiet",
    "-q",
    is_flag=True,
    help="Print errors and what was asked for, but no summary and no advice.",
)
@click.version_option(package_name="curriculum", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, workspace: Path | None, today: date | None, *, quiet: bool) -> None:
    """Turn syllabi of textbooks, theses and papers into a study calendar.

    Reads syllabi/*.yaml and syllabi/curriculum.yaml of the workspace, and the built-in library
    behind them; writes calendars/*.ics. A workspace is a folder that holds syllabi/ or journal.db;
    below one, commands find it. Each option can also be set in the environment, as
    CURRICULUM_WORKSPACE or CURRICULUM_TODAY.

    \b
    Examples:
      curriculum init
      curriculum plan
    """
    if workspace is None and ctx.invoked_subcommand == "init":
        # As git does: a workspace may be started below another one.
        workspace = Path()
    ctx.meta[QUIET] = quiet
    ctx.obj = context_at(workspace, today)
