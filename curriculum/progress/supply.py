"""How much each of two tracks can study without waiting for the other."""

from __future__ import annotations

from collections.abc import Sequence


class Supply:
    """The minutes of each track in units that wait for nothing of the other, dates aside.

    Attributes:
        minutes: Of the first track and of the second.
    """

    __slots__ = ("_after", "_hindered", "_left", "_tracks", "minutes")

    def __init__(
        self,
        before: Sequence[Sequence[int]],
        after: Sequence[Sequence[int]],
        tracks: Sequence[int],
        efforts: Sequence[int],
    ) -> None:
        """Start with nothing studied.

        Args:
            before: The units that must be finished before each unit.
            after: The units that wait for each unit.
            tracks: The track of each unit, 0 or 1.
            efforts: Minutes of each unit.
        """
        self.minutes = [0, 0]
        self._after = after
        self._tracks = tracks
        self._left = list(efforts)
        # Whatever a unit requires hinders it, until that is finished or free in the same track.
        self._hindered = [len(others) for others in before]
        for unit, others in enumerate(before):
            if not others:
                self._set_free(unit)

    def is_free(self, unit: int) -> bool:
        """Return whether a unit waits for nothing of the other track."""
        return not self._hindered[unit]

    def study(self, unit: int, minutes: int) -> None:
        """Take minutes from what is left of a unit."""
        taken = min(minutes, self._left[unit])
        self._left[unit] -= taken
        if not self._hindered[unit]:
            self.minutes[self._tracks[unit]] -= taken

    def finish(self, unit: int) -> None:
        """Take a unit as finished: what waits for it in the other track waits no longer."""
        self.study(unit, self._left[unit])
        track = self._tracks[unit]
        self._unhinder(unit, 1 - track)
        if self._hindered[unit]:
            # It was finished before what it requires, which hinders it no longer.
            self._hindered[unit] = 0
            self._unhinder(unit, track)

    def _set_free(self, unit: int) -> None:
        track = self._tracks[unit]
        self.minutes[track] += self._left[unit]
        self._unhinder(unit, track)

    def _unhinder(self, unit: int, track: int) -> None:
        """Let the units of a track that require a unit no longer wait for it."""
        waiting = [unit]
        while waiting:
            for other in self._after[waiting.pop()]:
                if self._tracks[other] != track or not self._hindered[other]:
                    continue
                self._hindered[other] -= 1
                if not self._hindered[other]:
                    self.minutes[track] += self._left[other]
                    waiting.append(other)
