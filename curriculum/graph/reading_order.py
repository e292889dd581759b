"""Say in which order the units of one work are read; what other works they need is not known here."""

from __future__ import annotations

from curriculum.model.works import Chapter, Role, Thesis, Unit, Work

_FIRST = {Role.INTRODUCTION: 0, Role.BACKGROUND: 1, Role.CONCLUSION: 2}
_THEN, _LAST = 3, 4


def reading_order(work: Work) -> tuple[int, ...]:
    """Return the positions in the file of a work's units, in the order of reading.

    Textbooks and papers are read as they are written. Of a thesis the introduction, the background and the conclusion
    come first, then contributions and outlook, and what is stapled in from papers last; equals keep their file order.
    """
    positions = range(len(work.units))
    if not isinstance(work, Thesis):
        return tuple(positions)
    return tuple(sorted(positions, key=lambda position: (_turn(work.chapters[position]), position)))


def is_stapled(unit: Unit) -> bool:
    """Say whether a chapter is a paper bound into a thesis: its role says so, or it names its paper and has no role."""
    if not isinstance(unit, Chapter):
        return False
    return unit.role is Role.PAPER or (unit.role is None and unit.paper is not None)


def _turn(chapter: Chapter) -> int:
    if is_stapled(chapter):
        return _LAST
    return _FIRST.get(chapter.role, _THEN) if chapter.role is not None else _THEN


def front(work: Work) -> tuple[int, ...]:
    """Return the positions of a thesis's introduction, background and conclusion, in reading order; else none."""
    if not isinstance(work, Thesis):
        return ()
    return tuple(
        position for position in reading_order(work) if _turn(work.chapters[position]) < _THEN
    )
