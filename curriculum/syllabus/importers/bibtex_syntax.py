"""Take the entries of a BibTeX file apart, in one pass and with the line of each.

The grammar of bibtexparser reads 300 entries a second, drops a broken entry without a word and
ends at braces that are nested deeply; so we use its tables, and read the entries ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Place, Problem, Severity

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOSING = MappingProxyType({"{": "}", "(": ")"})
_START = late_pattern(r"@\s*([A-Za-z]+)\s*([{(])")
# What looks like the beginning of the next block ends a value whose end was forgotten.
_NEXT_BLOCK = r"^[ \t]*@(?:(?:comment|preamble|string)\s*[{(]|[A-Za-z]+\s*[{(][^\s,{}()=\"]+\s*,)"
_BRACE = late_pattern(rf"[{{}}]|{_NEXT_BLOCK}", re.MULTILINE | re.IGNORECASE)
_BRACE_OR_QUOTE = late_pattern(rf"[{{}}\"]|{_NEXT_BLOCK}", re.MULTILINE | re.IGNORECASE)
_SPACE = late_pattern(r"\s*")
_SPACE_OR_COMMENT = late_pattern(r"(?:[\s,]+|%[^\n]*)*")
_KEY = late_pattern(r"\s*([^\s,{}=\"]*(?:[ \t]+[^\s,{}=\"]+)*)\s*(?=[,})])")
_FIELD = late_pattern(r"\s*([^\s={}(),\"#%']+)\s*=\s*")
_WORD = late_pattern(r"[^\s={}(),\"#%']+")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it is written, LaTeX included.

    Attributes:
        kind: Its type in small letters, as `article`.
        key: The citation key.
        fields: What it says, by names in small letters.
        line: Where it begins.
    """

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class EntriesRead:
    """The entries of a file, and what is wrong with the others."""

    entries: tuple[RawEntry, ...]
    problems: tuple[Problem, ...]


class _BrokenEntryError(ValueError):
    """An entry that does not follow the grammar; its text says how."""


def read_entries(file: str, text: str) -> EntriesRead:
    """Return the entries of a BibTeX file; a broken one is named, and the others are read.

    Args:
        file: How the file is called in problems.
        text: What it holds; all that is outside of entries is a comment.
    """
    return _Scanner(file, text).read()


