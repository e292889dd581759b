"""Break lines between words, so that the terminal does not break them within one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from curriculum.model.late_patterns import late_pattern
from curriculum.views.text.lines import Part, StyledLine

_WORD = late_pattern(r"'curriculum [^']*'\S*|\S+")
"""A word, or a command that is to be typed, which stays on one line."""

_INDENT = 2
_LEAST_ROOM = 24


def wrapped(line: StyledLine, width: int) -> Iterator[tuple[Part, ...]]:
    """Yield the rows of a line on a screen of a width, each as its parts."""
    hang = _hang(line, width)
    for start, end in _spans(line.plain, width, width - hang):
        indent = (" " * hang, "")
        parts = line.cut(start, end)
        yield (indent, *parts) if start else tuple(parts)


def _hang(line: StyledLine, width: int) -> int:
    """Return the column in which a line goes on."""
    plain = line.plain
    hang = line.hang
    if hang is None:
        own = len(plain) - len(plain.lstrip())
        hang = own + _INDENT if own else 0
    if width - hang < _LEAST_ROOM:
        return 0
    return hang


def _spans(plain: str, first_room: int, room: int) -> Iterator[tuple[int, int]]:
    """Yield where each row of a text begins and ends."""
    start = 0
    end = 0
    for word in _WORD.finditer(plain):
        if _width(plain[start : word.end()]) > first_room and plain[start:end].strip():
            yield start, end
            start = word.start()
            first_room = room
        end = word.end()
        # A word that is longer than a row.
        while _width(plain[start:end]) > first_room:
            cut = _fitting(plain, start, first_room)
            yield start, cut
            start = cut
            first_room = room
    yield start, len(plain)


def _fitting(plain: str, start: int, room: int) -> int:
    """Return where a row must end; it holds a character at least."""
    end = start + 1
    while _width(plain[start : end + 1]) <= room:
        end += 1
    return end


def _width(text: str) -> int:
    """Return the columns that a text takes, without the tables of rich, which are slow to load."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
