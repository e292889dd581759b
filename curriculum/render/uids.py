"""The names of calendar events, the same whenever the same thing is meant; what the events say is not known here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from curriculum.model.ledger import Ledger
from curriculum.model.names import UnitId
from curriculum.model.plan import Plan
from curriculum.model.settings import Goal, Settings

DOMAIN = "@curriculum"
_NAMESPACE = uuid5(NAMESPACE_URL, "curriculum")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_PLAN = re.compile(r"\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" + re.escape(DOMAIN))


def plan_id(settings: Settings) -> str:
    """Return the id a plan gets at its first publication, made of its title and goals alone.

    It is kept in the ledger ever after, so that a later change of goals does not rename every event.
    """
    goals = None if settings.goals is None else [str(goal) for goal in settings.goals]
    return str(uuid5(_NAMESPACE, json.dumps([settings.title, goals])))


def plan_of(uid: str) -> str | None:
    """Return the plan id in a UID, or None when the UID is not one of ours."""
    match = _PLAN.search(uid)
    return str(UUID(match[1])) if match and uid.endswith(DOMAIN) else None


def session_uids(plan: Plan, ledger: Ledger) -> tuple[str, ...]:
    """Return the UID of each session of the plan, in their order.

    A UID is made of the session's first unit and of how many sessions began with that unit so far, so that a session
    that moves keeps it.
    """
    stems = _numbered(session.pieces[0].unit for session in plan.sessions)
    return tuple(_uid(stem, ledger) for stem in stems)


def deadline_uids(goals: Iterable[Goal], ledger: Ledger) -> tuple[str, ...]:
    """Return the UID of each goal's deadline, in their order; a goal that is named twice gets two."""
    seen: Counter[str] = Counter()
    uids: list[str] = []
    for goal in goals:
        name = f"deadline.{_UNSAFE.sub('~', str(goal))}"
        seen[name] += 1
        uids.append(_uid(name if seen[name] == 1 else f"{name}~~{seen[name]}", ledger))
    return tuple(uids)


def _numbered(units: Iterable[UnitId]) -> Iterator[str]:
    """Yield `work_unit-ordinal`: no work's name holds '_' and the ordinal comes last, so no two units share one."""
    seen: Counter[UnitId] = Counter()
    for unit in units:
        seen[unit] += 1
        yield f"{unit.replace('/', '_', 1)}-{seen[unit]}"


def _uid(stem: str, ledger: Ledger) -> str:
    """Return the first generation of a UID that was never retired."""
    uid, generation = _spelt(stem, 1, ledger.plan), 1
    while uid in ledger.retired:
        generation += 1
        uid = _spelt(stem, generation, ledger.plan)
    return uid


def _spelt(stem: str, generation: int, plan: str) -> str:
    suffix = f"~{generation}" if generation > 1 else ""
    return f"{stem}{suffix}.{plan}{DOMAIN}"
