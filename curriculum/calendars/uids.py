"""The names of calendar events, the same whenever the same thing is meant; what the events say is not known here."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Pinned
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Plan, Session
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings

DOMAIN = "@curriculum"
_NAMESPACE = uuid5(NAMESPACE_URL, "curriculum")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_PLAN = re.compile(r"\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" + re.escape(DOMAIN))
_SESSION = re.compile(r"(?P<stem>.+)-(?P<ordinal>\d{1,9})(?:~(?P<generation>\d{1,9}))?")
_GENERATION = re.compile(r"~~~\d+$")


def plan_id(settings: Settings) -> str:
    """Return the id a plan gets at its first publication, made of its title and goals alone.

    It is kept in the ledger ever after, so that a later change of goals does not rename every event.
    """
    goals = None if settings.goals is None else [str(goal) for goal in settings.goals]
    return str(uuid5(_NAMESPACE, json.dumps([settings.title, goals])))


def plan_id_in(uid: str) -> str | None:
    """Return the plan id in a UID, or None when the UID is not one of ours."""
    match = _PLAN.search(uid)
    return str(UUID(match[1])) if match and uid.endswith(DOMAIN) else None


def names_after(ledger: Ledger, progress: Progress) -> Ledger:
    """Return a ledger by which sessions get their names.

    One that is pinned has its own where it is held now. The name of one that is not held is spent.
    """
    left = {
        uid: _held(event, progress.pins.get(uid))
        for uid, event in ledger.events.items()
        if uid not in progress.missed
    }
    return replace(
        ledger, events=left, retired=ledger.retired | (ledger.events.keys() - left.keys())
    )


def _held(event: PublishedEvent, pin: Pinned | None) -> PublishedEvent:
    if pin is None or event.session is None:
        return event
    return replace(event, session=event.session.moved_to(pin.start, pin.end))


def session_uids(plan: Plan, ledger: Ledger, over: int) -> tuple[str, ...]:
    """Return the UID of each session of the plan, in their order.

    A UID is made of the session's first unit and an ordinal. Of the published sessions that begin with the same unit
    and are not over, one that starts at the same minute hands on its UID; what is left of them is handed on in the
    order of their ordinals, so that a session that moves keeps its UID; the rest get ordinals that the unit never had.

    Args:
        plan: The plan.
        ledger: What was published.
        over: The minute of now; sessions that end by then are over.
    """
    free = {uid: session for uid, session in ledger.sessions() if session.end > over}
    placed = {(_first(session), session.start): uid for uid, session in free.items()}
    kept = [placed.pop((_first(session), session.start), None) for session in plan.sessions]
    taken = set(kept)
    rest = _queues({uid: session for uid, session in free.items() if uid not in taken}, ledger.plan)
    fresh = _Ordinals(ledger)
    return tuple(
        uid or (rest[unit].popleft() if rest[unit] else fresh.next(unit))
        for uid, unit in zip(kept, map(_first, plan.sessions), strict=True)
    )


def deadline_uids(goals: Iterable[Goal], ledger: Ledger) -> tuple[str, ...]:
    """Return the UID of each goal's deadline, in their order; a goal that is named twice gets two."""
    seen: Counter[str] = Counter()
    uids: list[str] = []
    for goal in goals:
        name = f"deadline.{_UNSAFE.sub('~', str(goal))}"
        seen[name] += 1
        uids.append(_unspent(name if seen[name] == 1 else f"{name}~~{seen[name]}", ledger))
    return tuple(uids)


def renamed(events: Iterable[PublishedEvent], ledger: Ledger) -> tuple[str, ...]:
    """Return new UIDs for events whose own are spent: the next ordinals for sessions, the next generation otherwise."""
    fresh = _Ordinals(ledger)
    return tuple(
        fresh.next(_first(event.session))
        if event.session is not None
        else _unspent(_GENERATION.sub("", _core(event.entry.uid, ledger.plan)), ledger)
        for event in events
    )


def _queues(sessions: Mapping[str, Session], plan: str) -> defaultdict[UnitId, deque[str]]:
    """Return the UIDs of sessions by their first unit, in the order of their ordinals."""
    numbers = {
        uid: (ordinal, generation)
        for uid in sessions
        for _, ordinal, generation in _numbers([uid], plan)
    }
    queues: defaultdict[UnitId, deque[str]] = defaultdict(deque)
    for uid in sorted(sessions, key=lambda name: (numbers.get(name, (0, 0)), name)):
        queues[_first(sessions[uid])].append(uid)
    return queues


def _first(session: Session) -> UnitId:
    return session.pieces[0].unit


class _Ordinals:
    """Ordinals that no session beginning with a unit ever had; it lives for one call."""

    def __init__(self, ledger: Ledger) -> None:
        self._plan = ledger.plan
        self._highest: dict[str, int] = {}
        for stem, ordinal, _ in _numbers((*ledger.events, *ledger.retired), ledger.plan):
            self._highest[stem] = max(ordinal, self._highest.get(stem, 0))

    def next(self, unit: UnitId) -> str:
        """Return the UID with the next ordinal: no work's name holds '_', so no two units share one."""
        stem = unit.replace("/", "_", 1)
        self._highest[stem] = self._highest.get(stem, 0) + 1
        return f"{stem}-{self._highest[stem]}.{self._plan}{DOMAIN}"


def _numbers(uids: Iterable[str], plan: str) -> Iterator[tuple[str, int, int]]:
    """Yield stem, ordinal and generation of each UID that has an ordinal; generations are those of older ledgers."""
    for uid in uids:
        match = _SESSION.fullmatch(_core(uid, plan))
        if match:
            yield match["stem"], int(match["ordinal"]), int(match["generation"] or 1)


def _core(uid: str, plan: str) -> str:
    return uid.removesuffix(f".{plan}{DOMAIN}")


def _unspent(stem: str, ledger: Ledger) -> str:
    """Return the first generation of a UID that was never retired."""
    generation = 1
    while (uid := _spelt(stem, generation, ledger.plan)) in ledger.retired:
        generation += 1
    return uid


def _spelt(stem: str, generation: int, plan: str) -> str:
    """Return a UID; no goal's name and no count of its namesakes ends in three '~' and a number."""
    suffix = f"~~~{generation}" if generation > 1 else ""
    return f"{stem}{suffix}.{plan}{DOMAIN}"
