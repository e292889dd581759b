"""Record what a change gained and cost, and list the changes with their places among the others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from curriculum.disk.repositories import CodeDiff, RepositoryError, diff_of
from curriculum.disk.runs import paths_matching
from curriculum.disk.texts import files_below, shown_text
from curriculum.model.ablations import Ablation, Cost
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.suggestions import suggestion
from curriculum.practice.ablation_table import (
    ABLATIONS,
    AblationTable,
    project_of,
    read_table,
    table_file,
    with_ablation,
)
from curriculum.practice.changed_lines import CountedChange, changed_files, counted_change
from curriculum.practice.ideas import new_idea_name
from curriculum.practice.user_text import TextChange, applied
from curriculum.reproduction.frontier import JudgedChange, judge_changes
from curriculum.reproduction.gains import Yardstick, gain_of, summary_of, yardstick_of
from curriculum.services.comparisons import PaperAttempts, result_meant
from curriculum.services.errors import UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.run_logs import NoTagError
from curriculum.services.score_request import ScoreRequest, scores_given
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts

_LARGEST_VALUE = 1e100


@dataclass(frozen=True, slots=True)
class AblationRequest:
    """What a person says of a change.

    Attributes:
        change: What was changed.
        of: What was measured: a published result as `PAPER#RESULT`, or a task in their own words.
        before: The runs without it, as typed.
        after: The runs with it, as typed.
        logs: Logs to read runs from, as `a=PATTERN` for those without it and `b=PATTERN`.
        tag: The quantity to read from them; None for that of the last time.
        x: The column to take for x.
        git: A repository and two commits, as `main..clip`; None where lines are given.
        lines: Lines added and removed, where they are typed.
        knobs: How many knobs more there are; None for those that are counted, or none.
        project: The table it goes to; None for one called after what was measured.
        name: What it is called; None for a name made of its words.
        parent: The change on which it builds.
        kept: Whether it was kept; None while that is open.
        why: Why.
        is_lower: Whether less is better, of a task in the person's own words.
    """

    change: str
    of: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    tag: str | None = None
    x: str | None = None
    git: tuple[str, str] | None = None
    lines: tuple[int, int] | None = None
    knobs: int | None = None
    project: str | None = None
    name: str | None = None
    parent: str | None = None
    kept: bool | None = None
    why: str | None = None
    is_lower: bool = False


@dataclass(frozen=True, slots=True)
class AblationMade:
    """A change as it was recorded.

    Attributes:
        ablation: The change.
        file: The table it went to.
        facts: What was recorded.
        counted: How its lines were counted; None where they were typed.
        diff: The commits between which it was made; None likewise.
        notes: What was noticed on reading the logs.
    """

    ablation: Ablation
    file: str
    facts: tuple[Fact, ...]
    counted: CountedChange | None = None
    diff: CodeDiff | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was measured, and the runs on both sides."""

    on: str
    yardstick: Yardstick
    before: Sequence[float]
    after: Sequence[float]
    notes: tuple[str, ...] = field(default=())


class TableEditError(CurriculumError):
    """A table that is written in a way in which nothing can be added."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file."""
        super().__init__(f"nothing can be added to '{file}'; 'curriculum check' says why")


def record_ablation(workspace: Workspace, request: AblationRequest) -> AblationMade:
    """Write a change into the table of its project.

    Raises:
        UsageError: Something of the request is missing or cannot be meant.
        TableEditError: The table is written in a way in which nothing can be added.
        CurriculumError: A log, the table or the journal cannot be read or written.
    """
    if not request.change.strip():
        raise UsageError("say what was changed", "CHANGE")
    measured = _measured(workspace, request)
    diff, counted = _counted(request)
    cost = _cost(request, counted)
    file = table_file(_project(request, measured.on))
    written: list[Ablation] = []

    def edit(text: str) -> list[TextChange]:
        table = read_table(file, text)
        one = _ablation(workspace, request, measured, cost, table)
        written[:] = [one]
        change = with_ablation(table, one)
        after = read_table(file, applied(text, change))
        if len(after.rows) != len(table.rows) + 1:
            raise TableEditError(file)
        return [change]

    facts = write_texts(journal_writer(workspace), {file: edit})
    return AblationMade(written[0], file, facts, counted, diff, measured.notes)


