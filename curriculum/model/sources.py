"""Text that remembers its place in its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from functools import cached_property
from typing import TypeAlias

from curriculum.model.late_dataclasses import dataclass
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
        """Return `value` with its 1-based line and column."""
        text = cls(value)
        text.line = line
        text.column = column
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
    """A mapping whose keys are `Text` and know their places; with the place it starts at."""

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
        for key in self:
            if key == name and isinstance(key, Text):
                return key
        return None


Node: TypeAlias = Text | Items | Keys


def no_tree(text: str) -> Node | None:
    """Return no tree: problems of such a source have the file as a whole for their place."""
    return None


@dataclass(frozen=True)
class Source:
    """A file of the user's as text, and the way to read it into a tree of nodes.

    Most files have no problem, so the tree is built when the first place is asked for.

    Attributes:
        file: What the file is called in problems.
        text: Its content.
        read: Turns the text into its tree; None when it cannot be read.
    """

    file: str
    text: str
    read: Callable[[str], Node | None] = field(default=no_tree, repr=False, compare=False)

    @cached_property
    def root(self) -> Node | None:
        """The tree of nodes, None when the text could not be read."""
        return self.read(self.text)

    def holds(self, path: Sequence[PathStep]) -> bool:
        """Return whether the file has a value at `path`."""
        node = self.root
        for step in path:
            node = _child(node, step)
        return node is not None

    def place(self, path: Sequence[PathStep] = (), *, of_key: bool = False) -> Place:
        """Return the place of the value at `path`, or of the deepest part of the path that exists.

        Args:
            path: Keys and 0-based indices from the root.
            of_key: Point at the last key of the path instead of its value.
        """
        node = self.root
        here = node
        for step in path:
            parent = node
            node = _child(parent, step)
            if node is None:
                break
            here = node
            if of_key and isinstance(parent, Keys):
                here = parent.key(str(step)) or node
        if here is None:
            return Place(self.file)
        return Place(self.file, here.line, here.column)


def _child(node: Node | None, step: PathStep) -> Node | None:
    """Return the node one step below, or None when there is none."""
    match node, step:
        case Keys(), str():
            return node.get(step)
        case Items(), int() if 0 <= step < len(node):
            return node[step]
        case _:
            return None
