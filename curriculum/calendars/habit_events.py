"""Habits and other sittings as calendar entries: one for each until the plan ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from curriculum.calendars.labels import clean
from curriculum.calendars.uids import DOMAIN
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.habits import Sitting, SittingKind
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import SITTING_FILES, Ledger
from curriculum.model.plan import instant, minute

_SAYINGS = {
    SittingKind.HABIT: "A habit of your own: no unit is studied in this time.",
    SittingKind.REVIEW: "Time for the review: 'curriculum review' writes what is known of it.",
    SittingKind.EXPLORATION: (
        "Time for something totally different: 'curriculum explore' says what, 'curriculum "
        "explored' records what came of it."
    ),
    SittingKind.SKIM: "Time for papers that came in: 'curriculum skim' shows one after another.",
}
_UNSAFE = late_pattern(r"[^a-z0-9]+")


def published_sittings(ledger: Ledger, zone: tzinfo, kind: SittingKind) -> tuple[Sitting, ...]:
    """Return the sittings of a kind that are published, those that are over included."""
    found: list[Sitting] = []
    for event in ledger.events.values():
        begin, end = event.entry.start, event.entry.end
        if event.entry.file != SITTING_FILES[kind]:
            continue
        assert isinstance(begin, datetime), "a sitting has a time of day"
        assert isinstance(end, datetime), "a sitting has a time of day"
        day = begin.astimezone(zone).date()
        name = event.entry.summary
        found.append(Sitting(name, day, minute(begin), minute(end), kind))
    return tuple(sorted(found, key=lambda one: one.start))


def habit_entries(
    sittings: Iterable[Sitting], ledger: Ledger, over: int
) -> Iterator[CalendarEntry]:
    """Yield an entry for each sitting that is not over, and those that are over as published.

    A sitting is known by its name and its day, so that it keeps its UID when its time changes.

    Args:
        sittings: The sittings ahead, in calendar order.
        ledger: What was published.
        over: The minute of now.
    """
    past = [event.entry for event in ledger.events.values() if _is_over(event.entry, over)]
    yield from past
    spent = {entry.uid for entry in past} | ledger.retired
    for sitting in sittings:
        if sitting.end <= over:
            continue
        uid = _uid(sitting, ledger, spent)
        spent.add(uid)
        yield CalendarEntry(
            uid=uid,
            file=SITTING_FILES[sitting.kind],
            start=instant(sitting.start),
            end=instant(sitting.end),
            summary=clean(sitting.name),
            description=_SAYINGS[sitting.kind],
            categories=(SITTING_FILES[sitting.kind].removesuffix(".ics"),),
        )


def _is_over(entry: CalendarEntry, over: int) -> bool:
    if entry.file not in SITTING_FILES.values():
        return False
    return isinstance(entry.end, datetime) and minute(entry.end) <= over


def _uid(sitting: Sitting, ledger: Ledger, spent: Iterable[str]) -> str:
    """Return the first UID of a sitting that was not withdrawn."""
    stem = f"{sitting.kind}-{sitting.day:%Y%m%d}"
    if sitting.kind is SittingKind.HABIT:
        name = _UNSAFE.sub("-", sitting.name.lower()).strip("-")
        stem = f"habit-{name}-{sitting.day:%Y%m%d}"
    taken = frozenset(spent)
    generation = 1
    uid = f"{stem}.{ledger.plan}{DOMAIN}"
    while uid in taken:
        generation += 1
        uid = f"{stem}~{generation}.{ledger.plan}{DOMAIN}"
    return uid
