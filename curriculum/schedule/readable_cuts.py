"""Where a unit is broken off at the end of a sitting, so that no piece of it is too short."""

from __future__ import annotations

SHORTEST_PIECE = 15
"""Pieces of fewer minutes are avoided, and a sitting leaves no more than these free for it."""

MARK = 5
"""Sittings begin and end at whole multiples of these minutes where they can."""


def break_off(
    begin: int,
    finish: int,
    end: int,
) -> int:
    """Return the minute at which a piece stops that cannot be finished in its sitting.

    It is at most a quarter of an hour before the end of the sitting. As far as the minutes of the
    unit allow, the piece and the rest of the unit are no shorter than that.

    Args:
        begin: The minute at which the piece begins.
        finish: The minute at which it would finish the unit, after the end of the sitting.
        end: The minute at which the sitting ends.

    >>> break_off(0, 95, 90)
    80
    >>> break_off(0, 200, 93)
    90
    """
    if finish - begin < 2 * SHORTEST_PIECE:
        return min(end, begin + _first_part(finish - begin))
    earliest = max(begin + SHORTEST_PIECE, end - SHORTEST_PIECE)
    latest = min(end, finish - SHORTEST_PIECE)
    marked = latest - latest % MARK
    if marked >= earliest:
        return marked
    return latest


def _first_part(minutes: int) -> int:
    """Return the first of two parts of a unit that is too short for two good ones."""
    if minutes - SHORTEST_PIECE >= MARK:
        return SHORTEST_PIECE
    return (minutes + 1) // 2
