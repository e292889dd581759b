"""Ask arXiv or doi.org what a paper is called, where the person allowed the network."""

from __future__ import annotations

import re
from urllib.parse import quote

from curriculum import network
from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.paper_ids import ARXIV
from curriculum.model.problems import CurriculumError
from curriculum.network.limits import Limits
from curriculum.syllabus.importers.arxiv_feed import read_arxiv_feed
from curriculum.syllabus.importers.csl import read_csl

_LIMITS = Limits(seconds=20.0, most_bytes=2_000_000)
_ATOM = "application/atom+xml"
_CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, slots=True)
class IdServers:
    """The beginnings of the addresses that are asked about ids, and what an answer may take."""

    arxiv: str = "https://export.arxiv.org/api/query?id_list="
    doi: str = "https://doi.org/"
    limits: Limits = _LIMITS


ID_SERVERS = IdServers()


class NotFetchedError(CurriculumError):
    """A server that does not say what a paper is called."""

    def __init__(self, identifier: str, fault: str) -> None:
        """Build the sentence from the id and what went wrong."""
        super().__init__(
            f"nothing was learned of '{identifier}': {fault}; without --fetch, it is drafted with "
            "the id alone"
        )


def fetched_entry(scheme: str, bare: str, servers: IdServers = ID_SERVERS) -> BibliographyEntry:
    """Return what the server of an id says of its paper.

    Raises:
        NotFetchedError: It does not answer, or knows no such paper.
    """
    start = servers.arxiv if scheme == ARXIV else servers.doi
    accept = _ATOM if scheme == ARXIV else _CSL
    try:
        answer = network.ask(f"{start}{quote(bare)}", accept=accept, limits=servers.limits)
    except CurriculumError as error:
        raise NotFetchedError(bare, _with_remedy(str(error))) from error
    text = (answer.data or b"").decode(errors="replace")
    try:
        entry = read_arxiv_feed(text, bare) if scheme == ARXIV else _described(bare, text)
    except ValueError as error:
        # As where the network of a hotel answers for everybody.
        raise NotFetchedError(
            bare, f"its server answers with something else than {error}"
        ) from error
    if entry is None:
        raise NotFetchedError(bare, "its server knows no such paper")
    return entry


def _described(bare: str, text: str) -> BibliographyEntry | None:
    """Return the first item of CSL JSON; None where it has no title.

    Raises:
        ValueError: It is not CSL JSON.
    """
    read = read_csl(bare, text)
    if any(problem.code == "not-csl" for problem in read.problems):
        raise ValueError("CSL JSON")
    return next(iter(read.entries), None)


def _with_remedy(fault: str) -> str:
    """Return why a server did not answer, with what to do where waiting helps."""
    is_busy = re.search(r"\b(?:429|503)\b", fault) is not None
    return f"{fault}, which asks to wait some minutes" if is_busy else fault.partition(";")[0]
