"""The journal as lines of JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.disk.journal import read_facts
from curriculum.model.journal import Fact
from curriculum.progress.json_lines import BrokenLineError, additions, journal_lines, read_lines
from tests.facts import any_fact
from tests.workspaces import run, workspace


@given(st.lists(any_fact(), max_size=6, unique_by=lambda one: one.id))
def test_export_then_import_is_the_identity(facts: list[Fact]) -> None:
    assert read_lines("a.jsonl", journal_lines(facts)) == tuple(facts)
    assert additions("a.jsonl", facts, facts[:2]) == tuple(facts[2:])


HEAD = '{"id": "1", "command": "2", "at": "2027-01-04T19:00:00Z", "zone": "UTC"'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{}", "'id' is missing"),
        ("[]", "not a fact"),
        (
            f'{HEAD}, "kind": "started", "unit": "a/1", "mood": "good"}}',
            "'mood' is not a key of a fact",
        ),
        (
            f'{HEAD}, "kind": "started", "minutes": 1, "unit": "a/1"}}',
            "'minutes' is not a key of a",
        ),
        (f'{HEAD}, "kind": "started"}}', "'unit' is missing"),
        (f'{HEAD}, "kind": "studied", "unit": "a/1", "minutes": "1"}}', "'1' is not a number of"),
        (f'{HEAD}, "kind": "studied", "unit": "a/1", "minutes": true}}', "True is not a number of"),
        (
            f'{HEAD}, "kind": "studied", "unit": "a/1", "minutes": 1, "pages": 3}}',
            "3 is not a range",
        ),
        (
            f'{HEAD}, "kind": "scored", "result": "a#b", "entry": {{"runs": 1}}}}',
            "entry cannot be read",
        ),
        (
            '{"id": "1", "command": "2", "kind": "danced", "at": "2027-01-04T19:00:00Z", "zone": "UTC"}',
            "a fact of the kind 'danced' needs a newer version of curriculum; nothing was imported",
        ),
        ('{"id": "1", "command": "2", "kind": "left", "at": "soon", "zone": "UTC"}', "soon"),
        ("[" * 100_000, "not a fact"),
    ],
)
def test_a_line_that_is_no_fact_is_named_and_nothing_is_imported(
    tmp_path: Path, line: str, fault: str
) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1")
    good = run(root, "journal", "export").stdout.replace('"id": "', '"id": "x')
    file = tmp_path / "other.jsonl"
    file.write_text(good + line + "\n", encoding="utf-8")
    result = run(root, "journal", "import", str(file))

    assert result.exit_code == 1
    assert result.stderr.startswith(f"curriculum: {file}:2: ")
    assert fault in result.stderr
    assert len(read_facts(root / "journal.db")) == 1


def test_a_fact_that_says_something_else_than_the_known_one_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "log", "sums/1", "30m")
    other = read_lines(
        "x", run(root, "journal", "export").stdout.replace('"minutes": 30', '"minutes": 31')
    )

    with pytest.raises(
        BrokenLineError, match=r"x:1: the fact .* is in the journal already, with other contents"
    ):
        additions("x", other, read_facts(root / "journal.db"))


def test_a_journal_moves_to_another_workspace_whole(tmp_path: Path) -> None:
    here, there = workspace(tmp_path / "here"), workspace(tmp_path / "there")
    run(here, "log", "sums/1", "30m", "--pages", "1-5")
    run(here, "done", "sums/1-2", "--took", "3h")
    run(here, "undo")
    file = tmp_path / "journal.jsonl"
    assert run(here, "journal", "export", str(file)).stdout == f"exported 4 facts to {file}\n"
    assert (
        run(there, "journal", "import", str(file)).stdout == "imported 4 facts; already known: 0\n"
    )
    assert (
        run(there, "journal", "import", str(file)).stdout == "imported 0 facts; already known: 4\n"
    )

    assert run(there, "journal", "export").stdout == file.read_text(encoding="utf-8")
