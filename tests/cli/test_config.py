"""Every setting in force, and why."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import curriculum
from curriculum.cli.app import main
from tests.terminals import PROGRAM
from tests.workspaces import SETTINGS, run, workspace

ROOT = Path(__file__).parents[2]
FILE = "syllabi/curriculum.yaml"
SECRET = "8a7b-secret"
CALENDARS = f"""\
busy:
  - https://example.org/private-{SECRET}/basic.ics
  - {{from: 'webcal://example.org/?token={SECRET}', ignore: {{title: Lunch}}}}
  - {{caldav: 'https://dav.example.org/ada/?key={SECRET}', user: ada}}
  - mine.ics
caldav: {{url: 'https://dav.example.org/ada/', user: ada}}
"""


def in_force(root: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    """Return key to what `config --json` says of it."""
    result = run(root, "config", *arguments, "--json")
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return {row["key"]: row for row in rows}


def test_each_setting_says_whether_it_is_a_default_or_on_which_line_it_is(tmp_path: Path) -> None:
    found = in_force(workspace(tmp_path, settings=SETTINGS + "session: {longest: 1h}\n"))

    assert found["title"] == {
        "key": "title",
        "value": "Sums",
        "origin": "file",
        "name": None,
        "file": FILE,
        "line": 1,
    }
    assert (found["goals"]["line"], found["goals"]["value"]) == (
        2,
        [{"work": "attention", "by": "2027-03-31"}, "counting"],
    )
    assert (found["session.longest"]["value"], found["session.longest"]["line"]) == ("1h", 8)
    assert (found["session.shortest"]["value"], found["session.shortest"]["origin"]) == (
        "25m",
        "default",
    )
    assert found["availability"]["value"] == {"mon-fri": ["19:00-21:00"]}


def test_what_one_share_leaves_to_the_other_is_from_the_same_line(tmp_path: Path) -> None:
    found = in_force(workspace(tmp_path, settings=SETTINGS + "balance: {textbooks: 70}\n"))

    assert (found["balance.papers"]["value"], found["balance.papers"]["line"]) == ("30", 8)


def test_the_table_says_the_same_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(workspace(tmp_path), "config").stdout.splitlines()
    rows = [line.split() for line in lines]

    assert max(map(len, lines)) <= 80
    assert rows[0] == ["setting", "value", "from"]
    assert ["today", "2027-01-04", "option", "--today"] in rows
    assert ["timezone", "Europe/Berlin", f"{FILE}:6"] in rows
    assert ["load", "100%", "default"] in rows
    assert ["alarm", "none", "default"] in rows
    assert any(row[0] == "goals" and row[-1] == f"{FILE}:2" for row in rows)


def test_an_option_wins_over_the_environment_and_both_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(root))
    monkeypatch.setenv("CURRICULUM_TODAY", "2027-02-01")
    monkeypatch.setenv("CURRICULUM_PLAN_OUTPUT", "elsewhere")
    monkeypatch.setenv("CURRICULUM_JOURNAL_EXPORT_OUTPUT", "")
    monkeypatch.setenv("CURRICULUM_CALDAV_PASWORD", SECRET)
    result = CliRunner().invoke(
        main, ["--today", "2027-01-05", "config", "--json"], catch_exceptions=False
    )
    found = {row["key"]: row for row in json.loads(result.stdout)}

    assert (found["workspace"]["value"], found["workspace"]["name"]) == (
        str(root.resolve()),
        "CURRICULUM_WORKSPACE",
    )
    assert (found["today"]["value"], found["today"]["name"]) == ("2027-01-05", "--today")
    assert (found["plan --output"]["value"], found["plan --output"]["name"]) == (
        "elsewhere",
        "CURRICULUM_PLAN_OUTPUT",
    )
    misspelled = found["CURRICULUM_CALDAV_PASWORD"]["value"]
    assert misspelled == "not shown: no option has this name"
    assert SECRET not in result.output


@pytest.mark.parametrize(("variable", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), ("CET-1CEST", None)])
def test_a_zone_that_the_file_does_not_name_is_that_of_the_machine(
    tmp_path: Path, variable: str, zone: str | None
) -> None:
    """In a process of its own: the zone of the machine is looked up once in each."""
    root = workspace(tmp_path, settings=SETTINGS.replace("timezone: Europe/Berlin\n", ""))
    shown = subprocess.run(
        [*PROGRAM, "--workspace", str(root), "config", "--json"],
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": variable},
        cwd=ROOT,
    )
    found = {row["key"]: row for row in json.loads(shown.stdout)}

    assert (found["timezone"]["value"], found["timezone"]["name"]) == (zone, "TZ")
    assert (found["today"]["value"] is None) == (zone is None)


def test_passwords_and_tokens_are_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path, settings=SETTINGS + CALENDARS)
    assert in_force(root)["caldav.password"]["value"] is None
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", SECRET)
    found = in_force(root)

    assert SECRET not in run(root, "config").output + str(found)
    assert found["busy"]["value"] == [
        "https://example.org/***",
        {"from": "webcal://example.org/***", "ignore": {"title": ["Lunch"]}},
        {"caldav": "https://dav.example.org/ada/?***", "user": "ada"},
        "mine.ics",
    ]
    assert found["caldav.url"]["value"] == "https://dav.example.org/ada/"
    assert found["caldav.password"]["value"] == "***"
    assert found["caldav.password"]["name"] == "CURRICULUM_CALDAV_PASSWORD"
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD_DAV_EXAMPLE_ORG", f"{SECRET}2")
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD_OTHER_ORG", f"{SECRET}3")
    found = in_force(root)
    assert SECRET not in run(root, "config").output + str(found)
    assert found["caldav.password"]["name"] == "CURRICULUM_CALDAV_PASSWORD_DAV_EXAMPLE_ORG"


def test_a_key_shows_itself_or_all_below_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert list(in_force(root, "session")) == [
        "session.shortest",
        "session.longest",
        "session.break",
    ]
    assert list(in_force(root, "session.break")) == ["session.break"]
    assert list(in_force(root, "today")) == ["today"]


def test_a_key_that_does_not_exist_is_refused_with_the_nearest(tmp_path: Path) -> None:
    refused = run(workspace(tmp_path), "config", "sesion")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "KEY: no setting is called 'sesion'; did you mean 'session'?" in refused.stderr


def test_settings_with_a_problem_are_not_taken_for_defaults(tmp_path: Path) -> None:
    result = run(workspace(tmp_path, settings=SETTINGS + "load: 900%\n"), "config")

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{FILE}:8:7: " in result.stderr


def test_without_a_settings_file_everything_is_a_default(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / FILE).unlink()
    found = in_force(root)
    del found["today"]

    assert {row["origin"] for row in found.values()} <= {"default", "command line"}
    assert found["goals"]["value"] is None
    assert "every work of your own" in run(root, "config", "goals").stdout


def test_the_api_returns_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    shown = in_force(root)
    found = curriculum.open_workspace(root).config()

    assert {one.key: one.value for one in found} == {
        key: row["value"]
        for key, row in shown.items()
        if key not in ("workspace", "today", "quiet")
    }
    assert [one.value for one in curriculum.open_workspace(root).config("load")] == ["100%"]
