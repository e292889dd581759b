"""Books in the shapes in which publishers make them: PDFs with reportlab and pypdf, EPUBs with zipfile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import IndirectObject
from reportlab.pdfgen.canvas import Canvas

Outline: TypeAlias = Sequence[tuple[str, int, int]]
"""Titles with their depth and the number of their page in the file, from 0."""

BOOK: Outline = (
    ("Cover", 0, 0),
    ("Contents", 0, 2),
    ("Preface", 0, 4),
    ("1 Adding", 0, 6),
    ("1.1 Two numbers", 1, 7),
    ("1.2 Many numbers", 1, 9),
    ("Part I: Differences", 0, 12),
    ("2 Taking away", 1, 13),
    ("2.1 Borrowing", 2, 15),
    ("3 Signs", 1, 20),
    ("Part II: Products", 0, 26),
    ("4 Multiplying", 1, 27),
    ("Appendix A: Tables", 0, 34),
    ("Bibliography", 0, 37),
    ("Index", 0, 39),
)
"""A book whose six front pages have roman numbers: page 1 is the seventh of the file."""


def pdf(
    pages: int = 40,
    outline: Outline = (),
    *,
    front: int | None = None,
    lines: Mapping[int, Sequence[str]] | None = None,
    numbered_from: int | None = None,
    metadata: dict[str, str] | None = None,
    password: str | None = None,
) -> bytes:
    """Return a PDF.

    Args:
        pages: How many pages it has.
        outline: Its outline.
        front: How many pages at its beginning are labelled i, ii, ...; None labels none.
        lines: What is printed on pages.
        numbered_from: The page that is printed as 1, the ones after it in their order.
        metadata: Its title, author and the like.
        password: What it is encrypted with.
    """
    plain = io.BytesIO()
    canvas = Canvas(plain)
    for number in range(pages):
        for row, line in enumerate((lines or {}).get(number, ())):
            canvas.drawString(72, 760 - 14 * row, line)
        if numbered_from is not None and number >= numbered_from:
            canvas.drawString(300, 40, str(number - numbered_from + 1))
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(plain))
    parents: dict[int, IndirectObject] = {}
    for title, depth, page in outline:
        parents[depth] = writer.add_outline_item(
            title=title, page_number=page, parent=parents.get(depth - 1)
        )
    if front is not None:
        writer.set_page_label(0, front - 1, PageLabelStyle.LOWERCASE_ROMAN)
        writer.set_page_label(front, pages - 1, PageLabelStyle.DECIMAL, start=1)
    writer.add_metadata(metadata or {"/Title": "A Book of Sums", "/Author": "Ada Adder, Bo Binary"})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
CHAPTERS = ("1 Adding", "2 Taking away", "3 Multiplying")


def package(chapters: Sequence[str] = CHAPTERS, *, nav: bool = True, ncx: bool = True) -> str:
    """Return the package document of a book whose chapters are c0.xhtml, c1.xhtml, ..."""
    items = "".join(
        f'<item id="c{number}" href="text/c{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    if nav:
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Book of Sums</dc:title>'
        "<dc:creator>Adder, Ada</dc:creator><dc:creator>Bo Binary</dc:creator>"
        "<dc:date>2020-05-01</dc:date><dc:identifier>urn:isbn:9780262039246</dc:identifier></metadata>"
        f'<manifest>{items}</manifest><spine toc="ncx">{spine}</spine></package>'
    )


def navigation(entries: str) -> str:
    """Return a navigation document with these entries of its table of contents."""
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><h1>Contents</h1>'
        f'<ol>{entries}</ol></nav><nav epub:type="landmarks"><ol/></nav></body></html>'
    )


def links(chapters: Sequence[str] = CHAPTERS) -> str:
    """Return the entries of a navigation document that lead to chapters."""
    return "".join(
        f'<li><a href="text/c{number}.xhtml">{title}</a></li>'
        for number, title in enumerate(chapters)
    )


def ncx(chapters: Sequence[str] = CHAPTERS) -> str:
    """Return the contents of a book of EPUB 2."""
    points = "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel>"
        f'<content src="text/c{number}.xhtml#top"/></navPoint>'
        for number, title in enumerate(chapters)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'


def chapter(characters: int) -> str:
    """Return a text of as many characters, with tags, a script and a comment that do not count."""
    words = ("word " * (characters // 5)).strip()
    return (
        f"<html><head><script>var x = 1</script></head><body><p id='top'>{words}</p></body></html>"
    )


def epub(files: Mapping[str, str | bytes] | None = None, **changes: str | bytes | None) -> bytes:
    """Return an EPUB of three chapters of 10,000 characters; files may be changed or, by None, left out.

    Keywords name files with `_` in place of `/` and `.`: `nav_xhtml=None`.
    """
    whole: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package(),
        "OEBPS/nav.xhtml": navigation(links()),
        "OEBPS/toc.ncx": ncx(),
        **{f"OEBPS/text/c{number}.xhtml": chapter(10_000) for number in range(3)},
        **(files or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            changed = changes.get(name.rpartition("/")[2].replace(".", "_"), text)
            if changed is not None:
                archive.writestr(name, changed)
    return made.getvalue()
