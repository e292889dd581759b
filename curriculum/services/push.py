"""Send the published plan to a calendar server, asking before anything of the person's is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from curriculum.exchange.push import (
    Act,
    Conflict,
    PushDecision,
    PushStep,
    decide,
    news_of,
    resolve_conflict,
)
from curriculum.exchange.remote_calendar import RemoteCalendar
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.model.sync import (
    CalendarPush,
    PushQuestion,
    QuestionKind,
    RefusedEvent,
    Sent,
    Side,
)
from curriculum.network.errors import RejectedError
from curriculum.services.context import Context
from curriculum.services.sending import carry_out, count_steps
from curriculum.services.snapshot import Snapshot
from curriculum.services.sync import ShowProgress, Sync
from curriculum.services.syncing import syncing, syncing_vdir

Ask: TypeAlias = Callable[[PushQuestion], Side | None]
"""Answers a question; None leaves it open."""


def leave_open(question: PushQuestion) -> None:
    """Answer no question."""


def push(
    context: Context,
    ask: Ask = leave_open,
    *,
    dry_run: bool = False,
    progress: ShowProgress = nullcontext,
    vdir: Path | None = None,
) -> Iterator[CalendarPush]:
    """Send what is published, and yield what was done to each calendar as soon as it is.

    Args:
        context: Where and when it is.
        ask: Answers questions.
        dry_run: Whether to send nothing.
        progress: Shows what is going on.
        vdir: The vdir to send it to; None means the calendar server.

    Raises:
        CurriculumError: No server is named, nothing is published, or the server does not go along.
    """
    with syncing(Snapshot(context), vdir) as sync:
        for name in sync.names:
            try:
                yield _Push(sync, name, ask, dry_run=dry_run).run(progress)
            except RejectedError as error:
                if not error.is_limited:
                    raise
                yield CalendarPush(name, failure=str(error))


def push_to_vdir(snapshot: Snapshot, folder: Path, vdir: Path) -> tuple[CalendarPush, ...]:
    """Send what is published to a vdir, and return what was done to each calendar.

    What another program changed there is left, as a question without an answer.

    Args:
        snapshot: The workspace.
        folder: Where the calendars are published.
        vdir: The vdir.

    Raises:
        CurriculumError: A file cannot be read or written.
    """
    with syncing_vdir(snapshot, vdir, folder) as sync:
        pushes = [_Push(sync, name, leave_open, dry_run=False) for name in sync.names]
        return tuple(one.run(nullcontext) for one in pushes)


class _Push:
    """A push of one calendar."""

    def __init__(self, sync: Sync, name: str, ask: Ask, *, dry_run: bool) -> None:
        self._sync = sync
        self._name = name
        self._ask = ask
        self._dry_run = dry_run
        self._unanswered: list[PushQuestion] = []
        self._deleted: frozenset[str] = frozenset()
        self._side: Side | None = None

    def run(self, progress: ShowProgress) -> CalendarPush:
        """Look, ask, and send."""
        sync, name = self._sync, self._name
        with progress(f"looking at {name}"):
            calendar = sync.fetch_remote(name, make=not self._dry_run, needs=self._news)
            wanted = sync.wanted(name)
        if not self._may_write(calendar):
            return CalendarPush(name, unanswered=tuple(self._unanswered))
        calendar = replace(calendar, known=self._still_known(calendar))
        decision = decide(wanted, calendar, self._past())
        steps = [*decision.steps, *self._resolved(decision)]
        sent = count_steps(steps)
        if not self._dry_run:
            with progress(f"sending {name}"):
                sent = self._send(calendar, steps)
        return CalendarPush(
            name,
            sent,
            unchanged=len(wanted.keys() - {step.uid for step in steps if step.act is Act.WRITE}),
            is_dry_run=self._dry_run,
            unanswered=tuple(self._unanswered),
            overtaken=tuple(self._sync.event_name(uid) for uid in sent.overtaken),
            refused=tuple(self._refused(sent)),
        )

    def _may_write(self, calendar: RemoteCalendar) -> bool:
        """Ask before much is written again that was deleted, or a newer plan is replaced.

        Where only a share was deleted, the rest is sent whatever the answer is.
        """
        before = calendar.previously_pushed()
        self._deleted = frozenset(calendar.deleted_at_once(frozenset(self._past())))
        if self._deleted:
            question = PushQuestion(
                QuestionKind.WIPED, self._name, count=len(self._deleted), of=len(before)
            )
            self._side = self._answer(question)
            return self._side is Side.OURS or len(self._deleted) < len(before)
        if self._replaces_newer_plan(calendar):
            return self._answer(PushQuestion(QuestionKind.NEWER, self._name)) is Side.OURS
        return True

    def _replaces_newer_plan(self, calendar: RemoteCalendar) -> bool:
        """Whether a newer plan was sent, which may have left nothing new in this calendar."""
        return self._sync.shows_newer_plan(self._name, calendar) or self._sync.is_behind

    def _still_known(self, calendar: RemoteCalendar) -> Mapping[str, SyncedVersion]:
        """Return what is known of a calendar and tells something about what is there now.

        What is to be written again counts as if it had never been pushed.
        """
        if self._replaces_newer_plan(calendar):
            return {}
        if self._side is not Side.OURS:
            return calendar.known
        lost = set(calendar.previously_pushed()) - calendar.remote.keys()
        return {uid: known for uid, known in calendar.known.items() if uid not in lost}

    def _refused(self, sent: Sent) -> Iterator[RefusedEvent]:
        for uid, reason in sent.refused.items():
            yield RefusedEvent(self._sync.event_name(uid), reason)

    def _news(self) -> frozenset[str]:
        """Return the events that change from here: what is theirs in them has to be seen."""
        return news_of(self._sync.wanted(self._name), self._sync.versions[self._name])

    def _past(self) -> Iterator[str]:
        now = self._sync.snapshot.minute
        for uid, session in self._sync.ledger.sessions():
            if session.end <= now:
                yield uid

    def _send(self, calendar: RemoteCalendar, steps: list[PushStep]) -> Sent:
        self._sync.versions[self._name] = dict(calendar.known)
        return carry_out(self._sync, self._name, steps)

    def _answer(self, question: PushQuestion) -> Side | None:
        """Return the answer to a question, and keep the question if there is none."""
        side = self._ask(question)
        if side is None:
            self._unanswered.append(question)
        return side

    def _resolved(self, decision: PushDecision) -> Iterator[PushStep]:
        """Ask about each conflict, and yield what the answers come to."""
        for conflict in decision.conflicts:
            side = self._side_of(conflict)
            if side is not None:
                yield resolve_conflict(conflict, ours=side is Side.OURS)

    def _side_of(self, conflict: Conflict) -> Side | None:
        """Return whose version counts; of those that were deleted at once it was asked already."""
        if conflict.uid in self._deleted:
            return self._side
        event = self._sync.event_name(conflict.uid)
        return self._answer(PushQuestion(_kind(conflict), self._name, event))


def _kind(conflict: Conflict) -> QuestionKind:
    if conflict.remote is None:
        return QuestionKind.DELETED
    if conflict.wanted is None:
        return QuestionKind.UNPLANNED
    return QuestionKind.CHANGED
