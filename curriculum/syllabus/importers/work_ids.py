"""Find the ids of a paper in the texts of a bibliography."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.late_patterns import late_pattern
from curriculum.model.paper_ids import ARXIV, DOI, bare_id, paper_id, scheme_of

_MOST_WORDS = 60
_BARE_NUMBER = late_pattern(r"[\W_]*\d{4}\.\d{4,5}(?:v\d+)?[\W_]*")


def arxiv_and_doi(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the first arXiv identifier and the first DOI that some texts name, the surest first.

    >>> arxiv_and_doi(["Nature 518", "arXiv preprint arXiv:1707.06347v2", "doi:10.1038/N1."])
    ('1707.06347', '10.1038/n1')
    """
    found: dict[str, str] = {}
    for text in texts:
        for identifier in _ids_in(text.replace("\\_", "_")):
            found.setdefault(scheme_of(identifier), bare_id(identifier))
    return found.get(ARXIV), found.get(DOI)


def _ids_in(text: str) -> list[str]:
    if not text:
        return []
    whole = paper_id(text)
    if whole is not None and not _BARE_NUMBER.fullmatch(text):
        return [whole]
    is_about_arxiv = "arxiv" in text.lower() or "corr" in text.lower()
    words = text.replace(",", " ").split()[:_MOST_WORDS]
    # A number alone may be anything: only where arXiv is named is it one of its identifiers.
    candidates = [word for word in words if is_about_arxiv or not _BARE_NUMBER.fullmatch(word)]
    return [one for one in map(paper_id, candidates) if one is not None]
