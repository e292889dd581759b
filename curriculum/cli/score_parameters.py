"""Arguments and options of the commands about scores: published results and reducers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import click
from click.shell_completion import CompletionItem

from curriculum import services
from curriculum.cli.completion import offered
from curriculum.model.late_patterns import late_pattern
from curriculum.model.results import LEAST_RULES, Reducer, ReducerName
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace

_REDUCERS = tuple(name for name in get_args(ReducerName) if name != "unknown")
_BEST_RULES = {least: best for best, least in LEAST_RULES.items()}
"""The rules that take a run's best, by what they are called where less is better."""

_NUMBER_KEYS = {"last-k-mean": "k", "at": "x"}


class ResultParameter(click.ParamType[str]):
    """A published result, as `ppo-2017#ppo-pong`; completed by the shell."""

    name = "paper#result"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the papers that begin as typed, and after a `#` the results of one."""

        def find(context: Context) -> Iterable[str]:
            return services.completion.results(Workspace(context, results="none"), incomplete)

        return offered(ctx, find)


class PaperOrResult(ResultParameter):
    """A paper, or one of its results as `ppo-2017#ppo-pong`; completed by the shell."""

    name = "paper"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the papers that begin as typed, and after a `#` the results of one."""
        if "#" in incomplete:
            return super().shell_complete(ctx, param, incomplete)

        def find(context: Context) -> Iterable[str]:
            return services.completion.papers(Workspace(context, results="none"), incomplete)

        return offered(ctx, find)


class RunTag(click.ParamType[str]):
    """A quantity that a run logs; completed by the shell once `--from` names a run."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the quantities of the first run that begin as typed."""
        path = ctx.params.get("path")
        if path is None:
            return []
        return offered(ctx, lambda _: services.completion.tags(path.expanduser(), incomplete))


class ValueOrRun(click.ParamType[str]):
    """A score, or after `--from` a run: there the shell completes files and folders."""

    name = "value"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return that a file is meant, where one is."""
        if ctx.params.get("path") is None:
            return []
        return [CompletionItem(incomplete, type="file")]


class ReducerParameter(click.ParamType[Reducer]):
    """A rule that makes one number of a curve, as `final`, `last-k-mean:100` or `at:1000000`."""

    name = "reducer"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the rules that begin as typed."""
        names = (*_REDUCERS, *_BEST_RULES)
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Reducer:  # Any: as in click
        """Return the rule that the text names."""
        if isinstance(value, Reducer):
            return value
        how, _, number = value.partition(":")
        how = _BEST_RULES.get(how, how)
        if how not in _REDUCERS:
            self.fail(f"'{how}' is not a reducer; choose from {', '.join(_REDUCERS)}", param, ctx)
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


_COUNTS = late_pattern(r"(\d{1,3})(?:\.\.(\d{1,3}))?")
_MOST_RUNS, _MOST_COUNTS = 100, 30


class SeedCounts(click.ParamType[range]):
    """Numbers of runs, as `5` or `3..10`."""

    name = "seeds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> range:  # Any: as in click
        """Return the numbers that the text names."""
        match = _COUNTS.fullmatch(value)
        if match is None:
            self.fail(f"'{value}' is not a range of numbers; write it like '3..10'", param, ctx)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 2 <= first <= last <= _MOST_RUNS:
            fault = f"an interval needs 2 runs, and {_MOST_RUNS} are the most"
            self.fail(f"'{value}' is out of range: {fault}", param, ctx)
        if last - first >= _MOST_COUNTS:
            self.fail(f"'{value}' are more than {_MOST_COUNTS} numbers", param, ctx)
        return range(first, last + 1)


result_argument = click.argument("result", type=ResultParameter(), metavar="PAPER#RESULT")
