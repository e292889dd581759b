"""Where a draft comes from: the file of a book, a bibliography, an id, or what a person says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from curriculum.disk.books import read_book
from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.curriculum import WorkKind
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.services.drafting import (
    SaidOfWork,
    bibliography,
    entries_chosen,
    id_draft,
    known_id,
    said_draft,
    with_said,
)
from curriculum.services.errors import UsageError
from curriculum.services.fetched_entries import ID_SERVERS, IdServers, fetched_entry
from curriculum.syllabus.importers.book_drafts import draft_of_book, with_bibliography
from curriculum.syllabus.importers.drafts import Draft, draft_of_entry


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """What a file holds, and how it is called: not at all, from standard input."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class DraftSource:
    """What a draft is made from; one book at most, and one of the others.

    Attributes:
        pdf: The file of the work as PDF.
        epub: The file of the work as EPUB.
        bib: A bibliography in BibTeX.
        csl: A bibliography in CSL JSON.
        arxiv: An arXiv identifier.
        doi: A DOI.
        keys: The entries of the bibliography that are meant.
        all_entries: Whether all of them are.
        fetch: Whether the network may be asked about the id.
    """

    pdf: Path | None = None
    epub: Path | None = None
    bib: NamedBytes | None = None
    csl: NamedBytes | None = None
    arxiv: str | None = None
    doi: str | None = None
    keys: tuple[str, ...] = ()
    all_entries: bool = False
    fetch: bool = False

    @property
    def given(self) -> tuple[str, ...]:
        """The options that are given, books first."""
        named = {
            "--pdf": self.pdf,
            "--epub": self.epub,
            "--bib": self.bib,
            "--csl": self.csl,
            "--arxiv": self.arxiv,
            "--doi": self.doi,
        }
        return tuple(name for name, value in named.items() if value is not None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given, not even how to use what is not."""
        return not (self.given or self.fetch or self.keys or self.all_entries)


@dataclass(frozen=True, slots=True)
class DraftsFound:
    """Drafts, and what was lost of the files that they are from."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()


def drafts_found(
    kind: WorkKind, source: DraftSource, said: SaidOfWork, servers: IdServers = ID_SERVERS
) -> DraftsFound:
    """Return the drafts of works of a kind; there is a source, or a title is said.

    Args:
        kind: The kind.
        source: What they are made from.
        said: What the person says of them.
        servers: What is asked about ids, where the source allows the network.

    Raises:
        UsageError: Sources do not go together, or name nothing.
        CurriculumError: A file or an address cannot be read.
    """
    _require_matching(source)
    known, problems = _entries(kind, source, said, servers)
    path = source.pdf or source.epub
    if path is not None:
        draft = _book_draft(kind, source, path)
        drafts = [with_bibliography(draft, known[0].entry)] if known else [draft]
    else:
        drafts = known or [said_draft(kind, said)]
    return DraftsFound(tuple(with_said(draft, said) for draft in drafts), problems)


def _require_matching(source: DraftSource) -> None:
    books = [name for name in source.given if name in {"--pdf", "--epub"}]
    others = [name for name in source.given if name not in books]
    for names in (books, others):
        if len(names) > 1:
            raise UsageError(f"{' and '.join(names)} do not go together; give one of them")
    _require_options_with(source, books, set(others))


def _require_options_with(source: DraftSource, books: list[str], others: set[str]) -> None:
    """Refuse options that say how to use what is not given."""
    if source.fetch and others.isdisjoint({"--arxiv", "--doi"}):
        raise UsageError("it goes with --arxiv or --doi, whose server it asks", "--fetch")
    chooses = source.all_entries or bool(source.keys)
    if chooses and others.isdisjoint({"--bib", "--csl"}):
        raise UsageError("they choose among the entries of --bib or --csl", "--key or --all")
    if books and source.all_entries:
        raise UsageError(f"a book of {books[0]} has one entry; choose it with --key", "--all")


def _entries(
    kind: WorkKind, source: DraftSource, said: SaidOfWork, servers: IdServers
) -> tuple[list[Draft], tuple[Problem, ...]]:
    """Return the drafts of what a bibliography or an id says, and what was lost."""
    given = source.bib or source.csl
    if given is not None:
        option = "--bib" if source.bib is not None else "--csl"
        read = bibliography(given.name, given.data, is_csl=source.csl is not None)
        chosen = entries_chosen(read, source.keys, option, all_of_them=source.all_entries)
        drafts = [_of_entry(kind, entry, given.name) for entry in chosen]
        return drafts, _lost(read.problems, chosen, all_of_them=source.all_entries)
    identifier = source.arxiv or source.doi
    if identifier is None:
        return [], ()
    option = "--arxiv" if source.arxiv is not None else "--doi"
    if not source.fetch:
        return [id_draft(kind, identifier, option, said)], ()
    scheme, bare = known_id(identifier, option)
    entry = replace(fetched_entry(scheme, bare, servers), kind=kind)
    return [draft_of_entry(entry, f"what {scheme} says of {bare}")], ()


def _of_entry(kind: WorkKind, entry: BibliographyEntry, name: str) -> Draft:
    file = f" of {PurePath(name).name}" if name else ""
    return draft_of_entry(replace(entry, kind=kind), f"entry '{entry.key}'{file}")


def _lost(
    problems: tuple[Problem, ...], chosen: tuple[BibliographyEntry, ...], *, all_of_them: bool
) -> tuple[Problem, ...]:
    """Return what was lost of the entries that are drafted; of all, where all are."""
    if all_of_them:
        return problems
    lines = {entry.line for entry in chosen if entry.line}
    named = tuple(f"('{entry.key}')" for entry in chosen)
    return tuple(_about(problems, lines, named))


def _about(
    problems: tuple[Problem, ...], lines: set[int], named: tuple[str, ...]
) -> Iterator[Problem]:
    for problem in problems:
        if problem.place.line in lines or any(name in problem.message for name in named):
            yield problem


def _book_draft(kind: WorkKind, source: DraftSource, path: Path) -> Draft:
    contents = read_book(path, "pdf" if source.pdf is not None else "epub")
    return draft_of_book(contents, kind, path.name)
