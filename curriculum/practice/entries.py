"""A day of the notebook: Markdown to notes, each with the line where it stands.

A note begins at `## 09:40`, followed by a unit or a title. In it, `- finding: ...` is a line of a
kind, and all else is prose. What a person wrote in another shape is prose, too: nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from curriculum.model.identifiers import NAME, UNIT_NAME, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.practice.user_text import file_lines

LineKind: TypeAlias = Literal["finding", "insight", "code", "question", "idea", "next"]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)


class LineState(Enum):
    """Whether a line still waits for something, as its box says."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of a kind with its continuation, or a stretch of prose.

    Attributes:
        kind: The kind; None for prose.
        text: The words, without the marks of the list and without the id.
        line: Number of its first line in the file, from 1.
        id: The four letters and digits by which commands call it; None until one had to.
        state: What its box says; open without one.
    """

    kind: LineKind | None
    text: str
    line: int
    id: str | None = None
    state: LineState = LineState.OPEN


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link to a file of the workspace.

    Attributes:
        caption: The words of the link, or those in place of the image.
        path: Where it leads, from the folder of the entry, as it is written.
        line: Number of its line in the file, from 1.
        is_image: Whether the file is shown in place.
    """

    caption: str
    path: str
    line: int
    is_image: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of the notebook.

    Attributes:
        at: The time on the clock, as `09:40`, perhaps with an offset; None for what stands above
            the first time.
        unit: The unit that it is about; None when the heading names none.
        title: The rest of the heading when it does not name a unit.
        line: Number of its heading in the file, from 1.
        lines: What it says, in order.
        links: The files that it shows or points to, in order.
    """

    at: str | None
    unit: UnitId | None
    title: str
    line: int
    lines: tuple[NoteLine, ...]
    links: tuple[NoteLink, ...]


@dataclass(frozen=True, slots=True)
class NotebookEntry:
    """A day of the notebook.

    Attributes:
        day: The day.
        notes: What was noted, in the order of the file.
    """

    day: date
    notes: tuple[Note, ...]

    @property
    def links(self) -> tuple[NoteLink, ...]:
        """The links of all its notes, in order."""
        return tuple(link for note in self.notes for link in note.links)


_HEADING = late_pattern(r"## (?P<at>\d\d:\d\d(?:[+-]\d\d:\d\d)?)(?:[ \t]+(?P<about>.*?))?[ \t]*")
_ESCAPED_HEADING = late_pattern(r"\\+## \d\d:\d\d")
_UNIT = late_pattern(rf"{NAME}/{UNIT_NAME}")
_KIND = late_pattern(
    rf"- (?:\[(?P<box>[ xX-])\] )?(?P<kind>{'|'.join(LINE_KINDS)}):[ \t]*(?P<text>.*)"
)
_ID = late_pattern(r"(?P<text>.*?)[ \t]*(?<![^ \t])\^(?P<id>[a-z0-9]{4})[ \t]*")
_ESCAPED_ID = late_pattern(r"(?P<text>.*(?<![^ \t]))\\(?P<id>\\*\^[a-z0-9]{4})[ \t]*")
_FENCE = late_pattern(r" {0,5}(?P<mark>`{3,}|~{3,})")
_LINK = late_pattern(r"(?P<image>!?)\[(?P<caption>[^\]\n]*)\]\((?P<path>[^()\s]+)\)")
_ADDRESS = late_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_FRONT_MATTER = "---"
_INDENT = "  "

_Numbered: TypeAlias = tuple[int, str]
"""A line after its number in the file, from 1."""


def read_notes(text: str, day: date) -> NotebookEntry:
    """Return the notes of a day; every line of the text is in one of them, or is its title."""
    lines = list(enumerate(file_lines(text), start=1))
    body = _without_title(_without_front_matter(lines), day)
    heads = [at for at, (_, line) in enumerate(body) if _HEADING.fullmatch(line)]
    notes: list[Note] = []
    above = body[: heads[0]] if heads else body
    if any(line.strip() for _, line in above):
        notes.append(_note_above(above))
    for start, end in pairwise([*heads, len(body)]):
        notes.append(_note(body[start], body[start + 1 : end]))
    return NotebookEntry(day, tuple(notes))


def _without_front_matter(lines: Sequence[_Numbered]) -> Sequence[_Numbered]:
    if not lines or lines[0][1] != _FRONT_MATTER:
        return lines
    for position, (_, line) in enumerate(lines[1:], start=1):
        if line == _FRONT_MATTER:
            return lines[position + 1 :]
    return lines


def _without_title(lines: Sequence[_Numbered], day: date) -> Sequence[_Numbered]:
    for position, (_, line) in enumerate(lines):
        if line.strip():
            is_title = line.rstrip() == title_of(day)
            return lines[position + 1 :] if is_title else lines
    return lines


def title_of(day: date) -> str:
    """Return the first line of an entry."""
    return f"# {day.isoformat()}"


def _note_above(lines: Sequence[_Numbered]) -> Note:
    return Note(None, None, "", lines[0][0], tuple(_note_lines(lines)), tuple(_links(lines)))


def _note(heading: _Numbered, lines: Sequence[_Numbered]) -> Note:
    number, text = heading
    match = _HEADING.fullmatch(text)
    assert match is not None  # it was found by this pattern
    about = match["about"] or ""
    unit = UnitId(about) if _UNIT.fullmatch(about) else None
    title = "" if unit is not None else about
    return Note(
        at=match["at"],
        unit=unit,
        title=title,
        line=number,
        lines=tuple(_note_lines(lines)),
        links=tuple(_links(lines)),
    )


def _note_lines(lines: Sequence[_Numbered]) -> Iterator[NoteLine]:
    for group in _groups(lines):
        trimmed = _without_blank_ends(group)
        if not trimmed:
            continue
        match = _KIND.fullmatch(trimmed[0][1])
        if match is None:
            yield _prose(trimmed)
        else:
            yield _line_of_a_kind(match, trimmed)


def _groups(lines: Sequence[_Numbered]) -> Iterator[list[_Numbered]]:
    """Yield the lines that belong together: a kind with its continuation, or prose."""
    group: list[_Numbered] = []
    fence = ""
    for number, line in lines:
        begins_kind = not fence and _KIND.fullmatch(line) is not None
        if group and (begins_kind or _ends_kind(group, line)):
            yield group
            group = []
        fence = _fence_after(fence, line)
        group.append((number, line))
    if group:
        yield group


def _ends_kind(group: Sequence[_Numbered], line: str) -> bool:
    """Whether a group is a line of a kind which the next line does not continue."""
    is_continued = line.startswith(_INDENT) or not line.strip()
    return not is_continued and _KIND.fullmatch(group[0][1]) is not None


def _fence_after(fence: str, line: str) -> str:
    """Return the mark that closes the code a line is in; empty outside of code."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match["mark"]
    is_closed = match["mark"].startswith(fence) and line.strip() == match["mark"]
    return "" if is_closed else fence


