"""The mark that an event carries on a server: what this program wrote there last.

A mark is a property of the event, `X-CURRICULUM-MARK`, with digests of its times, title, text and
of everything else that we write. By it any machine, with or without a record of its own, knows what
another program changed since: whatever has another digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field

from curriculum.model.late_dataclasses import dataclass

MARK_PROPERTY = "X-CURRICULUM-MARK"
SUMMARY, DESCRIPTION = "SUMMARY", "DESCRIPTION"
TEXTS = (SUMMARY, DESCRIPTION)
"""The properties that are ours and that a person may write in."""

_LENGTH = 8
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """What was written last, as digests.

    Attributes:
        times: Of its start and end.
        texts: Name of a text to its digest.
        rest: Of each other part that we write.
        stamp: The DTSTAMP with which it was written; two marks of the same content are equal.
    """

    times: str
    texts: Mapping[str, str]
    rest: frozenset[str]
    stamp: str = field(default="", compare=False)

    @property
    def value(self) -> str:
        """It as the value of a property."""
        texts = [self.texts[name] for name in TEXTS]
        return ".".join([self.stamp, self.times, *texts, *sorted(self.rest)])


def parse_mark(value: str) -> RevisionMark | None:
    """Return the mark that a property holds; None when it holds none."""
    parts = value.strip().split(".")
    if len(parts) < _FEWEST:
        return None
    stamp, times, summary, description, *rest = parts
    texts = {SUMMARY: summary, DESCRIPTION: description}
    return RevisionMark(times, texts, frozenset(rest), stamp)


def mark_digest(*parts: object) -> str:
    """Return the short digest of some values."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:_LENGTH]


def text_digest(text: str) -> str:
    """Return the digest of a text; programs and servers may space and break its lines otherwise."""
    return mark_digest(" ".join(text.split()))


def rest_digests(parts: Iterable[str]) -> frozenset[str]:
    """Return the digests of the other parts."""
    return frozenset(map(mark_digest, parts))
