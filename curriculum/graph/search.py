"""Find works by what a person remembers of them."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.library import Library
from curriculum.model.works import Work


def search_library(library: Library, search: str) -> Mapping[str, Work]:
    """Return the works whose name, title, authors or topics hold every word; sorted by name.

    Case does not matter.
    """
    words = _folded(search).split()
    found = {}
    for name, work in library.works.items():
        text = _text(name, work)
        if all(word in text for word in words):
            found[name] = work
    return found


def _text(name: str, work: Work) -> str:
    parts = [name, work.kind, work.title, *work.authors]
    for unit in work.units:
        parts += unit.teaches
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    return text.casefold().replace("-", " ")
