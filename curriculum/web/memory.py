"""What was read of the workspace, and the pages made of it, for as long as no file changes.

Nothing that is remembered outlives a change: every request looks at the times and sizes of the
files first, and reads after that. A page is remembered for the minute in which it was made, since
it says what is on now.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from starlette.responses import Response

from curriculum.disk.fact_rows import FactsReadBefore
from curriculum.disk.workspace_mark import workspace_mark
from curriculum.services.context import Context
from curriculum.services.workspace import ResultsRead, Workspace

_MOST_PAGES = 64

_TICK = 0.1
"""Seconds after a change during which another one might leave the times of a file as they are."""


class FilesSeen(NamedTuple):
    """How the files were when a request came.

    Attributes:
        digest: Changes when one of them does.
        journal: Changes when the journal does.
        syllabi: Changes when a syllabus or the settings do.
        is_settled: Whether the last change is so long ago that the next one cannot be missed.
    """

    digest: str
    journal: str
    syllabi: str
    is_settled: bool


class Memory:
    """What a server remembers of its workspace."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = Lock()
        self._digest = ""
        self._journal = ""
        self._syllabi = ""
        self._facts = FactsReadBefore()
        self._read: dict[ResultsRead, Workspace] = {}
        self._before: dict[ResultsRead, Workspace] = {}
        self._pages: OrderedDict[object, Response] = OrderedDict()
        self._turns: dict[object, Lock] = {}

    def look(self, context: Context) -> FilesSeen:
        """Look at the files, and forget what was read of them if one changed."""
        mark = workspace_mark(context.root)
        with self._lock:
            if mark.digest != self._digest:
                self._digest = mark.digest
                self._before |= self._read
                self._read.clear()
            keeps_journal, keeps_syllabi = self._unchanged(mark.journal, mark.syllabi)
            if not (keeps_journal and keeps_syllabi):
                self._journal, self._syllabi = mark.journal, mark.syllabi
                for results, known in self._before.items():
                    self._before[results] = known.read_again(
                        context, keeps_journal=keeps_journal, keeps_syllabi=keeps_syllabi
                    )
        is_settled = time.time() - mark.newest > _TICK
        return FilesSeen(mark.digest, mark.journal, mark.syllabi, is_settled)

    def _unchanged(self, journal: str, syllabi: str) -> tuple[bool, bool]:
        """Return whether journal and syllabi are those of what was read before."""
        return journal == self._journal, syllabi == self._syllabi

    def workspace(self, context: Context, results: ResultsRead, seen: FilesSeen) -> Workspace:
        """Return the workspace at a moment; what did not change is not read again."""
        with self._lock:
            if seen.digest == self._digest and results in self._read:
                return self._read[results].at(context)
            before = self._before.get(results)
            has_journal, has_syllabi = self._unchanged(seen.journal, seen.syllabi)
        if before is None:
            first = Workspace(context, results)
            first.facts_before = self._facts
            return first
        return before.read_again(context, keeps_journal=has_journal, keeps_syllabi=has_syllabi)

    def keep(self, workspace: Workspace, seen: FilesSeen) -> None:
        """Remember what was read of the workspace to answer a request."""
        with self._lock:
            if seen.is_settled and seen.digest == self._digest:
                self._read[workspace.results] = workspace

    def page(
        self,
        address: str,
        context: Context,
        seen: FilesSeen,
        make: Callable[[], Response],
        may_keep: Callable[[], bool] = lambda: True,
    ) -> Response:
        """Return a page that was made in this minute from the same files, or make it.

        Clients that ask for a page while it is made wait for it.

        Args:
            address: The address of the page.
            context: Where and when.
            seen: How the files were when the request came.
            make: Makes the page.
            may_keep: Whether the page, once it is made, rests on the files of the workspace alone.
        """
        key = (address, seen.digest, context.day, int(context.now.timestamp()) // 60)
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._lock:
                known = self._pages.get(key)
            if known is not None:
                return known
            made = make()
            if seen.is_settled and made.status_code == 200 and may_keep():
                self._remember(key, made)
        with self._lock:
            self._turns.pop(key, None)
        return made

    def _remember(self, key: object, made: Response) -> None:
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
