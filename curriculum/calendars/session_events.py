"""Sessions as calendar entries: the words of their summaries and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from itertools import groupby

from curriculum.calendars.event_context import EventContext
from curriculum.calendars.labels import Labels, listed
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.formatting import day_text, hours_text, last_day, local, shortened
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.ledger import calendar_file
from curriculum.model.plan import Piece, Plan, Reason, Session, instant
from curriculum.model.quantities import Pages

_MAX_SUMMARY = 250
_MAX_UNITS = 3
_MAX_UNLOCKED = 4
_WHY = {
    Reason.BALANCE: "{track} are owed this time by the balance",
    Reason.DEADLINE: "a deadline leaves no room for anything else",
    Reason.HOURS: "these hours are for {track}",
    Reason.QUOTA: "{track} are due this time by their quota of the week",
    Reason.ORDER: "only {track} have something ready to study",
    Reason.START: "the plan starts with it",
    Reason.PREREQUISITE: "what it requires is finished",
    Reason.RELEASE: "it may not start earlier",
    Reason.GAP: "the gap after the unit before it is over",
    Reason.PUBLISHED: "what was published keeps its place",
    Reason.KEPT: "it was planned for this time, and stays",
}


def session_entries(
    plan: Plan,
    uids: Iterable[str],
    context: EventContext,
) -> Iterator[tuple[CalendarEntry, Session]]:
    """Yield each session of the plan with its entry, in their order, given their UIDs."""
    left = {placed.unit: placed.effort for placed in plan.units}
    for uid, session in zip(uids, plan.sessions, strict=True):
        before = {piece.unit: left[piece.unit] for piece in session.pieces}
        for piece in session.pieces:
            left[piece.unit] -= piece.minutes
        yield _entry(uid, session, before, context), session


def _entry(
    uid: str,
    session: Session,
    left: Mapping[UnitId, int],
    context: EventContext,
) -> CalendarEntry:
    works = tuple(dict.fromkeys(work_of(piece.unit) for piece in session.pieces))
    units = [piece.unit for piece in session.pieces]
    return CalendarEntry(
        uid=uid,
        file=calendar_file(session.track),
        start=instant(session.start),
        end=instant(session.end),
        summary=summary(units, context.labels),
        description=description(session, left, context),
        categories=(session.track, *works),
        url=context.labels.first_url(works),
        pieces=session.pieces,
        alarms=context.alarms,
    )


def summary(units: Iterable[UnitId], labels: Labels) -> str:
    """Return works and units as one line: `Reinforcement Learning - 12 Traces; 13 Gradients`."""
    names = []
    for work, same in groupby(dict.fromkeys(units), key=work_of):
        inside = listed([labels.units[unit] for unit in same], _MAX_UNITS)
        names.append(f"{labels.works[work]} - {inside}")
    return shortened(listed(names, _MAX_UNITS), _MAX_SUMMARY)


def description(
    session: Session,
    left: Mapping[UnitId, int],
    context: EventContext,
) -> str:
    """Return why the session is now, what is studied in it, what that unlocks, and when it is due.

    Args:
        session: The session.
        left: Minutes left of each of its units before it.
        context: What else is mentioned.
    """
    lines = [
        _why(session, left, context),
        *_study(session.pieces, left, context),
        _unlocked(session.pieces, context),
        _due(session.pieces, context),
    ]
    return "\n".join(line for line in lines if line)


def _why(
    session: Session,
    left: Mapping[UnitId, int],
    context: EventContext,
) -> str:
    reason = _WHY[session.because].format(track=session.track)
    first = context.placements[session.pieces[0].unit]
    enabler = context.enablers.get(first.unit)
    is_begun = first.unit in context.begun or left[first.unit] < first.effort
    # What made a unit possible is news only on the first session of the unit.
    if enabler is None or is_begun:
        return f"Why now: {reason}."
    name = context.labels.beside(enabler, frozenset({work_of(first.unit)}))
    return f"Why now: {reason}, and '{name}' is finished."


def _study(
    pieces: tuple[Piece, ...],
    left: Mapping[UnitId, int],
    context: EventContext,
) -> Iterator[str]:
    """Yield a line for each piece; a unit that comes twice has less left the second time."""
    rest = dict(left)
    for piece in pieces:
        unit = piece.unit
        rest[unit] -= piece.minutes
        after = "then it is finished"
        if rest[unit] > 0:
            after = f"{hours_text(rest[unit])} left of {context.labels.short[unit]}"
        what = f"{context.labels.units[unit]}: {hours_text(piece.minutes)}"
        if piece.pages:
            what = f"{what}, {_cited(piece.pages, context.pages.get(unit))}"
        yield f"{what}; {after}."


def _cited(part: Pages, whole: Pages | None) -> str:
    """Return pages as they are cited: `pp. 321-329 of 321-338`."""
    mark = "p." if len(part) == 1 else "pp."
    if whole is None or whole == part:
        return f"{mark} {part}"
    return f"{mark} {part} of {whole}"


def _unlocked(pieces: tuple[Piece, ...], context: EventContext) -> str:
    studied = dict.fromkeys(piece.unit for piece in pieces)
    works = frozenset(work_of(unit) for unit in studied)
    unlocked: dict[UnitId, None] = {}
    for unit in studied:
        unlocked.update(dict.fromkeys(context.unlocks.get(unit, ())))
    names = [context.labels.beside(unit, works) for unit in unlocked if unit not in studied]
    if not names:
        return ""
    return f"Unlocks: {listed(names, _MAX_UNLOCKED)}."


def _due(pieces: tuple[Piece, ...], context: EventContext) -> str:
    """Return when the first of the units is due.

    How much time is to spare is left out: it changes from day to day, and with it the event would.
    """
    placed = [context.placements[piece.unit] for piece in pieces]
    deadline = min((one.deadline for one in placed if one.deadline is not None), default=None)
    if deadline is None:
        return ""
    due = f"Due: {due_text(deadline, context.zone)}"
    for one in placed:
        if one.deadline == deadline and (one.finish is None or one.finish > deadline):
            return f"{due}, and the plan is late."
    return f"{due}."


def due_text(deadline: int, zone: tzinfo) -> str:
    """Return when something is due, in local time; midnight is the end of the day before."""
    clock = f"{local(deadline, zone):%H:%M}"
    if clock == "00:00":
        return f"the end of {last_day(deadline, zone)}"
    return f"{day_text(deadline, zone)}, {clock}"
