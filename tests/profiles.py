"""Which of the hypothesis profiles in `conftest.py` the tests run under."""

from __future__ import annotations

from hypothesis import settings

IS_DEEP = settings().max_examples > 100
"""Whether the profile explores; what is too slow for every day is then tried in full."""


def examples(steady: int) -> int:
    """Return how many examples a law is tried on that needs more or fewer than the profile's."""
    return 20 * steady if IS_DEEP else steady
