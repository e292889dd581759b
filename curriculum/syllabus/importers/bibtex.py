"""Read BibTeX and BibLaTeX: text to the works that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from curriculum.model.bibliography import BibliographyEntry, BibliographyRead
from curriculum.model.curriculum import WorkKind
from curriculum.model.late_patterns import late_pattern
from curriculum.model.person_names import person_name
from curriculum.model.problems import Place, Problem, Severity
from curriculum.syllabus.importers.bibtex_syntax import RawEntry, read_entries
from curriculum.syllabus.importers.latex import plain_latex
from curriculum.syllabus.importers.work_ids import arxiv_and_doi

_TEXTBOOKS = frozenset({"book", "mvbook", "collection", "manual", "booklet", "proceedings"})
_THESES = frozenset({"phdthesis", "mastersthesis", "bachelorsthesis", "thesis"})
_DEGREES = {"phdthesis": "PhD", "mastersthesis": "Master", "bachelorsthesis": "Bachelor"}
_VENUES = ("journal", "journaltitle", "booktitle", "maintitle", "howpublished", "series")
_PUBLISHERS = ("publisher", "school", "institution", "organization")
# What separates, and the braces in which it does not.
_AND = late_pattern(r"[{}]|\s+and\s+", re.IGNORECASE)
_COMMA = late_pattern(r"[{},]")
_SPACE = late_pattern(r"[{}]|\s+")
_YEAR = late_pattern(r"(?<!\d)(1[4-9]|20|21)\d\d(?!\d)")


def read_bibtex(file: str, text: str) -> BibliographyRead:
    """Return the works of a BibTeX file, and all that was lost of it.

    Args:
        file: How the file is called in problems.
        text: What it holds.
    """
    read = read_entries(file, text)
    problems = list(read.problems)
    by_key = {entry.key.casefold(): entry for entry in read.entries}
    entries: list[BibliographyEntry] = []
    for raw in read.entries:
        if raw.kind in {"xdata", "set"}:
            continue
        entry = _Entry(file, raw, _with_parent(raw, by_key))
        found, lost = entry.read(), entry.problems
        problems += lost
        if found is not None:
            entries.append(found)
    return BibliographyRead(tuple(entries), tuple(sorted(problems)))


def _with_parent(raw: RawEntry, by_key: Mapping[str, RawEntry]) -> Mapping[str, str]:
    """Return the fields of an entry with those that it inherits by `crossref`."""
    parent = by_key.get(raw.fields.get("crossref", "").strip().casefold())
    if parent is None or parent is raw:
        return raw.fields
    inherited = {key: value for key, value in parent.fields.items() if key != "title"}
    if "title" in parent.fields:
        inherited.setdefault("booktitle", parent.fields["title"])
    return {**inherited, **raw.fields}


class _Entry:
    """One entry on its way to a work."""

    def __init__(self, file: str, raw: RawEntry, fields: Mapping[str, str]) -> None:
        self._file = file
        self._raw = raw
        self._fields = fields
        self.problems: list[Problem] = []

    def read(self) -> BibliographyEntry | None:
        title = self._title()
        if not title:
            self._lose("missing-title", "has no title and is left out")
            return None
        authors = self._people()
        arxiv, doi = arxiv_and_doi(self._id_places())
        return BibliographyEntry(
            key=plain_latex(self._raw.key),
            kind=_kind(self._raw.kind),
            title=title,
            authors=tuple(name for name, _ in authors),
            surnames=tuple(surname for _, surname in authors),
            year=self._year(),
            arxiv=arxiv,
            doi=doi,
            isbn=self._text("isbn"),
            url=self._url(),
            venue=self._first_text(_VENUES),
            publisher=self._first_text(_PUBLISHERS),
            edition=self._text("edition"),
            degree=self._degree(),
            pages=self._text("pages") or self._text("pagetotal"),
            abstract=self._text("abstract"),
            line=self._raw.line,
        )

    def _text(self, name: str) -> str | None:
        return plain_latex(self._fields.get(name, "")) or None

    def _first_text(self, names: tuple[str, ...]) -> str | None:
        return next(filter(None, map(self._text, names)), None)

    def _title(self) -> str | None:
        title, subtitle = self._text("title"), self._text("subtitle")
        return f"{title}: {subtitle}" if title and subtitle else title

    def _people(self) -> list[tuple[str, str]]:
        """Return each author's name and surname; those of the editors when there is no author."""
        written = self._fields.get("author") or self._fields.get("editor") or ""
        people: list[tuple[str, str]] = []
        for name in _split(written, _AND):
            if name.strip().casefold() in {"others", "et al.", "et al"}:
                self._lose("more-authors", "leaves authors out by 'and others'")
            elif person := _person(name):
                people.append(person)
        return people

    def _year(self) -> int | None:
        for name in ("year", "date"):
            written = plain_latex(self._fields.get(name, ""))
            if found := _YEAR.search(written):
                return int(found[0])
            if written:
                self._lose("unknown-year", f"has no year in its {name} '{written}'")
        return None

    def _id_places(self) -> Iterator[str]:
        """Yield the texts in which an id may be, the surest first."""
        archive = self._fields.get("archiveprefix") or self._fields.get("eprinttype") or "arxiv"
        if archive.strip().casefold() == "arxiv":
            yield _as_arxiv(self._fields.get("eprint", ""))
        for name in ("arxiv", "arxivid"):
            yield _as_arxiv(self._fields.get(name, ""))
        for name in ("doi", "url", "journal", "howpublished", "note", "number", "volume"):
            yield self._fields.get(name, "").replace("{", "").replace("}", "")

    def _url(self) -> str | None:
        for name in ("url", "link", "howpublished"):
            written = self._fields.get(name, "").replace("\\", "")
            if found := re.search(r"https?://[^\s{}<>\"]+", written):
                return found[0]
        if self._text("url"):
            self._lose("unknown-address", f"has no address in its url '{self._text('url')}'")
        return None

    def _degree(self) -> str | None:
        if _kind(self._raw.kind) != "thesis":
            return None
        written = self._text("type") or ""
        if written.casefold() in {"phdthesis", "mathesis"}:
            return "PhD" if written.casefold() == "phdthesis" else "Master"
        return written or _DEGREES.get(self._raw.kind)

    def _lose(self, code: str, what: str) -> None:
        place = Place(self._file, self._raw.line, 1)
        message = f"entry '{self._raw.key}' {what}"
        self.problems.append(Problem(place, code, message, severity=Severity.WARNING))


