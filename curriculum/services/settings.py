"""The settings of a workspace, and the person's clock; its works are not read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from curriculum.disk.workspace import SETTINGS, WorkspaceFile, read_settings_file
from curriculum.model.dated_zone import dated_zone
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.settings import Settings
from curriculum.model.sources import Source
from curriculum.services.context import Context
from curriculum.syllabus.settings import read_settings
from curriculum.syllabus.text_checks import decode


@dataclass(frozen=True, slots=True)
class Setting:
    """The settings as they stand in their file.

    Attributes:
        settings: The settings, or the defaults where the file is missing or has a problem.
        source: Where they stand.
        problems: What is wrong with them.
        text: The text of the file.
    """

    settings: Settings
    source: Source
    problems: tuple[Problem, ...] = ()
    text: str = ""

    @property
    def zone(self) -> tzinfo:
        """The zone of the person's clock.

        Raises:
            UnknownClockError: The settings do not say it, and the machine cannot.
        """
        periods = self.settings.timezone
        if periods is None:
            return machine_zone()
        return dated_zone((period.until, ZoneInfo(period.zone)) for period in periods)


class UnknownClockError(CurriculumError):
    """Neither the settings nor the machine says in which time zone the person lives."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "the time zone of this machine has no name that is known, so no time can be read; "
            f"write yours in {SETTINGS}, like 'timezone: Europe/Berlin' (or set TZ to such a name)"
        )


def machine_zone() -> tzinfo:
    """Return the zone of the machine.

    Raises:
        UnknownClockError: It has no name, as with TZ=CET-1CEST, or a name that is not known.
    """
    try:
        return get_localzone()
    # No such zone; a path out of the folder of zones, or not a file of one; a folder.
    except (KeyError, ValueError, OSError) as error:
        raise UnknownClockError from error


def setting_of(desk: Context) -> Setting:
    """Read the settings, and no syllabus."""
    return setting_in(read_settings_file(desk.root))


def setting_in(file: WorkspaceFile | None) -> Setting:
    """Return the settings that a file holds."""
    if file is None:
        return Setting(Settings(), Source(SETTINGS, ""))
    text = decode(file.label, file.data)
    if isinstance(text, Problem):
        return Setting(Settings(), Source(SETTINGS, ""), (text,))
    read = read_settings(file.label, text)
    return Setting(read.settings or Settings(), read.source, read.problems, text)
