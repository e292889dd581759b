"""Guess which name a person meant; what the names stand for is not known here."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to the one written, None when none is near; ties go to the first by name."""
    folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    near = get_close_matches(name.casefold()[:100], sorted(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the question whether a near name was meant, or other advice when none is near."""
    near = nearest(name, known)
    return f"did you mean '{near}'?" if near is not None else otherwise
