"""A plan as tables: the first two weeks, the goals, the balance, what is late and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.curriculum import Curriculum
from curriculum.model.formatting import (
    clock_text,
    counted,
    day_text,
    hours_text,
    last_day,
    local,
    names_text,
)
from curriculum.model.identifiers import Track
from curriculum.model.idle_time import IdleTrack
from curriculum.model.plan import (
    Piece,
    Plan,
    PlannedGoal,
    QuotaShortfall,
    Session,
    ShortfallCause,
)
from curriculum.views.text.catching_up import catch_up_lines
from curriculum.views.text.evenness import evenness_lines
from curriculum.views.text.goal_values import reason_lines, value_text
from curriculum.views.text.idle_tracks import idle_lines
from curriculum.views.text.marks import Aside, labelled, late, track_mark
from curriculum.views.text.overload import overload_heading, overload_text
from curriculum.views.text.tables import FoldingTable

FORTNIGHT = 14 * 24 * 60
MOST_ROWS = 5
"""How many units of an overload, or unplaced units, are named."""


def plan_view(
    plan: Plan,
    curriculum: Curriculum,
    idle: Sequence[IdleTrack],
    zone: tzinfo,
) -> RenderableType:
    """Return the plan for a terminal, with the times in which a track waits for the other."""
    parts = [
        first_weeks(plan, curriculum, zone),
        goals_table(plan, zone),
        *_balance(plan, idle, zone),
        *late_lines(plan, zone),
        *unplaced_lines(plan),
    ]
    return Group(*parts)


def first_weeks(
    plan: Plan,
    curriculum: Curriculum,
    zone: tzinfo,
) -> RenderableType:
    """Return the sessions of the first two weeks that hold any."""
    if plan.sessions:
        return _fortnight(plan, curriculum, zone)
    return nothing_planned(plan)


def nothing_planned(plan: Plan) -> Text:
    """Return why a plan without sessions has none."""
    if plan.unplaced:
        return Text("No session could be placed.")
    return Text("There is nothing to study.")


def _fortnight(
    plan: Plan,
    curriculum: Curriculum,
    zone: tzinfo,
) -> FoldingTable:
    first = plan.sessions[0].start
    clock = local(first, zone)
    until = first - (clock.hour * 60 + clock.minute) + FORTNIGHT
    shown = [session for session in plan.sessions if session.start < until]
    return sessions_table(shown, curriculum, zone, f"Two weeks from {day_text(first, zone)}")


def sessions_table(
    sessions: Iterable[Session],
    curriculum: Curriculum,
    zone: tzinfo,
    title: str,
) -> FoldingTable:
    """Return sessions as rows: day, hours, track, and each piece with its pages."""
    table = FoldingTable(
        "day",
        "time",
        "",
        "track",
        "unit",
        "what",
        "pages",
        ">min",
        title=title,
        folds=("track", "pages", "min", "time"),
    )
    previous = ""
    for session in sessions:
        day = day_text(session.start, zone).removesuffix(f" {local(session.start, zone).year}")
        hours = clock_text(session.start, session.end, zone)
        # A day, and a session of several pieces, are named once, so that they read as one block.
        mark = track_mark(session.track)
        when: tuple[str | Text, ...] = (
            "" if day == previous else day,
            hours,
            mark,
            session.track,
        )
        for piece in session.pieces:
            table.add_row(*when, *_piece_cells(piece, curriculum))
            when = ("", "", "", "")
        previous = day
    return table


def _piece_cells(piece: Piece, curriculum: Curriculum) -> tuple[str, str, str, str]:
    detail = curriculum.details[piece.unit]
    pages = ""
    if piece.pages is not None:
        pages = str(piece.pages)
    elif detail.exercises:
        pages = "exercises"
    return piece.unit, detail.title, pages, str(piece.minutes)


def goals_table(plan: Plan, zone: tzinfo) -> RenderableType:
    """Return each goal with the day it is finished and how that stands to its own deadline."""
    reasons = [Aside(f"  {line}") for line in reason_lines(one.goal for one in plan.goals)]
    return Group(goals_of(plan.goals, zone, title="\nGoals"), *reasons)


def goals_of(goals: Sequence[PlannedGoal], zone: tzinfo, *, title: str) -> FoldingTable:
    """Return goals as rows, each with the day it is finished, and its value if one has any."""
    headings = ["goal", "finished", "due", "cushion"]
    has_values = any(planned.goal.value is not None for planned in goals)
    if has_values:
        headings.append(">value")
    table = FoldingTable(*headings, title=title, folds=("due",))
    for planned in goals:
        values = [value_text(planned.goal)] if has_values else []
        table.add_row(str(planned.goal), *goal_cells(planned, zone), *values)
    return table


def goal_cells(planned: PlannedGoal, zone: tzinfo) -> tuple[str | Text, str, str | Text]:
    """Return when a goal is finished and due, and its cushion."""
    if planned.done_on is not None:
        day = planned.done_on
        return f"done {day:%a} {day.day} {day:%b %Y}", "", ""
    if not planned.units:
        return "already known", "", ""
    finished = "not placed"
    if planned.finish is not None:
        finished = day_text(planned.finish, zone)
    if planned.due is None:
        return finished, "", ""
    return finished, last_day(planned.due, zone), _cushion_text(planned)


def _cushion_text(planned: PlannedGoal) -> str | Text:
    """Return the time left before a goal's due date, or how much is missing."""
    short = ""
    if planned.cushion is not None and planned.cushion < 0:
        short = f"{hours_text(-planned.cushion)} short"
    if planned.is_late:
        return late(f"late: {short}" if short else "late")
    if short:
        return late(short)
    if planned.cushion is None:
        return ""
    return hours_text(planned.cushion)


