"""The draft of a syllabus for a paper that came in: what is known of it, and the usual steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.paper_ids import ARXIV, DOI, bare_id, paper_id, scheme_of
from curriculum.model.skims import Skim
from curriculum.model.works import BuildsOn
from curriculum.practice.ideas import written_text
from curriculum.practice.known_papers import new_paper_name

_LONGEST_SHORT_NAME = 20

_STEPS = (
    ("read", "Read it and write down its claims", "2h"),
    ("implement", "Implement it", "6h"),
    ("train", "Train it", "4h"),
    ("compare", "Compare with its published results", "2h"),
)


@dataclass(frozen=True, slots=True)
class Promoted:
    """A paper that came in and got a syllabus.

    Attributes:
        skim: The paper.
        work: The name of its syllabus.
        file: The syllabus, by its path in the workspace.
        left_out: What it builds on that no syllabus defines, and that was left out therefore.
        facts: What was recorded.
    """

    skim: Skim
    work: str
    file: str
    left_out: tuple[BuildsOn, ...]
    facts: tuple[Fact, ...]


def draft_file(name: str) -> str:
    """Return the file of a paper's syllabus, by its path in the workspace."""
    return f"syllabi/papers/{name}.yaml"


def draft_name(skim: Skim, taken: Collection[str]) -> str:
    """Return a name for the syllabus of a paper, as `gan-2014` or `goodfellow-2014`.

    It is the short name before a colon in the title, else the first author's, with the year.
    """
    short, colon, _ = (skim.title or "").partition(":")
    words = short if colon and len(short) <= _LONGEST_SHORT_NAME else _surname(skim)
    year = skim.year or skim.came.year
    return new_paper_name(f"{words} {year}", taken)


def _surname(skim: Skim) -> str:
    if not skim.authors:
        return (skim.title or skim.id).partition(" ")[0]
    return skim.authors[0].partition(",")[0].split()[-1]


def draft_lines(skim: Skim) -> list[str]:
    """Return the lines of a syllabus that says what is known of a paper, with the usual steps."""
    lines = [
        "# yaml-language-server: $schema=../syllabus.schema.json",
        "kind: paper",
        f"title: {written_text(skim.name)}",
    ]
    if skim.authors:
        lines.append(f"authors: [{', '.join(map(written_text, skim.authors))}]")
    if skim.year is not None:
        lines.append(f"year: {skim.year}")
    lines += _where(skim)
    lines += _said(skim)
    if skim.builds_on:
        lines.append("builds_on:")
        for one in skim.builds_on:
            why = "" if one.why is None else f", why: {written_text(one.why)}"
            lines.append(f"  - {{ref: {one.ref}, idea: {written_text(one.idea)}{why}}}")
    lines.append("steps:  # how long they take is a guess: correct it")
    lines += (
        f"  - {{id: {name}, title: {title}, effort: {effort}}}" for name, title, effort in _STEPS
    )
    return lines


def _where(skim: Skim) -> Iterator[str]:
    """Yield the ids of a paper as a syllabus has them; of one without, its address."""
    ids = [paper_id(one) or "" for one in (skim.id, *skim.also)]
    for scheme in (ARXIV, DOI):
        bare = [bare_id(one) for one in ids if scheme_of(one) == scheme]
        if bare:
            yield f"{scheme}: {written_text(bare[0])}"
    if skim.url is not None:
        yield f"url: {written_text(skim.url)}"


def _said(skim: Skim) -> Iterator[str]:
    """Yield what the person said of a paper as notes."""
    notes: list[str] = []
    if skim.claim is not None:
        notes.append(f"Claim: {skim.claim}")
    if skim.doubt is not None:
        notes.append(f"Doubt: {skim.doubt}")
    if notes:
        yield f"note: [{', '.join(map(written_text, notes))}]"
