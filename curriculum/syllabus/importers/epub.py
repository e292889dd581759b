"""Read the contents of an EPUB: bytes to the contents of a book, a page for so many characters.

EPUB 3.3 §7 (navigation document) and OPF 2.0.1 §2.4.1 (NCX). Nothing outside of the file is read,
and no part of it is unpacked beyond its limit.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.importers.book_contents import (
    LONGEST_HEADING,
    MOST_HEADINGS,
    BookContents,
    Heading,
    UnreadableBookError,
    has_check_digit,
)
from curriculum.syllabus.text_checks import printable

CHARACTERS_A_PAGE = 2000
"""How many characters of text count as a page: what a printed page of a textbook holds."""

_MOST_FILES = 20_000
_LARGEST_PART = 20_000_000
_LARGEST_WHOLE = 200_000_000
_DEEPEST = 100
_CONTAINER = "META-INF/container.xml"
_ENTITY = late_pattern(r"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w+);")
_TAG = late_pattern(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ISBN = late_pattern(r"97[89][- ]?(?:\d[- ]?){9}\d")
_YEAR = late_pattern(r"(?:1[4-9]|2[01])\d\d")


def read_epub(data: bytes) -> BookContents:
    """Return what an EPUB says of the book in it.

    Raises:
        UnreadableBookError: It is not an EPUB, is encrypted, or is larger or deeper than a book.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_FILES:
                raise UnreadableBookError(f"holds more than {_MOST_FILES} files")
            return _Epub(archive).contents()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise UnreadableBookError("is not a whole EPUB: it cannot be unpacked") from error


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry of the contents: what it says, how deep it is, and where it leads."""

    title: str
    depth: int
    target: str


class _Epub:
    """An EPUB while it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = _LARGEST_WHOLE
        self._texts: dict[str, str] = {}

    def contents(self) -> BookContents:
        """Return what the book says."""
        package_name = self._package_name()
        package = self._tree(package_name)
        folder = posixpath.dirname(package_name)
        items = _items(package, folder)
        spine = _spine(package, items)
        links = self._links(package, items)
        starts, total = self._starts(spine)
        headings = tuple(self._heading(link, starts) for link in links[:MOST_HEADINGS])
        title, authors, year, isbn = _metadata(package)
        pages = max(1, -(-total // CHARACTERS_A_PAGE))
        return BookContents(
            title=title,
            authors=authors,
            year=year,
            isbn=isbn,
            headings=headings,
            last_page=pages,
            pages=pages,
            pagination=f"{CHARACTERS_A_PAGE} characters count as a page",
            guessed=("pages",),
            origin="its table of contents",
        )

    def _package_name(self) -> str:
        if _CONTAINER not in self._archive.namelist():
            raise UnreadableBookError("is not an EPUB: it has no META-INF/container.xml")
        for element in self._tree(_CONTAINER).iter():
            if _local(element) == "rootfile" and element.get("full-path"):
                return str(element.get("full-path"))
        raise UnreadableBookError("is not an EPUB: its container names no package")

    def _links(self, package: Element, items: Mapping[str, _Item]) -> list[_Link]:
        """Return the entries of the navigation document, or of the NCX where it has none."""
        for item in items.values():
            if "nav" in item.properties and (links := self._of_navigation(item.name)):
                return links
        for name in _ncx_names(package, items):
            if links := self._of_ncx(name):
                return links
        return []

    def _of_navigation(self, name: str) -> list[_Link]:
        """Return the links of the navigation that is the table of contents."""
        if not self._holds(name):
            return []
        tree = self._tree(name)
        navs = [one for one in tree.iter() if _local(one) == "nav"]
        tables = [one for one in navs if "toc" in (_attribute(one, "type") or "").split()]
        return list(_nested_links(tables[0], name)) if tables else []

    def _of_ncx(self, name: str) -> list[_Link]:
        if not self._holds(name):
            return []
        maps = [one for one in self._tree(name).iter() if _local(one) == "navMap"]
        return list(_ncx_links(maps[0], name)) if maps else []

    def _starts(self, spine: list[str]) -> tuple[dict[str, int], int]:
        """Return how many characters come before each text of the book, and how many in all."""
        starts: dict[str, int] = {}
        total = 0
        for name in spine:
            starts.setdefault(name, total)
            total += len(_plain(self._markup(name)))
        return starts, total

    def _heading(self, link: _Link, starts: Mapping[str, int]) -> Heading:
        name, _, fragment = link.target.partition("#")
        if name not in starts:
            return Heading(link.title, link.depth, None)
        before = starts[name] + self._within(name, fragment)
        return Heading(link.title, link.depth, before // CHARACTERS_A_PAGE + 1)

    def _within(self, name: str, fragment: str) -> int:
        """Return how many characters of a text come before an anchor in it."""
        if not fragment:
            return 0
        markup = self._markup(name)
        anchor = re.search(rf"""\b(?:id|name)\s*=\s*["']{re.escape(fragment)}["']""", markup)
        return len(_plain(markup[: anchor.start()])) if anchor is not None else 0

    def _holds(self, name: str) -> bool:
        return name in self._archive.namelist()

    def _markup(self, name: str) -> str:
        """Return a text of the book with its tags; nothing where the file is missing."""
        if name not in self._texts:
            self._texts[name] = (
                self._bytes(name).decode(errors="replace") if self._holds(name) else ""
            )
        return self._texts[name]

    def _bytes(self, name: str) -> bytes:
        """Return a file of the archive.

        Raises:
            UnreadableBookError: It is encrypted, or unpacks to more than any book.
        """
        most = min(_LARGEST_PART, self._left)
        try:
            with self._archive.open(name) as file:
                found = file.read(most + 1)
        except RuntimeError as error:  # zipfile says so of a file with a password
            raise UnreadableBookError("is encrypted; remove its protection first") from error
        if len(found) > most:
            raise UnreadableBookError("unpacks to more than a book can be")
        self._left -= len(found)
        return found

    def _tree(self, name: str) -> Element:
        """Return a file of the archive as XML.

        Raises:
            UnreadableBookError: It is not XML, defines entities, or is nested too deeply.
        """
        if not self._holds(name):
            raise UnreadableBookError(f"has no '{name}'")
        markup = _ENTITY.sub(_sign, self._bytes(name).decode("utf-8-sig", errors="replace"))
        depth = 0
        root: Element | None = None
        try:
            parser = iterparse(io.BytesIO(markup.encode()), events=("start", "end"))
            for event, element in parser:
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    raise UnreadableBookError(f"nests '{name}' more than {_DEEPEST} deep")
        except DefusedXmlException as error:
            raise UnreadableBookError(
                f"defines entities in '{name}', as no book needs to"
            ) from error
        except (ParseError, ValueError) as error:
            if isinstance(error, UnreadableBookError):
                raise
            raise UnreadableBookError(f"has a broken '{name}'") from error
        assert root is not None, "XML without an element is an error"
        return root


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book as its package names it."""

    name: str
    media_type: str
    properties: tuple[str, ...]


def _items(package: Element, folder: str) -> dict[str, _Item]:
    """Return the files of the book by their ids."""
    found: dict[str, _Item] = {}
    for element in package.iter():
        if _local(element) == "item" and element.get("href"):
            name = _joined(folder, str(element.get("href")))
            properties = tuple((element.get("properties") or "").split())
            item = _Item(name, element.get("media-type") or "", properties)
            found[element.get("id") or name] = item
    return found


def _ncx_names(package: Element, items: Mapping[str, _Item]) -> Iterator[str]:
    """Yield the names of what may be the NCX: the one that the spine names, then others."""
    for element in package.iter():
        toc = element.get("toc") or ""
        if _local(element) == "spine" and toc in items:
            yield items[toc].name
    for item in items.values():
        if item.media_type == "application/x-dtbncx+xml":
            yield item.name


def _spine(package: Element, items: Mapping[str, _Item]) -> list[str]:
    """Return the names of the texts in the order of reading."""
    names: list[str] = []
    for element in package.iter():
        reference = element.get("idref") or ""
        if _local(element) == "itemref" and reference in items:
            names.append(items[reference].name)
    return names


def _metadata(package: Element) -> tuple[str, tuple[str, ...], int | None, str | None]:
    """Return the title, the authors, the year and the ISBN of a book."""
    title, isbn, year = "", None, None
    authors: list[str] = []
    for element in package.iter():
        said = _text_of(element)
        match _local(element):
            case "title":
                title = title or said
            case "creator" if said:
                authors += re.split(r"\s*;\s*|\s+and\s+", said)
            case "date" if year is None and (found := _YEAR.search(said)):
                year = int(found[0])
            case "identifier" | "source" if isbn is None and (found := _ISBN.search(said)):
                number = re.sub(r"[- ]", "", found[0])
                isbn = number if has_check_digit(number) else None
    return title, tuple(filter(None, map(_spoken, authors))), year, isbn


def _spoken(name: str) -> str:
    """Return a name as it is spoken, where it is written as `Barto, Andrew`."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _nested_links(table: Element, name: str) -> Iterator[_Link]:
    """Yield the entries of a navigation; its lists are nested as the book is."""
    waiting = [(table, -1)]
    folder = posixpath.dirname(name)
    while waiting:
        element, depth = waiting.pop()
        if _local(element) == "li":
            label = next((one for one in element if _local(one) in {"a", "span"}), None)
            if label is not None and (title := _text_of(label)):
                yield _Link(title, max(0, depth), _joined(folder, label.get("href") or ""))
        below = depth + 1 if _local(element) == "ol" else depth
        waiting += [(child, below) for child in reversed(element)]


def _ncx_links(table: Element, name: str) -> Iterator[_Link]:
    """Yield the points of an NCX, which are nested as the book is."""
    waiting = [(child, 0) for child in reversed(table)]
    folder = posixpath.dirname(name)
    while waiting:
        element, depth = waiting.pop()
        if _local(element) != "navPoint":
            continue
        said = {_local(one): one for one in element}
        label = _text_of(said["navLabel"]) if "navLabel" in said else ""
        source = said["content"].get("src", "") if "content" in said else ""
        if label:
            yield _Link(label, depth, _joined(folder, source))
        waiting += [(child, depth + 1) for child in reversed(element)]


def _joined(folder: str, reference: str) -> str:
    """Return the name in the archive of what a file refers to, its fragment included."""
    path, mark, fragment = unquote(reference).partition("#")
    return f"{posixpath.normpath(posixpath.join(folder, path))}{mark}{fragment}"


def _local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str | None:
    """Return an attribute, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def _text_of(element: Element) -> str:
    """Return all text in an element, on one line."""
    return " ".join(printable("".join(element.itertext())).split())[:LONGEST_HEADING].strip()


def _plain(markup: str) -> str:
    """Return a text without its tags, blanks counted once."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _sign(entity: re.Match[str]) -> str:
    """Return the character of an entity of HTML, which XML does not know."""
    sign = html.unescape(entity[0])
    return entity[0] if sign == entity[0] else sign
