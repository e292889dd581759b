"""Record scores of a reimplementation, with the verdict on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.disk.journal import writing
from curriculum.model.attempts import Attempt, Reading, Run, ScoreEntry, entry_text
from curriculum.model.journal import Scored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.runs import RunRead
from curriculum.model.verdicts import Verdict
from curriculum.progress.state import replay
from curriculum.reproduction.attempts import attempts_of, judged_of
from curriculum.reproduction.budgets import logged_budget
from curriculum.reproduction.case import Case
from curriculum.reproduction.claims import judge_claim
from curriculum.reproduction.looks import next_look
from curriculum.reproduction.my_runs import is_convertible
from curriculum.reproduction.papers import cases_of
from curriculum.services.comparisons import PaperAttempts, result_meant
from curriculum.services.errors import UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.run_logs import NoTagError
from curriculum.services.score_predictions import ScorePredictions, judge_by_score
from curriculum.services.score_request import ScoreRequest, scores_given
from curriculum.services.workspace import Workspace

_LARGEST_VALUE = 1e100


@dataclass(frozen=True, slots=True)
class RecordedScores:
    """What was recorded, the verdict after it, and the predictions that it decided."""

    entry: ScoreEntry
    case: Case
    verdict: Verdict
    predictions: ScorePredictions


@dataclass(frozen=True, slots=True)
class PreparedScores:
    """Scores that can be recorded.

    Attributes:
        paper: The paper, its results and the attempts at them.
        name: The result's id.
        full_name: The result as `PAPER#RESULT`.
        entry: What is recorded.
        runs_read: How each run was read; empty when the values were typed.
        budget: What must be said of how far the logs go.
    """

    paper: PaperAttempts
    name: str
    full_name: str
    entry: ScoreEntry
    runs_read: tuple[RunRead, ...]
    budget: tuple[str, ...]


def prepare_scores(workspace: Workspace, text: str, request: ScoreRequest) -> PreparedScores:
    """Return what would be recorded of the result that `PAPER#RESULT` names; record nothing.

    Raises:
        CurriculumError: A log cannot be read.
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result, or something is wrong with the request.
    """
    paper, name = result_meant(workspace, text)
    attempts = paper.attempts.get(name, ())
    last = None
    if request.paths and request.tag is None and request.pattern is None:
        last = _last_reading(attempts)
        if last is None:
            raise NoTagError(request.paths)
    given = scores_given(request, paper.results[name], last)
    full_name = f"{paper.work}#{name}"
    before = attempts[-1] if attempts else Attempt(result=full_name)
    result = paper.results[name]
    _check(before, given.entry, result)
    logged = logged_budget(result, before.after(given.entry))
    budget = () if logged is None else logged.remarks
    return PreparedScores(paper, name, full_name, given.entry, given.runs_read, budget)


def record_scores(workspace: Workspace, prepared: PreparedScores) -> RecordedScores:
    """Record scores, and judge the attempt with them.

    Raises:
        CurriculumError: The journal cannot be written.
        UsageError: Another command has recorded runs since that do not go with these.
    """
    return _record(workspace, prepared.paper, prepared.name, prepared.entry)


def score(workspace: Workspace, text: str, request: ScoreRequest) -> RecordedScores:
    """Record scores of the result that `PAPER#RESULT` names, and judge the attempt with them.

    Raises:
        CurriculumError: A log cannot be read, or the journal cannot be written.
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result, or something is wrong with the request.
    """
    return record_scores(workspace, prepare_scores(workspace, text, request))


def _last_reading(attempts: Sequence[Attempt]) -> Reading | None:
    """Return how values were read from logs the last time; None when they never were."""
    for attempt in reversed(attempts):
        if attempt.readings:
            return attempt.readings[-1]
    return None


def _record(
    workspace: Workspace, paper: PaperAttempts, name: str, entry: ScoreEntry
) -> RecordedScores:
    """Write the entry with the verdict after it, and return both."""
    result, full_name = paper.results[name], f"{paper.work}#{name}"
    writer = journal_writer(workspace)
    with writing(workspace.journal) as book:
        # Read again under the lock: another command may have recorded runs since.
        every = attempts_of(replay(book.facts, workspace.former_names).live)
        current = _current_attempts(paper, every)
        before = current.get(name, Attempt(result=full_name))
        _check(before, entry, result)
        current[name] = before.after(entry)
        cases = cases_of(paper.work, paper.results, current)
        verdict = judge_claim(cases[name], cases, paper.results)
        if _is_looked_at(cases[name], verdict, entry):
            entry = entry.model_copy(update={"judged": judged_of(verdict, result)})
        attempts = (*every.get(full_name, ()), current[name])
        judged, written = judge_by_score(writer, full_name, result, attempts)
        scored = Scored(**writer.stamp(), result=full_name, entry=entry_text(entry))
        book.append([scored, *written])
    return RecordedScores(entry, cases[name], verdict, judged)


def _current_attempts(
    paper: PaperAttempts, attempts: Mapping[str, tuple[Attempt, ...]]
) -> dict[str, Attempt]:
    """Return the current attempt at each result of a paper, by the result's id."""
    found = {}
    for name in paper.results:
        tried = attempts.get(f"{paper.work}#{name}")
        if tried:
            found[name] = tried[-1]
    return found


def _is_looked_at(case: Case, verdict: Verdict, entry: ScoreEntry) -> bool:
    """Return whether the verdict goes into the journal: runs were added, and a look is due."""
    if not entry.runs or verdict.mine is None:
        return False
    return next_look(case.attempt, verdict.mine.n) is None


def _check(before: Attempt, entry: ScoreEntry, result: Result) -> None:
    """Refuse what cannot be right.

    Raises:
        UsageError: It cannot.
    """
    if entry.new:
        before = Attempt(result=before.result)
    runs = (*before.runs, *entry.runs)
    is_declared = before.seeds is not None
    if entry.seeds is not None and (before.runs or is_declared):
        raise UsageError(
            "runs are declared before the first of them; start a new attempt with --new", "--seeds"
        )
    if not is_convertible(entry.unit, result.metric.unit):
        raise UsageError(f"the paper's unit is '{result.metric.unit}'", "--unit")
    _check_logs(runs)
    _check_values(runs)


def _check_values(runs: Sequence[Run]) -> None:
    """Refuse a mean beside other runs, and values too large to square.

    Raises:
        UsageError: There is one.
    """
    for run in runs:
        if run.of > 1 and len(runs) > 1:
            raise UsageError(
                "a mean of several runs stands alone; start a new attempt with --new", "--sd"
            )
        if run.value is not None and abs(run.value) > _LARGEST_VALUE:
            raise UsageError("value out of range (|x| > 1e100)", "VALUE")


def _check_logs(runs: Sequence[Run]) -> None:
    """Refuse a log that is counted twice; one log may hold several seeds.

    Raises:
        UsageError: One is.
    """
    seen = set()
    for run in runs:
        if run.sha256 is None:
            continue
        key = (run.sha256, run.seed)
        if key in seen:
            raise UsageError("one log is counted twice; each run is one seed", "--from")
        seen.add(key)
