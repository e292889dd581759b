"""Make visible what a terminal would obey: no text of a file moves the cursor or turns a line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

# A carriage return goes back over the line, unless it is the end of one.
_RETURN = "\r(?!\n)"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WITHOUT_WIDTH = "\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f"
_LINE_ENDS = "\u2028\u2029"
# Scripts and emoji need joiners between their letters; between ASCII letters they only hide.
_JOINERS = "(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
_STYLE = "\x1b\\[(?:[0-4]|22|39|49|[34][0-7]|9[0-7]|[34]8;5;\\d+|;)*m"
_HIDDEN = (
    f"[{_CONTROLS}{_DIRECTIONS}{_WITHOUT_WIDTH}{_LINE_ENDS}\ud800-\udfff]|{_RETURN}|{_JOINERS}"
)
_HIDDEN_OR_STYLE = f"(?P<style>{_STYLE})|{_HIDDEN}"
"""Of what a terminal obeys, colours may pass: whoever colours a text has made it visible before."""


def visible(text: str) -> str:
    r"""Return a text with what a terminal would obey or hide as escapes, as JSON writes them.

    The same text in a JSON string stays the same for who reads the JSON.

    >>> visible("a\x1b[31mb")
    'a\\u001b[31mb'
    """
    if _is_visible(text):
        return text
    return re.sub(_HIDDEN, _escape, text)


def _is_visible(text: str) -> bool:
    """Whether a text is surely shown as it is; most are, and need no slow pattern."""
    return text.replace("\n", "").isprintable()


def _visible_with_style(text: str) -> str:
    if _is_visible(text):
        return text
    return re.sub(_HIDDEN_OR_STYLE, _visible_or_style, text)


def _visible_or_style(found: re.Match[str]) -> str:
    return found["style"] or _escape(found)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


class _VisibleText:
    """A text stream that makes visible what is written to it, and is the stream otherwise."""

    def __init__(self, stream: TextIO) -> None:
        self.unfiltered = stream

    def write(self, text: str) -> int:
        """Write a text; return its length."""
        self.unfiltered.write(_visible_with_style(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # Any: whatever a stream has
        return getattr(self.unfiltered, name)


def unfiltered(stream: TextIO) -> TextIO:
    """Return the stream behind a filtered one, for what moves the cursor on purpose."""
    found: TextIO = getattr(stream, "unfiltered", stream)
    return found


@contextmanager
def visible_output() -> Iterator[None]:
    """Filter what is printed on stdout and stderr; a stream that is closed stays closed."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_filtered(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _filtered(stream: Any) -> Any:  # Any: None when it was closed
    return None if stream is None else _VisibleText(stream)
