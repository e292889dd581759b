"""The timer: a fact of the journal, so that it survives whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from curriculum.model.formatting import zone_named
from curriculum.model.journal import Fact, Started, Stopped
from curriculum.model.problems import CurriculumError
from curriculum.model.progress import Progress
from curriculum.model.quantities import minutes
from curriculum.services.recording import JournalWriter, Recorded, journal_writer
from curriculum.services.unit_names import single_unit
from curriculum.services.workspace import Workspace

_LONG = 12 * 60
"""Minutes after which a timer was perhaps forgotten."""


class NoTimerError(CurriculumError):
    """There is no timer to stop."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("no timer is running; 'curriculum start UNIT' starts one")


class ClockSetBackError(CurriculumError):
    """The timer was started at a time that is still ahead."""

    def __init__(self, timer: Started) -> None:
        """Build the sentence from the fact that started it."""
        began = timer.at.astimezone(zone_named(timer.zone))
        super().__init__(
            f"the timer was started at {began:%H:%M} on {began:%Y-%m-%d}, which is still ahead: "
            "the clock was set back; say how long it was with 'curriculum stop --took HOURS'"
        )


def start_timer(workspace: Workspace, words: Sequence[str]) -> Recorded:
    """Start the timer on a unit; one that is running is stopped first, and its time logged.

    Raises:
        UsageError: The words do not name one unit.
        ClockSetBackError: A timer is running since a time that is still ahead.
    """
    writer = journal_writer(workspace)
    unit = single_unit(words, workspace)

    def decide(progress: Progress) -> Iterator[Fact]:
        if progress.timer is not None:
            yield _stopped(writer, progress.timer)
        yield Started(**writer.stamp(), unit=unit)

    return Recorded(workspace, writer.record(decide).facts)


def stop_timer(workspace: Workspace, took: timedelta | None = None) -> Recorded:
    """Stop the timer and log its time, or what it took instead.

    Raises:
        NoTimerError: No timer is running.
        ClockSetBackError: It runs since a time that is still ahead, and `took` is None.
    """
    writer = journal_writer(workspace)

    def decide(progress: Progress) -> Iterator[Stopped]:
        if progress.timer is None:
            raise NoTimerError
        yield _stopped(writer, progress.timer, took)

    facts = writer.record(decide).facts
    long_timer = None
    if took is None:
        for fact in facts:
            if isinstance(fact, Stopped) and fact.minutes > _LONG:
                long_timer = fact.minutes
    return Recorded(workspace, facts, long_timer=long_timer)


def _stopped(writer: JournalWriter, timer: Started, took: timedelta | None = None) -> Stopped:
    """Return the fact that ends a timer, with its minutes to the nearest one.

    Raises:
        ClockSetBackError: The clock of the machine was set back, and `took` is None.
    """
    if took is not None:
        logged = minutes(took)
    elif writer.at < timer.at:
        raise ClockSetBackError(timer)
    else:
        logged = round((writer.at - timer.at) / timedelta(minutes=1))
    return Stopped(**writer.stamp(), unit=timer.unit, minutes=logged)
