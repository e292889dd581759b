"""Gather the calendars that say when the person is busy: files, addresses, collections."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from curriculum.availability.busy_time import BusyCalendar, BusyQuestion
from curriculum.disk.busy import own_calendars, read_busy_files
from curriculum.disk.cache_folder import cache_folder
from curriculum.disk.feed_cache import keep_copy, read_copy
from curriculum.ical.wholeness import foreign_fault, is_calendar, is_whole
from curriculum.model.busy import BusySource, Copy, masked
from curriculum.model.formatting import moment_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError, Place, Problem, Severity
from curriculum.model.sources import Path as SettingPath
from curriculum.network.answers import HttpAnswer
from curriculum.network.limits import FEED_LIMITS, BackgroundCall
from curriculum.services.accounts import AskForCalendar, asking_address, busy_collection
from curriculum.services.snapshot import Snapshot


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


def busy_texts(snapshot: Snapshot, output: Path, oldest: timedelta) -> BusyTexts:
    """Return the calendars of all sources; a file that several of them name is taken once.

    Args:
        snapshot: The workspace.
        output: Where calendars are published; those there are never busy.
        oldest: How old a copy of an address's answer may be before it is asked again.
    """
    own = own_calendars(output) | own_calendars(snapshot.context.root / "calendars")
    return _gathered(snapshot, _busy_sources(snapshot), own, oldest)


def study_texts(snapshot: Snapshot, oldest: timedelta) -> BusyTexts:
    """Return the calendars that say when the person can study; see `busy_texts`."""
    found = _gathered(snapshot, _study_sources(snapshot), (), oldest)
    if found.texts or found.problems:
        return found
    return BusyTexts((), _no_study_calendar(snapshot))


def _no_study_calendar(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return the problem of a pattern that names no file: there would be no time for studying."""
    calendar = snapshot.settings.study_calendar
    if calendar is None:
        return ()
    place = snapshot.setting.source.place((_STUDY, "ics"))
    message = f"no calendar of study time is called '{calendar.ics}'"
    hint = "is the path right, seen from the workspace?"
    return (Problem(place, f"{_STUDY}-missing", message, hint),)


