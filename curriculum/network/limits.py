"""Time and size limits for network calls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from curriculum.model.late_dataclasses import dataclass

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take.

    Attributes:
        seconds: The time until its answer is read.
        most_bytes: The size of its answer, unpacked.
    """

    seconds: float
    most_bytes: int


FEED_LIMITS = Limits(seconds=20.0, most_bytes=50_000_000)
"""What the answer of a web address may take."""


class TookTooLongError(TimeoutError):
    """Work that was not finished in time."""


class TooLargeError(Exception):
    """An answer that is longer than it may be."""


def at_most(most_bytes: int, chunks: Iterable[bytes]) -> bytes:
    """Return the bytes that come in chunks.

    Raises:
        TooLargeError: There are more than `most_bytes`; no chunk after that is taken.
    """
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) > most_bytes:
            raise TooLargeError
    return bytes(found)


class BackgroundCall(Generic[Found]):
    """Work in a thread of its own, which ends with the program at the latest.

    Not `concurrent.futures`: its threads are joined at exit, so a server that hangs would keep the
    program from ending.
    """

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
            # Whatever it is, it belongs to the thread that asks for the result.
            self._fault.append(fault)

    def result(self, seconds: float | None) -> Found:
        """Return what the work found.

        Args:
            seconds: How long to wait for it; None waits until it ends.

        Raises:
            TookTooLongError: It is not finished after that time.
            BaseException: What the work raised.
        """
        self._thread.join(seconds)
        if self._fault:
            raise self._fault[0]
        if not self._found:
            raise TookTooLongError
        return self._found[0]


def call_within(seconds: float, work: Callable[[], Found]) -> Found:
    """Return what some work finds, if it does so in time; see `BackgroundCall.result`."""
    return BackgroundCall(work).result(seconds)
