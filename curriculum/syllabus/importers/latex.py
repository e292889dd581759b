"""Read the LaTeX and the HTML in the fields of a bibliography as plain text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bibtexparser.latexenc import unicode_to_latex

from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.text_checks import printable

_COMBINING = MappingProxyType(
    {
        "`": "\u0300",
        "'": "\u0301",
        "^": "\u0302",
        "~": "\u0303",
        "=": "\u0304",
        "u": "\u0306",
        ".": "\u0307",
        '"': "\u0308",
        "r": "\u030a",
        "H": "\u030b",
        "v": "\u030c",
        "d": "\u0323",
        "c": "\u0327",
        "k": "\u0328",
        "b": "\u0331",
    }
)
_LETTERS = MappingProxyType(
    {
        "aa": "å",
        "AA": "Å",
        "ae": "æ",
        "AE": "Æ",
        "dh": "ð",
        "DH": "Ð",
        "dj": "đ",
        "DJ": "Đ",
        "i": "ı",
        "j": "ȷ",
        "l": "ł",
        "L": "Ł",
        "ng": "ŋ",
        "o": "ø",
        "O": "Ø",
        "oe": "œ",
        "OE": "Œ",
        "ss": "ß",
        "SS": "ẞ",
        "th": "þ",
        "TH": "Þ",
        "LaTeX": "LaTeX",
        "TeX": "TeX",
        "newline": " ",
        "par": " ",
        "quad": " ",
        "textasciicircum": "^",
        "textasciigrave": "`",
        "textasciitilde": "~",
        "textbackslash": "\\",
        "textbar": "|",
        "textgreater": ">",
        "textless": "<",
    }
)
_ACCENT = late_pattern(
    r"""\\(?:([`'^"~=.])\s*|([uvHcdbkr])(?![A-Za-z])\s*)(?:\{\s*(\\?[^\W\d_])\s*\}|(\\?[^\W\d_]))"""
)
_PLAIN = late_pattern(r"(?:[\w ,.:;/()\n\t]|-(?!-))*", re.ASCII)
_CHARACTER = late_pattern(r"\\char ?(\d{1,6})(?!\d)(?:\{\}|\s)?")
_COMMAND = late_pattern(r"\\([A-Za-z]+)\*?(?:\s*\{\s*\}|\s+)?")
_ESCAPE = late_pattern(r"\\([^A-Za-z])")
_QUOTES_AND_DASHES = (("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"), ("~", " "))
_TAG = late_pattern(
    r"</?(?:i|b|em|strong|sup|sub|sc|span|tt|jats:\w+|p|br)\b[^<>]*>", re.IGNORECASE
)
# An escaped brace, dollar or tilde is kept apart from those that mean something.
_APART = {"{": "\ue000", "}": "\ue001", "$": "\ue002", "~": "\ue003", "`": "\ue004"}
# Spaces of several widths, a line's end, and the space that goes back.
_ESCAPED = _APART | dict.fromkeys(" ,:;\\", " ") | {"!": ""}
_WITHOUT_MARKUP = str.maketrans("", "", "{}$")
_MEANT = {apart: sign for sign, apart in _APART.items()}


def plain_latex(text: str) -> str:
    r"""Return what LaTeX shows, on one line; commands without a sign of their own leave no trace.

    >>> plain_latex(r"{G}{\"o}del's \'Etudes \& the \emph{$\alpha$-Test}")
    "Gödel's Études & the α-Test"
    """
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    text = printable(text)
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _CHARACTER.sub(lambda found: _character(int(found[1])), text)
        text = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)
        text = _COMMAND.sub(lambda found: _sign(found[1]), text)
    for written, meant in _QUOTES_AND_DASHES:
        text = text.replace(written, meant)
    text = text.translate(_WITHOUT_MARKUP)
    for placeholder, sign in _MEANT.items():
        text = text.replace(placeholder, sign)
    return plain_html(text)


def plain_html(text: str) -> str:
    """Return a printable text without tags of HTML, its entities read, on one line.

    >>> plain_html("Q&amp;A with <i>BERT</i>")
    'Q&A with BERT'
    """
    if "<" in text or "&" in text:
        text = printable(html.unescape(_TAG.sub("", text)))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _accented(found: re.Match[str]) -> str:
    accent = found[1] or found[2]
    letter = (found[3] or found[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


def _character(code: int) -> str:
    sign = printable(chr(code))
    return _APART.get(sign, sign)


def _sign(command: str) -> str:
    """Return the sign that a command stands for; nothing for one that changes the letters."""
    known = _LETTERS.get(command)
    sign = known if known is not None else _signs().get(command, "")
    return _APART.get(sign, sign)


@cache
def _signs() -> Mapping[str, str]:
    """Return the signs that have a command of their own, as `alpha`."""
    signs: dict[str, str] = {}
    for sign, written in unicode_to_latex:
        command = re.fullmatch(r"\\([A-Za-z]+)\s*", written)
        if command is not None:
            signs.setdefault(command[1], sign)
    return MappingProxyType(signs)
