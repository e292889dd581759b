"""A segment tree of deadline slacks: the minutes that may go elsewhere before each deadline."""

from __future__ import annotations

from collections.abc import Sequence

AMPLE = 1 << 60
"""A slack that is never used up."""

_ROOT = 1


class SlackTree:
    """Slacks of deadlines in order of their work time: prefix minimum and addition in O(log n).

    A node holds the minimum of its subtree, with what was added to the whole subtree included but
    not passed on to the children: the true value of a child is its own plus the additions of all
    its ancestors.
    """

    __slots__ = ("_added", "_least", "_size")

    def __init__(self, slacks: Sequence[int]) -> None:
        """Start with the slack of each deadline, earliest first."""
        self._size = _power_of_two(len(slacks))
        self._least = [AMPLE] * (2 * self._size)
        self._added = [0] * (2 * self._size)
        self._least[self._size : self._size + len(slacks)] = slacks
        for node in range(self._size - 1, 0, -1):
            self._least[node] = min(self._least[2 * node], self._least[2 * node + 1])

    def least(self, count: int) -> int:
        """Return the least slack of the first `count` deadlines; AMPLE when there are none."""
        if count <= 0 or not self._size:
            return AMPLE
        if count >= self._size:
            return self._least[_ROOT]
        # The bits of `count` are the way down: at a 1 the whole left half belongs to the prefix.
        node = _ROOT
        above = 0
        least = AMPLE
        bit = self._size >> 1
        while bit:
            above += self._added[node]
            node *= 2
            if count & bit:
                least = min(least, self._least[node] + above)
                node += 1
            bit >>= 1
        return least

    def spend(self, count: int, minutes: int) -> None:
        """Take minutes from the slack of the first `count` deadlines."""
        if count <= 0 or not self._size:
            return
        if count >= self._size:
            self._take(_ROOT, minutes)
            return
        node = _ROOT
        bit = self._size >> 1
        while bit:
            node *= 2
            if count & bit:
                self._take(node, minutes)
                node += 1
            bit >>= 1
        self._repair(node)

    def forget(self, position: int) -> None:
        """Give a deadline ample slack: all work due by then is done."""
        node = self._size + position
        # Twice as much as AMPLE, for what is spent on a prefix is still taken from it.
        self._least[node] = 2 * AMPLE
        self._repair(node)

    def _take(self, node: int, minutes: int) -> None:
        self._least[node] -= minutes
        self._added[node] -= minutes

    def _repair(self, node: int) -> None:
        """Bring the minima of all ancestors up to date."""
        least = self._least
        added = self._added
        node >>= 1
        while node:
            left = least[2 * node]
            right = least[2 * node + 1]
            least[node] = min(left, right) + added[node]
            node >>= 1


def _power_of_two(count: int) -> int:
    """Return the least power of two that is not below a count; 0 for 0."""
    if not count:
        return 0
    return 1 << (count - 1).bit_length()