def _ablation(
    workspace: Workspace,
    request: AblationRequest,
    measured: _Measured,
    cost: Cost,
    table: AblationTable,
) -> Ablation:
    names = {row.ablation.id for row in table.rows}
    if request.parent is not None and request.parent not in names:
        hint = suggestion(
            request.parent, names, f"see 'curriculum ablations {project_of(table.file)}'"
        )
        message = f"'{table.file}' has no change '{request.parent}'; {hint}"
        raise UsageError(message, "--on-top-of")
    if request.name is not None and request.name in names:
        raise UsageError(f"'{table.file}' has a change '{request.name}' already", "--id")
    return Ablation(
        day=workspace.today,
        id=new_idea_name(request.name or request.change, names),
        on=measured.on,
        change=" ".join(request.change.split()),
        cost=cost,
        before=summary_of(measured.before),
        after=summary_of(measured.after),
        gain=gain_of(measured.before, measured.after, measured.yardstick),
        kept=request.kept,
        why=request.why,
        parent=request.parent,
    )


def _project(request: AblationRequest, on: str) -> str:
    """Return the project: the one that is named, or the result or the task that was measured."""
    wanted = request.project or on.rpartition("#")[2]
    name = new_idea_name(wanted, ())
    if request.project is not None and name != request.project:
        raise UsageError(f"write '{request.project}' as '{name}'", "--project")
    return name


def _measured(workspace: Workspace, request: AblationRequest) -> _Measured:
    if "#" in request.of:
        paper, name = result_meant(workspace, request.of)
        if request.is_lower:
            raise UsageError("a published result says itself which way is better", "--lower")
        yardstick = yardstick_of(paper.results[name].metric)
        on = f"{paper.work}#{name}"
        if request.logs:
            return _from_logs(request, paper, name, _Measured(on, yardstick, (), ()))
    else:
        yardstick = Yardstick("lower" if request.is_lower else "higher")
        on = " ".join(request.of.split())
        if not on:
            raise UsageError("say what was measured", "--of")
        if request.logs:
            raise UsageError("logs are read by a published result's rule: name one", "--of")
    before = _values(request.before, "--before")
    return _Measured(on, yardstick, before, _values(request.after, "--after"))


def _values(words: Sequence[str], option: str) -> list[float]:
    if not words:
        raise UsageError("give the runs, one number each, or read them with '--from'", option)
    found: list[float] = []
    for word in words:
        try:
            value = float(word)
        except ValueError:
            raise UsageError(f"'{word}' is not a number", option) from None
        if not math.isfinite(value) or abs(value) > _LARGEST_VALUE:
            message = f"'{word}' cannot be averaged; leave out a run that diverged, and say so"
            raise UsageError(message, option)
        found.append(value)
    return found


def _from_logs(
    request: AblationRequest, paper: PaperAttempts, name: str, measured: _Measured
) -> _Measured:
    """Return the runs that logs hold, read as `score` reads them."""
    if request.before or request.after:
        raise UsageError("give the runs, or read them '--from' logs, but not both", "--from")
    arms: dict[str, list[float]] = {}
    notes: list[str] = []
    for side, paths in _paths(request.logs).items():
        values, noticed = _arm(request, paper, name, paths)
        arms[side] = values
        notes += noticed
    return _Measured(measured.on, measured.yardstick, arms["a"], arms["b"], tuple(notes))


def _paths(logs: Sequence[str]) -> dict[str, list[Path]]:
    """Return the logs of both sides, from `a=PATTERN` and `b=PATTERN`."""
    found: dict[str, list[Path]] = {"a": [], "b": []}
    side = ""
    for word in logs:
        name, mark, pattern = word.partition("=")
        if mark and name in found:
            side = name
        else:
            pattern = word
        if not side:
            message = f"'{word}' is of no side; write 'a=runs/base-* b=runs/clip-*'"
            raise UsageError(message, "--from")
        found[side] += _matching(pattern)
    for name, paths in found.items():
        if not paths:
            raise UsageError(f"there is no '{name}=PATH'; 'a' is without it, 'b' with it", "--from")
    return found


