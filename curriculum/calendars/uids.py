"""The UIDs of calendar events: the same whenever the same thing is meant."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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

    It is kept in the ledger, so that a later change of goals does not rename every event.
    """
    goals = None
    if settings.goals is not None:
        goals = [str(goal) for goal in settings.goals]
    return str(uuid5(_NAMESPACE, json.dumps([settings.title, goals])))


def plan_id_in(uid: str) -> str | None:
    """Return the plan id in a UID, or None when the UID is not one of ours."""
    match = _PLAN.search(uid)
    if match is None or not uid.endswith(DOMAIN):
        return None
    return str(UUID(match[1]))


@dataclass(frozen=True, slots=True)
class OwnUids:
    """The UIDs of a plan: those that its ledgers know, and all others that hold its id.

    A ledger that was made again from the calendars does not know what was withdrawn.
    """

    ledgers: tuple[Ledger, ...]

    def __contains__(self, uid: object) -> bool:
        """Return whether a UID is one of the plan's."""
        return isinstance(uid, str) and any(_is_of(uid, ledger) for ledger in self.ledgers)


def _is_of(uid: str, ledger: Ledger) -> bool:
    return uid in ledger.events or uid in ledger.retired or plan_id_in(uid) == ledger.plan


def names_after(ledger: Ledger, progress: Progress) -> Ledger:
    """Return a ledger by which sessions get their names.

    A pinned session has its name where it is held now. The name of a missed one is spent.
    """
    left = {}
    for uid, event in ledger.events.items():
        if uid not in progress.missed:
            left[uid] = _moved_to_pin(event, progress.pins.get(uid))
    spent = ledger.events.keys() - left.keys()
    return replace(ledger, events=left, retired=ledger.retired | spent)


def _moved_to_pin(event: PublishedEvent, pin: Pinned | None) -> PublishedEvent:
    if pin is None or event.session is None:
        return event
    return replace(event, session=event.session.moved_to(pin.start, pin.end))


def session_uids(
    plan: Plan,
    ledger: Ledger,
    over: int,
) -> tuple[str, ...]:
    """Return the UID of each session of the plan, in their order.

    A UID is made of the session's first unit and an ordinal. Of the published sessions that begin
    with the same unit and are not over, one that starts at the same minute hands on its UID. The
    other UIDs are handed on in the order of their ordinals, so that a session that moves keeps
    its UID; the rest of the sessions get ordinals that the unit never had.

    Args:
        plan: The plan.
        ledger: What was published.
        over: The minute of now; sessions that end by then are over.
    """
    free = {uid: session for uid, session in ledger.sessions() if session.end > over}
    by_place = {_place(session): uid for uid, session in free.items()}
    kept = [by_place.pop(_place(session), None) for session in plan.sessions]
    taken = set(kept)
    rest = {uid: session for uid, session in free.items() if uid not in taken}
    queues = _queues(rest, ledger.plan)
    ordinals = _Ordinals(ledger)
    uids = []
    for uid, session in zip(kept, plan.sessions, strict=True):
        unit = _first_unit(session)
        if uid is not None:
            uids.append(uid)
        elif queues[unit]:
            uids.append(queues[unit].popleft())
        else:
            uids.append(ordinals.next(unit))
    return tuple(uids)


def deadline_uids(goals: Iterable[Goal], ledger: Ledger) -> tuple[str, ...]:
    """Return the UID of each goal's deadline, in their order.

    A goal that is named twice gets two.
    """
    seen: Counter[str] = Counter()
    uids: list[str] = []
    for goal in goals:
        name = f"deadline.{_UNSAFE.sub('~', str(goal))}"
        seen[name] += 1
        stem = name
        if seen[name] > 1:
            stem = f"{name}~~{seen[name]}"
        uids.append(_unspent(stem, ledger))
    return tuple(uids)


def renamed(events: Iterable[PublishedEvent], ledger: Ledger) -> tuple[str, ...]:
    """Return new UIDs for events whose own are spent.

    Sessions get the next ordinals, deadlines the next generation.
    """
    ordinals = _Ordinals(ledger)
    uids = []
    for event in events:
        if event.session is not None:
            uids.append(ordinals.next(_first_unit(event.session)))
        else:
            stem = _GENERATION.sub("", _core(event.entry.uid, ledger.plan))
            uids.append(_unspent(stem, ledger))
    return tuple(uids)


def _queues(sessions: Mapping[str, Session], plan: str) -> defaultdict[UnitId, deque[str]]:
    """Return the UIDs of sessions by their first unit, in the order of their ordinals."""
    ordered = []
    for uid in sessions:
        number = (0, 0)
        for _, ordinal, generation in _numbers([uid], plan):
            number = (ordinal, generation)
        ordered.append((number, uid))
    queues: defaultdict[UnitId, deque[str]] = defaultdict(deque)
    for _, uid in sorted(ordered):
        queues[_first_unit(sessions[uid])].append(uid)
    return queues


def _first_unit(session: Session) -> UnitId:
    return session.pieces[0].unit


def _place(session: Session) -> tuple[UnitId, int]:
    return _first_unit(session), session.start


class _Ordinals:
    """Ordinals that no session beginning with a unit ever had; it lives for one call."""

    def __init__(self, ledger: Ledger) -> None:
        self._plan = ledger.plan
        self._highest: dict[str, int] = {}
        for stem, ordinal, _ in _numbers((*ledger.events, *ledger.retired), ledger.plan):
            self._highest[stem] = max(ordinal, self._highest.get(stem, 0))

    def next(self, unit: UnitId) -> str:
        """Return the UID with the next ordinal."""
        # No work's name holds '_', so no two units share a stem.
        stem = unit.replace("/", "_", 1)
        ordinal = self._highest.get(stem, 0) + 1
        self._highest[stem] = ordinal
        return f"{stem}-{ordinal}.{self._plan}{DOMAIN}"


def _numbers(uids: Iterable[str], plan: str) -> Iterator[tuple[str, int, int]]:
    """Yield stem, ordinal and generation of each UID that has an ordinal.

    Only ledgers of older versions have generations of sessions.
    """
    for uid in uids:
        match = _SESSION.fullmatch(_core(uid, plan))
        if match:
            yield match["stem"], int(match["ordinal"]), int(match["generation"] or 1)


def _core(uid: str, plan: str) -> str:
    return uid.removesuffix(f".{plan}{DOMAIN}")


def _unspent(stem: str, ledger: Ledger) -> str:
    """Return the first generation of a UID that was never retired."""
    generation = 1
    while True:
        uid = _uid_of_generation(stem, generation, ledger.plan)
        if uid not in ledger.retired:
            return uid
        generation += 1


def _uid_of_generation(stem: str, generation: int, plan: str) -> str:
    # No name of a goal, and no count of goals with one name, ends in three '~' and a number.
    suffix = ""
    if generation > 1:
        suffix = f"~~~{generation}"
    return f"{stem}{suffix}.{plan}{DOMAIN}"
