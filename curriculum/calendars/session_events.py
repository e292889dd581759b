"""Sessions as calendar entries: the words of their summaries and descriptions; no file format is known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby
from urllib.parse import quote

from curriculum.calendars.finishes import enablers_of, finished_minutes
from curriculum.calendars.labels import Titles, listed, shortened, titles_of
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.curriculum import Curriculum, dependants
from curriculum.model.formatting import day_text, hours_text, last_day, local
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.ledger import PublishedEvent, calendar_file
from curriculum.model.library import Library
from curriculum.model.plan import Piece, Placement, Plan, Reason, Session, instant
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages, minutes
from curriculum.model.settings import Settings

LONGEST_SUMMARY = 250
MOST_UNITS = 3
MOST_UNLOCKED = 4
_URI = "!#$%&'()*+,/:;=?@[]~"
_WHY = {
    Reason.BALANCE: "{track} are owed this time by the balance",
    Reason.DEADLINE: "a deadline leaves no room for anything else",
    Reason.ORDER: "only {track} have something ready to study",
    Reason.START: "the plan starts with it",
    Reason.PREREQUISITE: "what it requires is finished",
    Reason.RELEASE: "it may not start earlier",
    Reason.KEPT: "it was planned for this time, and stays",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session's entry speaks of besides the session itself.

    Attributes:
        titles: What works and units are called.
        placements: Unit to when it is studied.
        unlocks: Unit to the units that directly require it, in need order.
        enablers: Unit to what it requires and was finished last, whether the plan finishes it or it is done already.
        begun: Units that were begun before the plan starts.
        finished: Unit to the minute at which it was finished, for units that are done.
        pages: Unit to its whole page range; None when it has none.
        urls: Work to its address.
        zone: The zone in which days are named.
        alarm: Minutes before the start at which to remind; None for never.
    """

    titles: Titles
    placements: Mapping[UnitId, Placement]
    unlocks: Mapping[UnitId, tuple[UnitId, ...]]
    enablers: Mapping[UnitId, UnitId]
    begun: frozenset[UnitId]
    finished: Mapping[UnitId, int]
    pages: Mapping[UnitId, Pages | None]
    urls: Mapping[str, str]
    zone: tzinfo
    alarm: int | None


def surroundings(
    plan: Plan,
    library: Library,
    curriculum: Curriculum,
    settings: Settings,
    zone: tzinfo,
    progress: Progress,
    past: Iterable[PublishedEvent],
) -> Surroundings:
    """Return what the entries of a plan speak of; `past` are the published events whose session is over."""
    works = library.works
    return Surroundings(
        titles=titles_of(library, works),
        placements={placed.unit: placed for placed in plan.units},
        unlocks=dependants(curriculum),
        enablers=enablers_of(plan, curriculum, progress),
        begun=frozenset(unit for unit, behind in curriculum.behind.items() if behind),
        finished=finished_minutes(progress, past),
        pages={
            UnitId(f"{name}/{unit.id}"): unit.pages for name in works for unit in works[name].units
        },
        urls={name: quote(url, safe=_URI) for name in works if (url := works[name].url)},
        zone=zone,
        alarm=None if settings.alarm is None else minutes(settings.alarm),
    )


def session_entries(
    plan: Plan, uids: Iterable[str], around: Surroundings
) -> Iterator[tuple[CalendarEntry, Session]]:
    """Yield each session of the plan with its entry, in their order, given their UIDs."""
    left = {placed.unit: placed.effort for placed in plan.units}
    for uid, session in zip(uids, plan.sessions, strict=True):
        before = {piece.unit: left[piece.unit] for piece in session.pieces}
        for piece in session.pieces:
            left[piece.unit] -= piece.minutes
        yield _entry(uid, session, before, around), session


def _entry(
    uid: str, session: Session, left: Mapping[UnitId, int], around: Surroundings
) -> CalendarEntry:
    works = tuple(dict.fromkeys(work_of(piece.unit) for piece in session.pieces))
    return CalendarEntry(
        uid=uid,
        file=calendar_file(session.track),
        start=instant(session.start),
        end=instant(session.end),
        summary=summary((piece.unit for piece in session.pieces), around.titles),
        description=description(session, left, around),
        categories=(session.track, *works),
        url=next((around.urls[work] for work in works if work in around.urls), None),
        pieces=tuple((piece.unit, piece.minutes) for piece in session.pieces),
        alarm=around.alarm,
    )


