"""Tell chapters from parts, sections and front matter among the headings of a book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.importers.book_contents import Heading
from curriculum.syllabus.importers.drafts import DraftUnit
from curriculum.syllabus.importers.work_names import slug

_MATTER = late_pattern(
    r"(?:the |half[- ]?|inside |front |back )*(?:cover|title(?: ?page)?|copyright|colophon|"
    r"dedication|epigraph|errata|imprint|frontmatter|backmatter|front matter|back matter|"
    r"(?:table of |brief |detailed |short )?contents(?: in (?:brief|detail))?|toc|"
    r"(?:list|table) of .*|figures|tables|"
    r"(?:series |author'?s? |editor'?s? )?(?:preface|foreword|prologue|acknowledge?ments?)\b.*|"
    r"about (?:the|this) .*|also (?:by|available) .*|praise .*|advance praise.*|"
    r"(?:general |selected )?(?:bibliography|references|literature cited|further reading)|"
    r"(?:(?:subject|author|name|general|topic) )?index(?:es)?|indices|glossary.*|"
    r"abbreviations.*|acronyms.*|notations?(?: .*)?|symbols.*|abstract|zusammenfassung|"
    r"declaration.*|statement of .*|curriculum vitae|vita|credits|contributors|landmarks|"
    r"vorwort|inhalt(?:sverzeichnis)?|literatur(?:verzeichnis)?|danksagung)",
    re.IGNORECASE,
)
_PART = late_pattern(
    r"(?:part|teil|book|volume|section)\s+(?P<number>[IVXLC]+|\d{1,2}|[A-Z]|one|two|three|four|five|"
    r"six|seven|eight|nine|ten)\b[\s.:–—-]*(?P<title>.*)",
    re.IGNORECASE,
)
_ROMAN_PART = late_pattern(r"(?P<number>[IVX]{1,5})[.:)]?\s+(?P<title>\S.*)")
_SECTION = late_pattern(r"(?:§\s*)?(?:\d{1,3}|[A-Z])\.\d")
_NUMBERED = late_pattern(
    r"(?:(?:chapter|chap\.?|ch\.|kapitel|lecture|lesson|unit|week)\s+)?"
    r"(?P<number>\d{1,3})(?:[.:)]|\s*[–—-](?=\s))?(?:\s+(?P<title>\S.*))?",
    re.IGNORECASE,
)
_APPENDIX = late_pattern(
    r"(?:(?i:appendix|anhang)\s+(?P<named>[A-Z]|\d{1,2})|(?P<bare>[A-Z]))\b[.:)–—-]*\s*(?P<title>.*)"
)
_APPENDICES = late_pattern(r"appendi(?:x|ces)|anhang|anhänge", re.IGNORECASE)
_ROLES = (
    ("introduction", re.compile(r"introduction|einleitung|overview|motivation", re.IGNORECASE)),
    ("conclusion", re.compile(r"conclu|discussion|summary|schluss|fazit", re.IGNORECASE)),
    ("outlook", re.compile(r"outlook|future|ausblick|open problems", re.IGNORECASE)),
    (
        "background",
        re.compile(r"background|preliminar|related work|review|foundations|grundlagen", re.I),
    ),
)
_LEAST_OF_A_LIST = 2
_MOST_SECTIONS = 0.5
"""The share of headings without a chapter's number below a part."""

_FURTHEST = 2000


@dataclass(frozen=True, slots=True)
class _Named:
    """A heading with its number taken out of its title."""

    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class _Node:
    """A heading with the headings below it, as positions in the list of all."""

    position: int
    heading: Heading
    below: tuple[_Node, ...] = ()

    @property
    def is_matter(self) -> bool:
        return is_matter(self.heading.title)


def chapters(headings: Sequence[Heading], last_page: int) -> tuple[DraftUnit, ...]:
    """Return the chapters among the headings of a book, each with its pages.

    Parts are said of their chapters; front matter, indexes and sections are left out.

    Args:
        headings: All headings, in order.
        last_page: The last page of the book, on which its last chapter may end.
    """
    chosen = list(_chosen(_unwrapped(_tree(headings))))
    units: list[DraftUnit] = []
    ids: set[str] = set()
    numbers = [n for n, (node, _) in enumerate(chosen) if named(node.heading.title).number]
    last_number = max(numbers, default=len(chosen))
    for count, (node, part) in enumerate(chosen, start=1):
        found = named(node.heading.title, letters=count > last_number + 1)
        unit = _unit(found, part, count, any_number=bool(numbers))
        unit = replace(unit, id=_free_id(unit.id, ids))
        units.append(_with_pages(unit, node, headings, last_page))
    return tuple(units)


def is_matter(title: str) -> bool:
    """Whether a heading is of what stands before and after the chapters of a book."""
    return _MATTER.fullmatch(" ".join(title.split()).strip(" .:")) is not None


def role_of(title: str) -> str:
    """Return what a chapter of a thesis seems to be for, going by its title."""
    for role, pattern in _ROLES:
        if pattern.search(title):
            return role
    return "contribution"


