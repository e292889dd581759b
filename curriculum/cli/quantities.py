"""Hours, days, moments and pages on the command line, read as they are read in the settings."""

from __future__ import annotations

import importlib
import re
from datetime import datetime, timedelta
from typing import Any

import click

_READERS = "curriculum.model.quantities"
"""Holds the functions that read quantities; it loads pydantic, which `--help` must not."""


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
        read = getattr(importlib.import_module(_READERS), self._reader)
        try:
            return read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


HOURS = Written("hours", "duration")
DAY = Written("date", "day")
MOMENT = Written("date", "moment")
PAGES = Written("pages", "pages")


class LocalTime(Written):
    """A local date-time on the command line, as `2027-01-05T19:00`."""

    def __init__(self) -> None:
        """Read it as the settings' moments are read."""
        super().__init__("moment", "moment")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the date-time that the text names."""
        found = super().convert(value, param, ctx)
        if not isinstance(found, datetime):
            message = f"'{value}' has no time of day; write it like '2027-01-05T19:00'"
            self.fail(message, param, ctx)
        return found


_SPAN = re.compile(r"([1-9]\d{0,4})([wd])")


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
