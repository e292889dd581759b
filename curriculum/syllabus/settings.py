"""Read `curriculum.yaml`: text -> settings with the places of their values; whether a goal exists is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationError

from curriculum.model.problems import Problem
from curriculum.model.quantities import shown
from curriculum.model.settings import Settings
from curriculum.model.sources import Source
from curriculum.syllabus.documents import read_document
from curriculum.syllabus.located_problems import Flaw, suggestion, with_places
from curriculum.syllabus.translation import Described, translate


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """What a settings file holds.

    Attributes:
        settings: The settings; None when the file has a problem.
        source: The file, which knows the place of every value: that of a plain goal is `place(("goals", 2))`.
        problems: Everything wrong with it, sorted by place.
    """

    settings: Settings | None
    source: Source
    problems: tuple[Problem, ...] = ()


_SUBJECT = Described(Settings, "the settings")


def read_settings(file: str, text: str) -> SettingsRead:
    """Return the settings that a file declares, or everything that is wrong with it; an empty file sets nothing.

    Args:
        file: How the file is called in problems.
        text: The YAML text of `curriculum.yaml`.
    """
    document = read_document(file, text)
    if document.content is None and document.problems:
        return SettingsRead(None, document.source, document.problems)
    settings, flaws = _settings_of({} if document.content is None else document.content)
    problems = tuple(sorted({*document.problems, *with_places(flaws, document.source)}))
    return SettingsRead(None if problems else settings, document.source, problems)


def _settings_of(content: object) -> tuple[Settings | None, list[Flaw]]:
    """Return the settings that the values of a file make, and what is wrong with them."""
    if not isinstance(content, dict):
        return None, [
            Flaw(
                (),
                "wrong-type",
                f"the file is {shown(content)}, not a mapping",
                "begin it with 'goals:'",
            )
        ]
    zone = content.get("timezone")
    flaws = _zone_flaws(zone) if isinstance(zone, str) else []
    try:
        return Settings.model_validate(content), flaws
    except ValidationError as error:
        return None, [*flaws, *translate(error, content, _SUBJECT)]


def _zone_flaws(zone: str) -> list[Flaw]:
    """Return the flaw of a time zone that no clock follows, if it is one."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, no relative path, a folder of zones
        return [_unknown_zone(zone)]
    return []


def _unknown_zone(zone: str) -> Flaw:
    hint = suggestion(
        zone,
        sorted(available_timezones()),
        "write the name of a city of the zone, like 'Europe/Berlin'",
    )
    return Flaw(("timezone",), "unknown-timezone", f"{shown(zone)} is not a time zone", hint)