def summary(units: Iterable[UnitId], titles: Titles) -> str:
    """Return works and units as one readable line: `Reinforcement Learning - 12 Traces; 13 Policy Gradients`."""
    groups = groupby(dict.fromkeys(units), key=work_of)
    names = (f"{titles.works[work]} - {_labels(same, titles)}" for work, same in groups)
    return shortened(listed(names, MOST_UNITS), LONGEST_SUMMARY)


def _labels(units: Iterable[UnitId], titles: Titles) -> str:
    return listed((titles.labels[unit] for unit in units), MOST_UNITS)


def description(session: Session, left: Mapping[UnitId, int], around: Surroundings) -> str:
    """Return why the session is now, what is studied in it, what that unlocks, and when it is due.

    Args:
        session: The session.
        left: Minutes left of each of its units before it.
        around: What else is spoken of.
    """
    lines = [
        _why(session, left, around),
        *_study(session.pieces, left, around),
        _unlocked(session.pieces, around),
        _due(session.pieces, around),
    ]
    return "\n".join(line for line in lines if line)


def _why(session: Session, left: Mapping[UnitId, int], around: Surroundings) -> str:
    reason = _WHY[session.because].format(track=session.track)
    first = around.placements[session.pieces[0].unit]
    enabler = around.enablers.get(first.unit)
    if enabler is None or first.unit in around.begun or left[first.unit] < first.effort:
        return f"Why now: {reason}."
    return f"Why now: {reason}, and '{around.titles.beside(enabler, frozenset({work_of(first.unit)}))}' is finished."


def _study(
    pieces: tuple[Piece, ...], left: Mapping[UnitId, int], around: Surroundings
) -> Iterator[str]:
    """Yield a line for each piece; a unit that comes twice has less left the second time."""
    rest = dict(left)
    for piece in pieces:
        rest[piece.unit] -= piece.minutes
        short = around.titles.short[piece.unit]
        after = (
            f"{hours_text(rest[piece.unit])} left of {short}"
            if rest[piece.unit] > 0
            else "then it is finished"
        )
        where = f", {_cited(piece.pages, around.pages.get(piece.unit))}" if piece.pages else ""
        yield f"{around.titles.labels[piece.unit]}: {hours_text(piece.minutes)}{where}; {after}."


def _cited(part: Pages, whole: Pages | None) -> str:
    """Return pages as they are cited: `pp. 321-329 of 321-338`."""
    cited = f"{'p.' if len(part) == 1 else 'pp.'} {part}"
    return cited if whole is None or whole == part else f"{cited} of {whole}"


def _unlocked(pieces: tuple[Piece, ...], around: Surroundings) -> str:
    studied = dict.fromkeys(piece.unit for piece in pieces)
    works = frozenset(map(work_of, studied))
    unlocked = dict.fromkeys(after for unit in studied for after in around.unlocks.get(unit, ()))
    names = [around.titles.beside(unit, works) for unit in unlocked if unit not in studied]
    return f"Unlocks: {listed(names, MOST_UNLOCKED)}." if names else ""


def _due(pieces: tuple[Piece, ...], around: Surroundings) -> str:
    """Return when the first of the units is due; how much time is to spare changes from day to day, and is not said."""
    placed = [around.placements[piece.unit] for piece in pieces]
    deadline = min((one.deadline for one in placed if one.deadline is not None), default=None)
    if deadline is None:
        return ""
    late = any(
        one.deadline == deadline and (one.finish is None or one.finish > deadline) for one in placed
    )
    return f"Due: {due_text(deadline, around.zone)}{', and the plan is late' if late else ''}."


def due_text(deadline: int, zone: tzinfo) -> str:
    """Return the moment something must be done by, in local time; midnight is the end of the day before."""
    clock = f"{local(deadline, zone):%H:%M}"
    return (
        f"the end of {last_day(deadline, zone)}"
        if clock == "00:00"
        else f"{day_text(deadline, zone)}, {clock}"
    )
