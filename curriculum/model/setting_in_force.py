"""A setting as it is in force, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Place

SettingValue: TypeAlias = "str | list[SettingValue] | dict[str, SettingValue] | None"
"""A value as it is written in the settings: text, lists and mappings; None where nothing is set."""


class Origin(StrEnum):
    """Why a setting has its value."""

    DEFAULT = "default"
    FILE = "file"
    COMMAND_LINE = "command line"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting as it is in force, and why.

    Attributes:
        key: Its name; `session.longest` for a key inside another.
        value: Its value as it is written in the settings; None where nothing is set.
        origin: What decided it.
        place: Where it is in the settings file; None when it is not there.
        name: The option or the variable that decided it; empty when none did.
    """

    key: str
    value: SettingValue
    origin: Origin
    place: Place | None = None
    name: str = ""
