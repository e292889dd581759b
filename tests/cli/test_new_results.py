"""Adding published results to a paper of one's own: by options, tables, and answers in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from curriculum.cli.app import main
from tests.terminals import answering
from tests.workspaces import ESSAY, SCORED_ESSAY, TODAY, run, said, workspace

PAPER = "syllabi/papers/counting.yaml"
ONE = ("--on", "Sums", "--metric", "accuracy", "--value", "91.5 ± 0.3", "--table", "2")
TABLE = """\
on,metric,value,spread,spread kind,over,runs,method,row,page
Sums,accuracy,91.5,0.3,sd,seeds,5,Abacus,3,7
Sums,accuracy,88,,,,,Fingers,4,7
,,,
Sums,accuracy,"1,204.50%",,,,,Abacus,5,7
"""


def typed(root: Path, *arguments: str, text: str) -> Result:
    """Run a command with text on its standard input."""
    line = ["--workspace", str(root), "--today", TODAY, *arguments]
    return CliRunner().invoke(main, line, input=text, catch_exceptions=False)


def results(root: Path, paper: str = "counting") -> dict[str, dict[str, object]]:
    """Return what the published results of a paper say, by id."""
    shown = json.loads(said(run(root, "library", "show", paper, "--json")))["results"]
    return {one["id"]: one for one in shown}


def test_a_result_by_options_passes_check_and_is_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / PAPER).read_bytes()
    added = said(run(root, "new", "result", "counting", *ONE))
    assert added == (
        "added 1 result to syllabi/papers/counting.yaml: sums; 5 lines marked '# guessed'\n"
        "'curriculum results' shows them. 'curriculum undo' takes them back.\n"
    )
    assert (root / PAPER).read_text(encoding="utf-8") == ESSAY + (
        "results:\n"
        "  - id: sums\n"
        "    metric: {name: accuracy, direction: higher, unit: percent}"
        "  # guessed: direction, unit\n"
        "    on: {name: Sums, version: unknown}  # guessed: version\n"
        "    protocol: {reducer: {how: unknown}}  # guessed: how a training curve became the number\n"
        "    value: {value: 91.5, centre: mean, from: table}  # guessed: centre\n"
        "    spread: {kind: unknown, value: 0.3, over: unknown}  # guessed: kind\n"
        "    source: {table: 2}\n"
    )
    assert said(run(root, "check")).startswith("no problems")
    said(run(root, "undo"))
    assert (root / PAPER).read_bytes() == before


def test_results_that_are_there_stay_and_their_ids_are_not_given_again(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for value in ("1", "2", "3"):
        given = ("--on", "Sums", "--metric", "return", "--value", value, "--page", "4")
        said(run(root, "new", "result", "counting", *given))
    said(run(root, "new", "result", "counting", *ONE, "--id", "sums"))
    assert list(results(root)) == ["sums", "sums-2", "sums-3", "sums-4"]
    assert said(run(root, "check")).startswith("no problems")


def test_a_table_is_added_as_a_whole(tmp_path: Path) -> None:
    root = workspace(tmp_path, essay=SCORED_ESSAY)
    table = tmp_path / "table.csv"
    table.write_text("\ufeff" + TABLE, encoding="utf-8")
    added = said(run(root, "new", "result", "counting", "--csv", str(table), "--table", "1"))
    assert added.startswith(
        "added 3 results to syllabi/papers/counting.yaml: abacus-sums, fingers-sums, abacus-sums-2"
    )
    text = (root / PAPER).read_text(encoding="utf-8")
    assert text.startswith(SCORED_ESSAY)
    assert "    spread: {kind: sd, value: 0.3, over: seeds}\n    runs: {n: 5}\n" in text
    assert text.count("source: {table: 1, page: 7, row: ") == 3
    assert "value: 1204.50," in text
    assert said(run(root, "check")).startswith("no problems")
    assert list(results(root)) == ["r", "abacus-sums", "fingers-sums", "abacus-sums-2"]
    said(run(root, "undo"))
    assert (root / PAPER).read_text(encoding="utf-8") == SCORED_ESSAY


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_may_be_split_otherwise_and_come_over_a_pipe(
    tmp_path: Path, delimiter: str
) -> None:
    root = workspace(tmp_path)
    lines = "On;Metric;Value;Table\nSums;error;12.5 +- 2 %;1\nSums;error;9.5% ± 1;1\n"
    added = typed(
        root, "new", "result", "counting", "--csv", "-", text=lines.replace(";", delimiter)
    )
    assert "added 2 results" in said(added)
    text = (root / PAPER).read_text(encoding="utf-8")
    assert text.count("metric: {name: error, direction: lower, unit: percent}") == 2
    assert "value: 12.5," in text
    assert "value: 9.5," in text


def test_print_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / PAPER).read_bytes()
    shown = said(run(root, "new", "result", "counting", *ONE, "--print"))
    assert shown.startswith("  - id: sums\n")
    assert (root / PAPER).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "table", "status", "message"),
    [
        (("counting",), "", 2, "give the result by --value, --on, --metric and --table, or --csv"),
        (("counting", "--value", "1"), "", 1, "the result has no 'on'"),
        (("counting", *ONE[:-2]), "", 1, "say where it is printed: table, figure, section, page"),
        (("counting", *ONE, "--value", "many"), "", 1, "'many' is not a number; write it like '3564.07'"),
        (("counting", *ONE, "--runs", "0"), "", 2, "0 is not in the range x>=1"),
        (("counting", *ONE, "--spread-kind", "dev"), "", 2, "'dev' is not one of 'sd', 'sem'"),
        (("counting", *ONE, "--reducer", "lastt"), "", 1, "'how' is 'lastt', not 'final'"),
        (("cuonting", *ONE), "", 2, "no syllabus defines 'cuonting'; did you mean 'counting'?"),
        (("sums", *ONE), "", 2, "'sums' is a textbook; only papers publish results"),
        (("ppo-2017", *ONE), "", 2, "'curriculum library copy ppo-2017' puts it into the workspace"),
        (("counting", "--csv", "-"), "", 1, "it holds no results below a line that names its"),
        (("counting", "--csv", "-"), "on,vlaue\nA,1\n", 1, "no column is called 'vlaue'; did you"),
        (("counting", "--csv", "-"), TABLE + ",x,1", 1, "result 4 of the table: the result has no"),
        (("counting", "--csv", "-", "--over", "seed"), TABLE, 2, "'seed' is not one of 'seeds'"),
        (("counting", "--csv", "-", "--table", "1"), TABLE.replace("sd", "dev"), 1, "result 1 of the table: 'kind' is 'dev', not 'sd',"),
        (("counting", "--csv", "-", "--over", "folds"), "on\n\0\n", 1, "the result has no 'metric'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], table: str, status: int, message: str
) -> None:
    root = workspace(tmp_path)
    before = (root / PAPER).read_bytes()
    refused = typed(root, "new", "result", *arguments, text=table)
    assert (refused.exit_code, message in " ".join(refused.stderr.split())) == (status, True), (
        refused.stderr
    )
    assert (root / PAPER).read_bytes() == before


def test_results_on_one_line_are_not_taken_apart(tmp_path: Path) -> None:
    root = workspace(tmp_path, essay=ESSAY + "results: []\n")
    refused = run(root, "new", "result", "counting", *ONE)
    assert "does not hold 'results:' on a line of its own" in refused.stderr
    assert (root / PAPER).read_text(encoding="utf-8") == ESSAY + "results: []\n"


def test_a_mistake_in_a_result_of_the_paper_is_told_first(tmp_path: Path) -> None:
    root = workspace(tmp_path, essay=SCORED_ESSAY.replace("direction: higher", "direction: up"))
    refused = run(root, "new", "result", "counting", *ONE)
    assert (refused.exit_code, "'direction' is 'up'" in refused.stderr) == (1, True)


def test_a_person_is_asked_with_what_the_last_result_said_as_likely(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    told = answering(
        root,
        "new",
        "result",
        "counting",
        answers=[
            ("Measured on (dataset or task): ", "\r"),
            ("a result needs this", ""),
            ("Measured on (dataset or task): ", "Sums\r"),
            ("Its version: ", "\r"),
            ("Method: ", "Abacus\r"),
            ("Metric, as average-return: ", "test error\r"),
            ("Better is (higher, lower) [lower]: ", "\r"),
            ("Unit [points]: ", "percent\r"),
            ("Value, as '3564 ± 115': ", "about 12\r"),
            ("'about 12' is not a number", ""),
            ("Value, as '3564 ± 115': ", "12.5 ± 0.5\r"),
            ("What the ± is", "dev\r"),
            ("'dev' is not among them", ""),
            ("What the ± is", "sd\r"),
            ("Taken over", "se\r"),
            ("Number of runs: ", "five\r"),
            ("'five' is not a number of runs", ""),
            ("Number of runs: ", "5\r"),
            ("as final: ", "last\r"),
            ("'last' is not among final", ""),
            ("as final: ", "final\r"),
            ("Table: ", "1\r"),
            ("Row: ", "2\r"),
            ("Page: ", "\r"),
        ],
    )
    assert "added 1 result to syllabi/papers/counting.yaml: abacus-sums" in told
    told = answering(
        root,
        "new",
        "result",
        "counting",
        "--value",
        "11.0 ± 0.4",
        "--row",
        "3",
        "--method",
        "Fingers",
        answers=[],
        status=1,
    )
    assert "the result has no 'on'" in told
    told = answering(
        root,
        "new",
        "result",
        "counting",
        "--method",
        "Fingers",
        answers=[
            ("Measured on (dataset or task) [Sums]: ", "\r"),
            ("Its version: ", "\r"),
            ("Metric, as average-return [test error]: ", "\r"),
            ("Better is (higher, lower) [lower]: ", "\r"),
            ("Unit [percent]: ", "\r"),
            ("Value, as '3564 ± 115': ", "11\r"),
            ("Number of runs [5]: ", "\r"),
            ("as final [final]: ", "\r"),
            ("Table [1]: ", "\r"),
            ("Row: ", "3\r"),
            ("Page: ", "\r"),
        ],
    )
    assert "fingers-sums" in told
    text = (root / PAPER).read_text(encoding="utf-8")
    assert "metric: {name: test error, direction: lower, unit: percent}\n" in text
    assert "spread: {kind: sd, value: 0.5, over: seeds}\n    runs: {n: 5}\n" in text
    assert list(results(root)) == ["abacus-sums", "fingers-sums"]
    assert said(run(root, "check")).startswith("no problems")


def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / PAPER).read_bytes()
    answers = [("Measured on (dataset or task): ", "Sums\r"), ("Its version: ", "\x03\r")]
    answering(root, "new", "result", "counting", answers=answers, status=1)
    assert (root / PAPER).read_bytes() == before
