"""Text that remembers where it stood in its file; it does not know which language the file is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from curriculum.model.problems import Place

PathStep: TypeAlias = str | int
Path: TypeAlias = tuple[PathStep, ...]
"""Keys and 0-based indices from the root of a file."""


class Text(str):
    """A scalar as the user wrote it, with its 1-based line and column."""

    __slots__ = ("column", "line")
    line: int
    column: int

    @classmethod
    def at(cls, value: str, line: int, column: int) -> Text:
        """Return `value` as standing at the given 1-based line and column."""
        text = cls(value)
        text.line, text.column = line, column
        return text


class Items(list["Node"]):
    """A list of nodes, with the 1-based line and column at which it starts."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        """Start an empty list at a 1-based line and column."""
        super().__init__()
        self.line, self.column = line, column

    def copy(self) -> Items:
        """Return a list of the same nodes at the same place."""
        items = Items(self.line, self.column)
        items.extend(self)
        return items


class Keys(dict[str, "Node"]):
    """A mapping whose keys are `Text`, so that each key knows its place; with the place at which it starts."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        """Start an empty mapping at a 1-based line and column."""
        super().__init__()
        self.line, self.column = line, column

    def copy(self) -> Keys:
        """Return a mapping of the same nodes at the same place."""
        keys = Keys(self.line, self.column)
        keys.update(self)
        return keys

    def key(self, name: str) -> Text | None:
        """Return the key `name` as it was written, with its place."""
        return next((key for key in self if key == name and isinstance(key, Text)), None)


Node: TypeAlias = Text | Items | Keys


def nowhere(text: str) -> Node | None:
    """Return no tree: of such a source only the file as a whole can be pointed at."""
    return None


@dataclass(frozen=True)
class Source:
    """A file of the user's as text, and the way to read it into a tree of nodes when a place is asked for.

    Most files are never pointed at, so the tree is built at the first question.

    Attributes:
        file: How the file is called in problems.
        text: What it holds.
        read: Turns the text into its tree; None when it cannot be read.
    """

    file: str
    text: str
    read: Callable[[str], Node | None] = field(default=nowhere, repr=False, compare=False)

    @cached_property
    def root(self) -> Node | None:
        """The tree of nodes, None when the text could not be read."""
        return self.read(self.text)

    def place(self, path: Sequence[PathStep] = (), *, of_key: bool = False) -> Place:
        """Return where the value at `path` stands, or the deepest part of the path that exists.

        Args:
            path: Keys and 0-based indices from the root.
            of_key: Point at the last key of the path instead of its value.
        """
        node = self.root
        here: Text | Items | Keys | None = node
        for step in path:
            key = node.key(step) if isinstance(node, Keys) and isinstance(step, str) else None
            node = _child(node, step)
            if node is None:
                break
            here = key if of_key and key is not None else node
        return Place(self.file, here.line, here.column) if here is not None else Place(self.file)


def _child(node: Node | None, step: PathStep) -> Node | None:
    """Return the node one step below, or None when there is none."""
    if isinstance(node, Keys) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Items) and isinstance(step, int) and 0 <= step < len(node):
        return node[step]
    return None
