"""How many minutes each of two tracks is owed against its share, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


class Lag:
    """What the tracks are owed: what the first one is owed, the other has had too much."""

    __slots__ = ("_largest", "_owed", "_shares", "_whole", "_wins_ties")

    def __init__(self, shares: tuple[Fraction, Fraction], owed: Fraction) -> None:
        """Start with the minutes the first track is owed; of the shares only the ratio matters."""
        # Everything is scaled to whole numbers: fractions would be slow, floats would drift.
        parts = owed / sum(shares)
        scale = parts.denominator * lcm(shares[0].denominator, shares[1].denominator)
        first = int(shares[0] * scale)
        second = int(shares[1] * scale)
        self._shares = (first, second)
        self._whole = first + second
        self._owed = int(owed * self._whole)
        self._largest = 0
        self._wins_ties = int(first < second)

    @property
    def owed(self) -> Fraction:
        """Minutes the first track is owed."""
        return Fraction(self._owed, self._whole)

    @property
    def largest(self) -> int:
        """The most minutes, rounded up, that a track was ever owed once minutes were counted."""
        return -(-self._largest // self._whole)

    def most_owed(self) -> int:
        """Return the track that is owed something; if none is, the one with the larger share."""
        if self._owed == 0:
            return self._wins_ties
        return int(self._owed < 0)

    def count(self, track: int, minutes: int) -> None:
        """Count minutes of one track while the other had work as well."""
        self._owed = self._after(track, minutes)

    def limit(self, minutes: Sequence[int]) -> None:
        """Let no track be owed more than it pays back by studying all the minutes it has ready."""
        least = -minutes[1] * self._shares[0]
        most = minutes[0] * self._shares[1]
        self._owed = max(least, min(most, self._owed))
        self._largest = max(self._largest, abs(self._owed))

    def stays_within(
        self,
        most: int,
        track: int,
        minutes: int,
    ) -> bool:
        """Return whether no track is owed more than `most` once a track had the minutes."""
        return abs(self._after(track, minutes)) <= most * self._whole

    def _after(self, track: int, minutes: int) -> int:
        # A minute of one track costs it the share of the other and gives the other the same.
        if track:
            return self._owed + minutes * self._shares[0]
        return self._owed - minutes * self._shares[1]
