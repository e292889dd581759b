"""How much of its share each of two tracks is owed, in exact arithmetic; what is studied is not known here."""

from __future__ import annotations

from fractions import Fraction
from math import lcm


class Lag:
    """What the tracks are owed: what the first one is owed, the other has had too much."""

    __slots__ = ("_largest", "_owed", "_shares", "_whole", "_wins_ties")

    def __init__(self, shares: tuple[Fraction, Fraction], owed: Fraction) -> None:
        """Start with the minutes that the first track is owed; of the shares only the ratio matters."""
        scale = lcm(*(share.denominator for share in shares)) * (owed / sum(shares)).denominator
        self._shares = tuple(int(share * scale) for share in shares)
        self._whole = sum(self._shares)
        self._owed = int(
            owed * self._whole
        )  # kept times the sum of the shares, so that it is a whole number
        self._largest = 0
        self._wins_ties = 0 if self._shares[0] >= self._shares[1] else 1

    @property
    def owed(self) -> Fraction:
        """Minutes the first track is owed."""
        return Fraction(self._owed, self._whole)

    @property
    def largest(self) -> int:
        """The most minutes, rounded up, that a track was ever owed after a minute was counted."""
        return -(-self._largest // self._whole)

    def most_owed(self) -> int:
        """Return the track that is owed something; of two that are not, the one with the larger share."""
        if self._owed == 0:
            return self._wins_ties
        return 0 if self._owed > 0 else 1

    def count(self, track: int, minutes: int) -> None:
        """Count minutes of one track, while the other had work, too."""
        self._owed = self._after(track, minutes)
        self._largest = max(self._largest, abs(self._owed))

    def stays_within(self, most: int, track: int, minutes: int) -> bool:
        """Say whether a track may have so many minutes without either being owed more than `most`."""
        return abs(self._after(track, minutes)) <= most * self._whole

    def _after(self, track: int, minutes: int) -> int:
        return self._owed + (minutes if track else -minutes) * self._shares[1 - track]