def busy_file_problems(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return what is wrong with the sources that are files; no address is asked."""
    context = snapshot.context
    own = own_calendars(context.calendars)
    problems: list[Problem] = []
    for path, source in (*_busy_sources(snapshot), *_study_sources(snapshot)):
        if source.is_asked:
            continue
        place = snapshot.setting.source.place(path)
        files = read_busy_files(context.root, source.label, place, own, str(path[0]))
        problems += files.problems
        if path[0] == _STUDY and not (files.files or files.problems):
            problems += _no_study_calendar(snapshot)
    return tuple(problems)


_STUDY = "availability"
_Sources: TypeAlias = Sequence[tuple[SettingPath, BusySource]]
"""Sources with their places among the settings."""


def _busy_sources(snapshot: Snapshot) -> _Sources:
    return [(("busy", index), source) for index, source in enumerate(snapshot.settings.busy)]


def _study_sources(snapshot: Snapshot) -> _Sources:
    calendar = snapshot.settings.study_calendar
    return [] if calendar is None else [((_STUDY, "ics"), calendar.source)]


def _gathered(
    snapshot: Snapshot, sources: _Sources, own: Collection[Path], oldest: timedelta
) -> BusyTexts:
    root = snapshot.context.root
    requests = _requests(snapshot, [source for _, source in sources], oldest)
    found: dict[str, BusyText] = {}
    problems: list[Problem] = []
    for path, source in sources:
        place = snapshot.setting.source.place(path)
        # All addresses were asked before the first file is read: here their answers are awaited.
        request = requests.get(source.label)
        if request is None:
            files = read_busy_files(root, source.label, place, own, str(path[0]))
            problems += files.problems
            for label, data in files.files:
                found.setdefault(label, BusyText(label, data, source))
            continue
        copy = request.copy()
        if copy.fault is not None:
            problems.append(_fault_problem(copy, copy.fault, place, snapshot))
        # An address that never answered has no calendar, which is not the same as an empty one.
        if copy.fault is None or copy.data:
            name = _name(source, snapshot.settings.busy)
            found.setdefault(copy.label, BusyText(name, copy.data, source))
    texts = tuple(found[label] for label in sorted(found))
    return BusyTexts(texts, tuple(problems))


def _name(source: BusySource, sources: Sequence[BusySource]) -> str:
    """Return what a source is called in messages, without its token, and unlike all others."""
    name = masked(source.label)
    alike = [one.label for one in sources if masked(one.label) == name]
    if source.label not in alike:
        return name
    number = alike.index(source.label) + 1
    return name if number == 1 else f"{name} ({number})"


@dataclass(frozen=True)
class _Request:
    """An address that is being asked, or whose copy is new enough."""

    label: str
    known: Copy | None
    folder: Path | None
    now: datetime
    answer: BackgroundCall[HttpAnswer] | None

    def copy(self) -> Copy:
        """Return the newest copy, kept for the next time; without bytes if there never was one."""
        if self.answer is None:
            assert self.known is not None, "an address without a copy is asked"
            return self.known
        copy = self._copy_of(self.answer)
        if copy.data:
            keep_copy(self.folder, copy)
        return copy

    def _copy_of(self, call: BackgroundCall[HttpAnswer]) -> Copy:
        label, known, now = self.label, self.known, self.now
        try:
            # Twice its time: a collection takes several requests, each with a limit of its own.
            answer = call.result(2 * FEED_LIMITS.seconds)
        except CurriculumError as error:
            return self._unchanged(str(error))
        if answer.data is None and known is not None:
            return replace(known, at=now, asked=now, fault=None)
        data = answer.data or b""
        if not is_calendar(data):
            return self._unchanged(foreign_fault(data))
        # Where nothing better is known, what there is of a calendar is read, with a warning.
        fault = None if known is None else _loss(known.data, data, now)
        if fault is not None:
            return self._unchanged(fault)
        return Copy(label, data, now, now, answer.etag, answer.modified)

    def _unchanged(self, fault: str) -> Copy:
        """Return the copy that was known, with the reason why there is no new one."""
        last = self.known or Copy(self.label, b"", self.now, self.now)
        return replace(last, asked=self.now, fault=fault)


def _loss(old: bytes, new: bytes, now: datetime) -> str | None:
    """Return why a new calendar is worse than an old one; None where it can take its place."""
    if is_whole(old) and not is_whole(new):
        return "the answer breaks off in the middle of the calendar"
    fault = _reading_error(new, now)
    if fault is None or _reading_error(old, now) is not None:
        return None
    return fault


def _reading_error(data: bytes, now: datetime) -> str | None:
    """Return why the times of a calendar cannot be trusted."""
    today = now.date()
    read = BusyCalendar("", data).read(BusyQuestion(UTC, today, today))
    errors = [one.message for one in read.problems if one.severity is Severity.ERROR]
    return errors[0] if errors else None


def _requests(
    snapshot: Snapshot, sources: Sequence[BusySource], oldest: timedelta
) -> Mapping[str, _Request]:
    """Ask, all at once, the addresses whose copies are too old; return them by label."""
    now = snapshot.context.now.replace(microsecond=0)
    found: dict[str, _Request] = {}
    for source in sources:
        if not source.is_asked:
            continue
        folder = cache_folder("busy")
        known = _known_copy(folder, source.label)
        answer = None
        if known is None or not _is_new(known, now, oldest):
            answer = BackgroundCall(_question(source, known, snapshot))
        found[source.label] = _Request(source.label, known, folder, now, answer)
    return found


def _known_copy(folder: Path | None, label: str) -> Copy | None:
    """Return the copy of an address, if it is one of a calendar."""
    copy = read_copy(folder, label)
    return copy if copy is not None and is_calendar(copy.data) else None


def _is_new(copy: Copy, now: datetime, oldest: timedelta) -> bool:
    # A copy from the future was made before the clock was set back.
    return timedelta(0) <= now - copy.asked < oldest


def _question(source: BusySource, known: Copy | None, snapshot: Snapshot) -> AskForCalendar:
    if source.caldav is not None:
        return busy_collection(source.caldav, source.user, snapshot)
    return asking_address(source, snapshot.settings, known)


def _fault_problem(copy: Copy, fault: str, place: Place, snapshot: Snapshot) -> Problem:
    """Return the problem that an address could not be asked; with a copy of it only a warning."""
    what = f"'{masked(copy.label)}' gives no calendar: {fault}"
    if copy.data:
        message = f"{what}; its copy of {moment_text(copy.at, snapshot.zone)} is used"
        return Problem(place, "busy-copy", message, "", Severity.WARNING)
    hint = "plan again when that is mended, or take it out of the settings"
    return Problem(place, "busy-unreachable", f"{what}; there is no copy of it", hint)
