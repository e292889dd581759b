"""Every setting in force, and why: the default, the settings file, an option or the environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from curriculum.disk.workspace import SETTINGS
from curriculum.model.busy import is_address, masked, without_user
from curriculum.model.setting_in_force import Origin, SettingInForce, SettingValue
from curriculum.model.suggestions import suggestion
from curriculum.services.accounts import PASSWORD_VARIABLE, password_variable
from curriculum.services.errors import UsageError
from curriculum.services.settings import UnknownClockError, machine_zone
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import require_no_errors
from curriculum.syllabus.written_settings import written

_SECTIONS = (
    "balance",
    "session",
    "cap",
    "textbooks",
    "papers",
    "speed",
    "publish",
    "caldav",
)
"""Settings that are mappings of settings, each of which has a row of its own."""

_SHARED = "balance"
"""A section in which one key also says the other."""

_ZONE_VARIABLE = "TZ"
_HIDDEN = "***"
"""Stands for what may be secret."""


def configuration(snapshot: Snapshot, environment: Mapping[str, str]) -> tuple[SettingInForce, ...]:
    """Return every setting of `curriculum.yaml` as it is in force, in the order of the schema.

    Passwords, and what follows the host in the address of a calendar, are hidden.

    Args:
        snapshot: The workspace.
        environment: The variables of the environment.

    Raises:
        ProblemsError: The settings file has an error.
    """
    setting = snapshot.setting
    require_no_errors(setting.problems, {SETTINGS: setting.text})
    found: list[SettingInForce] = []
    for key, value in written(setting.settings).items():
        if key in _SECTIONS and isinstance(value, Mapping):
            found += _section(snapshot, key, value)
        elif key == "timezone" and value is None:
            found.append(_zone_of_the_machine(environment))
        else:
            found.append(_row(snapshot, (key,), _masked(key, value)))
    if _asks_for_a_password(snapshot):
        found.append(_password(snapshot, environment))
    return tuple(found)


def chosen_settings(
    settings: Sequence[SettingInForce], key: str | None
) -> tuple[SettingInForce, ...]:
    """Return the settings with a key, or below it: `session` means `session.longest`, too.

    Raises:
        UsageError: There is none.
    """
    if key is None:
        return tuple(settings)
    chosen = [one for one in settings if one.key == key or one.key.startswith(f"{key}.")]
    if not chosen:
        names = {one.key for one in settings} | {one.key.partition(".")[0] for one in settings}
        hint = suggestion(key, names, "see 'curriculum config' for all of them")
        raise UsageError(f"no setting is called '{key}'; {hint}", "KEY")
    return tuple(chosen)


def _section(
    snapshot: Snapshot, key: str, values: Mapping[str, SettingValue]
) -> Iterator[SettingInForce]:
    for name, value in values.items():
        yield _row(snapshot, (key, name), _masked(key, value))


def _row(snapshot: Snapshot, path: tuple[str, ...], value: SettingValue) -> SettingInForce:
    """Return a setting with its line in the file, or as a default."""
    source = snapshot.setting.source
    key = ".".join(path)
    if path[0] == _SHARED and not source.holds(path):
        path = path[:1]
    if not source.holds(path):
        return SettingInForce(key, value, Origin.DEFAULT)
    return SettingInForce(key, value, Origin.FILE, place=source.place(path, of_key=True))


def _zone_of_the_machine(environment: Mapping[str, str]) -> SettingInForce:
    try:
        zone = str(machine_zone())
    except UnknownClockError:
        zone = None
    if environment.get(_ZONE_VARIABLE):
        return SettingInForce("timezone", zone, Origin.ENVIRONMENT, name=_ZONE_VARIABLE)
    return SettingInForce("timezone", zone, Origin.DEFAULT)


def _asks_for_a_password(snapshot: Snapshot) -> bool:
    settings = snapshot.settings
    return settings.caldav is not None or any(one.caldav is not None for one in settings.busy)


def _password(snapshot: Snapshot, environment: Mapping[str, str]) -> SettingInForce:
    key = "caldav.password"
    account = snapshot.settings.caldav
    names = [PASSWORD_VARIABLE]
    if account is not None:
        names.insert(0, password_variable(account.url))
    for name in names:
        if environment.get(name):
            return SettingInForce(key, _HIDDEN, Origin.ENVIRONMENT, name=name)
    return SettingInForce(key, None, Origin.DEFAULT)


def _masked(key: str, value: SettingValue) -> SettingValue:
    """Return a value without what may be secret: addresses of calendars often hold a token."""
    match value:
        case str() if is_address(value):
            return _address(value, keeps_path=key == "caldav")
        case list():
            return [_masked(key, one) for one in value]
        case dict():
            return {name: _masked(name, one) for name, one in value.items()}
        case _:
            return value


def _address(text: str, *, keeps_path: bool) -> str:
    if not keeps_path:
        return masked(text)
    parts = urlsplit(without_user(text))
    return f"{parts.scheme}://{parts.netloc}{parts.path}" + (f"?{_HIDDEN}" if parts.query else "")
