"""The ids of papers: however an arXiv id, a DOI or an OpenReview id is written, it is one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from curriculum.model.late_patterns import late_pattern

ARXIV = "arxiv"
DOI = "doi"
OPENREVIEW = "openreview"
SCHEMES = (ARXIV, DOI, OPENREVIEW)

_NEW = r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
_OLD = r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<number>\d{2}(?:0[1-9]|1[0-2])\d{3})"
_ARXIV_ID = late_pattern(rf"(?:{_NEW}|{_OLD})(?:v[1-9]\d*)?", re.IGNORECASE)
_ARXIV_PREFIX = late_pattern(r"(?:oai:arxiv\.org|arxiv|eprint)\s*[:/]?\s*", re.IGNORECASE)
_SUBJECT = late_pattern(r"\s*\[[A-Za-z-]+(?:\.[A-Za-z]{2})?\]$")
_ARXIV_DOI = late_pattern(r"10\.48550/arxiv\.", re.IGNORECASE)
_ARXIV_PATH = late_pattern(r"^/?(?:abs|pdf|html|ps|format|e-print|papers|overview)/", re.IGNORECASE)
_ARXIV_HOST = late_pattern(
    r"(?:[a-z-]+\.)?(?:arxiv\.org|ar5iv\.org|alphaxiv\.org)|ar5iv\.labs\.arxiv\.org|huggingface\.co",
    re.IGNORECASE,
)

_DOI_ID = late_pattern(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = late_pattern(r"(?:info:)?doi\s*[:/]?\s*", re.IGNORECASE)
_DOI_HOST = late_pattern(r"(?:dx\.|www\.)?doi\.org", re.IGNORECASE)
_DOI_PATH = late_pattern(r"/doi/(?:[a-z]+/)?(?=10\.)", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}

_OPENREVIEW_ID = late_pattern(r"[A-Za-z0-9_-]{5,40}")
_OPENREVIEW_QUERY = late_pattern(r"(?:^|&)id=(?P<id>[^&#]+)")

_ADDRESS = late_pattern(
    r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?P<path>/[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE,
)


def paper_id(text: str) -> str | None:
    """Return the one form of an id however it is written; None when the text is not an id.

    Versions are left out, an arXiv DOI is its arXiv id, and letters of a DOI are small.

    >>> paper_id("https://arxiv.org/pdf/1707.06347v2.pdf")
    'arxiv:1707.06347'
    >>> paper_id("arXiv:cs.LG/0601001v3 [cs.LG]")
    'arxiv:cs/0601001'
    >>> paper_id("https://doi.org/10.1038/Nature14236")
    'doi:10.1038/nature14236'
    """
    said = text.strip().strip("<>").strip()
    scheme, _, rest = said.partition(":")
    if scheme.lower() == OPENREVIEW:
        return _openreview(rest.strip())
    address = _ADDRESS.fullmatch(said)
    return _arxiv(said) or _doi(said) or (None if address is None else _of_address(address))


def scheme_of(identifier: str) -> str:
    """Return what kind of id one is that `paper_id` returned: `arxiv`, `doi` or `openreview`."""
    return identifier.partition(":")[0]


def bare_id(identifier: str) -> str:
    """Return an id without its kind.

    >>> bare_id("arxiv:1707.06347")
    '1707.06347'
    """
    return identifier.partition(":")[2]


def first_id(identifiers: Iterable[str]) -> str | None:
    """Return the id that a paper with several is called by: that of arXiv, if it has one."""
    ordered = sorted(set(identifiers), key=lambda one: (SCHEMES.index(scheme_of(one)), one))
    return ordered[0] if ordered else None


def paper_address(identifier: str) -> str | None:
    """Return the address at which a paper is found; None for an id of another kind."""
    addresses = {
        ARXIV: "https://arxiv.org/abs/",
        DOI: "https://doi.org/",
        OPENREVIEW: "https://openreview.net/forum?id=",
    }
    start = addresses.get(scheme_of(identifier))
    return None if start is None else f"{start}{bare_id(identifier)}"


def _of_address(address: re.Match[str]) -> str | None:
    host, path = address["host"], unquote(address["path"])
    if host.lower().endswith("openreview.net"):
        query = _OPENREVIEW_QUERY.search(address["query"] or "")
        return None if query is None else _openreview(unquote(query["id"]))
    if _ARXIV_HOST.fullmatch(host):
        return _arxiv(_ARXIV_PATH.sub("", path).strip("/"))
    if _DOI_HOST.fullmatch(host):
        return _doi(path.removeprefix("/"))
    inner = _DOI_PATH.search(path)
    return None if inner is None else _doi(path[inner.end() :])


def _arxiv(text: str) -> str | None:
    bare = _SUBJECT.sub("", _ARXIV_DOI.sub("", _without(_DOI_PREFIX, text)))
    bare = _ARXIV_PATH.sub("", _without(_ARXIV_PREFIX, bare)).rstrip(".,;")
    if bare.lower().endswith((".pdf", ".ps.gz")):
        bare = bare[: bare.lower().rindex(".p")]
    match = _ARXIV_ID.fullmatch(bare)
    if match is None:
        return None
    if match["new"]:
        return f"{ARXIV}:{match['new']}"
    return f"{ARXIV}:{match['archive'].lower()}/{match['number']}"


def _doi(text: str) -> str | None:
    bare = _closed(_without(_DOI_PREFIX, text))
    arxiv = _ARXIV_DOI.match(bare)
    if arxiv is not None:
        return _arxiv(bare[arxiv.end() :])
    return f"{DOI}:{bare.lower()}" if _DOI_ID.fullmatch(bare) else None


def _closed(text: str) -> str:
    """Return a DOI without what closes the sentence around it; brackets of its own stay."""
    while text and (text[-1] in ".,;:'\"" or _is_left_over(text)):
        text = text[:-1]
    return text


def _is_left_over(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return opening is not None and text.count(opening) < text.count(text[-1])


def _openreview(text: str) -> str | None:
    return f"{OPENREVIEW}:{text}" if _OPENREVIEW_ID.fullmatch(text) else None


def _without(prefix: re.Pattern[str], text: str) -> str:
    match = prefix.match(text)
    return text if match is None else text[match.end() :]
