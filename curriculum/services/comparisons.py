"""Compare the scores that the journal holds with the published results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from curriculum.model.attempts import Attempt
from curriculum.model.formatting import names_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.progress import Progress
from curriculum.model.results import Result
from curriculum.model.suggestions import suggestion
from curriculum.model.verdicts import Margin
from curriculum.model.works import Paper
from curriculum.reproduction.attempts import attempts_of
from curriculum.reproduction.margins import margin_of
from curriculum.reproduction.paper_comparison import PaperComparison, compare_paper
from curriculum.reproduction.papers import JudgedPaper, judge_paper
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace

_MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class PaperAttempts:
    """A paper's published results with what was attempted of them.

    Attributes:
        work: Its name.
        results: Result's id to the published result, in the paper's order.
        attempts: Result's id to all attempts at it, the current one last.
    """

    work: str
    results: Mapping[str, Result]
    attempts: Mapping[str, tuple[Attempt, ...]]

    def judge(self) -> JudgedPaper:
        """Return the paper with the verdicts on the current attempts."""
        current = {name: attempts[-1] for name, attempts in self.attempts.items()}
        return judge_paper(self.work, self.results, current)


@dataclass(frozen=True, slots=True)
class PublishedResults:
    """What a paper claims.

    Attributes:
        judged: The paper, with the verdicts on what was attempted of it.
        margins: Result's id to the margin it is judged by.
    """

    judged: JudgedPaper
    margins: Mapping[str, Margin]


def published_results(workspace: Workspace, word: str) -> PublishedResults:
    """Return what the paper that a word names claims.

    Raises:
        ProblemsError: Its syllabus has errors.
        UsageError: The word does not name a paper.
    """
    paper = paper_attempts(workspace, word)
    margins = {name: margin_of(result) for name, result in paper.results.items()}
    return PublishedResults(paper.judge(), margins)


def compare(
    workspace: Workspace, word: str | None = None, *, seed: int = 1
) -> tuple[PaperComparison, ...]:
    """Return the comparison of a paper, or of every paper with scores, sorted by name.

    Args:
        workspace: Where to look.
        word: The paper, or one of its results as `PAPER#RESULT`; a part of each name will do that
            no other has.
        seed: Where the chance of every bootstrap comes from.

    Raises:
        ProblemsError: The paper's syllabus has errors.
        UsageError: The word does not name a paper, or none of its results.
    """
    if word is not None and "#" in word:
        return _compare_one(workspace, word, seed)
    if word is not None:
        papers: tuple[PaperAttempts, ...] = (paper_attempts(workspace, word),)
    else:
        papers = attempted_papers(workspace)
    return tuple(compare_paper(paper.judge(), seed) for paper in papers)


def _compare_one(workspace: Workspace, text: str, seed: int) -> tuple[PaperComparison, ...]:
    """Return the comparison of a paper with one of its results; nothing without a score of it."""
    paper, name = result_meant(workspace, text)
    if name not in paper.attempts:
        return ()
    compared = compare_paper(paper.judge(), seed)
    chosen = tuple(one for one in compared.results if one.case.result.id == name)
    return (replace(compared, results=chosen, suites=()),)


def score_history(workspace: Workspace, text: str) -> tuple[str, tuple[Attempt, ...]]:
    """Return the full name of a published result, and all attempts at it.

    Raises:
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result.
    """
    paper, name = result_meant(workspace, text)
    return f"{paper.work}#{name}", paper.attempts.get(name, ())


def judged_papers(
    workspace: Workspace, works: Iterable[str], progress: Progress
) -> tuple[JudgedPaper, ...]:
    """Return those of some works that are papers with results, judged; in the order given."""
    attempts = attempts_of(progress.live)
    found = []
    for work in works:
        results = workspace.paper_results(work)
        if results:
            found.append(_with_attempts(work, results, attempts).judge())
    return tuple(found)


def paper_attempts(workspace: Workspace, word: str, parameter: str = "PAPER") -> PaperAttempts:
    """Return the published results of the paper that a word names, and the attempts at them.

    Raises:
        ProblemsError: Its syllabus has errors.
        UsageError: The word does not name a paper.
    """
    work = paper_meant(workspace, word, parameter)
    results = workspace.paper_results(work)
    if results is None:
        _require_readable(workspace, work)
    return _with_attempts(work, results or {}, attempts_of(workspace.progress.live))


def attempted_papers(workspace: Workspace) -> tuple[PaperAttempts, ...]:
    """Return every paper with scores, sorted by name.

    Raises:
        ProblemsError: The syllabus of one has errors.
    """
    attempts = attempts_of(workspace.progress.live)
    found = []
    for work in sorted({name.partition("#")[0] for name in attempts}):
        results = workspace.paper_results(work)
        if results is not None:
            found.append(_with_attempts(work, results, attempts))
        else:
            # The journal keeps scores of papers whose syllabus was removed; those are passed over.
            _require_readable(workspace, work)
    return tuple(found)


def _with_attempts(
    work: str, results: Mapping[str, Result], attempts: Mapping[str, tuple[Attempt, ...]]
) -> PaperAttempts:
    of_paper = {}
    for name in results:
        if f"{work}#{name}" in attempts:
            of_paper[name] = attempts[f"{work}#{name}"]
    return PaperAttempts(work, results, of_paper)


def _require_readable(workspace: Workspace, work: str) -> None:
    """Refuse a work whose syllabus has errors, those in its published results included.

    Raises:
        ProblemsError: It has.
    """
    problems = workspace.work_problems(work)
    if problems:
        raise ProblemsError(problems, workspace.texts)


def paper_meant(workspace: Workspace, word: str, parameter: str = "PAPER") -> str:
    """Return the paper that a word names; a part of its name that no other has is enough.

    Raises:
        ProblemsError: It names a work whose syllabus has errors.
        UsageError: It names nothing, several works, or something else than a paper.
    """
    work = readable_work_meant(workspace, word, parameter)
    if not isinstance(workspace.library.works[work], Paper):
        raise UsageError(f"'{work}' is not a paper; only papers have published results", parameter)
    return work


def readable_work_meant(workspace: Workspace, word: str, parameter: str) -> str:
    """Return the work that a word names.

    Raises:
        ProblemsError: It names a work whose syllabus has errors.
        UsageError: It names nothing, or several works.
    """
    unread = sorted(workspace.library.unread)
    named = [work for work in unread if word.partition("/")[0] == work]
    if not any(work.startswith(word) for work in workspace.library.works):
        named = named or [work for work in unread if work.startswith(word)]
    # A work with a problem is not in the library: without this, it would be called unknown.
    for work in named:
        _require_readable(workspace, work)
    return work_meant(word, workspace, parameter)


def result_meant(workspace: Workspace, text: str) -> tuple[PaperAttempts, str]:
    """Return the paper and the result that `PAPER#RESULT` names.

    A part of each name is enough where it fits one alone.

    Raises:
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result.
    """
    parameter = "PAPER#RESULT"
    word, _, name = text.partition("#")
    if not name:
        raise UsageError(
            f"'{text}' is not the name of a result; write it like 'ppo-2017#ppo-pong'", parameter
        )
    paper = paper_attempts(workspace, word, parameter)
    fitting = _fitting(name, paper.results)
    if len(fitting) == 1:
        return paper, fitting[0]
    raise UsageError(_unclear_name(paper, name, fitting), parameter)


def _fitting(name: str, results: Iterable[str]) -> list[str]:
    """Return the results that a name fits: itself, else those it begins, else those it is in."""
    known = list(results)
    if name in known:
        return [name]
    plain = _plain(name)
    beginning = [one for one in known if _plain(one).startswith(plain)]
    return beginning or [one for one in known if plain in _plain(one)]


def _plain(name: str) -> str:
    """Return a name without what people leave out of it: `ppo-cart-pole` is `ppocartpole`."""
    return name.lower().replace("-", "").replace("_", "").replace(".", "")


def _unclear_name(paper: PaperAttempts, name: str, fitting: list[str]) -> str:
    if not fitting:
        hint = suggestion(name, paper.results, f"see 'curriculum results {paper.work}'", most=3)
        return f"'{paper.work}' has no result '{name}'; {hint}"
    return f"'{name}' is ambiguous: {names_text(fitting, _MOST_OFFERED)}"
