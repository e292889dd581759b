"""The order in which the units of one work are read."""

from __future__ import annotations

from curriculum.model.references import UnitReference
from curriculum.model.works import Chapter, Role, Thesis, Unit, Work

_FIRST = {Role.INTRODUCTION: 0, Role.BACKGROUND: 1, Role.CONCLUSION: 2}
_MIDDLE = 3
_LAST = 4


def reading_order(work: Work) -> tuple[int, ...]:
    """Return the positions in the file of a work's units, in the order of reading.

    Textbooks and papers are read as they are written. In a thesis the introduction, the background
    and the conclusion come first, then contributions and outlook, and chapters that are papers
    last, unless a chapter that comes before requires them; equals keep their file order.
    """
    positions = range(len(work.units))
    if not isinstance(work, Thesis):
        return tuple(positions)
    ranks = _ranks(work)
    # sorted() is stable, so equal ranks keep the order of the file.
    return tuple(sorted(positions, key=ranks.__getitem__))


def _ranks(work: Thesis) -> list[int]:
    """Return the rank of each chapter: no later than that of the chapters after it that require it.

    Otherwise a chapter that waits for the one before it would wait for what requires it.
    """
    ranks = [_rank(chapter) for chapter in work.chapters]
    places = {chapter.id: position for position, chapter in enumerate(work.chapters)}
    # From the end of the file, so that a chain of requirements is followed as a whole.
    for position in reversed(range(len(ranks))):
        for reference in work.chapters[position].requires or ():
            before = places.get(reference.ref) if isinstance(reference, UnitReference) else None
            if before is not None and before < position and is_stapled(work.chapters[before]):
                ranks[before] = min(ranks[before], ranks[position])
    return ranks


def front_matter(work: Work) -> tuple[int, ...]:
    """Return the positions of a thesis's introduction, background and conclusion.

    They are in reading order; other works have none.
    """
    if not isinstance(work, Thesis):
        return ()
    front = []
    for position in reading_order(work):
        chapter = work.chapters[position]
        if not is_stapled(chapter) and _rank(chapter) < _MIDDLE:
            front.append(position)
    return tuple(front)


def is_stapled(unit: Unit) -> bool:
    """Say whether a chapter is a paper bound into a thesis.

    Its role says so, or it names its paper and has no role.
    """
    if not isinstance(unit, Chapter):
        return False
    if unit.role is None:
        return unit.paper is not None
    return unit.role is Role.PAPER


def _rank(chapter: Chapter) -> int:
    if is_stapled(chapter):
        return _LAST
    if chapter.role is None:
        return _MIDDLE
    return _FIRST.get(chapter.role, _MIDDLE)
