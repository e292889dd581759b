"""When only one track has work ready, what the other one waits for, and what would fill it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from curriculum.model.formatting import counted, day_text, hours_text
from curriculum.model.identifiers import TRACKS
from curriculum.model.idle_time import IdleTime, IdleTrack

_WORTH_SAYING = 60
"""Minutes of waiting that a person would notice."""


def idle_lines(idle: Iterable[IdleTrack], zone: tzinfo) -> Iterator[str]:
    """Yield the longest wait of each track and the time after its end, with works to fill it."""
    found = [one for one in idle if one.time.minutes >= _WORTH_SAYING]
    for one in sorted(_worth_saying(found), key=lambda one: one.time.start):
        yield _waiting_text(one.time, zone)
        if one.fillers:
            works = ", ".join(
                f"{filler.work} ({hours_text(filler.minutes)})" for filler in one.fillers
            )
            yield f"{one.time.track.capitalize()} outside the plan that are ready: {works}"
        yield from _at_hand(one)


def _at_hand(idle: IdleTrack) -> Iterator[str]:
    """Yield what else would fill the share of the papers: what came in, and the back burner."""
    parts: list[str] = []
    if idle.unread:
        parts.append(f"'curriculum skim' shows {counted(idle.unread, 'unread paper')}")
    if idle.ideas:
        parts.append(f"'curriculum ideas' lists {counted(idle.ideas, 'idea')}")
    if parts:
        yield f"To fill their share: {', and '.join(parts)}."


def _worth_saying(idle: Sequence[IdleTrack]) -> Iterator[IdleTrack]:
    for track in TRACKS:
        own = [one for one in idle if one.time.track == track]
        waits = [one for one in own if one.time.until is not None]
        yield from (one for one in own if one.time.until is None)
        if waits:
            yield max(waits, key=lambda one: one.time.minutes)


def _waiting_text(time: IdleTime, zone: tzinfo) -> str:
    other = TRACKS[1 - TRACKS.index(time.track)]
    hours = hours_text(time.minutes)
    start = day_text(time.start, zone)
    if time.until is None:
        return f"For {hours} from {start} only {other} are left."
    ready = f"For {hours} from {start} only {other} are ready"
    day = day_text(time.until, zone)
    if time.waits_for is None:
        return f"{ready}; {time.track} start on {day}, when a goal lets them."
    return f"{ready}; {time.track} start on {day}, they wait for {time.waits_for}."


def longest_wait(idle: Iterable[IdleTrack], zone: tzinfo) -> Iterator[str]:
    """Yield the longest wait in few words, if there is one, and what is at hand meanwhile."""
    waits = [
        one for one in idle if one.time.waits_for is not None and one.time.minutes >= _WORTH_SAYING
    ]
    if not waits:
        return
    longest = max(waits, key=lambda one: one.time.minutes)
    time = longest.time
    if time.until is not None:
        yield f"{time.track} wait for {time.waits_for} until {day_text(time.until, zone)}"
        yield from _at_hand(longest)
