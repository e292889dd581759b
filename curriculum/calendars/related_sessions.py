"""Which sessions must be held before the one that begins a unit (RFC 9253 §5, DEPENDS-ON)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from curriculum.calendars.publication_request import PublicationRequest
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Plan, Session


def sessions_depended_on(
    request: PublicationRequest,
    uids: Sequence[str],
    past: Iterable[PublishedEvent],
) -> Mapping[str, tuple[str, ...]]:
    """Return for the session that begins a unit those that end what the unit directly requires.

    That is the last session of the prerequisite in the calendars, over or to come: so what a
    session depends on does not change because a prerequisite is finished. A prerequisite that was
    never in the calendars, or that the plan does not finish, has no such session.

    Args:
        request: The plan and the curriculum; nothing is returned unless the settings ask for it.
        uids: The UID of each session of the plan, in order.
        past: The published events that are over and stay, in calendar order.
    """
    if not request.settings.publish.related:
        return {}
    planned = list(zip(uids, request.plan.sessions, strict=True))
    last = _last_of([*_lived(past), *planned], request.plan)
    found: dict[str, list[str]] = {}
    for uid, unit in _begun_by(planned, request.curriculum):
        for required in _required(unit, request.curriculum):
            before = last.get(required, uid)
            if before != uid and before not in found.setdefault(uid, []):
                found[uid].append(before)
    return {uid: tuple(before) for uid, before in found.items()}


def _lived(past: Iterable[PublishedEvent]) -> Iterator[tuple[str, Session]]:
    for event in past:
        if event.session is not None:
            yield event.entry.uid, event.session


def _last_of(sessions: Iterable[tuple[str, Session]], plan: Plan) -> dict[UnitId, str]:
    """Return the UID of the last session of each unit that the plan does not leave unfinished."""
    last: dict[UnitId, str] = {}
    for uid, session in sessions:
        for piece in session.pieces:
            last[piece.unit] = uid
    for placed in plan.units:
        if placed.finish is None:
            last.pop(placed.unit, None)
    return last


def _begun_by(
    planned: Iterable[tuple[str, Session]], curriculum: Curriculum
) -> Iterator[tuple[str, UnitId]]:
    """Yield each unit that the plan begins, with the session that begins it."""
    begun = {unit for unit, behind in curriculum.behind.items() if behind}
    for uid, session in planned:
        for piece in session.pieces:
            if piece.unit not in begun:
                begun.add(piece.unit)
                yield uid, piece.unit


def _required(unit: UnitId, curriculum: Curriculum) -> list[UnitId]:
    """Return what a unit directly requires, done or not."""
    return sorted((*curriculum.requires.get(unit, ()), *curriculum.met.get(unit, ())))
