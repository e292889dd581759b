"""The options of the program that hold for every command, and those set in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click
from click.core import ParameterSource

from curriculum.model.setting_in_force import Origin, SettingInForce, SettingValue
from curriculum.services.accounts import PASSWORD_VARIABLE
from curriculum.services.settings import UnknownClockError
from curriculum.services.snapshot import Snapshot

_PREFIX = "CURRICULUM_"
_NOT_SHOWN = "not shown: no option has this name"


def given_options(ctx: click.Context, snapshot: Snapshot) -> tuple[SettingInForce, ...]:
    """Return the options before the command, each with its value and what decided it."""
    root = ctx.find_root()
    in_force: dict[str, SettingValue] = {
        "workspace": str(snapshot.context.root.resolve()),
        "today": _today(snapshot),
    }
    return tuple(_option(root, one, in_force) for one in _options(root.command))


def _today(snapshot: Snapshot) -> str | None:
    """Return the day that is today; None where nobody knows the zone it is in."""
    day = snapshot.context.day
    if day is not None:
        return day.isoformat()
    try:
        return snapshot.today.isoformat()
    except UnknownClockError:
        return None


def options_in_the_environment(ctx: click.Context) -> tuple[SettingInForce, ...]:
    """Return what the environment sets for single commands, as `CURRICULUM_PLAN_OUTPUT` does."""
    root = ctx.find_root()
    elsewhere = {_variable("", one) for one in _options(root.command)} | {PASSWORD_VARIABLE}
    found: list[SettingInForce] = []
    for name, value in sorted(os.environ.items()):
        if name.startswith(_PREFIX) and value and name not in elsewhere:
            found.append(_of_variable(root, name, value))
    return tuple(found)


def _option(
    root: click.Context, option: click.Option, in_force: dict[str, SettingValue]
) -> SettingInForce:
    key = option.name or ""
    value = in_force.get(key, _text(root.params.get(key)))
    match root.get_parameter_source(key):
        case ParameterSource.COMMANDLINE:
            return SettingInForce(key, value, Origin.COMMAND_LINE, name=option.opts[0])
        case ParameterSource.ENVIRONMENT:
            return SettingInForce(key, value, Origin.ENVIRONMENT, name=_variable("", option))
        case _:
            return SettingInForce(key, value, Origin.DEFAULT)


def _text(value: Any) -> SettingValue:  # Any: whatever an option is read as
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def _of_variable(root: click.Context, name: str, value: str) -> SettingInForce:
    for words, option in _options_below(root, root.command, ()):
        if _variable("_".join((*words, "")), option) == name:
            key = " ".join((*words, option.opts[0]))
            return SettingInForce(key, value, Origin.ENVIRONMENT, name=name)
    if name.startswith(f"{PASSWORD_VARIABLE}_"):
        return SettingInForce(name, "***", Origin.ENVIRONMENT, name=name)
    # A misspelled name of a variable may hold a password.
    return SettingInForce(name, _NOT_SHOWN, Origin.ENVIRONMENT, name=name)


def _options_below(
    ctx: click.Context, command: click.Command, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Option]]:
    """Yield every option of the commands of a group, with the words that name the command."""
    if not isinstance(command, click.Group):
        for option in _options(command):
            yield words, option
        return
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        assert below is not None, f"'{name}' is listed"
        yield from _options_below(ctx, below, (*words, name))


def _options(command: click.Command) -> list[click.Option]:
    """Return the options of a command whose values it is given."""
    return [one for one in command.params if isinstance(one, click.Option) and one.expose_value]


def _variable(command: str, option: click.Option) -> str:
    return f"{_PREFIX}{command}{option.name}".upper().replace("-", "_")
