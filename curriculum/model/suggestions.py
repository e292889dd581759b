"""Guess which name a person meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

CLOSE = 0.6
"""How similar a single name must be: it is offered as the one that was meant."""

RELATED = 0.5
"""How similar each of several names must be: the person chooses among them."""

# The cost of a comparison grows with the product of both lengths.
_MOST_COMPARED = 100


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most similar to the one written, None when none is close.

    >>> nearest("Titel", ["title", "year"])
    'title'
    """
    names = nearest_names(name, known, most=1)
    return names[0] if names else None


def nearest_names(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the known names that are similar to the one written, the most similar first.

    Upper and lower case are alike.

    Args:
        name: What was written.
        known: What could have been meant, in any order.
        most: How many names to return at most; a single one must be closer than several.

    >>> nearest_names("ppo-pong", ["ppo-breakout", "ppo-pong-late", "a2c"])
    ('ppo-pong-late', 'ppo-breakout')
    """
    by_folded: dict[str, list[str]] = {}
    for candidate in sorted(set(known)):
        by_folded.setdefault(candidate.casefold(), []).append(candidate)
    written = name.casefold()[:_MOST_COMPARED]
    cutoff = CLOSE if most == 1 else RELATED
    names: list[str] = []
    for folded in get_close_matches(written, by_folded, n=most, cutoff=cutoff):
        names += by_folded[folded]
    return tuple(names[:most])


def suggestion(name: str, known: Iterable[str], otherwise: str, most: int = 1) -> str:
    """Return the question whether a similar name was meant, or other advice when none is similar.

    >>> suggestion("titel", ["title", "year"], "use 'title'")
    "did you mean 'title'?"
    """
    names = nearest_names(name, known, most)
    if not names:
        return otherwise
    return did_you_mean(names)


def did_you_mean(names: Sequence[str]) -> str:
    """Return the question whether one of these names was meant.

    >>> did_you_mean(["title", "titles"])
    "did you mean 'title' or 'titles'?"
    """
    quoted = " or ".join(f"'{name}'" for name in names)
    return f"did you mean {quoted}?"
