"""Books that are broken or hostile are named in one sentence, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from curriculum.disk.books import BookError, BookFormat, read_book
from curriculum.disk.errors import ReadError
from tests.books import BOOK, epub, links, navigation, package, pdf

WHOLE = pdf(6, [("1 One", 0, 1), ("2 Two", 0, 3)])
WHOLE_EPUB = epub()
BOMB = (
    "<!DOCTYPE x ["
    + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10 if number else "x" * 10}">'
        for number in range(12)
    )
    + "]>"
)
DEEP = "<ol><li><a href='text/c0.xhtml'>x</a>" * 10_000 + "</li></ol>" * 10_000


def written(*objects: str | bytes, trailer: str = "/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a right table of where they are."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(out.tell())
        body = text if isinstance(text, bytes) else text.encode("latin-1")
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, trailer.encode(), table)
    )
    return out.getvalue()


def one_page(catalog: str, *more: str | bytes) -> bytes:
    """Return a PDF of one page, whose catalogue says more; further objects are numbered from 4."""
    return written(
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Contents 4 0 R >>",
        *more,
    )


def stream(data: bytes, times: int = 1) -> bytes:
    """Return a stream that is packed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = " ".join(["/FlateDecode"] * times)
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (
        len(data),
        filters.encode(),
        data,
    )


def deep_outline(levels: int) -> bytes:
    entries = [
        f"<< /Title (x) /Parent {number - 1} 0 R /First {number + 1} 0 R /Last {number + 1} 0 R >>"
        for number in range(6, 6 + levels)
    ]
    return one_page("/Outlines 5 0 R", stream(b""), "<< /First 6 0 R /Last 6 0 R >>", *entries)