def _without_blank_ends(lines: Sequence[_Numbered]) -> Sequence[_Numbered]:
    filled = [at for at, (_, line) in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


def _prose(lines: Sequence[_Numbered]) -> NoteLine:
    text = "\n".join(_without_escape(line) for _, line in lines)
    return NoteLine(None, text, lines[0][0])


def _without_escape(line: str) -> str:
    return line[1:] if _ESCAPED_HEADING.match(line) else line


def _line_of_a_kind(match: re.Match[str], lines: Sequence[_Numbered]) -> NoteLine:
    first, name = _without_id(match["text"])
    rest = [line.removeprefix(_INDENT) for _, line in lines[1:]]
    kind: LineKind = match["kind"]  # type: ignore[assignment]  # the pattern lists the kinds
    return NoteLine(
        kind=kind,
        text="\n".join([first, *rest]),
        line=lines[0][0],
        id=name,
        state=line_state(match["box"]),
    )


def _without_id(text: str) -> tuple[str, str | None]:
    """Return a text without the id at its end, and the id."""
    named = _ID.fullmatch(text)
    if named is not None:
        return named["text"], named["id"]
    escaped = _ESCAPED_ID.fullmatch(text)
    if escaped is not None:
        return escaped["text"] + escaped["id"], None
    return text, None


def line_state(box: str | None) -> LineState:
    """Return what the mark in the box of a line says; None without a box."""
    match box:
        case "x" | "X":
            return LineState.DONE
        case "-":
            return LineState.DROPPED
        case _:
            return LineState.OPEN


def links_in(text: str) -> tuple[NoteLink, ...]:
    """Return the links of a text to files, in order."""
    return tuple(_links(list(enumerate(file_lines(text), start=1))))


def _links(lines: Sequence[_Numbered]) -> Iterator[NoteLink]:
    fence = ""
    for number, line in lines:
        is_in_code = bool(fence)
        fence = _fence_after(fence, line)
        if is_in_code or fence:
            continue
        for match in _LINK.finditer(line):
            if not _ADDRESS.match(match["path"]):
                yield NoteLink(match["caption"], match["path"], number, bool(match["image"]))
