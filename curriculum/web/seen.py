"""Which state a page shows, so that a form of an older one is refused with what changed since."""

from __future__ import annotations

from hashlib import sha256

from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.views.text.record import record_line

_DIGITS = 16


def seen_of(snapshot: Snapshot) -> str:
    """Return the mark of a state: how many facts there are, and digests of plan and settings.

    Raises:
        CurriculumError: The journal, the ledger or the settings cannot be read.
    """
    return ".".join((*_journal_mark(snapshot), _plan_mark(snapshot), _settings_mark(snapshot)))


def changes_since(workspace: Workspace, seen: str) -> tuple[str, ...]:
    """Return what changed since a page was shown, a sentence each; none where nothing did.

    Raises:
        CurriculumError: The journal, the ledger, the settings or a syllabus cannot be read.
    """
    now = seen_of(workspace)
    if seen == now:
        return ()
    then = [*seen.split("."), "", "", "", ""]
    changes = list(_recorded_since(workspace, then[0], then[1]))
    if then[2] != _plan_mark(workspace):
        changes.append("another plan was published")
    if then[3] != _settings_mark(workspace):
        changes.append("the settings were changed")
    return tuple(changes)


def _recorded_since(workspace: Workspace, count: str, last: str) -> list[str]:
    facts = workspace.facts
    if (count, last) == _journal_mark(workspace):
        return []
    known = int(count) if count.isdecimal() and len(count) < _DIGITS else -1
    if not 0 <= known <= len(facts) or _last_id(workspace, known) != last:
        return ["the journal is not the one that was shown"]
    return [record_line(fact, workspace.library) for fact in facts[known:]]


def _journal_mark(snapshot: Snapshot) -> tuple[str, str]:
    count = len(snapshot.facts)
    return str(count), _last_id(snapshot, count)


def _last_id(snapshot: Snapshot, count: int) -> str:
    return _digest(snapshot.facts[count - 1].id) if count else "none"


def _plan_mark(snapshot: Snapshot) -> str:
    return _digest("\n".join(f"{name} {mark}" for name, mark in snapshot.ledger.files.items()))


def _settings_mark(snapshot: Snapshot) -> str:
    return _digest(snapshot.setting.text)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
