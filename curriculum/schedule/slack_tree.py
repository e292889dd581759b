"""A segment tree of deadline slacks: how many minutes may still go elsewhere before each deadline is in danger."""

from __future__ import annotations

from collections.abc import Sequence

AMPLE = 1 << 60


class SlackTree:
    """Slacks of deadlines in order of their work time; prefix minimum and prefix addition in O(log n).

    Nodes hold the minimum of their subtree, with additions to the whole subtree included but not passed on to the
    children: a child's true value is its own plus the additions of all its ancestors.
    """

    def __init__(self, slacks: Sequence[int]) -> None:
        """Start with the slack of each deadline, earliest first."""
        self._size = 1 << max(0, len(slacks) - 1).bit_length() if slacks else 0
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
            return self._least[1]
        node, bit, above, least = 1, self._size >> 1, 0, AMPLE
        while bit:
            above += self._added[node]
            if count & bit:
                least = min(least, self._least[2 * node] + above)
            node = 2 * node + bool(count & bit)
            bit >>= 1
        return least

    def spend(self, count: int, minutes: int) -> None:
        """Take minutes from the slack of the first `count` deadlines."""
        if count <= 0 or not self._size:
            return
        if count >= self._size:
            self._least[1] -= minutes
            self._added[1] -= minutes
            return
        node, bit = 1, self._size >> 1
        while bit:
            if count & bit:
                self._least[2 * node] -= minutes
                self._added[2 * node] -= minutes
            node = 2 * node + bool(count & bit)
            bit >>= 1
        self._repair(node)

    def forget(self, position: int) -> None:
        """Give a deadline ample slack: all work due by then is done."""
        node = self._size + position
        self._least[node] = AMPLE << 1
        self._repair(node)

    def _repair(self, node: int) -> None:
        least, added = self._least, self._added
        node >>= 1
        while node:
            least[node] = min(least[2 * node], least[2 * node + 1]) + added[node]
            node >>= 1
