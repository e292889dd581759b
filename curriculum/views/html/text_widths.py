"""How wide a text is at most, in a font that nobody knows: labels must not overlap in any.

The widths are those of DejaVu Sans, rounded up: the widest of the usual fonts without serifs.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LABEL_SIZE, SMALL_SIZE = 13.0, 11.0
"""The sizes of the labels of charts, in pixels."""

_THOUSANDTHS = {
    278: "ijl",
    295: "IJ",
    318: " .,",
    337: "/:;\\",
    361: "-",
    392: "tf()[]'|!",
    411: "r",
    521: "s*",
    550: "c",
    557: "Lz_?",
    579: "kF",
    592: "vxy",
    615: "aeoTYP",
    636: "bdghnpqu0123456789SE",
    698: "ABCRVKXZ",
    787: "DHNOQUG&",
    838: "w+=<>±×−→#~^",
    974: "mMW@%—◐▶✓…",
}
"""The widths of letters, in thousandths of the size."""

_WIDTHS = {letter: part / 1000 for part, letters in _THOUSANDTHS.items() for letter in letters}
_SMALL, _CAPITAL, _WIDE, _OTHER = 0.65, 0.8, 1.15, 0.85


@lru_cache(maxsize=4096)
def label_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return the most pixels that a text takes.

    >>> label_width("ill") < label_width("mmm")
    True
    """
    return size * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    width = _WIDTHS.get(letter)
    if width is not None:
        return width
    if letter.isascii():
        return _CAPITAL if letter.isupper() else _SMALL
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return _WIDE
    return _OTHER


def fitted(text: str, width: float, size: float = LABEL_SIZE) -> str:
    """Return a text that is no wider; of a longer one the end is left out.

    >>> fitted("Policy Gradient Methods", 100.0)
    'Policy Gradie…'
    """
    if label_width(text, size) <= width:
        return text
    left = width - label_width("…", size)
    kept = 0
    for letter in text:
        left -= size * _letter_width(letter)
        if left < 0:
            break
        kept += 1
    while kept and kept < len(text) and unicodedata.category(text[kept])[0] == "M":
        kept -= 1
    return f"{text[:kept].rstrip()}…" if kept else ""