def named(title: str, *, letters: bool = False) -> _Named:
    """Return the number of a chapter and its title without it.

    Args:
        title: The heading.
        letters: Whether a letter alone is a number, too, as in `A Tables`; else it is an article.

    >>> named("Chapter 3: Finite MDPs"), named("A Linear algebra").number
    (_Named(number='3', title='Finite MDPs'), None)
    """
    line = " ".join(title.split())
    if _SECTION.match(line) is None and (found := _NUMBERED.fullmatch(line)):
        return _Named(found["number"].lstrip("0") or "0", found["title"] or line)
    return _appendix(line, letters=letters)


def _appendix(line: str, *, letters: bool) -> _Named:
    appendix = _APPENDIX.fullmatch(line)
    is_separate = letters or line[1:2] in {".", ":", ")"}
    if appendix is None or not (appendix["named"] or is_separate):
        return _Named(None, line)
    letter = appendix["named"] or appendix["bare"]
    number = letter if letter.isalpha() else f"appendix-{letter}"
    return _Named(number, appendix["title"] or line)


def _tree(headings: Sequence[Heading]) -> tuple[_Node, ...]:
    """Return the headings as trees; none is deeper than the list says."""
    below: dict[int, list[_Node]] = {}
    for position in range(len(headings) - 1, -1, -1):
        heading = headings[position]
        deeper = [depth for depth in below if depth > heading.depth]
        children: list[_Node] = []
        for depth in sorted(deeper, reverse=True):
            children += below.pop(depth)
        children.sort(key=lambda node: node.position)
        node = _Node(position, heading, tuple(children))
        below.setdefault(heading.depth, []).append(node)
    roots = [node for nodes in below.values() for node in nodes]
    return tuple(sorted(roots, key=lambda node: node.position))


def _unwrapped(roots: tuple[_Node, ...]) -> tuple[_Node, ...]:
    """Return the roots; where the book's title is the only one, what is below it."""
    while True:
        telling = [node for node in roots if not node.is_matter]
        if len(telling) != 1 or len(telling[0].below) < _LEAST_OF_A_LIST:
            return roots
        roots = telling[0].below


def _chosen(roots: Sequence[_Node]) -> Iterator[tuple[_Node, str | None]]:
    """Yield the chapters at the top and in the parts, each with its part."""
    flat_part: str | None = None
    for node in roots:
        if node.is_matter or node.heading.is_front:
            continue
        said = _PART.fullmatch(node.heading.title)
        part = _part(node, said)
        if part is None:
            yield node, flat_part
        elif not node.below:
            flat_part = part
        else:
            yield from ((below, part) for below in node.below if not below.is_matter)


def _part(node: _Node, said: re.Match[str] | None) -> str | None:
    """Return what the part is called that a heading stands for; None of a chapter."""
    if said is not None:
        return _plain_part(said)
    if _APPENDICES.fullmatch(node.heading.title) and _has_appendices(node.below):
        return node.heading.title
    if not node.below or _share_of_chapters(node.below) <= _MOST_SECTIONS:
        return None
    roman = _ROMAN_PART.fullmatch(node.heading.title)
    if roman is not None:
        return roman["number"]
    is_numbered = named(node.heading.title).number is not None
    return None if is_numbered else node.heading.title


def _has_appendices(nodes: Sequence[_Node]) -> bool:
    """Whether headings are called by the letters of appendices, from A on."""
    numbers = [named(node.heading.title, letters=True).number for node in nodes]
    return numbers[:1] == ["A"] and None not in numbers


def _plain_part(said: re.Match[str]) -> str:
    number: str = said["number"]
    is_word = number.isalpha() and len(number) > 1 and not number.isupper()
    return number.capitalize() if is_word else number.upper()


def _share_of_chapters(nodes: Sequence[_Node]) -> float:
    """Return how many of some headings are numbered as chapters are, and not as sections."""
    numbered = [node for node in nodes if named(node.heading.title).number is not None]
    return len(numbered) / len(nodes)


def _unit(found: _Named, part: str | None, count: int, *, any_number: bool) -> DraftUnit:
    if found.number is not None:
        return DraftUnit(found.number, found.title, part=part)
    if any_number:
        return DraftUnit(
            slug(found.title)[:40].strip("-.") or f"unit-{count}", found.title, part=part
        )
    return DraftUnit(str(count), found.title, part=part, guessed=("number",))


def _free_id(name: str, taken: set[str]) -> str:
    """Return a name that no chapter before has."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    taken.add(free)
    return free


def _with_pages(
    unit: DraftUnit, node: _Node, headings: Sequence[Heading], last_page: int
) -> DraftUnit:
    """Return a chapter with its pages: up to the next heading that is not below it."""
    first = node.heading.page
    if first is None:
        return replace(unit, effort="3h", guessed=(*unit.guessed, "effort"))
    following = _next_page(node, headings)
    if following is None:
        last, guessed = max(first, last_page), (*unit.guessed, "last page")
    else:
        last, guessed = max(first, following - 1), unit.guessed
    return replace(unit, pages=(first, last), guessed=guessed)


def _next_page(node: _Node, headings: Sequence[Heading]) -> int | None:
    """Return where the next heading begins that is as high as a chapter, or higher."""
    for heading in headings[node.position + 1 : node.position + _FURTHEST]:
        is_after = heading.page is not None and heading.page >= (node.heading.page or 0)
        if heading.depth <= node.heading.depth and is_after:
            return heading.page
    return None