def _as_arxiv(written: str) -> str:
    """Return an identifier of which it is known that arXiv gave it."""
    identifier = written.strip()
    return identifier if ":" in identifier or not identifier else f"arXiv:{identifier}"


def _kind(written: str) -> WorkKind:
    if written in _TEXTBOOKS:
        return "textbook"
    return "thesis" if written in _THESES else "paper"


def _person(written: str) -> tuple[str, str] | None:
    """Return a name as it is spoken, and the surname in it.

    >>> _person("van der Berg, Jr, Jan")
    ('Jan van der Berg Jr', 'van der Berg')
    >>> _person("{Barnes and Noble}")
    ('Barnes and Noble', 'Barnes and Noble')
    """
    parts = [plain_latex(part) for part in _split(written, _COMMA)]
    parts = [part for part in parts if part]
    if not parts:
        return None
    if written.strip().startswith("{") and len(_split(written.strip(), _SPACE)) == 1:
        return parts[0], parts[0]
    if len(parts) == 1:
        return parts[0], person_name(parts[0]).family
    surname, *between, first = parts
    return " ".join([first, surname, *between]), surname


def spoken_names(written: str) -> tuple[str, ...]:
    """Return the names in one text as they are spoken, however they are separated.

    >>> spoken_names("Adder, Ada and Bo Binary"), spoken_names("Ada Adder, Bo Binary")
    (('Ada Adder', 'Bo Binary'), ('Ada Adder', 'Bo Binary'))
    """
    names = _split(written.replace(";", " and ").replace("&", " and "), _AND)
    if len(names) == 1 and all(" " in part.strip() for part in written.split(",")):
        names = written.split(",")
    people = map(_person, names)
    return tuple(person[0] for person in people if person is not None)


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between separators that are outside of braces."""
    parts: list[str] = []
    depth, begin = 0, 0
    for found in separator.finditer(text):
        if found[0] in {"{", "}"}:
            depth += 1 if found[0] == "{" else -1
        elif depth == 0:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]
