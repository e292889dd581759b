"""Whatever a person says of a published result stands in the syllabus as it was said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.cli.result_parameters import CENTRES, DIRECTIONS, OVER, SCALES, SPREADS
from curriculum.model.works import Paper
from curriculum.syllabus.importers.result_rows import (
    completed,
    likely_direction,
    read_rows,
    result_lines,
)
from curriculum.syllabus.importers.result_text import fields_of
from curriculum.syllabus.works import read_work
from tests.workspaces import ESSAY, SCORED_ESSAY, run, said, workspace

SIGNS = "aZ09 éßŁ中 :#,;-'\"`{}[]()&*!|>%@?\\/=~+._<^$"
texts = st.text(SIGNS, min_size=1, max_size=20).map(lambda text: f"x{' '.join(text.split())}x")
numbers = st.decimals(-9999, 9999, places=2).map(lambda number: str(abs(number) or Decimal("0.10")))
rows = st.fixed_dictionaries(
    {"on": texts, "metric": texts, "value": numbers, "table": texts},
    optional={
        "version": texts,
        "method": texts,
        "direction": st.sampled_from(DIRECTIONS),
        "unit": texts,
        "centre": st.sampled_from(CENTRES),
        "spread": numbers,
        "spread_kind": st.sampled_from([kind for kind in SPREADS if kind not in {"none", "unknown"}]),
        "over": st.sampled_from(OVER),
        "runs": st.integers(1, 99).map(str),
        "page": st.integers(1, 999).map(str),
        "section": texts,
        "row": texts,
        "column": texts,
        "quote": texts,
        "scale": st.sampled_from(SCALES),
        "notes": texts,
        "reducer": st.sampled_from(["final", "single", "last-k-mean:10", "max-per-run"]),
    },
)  # fmt: skip


@given(row=rows)
def test_what_is_said_is_read_again(row: dict[str, str]) -> None:
    one = completed(row, "", ())
    read = read_work("syllabi/papers/x.yaml", "\n".join([ESSAY + "results:", *result_lines(one)]))
    assert read.problems == ()
    assert isinstance(read.work, Paper)
    (result,) = read.work.results
    found = fields_of(result)
    for name in set(row) & {"on", "version", "method", "metric", "unit", "centre", "runs", "table"}:
        assert found[name] == row[name]
    assert found["direction"] == row.get("direction", likely_direction(row["metric"]))
    assert str(result.value.value) == row["value"]
    if "spread" in row:
        assert str(result.spread.value) == row["spread"]
        assert found["spread_kind"] == row.get("spread_kind", "unknown")
    assert result.source.quote == row.get("quote")
    assert result.notes == row.get("notes")


@given(given_rows=st.lists(rows, min_size=1, max_size=4), delimiter=st.sampled_from(",;\t"))
def test_a_table_says_what_its_rows_say(given_rows: list[dict[str, str]], delimiter: str) -> None:
    names = sorted({name for row in given_rows for name in row})
    table = [names, *([row.get(name, "") for name in names] for row in given_rows)]
    text = "\r\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in table
    )
    assert list(read_rows("t.csv", text)) == given_rows


ENDS = {
    "no line end": SCORED_ESSAY.removesuffix("\n"),
    "line ends of Windows": SCORED_ESSAY.replace("\n", "\r\n"),
    "a comment after": SCORED_ESSAY + "# more to come\n",
    "a key after": SCORED_ESSAY + "note: a key after the results\n",
    "blank lines": SCORED_ESSAY + "\n\n",
    "not indented": SCORED_ESSAY.replace("\n  - id: r", "\n- id: r").replace("\n    ", "\n  "),
    "indented by four": SCORED_ESSAY.replace("\n    ", "\n      ").replace(
        "\n  - id: r", "\n    - id: r"
    ),
    "a comment at the key": SCORED_ESSAY.replace("results:", "results:  # of Table 1"),
}


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS.keys())
def test_every_byte_that_is_not_meant_stays(tmp_path: Path, text: str) -> None:
    root = workspace(tmp_path)
    path = root / "syllabi/papers/counting.yaml"
    path.write_bytes(text.encode())
    given_row = ("--on", "Sums", "--metric", "sums", "--value", "7", "--table", "7")
    said(run(root, "new", "result", "counting", *given_row))
    found = path.read_bytes().decode()
    assert [line for line in found.splitlines() if line in text.splitlines()] == text.splitlines()
    assert "- id: sums" in found
    read = read_work("counting.yaml", found).work
    assert isinstance(read, Paper)
    assert [one.id for one in read.results] == ["r", "sums"]
    said(run(root, "undo"))
    assert path.read_bytes().decode().rstrip() == text.rstrip()
