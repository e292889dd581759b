"""Read `curriculum.yaml`: text -> settings with the places of their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationError

from curriculum.model.busy import masked
from curriculum.model.formatting import hours_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Problem
from curriculum.model.quantities import minutes, quoted
from curriculum.model.settings import (
    Settings,
    ZonePeriod,
    due_before_start,
    longest_sitting,
    track_without_sittings,
)
from curriculum.model.sources import Path, Source
from curriculum.model.suggestions import suggestion
from curriculum.syllabus.documents import read_document
from curriculum.syllabus.located_problems import Flaw, with_places
from curriculum.syllabus.translation import FileType, translate


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """What a settings file holds.

    Attributes:
        settings: The settings; None when the file has a problem.
        source: The file, which knows the place of every value: the third goal is `("goals", 2)`.
        problems: Everything wrong with it, sorted by place.
    """

    settings: Settings | None
    source: Source
    problems: tuple[Problem, ...] = ()


_ADDRESS = late_pattern(r"[A-Za-z]+://[^\s'\"\]},]+")
_FILE_TYPE = FileType(Settings, "the settings")


def read_settings(file: str, text: str) -> SettingsRead:
    """Return the settings that a file declares, or everything that is wrong with it.

    An empty file sets nothing.

    Args:
        file: How the file is called in problems.
        text: The YAML text of `curriculum.yaml`.
    """
    document = read_document(file, text)
    content: object = document.content
    if content is None:
        if document.problems:
            return SettingsRead(None, document.source, without_tokens(document.problems, text))
        content = {}
    settings, flaws = settings_of(content)
    located = with_places(flaws, document.source)
    problems = tuple(sorted({*document.problems, *located}))
    if problems:
        return SettingsRead(None, document.source, without_tokens(problems, text))
    return SettingsRead(settings, document.source)


def without_tokens(problems: Iterable[Problem], text: str) -> tuple[Problem, ...]:
    """Return problems whose sentences do not hold what may be secret in an address of the file."""

    def shown(match: re.Match[str]) -> str:
        return masked(match[0]) if match[0] in text else match[0]

    found: list[Problem] = []
    for problem in problems:
        message = _ADDRESS.sub(lambda match: masked(match[0]), problem.message)
        found.append(replace(problem, message=message, hint=_ADDRESS.sub(shown, problem.hint)))
    return tuple(found)


def settings_of(content: object) -> tuple[Settings | None, list[Flaw]]:
    """Return the settings that the values of a file make, and what is wrong with them."""
    if not isinstance(content, dict):
        message = f"the file is {quoted(content)}, not a mapping"
        return None, [Flaw((), "wrong-type", message, "begin it with 'goals:'")]
    flaws = list(_zone_flaws(content.get("timezone")))
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        return None, [*flaws, *translate(error, content, _FILE_TYPE)]
    flaws += _due_flaws(settings)
    flaws += _length_flaws(settings)
    flaws += _track_flaws(settings)
    flaws += _cap_flaws(settings)
    flaws += _period_flaws(settings.timezone or ())
    return settings, flaws


def _due_flaws(settings: Settings) -> list[Flaw]:
    """Return the flaws of goals that are due before the plan may start."""
    flaws: list[Flaw] = []
    for position in due_before_start(settings):
        path = ("goals", position, "by")
        message = "the goal is due before the plan may start"
        flaws.append(Flaw(path, "bad-value", message, "correct the date or 'start'"))
    return flaws


def _length_flaws(settings: Settings) -> Iterator[Flaw]:
    """Yield the flaw of a week in which not one session has room."""
    shortest = minutes(settings.session.shortest)
    longest = longest_sitting(settings)
    if not any(settings.week) or longest >= shortest:
        return
    least = f"and no session is shorter than {hours_text(shortest)}"
    if longest_sitting(settings, load=Fraction(1)) >= shortest:
        message = f"it leaves at most {hours_text(longest)} of a day for study, {least}"
        yield Flaw(("load",), "bad-value", message, "raise it, or lower 'shortest' in 'session'")
    else:
        message = f"its longest window has {hours_text(longest)}, {least}"
        hint = "give a longer window, or lower 'shortest' in 'session'"
        yield Flaw(("availability",), "bad-value", message, hint)


def _track_flaws(settings: Settings) -> Iterator[Flaw]:
    """Yield the flaw of hours per track that leave a track without a session."""
    track = track_without_sittings(settings)
    if track is None or not settings.has_track_hours:
        return
    shortest = hours_text(minutes(settings.session.shortest))
    message = f"no window of {shortest} or more, the shortest session, is open to {track}"
    hint = f"give one under '{track}' or 'any'"
    yield Flaw(("availability",), "bad-value", message, hint)


def _cap_flaws(settings: Settings) -> Iterator[Flaw]:
    """Yield the flaws of caps that leave no room for a session."""
    shortest = settings.session.shortest
    cap = settings.cap
    least = f"and no session is shorter than {hours_text(minutes(shortest))}"
    if cap.day is not None and cap.day < shortest:
        message = f"the cap allows {hours_text(minutes(cap.day))} a day, {least}"
        hint = "raise it, or lower 'shortest' in 'session'"
        yield Flaw(("cap", "day"), "bad-value", message, hint)
    if cap.week is not None and cap.week - settings.catch_up < shortest:
        left = max(timedelta(0), cap.week - settings.catch_up)
        message = f"the cap leaves {hours_text(minutes(left))} a week for sessions, {least}"
        hint = "raise it, or lower 'catch_up', which lies below the cap"
        yield Flaw(("cap", "week"), "bad-value", message, hint)


def _zone_flaws(zones: object) -> Iterator[Flaw]:
    """Yield the flaws of time zones that do not exist: of one, or of a list of them."""
    if not isinstance(zones, list):
        yield from _unknown_zone(zones, ("timezone",))
        return
    for number, period in enumerate(zones):
        path: Path = ("timezone", number)
        if isinstance(period, dict):
            yield from _unknown_zone(period.get("zone"), (*path, "zone"))
        else:
            yield from _unknown_zone(period, path)


def _unknown_zone(zone: object, path: Path) -> Iterator[Flaw]:
    if not isinstance(zone, str):
        return
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, an absolute path, a folder of zones
        advice = "write the name of a city of the zone, like 'Europe/Berlin'"
        hint = suggestion(zone, available_timezones(), advice)
        yield Flaw(path, "unknown-timezone", f"{quoted(zone)} is not a time zone", hint)


def _period_flaws(periods: Sequence[ZonePeriod]) -> Iterator[Flaw]:
    """Yield the flaws of dated time zones that do not follow each other."""
    last = len(periods) - 1
    before: date | None = None
    for number, period in enumerate(periods):
        path: Path = ("timezone", number)
        until = period.until
        if until is None:
            if number < last:
                message = f"{quoted(period.zone)} has no 'until', but another zone comes after it"
                yield Flaw(path, "bad-value", message, "add 'until', or move it to the end")
            continue
        if before is not None and until <= before:
            message = f"the zone lasts until {until}, the one before it until {before}"
            yield Flaw((*path, "until"), "bad-date", message, "write the zones in their order")
        elif number == last:
            message = f"no zone is given for the days after {until}"
            hint = "remove 'until', or add the zone that follows"
            yield Flaw((*path, "until"), "bad-value", message, hint)
        before = until
