"""Gather the calendars that say when the person is busy: files, addresses and CalDAV collections."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.disk.busy import busy_files, own_calendars
from curriculum.model.busy import BusySource, Copy, is_address, web_address
from curriculum.model.problems import CurriculumError, Place, Problem, Severity
from curriculum.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from curriculum.network.http import HttpAnswer
    from curriculum.network.limits import BackgroundCall


@dataclass(frozen=True, slots=True)
class BusyText:
    """A calendar before it is read: its name, its bytes, and the source it comes from."""

    label: str
    data: bytes
    source: BusySource


@dataclass(frozen=True, slots=True)
class BusyTexts:
    """All calendars that say when the person is busy, and what is wrong with their sources."""

    texts: tuple[BusyText, ...]
    problems: tuple[Problem, ...]


def busy_texts(gathered: Workspace, output: Path, oldest: timedelta) -> BusyTexts:
    """Return the calendars of all sources; a file that several of them name is taken once.

    Args:
        gathered: The workspace.
        output: Where calendars are published; those there are never busy.
        oldest: How old a copy of what an address answered may be before it is asked again.
    """
    root = gathered.context.root
    own = own_calendars(output) | own_calendars(root / "calendars")
    found: dict[str, BusyText] = {}
    problems: list[Problem] = []
    asked = _asked(gathered, oldest)
    for index, source in enumerate(gathered.settings.busy):
        place = gathered.setting.source.place(("busy", index))
        if source.label in asked:
            copy = asked[source.label].copy()
            problems += _doubts(source, copy, place, gathered)
            texts = [] if copy.fault is not None and not copy.data else [(source.label, copy.data)]
        else:
            files, faults = busy_files(root, [source.label], own, lambda _, place=place: place)  # type: ignore[misc]
            problems += faults
            texts = list(files)
        for label, data in texts:
            found.setdefault(label, BusyText(label, data, source))
    return BusyTexts(tuple(found[label] for label in sorted(found)), tuple(problems))


@dataclass(frozen=True)
class _Asked:
    """An address that was asked, or whose copy is young enough."""

    source: BusySource
    known: Copy | None
    folder: Path
    now: datetime
    answer: BackgroundCall[HttpAnswer] | None

    def copy(self) -> Copy:
        """Return the newest copy there is; one without bytes when there never was one. Keep it for the next time."""
        if self.answer is None:
            assert self.known is not None, "an address without a copy is asked"
            return self.known
        from curriculum.disk.feed_cache import keep_copy

        copy = self._answered(self.answer)
        if copy.data:
            keep_copy(self.folder, copy)
        return copy

    def _answered(self, waiting: BackgroundCall[HttpAnswer]) -> Copy:
        from curriculum.network.http import FEED_LIMITS

        label, now = self.source.label, self.now
        try:
            answer = waiting.result(2 * FEED_LIMITS.seconds)
        except CurriculumError as error:
            known = self.known or Copy(label, b"", now, now)
            return replace(known, asked=now, fault=str(error))
        if answer.data is None and self.known is not None:
            return replace(self.known, at=now, asked=now, fault=None)
        return Copy(label, answer.data or b"", now, now, answer.etag, answer.modified)


def _asked(gathered: Workspace, oldest: timedelta) -> dict[str, _Asked]:
    """Ask all addresses at once whose copies are too old."""
    sources = [
        one for one in gathered.settings.busy if one.caldav is not None or is_address(one.label)
    ]
    if not sources:
        return {}
    from curriculum.disk.feed_cache import read_copy
    from curriculum.network.limits import BackgroundCall

    folder, now = cache_folder(), gathered.context.now.replace(microsecond=0)
    found = {}
    for source in sources:
        known = read_copy(folder, source.label)
        is_young = known is not None and timedelta(0) <= now - known.asked < oldest
        answer = None if is_young else BackgroundCall(_question(source, known, gathered))
        found[source.label] = _Asked(source, known, folder, now, answer)
    return found


def _question(
    source: BusySource, known: Copy | None, gathered: Workspace
) -> Callable[[], HttpAnswer]:
    if source.caldav is not None:
        from curriculum.services.accounts import busy_collection

        return busy_collection(source.caldav, source.user, gathered)
    from curriculum.network.http import ask

    etag, modified = (known.etag, known.modified) if known is not None else (None, None)
    address = web_address(source.label)
    return lambda: ask(address, etag, modified)


def cache_folder() -> Path:
    """Return where copies of what addresses answered are kept (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (
        (Path(named) if Path(named).is_absolute() else Path.home() / ".cache")
        / "curriculum"
        / "busy"
    )


def _doubts(source: BusySource, copy: Copy, place: Place, gathered: Workspace) -> Iterator[Problem]:
    """Yield what is to be said of a copy that is used because there is no answer, or of there being none."""
    if copy.fault is None:
        return
    what = f"'{source.label}' cannot be asked: {copy.fault}"
    if copy.data:
        then = copy.at.astimezone(gathered.zone)
        message = f"{what}; its copy of {then:%a} {then.day} {then:%b %Y %H:%M} is used"
        yield Problem(place, "busy-copy", message, "", Severity.WARNING)
    else:
        hint = "plan again with a network, or take it out of 'busy'"
        yield Problem(place, "busy-unreachable", f"{what}; there is no copy of it", hint)
