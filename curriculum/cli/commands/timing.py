"""The commands of the timer: start and stop; it is a fact of the journal, so it survives whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from curriculum.cli.parameters import json_option, units_argument
from curriculum.cli.quantities import HOURS
from curriculum.model.problems import CurriculumError
from curriculum.services.context import Context
from curriculum.services.recording import pen_of, record
from curriculum.services.unit_names import single_unit

if TYPE_CHECKING:
    from curriculum.model.journal import Fact, Started, Stopped
    from curriculum.model.progress import Progress
    from curriculum.services.recording import Pen

LONG = 12 * 60
"""Minutes after which a timer was perhaps forgotten."""


class NoTimerError(CurriculumError):
    """A timer that does not run."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("no timer is running; 'curriculum start UNIT' starts one")


@click.command("start")
@units_argument
@json_option
@click.pass_obj
def start_command(desk: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Start the timer on a unit.

    Writes to journal.db. A timer that runs already is stopped first, and its time logged.

    \b
    Examples:
      curriculum start sutton 13
      curriculum start ppo-2017/read
    """
    from curriculum.model.journal import Started

    pen = pen_of(desk)
    unit = single_unit(units, pen.gathered)

    def decide(progress: Progress) -> Iterator[Fact]:
        if progress.timer is not None:
            yield _stopped(pen, progress.timer, None)
        yield Started(**pen.stamp(), unit=unit)

    record(desk, pen, decide, as_json=as_json)


@click.command("stop")
@click.option(
    "--took", type=HOURS, metavar="HOURS", help="Log this much instead of the time that passed."
)
@json_option
@click.pass_obj
def stop_command(desk: Context, took: timedelta | None, *, as_json: bool) -> None:
    """Stop the timer and log its time.

    Writes to journal.db the minutes since 'curriculum start', whatever the clock on the wall did meanwhile.

    \b
    Examples:
      curriculum stop
      curriculum stop --took 1h30m
    """
    pen = pen_of(desk)
    notes: list[str] = []

    def decide(progress: Progress) -> Iterator[Fact]:
        if progress.timer is None:
            raise NoTimerError
        fact = _stopped(pen, progress.timer, took)
        notes.extend(_doubt(fact) if took is None else ())
        yield fact

    record(desk, pen, decide, as_json=as_json, notes=notes)


def _stopped(pen: Pen, timer: Started, took: timedelta | None) -> Stopped:
    """Return the fact that ends a timer, with its minutes to the nearest one."""
    from curriculum.model.journal import Stopped
    from curriculum.model.quantities import minutes

    passed = max(0, round((pen.at - timer.at) / timedelta(minutes=1)))
    logged = passed if took is None else minutes(took)
    return Stopped(**pen.stamp(), unit=timer.unit, minutes=logged)


def _doubt(fact: Stopped) -> Iterator[str]:
    from curriculum.model.formatting import hours_text

    if fact.minutes > LONG:
        yield (
            f"note: it ran for {hours_text(fact.minutes)}; if that is too long: "
            "'curriculum undo', then 'curriculum stop --took 1h30m'"
        )
