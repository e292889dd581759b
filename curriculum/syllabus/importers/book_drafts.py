"""Draft a syllabus from what the file of a book says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.curriculum import WorkKind
from curriculum.model.person_names import person_name
from curriculum.syllabus.importers.book_contents import BookContents
from curriculum.syllabus.importers.chapters import chapters, role_of
from curriculum.syllabus.importers.drafts import Draft, DraftUnit, steps, year_of_arxiv

_MOST_CHAPTERS = 400
_NO_HEADINGS = "The file has no outline and no table of contents: write the chapters yourself."
_NO_CHAPTERS = "The headings that the file lists do not tell its chapters: write them yourself."


def draft_of_book(contents: BookContents, kind: WorkKind, file: str) -> Draft:
    """Return the draft of a work from its file.

    Args:
        contents: What the file says.
        kind: The kind of work.
        file: The name of the file, for one that tells no title.
    """
    stem = PurePath(file).stem.replace("_", " ")
    title = contents.title or " ".join(stem.split()) or "A work"
    year = year_of_arxiv(contents.arxiv) or contents.year
    entry = BibliographyEntry(
        key="",
        kind=kind,
        title=title,
        authors=contents.authors,
        surnames=tuple(person_name(name).family for name in contents.authors),
        year=year,
        isbn=contents.isbn,
        arxiv=contents.arxiv,
    )
    guessed = {"year"} if year is not None else set()
    if contents.is_title_guessed or not contents.title:
        guessed.add("title")
    draft = Draft(entry, (), f"'{file}', by {contents.origin}", guessed=frozenset(guessed))
    if kind == "paper":
        return replace(draft, units=steps(contents.pages), origin=f"'{file}'")
    return _with_chapters(draft, contents)


def _with_chapters(draft: Draft, contents: BookContents) -> Draft:
    units = chapters(contents.headings, contents.last_page)
    pagination = contents.pagination
    if not 0 < len(units) <= _MOST_CHAPTERS:
        whole = DraftUnit("1", "All of it", (1, contents.last_page), guessed=("chapters", "pages"))
        remarks = (*draft.remarks, _NO_CHAPTERS if contents.headings else _NO_HEADINGS)
        return replace(draft, units=(whole,), pagination=pagination, remarks=remarks)
    if draft.kind == "thesis":
        units = tuple(_with_role(unit) for unit in units)
    found = tuple(_with_guesses(unit, contents.guessed) for unit in units)
    return replace(draft, units=found, pagination=pagination)


def _with_role(unit: DraftUnit) -> DraftUnit:
    return replace(unit, role=role_of(unit.title), guessed=(*unit.guessed, "role"))


def _with_guesses(unit: DraftUnit, guessed: tuple[str, ...]) -> DraftUnit:
    """Return a unit with what is guessed of all units, said once."""
    known = tuple(one for one in unit.guessed if not (one == "last page" and "pages" in guessed))
    return replace(unit, guessed=(*guessed, *known))


def with_bibliography(draft: Draft, entry: BibliographyEntry) -> Draft:
    """Return a draft of a book's file with what a bibliography says of the work, which is surer."""
    own = draft.entry
    known = replace(
        entry,
        kind=draft.kind,
        authors=entry.authors or own.authors,
        surnames=entry.surnames or own.surnames,
        year=entry.year or own.year,
        isbn=entry.isbn or own.isbn,
        arxiv=entry.arxiv or own.arxiv,
    )
    sure = {"title"} if entry.year is None else {"title", "year"}
    return replace(draft, entry=known, guessed=draft.guessed - sure)
