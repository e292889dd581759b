"""Which lines of the notebook may be shown to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from curriculum.practice.entries import Note, NotebookEntry, NoteLink
from curriculum.practice.followups import FollowUp
from curriculum.practice.review_text import SaidLine

_PRIVATE = "private:"
_SHOWN_WITH_FIGURES = ("finding", "insight")


def is_private(text: str) -> bool:
    """Whether a text is marked as private at its beginning.

    >>> is_private("Private: my supervisor is wrong"), is_private("a private matter")
    (True, False)
    """
    return text.lstrip("-*> ").casefold().startswith(_PRIVATE)


def without_private(text: str) -> str:
    """Return a text up to its first line that is marked as private."""
    kept: list[str] = []
    for line in text.split("\n"):
        if is_private(line):
            break
        kept.append(line)
    return "\n".join(kept)


def public_lines(said: Iterable[SaidLine]) -> tuple[SaidLine, ...]:
    """Return the lines that may be shown, without what is private of them."""
    shown = (replace(one, text=without_private(one.text)) for one in said)
    return tuple(one for one in shown if one.text)


def public_follow_ups(every: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """Return the follow-ups that may be shown."""
    return tuple(one for one in every if not is_private(one.origin.text))


def public_images(entry: NotebookEntry) -> Iterator[NoteLink]:
    """Yield the images of the notes that hold a finding or an insight, and nothing private."""
    for note in entry.notes:
        if _has_finding(note) and not _has_private(note):
            for link in note.links:
                if link.is_image and not is_private(link.caption):
                    yield link


def _has_finding(note: Note) -> bool:
    return any(line.kind in _SHOWN_WITH_FIGURES for line in note.lines)


def _has_private(note: Note) -> bool:
    texts = [note.title, *(line.text for line in note.lines)]
    return any(is_private(one) for text in texts for one in text.split("\n"))
