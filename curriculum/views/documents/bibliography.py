"""Works as a bibliography for a text that cites them: BibTeX, and CSL JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.model.json_value import Json
from curriculum.model.late_patterns import late_pattern
from curriculum.model.person_names import person_name
from curriculum.model.works import Paper, Textbook, Thesis, Work
from curriculum.views.documents.latex import escaped_latex
from curriculum.views.json.written import json_text

_PREPRINT = late_pattern(r"(?i)\s*arxiv\b.*")
_ADDRESSES = frozenset({"doi", "url"})
_BIBTEX_FIELDS = {
    "publisher": "publisher",
    "edition": "edition",
    "isbn": "isbn",
    "institution": "school",
    "degree": "type",
    "report": "number",
    "venue": "journal",
    "arxiv": "eprint",
    "doi": "doi",
    "url": "url",
}
_CSL_FIELDS = {
    "publisher": "publisher",
    "edition": "edition",
    "isbn": "ISBN",
    "institution": "publisher",
    "degree": "genre",
    "report": "number",
    "venue": "container-title",
    "arxiv": "number",
    "doi": "DOI",
    "url": "URL",
}
_CSL_TYPES = {"textbook": "book", "thesis": "thesis", "paper": "article-journal"}


def bibtex_text(works: Mapping[str, Work]) -> str:
    """Return the works as BibTeX, each under its name as the key.

    Args:
        works: Name to work, in the order in which they are written.
    """
    return "\n".join(_entry(name, work) for name, work in works.items())


def csl_json(works: Mapping[str, Work]) -> list[Json]:
    """Return the works as CSL JSON, each under its name as the id."""
    return [_item(name, work) for name, work in works.items()]


def csl_text(works: Mapping[str, Work]) -> str:
    """Return the works as the text of a CSL JSON file."""
    return json_text(csl_json(works)) + "\n"


def _escaped(text: str) -> str:
    r"""Return a text as LaTeX, without braces that BibTeX would count.

    >>> _escaped("{0, 1")
    '\\char123{}0, 1'
    """
    written = escaped_latex(text)
    return written.replace(r"\{", r"\char123{}").replace(r"\}", r"\char125{}")


def _entry(name: str, work: Work) -> str:
    fields = "".join(f"  {key} = {{{value}}},\n" for key, value in _fields(work))
    return f"@{_entry_type(work)}{{{name},\n{fields}}}\n"


def _entry_type(work: Work) -> str:
    match work:
        case Textbook():
            return "book"
        case Thesis():
            is_master = "master" in (work.degree or "").casefold()
            return "mastersthesis" if is_master else "phdthesis"
        case Paper():
            return "article" if _venue(work) else "misc"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield what BibTeX is told of a work; braces keep the capitals of its title."""
    yield "title", f"{{{_escaped(work.title)}}}"
    if work.authors:
        yield "author", " and ".join(map(_sorted_name, work.authors))
    if work.year is not None:
        yield "year", str(work.year)
    for key, text in _particulars(work).items():
        # Programs take addresses as they are: an escaped underscore would lead nowhere.
        yield _BIBTEX_FIELDS[key], text if key in _ADDRESSES else _escaped(text)
        if key == "arxiv":
            yield "archiveprefix", "arXiv"


def _particulars(work: Work) -> dict[str, str]:
    """Return what else is known of a work, under the names of the syllabus."""
    match work:
        case Textbook():
            edition = None if work.edition is None else str(work.edition)
            known = {"publisher": work.publisher, "edition": edition, "isbn": work.isbn}
        case Thesis():
            known = {
                "institution": work.institution,
                "degree": work.degree,
                "report": work.report,
            }
        case Paper():
            known = {"venue": _venue(work), "arxiv": work.arxiv}
    known |= {"doi": work.doi, "url": work.url}
    return {key: text for key, text in known.items() if text is not None}


def _venue(paper: Paper) -> str | None:
    """Return where a paper appeared; arXiv is said by its identifier."""
    is_preprint = paper.venue is None or _PREPRINT.fullmatch(paper.venue)
    return None if is_preprint else paper.venue


def _sorted_name(spoken: str) -> str:
    """Return a name as BibTeX sorts it; one that has no parts is kept whole by braces."""
    if _is_others(spoken):
        return "others"
    name = person_name(spoken)
    if not name.given:
        return f"{{{_escaped(spoken)}}}"
    return ", ".join(_escaped(part) for part in (name.family, name.suffix, name.given) if part)


def _is_others(spoken: str) -> bool:
    """Whether a name stands for authors who are left out, for which BibTeX has a word."""
    return spoken.casefold().removeprefix("and ") in {"others", "et al.", "et al"}


def _item(name: str, work: Work) -> Json:
    item: Json = {"id": name, "type": _csl_type(work), "title": work.title}
    if work.authors:
        item["author"] = [_csl_name(author) for author in work.authors]
    if work.year is not None:
        item["issued"] = {"date-parts": [[work.year]]}
    for key, text in _particulars(work).items():
        item[_CSL_FIELDS[key]] = f"arXiv:{text}" if key == "arxiv" else text
    return item


def _csl_type(work: Work) -> str:
    is_preprint = isinstance(work, Paper) and _venue(work) is None
    return "article" if is_preprint else _CSL_TYPES[work.kind]


def _csl_name(spoken: str) -> Json:
    name = person_name(spoken)
    if not name.given or _is_others(spoken):
        return {"literal": "others" if _is_others(spoken) else spoken}
    parts: Json = {"given": name.given, "family": name.family}
    return parts | ({"suffix": name.suffix} if name.suffix else {})
