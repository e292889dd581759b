"""The Python API gives values back: nothing is printed, nothing ends the program, nothing needs a terminal."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import curriculum
from curriculum.model.problems import Severity
from tests.workspaces import PAPER, workspace

ROOT = Path(__file__).parents[2]
MONDAY = date(2027, 1, 4)


def opened(root: Path, today: date = MONDAY) -> curriculum.OpenWorkspace:
    return curriculum.open_workspace(root, today=today)


def test_a_plan_is_a_list_of_plain_records(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))

    records = study.sessions(study.plan())

    assert records[0] == {
        "start": records[0]["start"],
        "end": records[0]["end"],
        "minutes": 55,
        "track": "textbooks",
        "work": "sums",
        "unit": "sums/1",
        "title": "Adding",
        "first_page": 1,
        "last_page": 9,
        "session": records[0]["session"],
    }
    assert records[0]["start"].isoformat() == "2027-01-04T19:00:00+01:00"
    assert sum(record["minutes"] for record in records) == 17 * 60
    assert all((one["end"] - one["start"]).seconds == 60 * one["minutes"] for one in records)


def test_the_parts_of_a_session_share_its_uid_and_follow_each_other(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))
    planned = study.plan()

    records = study.sessions(planned)

    assert len({record["session"] for record in records}) == len(planned.plan.sessions)
    for session in planned.plan.sessions:
        parts = [
            one
            for one in records
            if one["start"].timestamp() // 60 in range(session.start, session.end)
        ]
        assert [part["unit"] for part in parts] == [piece.unit for piece in session.pieces]


def test_neither_click_nor_rich_is_loaded(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    program = f"""
import curriculum, datetime, sys
study = curriculum.open_workspace({str(root)!r}, today=datetime.date(2027, 1, 4))
study.check(); study.publish(study.plan()); study.today(); study.week(); study.status()
study.next(); study.why("sums/2"); study.compare(); study.ready()
print(sorted({{"click", "rich"}} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_importing_the_package_loads_nothing_else() -> None:
    program = (
        "import sys, curriculum; print([m for m in sys.modules if m.startswith('curriculum.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "[]\n"


def test_the_garbage_collector_and_the_streams_are_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = opened(workspace(tmp_path))
    study.publish()
    study.status()

    assert gc.isenabled()
    assert capsys.readouterr() == ("", "")


def test_what_is_published_is_what_the_command_publishes(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))

    first, again = study.publish(), study.publish()

    assert first.written == ("ledger.json", "textbooks.ics", "papers.ics", "deadlines.ics")
    assert first.changes is None
    assert again.written == ()
    assert again.changes is not None
    assert not again.changes


def test_a_preview_says_what_a_plan_for_other_goals_would_remove_and_writes_nothing(
    tmp_path: Path,
) -> None:
    study = opened(workspace(tmp_path))
    study.publish()
    ledger = (tmp_path / "calendars" / "ledger.json").read_bytes()
    planned = study.plan("counting")
    preview = study.preview(planned)

    assert planned.is_what_if
    assert not study.plan().is_what_if
    assert (tmp_path / "calendars" / "ledger.json").read_bytes() == ledger
    assert preview.changes is not None
    assert 0 < len(preview.changes.gone) < preview.coming
    published = study.publish(planned)
    assert published.changes == preview.changes
    assert published.coming == preview.coming


def test_problems_come_back_from_check_and_stop_a_plan_as_an_error(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path, paper=PAPER.replace("effort: 3h", "effort: soon")))

    checked = study.check()
    with pytest.raises(curriculum.ProblemsError) as caught:
        study.plan()

    assert checked.has_errors
    assert caught.value.problems == tuple(
        problem for problem in checked.problems if problem.severity is Severity.ERROR
    )
    assert str(caught.value).startswith("syllabi/papers/attention.yaml:7:")
    assert "soon" in caught.value.texts["syllabi/papers/attention.yaml"]


def test_a_name_that_nothing_has_is_a_usage_error(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))

    with pytest.raises(curriculum.UsageError, match="did you mean 'sums'") as caught:
        study.show("smus")
    assert caught.value.parameter == "WORK|UNIT"
    with pytest.raises(curriculum.UsageError, match="'attenton'") as caught:
        study.plan("attenton")
    assert caught.value.parameter == "GOAL"


def test_both_errors_are_errors_of_the_package() -> None:
    assert issubclass(curriculum.ProblemsError, curriculum.CurriculumError)
    assert issubclass(curriculum.UsageError, curriculum.CurriculumError)


def test_a_file_that_changes_between_calls_is_read_again(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))
    before = study.path("attention")

    workspace(tmp_path, paper=PAPER.replace("effort: 3h", "effort: 4h"))
    after = study.path("attention")

    assert sum(after.efforts.values()) - sum(before.efforts.values()) == 60


def test_today_is_that_of_the_given_instant_on_the_clock_of_the_workspace(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    opened(root).publish()

    evening = datetime(2027, 1, 4, 22, 59, tzinfo=UTC)
    night = datetime(2027, 1, 4, 23, 0, tzinfo=UTC)

    monday = curriculum.open_workspace(root, now=evening).today().sessions
    tuesday = curriculum.open_workspace(root, now=night).today().sessions

    assert {f"{event.entry.start:%A}" for event in monday} == {"Monday"}
    assert {f"{event.entry.start:%A}" for event in tuesday} == {"Tuesday"}


def test_an_instant_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'now' has no zone"):
        curriculum.open_workspace(tmp_path, now=datetime(2027, 1, 4, 12))


def test_next_why_and_ready_answer_in_values(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))

    assert study.next().units == ("sums/1", "counting/read")
    explanation = study.why("sums/2")
    assert explanation is not None
    assert explanation.placement.unit == "sums/2"
    assert study.why("sums/3") is None, "no goal requires it"
    assert study.chain("attention").links[-1].placement.unit == "attention/implement"
    assert not study.ready("attention").is_ready


def test_what_is_recorded_changes_the_next_plan_and_can_be_taken_back(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))
    whole = sum(record["minutes"] for record in study.sessions())

    logged = study.record("counting", "read", studied=timedelta(minutes=40))
    done = study.record("sums", "1")

    assert logged.left is not None
    assert logged.left.minutes == 4 * 60 - 40
    assert [type(fact).__name__ for fact in done.facts] == ["Finished"]
    assert sum(record["minutes"] for record in study.sessions()) == whole - 40 - 120
    study.undo()
    assert sum(record["minutes"] for record in study.sessions()) == whole - 40
    with pytest.raises(curriculum.UsageError, match="several units"):
        study.record("attention", studied=timedelta(minutes=40))


def test_scores_are_recorded_and_compared(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path))

    recorded = study.score("td3#td3-hopper", 3390.1, 3702.5, 3488.9, 3561.4, 3610.2)
    compared = study.compare("td3")

    assert len(recorded.entry.runs) == 5
    assert [result.verdict for result in compared[0].results] == [recorded.verdict]


def test_the_chances_of_a_verdict_are_values(tmp_path: Path) -> None:
    found = opened(workspace(tmp_path)).power("td3#td3-hopper", [3])

    assert found.name == "td3-2018#td3-hopper"
    assert [row.seeds for row in found.rows] == [3]


def test_what_if_of_other_settings(tmp_path: Path) -> None:
    study = opened(workspace(tmp_path / "work"))
    found = study.what_if("load: 50%")

    assert found.today.plan == study.plan().plan
    assert all((goal.minutes_later or 0) >= 0 for goal in found.goals)
    assert any(goal.minutes_later for goal in found.goals)
