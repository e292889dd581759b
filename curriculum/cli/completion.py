"""What the shell offers while a command is typed; nothing where the workspace cannot be read."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem

from curriculum.cli.clock import context_at
from curriculum.model.problems import CurriculumError
from curriculum.services.context import Context


def offered(ctx: click.Context, find: Callable[[Context], Iterable[str]]) -> list[CompletionItem]:
    """Return the names that are found in the workspace; none, silently, when it is broken."""
    options = ctx.find_root().params
    root = options.get("workspace")
    try:
        folder = None if root is None else root.expanduser()
        context = context_at(folder, options.get("today"))
        return [CompletionItem(name) for name in find(context)]
    except (CurriculumError, OSError):
        return []


class WholeWords(BashComplete):
    """Completion for bash, which takes each colon for a word of its own."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one to complete, and that one, put together again."""
        before, current = super().get_completion_args()
        words = [*before, current]
        for number in range(len(words) - 1, 0, -1):
            if ":" in (words[number][:1], words[number - 1][-1:]):
                words[number - 1] += words.pop(number)
        self._is_joined = len(words) <= len(before)
        self._typed = words[-1]
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem[Any]) -> str:  # Any: as in click
        """Return a name without what bash does not replace: all up to the last colon."""
        value = str(item.value)
        if self._is_joined:
            value = value.removeprefix(self._typed[: self._typed.rindex(":") + 1])
        if any(character.isspace() for character in value):
            value = shlex.quote(value)
        return f"{item.type},{value}"
