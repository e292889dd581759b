"""A what-if beside today's plan: what changes in a sentence, the goals, the plans as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from rich.console import Group, RenderableType
from rich.text import Text

from curriculum.model.formatting import counted, local
from curriculum.model.plan import Plan, PlannedGoal
from curriculum.model.plan_comparison import (
    GoalInBoth,
    deadlines_of,
    goals_of_both,
    minutes_late,
    study_minutes,
)
from curriculum.views.text.marks import Aside, labelled, late
from curriculum.views.text.overload import short_overload_text
from curriculum.views.text.short_plan import SCREEN_LINES
from curriculum.views.text.tables import FoldingTable

_OTHER_LINES = 16
"""Lines besides the goals and the overloads, with the prompt."""

_FEWEST_GOALS = 3
_MOST_OVERLOADS = 2
_DAY = 24 * 60


def what_if_view(
    today: Plan, changed: Plan, zones: tuple[tzinfo, tzinfo], *, in_full: bool
) -> RenderableType:
    """Return both plans beside each other for a terminal.

    Args:
        today: The plan with the settings of the file.
        changed: The plan with other settings.
        zones: The zones of their days.
        in_full: Whether to show every goal and every overload, not as many as fit on a screen.
    """
    goals = goals_of_both(today, changed)
    plans = (("Today", today, zones[0]), ("What-if", changed, zones[1]))
    overloads = []
    for label, plan, zone in plans:
        most = len(plan.overload) if in_full else _MOST_OVERLOADS
        overloads.append((label, list(_overload_lines(plan, zone, most))))
    most_goals = len(goals)
    if not in_full:
        rows = SCREEN_LINES - _OTHER_LINES - sum(len(lines) for _, lines in overloads)
        most_goals = max(_FEWEST_GOALS, rows)
    shown = _most_changed(goals, most_goals)
    parts: list[RenderableType] = [
        Text(_sentence(goals, today, changed, zones)),
        Text(),
        _goals_table(shown, zones),
    ]
    if len(shown) < len(goals):
        hidden = counted(len(goals) - len(shown), "more goal")
        parts.append(Aside(f"and {hidden}: '--all' shows them", style="italic"))
    parts += [Text(), _plans_table(today, changed, zones)]
    parts += [labelled(label, lines) for label, lines in overloads if lines]
    return Group(*parts)


def _most_changed(goals: Sequence[GoalInBoth], most: int) -> list[GoalInBoth]:
    """Return so many goals in their order: those whose deadline or date changes most."""

    def need(number: int) -> tuple[bool, int]:
        goal = goals[number]
        is_turned = goal.is_newly_late or goal.is_no_longer_late
        return not is_turned, -abs(goal.minutes_later or 0)

    chosen = sorted(range(len(goals)), key=need)[:most]
    return [goals[number] for number in sorted(chosen)]


def _sentence(
    goals: Sequence[GoalInBoth], today: Plan, changed: Plan, zones: tuple[tzinfo, tzinfo]
) -> str:
    """Return what changes, as a sentence."""
    told = [
        *_moved_text(goals, zones),
        *_deadline_texts(goals),
        *_goal_set_texts(goals),
        *_reach_texts(goals),
    ]
    if told:
        sentence = "; ".join(told)
        return f"{sentence[0].upper()}{sentence[1:]}."
    if today.sessions == changed.sessions:
        return "Nothing changes: both plans are the same."
    return "Every goal ends on the same day; only sessions move."


def _moved_text(goals: Sequence[GoalInBoth], zones: tuple[tzinfo, tzinfo]) -> Iterator[str]:
    """Yield how many goals end later and earlier, and by how many days at most."""
    days = [(goal.name, _days_later(goal, zones) or 0) for goal in goals]
    for word, sign in (("later", 1), ("earlier", -1)):
        moved = [(sign * by, name) for name, by in days if sign * by > 0]
        if not moved:
            continue
        most, name = max(moved, key=lambda one: one[0])
        by = counted(most, "day")
        if len(moved) == 1:
            yield f"{name} ends {by} {word}"
        else:
            yield f"{len(moved)} of {len(goals)} goals end {word}, by up to {by} ({name})"


def _deadline_texts(goals: Sequence[GoalInBoth]) -> Iterator[str]:
    """Yield the deadlines that only one of the plans keeps."""
    missed = [goal.name for goal in goals if goal.is_newly_late]
    kept = [goal.name for goal in goals if goal.is_no_longer_late]
    for names, verb in ((missed, "missed"), (kept, "kept")):
        if len(names) == 1:
            yield f"the deadline of {names[0]} is {verb}"
        elif names:
            yield f"{len(names)} more deadlines are {verb}"


def _goal_set_texts(goals: Sequence[GoalInBoth]) -> Iterator[str]:
    """Yield how many goals are in only one of the plans."""
    new = sum(goal.first is None for goal in goals)
    gone = sum(goal.second is None for goal in goals)
    if new:
        yield f"{counted(new, 'goal')} more"
    if gone:
        yield f"{counted(gone, 'goal')} fewer"


def _reach_texts(goals: Sequence[GoalInBoth]) -> Iterator[str]:
    """Yield how many goals only one of the plans finishes."""
    cannot = sum(_is_finished(goal.first) and _is_unfinished(goal.second) for goal in goals)
    can = sum(_is_unfinished(goal.first) and _is_finished(goal.second) for goal in goals)
    if cannot:
        yield f"{counted(cannot, 'goal')} cannot be finished any more"
    if can:
        yield f"{counted(can, 'goal')} can be finished now"


def _is_finished(planned: PlannedGoal | None) -> bool:
    return planned is not None and planned.finish is not None


def _is_unfinished(planned: PlannedGoal | None) -> bool:
    return planned is not None and planned.unfinished > 0


def _goals_table(goals: Sequence[GoalInBoth], zones: tuple[tzinfo, tzinfo]) -> FoldingTable:
    table = FoldingTable(
        "goal",
        "due",
        "today's plan",
        "deadline",
        "what-if",
        "deadline",
        ">change",
        folds=("due",),
    )
    for goal in goals:
        one = goal.second or goal.first
        zone = zones[1] if goal.second else zones[0]
        due = one.due if one is not None else None
        table.add_row(
            goal.name,
            "" if due is None else _day(due - 1, zone),
            _finish(goal.first, zones[0]),
            _deadline(goal.first),
            _finish(goal.second, zones[1]),
            _deadline(goal.second),
            _change(goal, zones),
        )
    return table


def _finish(planned: PlannedGoal | None, zone: tzinfo) -> str:
    if planned is None:
        return "no goal"
    if planned.finish is not None:
        return _day(planned.finish, zone)
    if planned.units:
        return "not placed"
    return "known" if planned.done_on is None else "done"


def _deadline(planned: PlannedGoal | None) -> str | Text:
    """Return whether a goal is finished in time, or by how much it is late."""
    if planned is None or planned.due is None or not planned.units:
        return ""
    minutes = minutes_late(planned)
    if minutes == 0:
        return "kept"
    if minutes is None:
        return late("missed")
    # A goal that ends on the day after its due date is one day late, at whatever hour.
    return late(f"{-(-minutes // _DAY)} d late")


def _change(goal: GoalInBoth, zones: tuple[tzinfo, tzinfo]) -> str:
    days = _days_later(goal, zones)
    if days is None:
        return ""
    if days:
        return f"{days:+} d"
    return "same day" if goal.minutes_later else "same"


def _days_later(goal: GoalInBoth, zones: tuple[tzinfo, tzinfo]) -> int | None:
    """Return by how many days of the calendar the second plan finishes a goal later."""
    first = goal.first.finish if goal.first else None
    second = goal.second.finish if goal.second else None
    if first is None or second is None:
        return None
    return (local(second, zones[1]).date() - local(first, zones[0]).date()).days


def _plans_table(today: Plan, changed: Plan, zones: tuple[tzinfo, tzinfo]) -> FoldingTable:
    table = FoldingTable("whole plan", "today's plan", "what-if")
    columns = (_totals(today, zones[0]), _totals(changed, zones[1]))
    for label in columns[0]:
        table.add_row(label, columns[0][label], columns[1][label])
    return table


def _totals(plan: Plan, zone: tzinfo) -> dict[str, str]:
    """Return what is said of a plan as a whole, by its label."""
    minutes = study_minutes(plan)
    kept, due = deadlines_of(plan)
    beyond = 100 * plan.evenness.beyond / minutes if minutes else 0
    return {
        "last session": "none" if plan.finish is None else _day(plan.finish, zone),
        "study": f"{minutes / 60:.0f} h",
        "deadlines kept": f"{kept} of {due}",
        "beyond a track's weekly share": f"{beyond:.0f} %",
    }


def _overload_lines(plan: Plan, zone: tzinfo, most: int) -> Iterator[Text]:
    """Yield what a plan has no time for."""
    for overload in plan.overload[:most]:
        yield late(short_overload_text(overload, plan, zone))
    more = len(plan.overload) - most
    if more > 0:
        yield late(f"and {counted(more, 'more overload')}")
    if plan.unplaced:
        yield late(f"{counted(len(plan.unplaced), 'unit')} could not be placed")


def _day(minute: int, zone: tzinfo) -> str:
    day = local(minute, zone)
    return f"{day.day} {day:%b %Y}"
