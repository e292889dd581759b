"""Marking what is done, and a plan that follows it, as a person meets them in a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import run, workspace

PLANNED = ("textbooks.ics", "papers.ics", "deadlines.ics")


def plan(root: Path, today: str) -> dict[str, Any]:
    """Plan and publish on a day, and return the plan."""
    result = run(root, "plan", "--json", today=today)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def calendars(root: Path) -> dict[str, bytes]:
    """Return every published byte."""
    return {path.name: path.read_bytes() for path in sorted((root / "calendars").glob("*.*"))}


def follow(root: Path, sessions: list[dict[str, Any]], left: dict[str, int]) -> None:
    """Log every piece of the sessions as it was planned, and mark what that finishes."""
    for session in sessions:
        for piece in session["pieces"]:
            day = session["end"][:10]
            assert (
                run(
                    root, "log", piece["unit"], f"{piece['minutes']}m", "--on", day, today=day
                ).exit_code
                == 0
            )
            left[piece["unit"]] -= piece["minutes"]
            if not left[piece["unit"]]:
                assert run(root, "done", piece["unit"], "--on", day, today=day).exit_code == 0


@pytest.mark.parametrize("followed", [1, 3, 5, 8])
def test_following_the_plan_and_planning_again_changes_no_byte(
    tmp_path: Path, followed: int
) -> None:
    """P5, through the whole program: days that were followed exactly leave every published byte as it was."""
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    before = calendars(root)
    days = sorted({session["start"][:10] for session in first["sessions"]})
    left = {unit["unit"]: unit["effort"] for unit in first["units"]}
    if followed >= len(days):
        pytest.skip("the plan is shorter")
    follow(root, [one for one in first["sessions"] if one["start"][:10] < days[followed]], left)

    plan(root, days[followed])

    assert calendars(root) == before


def test_what_is_done_is_not_planned_and_what_was_studied_is_not_planned_twice(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    first = {unit["unit"]: unit["effort"] for unit in plan(root, "2027-01-04")["units"]}
    assert run(root, "done", "sums", "1").stdout == "done: sums/1 Adding\n"
    assert (
        run(root, "log", "sums/2", "50m").stdout
        == "logged: sums/2 Taking away (50 min)\n2 h 10 min left\n"
    )
    second = {unit["unit"]: unit["effort"] for unit in plan(root, "2027-01-04")["units"]}

    assert "sums/1" not in second
    assert second["sums/2"] == first["sums/2"] - 50


def test_what_the_person_says_is_left_counts_until_more_is_logged(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "left", "sums/2", "5h")
    run(root, "log", "sums/2", "1h")

    assert {unit["unit"]: unit["effort"] for unit in plan(root, "2027-01-04")["units"]}[
        "sums/2"
    ] == 240


def test_sessions_that_are_over_stay_as_they_were_and_what_was_missed_comes_later(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    ledger = json.loads(calendars(root)["ledger.json"])["events"]
    over = {
        uid
        for uid, row in ledger.items()
        if row["start"] < "20270106" and row["file"] != "deadlines.ics"
    }
    second = plan(root, "2027-01-06")
    after = json.loads(calendars(root)["ledger.json"])["events"]

    assert over
    for uid in over:
        assert after[uid].pop("description") == f"{ledger[uid].pop('description')}\nDone: nothing."
        told = {key: after[uid][key] for key in ledger[uid] if key not in ("sequence", "stamp")}
        assert told == {key: ledger[uid][key] for key in told}
    assert min(session["start"] for session in second["sessions"]) >= "2027-01-06"
    assert sum(unit["effort"] for unit in second["units"]) == sum(
        unit["effort"] for unit in first["units"]
    )
    assert not over & {session["uid"] for session in second["sessions"]}


def test_undo_takes_back_command_after_command(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1-2")
    run(root, "skip", "sums/3")

    assert run(root, "undo").stdout == "took back: skipped: sums/3 Multiplying\n"
    assert (
        run(root, "undo").stdout
        == "took back: done: sums/1 Adding\ntook back: done: sums/2 Taking away\n"
    )
    empty = run(root, "undo")
    assert (empty.exit_code, empty.stdout) == (1, "")
    assert (
        empty.stderr == "curriculum: there is nothing to take back: the journal holds no command\n"
    )


def test_a_unit_done_before_what_it_requires_is_said(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "done", "sums/2")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "note: 'sums/2' is done before 'sums/1', which it requires"
    ]


def test_what_it_took_is_shared_by_the_efforts(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "done", "sums", "1", "2", "--took", "5h", "--json")

    assert [fact["minutes"] for fact in json.loads(result.stdout)["recorded"]] == [120, 180]


def test_a_skipped_unit_lets_what_requires_it_go_on_and_can_be_reopened(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "skip", "sums/1")
    assert "sums/1" not in {unit["unit"] for unit in plan(root, "2027-01-04")["units"]}
    run(root, "reopen", "sums/1")
    assert "sums/1" in {unit["unit"] for unit in plan(root, "2027-01-04")["units"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "nothing-2020"), "no syllabus defines 'nothing-2020'"),
        (("done", "sums/9"), "'sums' has no unit '9'; choose from 1, 2, 3"),
        (("done", "murphy"), "is ambiguous"),
        (("done", "sums/1", "--on", "2027-02-01"), "2027-02-01 is still to come"),
        (("log", "sums", "1", "2", "45m"), "names several units: sums/1, sums/2"),
        (("log", "sums/1", "soon"), "'soon' is not a duration"),
    ],
)
def test_a_wrong_word_changes_nothing(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    root = workspace(tmp_path)
    result = run(root, *words)

    assert result.exit_code == 2
    assert said in result.stderr
    assert not (root / "journal.db").exists()


def test_the_previous_publication_comes_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    run(root, "done", "sums/1")
    plan(root, "2027-01-04")
    result = run(root, "plan", "--undo")
    rows = json.loads(calendars(root)["ledger.json"])["events"].values()

    assert result.exit_code == 0
    assert {row["start"] for row in rows if row["file"] != "deadlines.ics"} == {
        session["start"].replace("-", "").replace(":", "") for session in first["sessions"]
    }


def test_a_plan_says_what_changes_before_it_is_published(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    plan(root, "2027-01-04")
    run(root, "done", "sums/1")
    before = calendars(root)
    result = run(root, "plan", "--dry-run")

    assert "sessions change: " in result.stdout
    assert calendars(root) == before


@pytest.mark.parametrize("followed", [1, 2, 4, 7])
def test_done_without_a_unit_follows_the_plan_until_now(tmp_path: Path, followed: int) -> None:
    """P5, the short way: one command says that all went as planned, and planning again changes no byte."""
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    before = calendars(root)
    days = sorted({session["start"][:10] for session in first["sessions"]})
    if followed >= len(days):
        pytest.skip("the plan is shorter")
    said = run(root, "done", today=days[followed])
    again = run(root, "done", today=days[followed])
    plan(root, days[followed])

    assert said.exit_code == 0
    assert "logged: " in said.stdout
    assert again.stdout == "nothing to record: already in the journal\n"
    assert calendars(root) == before


def test_a_session_that_went_otherwise_says_so_and_keeps_its_place(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    session = first["sessions"][0]
    unit = session["pieces"][0]["unit"]
    run(root, "log", unit, "10m", "--on", session["start"][:10], today="2027-01-05")
    plan(root, "2027-01-05")
    row = json.loads(calendars(root)["ledger.json"])["events"][session["uid"]]

    assert row["start"] == session["start"].replace("-", "").replace(":", "")
    assert row["description"].splitlines()[-1].startswith("Done: 10 min of ")
    assert row["sequence"] == 1


def test_a_timer_logs_what_passed_and_asks_when_that_is_long(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert run(root, "start", "sums", "1").stdout == "started: sums/1 Adding\n"
    switched = run(root, "start", "sums", "2", today="2027-01-05")
    assert switched.stdout.splitlines() == [
        "stopped: sums/1 Adding (24 h)",
        "started: sums/2 Taking away",
    ]
    stopped = run(root, "stop", today="2027-01-05")
    assert stopped.stdout == "stopped: sums/2 Taking away (0 min)\n"
    none = run(root, "stop")
    assert (none.exit_code, none.stderr) == (
        1,
        "curriculum: no timer is running; 'curriculum start UNIT' starts one\n",
    )
    run(root, "undo")
    assert "24 h; if that is too long" in run(root, "stop", today="2027-01-06").stdout
    run(root, "undo")
    assert (
        run(root, "stop", "--took", "1h30m").stdout == "stopped: sums/2 Taking away (1 h 30 min)\n"
    )


def test_a_pinned_session_stays_when_everything_else_moves(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")["sessions"]
    pinned = next(one for one in first[4:] if len(one["pieces"]) == 1)
    name = pinned["uid"].split(".")[0]
    assert run(root, "pin", name).stdout.startswith(f"pinned: {name}, ")
    second = plan(root, pinned["start"][:10])["sessions"]
    after = next(one for one in second if one["uid"] == pinned["uid"])

    assert (after["start"], after["pieces"][0]["unit"]) == (
        pinned["start"],
        pinned["pieces"][0]["unit"],
    )
    assert run(root, "unpin", name, today=pinned["start"][:10]).stdout == f"free to move: {name}\n"


def test_a_session_can_be_held_outside_the_hours_of_the_week_and_keeps_its_name(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    pinned = plan(root, "2027-01-04")["sessions"][6]
    name = pinned["uid"].partition(".")[0]
    assert run(root, "pin", name, "--at", "2027-01-09T10:00").exit_code == 0
    after = {one["uid"]: one for one in plan(root, "2027-01-04")["sessions"]}

    assert after[pinned["uid"]]["start"].startswith("2027-01-09T09:00")
    assert after[pinned["uid"]]["pieces"][0]["unit"] == pinned["pieces"][0]["unit"]
    saturdays = [one["uid"] for one in after.values() if one["start"].startswith("2027-01-09")]
    assert saturdays == [pinned["uid"]]
    before = calendars(root)
    plan(root, "2027-01-04")
    assert calendars(root) == before


def test_a_session_that_is_not_there_is_not_pinned(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    plan(root, "2027-01-04")
    result = run(root, "pin", "2027-01-04T03:00")

    assert result.exit_code == 2
    assert (
        "no session ahead is called '2027-01-04T03:00'; the next ones are 2027-01-04T"
        in result.stderr
    )


def test_the_pages_that_were_read_count_more_than_the_minutes(tmp_path: Path) -> None:
    """Twenty pages at ten an hour and an hour of exercises; half of the pages leave an hour and the exercises."""
    root = workspace(tmp_path)
    said = run(root, "log", "sums/2", "20m", "--pages", "21-30").stdout
    session = next(
        one
        for one in plan(root, "2027-01-04")["sessions"]
        if one["pieces"][0]["unit"] in ("sums/1", "sums/2")
    )

    assert said.endswith(" left\n")
    run(root, "done", "sums/1")
    pieces = [piece for one in plan(root, "2027-01-05")["sessions"] for piece in one["pieces"]]
    first = next(piece for piece in pieces if piece["unit"] == "sums/2")
    assert first["pages"][0] == 31
    assert session["pieces"][0]["unit"] == "sums/1"


def test_pages_that_the_minutes_lead_to_change_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    first = plan(root, "2027-01-04")
    before = calendars(root)
    for session in (one for one in first["sessions"] if one["start"][:10] == "2027-01-04"):
        for piece in session["pieces"]:
            pages = ["--pages", "-".join(map(str, piece["pages"]))] if piece["pages"] else []
            run(root, "log", piece["unit"], f"{piece['minutes']}m", *pages)

    plan(root, "2027-01-05")

    assert calendars(root) == before


def test_a_clock_that_was_set_back_is_said_and_nothing_is_logged(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "start", "sums/1", today="2027-01-05")
    for command in (("stop",), ("start", "sums/2")):
        said = run(root, *command, today="2027-01-04")
        assert said.exit_code == 1
        assert said.stderr == (
            "curriculum: the timer was started at 00:00 on 2027-01-05, which is still ahead: the clock "
            "was set back; say how long it was with 'curriculum stop --took HOURS'\n"
        )
    stopped = run(root, "stop", "--took", "45m", today="2027-01-04")
    assert stopped.stdout == "stopped: sums/1 Adding (45 min)\n"
