"""Lines of text whose parts have colours, for commands that start faster than tables load."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.late_dataclasses import dataclass
from curriculum.views.text.signs import SIGNS

ADVICE = "advice"
"""The style of what only says what could be done next; `--quiet` leaves it out."""

Part = tuple[str, str]
"""A text and its style: a key of the colours, `ADVICE`, or nothing."""


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line of text.

    Attributes:
        parts: Its texts with their styles.
        hang: The column in which it goes on where the screen is too narrow; None for two columns
            beyond its own indentation.
    """

    parts: tuple[Part, ...]
    hang: int | None = None

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(text for text, _ in self.parts)

    def without_advice(self) -> StyledLine:
        """Return the line as `--quiet` shows it."""
        return StyledLine(tuple(part for part in self.parts if part[1] != ADVICE), self.hang)

    def cut(self, start: int, end: int) -> Iterator[Part]:
        """Yield what is between two places of the text."""
        at = 0
        for text, style in self.parts:
            piece = text[max(0, start - at) : max(0, end - at)]
            if piece:
                yield piece, style
            at += len(text)


def line(*parts: str | Part, hang: int | None = None) -> StyledLine:
    """Return a line of texts, some of them with a style."""
    styled = [(part, "") if isinstance(part, str) else part for part in parts]
    return StyledLine(tuple(styled), hang)


def advice(text: str) -> StyledLine:
    """Return a line that only says what could be done next."""
    return StyledLine(((text, ADVICE),))


def marked(name: str, text: str = "") -> Part:
    """Return the sign of a track or a state, and a text after it, in its colour."""
    return f"{SIGNS[name]} {text}".rstrip(), name
