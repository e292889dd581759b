"""Whatever call to the file system is killed or refused, nothing is lost, nothing untrue is said, and the next plan comes to rest.

The deep profile goes through every call of every command that writes; otherwise a few calls of each are drawn.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import pytest

from curriculum.cli.app import main
from curriculum.disk.journal import read_facts
from curriculum.disk.vdirs import VDIR_RECORD
from curriculum.progress.fact_json import payload
from tests.faults import Call, Fault, Outcome, faults_of, needs_tracing, run_with_fault
from tests.profiles import IS_DEEP
from tests.workspaces import SCORED_ESSAY, run, workspace

pytestmark = needs_tracing

DRAWN = 2
"""How many faults of a command are tried outside the deep profile; of one that records as others do, one."""
MONDAY, TUESDAY = "2027-01-04", "2027-01-05"
LEFTOVER = re.compile(r"\..+\.[^.]+\.tmp|.*-journal|.*-backup\.tmp")
JOURNALS = Path(__file__).parents[1] / "cases/golden/journal"


SETTLED: dict[str, str | None] = {}
"""What is wrong with the next commands, by what a workspace holds."""


class State(NamedTuple):
    """What a workspace holds: the facts without their random names, and all other files."""

    facts: tuple[str, ...]
    files: dict[str, bytes]


@dataclass
class Scenario:
    """A command that writes, and what was done before it.

    Attributes:
        words: The command; `ROOT` stands for the workspace.
        before: Commands that were run the day before, and then those of the day.
        records: Whether it records facts, so that it is not simply run again.
        repeats: Whether it may be run again without recording anything twice.
        bare: Whether there is no workspace before.
        then: The next command, which comes to rest.
    """

    words: str
    before: Sequence[str] = ("plan", "log sums/1 20m", "today")
    records: bool = False
    repeats: bool = False
    bare: bool = False
    then: str = "plan"

    @property
    def original(self) -> Path:
        """The workspace before the command."""
        return prepared(tuple(self.before), bare=self.bare)

    @cached_property
    def before_it(self) -> State:
        """What is there before the command."""
        return state_of(self.original)

    @cached_property
    def whole(self) -> tuple[Outcome, State]:
        """The command without a fault, and what is there afterwards."""
        with copied(self.original) as root:
            outcome = self.faulty(root, None)
            return outcome, state_of(root)

    def faulty(self, root: Path, fault: Fault | None) -> Outcome:
        """Run the command with a fault."""
        words = self.words.replace("ROOT", str(root)).split()
        arguments = ["--workspace", str(root), "--today", TUESDAY, *words]
        return run_with_fault(lambda: main(arguments), root, fault)

    def complaint(self, fault: Fault) -> str | None:
        """Return what is wrong after a fault; None when nothing is."""
        assert self.whole[0].status == 0, self.whole[0].output
        with copied(self.original) as root:
            outcome = self.faulty(root, fault)
            try:
                found = state_of(root)
            except Exception as error:
                return f"cannot be read afterwards: {error!r}"
            wrong = (
                self.said_wrong(outcome, found)
                or self.lost(outcome, found, fault)
                or self.restless(root, found)
            )
        if wrong is None:
            return None
        call = outcome.calls[fault.at] if fault.at < len(outcome.calls) else None
        return f"{self.words}: {fault} {call}: {wrong}\n{outcome.output}"

    def said_wrong(self, outcome: Outcome, found: State) -> str | None:
        """Return what the command said or did wrongly by itself."""
        if outcome.status < 0:
            return None
        if outcome.crashed or "Traceback" in outcome.output:
            return "a traceback"
        if outcome.status not in (0, 1, 2):
            return f"exit status {outcome.status}"
        if outcome.status and not outcome.output:
            return "no word"
        whole = self.whole[1]
        if outcome.status == 0 and found != whole:
            return f"false success: {differing(found, whole)}"
        if "nothing was recorded" in outcome.output and found.facts != self.before_it.facts:
            return "false 'nothing was recorded'"
        is_recorded = found.facts != self.before_it.facts
        is_said = "recorded all the same" in outcome.output or "it is not known" in outcome.output
        if outcome.status and is_recorded and not is_said:
            return "recorded without a word"
        return None

    def lost(self, outcome: Outcome, found: State, fault: Fault) -> str | None:
        """Return what was lost or torn."""
        before, whole = self.before_it, self.whole[1]
        if found.facts not in (before.facts, whole.facts):
            return f"facts torn: {found.facts}"
        for name in {*before.files, *found.files, *whole.files}:
            data = found.files.get(name)
            if LEFTOVER.fullmatch(Path(name).name):
                # On a disk that cannot be written any more, nothing can be removed either.
                if outcome.status >= 0 and not fault.stays:
                    return f"left behind: {name}"
            elif Path(name).name == VDIR_RECORD:
                # What is known of a vdir is remembered on the way.
                json.loads(data or b"{}")
            elif data not in (before.files.get(name), whole.files.get(name)):
                return f"torn: {name}"
        return None

    def restless(self, root: Path, found: State) -> str | None:
        """Return what is wrong with the next commands; workspaces that hold the same are tried once."""
        again = self.words if self.repeats or not self.records else ""
        key = repr((again, found.facts, sorted(found.files.items())))
        if key not in SETTLED:
            SETTLED[key] = self._restless(root)
        return SETTLED[key]

    def _restless(self, root: Path) -> str | None:
        again = [] if self.records and not self.repeats else [self.words]
        for words in (*again, self.then):
            if fault := said(root, words):
                return fault
            if self.repeats and state_of(root).facts != self.whole[1].facts:
                return "not all is recorded, or something twice"
        once = state_of(root)
        if fault := said(root, self.then):
            return fault
        twice = state_of(root)
        if once != twice:
            return f"no rest: {differing(once, twice)}"
        # SQLite removes its own file when the journal is written the next time.
        if not self.bare and (fault := said(root, "log sums/2 1m")):
            return fault
        left = [name for name in state_of(root).files if LEFTOVER.fullmatch(Path(name).name)]
        if left:
            return f"left for ever: {left}"
        return None


def said(root: Path, words: str, today: str = TUESDAY) -> str | None:
    """Run a command; return what it said when it failed."""
    result = run(root, *words.replace("ROOT", str(root)).split(), today=today)
    return f"'{words}' fails: {result.output}" if result.exit_code else None


@cache
def prepared(before: Sequence[str], *, bare: bool) -> Path:
    """Return a workspace in which some commands were run, for all that begin with it."""
    root = Path(mkdtemp(prefix="faults-")) / "work"
    atexit.register(shutil.rmtree, root.parent, ignore_errors=True)
    if bare:
        root.mkdir()
        return root
    workspace(root, essay=SCORED_ESSAY)
    (root / "kept").mkdir()
    for words in before:
        if words == "old journal":
            shutil.copy(JOURNALS / "version-1.db", root / "journal.db")
        elif words == "other journal":
            shutil.copy(root / "journal.db", root / "kept/theirs.db")
            said(root, "journal export ROOT/kept/theirs.jsonl", MONDAY)
            shutil.copy(root / "journal.db", root / "kept/ours.db")
        elif words == "begun again":
            (root / "journal.db").unlink()
        elif words == "deleted in the vdir":
            next((root / "vdir/papers").glob("attention_read-2.*")).unlink()
        elif words.startswith("tuesday "):
            assert not said(root, words.removeprefix("tuesday ")), words
        else:
            assert not said(root, words, MONDAY), words
    return root


@contextmanager
def copied(original: Path) -> Iterator[Path]:
    """Yield a copy of a workspace that goes away, always at the same path, which the ledger may hold."""
    root = original.parent / "copy"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(original, root, symlinks=True)
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def state_of(root: Path) -> State:
    """Return what a workspace holds; reading a journal takes back what a killed command left in it."""
    facts = facts_in(root / "journal.db")
    files: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            files[f"{name}/"] = b""
        elif path.suffix == ".db" or path.name.endswith("-backup"):
            files[name] = "\n".join(facts_in(path)).encode() if name != "journal.db" else b""
        elif path.name.endswith(".jsonl"):
            files[name] = b"%d" % len(path.read_bytes())
        else:
            files[re.sub(r"\.[^.]+\.tmp$", ".x.tmp", name)] = path.read_bytes()
    return State(facts, files)


def facts_in(path: Path) -> tuple[str, ...]:
    """Return the facts of a journal without their random names."""
    return tuple(f"{fact.kind} {without_names(payload(fact))}" for fact in read_facts(path))


def without_names(value: Any) -> Any:
    """Return a payload without what differs from run to run."""
    return {key: each for key, each in value.items() if key not in ("target", "timer")}


def differing(one: State, other: State) -> str:
    """Return the names of what differs."""
    names = [
        name
        for name in sorted({*one.files, *other.files})
        if one.files.get(name) != other.files.get(name)
    ]
    return f"{names} {'facts' * (one.facts != other.facts)}"


RECORDING = [
    Scenario(words, records=True)
    for words in (
        "log sums/1 30m",
        "done",
        "done sums/1 --took 2h",
        "missed",
        "left sums/2 1h",
        "start sums/1",
        "skip counting/read",
        "undo",
        "done counting/read",
        "score counting#r 1.1 0.9",
        "pin 2027-01-06T19:00 --at 2027-01-09T10:00",
    )
]
AFTER_OTHERS = [
    Scenario("stop", ("plan", "tuesday start sums/1"), records=True),
    Scenario("reopen sums/1", ("plan", "done sums/1"), records=True),
    Scenario(
        "unpin 2027-01-09T10:00",
        ("plan", "tuesday pin 2027-01-06T19:00 --at 2027-01-09T10:00"),
        records=True,
    ),
    Scenario("log sums/1 30m", ("plan",), records=True),
    Scenario("log sums/1 30m", ("old journal",), records=True),
    Scenario(
        "journal import ROOT/kept/theirs.jsonl",
        ("plan", "log sums/1 10m", "other journal", "begun again", "log sums/2 5m"),
        records=True,
        repeats=True,
    ),
    Scenario(
        "pull --vdir ROOT/vdir",
        ("plan --vdir ROOT/vdir", "deleted in the vdir"),
        records=True,
        repeats=True,
    ),
    Scenario(
        "journal merge ROOT/kept/ours.db ROOT/kept/ours.db ROOT/journal.db",
        ("plan", "log sums/1 10m", "other journal", "log sums/2 10m"),
    ),
]
PUBLISHING = [
    Scenario("init", bare=True, then="check"),
    Scenario("plan", before=()),
    Scenario("plan"),
    Scenario("plan --vdir ROOT/vdir"),
    Scenario("plan --vdir ROOT/vdir", ("plan --vdir ROOT/vdir", "done sums/1")),
    Scenario("plan --undo", ("plan", "log sums/1 20m", "plan")),
    Scenario("calendar --output ROOT/out --tombstones"),
    Scenario("journal export ROOT/kept/facts.jsonl"),
]
NOTED = "note next: rerun it --at 9:40"
PRACTICE = [
    Scenario("note finding: it works --at 9:50", (NOTED,), records=True, then="followups"),
    Scenario("note --attach ROOT/syllabi/curriculum.yaml", (NOTED,), records=True, then="notebook"),
    Scenario("idea One critic", ("plan",), records=True, then="ideas"),
    Scenario("idea drop one --why slow", ("idea One critic",), records=True, then="ideas"),
    Scenario("followups", (NOTED, "note next: again --at 9:50"), records=True),
    Scenario(
        "review --no-edit",
        (NOTED, "log sums/1 20m", "followups"),
        then="review --refresh --no-edit",
    ),
    Scenario("undo", (NOTED, "tuesday idea One critic"), records=True, then="ideas"),
]
SCENARIOS = [*RECORDING, *AFTER_OTHERS, *PUBLISHING, *PRACTICE]
ALIKE = ("done sums/1 --took 2h", "left sums/2 1h", "start sums/1", "skip counting/read", "missed")
"""Commands that record as others do: they are left to the deep profile."""
TRIED = [
    number for number, scenario in enumerate(SCENARIOS) if IS_DEEP or scenario.words not in ALIKE
]


def drawn(
    faults: Sequence[Fault], calls: Sequence[Call], number: int, count: int
) -> Iterator[Fault]:
    """Yield a few of the faults, all of calls that write, and others for each command."""
    writing = [fault for fault in faults if calls[fault.at].writes]
    step = len(writing) // count
    for place in range(count):
        yield writing[(place * step + number * 31) % len(writing)]


@pytest.mark.parametrize("number", TRIED)
def test_a_call_that_is_killed_or_refused_loses_nothing_and_nothing_untrue_is_said(
    number: int,
) -> None:
    scenario = SCENARIOS[number]
    calls = scenario.whole[0].calls
    faults = list(faults_of(calls))
    count = 1 if number < len(RECORDING) else DRAWN
    chosen = faults if IS_DEEP else drawn(faults, calls, number, count)
    complaints = [scenario.complaint(fault) for fault in chosen]
    assert [each for each in complaints if each] == []
