"""The commands that note an idea and decide about one."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.parameters import IdeaName, Name, json_option
from curriculum.cli.quantities import DayAhead
from curriculum.cli.recorded import show_recorded
from curriculum.model.ideas import IdeaDeed
from curriculum.services.adopting import adopt_idea
from curriculum.services.context import Context
from curriculum.services.ideas import NewIdea, decide_idea, note_idea
from curriculum.services.workspace import Workspace
from curriculum.views import text

_NOTE = "note"


class _Ideas(click.Group):
    """A group whose words are an idea unless the first of them is one of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, or the one that notes an idea."""
        if args[0] in self.commands and args[0] != _NOTE:
            return super().resolve_command(ctx, args)
        return _NOTE, self.commands[_NOTE], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave the options before the first word to the command that notes an idea."""
        asks_for_help = bool({"-h", "--help"} & set(args[:1]))
        if args and args[0].startswith("-") and not asks_for_help:
            args = [_NOTE, *args]
        return super().parse_args(ctx, args)


@click.group("idea", cls=_Ideas)
def idea_command() -> None:
    """Put an idea on the back burner, or decide about one.

    'curriculum idea TEXT' writes ideas/NAME.yaml. An idea comes back on its day, or when all that
    it requires has been learned: 'curriculum ideas --due' shows it, and you keep, try, adopt or
    drop it.

    \b
    Examples:
      curriculum idea "One critic for all tasks" --requires her-2017 --upside 10x
      curriculum idea keep one-critic --look 6w
    """


@idea_command.command(_NOTE)
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@click.option(
    "--look",
    type=DayAhead(),
    metavar="DATE",
    help="It comes back on this day, as 6w.  [default: 4w, unless it requires something]",
)
@click.option(
    "--requires",
    multiple=True,
    type=Name("unit"),
    metavar="UNIT",
    help="It comes back when this has been learned, too.",
)
@click.option("--upside", metavar="TEXT", help="What it would bring.")
@click.option("--from", "origin", metavar="FILE|ID", help="Where it came from, as ^k7q2.")
@json_option
@click.pass_obj
def note_idea_command(
    context: Context, /, words: tuple[str, ...], *, as_json: bool, **options: Any
) -> None:  # Any: the options of a new idea
    """Put an idea on the back burner."""
    new = NewIdea(" ".join(words), **options)
    show_recorded(note_idea(Workspace(context, results="none"), new), as_json=as_json)


@idea_command.command("keep")
@click.argument("name", type=IdeaName(), metavar="IDEA")
@click.option(
    "--look",
    type=DayAhead(),
    metavar="DATE",
    help="It comes back on this day, as 6w.  [default: 8w, and twice as long each time]",
)
@click.option("--why", metavar="TEXT", help="Why not now.")
@json_option
@click.pass_obj
def keep_command(
    context: Context, name: str, look: date | None, why: str | None, *, as_json: bool
) -> None:
    """Look at an idea again later."""
    _decide(context, name, IdeaDeed.KEPT, why, look, as_json=as_json)


@idea_command.command("try")
@click.argument("name", type=IdeaName(), metavar="IDEA")
@click.option("--why", metavar="TEXT", help="Why now.")
@json_option
@click.pass_obj
def try_command(context: Context, name: str, why: str | None, *, as_json: bool) -> None:
    """Try an idea; it comes back in four weeks."""
    _decide(context, name, IdeaDeed.TRIED, why, None, as_json=as_json)


@idea_command.command("drop")
@click.argument("name", type=IdeaName(), metavar="IDEA")
@click.option("--why", required=True, metavar="TEXT", help="Why.")
@json_option
@click.pass_obj
def drop_idea_command(context: Context, name: str, why: str, *, as_json: bool) -> None:
    """Give an idea up; its file stays."""
    _decide(context, name, IdeaDeed.DROPPED, why, None, as_json=as_json)


@idea_command.command("adopt")
@click.argument("name", type=IdeaName(), metavar="IDEA")
@click.option(
    "--goal",
    "goals",
    multiple=True,
    type=Name("goal"),
    metavar="GOAL",
    help="The goal that it becomes.  [default: what it requires]",
)
@click.option("--write", is_flag=True, help="Write the goals into the settings.")
@click.pass_obj
def adopt_command(context: Context, name: str, goals: tuple[str, ...], *, write: bool) -> None:
    """Make an idea a goal.

    Prints what to add to the goals in syllabi/curriculum.yaml; with --write, adds it there.
    """
    adopted = adopt_idea(Workspace(context, results="none"), name, goals, write=write)
    printing.tell(text.ideas.adopted_lines(adopted), is_asked=True)


def _decide(
    context: Context,
    name: str,
    did: IdeaDeed,
    why: str | None,
    look: date | None,
    *,
    as_json: bool,
) -> None:
    recorded = decide_idea(Workspace(context, results="none"), name, did, why, look)
    show_recorded(recorded, as_json=as_json)
