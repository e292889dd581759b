"""Give references to a work its new name, and leave every other byte as the person wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curriculum.model.sources import Items, Keys, Node, Text
from curriculum.syllabus.trees import read_tree

_KEYS = frozenset(
    ("requires", "ref", "any", "of", "known", "work", "paper", "goals", "builds_on", "baseline")
)
"""The keys below which a text may be the name of a work."""


def references_renamed(text: str, names: Collection[str], new: str) -> str:
    """Return a YAML text in which every reference to a work has its new name.

    What is written in another way than as plain text or in quotes stays as it is.

    Args:
        text: The text of a syllabus, of the settings or of another file with references.
        names: What the work is called in it.
        new: Its new name.
    """
    lines = text.split("\n")
    # From the end of each line, so that the columns before stay right.
    for node in sorted(_named(read_tree(text), "", names), key=_from_the_end):
        name = _work_in(node)
        line = lines[node.line - 1]
        start = node.column - 1
        if line[start : start + 1] in ("'", '"'):
            start += 1
        if line.startswith(name, start):
            lines[node.line - 1] = f"{line[:start]}{new}{line[start + len(name) :]}"
    return "\n".join(lines)


def _from_the_end(node: Text) -> tuple[int, int]:
    return -node.line, -node.column


def _named(node: Node | None, key: str, names: Collection[str]) -> Iterator[Text]:
    """Yield the texts below a node that name the work, each place once."""
    match node:
        case Text():
            if key in _KEYS and _work_in(node) in names:
                yield node
        case Keys():
            for name, child in node.items():
                yield from _named(child, name, names)
        case Items():
            for child in node:
                yield from _named(child, key, names)


def _work_in(text: str) -> str:
    """Return the work that a reference names.

    >>> [_work_in(one) for one in ("ppo-2017", "ppo-2017/read", "ddpg-2016#ddpg-hopper")]
    ['ppo-2017', 'ppo-2017', 'ddpg-2016']
    """
    return text.partition("/")[0].partition("#")[0]
