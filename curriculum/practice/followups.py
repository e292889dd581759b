"""What was to be done next, from the line that said so until it is done, dropped or parked.

A line `- next: ...` of an entry or a review is a follow-up. Its id, `^k7q2`, is given once and kept
for ever: by it, a box that is ticked in any file closes the follow-up everywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import count

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.practice.entries import LineState, NotebookEntry
from curriculum.practice.notebook import entry_file

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 4
_CLOSED = late_pattern(
    r"(?P<how>done|dropped|parked): (?P<day>\d{4}-\d{2}-\d{2})(?:, (?P<why>.*))?"
)


class FollowUpState(StrEnum):
    """What became of a follow-up."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class NextLine:
    """A line that says what is to be done next, or a box of a review that stands for one.

    Attributes:
        file: The file, by its path in the workspace.
        line: Number of the line, from 1.
        day: The day of the file.
        text: What is to be done.
        id: Its id; None until it has one.
        state: What the line says of it.
        closed: The day on which a command closed it.
        why: Why it was dropped, or what it became.
        is_listing: Whether a review only lists a line that stands elsewhere.
    """

    file: str
    line: int
    day: date
    text: str
    id: str | None
    state: FollowUpState
    closed: date | None = None
    why: str = ""
    is_listing: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that was to be done next.

    Attributes:
        origin: The line that said so first.
        state: What became of it.
        closed: The day on which it was closed, as far as a command or the file of the box says so.
        why: Why it was dropped, or what it became.
        where: The lines that stand for it, the origin first; a closing line among them.
        carried: How many reviews listed it.
    """

    origin: NextLine
    state: FollowUpState
    closed: date | None
    why: str
    where: tuple[NextLine, ...]
    carried: int


@dataclass(frozen=True, slots=True)
class NextPlace:
    """Where a line stands: the file, the number of the line from 1, and the day of the file."""

    file: str
    line: int
    day: date


def next_line(
    place: NextPlace, text: str, name: str | None, state: LineState, *, is_listing: bool = False
) -> NextLine:
    """Return a line with what stands below it on how it was closed.

    Args:
        place: Where it stands.
        text: Its words; perhaps with a `closing_line` below them.
        name: Its id.
        state: What its box says.
        is_listing: As in `NextLine`.
    """
    words, closing = _without_closing(text)
    found = _STATES[state]
    closed, why = None, ""
    if closing is not None:
        closed, why = date.fromisoformat(closing["day"]), closing["why"] or ""
        if state is not LineState.OPEN:
            found = FollowUpState(closing["how"])
    return NextLine(
        file=place.file,
        line=place.line,
        day=place.day,
        text=words,
        id=name,
        state=found,
        closed=closed,
        why=why,
        is_listing=is_listing,
    )


_STATES = {
    LineState.OPEN: FollowUpState.OPEN,
    LineState.DONE: FollowUpState.DONE,
    LineState.DROPPED: FollowUpState.DROPPED,
}


def _without_closing(text: str) -> tuple[str, re.Match[str] | None]:
    """Return a text without the line that says how it was closed, and that line."""
    above, newline, last = text.rpartition("\n")
    match = _CLOSED.fullmatch(last.strip()) if newline else None
    if match is None or not _is_day(match["day"]):
        return text, None
    return above, match


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def next_lines(entry: NotebookEntry) -> Iterator[NextLine]:
    """Yield the lines of an entry that say what is to be done next."""
    for note in entry.notes:
        for line in note.lines:
            if line.kind == "next" and line.text.strip():
                place = NextPlace(entry_file(entry.day), line.line, entry.day)
                yield next_line(place, line.text, line.id, line.state)


def closing_line(state: FollowUpState, day: date, why: str = "") -> str:
    """Return the line below a follow-up that says when and how it was closed."""
    return f"{state}: {day.isoformat()}, {why}" if why else f"{state}: {day.isoformat()}"


def follow_ups(lines: Iterable[NextLine]) -> tuple[FollowUp, ...]:
    """Return the follow-ups that lines stand for, the oldest first.

    Lines with one id are one follow-up, a line without an id is one of its own. It is closed when
    any of its lines says so.
    """
    by_id: dict[str, list[NextLine]] = {}
    for line in sorted(lines, key=_age):
        key = line.id or f"{line.file}:{line.line}"
        by_id.setdefault(key, []).append(line)
    return tuple(_follow_up(group) for group in by_id.values())


def _age(line: NextLine) -> tuple[date, bool, str, int]:
    return line.day, line.is_listing, line.file, line.line


def _follow_up(lines: Sequence[NextLine]) -> FollowUp:
    origin = next((line for line in lines if not line.is_listing), lines[0])
    where = (origin, *(line for line in lines if line is not origin))
    carried = len({line.file for line in lines if line.is_listing})
    found = FollowUp(origin, _OPEN, closed=None, why="", where=where, carried=carried)
    return _closed_by(found, [line for line in where if line.state is not _OPEN])


def _closed_by(follow_up: FollowUp, closing: Sequence[NextLine]) -> FollowUp:
    if not closing:
        return follow_up
    why = next((line.why for line in closing if line.why), "")
    return replace(follow_up, state=closing[0].state, closed=_first_closed(closing), why=why)


def _first_closed(closing: Iterable[NextLine]) -> date | None:
    days = map(_closed_on, closing)
    return min((day for day in days if day is not None), default=None)


_OPEN = FollowUpState.OPEN


def as_of(follow_up: FollowUp, day: date) -> FollowUp:
    """Return a follow-up as it stood at the end of a day, as far as its lines say when it changed.

    Only the reviews that end before the day carry it.
    """
    listings = {line.file for line in follow_up.where if line.is_listing and line.day < day}
    is_closed = follow_up.closed is None or follow_up.closed <= day
    return replace(
        follow_up,
        state=follow_up.state if is_closed else _OPEN,
        closed=follow_up.closed if is_closed else None,
        why=follow_up.why if is_closed else "",
        carried=len(listings),
    )


def _closed_on(closing: NextLine) -> date | None:
    """Return the day of a closing line: its own word, or that of the review whose box was ticked.

    Of a box that was ticked by hand where the line was first written, no day is known.
    """
    if closing.closed is not None:
        return closing.closed
    return closing.day if closing.is_listing else None


def ids_twice(lines: Iterable[NextLine]) -> tuple[NextLine, ...]:
    """Return the lines whose id another line had first; reviews that list a line do not count."""
    known: set[str] = set()
    found: list[NextLine] = []
    for line in sorted(lines, key=_age):
        if line.id is None or line.is_listing:
            continue
        if line.id in known:
            found.append(line)
        known.add(line.id)
    return tuple(found)


def new_id(line: NextLine, taken: Collection[str]) -> str:
    """Return an id for a line: the same on every machine, and not one that is taken."""
    for attempt in count():
        seed = f"{line.file}\n{line.text}\n{attempt}"
        name = _letters(hashlib.sha256(seed.encode()).digest())
        if name not in taken:
            break
    return name


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(_ID_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def with_ids(lines: Iterable[NextLine]) -> dict[NextLine, str]:
    """Return a new id for each line that has none or one that another line had first."""
    every = tuple(lines)
    twice = ids_twice(every)
    taken = {line.id for line in every if line.id is not None}
    found: dict[NextLine, str] = {}
    for line in every:
        if not line.is_listing and (line.id is None or line in twice):
            found[line] = new_id(line, taken)
            taken.add(found[line])
    return found
