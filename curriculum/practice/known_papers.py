"""Which paper is which: a paper has several ids and is known by its title as well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from curriculum.model.identifiers import NAME
from curriculum.model.incoming import IncomingPaper
from curriculum.model.late_patterns import late_pattern
from curriculum.model.paper_ids import first_id, paper_id, scheme_of
from curriculum.model.skims import Skim

_NO_LETTER = late_pattern(r"[\W_]+")
_LONGEST_NAME = 60
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def ids_of(skim: Skim) -> frozenset[str]:
    """Return the ids of a paper in their one form; the name of one without an id, too."""
    return frozenset(paper_id(one) or one for one in (skim.id, *skim.also))


def title_key(title: str | None) -> str:
    """Return a title without what may differ between two places: case, accents, punctuation.

    >>> title_key("{P}PO: Proximal--Policy") == title_key("PPO proximal policy")
    True
    """
    return "".join(_NO_LETTER.split(_plain(title or "")))


def _plain(text: str) -> str:
    """Return a text without accents and in small letters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()


class KnownPapers:
    """The papers that came in before, by each of their names."""

    def __init__(self, skims: Iterable[Skim]) -> None:
        """Know some papers."""
        self._skims: dict[str, Skim] = {}
        self._by_id: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = {}
        for skim in skims:
            self.add(skim)

    def add(self, skim: Skim) -> None:
        """Know another paper, or another id of one that is known."""
        is_new = skim.id not in self._skims
        self._skims[skim.id] = skim
        for one in ids_of(skim):
            self._by_id.setdefault(one, skim.id)
        key = title_key(skim.title)
        if key and is_new:
            self._by_title.setdefault(key, []).append(skim.id)

    def find(self, paper: IncomingPaper) -> Skim | None:
        """Return the paper that another one is; None when it is new.

        It is the same by an id, or else by its title and its first author, unless both have an id
        of one kind that differs.
        """
        for one in paper.ids:
            if one in self._by_id:
                return self._skims[self._by_id[one]]
        for name in self._by_title.get(title_key(paper.title), ()):
            if _may_be(paper, self._skims[name]):
                return self._skims[name]
        return None

    def with_names_of(self, paper: IncomingPaper, skim: Skim) -> Skim:
        """Return a known paper with the ids, and the title, that it was not known by."""
        new = [one for one in paper.ids if one not in ids_of(skim)]
        title = skim.title or paper.title
        authors = skim.authors or paper.authors
        return skim.model_copy(
            update={"also": (*skim.also, *new), "title": title, "authors": authors}
        )

    def new_skim(self, paper: IncomingPaper, came: date, origin: str) -> Skim:
        """Return the entry of a paper that is not known."""
        name = first_id(paper.ids) or new_paper_name(paper.title or "paper", self._by_id)
        return Skim(
            id=name,
            also=tuple(one for one in paper.ids if one != name),
            title=paper.title,
            authors=paper.authors,
            year=paper.year,
            url=paper.url,
            came=came,
            from_=origin,
        )


def _may_be(paper: IncomingPaper, skim: Skim) -> bool:
    """Whether two papers of one title may be the same."""
    if paper.authors and skim.authors and _surname(paper.authors) != _surname(skim.authors):
        return False
    theirs = {scheme_of(one) for one in ids_of(skim)}
    return not theirs & {scheme_of(one) for one in paper.ids}


def _surname(authors: Iterable[str]) -> str:
    """Return the last word of the first name, without `Jr.`; of `Doe, Jane`, the first."""
    name = _plain(next(iter(authors)))
    words = [one for one in _NO_LETTER.split(name.partition(",")[0]) if one not in _SUFFIXES]
    return next((one for one in reversed(words) if one), name)


def new_paper_name(title: str, taken: Collection[str]) -> str:
    """Return a name for a paper without an id, or for its syllabus, made of its title.

    >>> new_paper_name("Attention Is All You Need", {"attention-is-all-you-need"})
    'attention-is-all-you-need-2'
    """
    ascii_only = _plain(title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "paper"
    stem = words[:_LONGEST_NAME].rstrip("-")
    assert re.fullmatch(NAME, stem), "letters, digits and hyphens make a name"
    name = stem
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
