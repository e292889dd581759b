"""Works are found by what a person remembers, shown with all that is known, copied to be changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.workspaces import SCORED_ESSAY, run, workspace

CPU_ESSAY = SCORED_ESSAY + "    scale: cpu\n"


def names(root: Path, *arguments: str) -> list[str]:
    works = json.loads(run(root, "library", *arguments, "--json").stdout)
    return [one["work"] for one in works if not one["built_in"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--topic", "subtraction"), ["sums"]),
        (("--year", "2020"), ["sums"]),
        (("--year", "2021..", "to"), ["attention"]),
        (("--author", "binary"), ["attention"]),
        (("--scale", "cpu"), ["counting"]),
        (("--hours", "5h"), ["counting"]),
        (("sums", "--year", "..2022"), ["sums"]),
        (("--scale", "multi-gpu"), []),
    ],
)
def test_a_work_is_found_by_each_of_its_sides(
    tmp_path: Path, arguments: tuple[str, ...], found: list[str]
) -> None:
    assert names(workspace(tmp_path, essay=CPU_ESSAY), *arguments) == found


def test_the_sums_are_of_what_was_found(tmp_path: Path) -> None:
    root = workspace(tmp_path, essay=CPU_ESSAY)
    found = run(root, "library", "counting", "--hours", "5h").stdout
    (one,) = json.loads(run(root, "library", "counting", "--hours", "5h", "--json").stdout)

    assert found.splitlines()[-1] == "1 work, 0 built in, 4 hours"
    assert (one["results"], one["cpu_results"], one["minutes"]) == (1, 1, 240)


def test_what_cannot_be_looked_for_is_refused_with_what_was_meant(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert "did you mean 'subtraction'" in run(root, "library", "--topic", "subtracton").stderr
    assert "2015..2018" in run(root, "library", "--year", "last").stderr
    assert "did you mean '2010..2020'?" in run(root, "library", "--year", "2020..2010").stderr
    assert "leave out an option" in run(root, "library", "--author", "Nobody at all").stdout


def test_a_page_says_what_is_around_a_work(tmp_path: Path) -> None:
    book = (tmp_path / "book").as_posix()
    essay = CPU_ESSAY + "builds_on: [{ref: sums/1, idea: one after the other}]\n"
    root = workspace(tmp_path, essay=essay)
    run(root, "log", "sums/1", "30m")
    page = run(root, "library", "show", "sums").stdout
    tree = json.loads(run(root, "library", "show", "sums", "--json").stdout)

    for text in (
        "Ada Adder",
        "https://example.org/sums",
        "counting: one after the other",
        "30 min",
    ):
        assert text in page, book
    assert tree["required_by"] == ["attention"]
    assert tree["opened"] == [{"work": "counting", "idea": "one after the other"}]
    assert (tree["spent"], tree["built_in"]) == (30, False)
    assert [unit["unit"] for unit in tree["units"]] == ["sums/1", "sums/2", "sums/3"]


def test_a_page_of_a_paper_shows_its_results(tmp_path: Path) -> None:
    root = workspace(tmp_path, essay=CPU_ESSAY)

    assert (
        "1 published result, 1 of them for a laptop"
        in run(root, "library", "show", "counting").stdout
    )
    (result,) = json.loads(run(root, "library", "show", "counting", "--json").stdout)["results"]
    assert result["id"] == "r"


def test_a_copied_work_plans_the_same_until_it_is_changed(tmp_path: Path) -> None:
    settings = "goals: [reinforce-1992/read]\nstart: 2027-01-04\ntimezone: Europe/Berlin\n"
    root = workspace(tmp_path, settings=settings)
    before = run(root, "plan", "--json").stdout
    copied = run(root, "library", "copy", "reinforce")
    planned = run(root, "plan", "--json").stdout

    assert copied.stdout.startswith("copied reinforce-1992 to syllabi/papers/reinforce-1992.yaml")
    assert json.loads(planned)["sessions"] == json.loads(before)["sessions"]
    refused = run(root, "library", "copy", "reinforce")
    assert (refused.exit_code, "already" in refused.stderr) == (1, True)
    run(root, "undo")
    assert not (root / "syllabi/papers/reinforce-1992.yaml").exists()


def test_a_workspace_can_be_started_with_a_road(tmp_path: Path) -> None:
    listed = json.loads(run(tmp_path, "library", "--roads", "--json").stdout)
    road = next(one for one in listed if one["road"] == "policy-gradients")
    started = run(tmp_path, "init", "--road", "policy-g")

    assert "when you can study" in started.stdout
    settings = json.loads(run(tmp_path, "config", "goals", "--json").stdout)
    assert [goal["goal"] for goal in road["goals"]][-1] == "schulman-2016"
    assert road["minutes"] > 60
    assert "schulman-2016" in json.dumps(settings)
    assert run(tmp_path, "check").exit_code == 0
    again = run(tmp_path, "init", "--road", "policy-gradients")
    assert (again.exit_code, "left as it is" in again.stderr) == (1, True)


def test_a_road_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path, "init", "--road", "policy-gradents")

    assert refused.exit_code == 2
    assert "did you mean 'policy-gradients'?" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_a_single_road_is_shown_with_its_reasons(tmp_path: Path) -> None:
    shown = run(tmp_path, "library", "--roads", "policy-gradients").stdout

    assert "Why a step of a policy has to be limited, and by what." in shown
    assert "curriculum init --road policy-gradients" in shown
    assert "no road" in run(tmp_path, "library", "--roads", "basket weaving").stdout


def test_what_one_reads_is_a_bibliography(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    entries = run(root, "library", "--bibtex").stdout
    assert re.findall(r"^@\w+\{(.+),$", entries, re.MULTILINE) == ["attention", "counting", "sums"]
    found = [
        one["id"]
        for one in json.loads(run(root, "library", "--csl", "--author", "Ada Adder").stdout)
    ]
    assert found == ["sums"]
    assert json.loads(run(root, "library", "--csl", "nowhere").stdout) == []
    assert "no work has 'nowhere'" in run(root, "library", "--csl", "nowhere").stderr
    empty = run(workspace(tmp_path / "empty", settings="goals: []\n"), "library", "--csl")
    assert (empty.stdout, "there are no goals" in empty.stderr) == ("[]\n", True)
    assert "leave out '--csl'" in run(root, "library", "--roads", "--csl").stderr
