"""The UIDs of calendar events: the same whenever the same thing is meant."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Plan, Session
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings

DOMAIN = "@curriculum"
_NAMESPACE = uuid5(NAMESPACE_URL, "curriculum")
_UNSAFE = late_pattern(r"[^A-Za-z0-9._-]")
_PLAN = late_pattern(r"\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" + re.escape(DOMAIN))
_SESSION = late_pattern(r"(?P<stem>.+)-(?P<ordinal>\d{1,9})(?:~(?P<generation>\d{1,9}))?")
_UID_LINE = late_pattern("^UID:(.*)$", re.MULTILINE)
_GENERATION = late_pattern(r"~~~\d+$")


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


def holds_only_ours(calendar: bytes) -> bool:
    """Say whether every event of a calendar has a UID of ours."""
    text = calendar.decode(errors="replace").replace("\r\n ", "")
    return all(plan_id_in(uid.strip()) is not None for uid in _UID_LINE.findall(text))


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


def session_uids(
    plan: Plan,
    ledger: Ledger,
    progress: Progress,
    over: int,
) -> tuple[str, ...]:
    """Return the UID of each session of the plan, in their order.

    A session that is where a pin holds it has the UID of the pin. Otherwise a UID is made of the
    session's first unit and an ordinal. Of the published sessions that begin with the same unit and
    are not over, one that starts at the same minute hands on its UID. The other UIDs are handed on
    in the order of their ordinals, so that a session that moves keeps its UID; the rest of the
    sessions get ordinals that the unit never had. The UID of a missed session is spent.

    Args:
        plan: The plan.
        ledger: What was published.
        progress: What is pinned and missed.
        over: The minute of now; sessions that end by then are over.
    """
    held = _held(ledger, progress, over)
    pinned = [held.get((session.track, session.start)) for session in plan.sessions]
    free = _free(ledger, progress, over, pinned)
    by_place = {_place(session): uid for uid, session in free.items()}
    found = []
    for uid, session in zip(pinned, plan.sessions, strict=True):
        found.append(uid or by_place.get(_place(session)))
    if None not in found:
        return tuple(uid for uid in found if uid is not None)
    queues = _queues(_free(ledger, progress, over, found), ledger.plan)
    ordinals = _Ordinals(ledger)
    uids = []
    for uid, session in zip(found, plan.sessions, strict=True):
        uids.append(uid or _next_uid(_first_unit(session), queues, ordinals))
    return tuple(uids)


def _free(
    ledger: Ledger, progress: Progress, over: int, taken: Iterable[str | None]
) -> dict[str, Session]:
    """Return the published sessions whose UIDs may be handed on."""
    spent = {*progress.missed, *taken}
    return {
        uid: session
        for uid, session in ledger.sessions()
        if session.end > over and uid not in spent
    }


def _held(ledger: Ledger, progress: Progress, over: int) -> dict[tuple[Track, int], str]:
    """Return the UIDs of pinned sessions by the track and the minute at which they are held."""
    held: dict[tuple[Track, int], str] = {}
    for uid, pin in progress.pins.items():
        event = ledger.events.get(uid)
        if event is not None and event.session is not None and pin.end > over:
            held.setdefault((event.session.track, pin.start), uid)
    return held


def _next_uid(unit: UnitId, queues: Mapping[UnitId, deque[str]], ordinals: _Ordinals) -> str:
    """Return a UID for a session that begins with a unit: one that moves to it, or a new one."""
    if queues[unit]:
        return queues[unit].popleft()
    return ordinals.next(unit)


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
