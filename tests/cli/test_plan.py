"""`curriculum plan`, as a person or a program meets it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.workspaces import SETTINGS, run, workspace


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.glob("*.*")}


def test_plan_publishes_three_calendars_and_shows_the_first_week(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    result = run(root, "plan")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert {path.name for path in (root / "calendars").iterdir()} >= {
        "textbooks.ics",
        "papers.ics",
        "deadlines.ics",
    }
    assert "The week from Mon 4 Jan 2027" in result.stdout
    assert "19:00-19:55" in result.stdout
    assert "sums/1" in result.stdout
    assert "Wed 31 Mar 2027" in result.stdout


def test_planning_twice_changes_no_byte_and_no_time_of_change(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = contents(root / "calendars")
    result = run(root, "plan", today="2027-01-04")

    assert contents(root / "calendars") == before
    assert "nothing changed" in result.stdout


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert run(root, "plan", "--dry-run").exit_code == 0
    assert not (root / "calendars").exists()


def test_the_json_of_a_plan_has_its_promised_shape(tmp_path: Path) -> None:
    plan = json.loads(run(workspace(tmp_path), "plan", "--json", "--dry-run").stdout)

    fields = "start finish sessions units unplaced balance evenness overload unproven idle quotas"
    rest = "preferred taken_by_habits skimming exploration goals"
    assert list(plan) == [*fields.split(), *rest.split()]
    assert plan["start"] == "2027-01-03T23:00:00Z"
    first = plan["sessions"][0]
    assert list(first) == ["uid", "start", "end", "track", "pieces"]
    assert (first["start"], first["end"], first["track"]) == (
        "2027-01-04T18:00:00Z",
        "2027-01-04T18:55:00Z",
        "textbooks",
    )
    assert first["pieces"] == [{"unit": "sums/1", "minutes": 55, "pages": [1, 9]}]
    assert list(plan["units"][0]) == ["unit", "track", "effort", "finish", "deadline", "cushion"]
    assert {unit["unit"]: unit["effort"] for unit in plan["units"]} == {
        "sums/1": 120,
        "sums/2": 180,
        "attention/read": 180,
        "attention/implement": 300,
        "counting/read": 240,
    }
    assert set(plan["balance"]) == {"textbooks", "papers", "largest_lag"}
    assert plan["evenness"] == {
        "beyond": 270,
        "least": 210,
        "by_goals": 270,
        "lacking": "textbooks",
        "missing": 420,
        "first_goal": "attention",
        "days_later": 0,
    }
    assert plan["unplaced"] == plan["overload"] == []


def test_the_calendars_alone_tell_the_same_plan_as_the_json(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    plan = json.loads(run(root, "plan", "--json").stdout)
    found = {}
    for track in ("textbooks", "papers"):
        calendar = Calendar.from_ical((root / "calendars" / f"{track}.ics").read_bytes())
        for event in calendar.events:
            units = event["X-CURRICULUM-UNIT"]
            pieces = [
                (str(unit), int(unit.params["X-MINUTES"]))
                for unit in (units if isinstance(units, list) else [units])
            ]
            found[str(event["UID"])] = (
                f"{event.start:%Y-%m-%dT%H:%M:%SZ}",
                f"{event.end:%Y-%m-%dT%H:%M:%SZ}",
                track,
                pieces,
            )
            assert (
                sum(minutes for _, minutes in pieces) * 60
                == (event.end - event.start).total_seconds()
            )
    told = {
        session["uid"]: (
            session["start"],
            session["end"],
            session["track"],
            [(piece["unit"], piece["minutes"]) for piece in session["pieces"]],
        )
        for session in plan["sessions"]
    }

    assert found == told
    instants = sorted((start, end) for start, end, _, _ in found.values())
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(instants))


def test_the_topic_is_met_by_the_chapters_that_teach_it_and_no_others(tmp_path: Path) -> None:
    plan = json.loads(run(workspace(tmp_path), "plan", "attention", "--json", "--dry-run").stdout)

    assert [unit["unit"] for unit in plan["units"]] == [
        "sums/1",
        "sums/2",
        "attention/read",
        "attention/implement",
    ]
    assert plan["units"][0]["deadline"] == "2027-03-31T22:00:00Z"


def test_a_goal_that_is_typed_keeps_its_date_from_the_settings(tmp_path: Path) -> None:
    plan = json.loads(run(workspace(tmp_path), "plan", "counting", "--json", "--dry-run").stdout)

    assert [unit["deadline"] for unit in plan["units"]] == [None]


def test_start_and_output_and_horizon_are_followed(tmp_path: Path) -> None:
    root, output = workspace(tmp_path / "w"), tmp_path / "out"
    result = run(
        root, "plan", "--start", "2027-02-01", "--output", str(output), "--horizon", "1w", "--json"
    )
    plan = json.loads(result.stdout)

    assert plan["sessions"][0]["start"] == "2027-02-01T18:00:00Z"
    assert all(session["end"] <= "2027-02-08" for session in plan["sessions"])
    assert (output / "textbooks.ics").exists()
    assert not (root / "calendars").exists()
    later = sum(unplaced["minutes"] for unplaced in plan["unplaced"])
    shown = sum(piece["minutes"] for session in plan["sessions"] for piece in session["pieces"])
    assert later + shown == sum(unit["effort"] for unit in plan["units"])
    assert {unplaced["reason"] for unplaced in plan["unplaced"]} == {"it comes after the horizon"}


def test_busy_events_and_days_away_take_study_time(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "away: [2027-01-05]\n")
    busy = root / "calendars/busy/work.ics"
    busy.parent.mkdir(parents=True)
    busy.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\nDTSTAMP:20270101T000000Z\n"
        "DTSTART:20270104T180000Z\nDTEND:20270104T190000Z\nSUMMARY:Dinner\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    sessions = json.loads(run(root, "plan", "--json", "--dry-run", "--unfreeze").stdout)["sessions"]

    assert [session["start"] for session in sessions[:2]] == [
        "2027-01-04T19:00:00Z",
        "2027-01-06T18:00:00Z",
    ]


def test_our_own_calendars_are_never_busy(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "busy: [calendars]\n")
    (root / "calendars/busy").mkdir(parents=True)
    run(root, "plan")
    before = contents(root / "calendars")
    copy = root / "calendars/busy/copy.ics"
    copy.write_bytes((root / "calendars/textbooks.ics").read_bytes())

    assert "nothing changed" in run(root, "plan").stdout
    assert contents(root / "calendars") == before


def test_a_problem_anywhere_writes_nothing_and_all_are_told_at_once(tmp_path: Path) -> None:
    root = workspace(
        tmp_path,
        book="kind: textbook\ntitle: [\n",
        paper="kind: papr\n",
        settings=SETTINGS + "lod: 90%\n",
    )
    result = run(root, "plan")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "syllabi/textbooks/sums.yaml:" in result.stderr
    assert "syllabi/papers/attention.yaml:1:7: unknown-kind" in result.stderr
    assert "syllabi/curriculum.yaml:8:1: unknown-key" in result.stderr
    assert not (root / "calendars").exists()


def test_an_overload_is_said_with_what_would_mend_it(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("2027-03-31", "2027-01-08"))
    result = run(root, "plan", "--all")
    plan = json.loads(run(root, "plan", "--json", "--dry-run", "--unfreeze").stdout)

    assert result.exit_code == 0
    assert "Overload" in result.stdout
    assert "late" in result.stdout
    (overload,) = plan["overload"]
    fields = "after before needed free units more_per_week weeks conflict kept capped habits"
    assert list(overload) == [*fields.split(), "by_track", "gaps"]
    assert (overload["needed"], overload["free"]) == (780, 550)


def test_an_overload_says_the_same_hours_in_the_plan_in_the_next_one_and_in_why(
    tmp_path: Path,
) -> None:
    """The sessions of the next day are fixed by the first plan; that changes nothing."""
    root = workspace(tmp_path, settings=SETTINGS.replace("2027-03-31", "2027-01-08"))
    said = [json.loads(run(root, "plan", "--json").stdout)["overload"] for _ in range(2)]
    unit = said[0][0]["units"][0]

    assert said[0] == said[1] == json.loads(run(root, "why", unit, "--json").stdout)["overload"]
    assert "13 h, but only 9 h 10 min are free from Mon 4 Jan to the end of Fri 8 Jan 2027" in (
        run(root, "why", unit).stdout
    )


def test_dates_in_conflict_are_named_and_no_hours_are_asked_for(tmp_path: Path) -> None:
    dates = "- {work: attention, units: [read], from: 2027-03-01}\n"
    settings = SETTINGS.replace("goals:\n", f"goals:\n  {dates}").replace(
        "2027-03-31", "2027-02-01"
    )
    root = workspace(tmp_path, settings=settings)

    short = run(root, "plan", "--dry-run").stdout
    said = run(root, "plan", "--all", "--dry-run").stdout
    assert "due Mon 1 Feb 2027 may not start before Mon 1 Mar 2027" in short
    assert "Conflict" in said
    assert "may not start before Mon 1 Mar 2027; change one of the dates" in said
    assert "more" not in said.split("Conflict")[1].splitlines()[0]


@pytest.mark.parametrize(
    "arguments",
    [("--start", "soon"), ("--horizon", "12"), ("--nonsense",), ("--output",)],
)
def test_wrong_usage_ends_with_status_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(workspace(tmp_path), "plan", *arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_an_unknown_goal_offers_a_near_name(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "plan", "atention")

    assert result.exit_code == 2
    assert "'atention'" in result.stderr
    assert "did you mean 'attention'?" in result.stderr


def test_a_calendar_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "calendars").write_text("not a folder")
    result = run(root, "plan")

    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert (root / "calendars").read_text() == "not a folder"


def test_a_damaged_ledger_stops_the_publication_and_nothing_is_lost(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    (root / "calendars/ledger.json").write_text("{")
    before = contents(root / "calendars")
    result = run(root, "plan")

    assert result.exit_code == 1
    assert "ledger" in result.stderr
    assert contents(root / "calendars") == before


def test_the_order_of_files_and_keys_does_not_matter(tmp_path: Path) -> None:
    """P6: the same syllabi written with their keys in another order make the same plan."""
    lines = SETTINGS.splitlines(keepends=True)
    turned = "".join([*lines[4:], *lines[:4]])
    first = run(workspace(tmp_path / "a"), "plan", "--json", "--dry-run")
    second = run(workspace(tmp_path / "b", settings=turned), "plan", "--json", "--dry-run")

    assert first.stdout == second.stdout


def test_an_empty_folder_says_how_to_begin_and_stays_empty(tmp_path: Path) -> None:
    result = run(tmp_path, "plan")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "is not a workspace" in result.stderr
    assert "init" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere", "check")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "nowhere" in result.stderr


def test_a_goal_that_is_known_already_plans_nothing(tmp_path: Path) -> None:
    result = run(
        workspace(tmp_path, settings=SETTINGS + "known: [sums, attention, counting]\n"), "plan"
    )

    assert result.exit_code == 0
    assert "already known" in result.stdout


def test_the_part_of_a_window_after_midnight_is_used_on_the_day_the_plan_starts(
    tmp_path: Path,
) -> None:
    settings = SETTINGS.replace("mon-fri: 19:00-21:00", "daily: 22:00-02:00")
    sessions = json.loads(
        run(workspace(tmp_path, settings=settings), "plan", "--json", "--dry-run").stdout
    )["sessions"]

    assert sessions[0]["start"] == "2027-01-03T23:00:00Z"
