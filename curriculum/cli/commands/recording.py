"""The commands that record: done, log, left, skip, reopen, undo.

They read only what they need to know the units by name: a problem in a syllabus does not stop anyone from recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from curriculum.cli.parameters import Name, json_option, on_option, units_argument
from curriculum.cli.quantities import HOURS, PAGES
from curriculum.model.problems import CurriculumError
from curriculum.services.context import Context
from curriculum.services.recording import Pen, pen_of, record
from curriculum.services.unit_names import single_unit, units_meant

if TYPE_CHECKING:
    from curriculum.model.identifiers import UnitId
    from curriculum.model.journal import Fact, Studied
    from curriculum.model.progress import Progress
    from curriculum.model.quantities import Pages


class NothingToUndoError(CurriculumError):
    """A journal in which nothing is left to take back."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("there is nothing to take back: the journal holds no command")


@click.command("done")
@click.argument("units", nargs=-1, type=Name("unit"), metavar="[UNIT]...")
@on_option
@click.option("--took", type=HOURS, metavar="HOURS", help="What it took in all, as 2h30m.")
@json_option
@click.pass_obj
def done_command(
    desk: Context,
    units: tuple[str, ...],
    day: date | None,
    took: timedelta | None,
    *,
    as_json: bool,
) -> None:
    """Mark units as done.

    Writes to journal.db. Without a UNIT, you followed the plan until now: every session that is over is logged as it
    was planned, so far as it is not accounted for, and what that finishes is done. A UNIT is a chapter or a step, a
    range of them, or a whole work; the part of a name that tells it from all others is enough. What it took is shared
    among several units by their efforts.

    \b
    Examples:
      curriculum done
      curriculum done sutton-barto-2018/3-5 --on 2027-01-09 --took 6h
    """
    from curriculum.model.journal import Finished

    pen = pen_of(desk, day)
    if not units:
        if day is not None or took is not None:
            raise click.UsageError("'--on' and '--took' speak of a UNIT; name one")
        record(desk, pen, lambda progress: _followed(desk, pen, progress), as_json=as_json)
        return
    marked = units_meant(units, pen.gathered)
    minutes = _shared(took, marked, pen)

    notes: list[str] = []

    def decide(progress: Progress) -> Iterator[Fact]:
        notes.extend(_open_before(marked, progress, pen))
        notes.extend(_unsettled(marked, progress, pen))
        for unit in marked:
            if unit not in progress.finished or minutes[unit] is not None:
                yield Finished(**pen.stamp(), unit=unit, minutes=minutes[unit])

    record(desk, pen, decide, as_json=as_json, notes=notes)


def _unsettled(marked: Sequence[UnitId], progress: Progress, pen: Pen) -> Iterator[str]:
    """Yield, for each paper whose last step is being done, which of its results are not settled."""
    from curriculum.model.identifiers import unit_id, work_of

    library, done = pen.gathered.library, progress.done | set(marked)
    works = dict.fromkeys(work_of(unit) for unit in marked if unit not in progress.done)
    finished = [
        work
        for work in works
        if all(unit_id(work, unit.id) in done for unit in library.works[work].units)
    ]
    if finished:
        from curriculum.services.comparisons import judged_papers
        from curriculum.views.text.verdict import unsettled_line

        for paper in judged_papers(pen.gathered, finished, progress):
            if paper.verdict.open:
                yield unsettled_line(paper.work, paper.verdict)


def _followed(desk: Context, pen: Pen, progress: Progress) -> Iterator[Fact]:
    """Yield what says that the published plan was followed until now."""
    from curriculum.model.journal import Finished, Studied
    from curriculum.model.plan import instant
    from curriculum.progress.pace import pace_of
    from curriculum.progress.remaining import left_of
    from curriculum.progress.sessions_followed import followed
    from curriculum.services.planning import past_sessions

    gathered = pen.gathered
    past = past_sessions(gathered, gathered.ledger, gathered.minute)
    efforts, speeds = gathered.efforts, gathered.settings.speed
    pace = pace_of(progress, gathered.library, speeds)
    units = {piece.unit for _, session in past.sessions for piece in session.pieces if piece.unit in efforts}
    left = {unit: left_of(unit, gathered.library, speeds, progress, pace) for unit in units}
    for step in followed(past.outcomes, progress, left):
        at = instant(step.end)
        yield Studied(**pen.stamp(at), unit=step.unit, minutes=step.minutes)
        if step.is_finished:
            yield Finished(**pen.stamp(at), unit=step.unit)


def _shared(took: timedelta | None, units: Sequence[UnitId], pen: Pen) -> dict[UnitId, int | None]:
    """Return the minutes that each unit took: all of them together what was said, in proportion to their efforts."""
    from curriculum.model.efforts import effort
    from curriculum.model.identifiers import work_of
    from curriculum.model.quantities import minutes

    if took is None:
        return dict.fromkeys(units)
    library, speeds = pen.gathered.library, pen.gathered.settings.speed
    efforts = [
        effort(library.unit(unit), library.works[work_of(unit)].kind, speeds) for unit in units
    ]
    shares, so_far, total = {}, 0, sum(efforts)
    for unit, own in zip(units, efforts, strict=True):
        before, so_far = so_far, so_far + own
        shares[unit] = minutes(took) * so_far // total - minutes(took) * before // total
    return dict(shares)


