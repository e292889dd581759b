"""Read RSS and Atom feeds of papers: bytes to the papers that they announce.

defusedxml parses them: it refuses entities that grow, and what leads to other files or machines. A
reader of feeds of every kind (feedparser) would guess at what is broken, and not say what it lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from curriculum.model.incoming import IncomingPaper, IncomingRead
from curriculum.model.late_patterns import late_pattern
from curriculum.model.paper_ids import paper_id
from curriculum.model.problems import Place, Problem, Severity
from curriculum.syllabus.importers.latex import plain_html, plain_latex

LARGEST_FEED = 50_000_000
"""The most bytes of a feed that is read."""

MOST_PAPERS = 20_000
"""The most papers of a feed that are read."""

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ITEMS = frozenset({"item", "entry"})
_REFERENCE = late_pattern(rb"&(?:(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);)?")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32)))
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""How a text of two bytes for each character begins."""

_VERSION_IN_TITLE = late_pattern(r"\s*\(arXiv:[^()]*\)\s*$")
_ANNOUNCED = late_pattern(r"^arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:)?\s*", re.IGNORECASE)
_YEAR = late_pattern(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_ID_TAGS = ("id", "guid", "link", "doi", "identifier", "about")
_LINK = late_pattern(r"</?a\b[^<>]*>", re.IGNORECASE)
_BETWEEN_NAMES = late_pattern(r"\s*(?:[,;]|\band\b)\s*")


def looks_like_feed(data: bytes) -> bool:
    """Whether some bytes begin as XML does."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2]
    return data.startswith(_WIDE) or start.startswith(b"<")


def read_feed(file: str, data: bytes) -> IncomingRead:
    """Return the papers of a feed, and all that was lost of it.

    Where the XML breaks off or is broken, the items before that are read.

    Args:
        file: How the feed is called in problems.
        data: What it holds.
    """
    if len(data) > LARGEST_FEED:
        message = f"the feed has {len(data)} bytes; the limit is {LARGEST_FEED}"
        return IncomingRead((), (_lost(Place(file), "too-large", message, "split it"),))
    return _FeedReading(file).read(data)


class _FeedReading:
    """One reading of a feed, which collects problems as it goes."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._papers: list[IncomingPaper] = []
        self._problems: list[Problem] = []
        self._count = 0

    def read(self, data: bytes) -> IncomingRead:
        try:
            self._walk(self._mended(data))
        except ParseError as error:
            self._lose_rest(error)
        except DefusedXmlException as error:
            self._refuse(error)
        except (ValueError, LookupError):  # an encoding that XML or Python does not know
            self._lose("not-a-feed", "its encoding is not known", "save it as UTF-8")
        return IncomingRead(tuple(self._papers), tuple(sorted(self._problems)))

    def _mended(self, data: bytes) -> bytes:
        """Return a feed without what feeds get wrong most: `&`, names of HTML, control codes."""
        if data.startswith(_WIDE):
            return data
        cleaned = data.translate(None, _CONTROLS)
        if (count := len(data) - len(cleaned)) > 0:
            what = f"{count} control characters that XML does not allow are left out"
            self._lose("bad-character", what, "")
        return _REFERENCE.sub(_reference, cleaned.lstrip(b" \t\r\n"))

    def _walk(self, data: bytes) -> None:
        root: Element | None = None
        for event, element in iterparse(BytesIO(data), events=("start", "end")):
            if root is None:
                root = element
                if _name(element) not in _ROOTS:
                    what = f"'{_name(element)[:40]}' begins no feed"
                    self._lose("not-a-feed", what, "export it as RSS or Atom")
                    return
            if event == "end" and _name(element) in _ITEMS:
                if self._count >= MOST_PAPERS:
                    what = f"only its first {MOST_PAPERS} items are read"
                    self._lose("too-large", what, "split it")
                    return
                self._count += 1
                self._add(element)
                element.clear()
        if not self._count:
            self._lose("no-items", "it holds no item", "")

    def _add(self, item: Element) -> None:
        said = _said(item)
        title = _VERSION_IN_TITLE.sub("", plain_latex(said.first("title"))).rstrip(".") or None
        links = tuple(dict.fromkeys(filter(None, map(paper_id, said.all(_ID_TAGS)))))
        if title is None and not links:
            what = f"item {self._count} has neither a title nor an id and is left out"
            self._lose("missing-title", what, "")
            return
        if title is None:
            self._lose("missing-title", f"item {self._count} has no title", "")
        year = _YEAR.search(said.first("published", "date", "pubDate", "updated"))
        self._papers.append(
            IncomingPaper(
                ids=links,
                title=title,
                authors=tuple(_authors(item)),
                year=None if year is None else int(year[0]),
                url=_address(said) if not links else None,
                abstract=_abstract(said),
            )
        )

    def _lose(self, code: str, what: str, hint: str) -> None:
        self._problems.append(_lost(Place(self._file), code, what, hint))

    def _lose_rest(self, error: ParseError) -> None:
        line, column = error.position
        reason = str(error).partition(":")[0]
        after = f"all after its item {self._count}" if self._count else "all of it"
        message = f"the XML is broken here ({reason}): {after} is lost"
        place = Place(self._file, line, column + 1)
        self._problems.append(_lost(place, "broken-xml", message, "get the feed once more"))

    def _refuse(self, error: DefusedXmlException) -> None:
        message = f"the feed defines entities or leads elsewhere ({type(error).__name__})"
        hint = "do not trust this feed"
        self._papers.clear()
        self._problems.append(_lost(Place(self._file), "unsafe-xml", message, hint))


def _lost(place: Place, code: str, message: str, hint: str) -> Problem:
    return Problem(place, code, message, hint, Severity.WARNING)


def _reference(match: re.Match[bytes]) -> bytes:
    """Return a reference that XML knows in place of one that only HTML does, or none at all."""
    name = match[1]
    if name is None:
        return b"&amp;"
    if name in _OF_XML or name.startswith(b"#"):
        return match[0]
    point = name2codepoint.get(name.decode())
    return match[0] if point is None else f"&#{point};".encode()


class _Said(NamedTuple):
    """What an item says, by the names of its elements without their namespaces."""

    texts: dict[str, list[str]]

    def first(self, *names: str) -> str:
        """Return the first text of the first name that has one."""
        return next(iter(self.all(names)), "")

    def all(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield the texts of some names, in their order."""
        for name in names:
            yield from self.texts.get(name, ())


def _said(item: Element) -> _Said:
    texts: dict[str, list[str]] = {}
    for key, value in item.attrib.items():
        texts.setdefault(key.rpartition("}")[2], []).append(value)
    for child in item:
        text = "".join(child.itertext()).strip() or child.get("href", "").strip()
        if text and not (_name(child) == "link" and child.get("rel") == "self"):
            texts.setdefault(_name(child), []).append(text)
    return _Said(texts)


def _authors(item: Element) -> Iterator[str]:
    """Yield the names of authors: one for each `author` of Atom, or those of a list of names."""
    for child in item:
        if _name(child) not in {"author", "creator"}:
            continue
        named = [one for one in child if _name(one) == "name"]
        for one in named:
            if name := plain_latex("".join(one.itertext())):
                yield name
        if not named:
            listed = plain_latex(_LINK.sub("", "".join(child.itertext())))
            yield from filter(None, _BETWEEN_NAMES.split(listed))


def _abstract(said: _Said) -> str | None:
    written = plain_html(said.first("summary", "abstract", "encoded", "description", "content"))
    return _ANNOUNCED.sub("", written) or None


def _address(said: _Said) -> str | None:
    for text in said.all(("link", "id", "guid", "about")):
        if re.fullmatch(r"https?://\S+", text):
            return text
    return None


def _name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
