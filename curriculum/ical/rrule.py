"""Read recurrence rules and refuse those nobody means (RFC 5545 §3.3.10); when they recur is not known here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = re.compile(r"\s*([A-Za-z-]+)\s*=\s*([^;]*?)\s*(?:;|$)")
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_POSITIVE = re.compile(r"\+?\d{1,18}", re.ASCII)
_RANGES = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (1, 53),
    "BYYEARDAY": (1, 366),
    "BYMONTHDAY": (1, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
    "BYSETPOS": (1, 366),
}
_SIGNED = frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS"})
MOST_TIMES = 96
"""A rule with more times in one day or hour is refused: nobody's calendar has an appointment every minute."""


class RruleError(ValueError):
    """A rule that is not understood or refused; the text says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule.

    `by` holds the numbers of its `BY...` parts, `by_day` pairs of an ordinal, 0 for all, and a weekday, 0 for Monday.
    `until` is the text of UNTIL: its meaning depends on the zone of the event.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    week_start: int = 0
    by: tuple[tuple[str, tuple[int, ...]], ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()

    def numbers(self, part: str) -> tuple[int, ...]:
        """Return the numbers of a `BY...` part; empty without one."""
        return next((numbers for name, numbers in self.by if name == part), ())


@lru_cache(maxsize=1024)
def parse_rrule(text: str) -> Rule:
    """Return the rule written in a text.

    Raises:
        RuleError: It is not understood, or recurs more often than hourly.
    """
    parts = {name.upper(): value.upper() for name, value in _PARTS.findall(text)}
    frequency = parts.pop("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise RruleError(f"recurs more often than hourly: '{frequency}'")
    if frequency not in _FREQUENCIES:
        raise RruleError(f"has no frequency that is known: '{frequency[:20]}'")
    read = Rule(
        frequency,
        interval=_positive("INTERVAL", parts.pop("INTERVAL", "1")),
        count=_positive("COUNT", parts.pop("COUNT")) if "COUNT" in parts else None,
        until=parts.pop("UNTIL", None),
        week_start=_weekday(parts.pop("WKST", "MO")),
        by_day=_by_day(parts.pop("BYDAY", "")),
        by=tuple((name, _numbers(name, parts.pop(name))) for name in _RANGES if name in parts),
    )
    _refuse(read, parts)
    return read


def _refuse(read: Rule, unknown: dict[str, str]) -> None:
    left = [
        name
        for name, value in unknown.items()
        if (name, value) not in (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT"))
    ]
    if left:
        raise RruleError(f"has a part that is not known: '{left[0][:20]}'")
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(1, len(read.numbers(name)))
    if times > MOST_TIMES:
        raise RruleError(f"names {times} times in one period")


def _positive(name: str, text: str) -> int:
    if not _POSITIVE.fullmatch(text) or int(text) < 1:
        raise RruleError(f"has '{name}={text[:20]}'")
    return int(text)


def _weekday(text: str) -> int:
    if text not in _WEEKDAYS:
        raise RruleError(f"has no day of the week in 'WKST={text[:20]}'")
    return _WEEKDAYS.index(text)


def _by_day(text: str) -> tuple[tuple[int, int], ...]:
    matches = [_BY_DAY.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    if not all(matches):
        raise RruleError(f"has 'BYDAY={text[:40]}'")
    found = {(int(match[1] or 0), _WEEKDAYS.index(match[2].upper())) for match in matches if match}
    return tuple(sorted(found))


def _numbers(name: str, text: str) -> tuple[int, ...]:
    least, most = _RANGES[name]
    parts = [part.strip() for part in text.split(",")]
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise RruleError(f"has '{name}={text[:40]}'")
    numbers = {int(part) for part in parts}
    if not all(least <= (abs(number) if name in _SIGNED else number) <= most for number in numbers):
        raise RruleError(f"has a number out of range in '{name}={text[:40]}'")
    return tuple(sorted(numbers))
