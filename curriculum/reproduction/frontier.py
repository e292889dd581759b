"""Which changes are worth their lines: the frontier of gain against net lines."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from curriculum.model.ablations import Ablation, WorthPoint
from curriculum.model.late_dataclasses import dataclass


class ChangeStanding(StrEnum):
    """What can be said of a change beside the others on the same task.

    FRONTIER: no other change, and not doing nothing, gains as much with as few lines.
    DOMINATED: another one gains as much with as few lines, or doing nothing does.
    NOISE: its gain cannot be told from nothing.
    FREE: a deletion whose gain or loss cannot be told from nothing.
    ONE_RUN: one side is a single run, so that nothing can be told.
    """

    FRONTIER = "frontier"
    DOMINATED = "dominated"
    NOISE = "noise"
    FREE = "free"
    ONE_RUN = "one run"


@dataclass(frozen=True, slots=True)
class JudgedChange:
    """A change with its place among the others.

    Attributes:
        ablation: The change.
        standing: Its place.
        by: Of one that is dominated: the change that does so, None for doing nothing.
        is_worth: Whether its gain reaches the line of the settings; None without one, or where the
            gain is noise or not relative.
    """

    ablation: Ablation
    standing: ChangeStanding
    by: str | None = None
    is_worth: bool | None = None


def judge_changes(
    changes: Sequence[Ablation], worth: Sequence[WorthPoint] = ()
) -> tuple[JudgedChange, ...]:
    """Return changes with their places, in the same order.

    Only changes on the same task are compared. Those that cannot be told from nothing are compared
    with none.

    Args:
        changes: The changes.
        worth: What so many lines have to gain, by the settings.
    """
    return tuple(_judged(one, changes, worth) for one in changes)


def _judged(
    one: Ablation, changes: Sequence[Ablation], worth: Sequence[WorthPoint]
) -> JudgedChange:
    noise = one.gain.is_noise
    if noise is None:
        return JudgedChange(one, ChangeStanding.ONE_RUN)
    if noise:
        is_deletion = one.cost.net < 0
        return JudgedChange(one, ChangeStanding.FREE if is_deletion else ChangeStanding.NOISE)
    is_worth = _is_worth(one, worth)
    if one.gain.value <= 0 <= one.cost.net:
        return JudgedChange(one, ChangeStanding.DOMINATED, None, is_worth)
    better = [other for other in changes if _dominates(other, one)]
    if better:
        best = max(better, key=lambda other: (other.gain.value, -other.cost.net, other.id))
        return JudgedChange(one, ChangeStanding.DOMINATED, best.id, is_worth)
    return JudgedChange(one, ChangeStanding.FRONTIER, None, is_worth)


def _dominates(one: Ablation, other: Ablation) -> bool:
    """Whether one change gains as much with as few lines as another, and is better in one of both.

    Only a gain that can be told from nothing counts against another change.
    """
    if one.on != other.on or one.gain.is_relative != other.gain.is_relative:
        return False
    if one.gain.is_noise is not False:
        return False
    mine, its = (one.gain.value, -one.cost.net), (other.gain.value, -other.cost.net)
    return mine[0] >= its[0] and mine[1] >= its[1] and mine != its


def _is_worth(one: Ablation, worth: Sequence[WorthPoint]) -> bool | None:
    if not worth or not one.gain.is_relative:
        return None
    return one.gain.value >= needed_gain(one.cost.net, worth)


def needed_gain(lines: int, worth: Sequence[WorthPoint]) -> float:
    """Return the gain that so many lines need: straight between the points of the settings.

    The line begins at nothing for no lines, and goes on after the last point as before it.

    Args:
        lines: How many lines there are more than before.
        worth: The points, one at least.
    """
    if lines <= 0:
        return 0.0
    corners = [(0, 0.0)]
    corners += sorted((point.lines, float(point.gain)) for point in worth)
    segments = list(pairwise(corners))
    for (start, low), (end, high) in segments:
        if lines <= end:
            return low + (high - low) * (lines - start) / (end - start)
    (start, low), (end, high) = segments[-1]
    return high + (high - low) * (lines - end) / (end - start)
