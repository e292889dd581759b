"""Bound what anything on a network may take, in time and in bytes, whatever hangs or pours; what is done is unknown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class TookTooLongError(TimeoutError):
    """Work that was given up."""


class TooLargeError(Exception):
    """An answer that is longer than it may be."""


def at_most(largest: int, chunks: Iterable[bytes]) -> bytes:
    """Return the bytes that come in chunks.

    Raises:
        TooLargeError: There are more than so many; no more than one chunk too many is taken.
    """
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) > largest:
            raise TooLargeError
    return bytes(found)


class Waiting(Generic[Found]):
    """Work that goes on in a thread of its own, which ends with the program at the latest."""

    def __init__(self, work: Callable[[], Found]) -> None:
        """Begin the work."""
        self._found: list[Found] = []
        self._fault: list[BaseException] = []
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as fault:
            self._fault.append(fault)

    def result(self, seconds: float) -> Found:
        """Return what the work found.

        Raises:
            TookTooLongError: It is not finished after so many seconds.
            BaseException: What the work raised.
        """
        self._thread.join(seconds)
        if self._fault:
            raise self._fault[0]
        if not self._found:
            raise TookTooLongError
        return self._found[0]


def ended_within(seconds: float, work: Callable[[], Found]) -> Found:
    """Return what some work finds, if it does so in time; see `Waiting.result`."""
    return Waiting(work).result(seconds)
