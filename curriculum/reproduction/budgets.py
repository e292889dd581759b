"""How far the logs of my runs go, beside the budget that the paper states (VERDICTS.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.model.attempts import Attempt
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.reproduction.logs.column_names import plain_name

_SLACK = 0.05
"""Logs that end this much before or after the paper's budget end where the paper does."""

_ENV_STEPS = ("env_steps",)
_UPDATES = ("updates",)
_STEPS = ("env_steps", "updates")

_COUNTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "epoch": ("epochs",),
        "epochs": ("epochs",),
        "frame": ("frames",),
        "frames": ("frames",),
        "total frames": ("frames",),
        "iteration": _UPDATES,
        "iterations": _UPDATES,
        "iter": _UPDATES,
        "iters": _UPDATES,
        "update": _UPDATES,
        "updates": _UPDATES,
        "env step": _ENV_STEPS,
        "env steps": _ENV_STEPS,
        "environment steps": _ENV_STEPS,
        "timesteps total": _ENV_STEPS,
        "total timesteps": _ENV_STEPS,
        "num timesteps": _ENV_STEPS,
        "timestep": _ENV_STEPS,
        "timesteps": _ENV_STEPS,
        "time step": _ENV_STEPS,
        "time steps": _ENV_STEPS,
        "total env interacts": _ENV_STEPS,
        "totalenvinteracts": _ENV_STEPS,
        "step": _STEPS,
        "steps": _STEPS,
        "global step": _STEPS,
        "total steps": _STEPS,
        "training step": _STEPS,
        "train step": _STEPS,
    }
)
"""What of a budget each known name of x counts, the likeliest first."""


@dataclass(frozen=True, slots=True)
class LoggedBudget:
    """How far my logs go, beside a budget that the paper states.

    Attributes:
        field: What of the budget it is, as `budget.env_steps`.
        stated: The paper's.
        ends: Where each log ends, in order.
    """

    field: str
    stated: float
    ends: tuple[float, ...]

    @property
    def shortest(self) -> float:
        """The share of the paper's budget at which the first log ends."""
        return self.ends[0] / self.stated

    @property
    def longest(self) -> float:
        """The share of the paper's budget at which the last log ends."""
        return self.ends[-1] / self.stated

    @property
    def is_smaller(self) -> bool:
        """Whether a log ends well before the paper's budget is spent."""
        return self.shortest < 1 - _SLACK

    @property
    def is_larger(self) -> bool:
        """Whether a log goes on well beyond the paper's budget."""
        return self.longest > 1 + _SLACK

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said of it; nothing where all logs end where the paper does."""
        found = []
        several = len(self.ends) > 1
        if self.is_smaller:
            which = "the shortest log ends" if several else "the log ends"
            found.append(f"{which} at {self.ends[0]:,.10g} {self._of_paper(self.shortest)}")
        if self.is_larger:
            which = "the longest log goes on" if several else "the log goes on"
            found.append(f"{which} to {self.ends[-1]:,.10g} {self._of_paper(self.longest)}")
        return tuple(found)

    def _of_paper(self, share: float) -> str:
        return f"of the paper's {self.stated:,.10g} ({self.field}): {100 * share:.3g} %"


def logged_budget(result: Result, attempt: Attempt) -> LoggedBudget | None:
    """Return how far the logs go; None where they, or the paper, do not say.

    What the person says of the budget goes before what the logs show.
    """
    if any(one.field.startswith("budget.") for one in attempt.deviations):
        return None
    ends = [run.steps for run in attempt.runs if run.steps is not None and run.value is not None]
    field = _field_counted(result, attempt)
    if field is None or not ends:
        return None
    stated = float(getattr(result.budget, field))
    reached = sorted(_reached(end, stated, field) for end in ends)
    return LoggedBudget(f"budget.{field}", stated, tuple(reached))


def _field_counted(result: Result, attempt: Attempt) -> str | None:
    """Return what of the paper's budget the logs' x counts.

    Returns:
        None where the paper does not state it, or the logs count different things.
    """
    names = {plain_name(reading.x) for reading in attempt.readings}
    if len(names) != 1:
        return None
    for field in _COUNTS.get(names.pop(), ()):
        stated = getattr(result.budget, field)
        if stated not in (None, "unknown") and stated > 0:
            return field
    return None


def _reached(end: float, stated: float, field: str) -> float:
    """Return how far a log goes: epochs may be counted from zero, so that the last is one less."""
    if field == "epochs" and end < stated:
        return end + 1
    return end