def _balance(plan: Plan, idle: Sequence[IdleTrack], zone: tzinfo) -> Iterator[RenderableType]:
    """Yield how the study time is shared, and what a track waits for."""
    lines = balance_lines(plan, idle, zone)
    if lines:
        yield Text("")
        yield labelled("Balance", lines)


def balance_lines(plan: Plan, idle: Sequence[IdleTrack], zone: tzinfo) -> list[str | Text]:
    """Return how the study time is shared, what a track waits for, and what else takes time."""
    return [
        *shares_lines(plan),
        *evenness_lines(plan),
        *idle_lines(idle, zone),
        *quota_lines(plan, with_first=True),
        *preferred_lines(plan),
        *habit_lines(plan),
        *catch_up_lines(plan),
    ]


def shares_lines(plan: Plan) -> Iterator[Text]:
    """Yield how the study time of a plan is shared between the tracks."""
    total = sum(part.minutes for part in plan.balance.values())
    if not total:
        return
    for track, part in plan.balance.items():
        share = 100 * part.minutes / total
        target = 100 * part.target / total
        shared = f"{track} {hours_text(part.minutes)}, {share:.0f} % (target {target:.0f} %)"
        yield Text.assemble(track_mark(track), f" {shared}")
    largest = hours_text(plan.largest_lag)
    yield Text(f"largest imbalance while both tracks had work: {largest}")


_CAUSES = {
    ShortfallCause.HOURS: "fewer hours are free",
    ShortfallCause.NOTHING_READY: "nothing more of them is ready",
    ShortfallCause.DEADLINE: "what is due takes the time",
    ShortfallCause.KEPT: "sessions that stay take the time",
    ShortfallCause.OTHER_QUOTA: "the other quota takes the time",
    ShortfallCause.SITTINGS: "sittings end some minutes early",
}


def quota_lines(plan: Plan, *, with_first: bool = False) -> Iterator[str]:
    """Yield for each track and cause in how many weeks the track gets less than its quota.

    Args:
        plan: The plan.
        with_first: Whether to say how much it gets in the first of them.
    """
    groups: dict[tuple[Track, ShortfallCause], list[QuotaShortfall]] = {}
    for one in plan.shortfalls:
        groups.setdefault((one.track, one.cause), []).append(one)
    for (track, cause), weeks in groups.items():
        many = counted(len(weeks), "week")
        yield f"{track} below their quota in {many}: {_CAUSES[cause]}"
        if with_first:
            first = weeks[0]
            monday = f"{first.monday:%a} {first.monday.day} {first.monday:%b %Y}"
            got = f"{hours_text(first.minutes)} of {hours_text(first.least)}"
            yield f"the first is the week of {monday}: {got}"


def preferred_lines(plan: Plan) -> Iterator[str]:
    """Yield how much of the study lies in the hours that the person prefers."""
    total = sum(part.minutes for part in plan.balance.values())
    if plan.preferred is None or not total:
        return
    share = f"{100 * plan.preferred / total:.0f} % in the hours you prefer"
    yield share if plan.is_preference_kept else f"{share}; what is due leaves no choice"


def habit_lines(plan: Plan) -> Iterator[str]:
    """Yield how much of the study time habits and exploration take."""
    if plan.taken_by_habits:
        yield f"habits take {hours_text(plan.taken_by_habits)} of the study time"
    if plan.skimming:
        length = hours_text(plan.skimming)
        yield f"{length} of these are skimming, and count for the papers: their target is lower"
    time = plan.exploration
    if time is None:
        return
    if not time.has_candidates:
        yield "nothing to explore, so that its time is for study; 'curriculum idea' notes something"
        return
    yield f"{hours_text(time.minutes)} are kept for exploration"
    if time.given_back:
        yield f"{hours_text(time.given_back)} of exploration are given back for what is due"


def late_lines(plan: Plan, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield each certificate of overload as a sentence, with what would mend it."""
    for certificate in plan.overload:
        named = names_text(certificate.units, MOST_ROWS)
        sentence = overload_text(certificate, plan, zone)
        yield Text("")
        yield labelled(overload_heading(certificate, plan), [sentence, named])


def unproven_lines(plan: Plan) -> Iterator[str]:
    """Yield how many units are late although the hours of their tracks might be enough."""
    if plan.unproven:
        yield f"{counted(len(plan.unproven), 'unit')} late, but no count of hours shows why:"
        yield f"{names_text(plan.unproven, MOST_ROWS)};"
        yield "what they wait for comes late in the hours of its track"


def unplaced_lines(plan: Plan) -> Iterator[RenderableType]:
    """Yield the units that found no place, with the reason."""
    lines: list[str] = []
    for unplaced in plan.unplaced[:MOST_ROWS]:
        lines.append(f"{unplaced.unit}: {hours_text(unplaced.minutes)}, {unplaced.reason}")
    more = len(plan.unplaced) - MOST_ROWS
    if more > 0:
        lines.append(f"and {more} more units")
    if lines:
        yield labelled("Unplaced", lines)
