"""The commits of the repositories that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from curriculum.disk.repositories import RepositoryError, commits_of
from curriculum.model.settings import DayRange
from curriculum.practice.review_text import CodeCommit, UnreadRepository
from curriculum.services.snapshot import Snapshot


def commits_in(
    snapshot: Snapshot, days: DayRange
) -> tuple[tuple[CodeCommit, ...], tuple[UnreadRepository, ...]]:
    """Return the commits of some days, and the repositories that could not be read."""
    found: list[CodeCommit] = []
    unread: list[UnreadRepository] = []
    for path in snapshot.settings.code:
        try:
            found.extend(_commits(snapshot, path, days))
        except RepositoryError as error:
            unread.append(UnreadRepository(path, str(error)))
    return tuple(found), tuple(unread)


def _commits(snapshot: Snapshot, path: str, days: DayRange) -> Iterator[CodeCommit]:
    folder = snapshot.context.root / Path(path).expanduser()
    since = datetime.combine(days.first, time.min, snapshot.zone).astimezone(UTC)
    for commit in commits_of(folder, since):
        if commit.at.astimezone(snapshot.zone).date() <= days.last:
            yield CodeCommit(folder.resolve().name, commit.id, commit.subject)
