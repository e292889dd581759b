"""The commands that read: library, check, show, path, next, why, graph, schema, init."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from curriculum.cli.app import COMMANDS, SUMMARIES, main
from tests.workspaces import BOOK, TODAY, run, workspace


def test_help_lists_the_commands_in_the_order_of_a_week_with_their_own_words() -> None:
    result = CliRunner().invoke(main, ["--help"])

    assert list(SUMMARIES) == list(COMMANDS)
    for name, summary in SUMMARIES.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.help is not None
        assert command.help.splitlines()[0] == summary
        assert len(summary) <= 60
        assert "Examples:" in command.help
        assert summary in result.stdout


def test_library_finds_works_by_topic_author_and_title(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for words in ("subtraction", "adder", "book of sums"):
        works = json.loads(run(root, "library", words, "--json").stdout)
        assert [work["work"] for work in works] == ["sums"]
    assert works[0]["minutes"] == 420
    assert works[0]["built_in"] is False


def test_library_holds_the_built_in_works_too(tmp_path: Path) -> None:
    names = {work["work"] for work in json.loads(run(tmp_path, "library", "--json").stdout)}

    assert {
        "sutton-barto-2018",
        "nocedal-wright-2006",
        "cover-thomas-2006",
        "schulman-2016",
    } <= names


def test_a_search_without_a_hit_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "library", "basket weaving")

    assert (result.exit_code, result.stdout) == (
        0,
        "no work has 'basket weaving' in its name, title, authors or topics\n",
    )


def test_check_is_quiet_about_a_sound_workspace(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "check")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("no problems in ")


def test_check_points_at_the_place_with_a_caret_and_a_remedy(tmp_path: Path) -> None:
    root = workspace(tmp_path, book=BOOK.replace("teaches:", "teachs:"))
    result = run(root, "check")
    told = json.loads(run(root, "check", "--json").stdout)

    assert result.exit_code == 1
    assert "syllabi/textbooks/sums.yaml:8:65: unknown-key" in result.stderr
    assert "^" in result.stderr
    assert "did you mean 'teaches'?" in result.stderr
    assert [(problem["code"], problem["line"], problem["column"]) for problem in told] == [
        ("unknown-key", 8, 65)
    ]


def test_a_file_that_is_not_text_is_one_problem_and_not_one_for_each_reference_to_it(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    (root / "syllabi/textbooks/sums.yaml").write_bytes(BOOK.encode("utf-16"))
    told = json.loads(run(root, "check", "--json").stdout)

    assert [problem["file"] for problem in told] == ["syllabi/textbooks/sums.yaml"]


def test_check_warns_of_a_work_that_no_goal_reaches_and_does_not_fail(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "syllabi/papers/lonely.yaml").write_text(
        "kind: paper\ntitle: L\nsteps: [{id: read, title: R, effort: 1h}]\n"
    )
    result = run(root, "check")

    assert result.exit_code == 0
    assert "unreached-work" in result.stderr


def test_show_tells_of_a_work_and_of_a_unit(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    work, unit = run(root, "show", "sums").stdout, run(root, "show", "sums/2").stdout

    assert "A Book of Sums" in work
    assert "Ada Adder (2020)" in work
    assert "21-40" in work
    assert "3 h" in unit
    assert "attention/read" in unit


@pytest.mark.parametrize("command", ["show", "why"])
def test_an_unknown_name_is_wrong_usage_and_offers_a_near_one(tmp_path: Path, command: str) -> None:
    result = run(workspace(tmp_path), command, "sumz")

    assert result.exit_code == 2
    assert "did you mean 'sums'" in result.stderr


def test_path_lists_what_leads_to_a_goal_and_how_the_topic_was_met(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    path = json.loads(run(root, "path", "attention/read", "--json").stdout)

    assert [unit["unit"] for unit in path["units"]] == ["sums/1", "sums/2", "attention/read"]
    assert path["minutes"] == 480
    assert "attention/read" in run(root, "path", "attention").stdout


def test_next_lists_the_units_whose_prerequisites_are_met(tmp_path: Path) -> None:
    units = json.loads(run(workspace(tmp_path), "next", "--json").stdout)

    assert [unit["unit"] for unit in units] == ["sums/1", "counting/read"]


def test_why_names_the_prerequisite_that_bound_a_unit(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    result = run(root, "why", "attention/read")

    assert result.exit_code == 0
    assert "Prerequisite" in result.stdout or "Order" in result.stdout
    assert "due by the end of Wed 31 Mar 2027" in result.stdout
    assert not (root / "calendars").exists()


def test_why_says_when_a_unit_is_not_planned(tmp_path: Path) -> None:
    assert "not planned" in run(workspace(tmp_path), "why", "sums/3").stdout


def test_graph_speaks_dot_mermaid_and_json(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert run(root, "graph").stdout.startswith("digraph")
    assert run(root, "graph", "--format", "mermaid").stdout.startswith(("flowchart", "graph"))
    edges = json.loads(run(root, "graph", "--format", "json").stdout)["edges"]
    assert ("sums/2", "attention/read") in {(edge["before"], edge["after"]) for edge in edges}


def test_schema_prints_a_schema_for_each_kind_of_file(tmp_path: Path) -> None:
    for kind in ("syllabus", "curriculum"):
        assert json.loads(run(tmp_path, "schema", kind).stdout)["$schema"].startswith(
            "https://json-schema.org/"
        )


def test_init_makes_a_workspace_that_can_be_planned_at_once(tmp_path: Path) -> None:
    result = run(tmp_path, "init", "--title", "Mine")
    settings = tmp_path / "syllabi/curriculum.yaml"

    assert result.exit_code == 0
    assert "title: Mine" in settings.read_text()
    assert run(tmp_path, "check").exit_code == 0
    settings.write_text(settings.read_text() + "goals: [hamming-1986]\n")
    assert run(tmp_path, "plan").exit_code == 0
    assert (tmp_path / "calendars/papers.ics").exists()


def test_init_never_touches_what_is_there(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / "syllabi/curriculum.yaml").read_bytes()
    run(root, "init")

    assert (root / "syllabi/curriculum.yaml").read_bytes() == before
    assert "nothing was changed" in run(root, "init").stdout


def test_the_environment_names_workspace_and_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(workspace(tmp_path)))
    monkeypatch.setenv("CURRICULUM_TODAY", TODAY)
    result = CliRunner().invoke(main, ["plan", "--json", "--dry-run"])

    assert json.loads(result.stdout)["start"] == "2027-01-03T23:00:00Z"


def test_the_shell_completes_works_and_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace(tmp_path))
    for typed, expected in (("show su", "sums"), ("show sums/", "sums/2")):
        environment = {
            "_CURRICULUM_COMPLETE": "bash_complete",
            "COMP_WORDS": f"curriculum {typed}",
            "COMP_CWORD": "2",
        }
        result = CliRunner().invoke(main, [], env=environment, prog_name="curriculum")
        assert expected in [line.partition(",")[2] for line in result.stdout.splitlines()]


def test_a_title_with_the_name_of_an_emoji_is_shown_as_it_is(tmp_path: Path) -> None:
    root = workspace(tmp_path, book=BOOK.replace("Adding,", '"Adding :heart: twice",'))

    assert "Adding :heart: twice" in run(root, "show", "sums").stdout
