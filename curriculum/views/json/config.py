"""The settings in force as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.json_value import Json
from curriculum.model.setting_in_force import SettingInForce


def config_json(settings: Iterable[SettingInForce]) -> list[Json]:
    """Return each setting with its value, and why it has it."""
    return [_setting(one) for one in settings]


def _setting(setting: SettingInForce) -> Json:
    place = setting.place
    return {
        "key": setting.key,
        "value": setting.value,
        "origin": setting.origin.value,
        "name": setting.name or None,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
    }
