"""Read the outline and the page numbers of a PDF: bytes to the contents of a book.

pypdf reads what is well formed. What it raises besides means that the file is broken: whoever
calls this runs it in a process of its own, with limits on time and memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Any, TypeAlias

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from curriculum.model.late_patterns import late_pattern
from curriculum.model.paper_ids import bare_id, paper_id
from curriculum.syllabus.importers.book_contents import (
    LONGEST_HEADING,
    MOST_HEADINGS,
    BookContents,
    Heading,
    UnreadableBookError,
    has_check_digit,
)
from curriculum.syllabus.importers.printed_contents import (
    printed_headings,
    printed_offset,
)
from curriculum.syllabus.text_checks import printable

_DEEPEST = 50
_FIRST_PAGES = 40
_SAMPLES = 14
_LEAST_LABELLED = 0.5
_LEAST_TITLE = 8
_ROMAN = late_pattern(r"[ivxlcdm]+", re.IGNORECASE)
_ISBN = late_pattern(r"(?:ISBN(?:-1[03])?[:\s]*)((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx])")
_ARXIV_STAMP = late_pattern(r"arXiv:\s*(\S+)")
_NO_TITLE = late_pattern(
    r"untitled.*|microsoft word.*|.*\.(?:docx?|dvi|tex|pdf|indd|qxd|ps)|title|print|[\W\d_]*",
    re.IGNORECASE,
)
_NOBODY = late_pattern(r"anonymous|unknown|author|user|admin(?:istrator)?|[\W\d_]*", re.IGNORECASE)
# What pypdf raises when a part of a file is broken, and the rest may be whole.
_FAULTS = (PyPdfError, LookupError, TypeError, ValueError, AttributeError, OSError)


def read_pdf(data: bytes) -> BookContents:
    """Return what a PDF says of the book or the paper in it.

    Raises:
        UnreadableBookError: It is encrypted, or its outline cannot be one.
        Exception: It is broken, in one of the many ways that pypdf does not foresee.
    """
    reader = PdfReader(io.BytesIO(data))
    _require_open(reader)
    return _Pdf(reader).contents()


def _require_open(reader: PdfReader) -> None:
    """Refuse a file that needs a password; many are encrypted with an empty one.

    Raises:
        UnreadableBookError: It does.
    """
    sentence = "is encrypted; remove its password first, as with 'qpdf --decrypt'"
    if not reader.is_encrypted:
        return
    try:
        is_open = bool(reader.decrypt(""))
    except _FAULTS as error:
        raise UnreadableBookError(sentence) from error
    if not is_open:
        raise UnreadableBookError(sentence)


_Entry: TypeAlias = tuple[str, int, int | None]
"""The title of an entry of an outline, its depth, and its page from 0."""


class _Pdf:
    """A PDF while it is read."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._pages: Mapping[int, int] = _numbers_of_pages(reader)
        self._count = len(reader.pages)
        if not self._count:
            raise UnreadableBookError("has no pages")
        self._texts: dict[int, str] = {}

    def contents(self) -> BookContents:
        """Return what the file says."""
        labels = self._labels()
        outline = list(islice(self._outline(), MOST_HEADINGS))
        found = self._from_outline(outline, labels) if outline else self._from_print()
        title, authors, year = self._metadata()
        return BookContents(
            title=title or self._first_line(),
            is_title_guessed=not title,
            authors=authors,
            year=year,
            isbn=self._isbn(),
            arxiv=self._arxiv(),
            pages=self._count,
            **found,
        )

    def _from_outline(
        self, outline: list[_Entry], labels: list[str] | None
    ) -> dict[str, Any]:  # Any: fields of `BookContents`
        """Return the headings of the outline, with the pages that are printed on the paper."""
        if labels is not None:
            headings = tuple(_labelled(entry, labels) for entry in outline)
            numbers = [int(label) for label in labels if label.isdecimal()]
            return {"headings": headings, "last_page": numbers[-1] if numbers else self._count}
        offset = self._offset()
        found = {
            "headings": tuple(_moved(entry, offset or 0) for entry in outline),
            "last_page": max(1, self._count - (offset or 0)),
            "guessed": ("pages",),
        }
        return found if offset is not None else {**found, "pagination": _COUNTED}

    def _from_print(self) -> dict[str, Any]:  # Any: fields of `BookContents`
        """Return the headings of the printed table of contents, if there is one."""
        texts = [self._text(number) for number in range(min(_FIRST_PAGES, self._count))]
        headings = printed_headings(texts)
        if not headings:
            return {"last_page": self._count, "origin": "its number of pages"}
        last = self._count - (self._offset() or 0)
        furthest = max(heading.page or 1 for heading in headings)
        return {
            "headings": headings,
            "last_page": max(furthest, last),
            "guessed": ("chapters", "pages"),
            "origin": "its printed table of contents",
        }

    def _labels(self) -> list[str] | None:
        """Return the label of each page; None where the file has none that are page numbers."""
        if "/PageLabels" not in self._reader.root_object:
            return None
        try:
            labels = [str(label) for label in self._reader.page_labels]
        except (*_FAULTS, RecursionError):
            return None
        numbers = [int(label) for label in labels if label.isdecimal()]
        rises = all(first < second for first, second in pairwise(numbers))
        is_enough = len(numbers) >= _LEAST_LABELLED * len(labels)
        return labels if is_enough and rises else None

    def _outline(self) -> Iterator[_Entry]:
        """Yield the title, the depth and the page of each entry, in order.

        Raises:
            UnreadableBookError: It is nested too deeply.
        """
        root = _object(self._reader.root_object.get("/Outlines"))
        waiting = [(root.get("/First"), 0)] if isinstance(root, DictionaryObject) else []
        seen: set[int] = set()
        while waiting:
            reference, depth = waiting.pop()
            if depth > _DEEPEST:
                raise UnreadableBookError(
                    f"has an outline that is nested more than {_DEEPEST} deep"
                )
            entry = _object(reference)
            if not isinstance(entry, DictionaryObject) or _is_known(reference, seen):
                continue
            waiting.append((entry.get("/Next"), depth))
            title = _heading_text(entry.get("/Title"))
            if title:
                yield title, depth, self._place(entry)
            if entry.get("/First") is not None:
                waiting.append((entry.get("/First"), depth + 1))

    def _place(self, entry: DictionaryObject) -> int | None:
        """Return the page that an entry of the outline leads to, from 0."""
        try:
            target = _object(entry.get("/Dest"))
            if target is None:
                action = _object(entry.get("/A"))
                target = _object(action.get("/D")) if action is not None else None
            return self._page_of(target)
        except (*_FAULTS, RecursionError):
            return None

    def _page_of(self, target: Any) -> int | None:  # Any: what the file holds
        """Return the page of a destination: an array, or the name of one."""
        if isinstance(target, (str, bytes)):
            name = target.decode("latin-1") if isinstance(target, bytes) else str(target)
            named = self._reader.named_destinations.get(name)
            target = named.dest_array if named is not None else None
        if isinstance(target, DictionaryObject):
            target = _object(target.get("/D"))
        if not isinstance(target, list) or not target:
            return None
        page = target[0]
        if isinstance(page, IndirectObject):
            return self._pages.get(page.idnum)
        if isinstance(page, int) and 0 <= page < self._count:
            return int(page)
        return None

    def _offset(self) -> int | None:
        """Return how many pages come before page 1, going by numbers that are printed on some."""
        step = max(1, self._count // _SAMPLES)
        return printed_offset(
            {number: self._text(number) for number in range(0, self._count, step)}
        )

    def _text(self, number: int) -> str:
        if number not in self._texts:
            try:
                found = self._reader.pages[number].extract_text()
            except (*_FAULTS, RecursionError, ZeroDivisionError, ArithmeticError):
                found = ""
            self._texts[number] = printable(found)
        return self._texts[number]

    def _metadata(self) -> tuple[str, tuple[str, ...], int | None]:
        """Return the title, the authors and the year that the file says it has."""
        try:
            said = self._reader.metadata
            title = _heading_text(said.title) if said is not None else ""
            author = _heading_text(said.author) if said is not None else ""
            made = said.creation_date if said is not None else None
        except _FAULTS:
            return "", (), None
        if _NO_TITLE.fullmatch(title):
            title = ""
        year = made.year if made is not None else None
        return title, _people(author), year

    def _first_line(self) -> str:
        """Return the first line of the first page that could be a title."""
        for line in map(str.strip, self._text(0).splitlines()):
            is_title = _LEAST_TITLE <= len(line) <= LONGEST_HEADING and " " in line
            if is_title and not _ARXIV_STAMP.search(line):
                return line
        return ""

    def _isbn(self) -> str | None:
        for number in range(min(8, self._count)):
            found = _ISBN.search(self._text(number))
            isbn = re.sub(r"[- ]", "", found[1]).upper() if found is not None else ""
            if has_check_digit(isbn):
                return isbn
        return None

    def _arxiv(self) -> str | None:
        stamp = _ARXIV_STAMP.search(self._text(0))
        identifier = paper_id(f"arXiv:{stamp[1]}") if stamp is not None else None
        return bare_id(identifier) if identifier is not None else None


_COUNTED = "counted from the first page of the file, not as printed"


def _numbers_of_pages(reader: PdfReader) -> dict[int, int]:
    """Return the number of each page from 0, by its object."""
    numbers: dict[int, int] = {}
    for number, page in enumerate(reader.pages):
        if page.indirect_reference is not None:
            numbers[page.indirect_reference.idnum] = number
    return numbers


def _moved(entry: _Entry, offset: int) -> Heading:
    """Return a heading whose page is so many before its place in the file."""
    title, depth, place = entry
    if place is None:
        return Heading(title, depth, None)
    page = place + 1 - offset
    return Heading(title, depth, page) if page > 0 else Heading(title, depth, None, is_front=True)


def _labelled(entry: _Entry, labels: list[str]) -> Heading:
    title, depth, place = entry
    label = labels[place] if place is not None and place < len(labels) else ""
    if label.isdecimal():
        return Heading(title, depth, int(label))
    return Heading(title, depth, None, is_front=bool(_ROMAN.fullmatch(label)))


def _object(reference: Any) -> Any:  # Any: what the file holds
    """Return what a reference leads to; None where it leads nowhere."""
    if isinstance(reference, IndirectObject):
        try:
            return reference.get_object()
        except (*_FAULTS, RecursionError):
            return None
    return reference


def _is_known(reference: Any, seen: set[int]) -> bool:  # Any: what the file holds
    """Whether an entry was met before, as in an outline that leads in a circle."""
    key = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
    if key in seen:
        return True
    seen.add(key)
    return False


def _heading_text(value: Any) -> str:  # Any: what the file holds
    """Return a text of the file on one line."""
    found = _object(value)
    if isinstance(found, bytes):
        found = found.decode("latin-1")
    if not isinstance(found, str):
        return ""
    return " ".join(printable(found).split())[:LONGEST_HEADING].strip()


def _people(author: str) -> tuple[str, ...]:
    """Return the names in one text; a comma separates them unless a semicolon does."""
    if _NOBODY.fullmatch(author):
        return ()
    separator = r"\s*;\s*|\s+and\s+|\s*&\s*" if ";" in author else r"\s*,\s*|\s+and\s+|\s*&\s*"
    return tuple(filter(None, re.split(separator, author)))
