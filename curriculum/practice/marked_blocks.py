"""Blocks of a text that the program writes between its own marks, and leaves alone once edited.

`<!-- curriculum time 3f9a1c -->` opens the block `time`, `<!-- /curriculum -->` closes it. The word
after the name is a digest of the block as it was written: where it differs, a person edited it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.practice.user_text import file_lines, line_end_of

_OPENING = late_pattern(r"<!-- curriculum (?P<name>[a-z]+) (?P<digest>[0-9a-f]{6}) -->[ \t]*")
_CLOSING = "<!-- /curriculum -->"
_BOX = late_pattern(r"^(?P<list>\s*- )\[[ xX-]\]")
"""A box may be ticked in a block: that is an answer, and not an edit of what was asked."""


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of a text.

    Attributes:
        name: Its name.
        first: Number of its first line, from 1; that of the closing mark in an empty block.
        lines: What is in it.
        is_edited: Whether a person changed it since it was written.
    """

    name: str
    first: int
    lines: tuple[str, ...]
    is_edited: bool


def block_lines(name: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of a block with its marks."""
    return [f"<!-- curriculum {name} {_digest(lines)} -->", *lines, _CLOSING]


def _digest(lines: Sequence[str]) -> str:
    asked = [_BOX.sub(r"\g<list>[ ]", line) for line in lines]
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:6]


def blocks_of(text: str) -> tuple[MarkedBlock, ...]:
    """Return the blocks of a text, in order; one that is not closed is a person's own."""
    return tuple(_blocks(file_lines(text)))


def _blocks(lines: Sequence[str]) -> Iterator[MarkedBlock]:
    opened: re.Match[str] | None = None
    first = 0
    for number, line in enumerate(lines, start=1):
        opening = _OPENING.fullmatch(line)
        if opening is not None:
            opened, first = opening, number + 1
        elif line.rstrip() == _CLOSING and opened is not None:
            inside = tuple(lines[first - 1 : number - 1])
            is_edited = _digest(inside) != opened["digest"]
            yield MarkedBlock(opened["name"], first, inside, is_edited)
            opened = None


def refreshed(
    text: str, wanted: Mapping[str, Sequence[str]], *, ours: bool = False
) -> tuple[str, tuple[MarkedBlock, ...]]:
    """Return a text with its blocks written again, and those that were left because of an edit.

    Args:
        text: The text.
        wanted: Name of a block to its lines.
        ours: Whether edited blocks are written over.
    """
    ends = text.split("\n")
    end = line_end_of(text).removesuffix("\n")
    kept: list[MarkedBlock] = []
    # From the end, so that the numbers of lines above stay right.
    for block in reversed(blocks_of(text)):
        lines = wanted.get(block.name)
        if lines is None or tuple(lines) == block.lines:
            continue
        if block.is_edited and not ours:
            kept.append(block)
            continue
        last = block.first + len(block.lines)
        ends[block.first - 2 : last] = [line + end for line in block_lines(block.name, lines)]
    return "\n".join(ends), tuple(reversed(kept))
