"""A plan as tables a person can read: the first two weeks, the goals, the balance, what is late and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.formatting import clock_text, day_text, hours_text, last_day, local, one_line
from curriculum.model.library import Library
from curriculum.model.plan import Overload, Placement, Plan, Reason, Session

FORTNIGHT = 14 * 24 * 60
MOST_NAMED = 5


def plan_view(plan: Plan, curriculum: Curriculum, library: Library, zone: tzinfo) -> RenderableType:
    """Return the plan for a terminal."""
    parts = [
        first_weeks(plan, library, zone),
        goals_table(plan, curriculum, zone),
        *balance_lines(plan),
        *late_lines(plan.overload, zone),
        *unplaced_lines(plan),
    ]
    return Group(*parts)


def first_weeks(plan: Plan, library: Library, zone: tzinfo) -> RenderableType:
    """Return the sessions of the first two weeks that hold any."""
    if not plan.sessions:
        return Text(
            "No session could be placed." if plan.unplaced else "There is nothing to study."
        )
    first = plan.sessions[0].start
    until = first - (local(first, zone).hour * 60 + local(first, zone).minute) + FORTNIGHT
    shown = [session for session in plan.sessions if session.start < until]
    table = sessions_table(shown, library, zone)
    table.title = f"Two weeks from {day_text(first, zone)}"
    return table


def sessions_table(sessions: Iterable[Session], library: Library, zone: tzinfo) -> Table:
    """Return sessions as rows: day, hours, track, and each piece with its pages."""
    table = Table(
        box=None, pad_edge=False, title_justify="left", title_style="bold", header_style="bold"
    )
    for heading in ("day", "time", "track", "unit"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what")
    table.add_column("pages", no_wrap=True)
    table.add_column("min", justify="right", no_wrap=True)
    previous = ""
    for session in sessions:
        today = day_text(session.start, zone)[:-5]
        for number, piece in enumerate(session.pieces):
            when = (
                today if today != previous else "",
                clock_text(session.start, session.end, zone),
                session.track,
            )
            pages = str(piece.pages or ("exercises" if library.unit(piece.unit).exercises else ""))
            what = one_line(library.unit(piece.unit).title)
            table.add_row(
                *(when if number == 0 else ("", "", "")),
                piece.unit,
                what,
                pages,
                str(piece.minutes),
            )
            previous = today
    return table


def goals_table(plan: Plan, curriculum: Curriculum, zone: tzinfo) -> RenderableType:
    """Return each goal with the day it is finished and how it stands to its deadline."""
    table = Table(
        box=None,
        pad_edge=False,
        title="\nGoals",
        title_justify="left",
        title_style="bold",
        header_style="bold",
    )
    for heading in ("goal", "finished", "due", "cushion"):
        table.add_column(heading, no_wrap=heading != "goal")
    placements = {placement.unit: placement for placement in plan.units}
    for reached in curriculum.goals:
        table.add_row(
            *_goal_row(
                reached, [placements[unit] for unit in reached.units if unit in placements], zone
            )
        )
    return table


def _goal_row(
    reached: ReachedGoal, placements: list[Placement], zone: tzinfo
) -> tuple[str, str, str, str]:
    name = str(reached.goal)
    if not placements:
        return name, "already known", "", ""
    if any(placement.finish is None for placement in placements):
        finished = "not placed"
    else:
        finished = day_text(max(placement.finish or 0 for placement in placements), zone)
    due = min(
        (placement.deadline for placement in placements if placement.deadline is not None),
        default=None,
    )
    if reached.goal.by is None or due is None:
        return name, finished, "", ""
    cushion = min(placement.cushion for placement in placements if placement.cushion is not None)
    late = any((placement.finish or 0) > (placement.deadline or 0) for placement in placements)
    return (
        name,
        finished,
        last_day(due, zone),
        f"late, {hours_text(-cushion)} too few" if late else hours_text(cushion),
    )


def balance_lines(plan: Plan) -> Iterator[RenderableType]:
    """Yield how the study time is shared between the tracks."""
    total = sum(part.minutes for part in plan.balance.values())
    if not total:
        return
    for number, (track, part) in enumerate(plan.balance.items()):
        share = (
            f"{100 * part.minutes / total:.0f} %, its share is {100 * part.target / total:.0f} %"
        )
        yield Text.assemble(
            ("\nBalance" if not number else "       ", "bold"),
            f"  {track} {hours_text(part.minutes)}, {share}",
        )
    yield Text(
        f"         while both tracks had work, neither was owed more than {hours_text(plan.largest_lag)}"
    )
    alone = sum(
        session.end - session.start for session in plan.sessions if session.because is Reason.ORDER
    )
    if alone:
        yield Text(
            f"         for {hours_text(alone)} only one of them had any, the other waiting or done"
        )


def late_lines(overload: Iterable[Overload], zone: tzinfo) -> Iterator[RenderableType]:
    """Yield each certificate of overload as a sentence, with what would mend it."""
    for certificate in overload:
        named = ", ".join(certificate.units[:MOST_NAMED])
        more = len(certificate.units) - MOST_NAMED
        yield Text.assemble(
            ("\nOverload  ", "bold"),
            f"{len(certificate.units)} units need {hours_text(certificate.needed)}, and {hours_text(certificate.free)} are free "
            f"before the end of {last_day(certificate.before, zone)}; "
            f"{hours_text(certificate.more_per_week)} more per week would mend it",
        )
        yield Text(f"          {named}" + (f" and {more} more" if more > 0 else ""))


def unplaced_lines(plan: Plan) -> Iterator[RenderableType]:
    """Yield the units that found no place, with the reason."""
    for unplaced in plan.unplaced[:MOST_NAMED]:
        yield Text(f"Unplaced  {unplaced.unit}: {hours_text(unplaced.minutes)}, {unplaced.reason}")
    if len(plan.unplaced) > MOST_NAMED:
        yield Text(f"          and {len(plan.unplaced) - MOST_NAMED} units more")
