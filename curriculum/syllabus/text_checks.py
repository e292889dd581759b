"""Check the characters of a file before it is parsed."""

from __future__ import annotations

import re
import unicodedata

from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Place, Problem

LARGEST_FILE = 5_000_000
"""The most characters a file may have; the longest syllabus of a real textbook has 50,000."""

# Control characters, other line separators, surrogates, byte-order marks and noncharacters: they
# cannot be seen in an editor, and YAML parsers disagree about where their lines end.
_FORBIDDEN = late_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_CONFLICT = late_pattern(r"^(?:<{7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_LINE_END = late_pattern(r"\r\n|\r|\n")


def decode(file: str, content: bytes) -> str | Problem:
    """Return the text of a file, or the problem that it is not UTF-8, at the first bad byte."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        byte = content[error.start]
    place = place_at(file, before, len(before))
    message = f"the byte 0x{byte:02x} is not UTF-8 text"
    return Problem(place, "encoding", message, "save the file as UTF-8")


def place_at(file: str, text: str, index: int) -> Place:
    """Return the line and column of a character, given by its 0-based index."""
    ends = [end.end() for end in _LINE_END.finditer(text, 0, index)]
    start_of_line = ends[-1] if ends else 0
    return Place(file, len(ends) + 1, index - start_of_line + 1)


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text as YAML and editors count them: at `\n`, `\r\n` and `\r` only."""
    return _LINE_END.split(text)


def first_bad_character(file: str, text: str) -> Problem | None:
    """Return the problem of a text that must not be parsed.

    It is too long, has the marks of a merge conflict, or has invisible characters.
    """
    if len(text) > LARGEST_FILE:
        message = f"the file has {len(text)} characters; the limit is {LARGEST_FILE}"
        return Problem(Place(file, 1, 1), "too-large", message, "split it into several works")
    if conflict := _CONFLICT.search(text):
        place = place_at(file, text, conflict.start())
        message = f"'{conflict[0]}' marks a merge conflict"
        return Problem(place, "merge-conflict", message, "resolve the conflict first")
    if forbidden := _FORBIDDEN.search(text):
        place = place_at(file, text, forbidden.start())
        message = f"{_named(forbidden[0])} is not allowed in a file"
        return Problem(place, "bad-character", message, "delete the character")
    return None


def is_printable(text: str) -> bool:
    """Tell whether a value holds none of the characters that a file may not hold."""
    return _FORBIDDEN.search(text) is None


def printable(text: str) -> str:
    """Return a text with a space for each character that no file may hold."""
    return _FORBIDDEN.sub(" ", text)


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X} ({name})"
