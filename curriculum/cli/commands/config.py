"""The command that shows what is in force."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from curriculum.cli import printing
from curriculum.cli.completion import offered
from curriculum.cli.given_options import given_options, options_in_the_environment
from curriculum.services.configuration import chosen_settings, configuration
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text


class _Key(click.ParamType[str]):
    """The name of a setting; completed by the shell."""

    name = "key"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the keys of the settings that begin as typed."""

        def find(context: Context) -> Iterable[str]:
            settings = configuration(Snapshot(context), {})
            return [one.key for one in settings if one.key.startswith(incomplete)]

        return offered(ctx, find)


@click.command("config")
@click.argument("key", required=False, type=_Key(), metavar="[KEY]")
@click.option("--json", "as_json", is_flag=True, help="Print the settings as JSON.")
@click.pass_context
def config_command(ctx: click.Context, key: str | None, *, as_json: bool) -> None:
    """Show every setting in force, and why.

    Lists the options of the program, the keys of syllabi/curriculum.yaml and what the environment
    sets, each with its value and what decided it: the default, a line of the file, an option or a
    variable. With a KEY, shows that setting, or all below it. Passwords and the tokens in addresses
    are not shown.

    \b
    Examples:
      curriculum config
      curriculum config session.longest --json
    """
    context: Context = ctx.obj
    snapshot = Snapshot(context)
    in_file = configuration(snapshot, os.environ)
    everything = (*given_options(ctx, snapshot), *in_file, *options_in_the_environment(ctx))
    chosen = chosen_settings(everything, key)
    if as_json:
        printing.show_json(json.config.config_json(chosen))
    else:
        printing.show(text.config.config_view(chosen))
