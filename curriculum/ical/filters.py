"""Which events of a source do not count as busy, as the person says: by title, category and status."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import translate

from curriculum.ical.lenient_parser import Property
from curriculum.model.busy import BusySource

EventFilter = Callable[[Sequence[Property]], bool]
"""Whether the properties of an event say that it does not count."""

_ESCAPE = re.compile(r"\\(.)")
_ITEM = re.compile(r"(?:[^\\,]|\\.)+")
_TENTATIVE = {"STATUS": "TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS": "TENTATIVE"}


def event_filter(source: BusySource) -> EventFilter:
    """Return what tells whether an event of a source does not count.

    Categories are compared whole and titles by patterns, both without regard to case.
    """
    titles = [
        re.compile(translate(_plain(pattern)), re.IGNORECASE | re.DOTALL)
        for pattern in source.ignore.title
    ]
    categories = {_plain(category) for category in source.ignore.categories}

    def is_ignored(properties: Sequence[Property]) -> bool:
        if source.tentative == "free" and is_tentative(properties):
            return True
        named = [found for found in properties if found.name == "SUMMARY"]
        if any(
            title.fullmatch(_plain(_text(found.value))) for title in titles for found in named[:1]
        ):
            return True
        return bool(categories) and not categories.isdisjoint(_categories(properties))

    return is_ignored


def reads_texts(source: BusySource) -> bool:
    """Whether titles or categories must be read at all."""
    return bool(source.ignore.title or source.ignore.categories)


def is_tentative(properties: Collection[Property]) -> bool:
    """Whether an event says that it may not take place (RFC 5545 §3.8.1.11)."""
    return any(_TENTATIVE.get(found.name) == found.value.upper() for found in properties)


def _categories(properties: Sequence[Property]) -> Iterator[str]:
    for found in properties:
        if found.name == "CATEGORIES":
            yield from (_plain(_text(item)) for item in _ITEM.findall(found.value))


def _plain(text: str) -> str:
    return text.strip().casefold()


def _text(value: str) -> str:
    """Return a text without its escapes (RFC 5545 §3.3.11)."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
