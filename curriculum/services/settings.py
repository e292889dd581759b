"""The settings of a workspace, and the person's clock; its works are not read here."""

from __future__ import annotations

from contextlib import suppress
from datetime import tzinfo
from importlib import import_module
from zoneinfo import ZoneInfo

from curriculum import syllabus
from curriculum.disk.kept_readings import KeptReadings, reading_key
from curriculum.disk.workspace import SETTINGS, WorkspaceFile, read_settings_file
from curriculum.model.dated_zone import dated_zone
from curriculum.model.kept_values import NotKeptError, kept, restored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.settings import Settings
from curriculum.model.sources import Node, Source
from curriculum.services.context import Context
from curriculum.syllabus.text_checks import decode


@dataclass(frozen=True, slots=True)
class Setting:
    """The settings as they stand in their file.

    Attributes:
        settings: The settings, or the defaults where the file is missing or has a problem.
        source: Where they stand.
        problems: What is wrong with them.
        text: The text of the file.
        changes: The label and the text of what was typed instead of some of it; None without any.
    """

    settings: Settings
    source: Source
    problems: tuple[Problem, ...] = ()
    text: str = ""
    changes: tuple[str, str] | None = None

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
        # Most settings name their zone, and the module takes as long to load as a command to run.
        zone: tzinfo = import_module("tzlocal").get_localzone()
        return zone
    # No such zone; a path out of the folder of zones, or not a file of one; a folder.
    except (KeyError, ValueError, OSError) as error:
        raise UnknownClockError from error


def setting_of(desk: Context) -> Setting:
    """Read the settings, and no syllabus."""
    return setting_in(read_settings_file(desk.root), KeptReadings(desk.root, "settings"))


def setting_in(file: WorkspaceFile | None, readings: KeptReadings | None = None) -> Setting:
    """Return the settings that a file holds.

    Args:
        file: The file; None when there is none.
        readings: What earlier commands read; a text among them is not read again.
    """
    if file is None:
        return Setting(Settings.model_construct(), Source(SETTINGS, ""))
    text = decode(file.label, file.data)
    if isinstance(text, Problem):
        return Setting(Settings.model_construct(), Source(SETTINGS, ""), (text,))
    known = _kept(text, readings) if readings is not None else None
    if known is not None:
        return Setting(known, Source(SETTINGS, text.removeprefix("\ufeff"), _tree), (), text)
    read = syllabus.settings.read_settings(file.label, text)
    if readings is not None and read.settings is not None and not read.problems:
        _keep(text, read.settings, readings)
    settings = read.settings or Settings.model_construct()
    return Setting(settings, read.source, read.problems, text)


def _kept(text: str, readings: KeptReadings) -> Settings | None:
    """Return the settings that an earlier command found in a text, if they are sound here too."""
    try:
        found = restored(readings.find(reading_key(text)), Settings)
        for period in found.timezone or ():
            ZoneInfo(period.zone)  # which zones there are is a matter of the machine
    except (NotKeptError, LookupError, ValueError, OSError):
        return None
    return found


def _keep(text: str, settings: Settings, readings: KeptReadings) -> None:
    with suppress(NotKeptError):
        readings.add(reading_key(text), kept(settings))
        readings.keep()


def _tree(text: str) -> Node | None:
    return syllabus.trees.read_tree(text)
