"""A forecast as a table: ranges of days, and the chance of every deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.forecast import Forecast, Outlook, Range
from curriculum.model.formatting import counted, hours_text, local
from curriculum.views.text.tables import FoldingTable

HEADINGS = ("goal", "planned", "50 % range", "80 % range", ">in time")


def forecast_view(forecast: Forecast, zone: tzinfo) -> RenderableType:
    """Return a row for each goal, one for all of them, and what the forecast rests on."""
    # The planned day is in the table of goals, too.
    folds = ("planned", "50 % range")
    table = FoldingTable(*HEADINGS, title="\nForecast", folds=folds)
    for goal, outlook in forecast.goals:
        table.add_row(str(goal), *outlook_cells(outlook, zone))
    if len(forecast.goals) > 1:
        table.add_row("everything", *outlook_cells(forecast.whole, zone))
    return Group(table, *map(Text, forecast_notes(forecast)))


def chance_text(chance: float) -> str:
    """Return a chance as a person reads it; neither certainty nor its opposite is ever claimed.

    >>> chance_text(0.874), chance_text(1.0), chance_text(0.0004)
    ('87 %', '> 99 %', '< 1 %')
    """
    if chance > 0.99:
        return "> 99 %"
    if chance < 0.01:
        return "< 1 %"
    return f"{100 * chance:.0f} %"


def range_text(span: Range, zone: tzinfo) -> str:
    """Return the local days of a range, without repeating a month or a year.

    >>> from datetime import UTC
    >>> range_text(Range(30_000_000, 30_002_000), UTC)
    '15-16 Jan 2027'
    >>> range_text(Range(30_000_000, 30_090_000), UTC)
    '15 Jan-18 Mar 2027'
    """
    # The end of an interval is exclusive: midnight means the day before.
    first = local(span.early - 1, zone)
    last = local(span.late - 1, zone)
    end = f"{last.day} {last:%b %Y}"
    if first.date() == last.date():
        return end
    if first.year != last.year:
        return f"{first.day} {first:%b %Y}-{end}"
    if first.month != last.month:
        return f"{first.day} {first:%b}-{end}"
    return f"{first.day}-{end}"


def outlook_cells(outlook: Outlook, zone: tzinfo) -> tuple[str, str, str, str]:
    """Return the planned day, the two ranges and the chance, as a person reads them."""
    if outlook.planned is None or outlook.half is None or outlook.most is None:
        state = "not placed" if outlook.units else "nothing left"
        # In a column that is shown on a narrow screen, too.
        return "", "", state, ""
    chance = ""
    if outlook.chance is not None:
        chance = chance_text(outlook.chance)
    return (
        _day(outlook.planned, zone),
        range_text(outlook.half, zone),
        range_text(outlook.most, zone),
        chance,
    )


def _day(minute: int, zone: tzinfo) -> str:
    """Return the local day that holds the last minute before an instant, as `4 Jan 2027`."""
    moment = local(minute - 1, zone)
    return f"{moment.day} {moment:%b %Y}"


def forecast_notes(forecast: Forecast) -> Iterator[str]:
    """Yield what the forecast rests on."""
    if forecast.whole.half is None:
        return
    yield f"from {forecast.draws:,} simulated futures, and {_evidence(forecast)}"
    attendance = forecast.attendance
    if attendance is not None:
        studied = hours_text(attendance.studied)
        planned = hours_text(attendance.planned)
        yield f"so far you studied {studied} of the {planned} planned"
    dated = [outlook for _, outlook in forecast.goals if outlook.deadline is not None]
    if forecast.whole.chance is not None and len(dated) > 1:
        yield "everything is in time when every deadline is kept"


def _evidence(forecast: Forecast) -> str:
    if not forecast.samples:
        return "nothing finished yet, so ranges are wide"
    return f"what {counted(forecast.samples, 'unit')} took"
