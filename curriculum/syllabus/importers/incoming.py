"""Read the papers of a file, whatever it is: a feed, a bibliography or a list of ids."""

from __future__ import annotations

import re

from curriculum.model.bibliography import BibliographyEntry, BibliographyRead
from curriculum.model.incoming import IncomingPaper, IncomingRead
from curriculum.model.late_patterns import late_pattern
from curriculum.model.paper_ids import paper_id
from curriculum.model.problems import Place, Problem, Severity
from curriculum.syllabus.importers.bibtex import read_bibtex
from curriculum.syllabus.importers.csl import read_csl
from curriculum.syllabus.importers.feeds import looks_like_feed, read_feed
from curriculum.syllabus.importers.id_lists import read_id_list

LARGEST_LIST = 50_000_000
"""The most bytes of a bibliography or a list that are read."""

_BIBTEX = late_pattern(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)


def read_incoming(file: str, data: bytes) -> IncomingRead:
    """Return the papers of a file, and all that was lost of it.

    What kind of file it is, its name says, or else what it begins with.

    Args:
        file: How the file is called in problems.
        data: What it holds.
    """
    if len(data) > LARGEST_LIST:
        message = f"the file has {len(data)} bytes; the limit is {LARGEST_LIST}"
        return IncomingRead((), (_warning(file, "too-large", message, "split it"),))
    if looks_like_feed(data):
        return read_feed(file, data)
    if not data.strip():
        return IncomingRead((), (_warning(file, "no-items", "the file is empty", ""),))
    text, problems = _text(file, data)
    read = _read_text(file, text)
    return IncomingRead(read.papers, tuple(sorted({*problems, *read.problems})))


def _text(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file; what is not UTF-8 is named, and read as Latin 1."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        message = "the file is not UTF-8: letters with accents may be wrong"
        problem = _warning(file, "encoding", message, "save the file as UTF-8")
        return data.decode("latin-1"), [problem]


def _read_text(file: str, text: str) -> IncomingRead:
    suffix = file.rpartition(".")[2].lower()
    start = text.lstrip()[:1]
    if suffix == "json" or start in {"[", "{"}:
        return _of_bibliography(read_csl(file, text))
    if suffix in {"bib", "bibtex"} or _BIBTEX.search(text):
        return _of_bibliography(read_bibtex(file, text))
    return read_id_list(file, text)


def _of_bibliography(read: BibliographyRead) -> IncomingRead:
    return IncomingRead(tuple(map(_paper, read.entries)), read.problems)


def _paper(entry: BibliographyEntry) -> IncomingPaper:
    arxiv = None if entry.arxiv is None else f"arXiv:{entry.arxiv}"
    written = (arxiv, entry.doi, entry.url)
    ids = tuple(dict.fromkeys(filter(None, (paper_id(one) for one in written if one))))
    return IncomingPaper(
        ids=ids,
        title=entry.title,
        authors=entry.authors,
        year=entry.year,
        url=None if ids else entry.url,
        abstract=entry.abstract,
    )


def _warning(file: str, code: str, message: str, hint: str) -> Problem:
    return Problem(Place(file), code, message, hint, Severity.WARNING)
