"""Whatever is typed and whatever the files hold: one sentence and exit status 1 or 2, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.cli.app import COMMANDS
from tests.terminals import PROGRAM
from tests.workspaces import SCORED_ESSAY, run, workspace

RESULT = "essay#r"
HALF = "\ud800"
HOSTILE: tuple[Any, ...] = (
    *(None, "", HALF, "\x1b[31m", "x" * 300, "../..", [], {}, [[]], [1], {"a": 1}),
    *(-1, 0, 1.5, 10**30, -(10**30), True, "99991231T235959Z", "00010101T000000Z"),
    *("20270231T000000Z", float("nan"), float("inf"), "sums/9", "nothing/1", "#", "Mars/Base"),
)
TYPED: tuple[str, ...] = (
    *("", "-", "--", "#", "/", "topic:", "topic:x", "sums", "sums/1", "sums/", "/1", "1", "-1"),
    *("1h", "99999h", "0m", "today", "..", "2027-W53", "9-5", "nan", "1e999", HALF, "\x1b[2J"),
    *("--json", "--all", "--on", "--from", "--seed", "--took", RESULT, "2027-01-06T19:00"),
)
READERS = ("today", "week", "status", "plan", "compare", "undo --list", "log --list", "missed")


def used(root: Path) -> Path:
    """Lay out a workspace in which every kind of thing was recorded and published."""
    workspace(root)
    (root / "syllabi" / "papers" / "essay.yaml").write_text(SCORED_ESSAY)
    for command in (
        "plan",
        "log sums/1 30m --pages 1-9",
        "done sums/1 --took 2h",
        "left sums/2 1h",
        "pin 2027-01-06T19:00",
        f"score {RESULT} 1 2 3 --seed a --seed b --seed c",
        "skip counting/read",
    ):
        assert run(root, *command.split()).exit_code == 0
    run(root, "plan", today="2027-01-05")
    return root


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return used(tmp_path_factory.mktemp("original"))


def copied(original: Path) -> Path:
    root = original.with_name("copy")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(original, root)
    return root


def require_an_answer(root: Path, *arguments: str) -> str:
    """Run a command, which fails the test by its traceback; return what it says."""
    done = run(root, *arguments, today="2027-01-05")
    assert done.exit_code in (0, 1, 2)
    assert done.exit_code == 0 or done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["plan", ""], "'' is not a goal"),
        (["path", ""], "'' is not a goal"),
        (["graph", "topic:"], "'topic:' is not a goal"),
        (["next", "topic:Bad Name"], "'topic:Bad Name' is not a goal"),
        (["score", RESULT, "1", "--unit", ""], "--unit: it is empty"),
        (["score", RESULT, "1", "--commit", " "], "--commit: it is empty"),
        (["score", RESULT, "1", "--seed", ""], "--seed: it is empty"),
        (["score", RESULT, "--failed", ""], "--failed: it is empty"),
        (["score", RESULT, "1", "--deviation", "on.version=2", "--why", ""], "--why: it is empty"),
        (["score", RESULT, "1", "--commit", "x" * 10_001], "--commit: it is longer"),
        (["score", RESULT, "1", "--commit", "\udcff"], "--commit: it is longer"),
        (["status", "--seed", "-1"], "-1 is not in the range"),
        (["compare", "--seed", "-1"], "-1 is not in the range"),
    ],
)
def test_what_cannot_be_meant_is_said_with_status_2(
    original: Path, line: list[str], said: str
) -> None:
    done = run(original, *line)

    assert done.exit_code == 2
    assert said in done.stderr


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_command_line_ends_in_a_traceback(original: Path, data: st.DataObject) -> None:
    commands = sorted(set(COMMANDS) - {"serve", "push", "pull", "journal"})
    command = data.draw(st.sampled_from(commands))
    words = data.draw(st.lists(st.sampled_from(TYPED), max_size=4))
    require_an_answer(copied(original), command, *words)


def places(tree: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to each value of a JSON tree below its root."""
    names: Any = ()
    if isinstance(tree, dict):
        names = list(tree)
    elif isinstance(tree, list):
        names = range(len(tree))
    for name in names:
        yield (*before, name)
        yield from places(tree[name], (*before, name))


def mutated(tree: Any, data: st.DataObject) -> Any:
    """Return a JSON tree with one value removed, or replaced by a hostile one."""
    *path, last = data.draw(st.sampled_from(list(places(tree))))
    inner = tree
    for name in path:
        inner = inner[name]
    if data.draw(st.integers(0, 5)) == 0:
        del inner[last]
    else:
        inner[last] = data.draw(st.sampled_from(HOSTILE))
    return tree


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_ledger_ends_in_a_traceback(original: Path, data: st.DataObject) -> None:
    root = copied(original)
    file = root / "calendars" / data.draw(st.sampled_from(["ledger.json", "previous.json"]))
    file.write_text(json.dumps(mutated(json.loads(file.read_text()), data)))
    commands = ("today", "week", "plan", "plan --undo", "calendar", "done")
    require_an_answer(root, *data.draw(st.sampled_from(commands)).split())


