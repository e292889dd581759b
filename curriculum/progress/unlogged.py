"""Which past sessions were not logged, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import SessionOutcome


@dataclass(frozen=True, slots=True)
class Unlogged:
    """Sessions that are over and of which something is still to do, each in calendar order.

    Attributes:
        open: Nothing is known of them: they may have been held as planned.
        missed: The person said that they were missed, and no plan has rescheduled them yet.
        rescheduled: A plan that was published later does the rest of them at another time, and the
            person said nothing.
        rescheduled_at: The minute at which the last of them was rescheduled; None without any.
    """

    open: tuple[SessionOutcome, ...]
    missed: tuple[SessionOutcome, ...]
    rescheduled: tuple[SessionOutcome, ...]
    rescheduled_at: int | None


def unlogged(
    outcomes: Iterable[SessionOutcome], progress: Progress, rescheduled: Mapping[str, int]
) -> Unlogged:
    """Return the past sessions that were not logged, by what is known of them.

    Args:
        outcomes: What became of the sessions, in calendar order.
        progress: Which sessions the person said were missed.
        rescheduled: UID of a session to the minute of the publication that rescheduled it.
    """
    open_ones: list[SessionOutcome] = []
    missed: list[SessionOutcome] = []
    moved: list[SessionOutcome] = []
    for one in outcomes:
        if not one.minutes_left:
            continue
        is_settled = one.uid in rescheduled
        if one.uid not in progress.missed:
            (moved if is_settled else open_ones).append(one)
        elif not is_settled:
            missed.append(one)
    last = max((rescheduled[one.uid] for one in moved), default=None)
    return Unlogged(tuple(open_ones), tuple(missed), tuple(moved), last)