def damaged(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


BROKEN_PDFS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it is empty"),
    "text": (b"A Book of Sums", "it is not a PDF file"),
    "a web page": (b"<!doctype html><p>Sign in", "it is not a PDF file"),
    "an EPUB": (WHOLE_EPUB, "it is not a PDF file; it may be read with --epub"),
    "only the head": (b"%PDF-1.7\n", "it is not a whole PDF file"),
    "no pages": (written("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"), "it has no pages"),
    "no catalogue": (written("<< >>", trailer=""), "it is not a whole PDF file"),
    "pages in a circle": (
        written("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 5 >>"),
        "it is not a whole PDF file",
    ),
    "password": (pdf(3, password="x"), "it is encrypted"),
    "unknown encryption": (damaged(pdf(3, password="x"), b"/Standard", b"/Stranger"), "it is"),
    "outline 10,000 deep": (deep_outline(10_000), "it has an outline that is nested more than 50 deep"),
    "half of it": (pdf(40, BOOK)[:3000], "it is not a whole PDF file"),
}  # fmt: skip
READ_ALL_THE_SAME: dict[str, bytes] = {
    "outline in a circle": one_page(
        "/Outlines 5 0 R",
        stream(b""),
        "<< /First 6 0 R >>",
        "<< /Title (1 One) /Next 7 0 R >>",
        "<< /Title (2 Two) /Next 6 0 R /First 6 0 R >>",
    ),
    "outline of numbers": one_page("/Outlines 5 0 R", stream(b""), "<< /First 7 >>"),
    "outline that is text": one_page("/Outlines (none)", stream(b"")),
    "titles that are numbers": one_page(
        "/Outlines 5 0 R", stream(b""), "<< /First 6 0 R >>", "<< /Title 7 /Dest [3 0 R] >>"
    ),
    "destinations to nowhere": one_page(
        "/Outlines 5 0 R",
        stream(b""),
        "<< /First 6 0 R >>",
        "<< /Title (1 One) /Dest (gone) /Next 7 0 R >>",
        "<< /Title (2 Two) /A << /S /URI >> /Next 8 0 R >>",
        "<< /Title (3 Three) /Dest [99 0 R /Fit] >>",
    ),
    "labels of nonsense": one_page("/PageLabels << /Nums [0 (x) 7] >>", stream(b"")),
    "a page that unpacks to a gigabyte": one_page("", stream(b"\0" * 1_000_000, 3)),
    "a page packed in itself": one_page("", stream(b"q " * 1000, 20)),
    "a page of nonsense": one_page("", stream(b"BT /F1 12 Tf [(x) -1e999] TJ ((((" * 50)),
    "a wrong table": damaged(WHOLE, b"startxref\n", b"startxref\n9"),
}
BROKEN_EPUBS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it is empty"),
    "text": (b"A Book of Sums", "it is not an EPUB"),
    "a PDF": (WHOLE, "it is not an EPUB; it may be read with --pdf"),
    "half of it": (WHOLE_EPUB[: len(WHOLE_EPUB) // 2], "it is not a whole EPUB"),
    "damaged in the middle": (
        WHOLE_EPUB[:150] + b"\xff" * 60 + WHOLE_EPUB[210:],
        "it is not a whole EPUB",
    ),
    "no container": (epub(container_xml=None), "it is not an EPUB: it has no META-INF"),
    "empty container": (epub(container_xml=""), "it has a broken 'META-INF/container.xml'"),
    "container without a package": (epub(container_xml="<a/>"), "it is not an EPUB: its container"),
    "no package": (epub(book_opf=None), "it has no 'OEBPS/book.opf'"),
    "package that is text": (epub(book_opf="words"), "it has a broken 'OEBPS/book.opf'"),
    "entity bomb": (epub(book_opf=BOMB + "<package>&a11;</package>"), "it defines entities"),
    "external entity": (
        epub(nav_xhtml='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        "it defines entities",
    ),
    "navigation 10,000 deep": (epub(nav_xhtml=navigation(DEEP)), "it nests 'OEBPS/nav.xhtml'"),
    "navigation that is broken": (epub(nav_xhtml="<html><nav>"), "it has a broken 'OEBPS/nav"),
    "zip bomb in a chapter": (
        epub({"OEBPS/text/c1.xhtml": " " * 25_000_000}),
        "it unpacks to more than a book can be",
    ),
    "zip bomb in the package": (epub(book_opf=" " * 25_000_000), "it unpacks to more"),
}
EPUBS_READ_ALL_THE_SAME: dict[str, bytes] = {
    "no contents": epub(nav_xhtml=None, toc_ncx=None),
    "no texts": epub(c0_xhtml=None, c1_xhtml=None, c2_xhtml=None),
    "empty spine": epub(book_opf=package(())),
    "links that lead out": epub(nav_xhtml=navigation('<li><a href="../../../etc/passwd">1 One</a></li>')),
    "unknown entities": epub(nav_xhtml=navigation(links().replace("Adding", "Adding&nbsp;&eacute;"))),
}  # fmt: skip


def fault(folder: Path, form: BookFormat, data: bytes, name: str) -> str:
    """Return what is said of a book; nothing when it can be read."""
    path = folder / f"{abs(hash(name))}.{form}"
    path.write_bytes(data)
    try:
        read_book(path, form, seconds=20)
    except BookError as error:
        return str(error).removeprefix(f"cannot read '{path}': ")
    return ""


def test_more_than_forty_broken_books_are_read_or_named_in_one_sentence(tmp_path: Path) -> None:
    cases: list[tuple[str, BookFormat, bytes, str]] = []
    cases += [(name, "pdf", data, said) for name, (data, said) in BROKEN_PDFS.items()]
    cases += [(name, "pdf", data, "") for name, data in READ_ALL_THE_SAME.items()]
    cases += [(name, "epub", data, said) for name, (data, said) in BROKEN_EPUBS.items()]
    cases += [(name, "epub", data, "") for name, data in EPUBS_READ_ALL_THE_SAME.items()]
    assert len(cases) > 40
    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(lambda case: fault(tmp_path, case[1], case[2], case[0]), cases))
    wrong = {
        f"{form}: {name}": found
        for (name, form, _, wanted), found in zip(cases, said, strict=True)
        if not found.startswith(wanted) or "\n" in found or bool(found) != bool(wanted)
    }
    assert wrong == {}


def test_a_book_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "slow.epub"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", "")
    # 2,000 chapters whose anchors are looked for in a text without any.
    chapters = [f"{number} x" for number in range(2000)]
    text = "<p>" + "< " * 2_000_000
    entries = "".join(
        f'<li><a href="text/c0.xhtml#p{number}">{number} x</a></li>' for number in range(2000)
    )
    path.write_bytes(
        epub(
            {"OEBPS/text/c0.xhtml": text},
            nav_xhtml=navigation(entries),
            book_opf=package(chapters[:1]),
        )
    )
    with pytest.raises(
        BookError, match=r"takes longer to read than a book does|was not read within"
    ):
        read_book(path, "epub", seconds=1)


def test_a_book_that_is_not_there_or_not_a_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(ReadError):
            read_book(path, "pdf")
