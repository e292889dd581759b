"""Add published results to the syllabus of a paper of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.disk.texts import workspace_text
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError, Severity
from curriculum.model.works import Paper
from curriculum.practice.user_text import TextChange, appended, applied, file_lines, with_lines
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace, require_no_errors
from curriculum.services.written_texts import write_texts
from curriculum.syllabus.importers.result_rows import (
    ResultRow,
    ResultRowError,
    completed,
    likely_fields,
    result_lines,
)
from curriculum.syllabus.importers.result_text import fields_of, results_block
from curriculum.syllabus.works import read_work


class ResultsShapeError(CurriculumError):
    """A syllabus whose results are written in a way in which none can be added."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file."""
        super().__init__(
            f"'{file}' does not hold 'results:' on a line of its own; write the results as a list "
            "below it first"
        )


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper of the workspace to which results are added.

    Attributes:
        name: Its name.
        file: Its path in the workspace.
        taken: The ids of the results that it has.
        offered: What its next result is likely to say.
    """

    name: str
    file: str
    taken: frozenset[str]
    offered: ResultRow


@dataclass(frozen=True, slots=True)
class ResultsAdded:
    """Results that were added.

    Attributes:
        paper: The name of the paper.
        file: Its path in the workspace.
        ids: The ids of the results.
        lines: What was written.
        guesses: How many lines hold a guess.
        facts: What the journal holds of it; none when nothing was written.
    """

    paper: str
    file: str
    ids: tuple[str, ...]
    lines: tuple[str, ...]
    guesses: int
    facts: tuple[Fact, ...] = ()


def own_paper(workspace: Workspace, name: str) -> OwnPaper:
    """Return the paper of the workspace that a name means.

    Raises:
        UsageError: There is no such paper, or it is built in.
        ProblemsError: A file has an error.
    """
    workspace.require_sound()
    found = name_meant(name, workspace, "PAPER").partition("/")[0]
    library = workspace.library
    paper = library.works[found]
    if not isinstance(paper, Paper):
        raise UsageError(f"'{found}' is a {paper.kind}; only papers publish results", "PAPER")
    if found not in library.own:
        copy = f"'curriculum library copy {found}' puts it into the workspace"
        raise UsageError(f"'{found}' is built in; {copy}, where results can be added", "PAPER")
    # Most commands read the library without its results; this one needs those of one paper.
    require_no_errors(workspace.work_problems(found), workspace.texts)
    results = (workspace.paper_results(found) or {}).values()
    offered = likely_fields([fields_of(result) for result in results])
    taken = frozenset(result.id for result in results)
    return OwnPaper(found, library.sources[found].file, taken, offered)


def add_results(
    workspace: Workspace,
    target: OwnPaper,
    rows: Sequence[tuple[str, ResultRow]],
    *,
    write: bool = True,
) -> ResultsAdded:
    """Add results to the syllabus of a paper; all of them or, if one is wrong, none.

    Args:
        workspace: The workspace.
        target: The paper.
        rows: The results, each with the place where it was given, for errors.
        write: Whether they are written, or only made.

    Raises:
        ResultRowError: A result lacks something.
        ResultsShapeError: The file is written in a way in which none can be added.
        ProblemsError: A result would have an error.
        CurriculumError: A file or the journal cannot be read or written.
    """
    taken = set(target.taken)
    whole: list[ResultRow] = []
    for place, row in rows:
        one = completed(row, place, taken)
        taken.add(one["id"])
        whole.append(one)
    text = workspace_text(workspace.context.root, target.file)
    for (place, _), one in zip(rows, whole, strict=True):
        _require_sound_row(target, text, place, one)
    change = _change(text, target.file, whole)
    _require_sound(target, applied(text, change), [one["id"] for one in whole])
    lines = [line for row in whole for line in result_lines(row)]
    guesses = sum("# guessed" in line for line in lines)
    ids = tuple(one["id"] for one in whole)
    added = ResultsAdded(target.name, target.file, ids, tuple(lines), guesses)
    if not write:
        return added
    edits = {target.file: lambda now: [_change(now, target.file, whole)]}
    facts = write_texts(journal_writer(workspace), edits)
    return ResultsAdded(target.name, target.file, ids, tuple(lines), guesses, facts)


def _change(text: str, file: str, rows: Sequence[ResultRow]) -> TextChange:
    lines = file_lines(text)
    try:
        block = results_block(lines)
    except ValueError as error:
        raise ResultsShapeError(file) from error
    if block is None:
        new = [line for row in rows for line in result_lines(row)]
        return appended(text, ["results:", *new], gap=False)
    after, indent = block
    new = [line for row in rows for line in result_lines(row, indent)]
    if not "".join(lines[after:]).strip():
        return appended(text, new, gap=False)
    return with_lines(text, after, [lines[after - 1], *new])


def _require_sound_row(target: OwnPaper, text: str, place: str, row: ResultRow) -> None:
    """Refuse a result that would have an error; the syllabus itself has none.

    Its place in the syllabus is not said: nothing is written there, so nobody could find it.

    Raises:
        ResultRowError: It would have one.
        ResultsShapeError: The file is written in a way in which none can be added.
    """
    read = read_work(target.file, applied(text, _change(text, target.file, [row])))
    for problem in read.problems:
        if problem.severity is Severity.ERROR:
            raise ResultRowError(place, f"{problem.message}; {problem.hint}".removesuffix("; "))


def _require_sound(target: OwnPaper, text: str, ids: Sequence[str]) -> None:
    """Refuse a text that has an error, or in which the new results do not stand.

    Raises:
        ProblemsError: It has an error.
        ResultsShapeError: A result is missing.
    """
    read = read_work(target.file, text)
    if any(problem.severity is Severity.ERROR for problem in read.problems):
        texts: Mapping[str, str] = {target.file: text}
        raise ProblemsError(read.problems, texts)
    found = {result.id for result in read.work.results} if isinstance(read.work, Paper) else set()
    if not found.issuperset(ids):
        raise ResultsShapeError(target.file)
