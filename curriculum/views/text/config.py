"""The settings in force as a table: what each is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.setting_in_force import Origin, SettingInForce, SettingValue

_NOT_SET = {
    "today": "unknown",
    "goals": "every work of your own",
    "start": "today",
    "timezone": "unknown",
    "caldav.password": "from the keyring",
}
"""What it means that a setting has no value."""


def config_view(settings: Iterable[SettingInForce]) -> RenderableType:
    """Return one row for each setting."""
    rows = Table(box=None, pad_edge=False, header_style="bold")
    rows.add_column("setting", no_wrap=True)
    rows.add_column("value", overflow="fold")
    rows.add_column("from", no_wrap=True)
    for one in settings:
        value = "\n".join(_lines(one.value)) or _NOT_SET.get(one.key, "none")
        rows.add_row(Text(one.key), Text(value), Text(_origin(one)))
    return rows


def _origin(setting: SettingInForce) -> str:
    if setting.place is not None:
        return f"{setting.place.file}:{setting.place.line}"
    match setting.origin:
        case Origin.COMMAND_LINE:
            return f"option {setting.name}"
        case Origin.ENVIRONMENT if setting.name == setting.key:
            return "environment"
        case Origin.ENVIRONMENT:
            return f"variable {setting.name}"
        case _:
            return "default"


def _lines(value: SettingValue) -> Iterator[str]:
    """Yield the lines of a value: one for each entry of a list or mapping."""
    match value:
        case None:
            return
        case dict():
            yield from map(_pair, value.items())
        case list():
            yield from map(_entry, value)
        case _:
            yield str(value)


def _pair(entry: tuple[str, SettingValue]) -> str:
    key, value = entry
    text = _entry(value)
    if isinstance(value, dict):
        text = f"{{{text}}}"
    return f"{key}: {text}"


def _entry(value: SettingValue) -> str:
    match value:
        case dict():
            return ", ".join(map(_pair, value.items()))
        case list():
            return ", ".join(map(_entry, value))
        case _:
            return str(value)