def damaged(journal: Path) -> sqlite3.Connection:
    """Open a journal as a disk that fails would: nothing guards the facts any more."""
    connection = sqlite3.connect(journal, isolation_level=None)
    guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (guard,) in guards:
        connection.execute(f"DROP TRIGGER {guard}")
    return connection


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_stored_fact_ends_in_a_traceback(original: Path, data: st.DataObject) -> None:
    root = copied(original)
    with closing(damaged(root / "journal.db")) as journal:
        rows = journal.execute("SELECT id, payload FROM fact ORDER BY number").fetchall()
        name, payload = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from(["payload", "payload", "at", "zone", "kind"]))
        value: Any = data.draw(
            st.sampled_from(["", "x", "-1", "99999999999999", b"\xff", "scored"])
        )
        if column == "payload":
            value = json.dumps(mutated(json.loads(payload), data))
        journal.execute(f"UPDATE fact SET {column} = ? WHERE id = ?", (value, name))
    require_an_answer(root, *data.draw(st.sampled_from(READERS)).split())


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_imported_is_read_afterwards(original: Path, data: st.DataObject) -> None:
    root = copied(original)
    lines = run(root, "journal", "export").stdout.splitlines()
    fact = json.loads(data.draw(st.sampled_from(lines)))
    fact["id"] = "f" * 32
    file = root / "facts.jsonl"
    file.write_text(json.dumps(mutated(fact, data)) + "\n")
    require_an_answer(root, "journal", "import", str(file))
    # What was taken into the journal must not stop a command that reads it.
    done = run(root, *data.draw(st.sampled_from(READERS)).split(), today="2027-01-05")
    assert done.exit_code == 0 or "journal" not in done.stderr


def test_a_stored_fact_that_cannot_be_read_is_named(original: Path) -> None:
    root = copied(original)
    with closing(damaged(root / "journal.db")) as journal:
        (name,) = journal.execute("SELECT id FROM fact WHERE kind = 'scored'").fetchone()
        journal.execute("UPDATE fact SET payload = replace(payload, ?, '')", (RESULT,))
    for command in READERS:
        said = require_an_answer(root, *command.split())
        assert f"the fact '{name}' is damaged ('' is not the name of a result)" in said


def test_half_a_character_is_not_imported(original: Path) -> None:
    root = copied(original)
    fact = json.loads(run(root, "journal", "export").stdout.splitlines()[0])
    for key in ("id", "command", "zone", "unit"):
        (root / "facts.jsonl").write_text(json.dumps(fact | {"id": "f" * 32, key: HALF}))
        said = require_an_answer(root, "journal", "import", str(root / "facts.jsonl"))
        assert "this is not a fact of a journal" in said
        assert "nothing was imported" in said


def test_standard_input_may_be_closed(original: Path) -> None:
    command = [*PROGRAM, "--workspace", str(original), "journal", "import", "-"]
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "standard input is closed" in done.stderr


@pytest.mark.parametrize(
    "name", ["syllabi/curriculum.yaml", "calendars/ledger.json", "syllabi/papers/new.yaml"]
)
def test_a_pipe_in_the_place_of_a_file_is_named(original: Path, name: str) -> None:
    root = copied(original)
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    said = require_an_answer(root, "plan")
    assert "it is a pipe and not a file" in said


def test_a_pipe_in_the_place_of_the_journal_or_of_a_log_is_named(original: Path) -> None:
    root = copied(original)
    os.mkfifo(root / "run.csv")
    said = require_an_answer(root, "score", RESULT, "--from", str(root / "run.csv"), "--tag", "x")
    assert "it is a pipe and not a file" in said
    (root / "journal.db").unlink()
    os.mkfifo(root / "journal.db")
    assert "is a pipe or a device" in require_an_answer(root, "log", "sums/1", "1h")


def test_a_folder_in_the_place_of_the_settings_is_named(original: Path) -> None:
    root = copied(original)
    (root / "syllabi" / "curriculum.yaml").unlink()
    (root / "syllabi" / "curriculum.yaml").mkdir()
    assert "a folder is in its place" in require_an_answer(root, "check")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(original: Path) -> None:
    root = copied(original)
    for folder in (root / "syllabi", root / "calendars", root):
        folder.chmod(0)
        try:
            assert "permission is denied" in require_an_answer(root, "today")
        finally:
            folder.chmod(0o755)
