"""Forecasts as values: when goals will be finished, as ranges and chances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.pace import PaceSample
from curriculum.model.settings import Goal


class Attendance(NamedTuple):
    """How much of the planned study was done.

    Attributes:
        studied: Minutes studied in past sessions, at most as many as were planned.
        planned: Minutes planned for them, at least 1.
        weeks: The share of what was planned that was studied in each week with a session, from 0
            to 1, in order.
    """

    studied: int
    planned: int
    weeks: tuple[float, ...]


class Experience(NamedTuple):
    """What the journal shows of how a person studies.

    Attributes:
        samples: What finished units took against what was estimated.
        attendance: How much of the planned study was done so far; None assumes that all of it
            will be.
    """

    samples: Sequence[PaceSample] = ()
    attendance: Attendance | None = None


class Range(NamedTuple):
    """Two minutes since the epoch between which something happens with a stated chance."""

    early: int
    late: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """When something will be finished.

    Attributes:
        units: How many units it still needs; 0 when it is finished or known already.
        planned: When the plan finishes it; None when it needs nothing, or is not placed in full.
        half: The central 50 %: as likely as not, it is finished between these. None where
            `planned` is.
        most: The central 80 %: four times in five, it is finished between these. None where
            `planned` is.
        deadline: When it is due; None without a deadline.
        chance: The share of draws in which it is finished by its deadline, from 0 to 1; None
            where `planned` or `deadline` is.
    """

    units: int
    planned: int | None = None
    half: Range | None = None
    most: Range | None = None
    deadline: int | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the goals and the whole plan will be finished.

    Attributes:
        goals: Each goal with its outlook, in the user's order.
        whole: The outlook of everything together; its chance is that of keeping every deadline,
            its `deadline` None.
        samples: How many samples of the person's own pace it rests on.
        draws: How many futures were drawn.
        seed: What they were drawn from: the same seed gives the same forecast.
        attendance: How much of the planned study was done so far; None when no session is past.
    """

    goals: tuple[tuple[Goal, Outlook], ...]
    whole: Outlook
    samples: int
    draws: int
    seed: int
    attendance: Attendance | None = None
