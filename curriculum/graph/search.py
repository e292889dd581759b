"""Find works by what a person remembers of them; how they are shown is not known here."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.library import Library
from curriculum.model.works import Work


def search_library(library: Library, search: str) -> Mapping[str, Work]:
    """Return the works whose name, title, authors or topics hold every word, whatever its case; sorted by name."""
    words = search.casefold().replace("-", " ").split()
    return {
        name: work
        for name, work in library.works.items()
        if all(word in _text(name, work) for word in words)
    }


def _text(name: str, work: Work) -> str:
    topics = (topic for unit in work.units for topic in unit.teaches)
    return (
        " ".join([name, work.kind, work.title, *work.authors, *topics]).casefold().replace("-", " ")
    )