class _Scanner:
    """One pass over a file."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._strings = {month: month for month in _MONTHS}
        self._entries: list[RawEntry] = []
        self._problems: list[Problem] = []
        self._first: dict[str, int] = {}
        self._line, self._counted = 1, 0

    def read(self) -> EntriesRead:
        position = 0
        while (start := _START.search(self._text, position)) is not None:
            line = self._line_of(start.start())
            try:
                position = self._block(start, line)
            except _BrokenEntryError as error:
                self._lose(line, "broken-entry", str(error), "mend it, or leave it out")
                position = self._after_broken(start)
        return EntriesRead(tuple(self._entries), tuple(sorted(self._problems)))

    def _block(self, start: re.Match[str], line: int) -> int:
        """Take what begins at an @, and return where it ends."""
        kind = start[1].lower()
        if kind == "comment":
            return self._comment_end(start)
        if kind == "preamble":
            begin = self._past(_SPACE, start.end())
            _, position = self._value(begin, "the preamble", line)
            return position
        if kind == "string":
            return self._string(start, line)
        return self._entry(kind, start, line)

    def _comment_end(self, start: re.Match[str]) -> int:
        """Return where a comment ends; one without an end of its own is its line."""
        try:
            return self._braces_end(start.end() - 1, "the comment")
        except _BrokenEntryError:
            return start.end()

    def _string(self, start: re.Match[str], line: int) -> int:
        field = _FIELD.match(self._text, start.end())
        if field is None:
            raise _BrokenEntryError("an @string has no 'name = value'")
        value, position = self._value(field.end(), f"@string '{field[1]}'", line)
        self._strings[field[1].lower()] = value
        return position

    def _entry(self, kind: str, start: re.Match[str], line: int) -> int:
        key = _KEY.match(self._text, start.end())
        if key is None:
            raise _BrokenEntryError(f"the @{kind} has no key before its fields")
        fields, position = self._fields(key.end(), _CLOSING[start[2]], f"entry '{key[1]}'", line)
        first = self._first.setdefault(key[1], line)
        if key[1] and first != line:
            message = f"'{key[1]}' is the key of the entry on line {first}, too"
            self._lose(line, "duplicate-key", message, "give one of them another key")
        self._entries.append(RawEntry(kind, key[1], MappingProxyType(fields), line))
        return position

    def _fields(
        self, position: int, closing: str, what: str, line: int
    ) -> tuple[dict[str, str], int]:
        """Return the fields of an entry up to what closes it, and where it ends."""
        fields: dict[str, str] = {}
        while True:
            position = self._past(_SPACE_OR_COMMENT, position)
            if self._text.startswith(closing, position):
                return fields, position + 1
            field = _FIELD.match(self._text, position)
            if field is None:
                raise _BrokenEntryError(f"{what} breaks off{self._seen(position)}")
            name = field[1].lower()
            value, position = self._value(field.end(), what, line)
            if fields.setdefault(name, value) != value:
                self._lose(
                    line, "repeated-field", f"{what} has another '{name}', which is left out"
                )

    def _value(self, position: int, what: str, line: int) -> tuple[str, int]:
        """Return a value, its pieces joined, and where it ends."""
        pieces: list[str] = []
        while True:
            piece, position = self._piece(position, what, line)
            pieces.append(piece)
            position = self._past(_SPACE, position)
            if not self._text.startswith("#", position):
                return "".join(pieces), position
            position = self._past(_SPACE, position + 1)

    def _piece(self, position: int, what: str, line: int) -> tuple[str, int]:
        if self._text.startswith("{", position):
            end = self._braces_end(position, what)
            return self._text[position + 1 : end - 1], end
        if self._text.startswith('"', position):
            end = self._quote_end(position, what)
            return self._text[position + 1 : end - 1], end
        word = _WORD.match(self._text, position)
        if word is None:
            raise _BrokenEntryError(f"{what} has no value{self._seen(position)}")
        return self._meaning(word[0], what, line), word.end()

    def _meaning(self, word: str, what: str, line: int) -> str:
        """Return what an abbreviation stands for; a number stands for itself."""
        known = self._strings.get(word.lower())
        if known is None and not word.isdigit():
            message = f"{what} uses '{word}', which no @string defines; the word itself is taken"
            self._lose(line, "unknown-string", message)
        return known if known is not None else word

    def _braces_end(self, position: int, what: str) -> int:
        """Return where the braces that open at a position are closed."""
        depth = 0
        if not self._text.startswith("{", position):
            raise _BrokenEntryError(f"{what} has no brace")
        for found in _BRACE.finditer(self._text, position):
            if found[0] not in "{}":
                break
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.end()
        raise _BrokenEntryError(f"{what} opens a brace that is never closed")

    def _quote_end(self, position: int, what: str) -> int:
        """Return where the quotes that open at a position are closed, outside of braces."""
        depth = 0
        for found in _BRACE_OR_QUOTE.finditer(self._text, position + 1):
            if found[0] == '"' and depth == 0:
                return found.end()
            if found[0] not in '{}"':
                break
            depth += {"{": 1, "}": -1, '"': 0}[found[0]]
            if depth < 0:
                break
        raise _BrokenEntryError(f"{what} opens a quote that is never closed")

    def _past(self, pattern: re.Pattern[str], position: int) -> int:
        found = pattern.match(self._text, position)
        return found.end() if found is not None else position

    def _seen(self, position: int) -> str:
        """Return what stands at a position, to be said after what should be there."""
        rest = self._text[position : position + 20].split()
        return f" at '{rest[0]}'" if rest else ", where the file ends"

    def _after_broken(self, start: re.Match[str]) -> int:
        """Return where to go on: at the next line that begins an entry, if there is one."""
        following = re.compile(r"^[ \t]*@", re.MULTILINE).search(self._text, start.end())
        return following.start() if following is not None else len(self._text)

    def _line_of(self, position: int) -> int:
        """Return the line of a position; positions are asked for in their order."""
        self._line += self._text.count("\n", self._counted, position)
        self._counted = max(self._counted, position)
        return self._line

    def _lose(self, line: int, code: str, message: str, hint: str = "") -> None:
        place = Place(self._file, line, 1)
        self._problems.append(Problem(place, code, message, hint, Severity.WARNING))
