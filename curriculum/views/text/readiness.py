"""Whether one may go beyond a goal, in words and as JSON; nothing is decided here but the sum of what is open."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.reproduction.readiness import Readiness

MOST = 5


def readiness_lines(readiness: Readiness) -> Iterator[str]:
    """Yield whether one is ready, and what is missing."""
    if readiness.is_ready:
        yield f"ready: all that {readiness.goal} requires is done, and its papers are reproduced; go beyond them"
    else:
        yield f"not yet ready to go beyond {readiness.goal}:"
    if readiness.left:
        more = f" and {len(readiness.left) - MOST} more" if len(readiness.left) > MOST else ""
        yield f"  to study: {len(readiness.left)} of {readiness.units} units: {', '.join(readiness.left[:MOST])}{more}"
    for paper in readiness.papers:
        verdict = paper.verdict
        if not paper.is_reproduced:
            provisional = ", provisional" if verdict.is_provisional else ""
            outcome = f"{verdict.outcome}{provisional}" if verdict.is_attempted else "not attempted"
            yield (
                f"  to reproduce: {paper.work}, {verdict.settled} of {verdict.primary} primary results settled"
                f" ({outcome})"
            )
