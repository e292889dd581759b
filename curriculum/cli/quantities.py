"""Hours, days, moments and pages on the command line; what they mean is for the model to say."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import click


class Written(click.ParamType[Any]):  # Any: whatever the quantity is read as
    """A quantity of the settings on the command line, read as it is read there."""

    def __init__(self, name: str, reader: str) -> None:
        """Read it with a function of `model.quantities`, imported when it is used."""
        self.name, self._reader = name, reader

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # Any: see above
        """Return what the text says."""
        from curriculum.model import quantities

        try:
            return getattr(quantities, self._reader)(value) if isinstance(value, str) else value
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
            self.fail(
                f"'{value}' names no time of the day; write it like '2027-01-05T19:00'", param, ctx
            )
        return found


class Span(click.ParamType[timedelta]):
    """A number of weeks or days on the command line, as `12w` or `90d`."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the span that the text names."""
        match = re.fullmatch(r"([1-9]\d{0,4})([wd])", value) if isinstance(value, str) else None
        if match is None:
            self.fail(f"'{value}' is not a span of time; write it like '12w' or '90d'", param, ctx)
        return timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
