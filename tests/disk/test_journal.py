"""The journal on the disk: nothing reported is lost, nothing foreign is touched."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.disk.journal import is_emptied, read_facts, writing
from curriculum.disk.journal_errors import JournalError
from curriculum.disk.migrations import MIGRATIONS
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Studied
from curriculum.model.problems import CurriculumError
from curriculum.progress.json_lines import read_lines
from tests.facts import any_fact, stamp
from tests.faults import Call, Fault, needs_tracing, run_with_fault
from tests.workspaces import run, workspace

SPECIMENS = Path(__file__).parents[1] / "cases/golden/journal"
FACTS = """
from datetime import UTC, datetime
from curriculum.model.journal import Studied
def halves(name, minutes):
    \"\"\"Return the two facts of a command.\"\"\"
    at = datetime(2027, 1, 4, tzinfo=UTC)
    for half in (1, 2):
        yield Studied(id=f"{name}-{half}", command=name, at=at, zone="UTC", unit="sums/1", minutes=minutes)
"""

WRITER = f"""{FACTS}
import sys
from pathlib import Path
from curriculum.disk.journal import writing
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    with writing(path) as journal:
        journal.append(halves(f"{{name}}-{{number}}", len(journal.facts)))
    print(f"{{name}}-{{number}}", flush=True)
