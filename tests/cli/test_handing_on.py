"""Verdicts as tables for a README, a paper or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.test_comparing import PAPER, said
from tests.views.test_documents import markdown_cells
from tests.workspaces import run, workspace

ODD = PAPER.replace("on: Taking", 'on: "Ta|king_50%"')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with scores of two results, one of which has an odd name."""
    made = workspace(tmp_path, paper=ODD)
    said(made, "score", "attention#adding", "79.5", "80.5", "80.1")
    said(made, "score", "attention#taking", "50", "51", "52.5")
    return made


def refused_in(root: Path, *arguments: str) -> str:
    result = run(root, *arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.strip().splitlines()[-1]


def csv_of(root: Path) -> bytes:
    """Return the table of comma-separated values; its ends of lines are part of the format."""
    return run(root, "compare", "--format", "csv").stdout_bytes


def test_a_table_in_markdown_has_what_a_reader_of_a_repository_wants(root: Path) -> None:
    text = said(root, "compare", "attention", "--format", "markdown")

    table = "\n".join(line for line in text.splitlines() if line.startswith("|")) + "\n"
    assert markdown_cells(table) == [
        *("task", "published (SD)", "mine (SD)", "D [92 % interval]"),
        *("margin", "verdict", "at worst"),
        *("Adding v2", "80.0 ± 1.0 (n = 5)", "80.0 ± 0.5 (n = 3)", "0.0 [−1.3, +1.4]"),
        *("4.0", "reproduced (equivalent)", "1.3 points below"),
        *("Ta|king_50% v2", "60.0 ± 1.0 (n = 5)", "51.2 ± 1.3 (n = 3)", "−8.8 [−10.9, −6.8]"),
        *("4.0", "short", "11 points below"),
    ]
    assert "- metric: accuracy (percent) ↑\n" in text
    assert "number taken: final \\(typed\\)" in text or "number taken: final (typed)" in text
    assert "margin: stated" in text


def test_a_table_in_latex_escapes_what_it_does_not_mean(root: Path) -> None:
    text = said(root, "compare", "--format", "latex")

    assert r"Ta\textbar{}king\_50\% v2 & $60.0$ & $\pm$ 1.0 & 5 & $51.2$ & $\pm$ 1.3 & 3" in text
    begun, ended = re.findall(r"\\begin\{(\w+\*?)\}", text), re.findall(r"\\end\{(\w+\*?)\}", text)
    assert begun == ["table*", "tabular"]
    assert ended == ["tabular", "table*"]
    columns = {line.count(" & ") for line in text.splitlines() if line.endswith(r"\tabularnewline")}
    (settings,) = re.findall(r"\\begin\{tabular\}\{@\{\}(.*)@\{\}\}", text)
    of_body = len(re.sub(r"@\{.*?\}|\{.*?\}", "", settings)) - 1
    # A heading above a number and its spread spans both columns.
    assert columns == {of_body, of_body - 3}


def test_a_table_of_comma_separated_values_keeps_every_digit(root: Path) -> None:
    text = csv_of(root).decode()

    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 3
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    (paper,) = json.loads(said(root, "compare", "--json"))
    for row, verdict in zip((first, second), paper["results"], strict=True):
        assert f"{row['paper']}#{row['result']}" == verdict["result"]
        assert float(row["D"]) == verdict["D"]
        assert [float(row["interval_low"]), float(row["interval_high"])] == verdict["interval"]
        assert row["verdict"] == verdict["verdict"]
        assert int(row["mine_n"]) == verdict["mine"]["n"]
    assert second["task"] == "Ta|king_50% v2"
    assert (first["published"], first["published_spread"]) == ("80.0", "1.0")


def test_one_result_can_be_compared_alone(root: Path) -> None:
    (paper,) = json.loads(said(root, "compare", "attention#tak", "--json"))
    assert [one["result"] for one in paper["results"]] == ["attention#taking"]
    assert "adding  " not in said(root, "compare", "attention#tak")
    assert said(root, "compare", "attention#sharing").startswith("no scores yet")
    assert "has no result 'nothing'" in refused_in(root, "compare", "attention#nothing")


def test_what_no_verdict_may_be_handed_on_without_stands_below_the_table(root: Path) -> None:
    said(root, "score", "attention#sharing", "30", "31", "30", "--deviation", "on.version=v3")
    text = said(root, "compare", "attention#sharing", "--format", "markdown")

    assert "- Sharing v2: protocol: on.version differs (mine v3, paper v2)" in text


@pytest.mark.parametrize("ending", ["md", "tex", "csv"])
def test_a_file_says_its_format_and_is_replaced_only_by_its_like(root: Path, ending: str) -> None:
    path = root / f"table.{ending}"
    form = {"md": "markdown", "tex": "latex", "csv": "csv"}[ending]
    printed = run(root, "compare", "--format", form).stdout_bytes

    assert said(root, "compare", "--output", str(path)) == f"wrote {path}\n"
    assert path.read_bytes() == printed
    assert said(root, "compare", "--output", str(path)) == f"{path} is as it was\n"
    said(root, "score", "attention#adding", "79.0")
    assert said(root, "compare", "--output", str(path)) == f"wrote {path}\n"
    path.write_text(f"My own words.\n{path.read_text()}", encoding="utf-8")
    result = run(root, "compare", "--output", str(path))
    assert result.exit_code == 1
    assert result.stderr == (
        f"curriculum: '{path}' was not made by this command; choose another name, or remove it first\n"
    )
    assert path.read_text(encoding="utf-8").startswith("My own words.\n")


def test_a_file_whose_format_is_not_clear_is_refused(root: Path) -> None:
    journal = root / "journal.db"
    before = journal.read_bytes()

    assert "end it with .md, .tex or .csv" in refused_in(
        root, "compare", "--output", str(root / "journal.db")
    )
    assert run(root, "compare", "--format", "csv", "--output", str(journal)).exit_code == 1
    assert "goes neither with" in refused_in(root, "compare", "--json", "--format", "csv")
    assert "'--output' writes a table" in refused_in(
        root, "compare", "--format", "text", "--output", str(root / "a.md")
    )
    assert journal.read_bytes() == before


def test_without_scores_nothing_is_written(tmp_path: Path) -> None:
    root = workspace(tmp_path, paper=PAPER)
    result = run(root, "compare", "--output", str(root / "a.md"))

    assert result.stdout == ""
    assert result.stderr.startswith("no scores yet")
    assert not (root / "a.md").exists()
