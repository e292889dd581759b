"""Print problems with the lines they point at; which problems there are is decided elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from curriculum.model.problems import Problem, Severity
from curriculum.syllabus.text_checks import lines_of

WIDTH = 100
"""The most columns of a terminal that an excerpt takes."""

_TAB = "    "


def problem_report(problems: Iterable[Problem], texts: Mapping[str, str]) -> str:
    """Return the report of all problems, sorted by place: each with excerpt and remedy, then their number.

    Args:
        problems: What is wrong.
        texts: The text of each file, by the name that the places use; a file that is missing gets no excerpts.
    """
    ordered = sorted(set(problems))
    lines = {file: lines_of(text.removeprefix("\ufeff")) for file, text in texts.items()}
    entries = ["\n".join(_entry(problem, lines.get(problem.place.file, []))) for problem in ordered]
    return "\n\n".join([*entries, _count(ordered)]) + "\n"


def _entry(problem: Problem, lines: list[str]) -> list[str]:
    """Return the lines of one problem."""
    entry = [str(problem)]
    if 1 <= problem.place.line <= len(lines):
        entry += _excerpt(lines[problem.place.line - 1], problem.place.line, problem.place.column)
    return [*entry, f"  {problem.hint}"] if problem.hint else entry


def _excerpt(line: str, number: int, column: int) -> list[str]:
    """Return a line with its number, and the caret under one of its columns."""
    gutter = f"{number:>5} | "
    before = _shown(line[: max(column - 1, 0)])
    cut = _around(before, before + _shown(line[max(column - 1, 0) :]))
    return [(gutter + cut.text).rstrip(), " " * (len(gutter) - 2) + "| " + " " * cut.caret + "^"]


class _Cut(NamedTuple):
    """The part of a line that is shown, and the width of what stands before the caret."""

    text: str
    caret: int


def _around(before: str, line: str) -> _Cut:
    """Return as much of a line as fits, so that the caret after `before` has text on both sides."""
    if _width(line) <= WIDTH:
        return _Cut(line, _width(before))
    head = before if _width(before) <= WIDTH // 2 else "..." + _last(before, WIDTH // 2 - 3)
    rest = line[len(before) :]
    room = WIDTH - _width(head)
    tail = rest if _width(rest) <= room else _first(rest, room - 3) + "..."
    return _Cut(head + tail, _width(head))


def _first(text: str, width: int) -> str:
    """Return the longest beginning that is not wider than a number of columns."""
    for end, character in enumerate(text):
        width -= _width(character)
        if width < 0:
            return text[:end]
    return text


def _last(text: str, width: int) -> str:
    """Return the longest end that is not wider than a number of columns."""
    return _first(text[::-1], width)[::-1]


def _shown(text: str) -> str:
    """Return a text as a terminal may show it.

    Tabs are spaces, characters that would move the cursor are `?`, a password in an address is `*`.
    """
    spaced = _PASSWORD.sub(lambda match: match[1] + "*" * len(match[2]), text.replace("\t", _TAB))
    return "".join(
        "?" if unicodedata.category(character) in _UNSHOWN else character for character in spaced
    )


_PASSWORD = re.compile(r"(://[^/\s:@]*:)([^@\s/]+)(?=@)")
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_column_count(character) for character in text)


def _column_count(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _count(problems: list[Problem]) -> str:
    """Return the last line: how many errors and warnings there are, in how many files."""
    files = len({problem.place.file for problem in problems})
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    errors = len(problems) - warnings
    counts = [_plural(errors, "problem")] if errors or not warnings else []
    counts += [_plural(warnings, "warning")] if warnings else []
    return f"{' and '.join(counts)} in {_plural(files, 'file')}" if problems else "no problems"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
