"""What is noted as the Markdown that `practice.entries` reads back unchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.practice.entries import LINE_KINDS, LineKind, title_of
from curriculum.practice.user_text import TextChange, appended, is_blank

_HEADING = late_pattern(r"\\*## \d\d:\d\d")
_NAMED = late_pattern(r"(?P<text>.*(?<![^ \t]))(?P<id>\\*\^[a-z0-9]{4})[ \t]*")
_BEGINS_KIND = late_pattern(rf"\n(?=(?:{'|'.join(LINE_KINDS)}):(?:\s|\Z))")
_FENCES = ("```", "~~~")
_KIND = late_pattern(rf"(?P<kind>{'|'.join(LINE_KINDS)}):(?=\s|\Z)[ \t]*(?P<text>.*)", re.DOTALL)
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that is to be written.

    Attributes:
        at: The local time, aware.
        unit: The unit that it is about; None for none.
        text: The words, in one line or several; `finding: ...` makes a line of that kind.
        blocks: Markdown that follows them, each in lines: links to files, tables.
        is_elsewhere: Whether the clock runs in another zone than the day's first note had.
    """

    at: datetime
    unit: UnitId | None
    text: str
    blocks: tuple[tuple[str, ...], ...] = ()
    is_elsewhere: bool = False


def with_note(text: str, day: date, note: NewNote) -> TextChange:
    """Return the change that adds a note to the entry of a day; an empty text is begun."""
    lines = note_lines(note)
    if is_blank(text):
        lines = [title_of(day), "", *lines]
    return appended(text, lines)


def entry_begun(text: str, day: date) -> list[TextChange]:
    """Return the changes that begin the entry of a day: none where something stands there."""
    return [appended(text, [title_of(day)])] if is_blank(text) else []


def note_lines(note: NewNote) -> list[str]:
    """Return the lines of a note, its heading first."""
    lines = [_heading(note)]
    if note.text:
        lines += text_lines(note.text)
    for block in note.blocks:
        lines += _spaced(lines, block)
    return lines


def _spaced(lines: Sequence[str], block: Sequence[str]) -> list[str]:
    """Return a block, after a blank line where Markdown would join it with what is above."""
    joins = block[0].startswith("|") and not lines[-1].startswith("## ")
    return ["", *block] if joins else [*block]


def _heading(note: NewNote) -> str:
    # Without an offset, two notes could have one time, or seem to run backwards.
    offset = _offset(note.at) if note.at.fold or note.is_elsewhere else ""
    heading = f"## {note.at:%H:%M}{offset}"
    return heading if note.unit is None else f"{heading} {note.unit}"


def _offset(at: datetime) -> str:
    """Return the offset from UTC, as `+01:00`."""
    offset = at.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


def text_lines(text: str) -> list[str]:
    r"""Return the words of a note as lines of Markdown; `next: ...` may begin any of them.

    >>> text_lines("Ran it.\nfinding: it is\nflat\nnext: halve the step")
    ['Ran it.', '- finding: it is', '  flat', '- next: halve the step']
    """
    has_code = any(fence in text for fence in _FENCES)
    parts = [text] if has_code else _BEGINS_KIND.split(text)
    return [line for part in parts for line in _part_lines(part)]


def _part_lines(text: str) -> list[str]:
    match = _KIND.fullmatch(text)
    if match is None:
        return [_escaped(line) for line in text.split("\n")]
    return kind_lines(match["kind"], match["text"])  # type: ignore[arg-type]  # a kind


def kind_lines(kind: LineKind, text: str) -> list[str]:
    """Return a line of a kind with its continuation, which is indented."""
    first, *rest = text.split("\n")
    named = _NAMED.fullmatch(first)
    if named is not None:
        first = rf"{named['text']}\{named['id']}"
    return [f"- {kind}: {first}", *(f"{_INDENT}{line}" if line else "" for line in rest)]


def _escaped(line: str) -> str:
    """Return a line of prose that is not taken for the heading of a note."""
    return f"\\{line}" if _HEADING.match(line) else line