"""

ROUNDS, REPORTED = 200, 100

# Rounds go on until enough commands have reported: a loaded machine may need more than a child has time for at first.
KILLER = f"""{FACTS}
import os, random, signal, sys, time
from pathlib import Path
from curriculum.disk.journal import writing
path, reports, rng = Path(sys.argv[1]), Path(sys.argv[2]), random.Random(7)
out = os.open(reports, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
round_ = 0
while round_ < {ROUNDS} or reports.read_text().count("\\n") <= {REPORTED}:
    child = os.fork()
    if not child:
        for number in range(10_000):
            name = f"{{round_}}-{{number}}"
            with writing(path) as journal:
                journal.append(halves(name, 1))
            os.write(out, f"{{name}}\\n".encode())
    time.sleep(rng.uniform(0, 0.03) * (1 + round_ // {ROUNDS}))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "a child failed"
    round_ += 1
"""

FULL = f"""{FACTS}
import signal, sys
from pathlib import Path
from curriculum.disk.journal import writing
from curriculum.disk.journal_errors import JournalError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with writing(Path(sys.argv[1])) as journal:
        for number in range(2_500):
            journal.append(halves(str(number), 1))
except JournalError as error:
    print(error)
"""


def fact(number: int = 1) -> Fact:
    """Return a fact."""
    return Studied(**stamp(number, zone="Europe/Berlin"), unit=UnitId("sums/1"), minutes=number)


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
        with writing(path) as journal:
            journal.append([one])

    assert read_facts(path) == tuple(facts)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "journal.db") == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_raised_while_writing_takes_everything_back(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"

    def stumble() -> None:
        with writing(path) as journal:
            journal.append([fact(1)])
            raise KeyError

    with pytest.raises(KeyError):
        stumble()

    assert read_facts(path) == ()


def test_a_kill_at_any_instant_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    """Processes that record are killed two hundred times; what a killed command did is all there or not at all."""
    path = tmp_path / "journal.db"
    reports = tmp_path / "reports"
    subprocess.run([sys.executable, "-c", KILLER, str(path), str(reports)], check=True)
    reported = set(reports.read_text(encoding="utf-8").split())
    commands = Counter(one.command for one in read_facts(path))

    assert len(reported) > REPORTED
    assert reported <= set(commands)
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
    assert [one.minutes for one in facts[::2] if isinstance(one, Studied)] == list(
        range(0, len(facts), 2)
    )


def test_a_journal_held_by_another_command_gives_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with writing(path) as journal:
        journal.append([fact(1)])
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
    with writing(path) as journal:
        journal.append([fact(1)])
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("UPDATE fact SET payload = ''", "DELETE FROM fact"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


def test_a_copy_is_kept_before_a_migration_and_a_failing_one_changes_nothing(
    tmp_path: Path,
) -> None:
    path, copy = tmp_path / "journal.db", tmp_path / f"journal.db.v{len(MIGRATIONS)}-backup"
    with writing(path) as journal:
        journal.append([fact(1)])
    broken = (
        *MIGRATIONS,
        ("ALTER TABLE fact ADD COLUMN mood TEXT", "ALTER TABLE nothing ADD COLUMN mood TEXT"),
    )
    with pytest.raises(JournalError), writing(path, broken):
        pass

    assert read_facts(path) == read_facts(copy) == (fact(1),)
    with writing(path, (*MIGRATIONS, broken[-1][:1])) as journal:
        assert journal.facts == (fact(1),)
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
    with writing(path) as journal:
        assert journal.facts == facts
        journal.append([fact(1)])

    assert read_facts(path) == (*facts, fact(1))


def stored(path: Path, kind: str, payload: str) -> None:
    """Store a fact as another version of the program might."""
    with closing(sqlite3.connect(path)) as connection, connection:
        row = ("x", "y", 0, "UTC", kind, payload)
        connection.execute(
            "INSERT INTO fact (id, command, at, zone, kind, payload) VALUES (?, ?, ?, ?, ?, ?)", row
        )


@pytest.mark.parametrize(
    ("kind", "payload", "fault"),
    [
        ("danced", '{"unit": "sums/1"}', "a fact of the kind 'danced' needs a newer version of"),
        ("studied", '{"unit": "sums/1"}', "the fact 'x' is damaged ('minutes' is missing)"),
        ("skipped", '{"unit": "sums/1", "mood": 1}', "'mood' is not a key of a fact 'skipped'"),
        ("skipped", '{"unit": "sums', "the fact 'x' is damaged (Unterminated string"),
        ("skipped", "{}, {}", "the fact 'x' is damaged (Extra data"),
        ("skipped", "3", "the fact 'x' is damaged (it is not a JSON object)"),
    ],
)
def test_a_fact_that_cannot_be_read_stops_with_one_clear_line(
    tmp_path: Path, kind: str, payload: str, fault: str
) -> None:
    """A kind that a newer version records must not be taken for another one: it could reopen a unit."""
    path = tmp_path / "journal.db"
    with writing(path) as journal:
        journal.append([fact(1)])
    stored(path, kind, payload)

    for attempt in (lambda: read_facts(path), lambda: writing(path).__enter__()):
        with pytest.raises(JournalError, match=re.escape(fault)) as error:
            attempt()
        assert "\n" not in str(error.value)
    result = run(workspace(tmp_path), "today")
    assert (result.exit_code, result.stdout) == (1, "")
    assert fault in result.stderr


def test_minutes_that_an_imported_line_did_not_name_are_none_after_the_migration(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SPECIMENS / "version-3.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO fact (id, command, kind, at, zone, unit) VALUES ('i', 'c', 'studied', 0, 'UTC', 'a/1')"
        )

    last = read_facts(path)[-1]

    assert isinstance(last, Studied)
    assert last.minutes == 0


def test_reading_an_older_journal_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SPECIMENS / "version-1.db", path)
    before = path.read_bytes()

    read_facts(path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_gives_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with writing(path) as journal:
        journal.append([fact(1)])
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


def record_or_say(path: Path) -> None:
    """Record a fact; print what is said when that fails."""
    try:
        with writing(path, patience=0.1) as journal:
            journal.append([fact(2)])
    except CurriculumError as problem:
        print(problem)


def refusing(path: Path, fails: Callable[[Call], bool], error: int, *, stays: bool = False) -> str:
    """Record a fact while the first call that one looks for is refused, and return what is said."""

    def record() -> None:
        record_or_say(path)

    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    calls = run_with_fault(record, path.parent, None).calls
    shutil.move(copy, path)
    at = next(number for number, call in reversed([*enumerate(calls)]) if fails(call))
    return run_with_fault(record, path.parent, Fault(at, error, stays)).output


def is_sync_of_folder(call: Call) -> bool:
    return (call.name, call.file) == ("fdatasync", "")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal that holds a fact."""
    path = tmp_path / "journal.db"
    with writing(path) as book:
        book.append([fact(1)])
    return path


@needs_tracing
def test_what_was_recorded_is_not_denied_when_the_disk_fails_after_it(journal: Path) -> None:
    """The folder is synced when all is done: told to do it again, a person would record it twice."""
    said = refusing(journal, is_sync_of_folder, errno.EIO)

    assert read_facts(journal) == (fact(1), fact(2))
    assert said == (
        f"the journal '{journal}' cannot be written: the disk gives an error or is full; everything "
        "was recorded all the same, but a power failure could take it away: look after the disk\n"
    )


@needs_tracing
def test_a_disk_that_fills_up_is_named_although_sqlite_takes_everything_back_itself(
    journal: Path,
) -> None:
    said = refusing(
        journal, lambda call: call == ("pwrite64", "/journal.db-journal", True), errno.ENOSPC
    )

    assert said.endswith("cannot grow, because the disk is full; nothing was recorded\n")
    assert read_facts(journal) == (fact(1),)


@needs_tracing
def test_a_disk_without_locks_is_not_called_another_command(journal: Path) -> None:
    """As on NFS without its lock daemon: every lock of a part of a file fails."""
    fault = Fault(0, errno.ENOLCK, only="fcntl")
    said = run_with_fault(lambda: record_or_say(journal), journal.parent, fault).output
    assert said == (
        f"the journal '{journal}' cannot be locked: its disk, perhaps a network disk, does not have "
        "locks; nothing was recorded\n"
    )


@needs_tracing
@pytest.mark.parametrize("name", ["pwrite64", "openat", "rename", "write", "fsync"])
def test_the_first_command_never_leaves_an_empty_journal(tmp_path: Path, name: str) -> None:
    """An empty one looks like a journal that was lost, and is refused."""
    path = tmp_path / "journal.db"

    def record() -> None:
        with writing(path) as book:
            book.append([fact(1)])

    calls = run_with_fault(record, tmp_path, None).calls
    for at in [number for number, call in enumerate(calls) if call.name == name]:
        path.unlink(missing_ok=True)
        run_with_fault(record, tmp_path, Fault(at))
        assert not is_emptied(path), calls[at]
        assert read_facts(path) in ((), (fact(1),))


def test_the_copy_before_a_migration_is_read_by_whoever_may_read_the_journal(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SPECIMENS / "version-1.db", path)
    path.chmod(0o600)
    with writing(path):
        pass

    assert (tmp_path / "journal.db.v1-backup").stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "journal.db",
        "journal.db.v1-backup",
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator gives files away")
def test_a_journal_that_root_begins_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 1234, 1234)
    with writing(tmp_path / "journal.db") as book:
        book.append([fact(1)])

    assert (tmp_path / "journal.db").stat().st_uid == 1234


@needs_tracing
@pytest.mark.parametrize("at", range(4))
def test_a_journal_that_cannot_even_be_looked_at_is_named(journal: Path, at: int) -> None:
    def read() -> None:
        try:
            read_facts(journal)
        except CurriculumError as problem:
            print(problem)

    found = run_with_fault(read, journal.parent, Fault(at, errno.EIO), looks=True)
    assert found.output == f"cannot read '{journal}': the disk gives an error\n"
