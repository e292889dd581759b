"""What is logged of past sessions is what happened: sessions that a later plan rescheduled were missed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workspaces import SETTINGS, run, said, workspace

EVENINGS = SETTINGS.replace("mon-fri: 19:00-21:00", "mon-fri: 19:00-20:00")
MON, TUE, WED, THU, FRI = (f"2027-01-0{day}" for day in range(4, 9))
EVERY = (MON, TUE, WED, THU, FRI)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with an hour each evening, planned on Monday."""
    workspace(tmp_path, settings=EVENINGS)
    said(run(tmp_path, "plan", today=MON))
    return tmp_path


def logged(root: Path) -> dict[str, int]:
    """Return the minutes that the journal holds for each day."""
    minutes: dict[str, int] = {}
    for line in said(run(root, "journal", "export")).splitlines():
        fact = json.loads(line)
        if fact.get("kind") == "studied":
            day = fact["at"][:10]
            minutes[day] = minutes.get(day, 0) + fact["minutes"]
    return minutes


def recorded(result: Result) -> list[dict[str, Any]]:
    """Return the facts that a command with `--json` recorded."""
    found: list[dict[str, Any]] = json.loads(said(result))["recorded"]
    return found


def test_done_does_not_log_a_session_that_a_later_plan_rescheduled(root: Path) -> None:
    run(root, "plan", today=TUE)
    run(root, "plan", today=WED)

    answer = said(run(root, "done", today=THU))

    assert logged(root) == {WED: 60}
    assert (
        "note: 2 sessions (2 h) were rescheduled by a later plan and not logged; "
        "if you studied as planned: curriculum done --since 2027-01-04"
    ) in answer


def test_a_session_that_was_rescheduled_may_still_be_said_to_be_done(root: Path) -> None:
    run(root, "plan", today=WED)

    said(run(root, "done", TUE, today=WED))
    assert logged(root) == {TUE: 60}
    said(run(root, "done", f"{MON}T19:00", today=WED))
    assert logged(root) == {MON: 60, TUE: 60}


@pytest.mark.parametrize("words", [("--since", TUE), ("--on", TUE)])
def test_done_since_a_day_and_on_a_day_log_what_was_planned(
    root: Path, words: tuple[str, str]
) -> None:
    run(root, "plan", today=THU)
    said(run(root, "done", *words, today=THU))

    assert logged(root) == ({TUE: 60, WED: 60} if words[0] == "--since" else {TUE: 60})


def test_missed_sessions_are_not_logged_until_one_is_named(root: Path) -> None:
    facts = recorded(run(root, "missed", f"{MON}..{TUE}", "--json", today=THU))
    assert [(fact["kind"], fact["start"][:10]) for fact in facts] == [
        ("missed", MON),
        ("missed", TUE),
    ]
    assert "Missed: 2 h in 2 sessions; 'curriculum plan'" in said(run(root, "today", today=THU))

    said(run(root, "done", "--since", MON, today=THU))
    assert logged(root) == {WED: 60}
    said(run(root, "done", MON, today=THU))
    assert logged(root) == {MON: 60, WED: 60}


def test_after_weeks_away_one_command_settles_everything(root: Path) -> None:
    run(root, "plan", today=TUE)
    back = "2027-01-25"
    assert "Not logged: 14 h in 14 sessions" in said(run(root, "today", today=back))

    assert said(run(root, "missed", today=back)).count("missed: ") == 15
    run(root, "plan", today=back)

    assert "missed" not in said(run(root, "today", today=back)).casefold()
    assert "logged" not in said(run(root, "today", today=back))
    assert said(run(root, "done", today=back)) == "nothing to record: already in the journal\n"
    assert said(run(root, "missed", today=back)) == "nothing to record: already in the journal\n"


def test_today_says_what_was_rescheduled_and_when(root: Path) -> None:
    run(root, "plan", today=THU)
    lines = said(run(root, "today", today=THU)).splitlines()

    assert lines[-2:] == [
        "3 unlogged sessions (3 h) were rescheduled on Thu 7 Jan 2027.",
        "Studied as planned after all? 'curriculum done --since 2027-01-04'.",
    ]
    assert "reschedules" not in "\n".join(lines)
    assert "rescheduled on" not in said(run(root, "today", today="2027-01-18"))


def test_a_plan_that_is_taken_back_has_rescheduled_nothing(root: Path) -> None:
    run(root, "plan", today=TUE)
    said(run(root, "plan", "--undo", today=TUE))
    said(run(root, "done", today=TUE))

    assert logged(root) == {MON: 60}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("missed", FRI), "no published session on 2027-01-08 is over"),
        (("missed", f"{TUE}..{MON}"), "runs backwards"),
        (("missed", "sums_9-9"), "no published session called 'sums_9-9' is over"),
        (("done", "--since", MON, "sums/1"), "'--since' goes with no UNIT"),
        (("done", "--took", "1h"), "'--took' needs a UNIT"),
    ],
)
def test_what_cannot_be_meant_is_refused(root: Path, words: tuple[str, ...], message: str) -> None:
    result = run(root, *words, today=TUE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=5, max_size=5))
def test_whoever_says_done_on_the_days_of_study_logs_those_days(
    tmp_path_factory: pytest.TempPathFactory, week: list[tuple[bool, bool]]
) -> None:
    """A day is studied or not, and begins with a new plan or not; a day missed is rescheduled or said."""
    root = tmp_path_factory.mktemp("week")
    workspace(root, settings=EVENINGS)
    run(root, "plan", today=MON)
    studied = {}
    for day, after, (is_studied, is_planned) in zip(
        EVERY, (*EVERY[1:], "2027-01-09"), week, strict=True
    ):
        if is_studied:
            studied[day] = 60
            said(run(root, "done", today=after))
        elif not is_planned:
            said(run(root, "missed", day, today=after))
        if is_planned:
            said(run(root, "plan", today=after))

    said(run(root, "done", today="2027-01-09"))
    assert logged(root) == studied
