"""Name works by the rule of the library: `sutton-barto-2018`, `schulman-2016`, `bert-2019`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from curriculum.model.curriculum import WorkKind
from curriculum.model.late_patterns import late_pattern

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_LONGEST = 60
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or"}
    | {"the", "through", "to", "toward", "towards", "using", "via", "with"}
)
_ACRONYM = late_pattern(r"\(([A-Z][A-Za-z0-9-]{1,11})\)")
_WORDS_OF_SHORT_NAME = 3


def house_name(kind: WorkKind, title: str, surnames: Sequence[str], year: int | None) -> str:
    """Return what the library would call a work.

    A book or a thesis is called by its first author, or both of two, and the year; a paper by a
    short name and the year. Without authors a book is called by its title, too.

    >>> house_name("textbook", "Reinforcement Learning", ["Sutton", "Barto"], 2018)
    'sutton-barto-2018'
    >>> house_name("paper", "BERT: Pre-training of Deep Transformers", ["Devlin"], 2019)
    'bert-2019'
    """
    first = _short_name(title)
    if kind != "paper" and surnames:
        named = surnames if len(surnames) == _BOTH else surnames[:1]
        first = "-".join(filter(None, map(slug, named))) or first
    first = first[:_LONGEST].strip("-.") or kind
    return first if year is None else f"{first}-{year}"


_BOTH = 2


def slug(text: str) -> str:
    """Return a text as a part of a name: small letters, digits and hyphens.

    >>> slug("Łukasz Gödel's Test"), slug("GPT-3.5")
    ('lukasz-godels-test', 'gpt-3.5')
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    ascii_text = plain.encode("ascii", "ignore").decode().replace("'", "")
    joined = re.sub(r"[^a-z0-9.]+", "-", ascii_text)
    return re.sub(r"\.(?!\d)|(?<!\d)\.", "", joined).strip("-")


def _short_name(title: str) -> str:
    """Return a short name for a title: what is before its colon, its acronym, its first words."""
    before, colon, _ = title.partition(":")
    words = before.split()
    if colon and len(words) <= _WORDS_OF_SHORT_NAME:
        return slug(before)
    acronym = _ACRONYM.search(title)
    if acronym is not None:
        return slug(acronym[1])
    named = [slug(word) for word in words]
    telling = [word for word in named if word and word not in _SMALL_WORDS]
    return "-".join(telling[:_WORDS_OF_SHORT_NAME])
