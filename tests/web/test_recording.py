"""What is recorded by clicking is what the commands would record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.pages import browser
from tests.workspaces import run, said, workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose plan was published on the first day."""
    workspace(tmp_path)
    assert run(tmp_path, "plan").exit_code == 0
    return tmp_path


def today(root: Path, day: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(said(run(root, "today", "--json", today=day)))
    return found


def first_session(root: Path) -> str:
    sessions = json.loads(said(run(root, "week", "--json")))["sessions"]
    uid: str = sessions[0]["uid"]
    return uid


def test_a_session_is_said_to_be_studied_and_that_is_taken_back(root: Path) -> None:
    page = browser(root, "2027-01-05")
    uid = first_session(root)

    answer = page.post("/done", session=uid)

    assert answer.status_code == 200
    assert "logged: sums/1 Adding" in answer.text
    assert "Take it back" in answer.text
    assert uid not in [one["uid"] for one in today(root, "2027-01-05")["missed"]]  # type: ignore[attr-defined]
    answer = page.post("/undo")
    assert "took back: logged: sums/1 Adding" in answer.text
    assert uid in [one["uid"] for one in today(root, "2027-01-05")["missed"]]  # type: ignore[attr-defined]


def test_a_missed_session_is_not_offered_again(root: Path) -> None:
    page = browser(root, "2027-01-05")
    uid = first_session(root)
    assert f'value="{uid}"' in page.get("/")

    assert "missed: " in page.post("/missed", session=uid).text

    assert f'value="{uid}"' not in page.get("/")


def test_time_is_logged_and_a_unit_finished(root: Path) -> None:
    page = browser(root)

    assert "logged: sums/1 Adding (45 min)" in page.post("/log", unit="sums/1", hours="45m").text
    assert "done: sums/1 Adding" in page.post("/finish", unit="sums/1").text

    recorded = json.loads(said(run(root, "log", "--list", "--json")))
    assert recorded["minutes"] >= 45


def test_the_timer_is_started_and_stopped(root: Path) -> None:
    page = browser(root)

    assert "Stop and log" in page.post("/start", unit="sums/1").text
    assert "stopped: sums/1 Adding (25 min)" in page.post("/stop", took="25m").text
    assert "Stop and log" not in page.get("/")


def test_a_session_is_held_elsewhere_and_may_move_again(root: Path) -> None:
    page = browser(root)
    uid = first_session(root)

    answer = page.post("/pin", session=uid, at="2027-01-09T10:00")
    assert "pinned: " in answer.text, answer.text
    assert "Sat 9 Jan 2027, 10:00" in answer.text
    assert "free to move: " in page.post("/unpin", session=uid).text


def test_a_note_is_written_and_its_next_step_closed(root: Path) -> None:
    page = browser(root)

    assert "wrote: notebook/2027/2027-01-04.md" in page.post("/note", text="next: ask Bo").text
    answer = page.post("/followup", what="done", file="notebook/2027/2027-01-04.md", words="ask Bo")
    assert answer.status_code == 200, answer.text

    assert said(run(root, "followups")).strip() != ""
    assert "[x]" in (root / "notebook/2027/2027-01-04.md").read_text()


@pytest.mark.parametrize(
    ("address", "fields", "said_instead"),
    [
        ("/log", {"unit": "sums/1", "hours": "soon"}, "&#39;soon&#39; is not a duration"),
        ("/log", {"unit": "sums/9", "hours": "1h"}, "choose from 1, 2, 3"),
        ("/finish", {"unit": ""}, "the field &#39;unit&#39; is empty"),
        ("/pin", {"session": "nothing"}, "no session ahead is called"),
        ("/stop", {}, "no timer is running"),
        ("/undo", {"number": "x"}, "is not the number of a command"),
        ("/note", {"text": " "}, "is empty"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_the_words_of_the_commands(
    root: Path, address: str, fields: dict[str, str], said_instead: str
) -> None:
    answer = browser(root).post(address, **fields)

    assert answer.status_code in (400, 409)
    assert said_instead in answer.text
    assert not (root / "journal.db").exists() or said(run(root, "log", "--list")).startswith(
        "Nothing is recorded"
    )
