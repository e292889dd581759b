"""A group that takes words to search for where no command of it is named."""

from __future__ import annotations

import click


class SearchGroup(click.Group):
    """A command that finds things, with commands below it for one of them.

    What follows its name is a command below it when it is called so; otherwise the words and
    options of a search, in any order. The callback of the group is the search; it does nothing when
    `invoked_subcommand` is set. It is made with `invoke_without_command`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words and options of a search, or leave all to a command below."""
        if args and args[0] in self.commands:
            click.Command.parse_args(self, ctx, [])
            ctx._protected_args, ctx.args = args[:1], args[1:]
            return ctx.args
        ctx.allow_interspersed_args = True
        return click.Command.parse_args(self, ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters; in the usage of a command below it, it takes no words."""
        found = super().get_params(ctx)
        if ctx.command is self:
            return found
        return [one for one in found if not isinstance(one, click.Argument)]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of a usage line: those of a search, as commands are listed below."""
        return click.Command.collect_usage_pieces(self, ctx)
