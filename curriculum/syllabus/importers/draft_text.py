"""Write a draft as a syllabus: YAML that passes `check`, with comments on what to complete."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from curriculum.model.curriculum import WorkKind
from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.importers.drafts import Draft, DraftUnit
from curriculum.syllabus.text_checks import printable

_SCHEMA = "# yaml-language-server: $schema=../syllabus.schema.json"
_PLAIN = late_pattern(r"[^\W\d_][\w .()/+&'’–-]*")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_LONGEST = 300
_WIDTH = 100
_GUESSED = "  # guessed"
_MORE = {
    "textbook": (
        "A chapter may also have: exercises: 2h, effort: 3h (in place of pages), teaches: [topic],",
        "requires: [1, other-work/3, {topic: probability}], part: I, note: anything.",
    ),
    "thesis": (
        "role: introduction, background, contribution, paper, conclusion or outlook; a chapter",
        "that is a paper of its own: role: paper, paper: trpo-2015. Also: effort, requires.",
    ),
    "paper": (
        "A step may also have: requires: [read], teaches: [topic], note: anything. The numbers to",
        "compare with are added by 'curriculum new result'.",
    ),
}
_REQUIRES = "# requires: [a-work/3-5, {topic: probability}]   # what must be studied before it"


def draft_text(draft: Draft) -> str:
    """Return the syllabus of a draft; every guess is marked with `# guessed`."""
    return "\n".join([*_head(draft), *_units(draft)]) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    yield _SCHEMA
    yield from _comment(f"Drafted from {draft.origin}.")
    if draft.guesses:
        yield "# What is marked '# guessed' may be wrong: mend it, then remove the mark."
    for remark in draft.remarks:
        yield from _comment(remark)
    yield f"kind: {draft.kind}"
    for key, value in _keys(draft):
        yield f"{key}: {value}{_GUESSED if key in draft.guessed else ''}"
    yield _REQUIRES


def _keys(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the keys of the work and what they are, as YAML."""
    entry = draft.entry
    yield "title", scalar(entry.title) if _line(entry.title) else "Untitled"
    authors = [scalar(author) for author in entry.authors if _line(author)]
    if authors:
        yield "authors", f"[{', '.join(authors)}]"
    if entry.year is not None:
        yield "year", str(entry.year)
    texts = {**_own_keys(draft), "doi": entry.doi, "url": _url(draft)}
    for key, text in texts.items():
        if text and _line(text):
            yield key, scalar(text)


def _own_keys(draft: Draft) -> dict[str, str | None]:
    """Return what only works of this kind say of themselves."""
    entry = draft.entry
    if draft.kind == "paper":
        return {"venue": entry.venue, "arxiv": entry.arxiv}
    if draft.kind == "thesis":
        school = {"institution": entry.publisher, "degree": entry.degree}
        return {**school, "pagination": draft.pagination}
    return {
        "edition": entry.edition,
        "publisher": entry.publisher,
        "isbn": entry.isbn,
        "pagination": draft.pagination,
    }


def _url(draft: Draft) -> str | None:
    entry = draft.entry
    if entry.url is None and entry.arxiv is not None:
        return f"https://arxiv.org/abs/{entry.arxiv}"
    if entry.url is None and entry.doi is not None:
        return f"https://doi.org/{entry.doi}"
    return entry.url


def _units(draft: Draft) -> Iterator[str]:
    yield "steps:" if draft.kind == "paper" else "chapters:"
    for unit in draft.units:
        mark = f"{_GUESSED}: {', '.join(unit.guessed)}" if unit.guessed else ""
        yield f"  - {{{', '.join(_unit_keys(unit))}}}{mark}"
    for line in _MORE[draft.kind]:
        yield f"# {line}"


def _unit_keys(unit: DraftUnit) -> Iterator[str]:
    yield f"id: {unit.id}"
    yield f"title: {scalar(unit.title)}"
    if unit.part:
        yield f"part: {scalar(unit.part)}"
    if unit.role:
        yield f"role: {unit.role}"
    if unit.pages is not None:
        first, last = unit.pages
        yield f"pages: [{first}, {last}]"
    if unit.effort is not None:
        yield f"effort: {unit.effort}"
    if unit.requires is not None:
        yield f"requires: [{', '.join(unit.requires)}]"
    if unit.note:
        yield f"note: {scalar(unit.note)}"


def scalar(text: str) -> str:
    """Return a text as YAML on one line, in quotes unless it is plain words.

    >>> scalar("A Book of Sums"), scalar("1: x"), scalar("no")
    ('A Book of Sums', '"1: x"', '"no"')
    """
    line = _line(text)
    if _PLAIN.fullmatch(line) and line.lower() not in _NOT_TEXT:
        return line
    return json.dumps(line, ensure_ascii=False)


def _line(text: str) -> str:
    """Return a text on one line, without what no file may hold."""
    return " ".join(printable(text).split())[:_LONGEST].rstrip()


def _comment(sentence: str) -> list[str]:
    words = " ".join(printable(sentence).split())
    return [f"# {line}" for line in textwrap.wrap(words, _WIDTH - 2)]


_TEMPLATE_LINES = {
    "textbook": (
        "kind: textbook",
        "title: The title",
        "authors: [First Author, Second Author]",
        "year: 2027",
        "chapters:",
        "  - {id: 1, title: The first chapter, pages: [1, 20], exercises: 2h}",
        "  - {id: 2, title: The second one, pages: [21, 40], teaches: [a-topic]}",
        "  - {id: 3, title: The third one, pages: [41, 60], requires: [1]}",
    ),
    "thesis": (
        "kind: thesis",
        "title: The title",
        "authors: [The Author]",
        "year: 2027",
        "institution: The university",
        "chapters:",
        "  - {id: 1, title: Introduction, role: introduction, pages: [1, 12]}",
        "  - {id: 2, title: Background, role: background, pages: [13, 40]}",
        "  - {id: 3, title: A paper of its own, role: paper, paper: trpo-2015, effort: 1h}",
        "  - {id: 4, title: Conclusion, role: conclusion, pages: [90, 96]}",
    ),
    "paper": (
        "kind: paper",
        "title: The title",
        "authors: [First Author, Second Author]",
        "year: 2027",
        'arxiv: "2701.01234"',
        "steps:",
        "  - {id: read, title: Read and annotate, effort: 3h}",
        "  - {id: implement, title: Implement it, effort: 8h}      # requires the step before it",
        "  - {id: compare, title: Compare with the published numbers, effort: 2h}",
    ),
}


def template_text(kind: WorkKind, folder: str) -> str:
    """Return a syllabus to be filled in, every line of which is a comment."""
    lines: Sequence[str] = (
        _SCHEMA,
        "# Remove the '# ' before the lines below and fill them in; until then the file declares",
        f"# no work. Name the file after the work, like 'syllabi/{folder}/author-2027.yaml'.",
        "",
        *(f"# {line}" for line in _TEMPLATE_LINES[kind]),
        _REQUIRES,
        *(f"# {line}" for line in _MORE[kind]),
    )
    return "\n".join(lines) + "\n"
