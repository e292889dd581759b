"""Change a text that a person also edits, and keep every byte that is not meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.late_dataclasses import dataclass

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A place of a text that a command replaced.

    Attributes:
        before: What stood there.
        after: What stands there now.
    """

    before: str
    after: str


class ChangedByHandError(ValueError):
    """A text in which what a command wrote does not stand any more, or stands twice."""


def file_lines(text: str) -> list[str]:
    r"""Return the lines without their ends; only a line feed, or one after a return, ends a line.

    >>> file_lines("one\r\ntwo, three\n")
    ['one', 'two, three']
    """
    lines = text.removeprefix(_BYTE_ORDER_MARK).split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def is_blank(text: str) -> bool:
    """Whether a text holds nothing to read."""
    return not text.removeprefix(_BYTE_ORDER_MARK).strip()


def line_end_of(text: str) -> str:
    """Return what ends the first line of a text, a line feed in an empty one."""
    first, _, _ = text.partition("\n")
    return "\r\n" if first.endswith("\r") else "\n"


def appended(text: str, lines: Sequence[str], *, gap: bool = True) -> TextChange:
    """Return the change that adds lines at the end of a text, after one blank line if wanted."""
    end = line_end_of(text)
    added = "".join(f"{line}{end}" for line in lines)
    if gap:
        return TextChange(before="", after=_gap_after(text, end) + added)
    is_ended = text.endswith("\n") or not text
    return TextChange(before="", after=added if is_ended else f"{end}{added}")


def _gap_after(text: str, end: str) -> str:
    """Return what is missing between the end of a text and a new paragraph."""
    if not text.removeprefix(_BYTE_ORDER_MARK):
        return ""
    if not text.endswith("\n"):
        return end + end
    last = file_lines(text)[-1]
    return end if last.strip() else ""


def with_lines(text: str, number: int, new: Sequence[str]) -> TextChange:
    """Return the change that puts lines in the place of one, counted from 1; its end stays.

    The change holds the whole line, and as much of the text before it as tells it from others.
    """
    lines = text.split("\n")
    old = lines[number - 1]
    tail = "\r" if old.endswith("\r") else ""
    line = f"{tail}\n".join(new)
    first = number - 1
    before = old
    while text.count(before) > 1 and first > 0:
        first -= 1
        before = f"{lines[first]}\n{before}"
    kept = before[: len(before) - len(old)]
    return TextChange(before, f"{kept}{line}{tail}")


def applied(text: str, change: TextChange) -> str:
    """Return a text after a change; an addition goes to its end.

    Raises:
        ChangedByHandError: What is to be replaced does not stand there once.
    """
    if not change.before:
        return text + change.after
    return _replaced(text, change.before, change.after)


def taken_back(text: str, change: TextChange) -> str:
    """Return a text as it was before a change, with all that changed elsewhere since.

    Raises:
        ChangedByHandError: What the command wrote does not stand there, or what it wrote in place
            of something else stands there twice.
    """
    if change.before:
        return _replaced(text, change.after, change.before)
    # Of two additions that are equal, it does not matter which one goes. One that had to end a line
    # first stands before those that look like its end; none is a part of a longer one.
    places = [found.start() for found in re.finditer(re.escape(change.after), text)]
    whole = [start for start in places if _is_parted(text, start + len(change.after))] or places
    if not whole:
        raise ChangedByHandError
    has_ended_a_line = change.after.startswith(("\n\n", "\r\n\r\n"))
    start = whole[0] if has_ended_a_line else whole[-1]
    return text[:start] + text[start + len(change.after) :]


def _is_parted(text: str, end: int) -> bool:
    """Whether an addition may end at a place: at the end of the text, or above a blank line."""
    return end == len(text) or text.startswith(("\n", "\r\n"), end)


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ChangedByHandError
    return text.replace(old, new)
