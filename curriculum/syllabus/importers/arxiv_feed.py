"""Read what arXiv answers about an identifier: a feed in Atom with one entry."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.late_patterns import late_pattern
from curriculum.model.person_names import person_name
from curriculum.syllabus.importers.latex import plain_latex
from curriculum.syllabus.text_checks import printable

_YEAR = late_pattern(r"(?:19|20)\d\d")


def read_arxiv_feed(text: str, identifier: str) -> BibliographyEntry | None:
    """Return the paper that an answer of arXiv describes; None where it knows none.

    Args:
        text: The answer.
        identifier: The identifier that was asked for.

    Raises:
        ValueError: It is not a feed.
    """
    try:
        feed = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ValueError("a feed in Atom") from error
    if _local(feed) != "feed":
        raise ValueError("a feed in Atom")
    entries = (one for one in feed.iter() if _local(one) == "entry")
    entry = next(entries, None)
    return None if entry is None else _paper(entry, identifier)


def _paper(entry: Element, identifier: str) -> BibliographyEntry | None:
    said = {_local(child): " ".join((child.text or "").split()) for child in entry}
    # A wrong identifier is answered by an entry that is called "Error".
    if not said.get("title") or "/abs/" not in said.get("id", ""):
        return None
    authors = tuple(_authors(entry))
    year = _YEAR.match(said.get("published", ""))
    return BibliographyEntry(
        key=identifier,
        kind="paper",
        title=plain_latex(said["title"]),
        authors=authors,
        surnames=tuple(person_name(name).family for name in authors),
        year=int(year[0]) if year is not None else None,
        arxiv=identifier,
        doi=said.get("doi") or None,
        venue=printable(said.get("journal_ref", "")) or None,
        abstract=printable(said.get("summary", "")) or None,
    )


def _authors(entry: Element) -> list[str]:
    names: list[str] = []
    for author in entry.iter():
        if _local(author) == "author":
            words = (one.text for one in author if _local(one) == "name")
            names += [" ".join(printable(name).split()) for name in words if name]
    return [name for name in names if name]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
