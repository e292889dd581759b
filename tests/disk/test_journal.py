"""The journal on the disk: nothing told is lost, nothing foreign is touched."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.disk.journal import JournalError, read_facts, writing
from curriculum.disk.migrations import MIGRATIONS
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.progress.json_lines import read_lines
from tests.facts import any_fact

SPECIMENS = Path(__file__).parents[1] / "cases/golden/journal"
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from curriculum.disk.journal import writing
from curriculum.model.journal import Fact, Kind
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    with writing(path) as book:
        known = len(book.facts)
        book.append(Fact(f"{name}-{number}-{half}", f"{name}-{number}", Kind.STUDIED, datetime(2027, 1, 4, tzinfo=UTC),
                         "UTC", unit="sums/1", minutes=known) for half in (1, 2))
    print(f"{name}-{number}", flush=True)
"""

KILLER = """
import os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from curriculum.disk.journal import writing
from curriculum.model.journal import Fact, Kind
path, rounds, rng = Path(sys.argv[1]), int(sys.argv[2]), random.Random(7)
for round_ in range(rounds):
    child = os.fork()
    if not child:
        for number in range(10_000):
            name = f"{round_}-{number}"
            with writing(path) as book:
                book.append(Fact(f"{name}-{half}", name, Kind.STUDIED, datetime(2027, 1, 4, tzinfo=UTC), "UTC",
                                 unit="sums/1", minutes=1) for half in (1, 2))
            os.write(1, f"{name}\\n".encode())
    time.sleep(rng.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""

FULL = """
import signal, sys
from datetime import UTC, datetime
from pathlib import Path
from curriculum.disk.journal import JournalError, writing
from curriculum.model.journal import Fact, Kind
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with writing(Path(sys.argv[1])) as book:
        book.append(Fact(f"n{number}", "c", Kind.LEFT, datetime(2027, 1, 4, tzinfo=UTC), "UTC", unit="sums/1")
                    for number in range(5_000))
except JournalError as error:
    print(error)
"""


def fact(number: int = 1, kind: Kind = Kind.STUDIED) -> Fact:
    """Return a fact."""
    return Fact(
        f"f{number}",
        f"c{number}",
        kind,
        NOON,
        "Europe/Berlin",
        unit=UnitId("sums/1"),
        minutes=number,
    )


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that records two facts in each of many commands, and tells when each is safe."""
    arguments = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


@given(st.lists(any_fact(), max_size=6, unique_by=lambda one: one.id))
def test_facts_come_back_as_they_were_and_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.db"
    for one in facts:
        with writing(path) as book:
            book.append([one])

    assert read_facts(path) == tuple(facts)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "journal.db") == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_raised_while_writing_takes_everything_back(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"

    def stumble() -> None:
        with writing(path) as book:
            book.append([fact(1)])
            raise KeyError

    with pytest.raises(KeyError):
        stumble()

    assert read_facts(path) == ()


def test_a_kill_at_any_instant_loses_nothing_that_was_told(tmp_path: Path) -> None:
    """Processes that record are killed two hundred times; what a killed command did is all there or not at all."""
    path = tmp_path / "journal.db"
    killed = subprocess.run(
        [sys.executable, "-c", KILLER, str(path), "200"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = set(killed.stdout.split())
    commands = Counter(one.command for one in read_facts(path))

    assert len(told) > 100
    assert told <= set(commands)
    assert set(commands.values()) == {2}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_commands_at_once_take_turns(tmp_path: Path) -> None:
    """Each command decides on what it finds; none sees another's facts by halves, none is lost."""
    path = tmp_path / "journal.db"
    processes = [writer(path, name, 60) for name in "abc"]
    assert [process.communicate()[0].count("\n") for process in processes] == [61, 61, 61]
    facts = read_facts(path)

    assert len(facts) == 2 * 3 * 60
    assert [one.minutes for one in facts[::2]] == list(range(0, len(facts), 2))


def test_a_journal_held_by_another_command_gives_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with writing(path) as book:
        book.append([fact(1)])
        with (
            pytest.raises(JournalError, match=r"is held by another command; nothing was recorded"),
            writing(path, patience=0.05),
        ):
            pass

    assert read_facts(path) == (fact(1),)


@pytest.mark.parametrize("data", [b"not a database, and longer than a hundred bytes" * 9, b"notes"])
def test_a_file_that_is_no_journal_is_refused_and_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(data)
    with pytest.raises(JournalError, match="is not a journal"), writing(path):
        pass
    with pytest.raises(JournalError, match="is not a journal"):
        read_facts(path)

    assert path.read_bytes() == data


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE film (title TEXT)")
    with pytest.raises(JournalError, match="belongs to another program"), writing(path):
        pass


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(JournalError, match="is a folder"):
        read_facts(tmp_path / "journal.db")


def test_facts_can_be_neither_changed_nor_removed(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with writing(path) as book:
        book.append([fact(1)])
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("UPDATE fact SET minutes = 9", "DELETE FROM fact"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


def test_a_copy_is_kept_before_a_migration_and_a_failing_one_changes_nothing(
    tmp_path: Path,
) -> None:
    path, copy = tmp_path / "journal.db", tmp_path / f"journal.db.v{len(MIGRATIONS)}-backup"
    with writing(path) as book:
        book.append([fact(1)])
    broken = (
        *MIGRATIONS,
        ("ALTER TABLE fact ADD COLUMN mood TEXT", "ALTER TABLE nothing ADD COLUMN mood TEXT"),
    )
    with pytest.raises(JournalError), writing(path, broken):
        pass

    assert read_facts(path) == read_facts(copy) == (fact(1),)
    with writing(path, (*MIGRATIONS, broken[-1][:1])) as book:
        assert book.facts == (fact(1),)
    with pytest.raises(
        JournalError,
        match=f"is of version {len(MIGRATIONS) + 1}, and this program knows {len(MIGRATIONS)}",
    ):
        read_facts(path)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_journal_of_every_released_version_is_read_and_goes_on(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SPECIMENS / f"version-{version}.db", path)
    facts = read_lines(
        "specimen", (SPECIMENS / f"version-{version}.jsonl").read_text(encoding="utf-8")
    )
    assert read_facts(path) == facts
    with writing(path) as book:
        assert book.facts == facts
        book.append([fact(1)])

    assert read_facts(path) == (*facts, fact(1))


def test_a_full_disk_gives_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with writing(path) as book:
        book.append([fact(1)])
    limit = path.stat().st_size
    full = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )

    assert full.stdout.startswith(f"the journal '{path}' cannot ")
    assert "disk" in full.stdout
    assert full.stdout.endswith("; nothing was recorded\n")
    assert read_facts(path) == (fact(1),)
