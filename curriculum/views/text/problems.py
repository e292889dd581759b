"""Print problems with the lines they point at."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from curriculum.model.formatting import counted
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Problem, Severity
from curriculum.syllabus.text_checks import lines_of

EXCERPT_WIDTH = 100
"""The most columns of a terminal that a line of a file takes."""

MOST_OF_A_KIND = 20
"""The most problems of a kind that are shown; the rest is counted."""

_LEAST_EXCERPT = 20

_GUTTER = 8
"""Columns of the number of the line before an excerpt."""

_TAB = "    "


def problem_report(
    problems: Iterable[Problem], texts: Mapping[str, str], width: int | None = None
) -> str:
    """Return the report of all problems, sorted by place, each with excerpt and remedy.

    Args:
        problems: What is wrong.
        texts: The text of each file, by the name that the places use; a problem in a file that is
            missing here gets no excerpt.
        width: Columns of the screen, where it is narrower than an excerpt may be.
    """
    excerpt_width = EXCERPT_WIDTH
    if width is not None:
        excerpt_width = max(_LEAST_EXCERPT, min(EXCERPT_WIDTH, width - _GUTTER))
    ordered = sorted(set(problems))
    lines: dict[str, list[str]] = {}
    for file, text in texts.items():
        lines[file] = lines_of(_without_tokens(file, text.removeprefix("\ufeff")))
    entries: list[str] = []
    for problem in _first_of_each_kind(ordered):
        entry = _entry(problem, lines.get(problem.place.file, ()), excerpt_width)
        entries.append("\n".join(entry))
    entries += _left_out(ordered)
    return "\n\n".join([*entries, _count(ordered)]) + "\n"


def _first_of_each_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield as many problems of each kind as a person reads."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= MOST_OF_A_KIND:
            yield problem


def _left_out(problems: Iterable[Problem]) -> list[str]:
    """Return a paragraph that says how many problems of which kinds are not shown, or none."""
    counts = Counter(problem.code for problem in problems)
    lines: list[str] = []
    for code, count in counts.items():
        if count > MOST_OF_A_KIND:
            lines.append(f"{count - MOST_OF_A_KIND:,} more of the kind '{code}' are not shown")
    if not lines:
        return []
    return ["\n".join(lines)]


def _without_tokens(file: str, text: str) -> str:
    """Return a text as it is shown: calendars in the settings may have secret addresses."""
    if not file.endswith(_SETTINGS):
        return text
    return _TOKEN.sub(_asterisks, text)


def _entry(problem: Problem, lines: Sequence[str], width: int) -> list[str]:
    """Return the lines of one problem."""
    entry = [str(problem)]
    place = problem.place
    if 1 <= place.line <= len(lines):
        line = lines[place.line - 1]
        entry += _excerpt(line, place.line, place.column, width)
    if problem.hint:
        entry.append(f"  {problem.hint}")
    return entry


def _excerpt(line: str, number: int, column: int, width: int) -> list[str]:
    """Return a line with its number, and the caret under one of its columns."""
    gutter = f"{number:>5} | "
    pointer = f"{'| ':>{len(gutter)}}"
    split = max(column - 1, 0)
    before = _printable(line[:split])
    after = _printable(line[split:])
    cut = _around_caret(before, after, width)
    shown = f"{gutter}{cut.text}".rstrip()
    indent = " " * cut.caret
    return [shown, f"{pointer}{indent}^"]


class _Cut(NamedTuple):
    """The part of a line that is shown, and the width of what is before the caret."""

    text: str
    caret: int


def _around_caret(before: str, after: str, most: int) -> _Cut:
    """Return as much of a line as fits, so that the caret has text on both sides."""
    width = cell_len(before)
    if cell_len(before + after) <= most:
        return _Cut(before + after, width)
    if width > most // 2:
        before = "..." + _last_columns(before, most // 2 - 3)
        width = cell_len(before)
    room = most - width
    if cell_len(after) > room:
        after = _first_columns(after, room - 3) + "..."
    return _Cut(before + after, width)


# The width of a text can differ from the sum of its characters (an emoji and its variation
# selector), so cutting is by trial. A line can have a million characters: only so many are tried.
_CHARACTERS_PER_COLUMN = 3


def _first_columns(text: str, width: int) -> str:
    """Return the beginning of a text that is not wider than a number of columns."""
    text = text[: _CHARACTERS_PER_COLUMN * width]
    while cell_len(text) > width:
        text = text[:-1]
    return text


def _last_columns(text: str, width: int) -> str:
    """Return the end of a text that is not wider than a number of columns."""
    text = text[-_CHARACTERS_PER_COLUMN * width :]
    while cell_len(text) > width:
        text = text[1:]
    return text


def _printable(text: str) -> str:
    """Return a text as a terminal may show it.

    Tabs are spaces, characters that would move the cursor are `?`, and the characters of a password
    in an address are `*`.
    """
    spaced = text.replace("\t", _TAB)
    hidden = _PASSWORD.sub(_asterisks, spaced)
    if hidden.isascii() and hidden.isprintable():
        return hidden
    return "".join(map(_printable_character, hidden))


def _asterisks(match: re.Match[str]) -> str:
    return match[1] + "*" * len(match[2])


def _printable_character(character: str) -> str:
    if unicodedata.category(character) in _UNPRINTABLE:
        return "?"
    return character


_SETTINGS = "curriculum.yaml"
_TOKEN = late_pattern(r"(\b(?:https?|webcals?)://[^/\s'\"]*/)([^\s'\",}\]]+)", re.IGNORECASE)
_PASSWORD = late_pattern(r"(://[^/\s:@]*:)([^@\s/]+)(?=@)")
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def _count(problems: Sequence[Problem]) -> str:
    """Return the last line: how many errors and warnings there are, in how many files."""
    if not problems:
        return "no problems"
    files = {problem.place.file for problem in problems}
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    errors = len(problems) - warnings
    counts: list[str] = []
    if errors:
        counts.append(counted(errors, "problem"))
    if warnings:
        counts.append(counted(warnings, "warning"))
    found = " and ".join(counts)
    return f"{found} in {counted(len(files), 'file')}"
