"""A plan on one screen: a week of sessions, what is late, the goals and the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.curriculum import Curriculum
from curriculum.model.formatting import counted, day_text
from curriculum.model.idle_time import IdleTrack
from curriculum.model.plan import Plan, PlannedGoal, Session
from curriculum.views.text.catching_up import catch_up_lines
from curriculum.views.text.evenness import goals_allow, order_costs
from curriculum.views.text.idle_tracks import longest_wait
from curriculum.views.text.marks import Aside, late, track_mark
from curriculum.views.text.overload import short_overload_text
from curriculum.views.text.plan import (
    goals_of,
    habit_lines,
    nothing_planned,
    preferred_lines,
    quota_lines,
    sessions_table,
    unproven_lines,
)

SCREEN_LINES = 24
"""Lines of a terminal as it opens."""

_OTHER_LINES = 11
"""Lines for headings, gaps, what is left out, the balance, what was published and the prompt."""

_GOALS_LINES = 3
"""Lines that a table of goals takes besides its rows."""

_FEWEST_SESSIONS = 2
_MOST_LATE = 2
_WEEK = 7 * 24 * 60


def short_plan_view(
    plan: Plan, curriculum: Curriculum, idle: Sequence[IdleTrack], zone: tzinfo, lines_below: int
) -> RenderableType:
    """Return a plan for one screen, on which so many lines of other text follow."""
    notes = (
        *longest_wait(idle, zone),
        *goals_allow(plan),
        *order_costs(plan.evenness),
        *unproven_lines(plan),
        *quota_lines(plan),
        *preferred_lines(plan),
        *habit_lines(plan),
        *catch_up_lines(plan),
    )
    waits = [Text(f"         {line}") for line in notes]
    lines_below += len(waits)
    if not plan.sessions:
        goals = _goals(plan.goals, zone, SCREEN_LINES - _OTHER_LINES)
        return Group(nothing_planned(plan), *_late_lines(plan, zone), *goals)
    late_lines = list(_late_lines(plan, zone))
    rows = SCREEN_LINES - _OTHER_LINES - len(late_lines) - lines_below
    goal_rows = min(len(plan.goals), max(0, rows // 3))
    if goal_rows == 0:
        rows += _GOALS_LINES
    session_rows = max(_FEWEST_SESSIONS, rows - goal_rows)
    return Group(
        *_week(plan, curriculum, zone, session_rows),
        *late_lines,
        *_goals(plan.goals, zone, goal_rows),
        _balance_line(plan),
        *waits,
        Aside("Two weeks, every goal and the forecast: 'curriculum plan --all'", style="italic"),
    )


def _week(
    plan: Plan, curriculum: Curriculum, zone: tzinfo, most_rows: int
) -> Iterator[RenderableType]:
    """Yield the sessions of a week that fit into so many rows, and how many do not."""
    first = plan.sessions[0].start
    week = [session for session in plan.sessions if session.start < first + _WEEK]
    shown = _first_rows(week, most_rows)
    yield sessions_table(shown, curriculum, zone, f"The week from {day_text(first, zone)}")
    hidden = week[len(shown) :]
    if hidden:
        until = day_text(hidden[-1].start, zone)
        yield Text(f"and {counted(len(hidden), 'more session')} until {until}")


def _first_rows(sessions: Sequence[Session], most_rows: int) -> list[Session]:
    """Return the first sessions whose pieces fit into so many rows; at least one."""
    shown = list(sessions[:1])
    rows = sum(len(session.pieces) for session in shown)
    for session in sessions[1:]:
        rows += len(session.pieces)
        if rows > most_rows:
            break
        shown.append(session)
    return shown


def _late_lines(plan: Plan, zone: tzinfo) -> Iterator[Text]:
    for overload in plan.overload[:_MOST_LATE]:
        yield late(short_overload_text(overload, plan, zone))
    if plan.unplaced:
        yield late(f"{counted(len(plan.unplaced), 'unit')} could not be placed")


def _goals(goals: Sequence[PlannedGoal], zone: tzinfo, most_rows: int) -> Iterator[RenderableType]:
    """Yield so many goals, the late ones first and those that are done last, and a count."""
    if most_rows == 0 or not goals:
        return
    by_need = sorted(goals, key=lambda goal: (not goal.is_late, not goal.units))
    yield Text()
    yield goals_of(by_need[:most_rows], zone, title="")
    hidden = len(goals) - most_rows
    if hidden > 0:
        yield Text(f"and {counted(hidden, 'more goal')}")


def _balance_line(plan: Plan) -> Text:
    """Return how the study time is shared between the tracks, on one line."""
    total = sum(part.minutes for part in plan.balance.values())
    line = Text.assemble(("Balance", "bold"))
    for track, part in plan.balance.items():
        share = 100 * part.minutes / total
        target = 100 * part.target / total
        line.append("  ")
        line.append_text(track_mark(track))
        line.append(f" {track} {share:.0f} % (target {target:.0f} %)")
    return line
