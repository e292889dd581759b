"""`curriculum undo`: what can be taken back, and one command of many taken back alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminals import in_terminal
from tests.workspaces import run, workspace

PAGED = {"PAGER": "sed s/^/paged:/"}


def recorded(root: Path) -> Path:
    """Return a workspace in which four commands recorded something."""
    workspace(root)
    run(root, "start", "counting", today="2027-01-03")
    run(root, "log", "sums", "1", "45m", "--on", "2027-01-02")
    run(root, "done", "sums/1-2")
    run(root, "stop", "--took", "30m")
    return root


def test_the_list_says_what_each_command_recorded_and_when(tmp_path: Path) -> None:
    result = run(recorded(tmp_path), "undo", "--list")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "1  Mon  4 Jan 2027 00:00  stopped: counting/read Read it (30 min)",
        "2  Mon  4 Jan 2027 00:00  done: sums/1 Adding",
        "   Mon  4 Jan 2027 00:00  done: sums/2 Taking away",
        "3  Sat  2 Jan 2027 12:00  logged: sums/1 Adding (45 min)",
        "4  Sun  3 Jan 2027 00:00  started: counting/read Read it",
    ]


def test_the_list_as_json_holds_the_facts_with_their_days_and_sentences(tmp_path: Path) -> None:
    listed = json.loads(run(recorded(tmp_path), "undo", "--list", "--json").stdout)["commands"]

    assert [command["number"] for command in listed] == [1, 2, 3, 4]
    assert len({command["command"] for command in listed}) == 4
    assert [len(command["facts"]) for command in listed] == [1, 2, 1, 1]
    (fact,) = listed[2]["facts"]
    assert (fact["kind"], fact["minutes"]) == ("studied", 45)
    assert (fact["day"], fact["time"]) == ("2027-01-02", "12:00")
    assert fact["text"] == "logged: sums/1 Adding (45 min)"


def test_a_number_takes_back_that_command_alone(tmp_path: Path) -> None:
    root = recorded(tmp_path)
    result = run(root, "undo", "3")
    left = run(root, "undo", "--list").stdout

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "took back: logged: sums/1 Adding (45 min)\n"
    assert "logged" not in left
    assert "3  Sun  3 Jan 2027 00:00  started: counting/read Read it" in left
    assert run(root, "log", "--list", "2027-01-02").stdout.startswith("Nothing is recorded")


def test_what_a_later_command_depends_on_is_refused(tmp_path: Path) -> None:
    root = recorded(tmp_path)
    before = run(root, "undo", "--list").stdout
    result = run(root, "undo", "4")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        "Error: Invalid value for N: number 4 cannot be taken back before number 1, which depends "
        "on it; run 'curriculum undo 1' first"
    )
    assert run(root, "undo", "--list").stdout == before


def test_a_timer_that_runs_again_is_said(tmp_path: Path) -> None:
    root = recorded(tmp_path)
    result = run(root, "undo")

    assert result.stdout.splitlines() == [
        "took back: stopped: counting/read Read it (30 min)",
        "note: the timer on 'counting/read', started on Sun 3 Jan 2027 at 00:00, is running again",
    ]
    taken = json.loads(run(root, "undo", "3", "--json").stdout)
    assert [fact["kind"] for fact in taken["taken_back"]] == ["started"]
    assert taken["notes"] == []


def test_a_number_that_nothing_has_is_refused(tmp_path: Path) -> None:
    root = recorded(tmp_path)
    result = run(root, "undo", "5")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no number 5, only 4 commands to take back" in result.stderr
    assert run(root, "undo", "0").exit_code == 2
    assert run(root, "undo", "--list", "3").exit_code == 2


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert run(root, "undo", "--list").stdout == "Nothing is recorded that could be taken back.\n"
    assert json.loads(run(root, "undo", "--list", "--json").stdout) == {"commands": []}
    assert not (root / "journal.db").exists()
    assert run(root, "undo", "2").stderr == (
        "curriculum: there is nothing to take back: the journal holds no command\n"
    )


def test_a_list_longer_than_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    root = recorded(tmp_path)

    assert in_terminal(root, "undo", "--list", LINES="5", **PAGED).count("paged:") == 5
    assert in_terminal(root, "log", "--list", LINES="5", **PAGED).count("paged:") > 5
    assert "paged:" not in in_terminal(root, "undo", "--list", LINES="6", **PAGED)
