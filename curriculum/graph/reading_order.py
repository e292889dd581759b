"""The order in which the units of one work are read."""

from __future__ import annotations

from curriculum.model.works import Chapter, Role, Thesis, Unit, Work

_FIRST = {Role.INTRODUCTION: 0, Role.BACKGROUND: 1, Role.CONCLUSION: 2}
_MIDDLE = 3
_LAST = 4


def reading_order(work: Work) -> tuple[int, ...]:
    """Return the positions in the file of a work's units, in the order of reading.

    Textbooks and papers are read as they are written. In a thesis the introduction, the background
    and the conclusion come first, then contributions and outlook, and chapters that are papers
    last; equals keep their file order.
    """
    positions = range(len(work.units))
    if not isinstance(work, Thesis):
        return tuple(positions)
    # sorted() is stable, so equal ranks keep the order of the file.
    return tuple(sorted(positions, key=lambda position: _rank(work.chapters[position])))


def front_matter(work: Work) -> tuple[int, ...]:
    """Return the positions of a thesis's introduction, background and conclusion.

    They are in reading order; other works have none.
    """
    if not isinstance(work, Thesis):
        return ()
    front = []
    for position in reading_order(work):
        if _rank(work.chapters[position]) < _MIDDLE:
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
