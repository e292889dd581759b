"""Write settings as they are written in `curriculum.yaml`: values to trees of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from curriculum.model.busy import StudyCalendar
from curriculum.model.exploration import Explore
from curriculum.model.fields import Frozen
from curriculum.model.habits import WeeklyMoment
from curriculum.model.identifiers import TRACKS
from curriculum.model.quantities import minutes
from curriculum.model.setting_in_force import SettingValue
from curriculum.model.settings import DayRange, Settings
from curriculum.model.skimming import Skimming
from curriculum.model.study_hours import ANY, WEEKDAYS, WHOLE_DAY, Week, Window

_SHORT_FORMS = ("work", "ref", "from", "zone")
"""Keys of mappings that may be written as their value when they have no other key."""

_AVAILABILITY = "availability"
_PREFER = "prefer"


def written(settings: Settings) -> dict[str, SettingValue]:
    """Return the value of every key as text, lists and mappings; None where nothing is set.

    Mappings of settings, as `session`, have all their keys.

    Read again, they are the same settings.
    """
    tree: dict[str, SettingValue] = {}
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        key = field.key
        if key == _AVAILABILITY:
            tree[key] = _hours(value)
        elif name == _PREFER and value is not None:
            tree[name] = _week(value)
        elif isinstance(value, Explore):
            tree[key] = _explore(value)
        elif isinstance(value, Skimming):
            tree[key] = _skim(value)
        elif isinstance(value, Frozen):
            tree[key] = dict(_every_field(value))
        else:
            tree[key] = _plain(value, key)
    return tree


def _explore(value: Explore) -> SettingValue:
    """Return the keys that are set; the days as they are written."""
    tree: dict[str, SettingValue] = {"seed": str(value.seed)}
    if value.epsilon is not None:
        return {"epsilon": _number(value.epsilon, "epsilon")} | tree
    assert value.share is not None, "one of them is given"
    days = ",".join(WEEKDAYS[day] for day in value.on)
    return {"share": _number(value.share, "share"), "on": days} | tree


def _skim(value: Skimming) -> SettingValue:
    """Return the keys that are set; the days as they are written."""
    tree: dict[str, SettingValue] = {"takes": _plain(value.takes, "takes"), "per": value.per}
    if value.on:
        tree["on"] = ",".join(WEEKDAYS[day] for day in value.on)
    return tree


def _every_field(value: Frozen) -> Iterator[tuple[str, SettingValue]]:
    for name, field in type(value).model_fields.items():
        key = field.key
        yield key, _plain(getattr(value, name), key)


def _plain(value: object, key: str) -> SettingValue:
    """Return a value as it is written under a key."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case StrEnum() | str() | int() | WeeklyMoment():
            return str(value)
        case Fraction():
            return _number(value, key)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return _span(value, key)
        case DayRange() | date():
            return _days(value)
        case Frozen():
            return _fields(value)
        case _:
            return _collection(value, key)


def _collection(value: object, key: str) -> SettingValue:
    if isinstance(value, Mapping):
        return {str(name): _plain(one, str(name)) for name, one in value.items()}
    assert isinstance(value, Sequence), f"nobody said how to write {key}"
    return [_plain(one, key) for one in value]


def _fields(value: Frozen) -> SettingValue:
    """Return the keys of a mapping that are set, or its short form."""
    tree: dict[str, SettingValue] = {}
    for name, field in type(value).model_fields.items():
        one = getattr(value, name)
        key = field.key
        if not field.has_default or one != field.default:
            tree[key] = _plain(one, key)
    if len(tree) == 1:
        (key, only), *_ = tree.items()
        if key in _SHORT_FORMS:
            return only
    return tree


def _number(value: Fraction, key: str) -> str:
    if key in ("load", "development", "share", "epsilon", "gain"):
        return f"{_decimal(100 * value)}%"
    if key in ("textbook", "thesis", "paper"):
        return f"{_decimal(value)} pages/h"
    return _decimal(value)


def _decimal(value: Fraction) -> str:
    """Return a number in decimals, as all numbers of the settings are written."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{quotient.normalize():f}"


def _span(value: timedelta, key: str) -> str:
    if key == "every":
        return f"{value.days // 7}w"
    if key == "gap":
        return f"{value.days}d"
    hours, rest = divmod(minutes(value), 60)
    text = f"{rest}m"
    if hours:
        text = f"{hours}h" if rest == 0 else f"{hours}h{rest}m"
    return f"{text} per week" if key in ("catch_up", "at_least") and value else text


def _days(value: DayRange | date) -> str:
    match value:
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case DayRange(first, last) if first == last:
            return first.isoformat()
        case DayRange(first, last):
            return f"{first}..{last}"


def _hours(value: StudyCalendar | Week) -> SettingValue:
    if isinstance(value, StudyCalendar):
        return _fields(value)
    return _week(value)


def _week(days: Week) -> dict[str, SettingValue]:
    """Return the windows of each day; neighbours with the same ones share a key."""
    tree: dict[str, SettingValue] = {}
    number = 0
    while number < len(days):
        last = number
        while last + 1 < len(days) and days[last + 1] == days[number]:
            last += 1
        if days[number]:
            tree[_weekdays(number, last)] = _windows(days[number])
        number = last + 1
    return tree


def _windows(windows: Sequence[Window]) -> SettingValue:
    """Return the windows of a day, by track where some are for one alone."""
    if not any(one.track for one in windows):
        return [_window(one) for one in windows]
    tree: dict[str, SettingValue] = {}
    for track in (*TRACKS, ""):
        own: SettingValue = [_window(one) for one in windows if one.track == track]
        if own:
            tree[track or ANY] = own
    return tree


def _weekdays(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    return f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"


def _window(window: Window) -> str:
    end = window.end
    if end > WHOLE_DAY:
        end -= WHOLE_DAY
    return f"{_clock(window.start)}-{_clock(end)}"


def _clock(minute: int) -> str:
    hours, rest = divmod(minute, 60)
    return f"{hours:02}:{rest:02}"
