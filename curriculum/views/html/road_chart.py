"""Draw the road: every goal on a line of time, with its deadline and the range of its forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from markupsafe import Markup

from curriculum.model.forecast import Forecast, Outlook
from curriculum.model.formatting import counted, day_text, hours_text, last_day, local
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan, PlannedGoal, midnight
from curriculum.views.html.chart import (
    ChartTable,
    ChartWords,
    Drawing,
    LegendEntry,
    chart_figure,
)
from curriculum.views.html.markup import together
from curriculum.views.html.scales import LinearScale, day_ticks
from curriculum.views.html.shapes import (
    AXIS,
    GRID,
    Spot,
    box,
    diamond,
    filled,
    line_between,
    outlined,
    polygon,
    text_at,
)
from curriculum.views.html.text_widths import SMALL_SIZE, fitted, label_width
from curriculum.views.text.forecast import chance_text, range_text

_DAY = 24 * 60
_ROW, _BAND, _AXIS = 46.0, 10.0, 26.0
_EDGE = 8.0
_MOST, _HALF = filled("band"), filled("accent", 0.55)
_PLANNED, _LATE = filled("ink"), filled("late")


@dataclass(frozen=True, slots=True)
class GoalAhead:
    """A goal on the road: what the plan says of it, and the forecast."""

    planned: PlannedGoal
    outlook: Outlook

    @property
    def instants(self) -> Iterator[int]:
        """The minutes that are drawn of it."""
        yield from (one for one in (self.planned.finish, self.planned.due) if one is not None)
        if self.outlook.most is not None:
            yield from self.outlook.most

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return any(True for _ in self.instants)


def goals_ahead(plan: Plan, forecast: Forecast | None) -> tuple[GoalAhead, ...]:
    """Return the goals of a plan with their forecasts, in the user's order."""
    outlooks = [Outlook(one.units) for one in plan.goals]
    if forecast is not None:
        outlooks = [outlook for _, outlook in forecast.goals]
    return tuple(map(GoalAhead, plan.goals, outlooks))


def road_chart(
    goals: Sequence[GoalAhead], now: int, zone: tzinfo, name: str = "road-chart"
) -> Markup:
    """Return the chart of some goals.

    Args:
        goals: The goals, in the order in which they are shown.
        now: The minute since the epoch at which the road begins.
        zone: The zone of the days.
        name: As in `ChartWords`.
    """
    drawn = [goal for goal in goals if goal.is_drawn]
    due = sum(goal.planned.due is not None for goal in drawn)
    words = ChartWords(
        name,
        "When each goal is finished",
        f"{counted(len(drawn), 'goal')} on a line of time, {due} with a deadline.",
    )
    road = _Road(now, zone, drawn)
    return chart_figure(words, road.draw, _table(goals, zone), tuple(_legend(drawn)))


