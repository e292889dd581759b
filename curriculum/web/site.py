"""What a running server knows: its workspace, the names it answers to, and its token."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import CALENDARS, more_calendars
from curriculum.network.host_names import own_names
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.views.html.frame import NO_NEWS, News
from curriculum.web.memory import Memory

_MOST_NEWS = 200
"""How much of what was recorded is kept for pages that are still to be shown."""


class NewsBox:
    """What was recorded, for the page that is shown after it."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: OrderedDict[str, News] = OrderedDict()
        self._lock = Lock()

    def put(self, news: News) -> str:
        """Keep some news and return their name."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            self._kept[name] = news
            while len(self._kept) > _MOST_NEWS:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> News:
        """Return the news of a name; none where it is not known."""
        with self._lock:
            return self._kept.get(name, NO_NEWS)


@dataclass(frozen=True, slots=True)
class Site:
    """What a running server knows.

    Attributes:
        root: The folder of the workspace.
        day: The day that the user set as today.
        names: The names by which feeds may be asked for.
        is_open: Whether the page answers to addresses that other machines can reach.
        token: What a form must carry to change anything; no other site can know it.
        news: What was recorded, for the page that is shown next.
        memory: What was read of the workspace.
    """

    root: Path
    day: date | None = None
    names: frozenset[str] = field(default_factory=own_names)
    is_open: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    news: NewsBox = field(default_factory=NewsBox)
    memory: Memory = field(default_factory=Memory)

    def context(self) -> Context:
        """Return where and when a request is answered; this reads the clock."""
        return Context(self.root, datetime.now(UTC), self.day)

    def calendars(self) -> tuple[str, ...]:
        """Return the names of the calendars that are served."""
        return (*CALENDARS, *more_calendars(Snapshot(self.context()).settings))
