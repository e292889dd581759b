"""Read CSL JSON, as Zotero and Pandoc write it: text to the works that it describes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.model.bibliography import BibliographyEntry, BibliographyRead
from curriculum.model.curriculum import WorkKind
from curriculum.model.late_patterns import late_pattern
from curriculum.model.person_names import person_name
from curriculum.model.problems import Place, Problem, Severity
from curriculum.syllabus.importers.latex import plain_html
from curriculum.syllabus.importers.work_ids import arxiv_and_doi
from curriculum.syllabus.text_checks import printable

_TEXTBOOKS = frozenset({"book", "collection", "classic"})
_YEAR = late_pattern(r"(?<!\d)(1[4-9]|20|21)\d\d(?!\d)")
_OTHERS = frozenset({"others", "and others", "et al.", "et al"})
_IDS = ("DOI", "number", "archive_location", "URL", "note", "publisher")


def read_csl(file: str, text: str) -> BibliographyRead:
    """Return the works of a CSL JSON file, and all that was lost of it.

    Args:
        file: How the file is called in problems.
        text: What it holds: a list of items, one item, or `{"items": [...]}`.
    """
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg.lower()}"
        return _nothing(Place(file, error.lineno, error.colno), message)
    except (RecursionError, ValueError):
        return _nothing(Place(file, 1, 1), "this is not JSON that a bibliography could hold")
    items = _items(content)
    if items is None:
        return _nothing(Place(file, 1, 1), "this JSON holds no items of a bibliography")
    entries: list[BibliographyEntry] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, start=1):
        reader = _Item(file, number, item)
        if (entry := reader.read()) is not None:
            entries.append(entry)
        problems += reader.problems
    return BibliographyRead(tuple(entries), tuple(problems))


def _nothing(place: Place, message: str) -> BibliographyRead:
    hint = "export the bibliography as 'CSL JSON'"
    problem = Problem(place, "not-csl", message, hint, Severity.WARNING)
    return BibliographyRead((), (problem,))


def _items(content: Any) -> list[Any] | None:  # Any: what the file holds
    if isinstance(content, Mapping):
        inner = content.get("items", [content] if "title" in content or "id" in content else None)
        return inner if isinstance(inner, list) else None
    return content if isinstance(content, list) else None


class _Item:
    """One item on its way to a work."""

    def __init__(self, file: str, number: int, content: Any) -> None:  # Any: what the file holds
        self._file = file
        self._content: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
        self._name = f"item {number}"
        self._key = self._text("citation-key") or self._text("id") or ""
        if self._key:
            self._name += f" ('{self._key}')"
        self.problems: list[Problem] = []

    def read(self) -> BibliographyEntry | None:
        title = self._text("title") or self._text("title-short")
        if title is None:
            self._lose("missing-title", "has no title and is left out")
            return None
        people = list(self._people())
        kind = self._kind()
        arxiv, doi = arxiv_and_doi(self._text(name) or "" for name in _IDS)
        return BibliographyEntry(
            key=self._key,
            kind=kind,
            title=title,
            authors=tuple(name for name, _ in people),
            surnames=tuple(surname for _, surname in people),
            year=self._year(),
            arxiv=arxiv,
            doi=doi,
            isbn=self._text("ISBN"),
            url=self._url(),
            venue=self._text("container-title") or self._text("event-title"),
            publisher=self._text("publisher"),
            edition=self._text("edition"),
            degree=self._text("genre") if kind == "thesis" else None,
            pages=self._text("page") or self._text("number-of-pages"),
            abstract=self._text("abstract"),
        )

    def _text(self, name: str) -> str | None:
        return _plain(self._content.get(name))

    def _kind(self) -> WorkKind:
        kind = self._text("type") or ""
        if kind in _TEXTBOOKS:
            return "textbook"
        return "thesis" if kind == "thesis" else "paper"

    def _people(self) -> Iterator[tuple[str, str]]:
        """Yield each author's name and surname; those of the editors when there is no author."""
        people = self._content.get("author") or self._content.get("editor") or []
        if not isinstance(people, list):
            self._lose("unknown-authors", "names its authors in a way that CSL does not have")
            return
        for person in people:
            found = _person(person) if isinstance(person, Mapping) else None
            if found is None:
                self._lose("unknown-authors", "has an author without a name")
            elif found[0].casefold() in _OTHERS:
                self._lose("more-authors", f"leaves authors out by '{found[0]}'")
            else:
                yield found

    def _year(self) -> int | None:
        """Return the first year that the item says it was issued in."""
        said = False
        for name in ("issued", "published", "original-date"):
            date = self._content.get(name)
            said = said or date is not None
            if found := _YEAR.search(_date_text(date)):
                return int(found[0])
        if said:
            self._lose("unknown-year", "has no year in its date")
        return None

    def _url(self) -> str | None:
        address = self._text("URL")
        if address is None or re.fullmatch(r"https?://\S+", address):
            return address
        self._lose("unknown-address", f"has no address in its URL '{address}'")
        return None

    def _lose(self, code: str, what: str) -> None:
        message = f"{self._name} {what}"
        problem = Problem(Place(self._file), code, message, severity=Severity.WARNING)
        self.problems.append(problem)


def _plain(value: Any) -> str | None:  # Any: what the file holds
    """Return a text or a number as plain text; the first one of a list, as Crossref has them."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return plain_html(printable(str(value))) or None
    return None


def _date_text(date: Any) -> str:  # Any: what the file holds
    """Return the text of a date in which its year is: `date-parts`, `literal` or `raw`."""
    if not isinstance(date, Mapping):
        return _plain(date) or ""
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts:
        return _plain(parts[0]) or ""
    return _plain(date.get("literal")) or _plain(date.get("raw")) or ""


def _person(person: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return a name as it is spoken, and the surname in it."""
    literal = _plain(person.get("literal")) or _plain(person.get("name"))
    if literal is not None:
        return literal, literal if "literal" in person else person_name(literal).family
    family = _plain(person.get("family"))
    given = _plain(person.get("given"))
    if family is None:
        return (given, given) if given is not None else None
    particles = ("dropping-particle", "non-dropping-particle")
    leading = [_plain(person.get(particle)) for particle in particles]
    surname = " ".join([*filter(None, leading), family])
    suffix = _plain(person.get("suffix"))
    return " ".join(filter(None, [given, surname, suffix])), surname