def _matching(pattern: str) -> list[Path]:
    """Return what a pattern finds, in order; the shell leaves one behind 'a=' as it is."""
    paths = paths_matching(Path(pattern).expanduser())
    if not paths:
        raise UsageError(f"there is no '{pattern}'", "--from")
    return list(paths)


def _arm(
    request: AblationRequest, paper: PaperAttempts, name: str, paths: Sequence[Path]
) -> tuple[list[float], list[str]]:
    """Return the numbers of the runs of one side, and what was noticed on reading them."""
    wanted = ScoreRequest(paths=tuple(paths), tag=request.tag, x=request.x)
    last = None
    if request.tag is None:
        readings = [one for attempt in paper.attempts.get(name, ()) for one in attempt.readings]
        if not readings:
            raise NoTagError(paths)
        last = readings[-1]
    given = scores_given(wanted, paper.results[name], last)
    values = [run.value for run in given.entry.runs if run.value is not None]
    if len(values) < len(given.entry.runs):
        raise UsageError("a run came to no number; leave it out, and say so with '--why'", "--from")
    notes = given.entry.reading.notes if given.entry.reading is not None else ()
    shown = [f"{run.place}: {run.rule} {run.value:.7g}" for run in given.runs_read]
    return values, [*shown, *notes]


def _counted(
    request: AblationRequest,
) -> tuple[CodeDiff | None, CountedChange | None]:
    """Return what changed in a repository, and what that costs; None where lines are typed."""
    if request.git is None:
        if request.lines is None:
            raise UsageError("say what it costs: '--git REPOSITORY main..clip', or '--lines 2'")
        return None, None
    if request.lines is not None:
        raise UsageError("lines are counted by '--git'; leave one of both out", "--lines")
    path, span = request.git
    try:
        diff = diff_of(Path(path).expanduser(), span)
    except RepositoryError as error:
        raise UsageError(f"'{path}': {error}", "--git") from error
    return diff, counted_change(changed_files(diff.names, diff.patch))


def _cost(request: AblationRequest, counted: CountedChange | None) -> Cost:
    if counted is None:
        assert request.lines is not None, "one of both is given"
        return Cost(*request.lines, request.knobs or 0)
    if request.knobs is None:
        return counted.cost
    return Cost(counted.cost.added, counted.cost.removed, request.knobs)


def ablation_tables(snapshot: Snapshot) -> tuple[AblationTable, ...]:
    """Return every table of changes, by name, with what is wrong with it.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    files = (file for file in files_below(root, ABLATIONS, ".tsv") if project_of(file))
    return tuple(read_table(file, shown_text(root, file)) for file in files)


def ablation_problems(tables: Iterable[AblationTable]) -> Iterator[Problem]:
    """Yield what is wrong with tables of changes."""
    for table in tables:
        yield from table.problems


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """A table with the places of its changes among each other."""

    table: AblationTable
    changes: tuple[JudgedChange, ...]


def judged_tables(snapshot: Snapshot, project: str | None = None) -> tuple[JudgedTable, ...]:
    """Return the tables of a project, or of all, judged.

    Raises:
        UsageError: There is no such project.
        CurriculumError: A file cannot be read.
    """
    tables = ablation_tables(snapshot)
    if project is not None:
        tables = (_table_meant(tables, project),)
    return tuple(_judged(snapshot, table) for table in tables)


def _table_meant(tables: Sequence[AblationTable], project: str) -> AblationTable:
    named = {project_of(table.file) or "": table for table in tables}
    names = [project] if project in named else [one for one in named if one.startswith(project)]
    if len(names) == 1:
        return named[names[0]]
    hint = suggestion(project, named, "'curriculum ablations' lists all")
    if names:
        hint = f"it may be {' or '.join(names)}"
    raise UsageError(f"no project is called '{project}'; {hint}", "PROJECT")


def _judged(snapshot: Snapshot, table: AblationTable) -> JudgedTable:
    changes = [row.ablation for row in table.rows]
    return JudgedTable(table, judge_changes(changes, snapshot.settings.worth))
