"""The command that explains the words on the screen and how values are written."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.views import text


def _topics(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Return the topics and commands that begin as typed, for the shell."""
    group = ctx.find_root().command
    assert isinstance(group, click.Group), "the root command is the group of all commands"
    names = (*text.help_topics.TOPICS, *group.list_commands(ctx))
    return [name for name in names if name.startswith(typed)]


@click.command("help")
@click.argument("topic", required=False, shell_complete=_topics, metavar="[TOPIC]")
@click.pass_context
def help_command(ctx: click.Context, topic: str | None) -> None:
    """Explain a command, a word or a format.

    TOPIC is 'words' for what the words on the screen mean, 'goal', 'dates' or 'results' for how
    they are written, or the name of a command. Without a TOPIC, lists the commands.

    \b
    Examples:
      curriculum help words
      curriculum help dates
    """
    if topic is None:
        click.echo(ctx.find_root().get_help())
        return
    topics = text.help_topics.TOPICS
    if topic in topics:
        printing.show_text(topics[topic].splitlines())
        return
    click.echo(_command_help(ctx.find_root(), topic))


def _command_help(root: click.Context, name: str) -> str:
    """Return what `curriculum NAME --help` prints."""
    group = root.command
    assert isinstance(group, click.Group), "the root command is the group of all commands"
    command = group.get_command(root, name)
    if command is None:
        topics = ", ".join(text.help_topics.TOPICS)
        message = f"'{name}' is neither a topic ({topics}) nor a command"
        raise click.BadParameter(message, param_hint="TOPIC")
    return command.get_help(click.Context(command, parent=root, info_name=name))
