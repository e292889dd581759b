"""The road ahead as a page: the goals on a line of time, the weeks, and where each work stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from curriculum.model.forecast import Forecast
from curriculum.model.formatting import hours_text, names_text
from curriculum.model.identifiers import Track, UnitId, work_of
from curriculum.model.idle_time import IdleTrack
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import PublishedEvent
from curriculum.model.library import Library
from curriculum.model.plan import Plan
from curriculum.progress.agenda import Days
from curriculum.progress.work_status import WorkStatus
from curriculum.views.html.frame import Frame
from curriculum.views.html.goal_rows import goal_rows
from curriculum.views.html.rendering import rendered
from curriculum.views.html.road_chart import goals_ahead, road_chart
from curriculum.views.html.sessions import held_elsewhere, shown_days, shown_session
from curriculum.views.html.week_grid import GridSession, week_grid
from curriculum.views.html.weeks_chart import calendar_days, weeks_chart
from curriculum.views.text.forecast import forecast_notes
from curriculum.views.text.overload import overload_heading, overload_text
from curriculum.views.text.plan import balance_lines

_WEEKS = 12
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class RoadAhead:
    """What the road is shown of.

    Attributes:
        plan: The plan of what is left.
        forecast: When the goals will be finished.
        works: Where the person stands with each work.
        idle: The times in which a track waits.
        library: The works.
        week: A week as it is published.
        first: Its Monday.
        today: Today.
    """

    plan: Plan
    forecast: Forecast
    works: Sequence[WorkStatus]
    idle: Sequence[IdleTrack]
    library: Library
    week: Days
    first: date
    today: date


@dataclass(frozen=True, slots=True)
class WorkRow:
    """How far a work has come.

    Attributes:
        work: Its name.
        title: Its title.
        track: Its track.
        done: How many of its units are done or left out.
        units: How many there are.
        skipped: How many of them are left out.
        spent: Minutes that went into it.
        left: Minutes it still needs.
        next: The next unit of it; None when there is none.
    """

    work: str
    title: str
    track: Track
    done: int
    units: int
    skipped: int
    spent: int
    left: int
    next: UnitId | None


def road_content(frame: Frame, road: RoadAhead) -> Markup:
    """Return the road ahead."""
    plan, zone = road.plan, road.week.zone
    week = timedelta(weeks=1)
    return rendered(
        "road.html",
        frame=frame,
        chart=_goals_chart(road),
        goals=tuple(goal_rows(plan, road.forecast, zone)),
        notes=tuple(forecast_notes(road.forecast)),
        overloads=tuple(_overloads(road)),
        unplaced=tuple(
            f"{one.unit}: {hours_text(one.minutes)}, {one.reason}" for one in plan.unplaced
        ),
        weeks=_weeks_chart(road),
        grid=_grid(road),
        days=tuple(shown_days(road.week)),
        first=road.first,
        before=road.first - week,
        after=road.first + week,
        works=tuple(work_rows(road.works, road.library)),
        balance=tuple(map(str, balance_lines(plan, road.idle, zone))),
    )


def _goals_chart(road: RoadAhead) -> Markup:
    goals = goals_ahead(road.plan, road.forecast)
    if not any(one.is_drawn for one in goals):
        return Markup()
    return road_chart(goals, road.week.now, road.week.zone)


def _weeks_chart(road: RoadAhead) -> Markup:
    days = calendar_days(road.plan.sessions, road.plan.goals, road.today, road.week.zone, _WEEKS)
    return weeks_chart(days, road.today)


def _grid(road: RoadAhead) -> Markup:
    week = road.week
    sessions = [_on_grid(event, week) for event in week.sessions]
    units = {piece.unit for one in sessions for piece in one.session.pieces}
    titles = {unit: _title(unit, road.library) for unit in units}
    return week_grid(sessions, road.first, week.zone, titles, now=week.now)


def _on_grid(event: PublishedEvent, week: Days) -> GridSession:
    """Return a session on the grid, where the next plan will hold it if that is known."""
    shown = shown_session(event, week)
    assert event.session is not None, "only sessions are ever shown"
    state = "" if shown.state == "ahead" else shown.state
    if not state and (shown.is_pinned or shown.held_at):
        state = "pinned"
    can_move = shown.state == "ahead" and event.session.start > week.now
    return GridSession(
        session=held_elsewhere(event, week) or event.session,
        state=state,
        link=f"#session-{shown.name}",
        uid=shown.uid if can_move else None,
    )


def _title(unit: UnitId, library: Library) -> str:
    work = library.works.get(work_of(unit))
    known = () if work is None else work.units
    return next((one.title for one in known if unit.endswith(f"/{one.id}")), unit)


def _overloads(road: RoadAhead) -> Iterator[tuple[str, str, str]]:
    """Yield each certificate of overload: its heading, its sentence, and its units."""
    for one in road.plan.overload:
        heading = overload_heading(one, road.plan)
        sentence = overload_text(one, road.plan, road.week.zone)
        yield heading, sentence, names_text(one.units, _MOST_NAMED)


def work_rows(works: Sequence[WorkStatus], library: Library) -> Iterator[WorkRow]:
    """Yield how far each work has come, in the order in which the goals need them."""
    for one in works:
        title = library.works[one.work].title
        done = one.done + one.skipped
        yield WorkRow(
            work=one.work,
            title=title,
            track=one.track,
            done=done,
            units=one.units,
            skipped=one.skipped,
            spent=one.spent.total,
            left=one.left,
            next=one.next,
        )
