"""Read recurrence rules (RFC 5545 §3.3.10) and refuse those that nobody means."""

from __future__ import annotations

import re
from functools import lru_cache

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_SECONDS = {"MINUTELY": 60, "SECONDLY": 1}
_SECONDS_AN_HOUR = 3600
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = late_pattern(r"\s*([A-Za-z-]+)\s*=\s*([^;]*?)\s*(?:;|$)")
_BY_DAY = late_pattern(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.IGNORECASE | re.ASCII)
_NUMBER = late_pattern(r"[+-]?\d{1,9}", re.ASCII)
_POSITIVE = late_pattern(r"\+?\d{1,18}", re.ASCII)
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
_HARMLESS = frozenset({("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")})
"""Parts of RFC 7529 with the values that RFC 5545 implies."""
MAX_TIMES_A_PERIOD = 96
"""A rule with more times in one day or hour is refused: nobody has an appointment every minute."""


class RruleError(ValueError):
    """A rule that is not understood or refused; the text says why."""


@dataclass(frozen=True, slots=True)
class Rrule:
    """A recurrence rule.

    `by` holds the numbers of its `BY...` parts, `by_day` pairs of an ordinal, 0 for all, and a
    weekday, 0 for Monday. `until` is the text of UNTIL: its meaning depends on the zone of the
    event.
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
        for name, numbers in self.by:
            if name == part:
                return numbers
        return ()


@lru_cache(maxsize=1024)
def parse_rrule(text: str) -> Rrule:
    """Return the rule written in a text.

    Raises:
        RruleError: It is not understood, or recurs all day, more often than hourly, without an end.
    """
    # Some programs put quotes around the days: BYDAY="TU,TH".
    parts = {name.upper(): value.strip('" ').upper() for name, value in _PARTS.findall(text)}
    frequency = _frequency(parts.pop("FREQ", ""))
    interval = _positive("INTERVAL", parts.pop("INTERVAL", "1"))
    count = None
    if "COUNT" in parts:
        count = _positive("COUNT", parts.pop("COUNT"))
    until = parts.pop("UNTIL", None)
    week_start = _weekday(parts.pop("WKST", "MO"))
    by_day = _by_day(parts.pop("BYDAY", ""))
    by = []
    for name in _RANGES:
        if name in parts:
            by.append((name, _numbers(name, parts.pop(name))))
    _refuse_unknown(parts)
    rule = Rrule(frequency, interval, count, until, week_start, tuple(by), by_day)
    _refuse_many_times(rule)
    _refuse_endless(rule)
    return rule


def _frequency(text: str) -> str:
    if text not in _FREQUENCIES:
        raise RruleError(f"has an unknown frequency: '{text[:20]}'")
    return text


def _refuse_unknown(parts: dict[str, str]) -> None:
    for name, value in parts.items():
        if (name, value) not in _HARMLESS:
            raise RruleError(f"has an unknown part: '{name[:20]}'")


def _refuse_many_times(rule: Rrule) -> None:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(1, len(rule.numbers(name)))
    if times > MAX_TIMES_A_PERIOD:
        raise RruleError(f"names {times} times in one period")


def _refuse_endless(rule: Rrule) -> None:
    """Refuse a rule that would take every day of the person, for ever."""
    seconds = rule.interval * _SECONDS.get(rule.frequency, _SECONDS_AN_HOUR)
    is_bounded = rule.count is not None or rule.until is not None
    if seconds < _SECONDS_AN_HOUR and not (is_bounded or rule.by or rule.by_day):
        raise RruleError(f"recurs more often than hourly, without an end: '{rule.frequency}'")


def _positive(name: str, text: str) -> int:
    if not _POSITIVE.fullmatch(text) or int(text) < 1:
        raise RruleError(f"has '{name}={text[:20]}'")
    return int(text)


def _weekday(text: str) -> int:
    if text not in _WEEKDAYS:
        raise RruleError(f"has no day of the week in 'WKST={text[:20]}'")
    return _WEEKDAYS.index(text)


def _by_day(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for part in text.split(","):
        if not part.strip():
            continue
        match = _BY_DAY.fullmatch(part.strip())
        if match is None:
            raise RruleError(f"has 'BYDAY={text[:40]}'")
        ordinal, weekday = match.groups()
        found.add((int(ordinal or 0), _WEEKDAYS.index(weekday.upper())))
    return tuple(sorted(found))


def _numbers(name: str, text: str) -> tuple[int, ...]:
    least, most = _RANGES[name]
    numbers = set()
    for part in text.split(","):
        if not _NUMBER.fullmatch(part.strip()):
            raise RruleError(f"has '{name}={text[:40]}'")
        number = int(part)
        size = abs(number) if name in _SIGNED else number
        if not least <= size <= most:
            raise RruleError(f"has a number out of range in '{name}={text[:40]}'")
        numbers.add(number)
    return tuple(sorted(numbers))
