"""Hours, days, moments and pages on the command line, read as they are read in the settings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import click

from curriculum import services
from curriculum.cli.clock import clock_day
from curriculum.model.late_patterns import late_pattern
from curriculum.services.context import Context

_READERS = "curriculum.model.quantities"
"""Holds the functions that read quantities; it loads pydantic, which `--help` must not."""

_DAY_READERS = "curriculum.model.typed_days"
"""Holds the functions that read days; see above."""


class Written(click.ParamType[Any]):  # Any: whatever the quantity is read as
    """A quantity of the settings on the command line, read as it is read there."""

    def __init__(self, name: str, reader: str) -> None:
        """Read it with a function of `model.quantities`."""
        self.name = name
        self._reader = reader

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # Any: see above
        """Return what the text says."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value, ctx)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def _read(self, text: str, ctx: click.Context | None) -> Any:  # Any: see above
        return _function(_READERS, self._reader)(text)


_PREDICTION_READERS = "curriculum.model.predictions"
"""Holds the functions that read predictions; see above."""


class Probability(Written):
    """A probability on the command line, as `65%`."""

    def __init__(self) -> None:
        """Read it as those in `taste/predictions.yaml` are read."""
        super().__init__("probability", "chance")

    def _read(self, text: str, ctx: click.Context | None) -> Any:  # Any: see above
        return _function(_PREDICTION_READERS, self._reader)(text)


class TypedDay(Written):
    """Days on the command line: ISO dates, or named from today, as `yesterday` or `12 Jan`."""

    def _read(self, text: str, ctx: click.Context | None) -> Any:  # Any: a day, or several
        return _function(_DAY_READERS, self._reader)(text, _today(ctx))


_YEARS = late_pattern(r"(?P<first>\d{4})?(?P<dots>\.\.)?(?P<last>\d{4})?")


class YearRange(click.ParamType[tuple[int, int]]):
    """Years from first to last, both included: `2017`, `2015..2018`, `2015..` or `..2018`."""

    name = "years"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:  # Any: as in click
        """Return the first and the last year."""
        if isinstance(value, tuple):
            return value
        match = _YEARS.fullmatch(value)
        if match is None or not (match["first"] or match["last"]):
            self.fail(f"'{value}' is not a year; write 2017, 2015..2018, 2015.. or ..2018", param)
        first = int(match["first"] or 0)
        last = int(match["last"] or (9999 if match["dots"] else first))
        if last < first:
            self.fail(f"the years run backwards; did you mean '{last}..{first}'?", param)
        return first, last


YEARS = YearRange()
HOURS = Written("hours", "duration")
PAGES = Written("pages", "pages")


def units_and_hours(
    ctx: click.Context, words: tuple[str, ...]
) -> tuple[tuple[str, ...], timedelta]:
    """Return the words that name units and the hours after them, of a command's first argument."""
    if len(words) < 2:
        raise click.MissingParameter(param_type="argument", param_hint="'UNIT... HOURS'")
    return words[:-1], HOURS.convert(words[-1], ctx.command.params[0], ctx)


def is_hours(words: Sequence[str]) -> bool:
    """Whether words are one word that says how long something took."""
    try:
        return len(words) == 1 and HOURS.convert(words[0], None, None) is not None
    except click.BadParameter:
        return False


def _function(module: str, name: str) -> Callable[..., Any]:  # Any: a reader of either module
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _today(ctx: click.Context | None) -> date:
    """Return the day that is today for a command; for `--today` itself, the clock's."""
    context = None if ctx is None else ctx.find_object(Context)
    if context is None:
        return clock_day()
    if context.day is not None:
        return context.day
    return services.snapshot.Snapshot(context).today


CLOCK = Written("time", "time_of_day")
"""A time on the clock, as `19:30`."""

DAY = TypedDay("date", "past_day")
"""A day that is over, or today."""

DAYS = TypedDay("days", "past_days")
"""A day that is over, a week, or a range of days."""

MOMENT = TypedDay("date", "moment_ahead")
"""A day, or a day and a time, to come."""


class LocalTime(TypedDay):
    """A local date-time on the command line, as `2027-01-05T19:00` or `tomorrow 19:00`."""

    def __init__(self) -> None:
        """Read it as other moments to come are read."""
        super().__init__("moment", "moment_ahead")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the date-time that the text names."""
        found = super().convert(value, param, ctx)
        if not isinstance(found, datetime):
            message = f"'{value}' has no time of day; write it like '2027-01-05T19:00'"
            self.fail(message, param, ctx)
        return found


class DayAhead(TypedDay):
    """A day to come on the command line, as `2027-03-01`, or `6w` for in six weeks."""

    def __init__(self) -> None:
        """Read it as other moments to come are read."""
        super().__init__("date", "moment_ahead")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that the text names."""
        if isinstance(value, str) and _SPAN.fullmatch(value):
            value = f"+{value}"
        found = super().convert(value, param, ctx)
        if isinstance(found, datetime):
            self.fail(f"'{value}' has a time of day; give the day alone", param, ctx)
        day: date = found
        return day


_SPAN = late_pattern(r"([1-9]\d{0,4})([wd])")


class Span(click.ParamType[timedelta]):
    """A number of weeks or days on the command line, as `12w` or `90d`."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the span that the text names."""
        match = _SPAN.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            self.fail(f"'{value}' is not a span of time; write it like '12w' or '90d'", param, ctx)
        count = int(match[1])
        if match[2] == "w":
            return timedelta(weeks=count)
        return timedelta(days=count)