def _open_before(marked: Sequence[UnitId], progress: Progress, pen: Pen) -> list[str]:
    """Return a note for each unit whose prerequisites are still open."""
    curriculum = pen.gathered.resolution((), progress.done).curriculum
    if curriculum is None:
        return []
    return [
        f"note: '{unit}' is done before '{before}', which it requires"
        for unit in marked
        for before in curriculum.requires.get(unit, ())
        if before not in marked
    ]


@click.command("log")
@units_argument
@click.argument("hours", type=HOURS, metavar="HOURS")
@click.option("--pages", type=PAGES, metavar="PAGES", help="The pages that were read, as 47-60.")
@on_option
@json_option
@click.pass_obj
def log_command(
    desk: Context,
    units: tuple[str, ...],
    hours: timedelta,
    pages: Pages | None,
    day: date | None,
    *,
    as_json: bool,
) -> None:
    """Log time that was studied.

    Writes to journal.db; the plan goes on from what is left.

    \b
    Examples:
      curriculum log sutton 13 45m
      curriculum log ppo-2017/read 1h30m --on 2027-01-09
    """
    from curriculum.model.journal import Studied
    from curriculum.model.quantities import minutes

    pen, notes = pen_of(desk, day), list[str]()
    unit = single_unit(units, pen.gathered)
    fact = Studied(**pen.stamp(), unit=unit, minutes=minutes(hours), pages=pages)

    def decide(progress: Progress) -> list[Fact]:
        notes.append(_left_note(unit, fact, progress, pen))
        return [fact]

    record(desk, pen, decide, as_json=as_json, notes=notes)


def _left_note(unit: UnitId, fact: Studied, progress: Progress, pen: Pen) -> str:
    """Return how much of a unit is left after a fact, or how to say that it is finished."""
    from curriculum.model.formatting import hours_text
    from curriculum.progress.pace import pace_of
    from curriculum.progress.remaining import LEAST_LEFT, left_of
    from curriculum.progress.state import replay_more

    library, speeds = pen.gathered.library, pen.gathered.settings.speed
    after = replay_more(progress, [fact])
    left = left_of(unit, library, speeds, after, pace_of(after, library, speeds))
    ready = f"; if it is finished: curriculum done {unit}" if left <= LEAST_LEFT else ""
    return f"{hours_text(left)} left{ready}"


@click.command("left")
@units_argument
@click.argument("hours", type=HOURS, metavar="HOURS")
@json_option
@click.pass_obj
def left_command(desk: Context, units: tuple[str, ...], hours: timedelta, *, as_json: bool) -> None:
    """Say how long a unit still takes.

    Writes to journal.db; it counts until more is said, less what is logged meanwhile.

    \b
    Examples:
      curriculum left sutton 13 2h
      curriculum left ppo-2017/mujoco 6h
    """
    from curriculum.model.journal import Left
    from curriculum.model.quantities import minutes

    pen = pen_of(desk)
    fact = Left(**pen.stamp(), unit=single_unit(units, pen.gathered), minutes=minutes(hours))
    record(desk, pen, lambda _: [fact], as_json=as_json)


@click.command("skip")
@units_argument
@json_option
@click.pass_obj
def skip_command(desk: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Leave units out of the plan.

    Writes to journal.db; what requires them is planned as if they were done. 'curriculum reopen' brings them back.

    \b
    Examples:
      curriculum skip sutton 16
      curriculum skip cover-thomas-2006/3-4
    """
    from curriculum.model.journal import Skipped

    pen = pen_of(desk)
    marked = units_meant(units, pen.gathered)
    record(
        desk,
        pen,
        lambda progress: [
            Skipped(**pen.stamp(), unit=unit) for unit in marked if unit not in progress.skipped
        ],
        as_json=as_json,
    )


@click.command("reopen")
@units_argument
@json_option
@click.pass_obj
def reopen_command(desk: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Take units as not done after all.

    Writes to journal.db; time that was logged stays.

    \b
    Examples:
      curriculum reopen sutton 3
      curriculum reopen ppo-2017
    """
    from curriculum.model.journal import Reopened

    pen = pen_of(desk)
    marked = units_meant(units, pen.gathered)
    record(
        desk,
        pen,
        lambda progress: [
            Reopened(**pen.stamp(), unit=unit) for unit in marked if unit in progress.done
        ],
        as_json=as_json,
    )


@click.command("undo")
@json_option
@click.pass_obj
def undo_command(desk: Context, *, as_json: bool) -> None:
    """Take back what was recorded last.

    Writes to journal.db that the last command does not count; again, and the one before it is taken back.

    \b
    Examples:
      curriculum undo
      curriculum undo --json
    """
    from curriculum.cli.printing import show_json
    from curriculum.disk.journal import JOURNAL, writing
    from curriculum.model.journal import Undone
    from curriculum.progress.fact_json import fact_json
    from curriculum.progress.state import last_command, replay
    from curriculum.views.text.record import record_line

    pen = pen_of(desk)
    with writing(desk.root / JOURNAL) as book:
        taken = last_command(replay(book.facts))
        if not taken:
            raise NothingToUndoError
        book.append([Undone(**pen.stamp(), target=taken[0].command)])
    if as_json:
        show_json({"taken_back": [fact_json(fact) for fact in taken]})
        return
    for fact in taken:
        click.echo(f"took back: {record_line(fact, pen.gathered.library)}")
