"""How much of the planned study was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from curriculum.model.forecast import Attendance
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished
from curriculum.model.plan import Piece, Session, midnight
from curriculum.model.progress import Progress
from curriculum.progress.attendance import attendance_of
from curriculum.progress.session_outcomes import Done, Named
from tests.facts import stamp

READ, BUILD = UnitId("ppo/read"), UnitId("ppo/build")


def session(day: int, *pieces: tuple[UnitId, int]) -> Named:
    """Return a session on a day of January 2027, from six in the evening."""
    start = midnight(date(2027, 1, day), UTC) + 18 * 60
    held = tuple(Piece(unit, minutes) for unit, minutes in pieces)
    end = start + sum(piece.minutes for piece in held)
    return f"uid-{day}", Session(start, end, "papers", held)


WEEK = tuple(session(day, (READ, 60)) for day in range(4, 9))


def finished(unit: UnitId, day: int) -> Finished:
    """Return the fact that a unit was finished in the evening of a day."""
    at = datetime(2027, 1, day, 20, tzinfo=UTC)
    return Finished(**stamp(at=at), unit=unit)


def attendance(
    done: Mapping[str, Done],
    *,
    sessions: tuple[Named, ...] = WEEK,
    progress: Progress | None = None,
    today: int = 9,
) -> Attendance | None:
    return attendance_of(sessions, done, progress or Progress(), date(2027, 1, today), UTC)


def test_minutes_studied_count_against_the_minutes_planned() -> None:
    assert attendance({"uid-4": ((READ, 60),), "uid-6": ((READ, 30),)}) == Attendance(
        90, 300, (0.3,)
    )


def test_without_a_past_session_there_is_no_attendance() -> None:
    assert attendance({}, sessions=()) is None


def test_sessions_of_today_are_left_out_whether_they_were_held_or_not() -> None:
    assert attendance({"uid-4": ((READ, 60),)}, today=4) is None
    assert attendance({"uid-4": ((READ, 60),)}, today=5) == Attendance(60, 60, (1.0,))


def test_a_longer_session_makes_up_for_another_but_for_no_more_than_was_planned() -> None:
    assert attendance({"uid-4": ((READ, 200),)}) == Attendance(200, 300, (200 / 300,))
    assert attendance({"uid-4": ((READ, 900),)}) == Attendance(300, 300, (1.0,))


def test_nobody_has_to_keep_the_sessions_of_a_unit_from_the_day_it_is_finished() -> None:
    progress = Progress(finished={READ: finished(READ, 6)})
    done: dict[str, Done] = {"uid-4": ((READ, 60),), "uid-6": ((READ, 20),)}

    assert attendance(done, progress=progress) == Attendance(80, 140, (80 / 140,))


def test_the_other_units_of_a_session_still_count() -> None:
    progress = Progress(finished={READ: finished(READ, 4)})
    sessions = (session(5, (READ, 20), (BUILD, 40)),)

    assert attendance({}, sessions=sessions, progress=progress) == Attendance(0, 40, (0.0,))


def test_each_week_with_a_session_has_a_share_of_its_own() -> None:
    sessions = tuple(session(day, (READ, 60)) for day in (4, 5, 18, 19))
    done: dict[str, Done] = {"uid-4": ((READ, 90),), "uid-18": ((READ, 30),)}

    assert attendance(done, sessions=sessions, today=25) == Attendance(120, 240, (0.75, 0.25))