@dataclass(frozen=True, slots=True)
class _Road:
    now: int
    zone: tzinfo
    goals: Sequence[GoalAhead]

    def draw(self, width: float) -> Drawing:
        last = max([self.now + 14 * _DAY, *(max(one.instants) for one in self.goals)])
        first = min([self.now, *(min(one.instants) for one in self.goals)])
        room = (last - first) * _EDGE / width
        across = LinearScale(first - room, last + room, 0, width)
        height = _AXIS + _ROW * len(self.goals) + 4
        parts = [*self._axis(across, height)]
        for number, goal in enumerate(self.goals):
            parts += self._row(goal, across, _AXIS + _ROW * number)
        return Drawing(width, height, together(parts))

    def _axis(self, across: LinearScale, height: float) -> Iterator[Markup]:
        first, last = self._day(across.low), self._day(across.high)
        free_from = 0.0
        for tick in day_ticks(first, last, across.end):
            place = across.at(midnight(tick.day, self.zone))
            half = label_width(tick.label, SMALL_SIZE) / 2
            if place < 0 or place > across.end:
                continue
            yield line_between((place, _AXIS - 6), (place, height), GRID)
            if place - half >= free_from and place + half <= across.end:
                yield text_at((place, _AXIS - 11), tick.label, "middle")
                free_from = place + half + 6
        place = across.at(self.now)
        yield line_between((place, _AXIS - 6), (place, height), outlined("now", 1.5))

    def _day(self, minute: float) -> date:
        return local(int(minute), self.zone).date()

    def _row(self, goal: GoalAhead, across: LinearScale, top: float) -> Iterator[Markup]:
        plan, outlook = goal.planned, goal.outlook
        middle = top + 31
        yield self._label(goal, across.end, top)
        start, end = across.within(self.now), across.at(max(goal.instants))
        yield line_between((start, middle), (max(start, end), middle), AXIS)
        for reach, paint in ((outlook.most, _MOST), (outlook.half, _HALF)):
            if reach is not None:
                left, right = across.at(reach.early), across.at(reach.late)
                corner = (left, middle - _BAND / 2)
                size = (max(2.0, right - left), _BAND)
                yield box(corner, size, paint, range_text(reach, self.zone))
        if plan.due is not None:
            place = (across.at(plan.due), middle - 9)
            yield from _flag(place, f"due {last_day(plan.due, self.zone)}")
        if plan.finish is not None:
            about = f"planned {day_text(plan.finish, self.zone)}"
            paint = _LATE if plan.is_late else _PLANNED
            yield diamond((across.at(plan.finish), middle), 5, paint, about)

    def _label(self, goal: GoalAhead, width: float, top: float) -> Markup:
        """Return the name of a goal above its line, and beside it when it is due."""
        text = str(goal.planned.goal)
        note = _note(goal, self.zone)
        room = width - label_width(note, SMALL_SIZE) - 26
        name = text_at((14, top + 16), fitted(text, room), style="label c-paper")
        return together([name, text_at((width - 2, top + 16), note, "end", "label small c-paper")])


def _note(goal: GoalAhead, zone: tzinfo) -> str:
    plan = goal.planned
    if plan.due is None:
        return "" if plan.finish is None else _short_day(plan.finish, zone)
    due = f"{'! ' if plan.is_late else ''}due {_short_day(plan.due - 1, zone)}"
    chance = goal.outlook.chance
    return due if chance is None else f"{due}, in time {chance_text(chance)}"


def _short_day(minute: int, zone: tzinfo) -> str:
    moment = local(minute, zone)
    return f"{moment.day} {moment:%b %Y}"


def _flag(top: Spot, about: str = "") -> Iterator[Markup]:
    """Yield a flag; it points to the left, where the time before it is."""
    x, y = top
    yield line_between(top, (x, y + 18), outlined("deadlines", 1.5))
    yield polygon([(x, y), (x - 7, y + 3), (x, y + 6)], filled("deadlines"), about)


def _legend(goals: Sequence[GoalAhead]) -> Iterator[LegendEntry]:
    yield LegendEntry(diamond((10, 6), 5, _PLANNED), "planned")
    if any(one.outlook.most is not None for one in goals):
        yield LegendEntry(box((1, 1), (18, 10), _HALF), "forecast: 50 % range")
        yield LegendEntry(box((1, 1), (18, 10), _MOST), "80 % range")
    if any(one.planned.due is not None for one in goals):
        yield LegendEntry(together(_flag((13, -3))), "deadline")


def _table(goals: Sequence[GoalAhead], zone: tzinfo) -> ChartTable:
    headings = ("goal", "planned", "50 % range", "80 % range", "due", "in time", "cushion")
    return ChartTable(headings, tuple(_table_row(goal, zone) for goal in goals))


def _table_row(goal: GoalAhead, zone: tzinfo) -> tuple[str, ...]:
    plan, outlook = goal.planned, goal.outlook
    ranges = []
    for reach in (outlook.half, outlook.most):
        ranges.append("" if reach is None else range_text(reach, zone))
    return (
        str(plan.goal),
        _finish_text(plan, zone),
        *ranges,
        "" if plan.due is None else last_day(plan.due, zone),
        "" if outlook.chance is None else chance_text(outlook.chance),
        "" if plan.cushion is None else hours_text(plan.cushion),
    )


def _finish_text(plan: PlannedGoal, zone: tzinfo) -> str:
    if plan.finish is not None:
        return day_text(plan.finish, zone)
    if plan.unfinished:
        return "not placed in full"
    if plan.done_on is not None:
        return f"done on {plan.done_on}"
    return "done or known"
