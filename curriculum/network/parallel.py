"""Do several things on other machines at the same time, and see what came of them in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from curriculum.model.problems import CurriculumError
from curriculum.network.limits import BackgroundCall, Found

_Key = TypeVar("_Key")


def outcomes(
    works: Iterable[tuple[_Key, Callable[[], Found]]], most: Callable[[], int]
) -> Iterator[tuple[_Key, Found | CurriculumError]]:
    """Yield what each work found, or what went wrong, in the order of the works.

    No work begins before the caller has seen what came of those that make room for it: it can stop
    giving works, and still sees the end of all that have begun.

    Args:
        works: The works, each with a key. Each ends by itself in some time.
        most: Tells how many may go on at the same time from now on.
    """
    begun: deque[tuple[_Key, BackgroundCall[Found]]] = deque()
    for key, work in works:
        begun.append((key, BackgroundCall(work)))
        while len(begun) >= most():
            yield from _first(begun)
    while begun:
        yield from _first(begun)


def _first(
    begun: deque[tuple[_Key, BackgroundCall[Found]]],
) -> Iterator[tuple[_Key, Found | CurriculumError]]:
    """Wait for the first of some works, take it out, and yield what came of it."""
    key, call = begun.popleft()
    try:
        found = call.result(None)
    except CurriculumError as error:
        yield key, error
    else:
        yield key, found
