"""Arguments and options of the commands about scores: published results and reducers."""

from __future__ import annotations

from typing import Any, get_args

import click
from click.shell_completion import CompletionItem

from curriculum.cli.clock import context_at
from curriculum.model.results import Reducer, ReducerName
from curriculum.services.comparisons import result_names
from curriculum.services.workspace import Workspace

_NUMBER_KEYS = {"last-k-mean": "k", "at": "x"}


class ResultParameter(click.ParamType[str]):
    """A published result, as `ppo-2017#ppo-pong`; completed by the shell."""

    name = "paper#result"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the papers that begin as typed, and after a `#` the results of one."""
        root = ctx.find_root().params.get("workspace")
        workspace = Workspace(context_at(root), results="none")
        return [CompletionItem(name) for name in result_names(workspace, incomplete)]


class ReducerParameter(click.ParamType[Reducer]):
    """A rule that makes one number of a curve, as `final`, `last-k-mean:100` or `at:1000000`."""

    name = "reducer"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Reducer:  # Any: as in click
        """Return the rule that the text names."""
        if isinstance(value, Reducer):
            return value
        how, _, number = value.partition(":")
        names = [name for name in get_args(ReducerName) if name != "unknown"]
        if how not in names:
            self.fail(f"'{how}' is not a reducer; choose from {', '.join(names)}", param, ctx)
        rule = {"how": how}
        if number:
            if how not in _NUMBER_KEYS:
                self.fail(f"'{how}' takes no number", param, ctx)
            rule[_NUMBER_KEYS[how]] = number
        try:
            return Reducer.model_validate(rule)
        except ValueError:
            hint = "write it like 'last-k-mean:100'"
            self.fail(f"'{number}' is not a number for '{how}'; {hint}", param, ctx)


result_argument = click.argument("result", type=ResultParameter(), metavar="PAPER#RESULT")
