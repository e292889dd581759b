"""Test several hypotheses at once without finding something by chance alone."""

from __future__ import annotations

from collections.abc import Mapping


def rejected_by_holm(shares: Mapping[str, float], tests: int) -> frozenset[str]:
    """Return the tests that stay significant when all are made at once (Holm 1979).

    The smallest p-value is held to its level divided by all tests, the next to one fewer, until one
    is not significant.

    Args:
        shares: Each test's name to its p-value as a share of its level.
        tests: How many tests there are, with those that are still to be made.

    >>> sorted(rejected_by_holm({"a": 0.2, "b": 0.45, "c": 0.9}, 3))
    ['a', 'b', 'c']
    >>> sorted(rejected_by_holm({"a": 0.2, "b": 0.6, "c": 0.9}, 3))
    ['a']
    """
    found: set[str] = set()
    for name, share in sorted(shares.items(), key=lambda item: (item[1], item[0])):
        if share * (tests - len(found)) > 1:
            break
        found.add(name)
    return frozenset(found)
