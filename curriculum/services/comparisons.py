"""The published results named on the command line, and what the journal holds of attempts at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from curriculum.model.attempts import Attempt
from curriculum.model.progress import Progress
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.model.works import Paper
from curriculum.reproduction.attempts import attempts_of
from curriculum.reproduction.claims import judge_claim
from curriculum.reproduction.papers import PaperVerdict, paper_verdict
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace

NEAR = 6


@dataclass(frozen=True, slots=True)
class Claims:
    """A paper with what it claims and what was attempted.

    Attributes:
        work: Its name.
        results: Result's id to the published result, in the paper's order.
        attempts: Result's id to all attempts at it, the current one last.
        gathered: The workspace, with the results of this paper.
    """

    work: str
    results: Mapping[str, Result]
    attempts: Mapping[str, tuple[Attempt, ...]]
    gathered: Workspace

    @property
    def current(self) -> Mapping[str, Attempt]:
        """Result's id to the current attempt at it."""
        return {name: attempts[-1] for name, attempts in self.attempts.items()}

    def verdict(self, name: str, attempt: Attempt | None = None) -> Verdict:
        """Return the verdict on the current attempt at a result, or on another."""
        current = {**self.current, **({name: attempt} if attempt is not None else {})}
        return judge_claim(f"{self.work}#{name}", self.results[name], current, self.results)

    def verdicts(self) -> dict[str, Verdict]:
        """Return the verdict on every result that was attempted."""
        return {name: self.verdict(name) for name in self.results if name in self.attempts}

    @property
    def paper(self) -> PaperVerdict:
        """The verdict on the whole paper."""
        return paper_verdict(tuple(self.results.values()), self.verdicts())


def paper_named(workspace: Workspace, word: str, param: str = "PAPER") -> str:
    """Return the paper that a word names; the part of a name that tells it from all others is enough.

    Raises:
        UsageError: It names nothing, several works, or no paper.
    """
    work = work_meant(word, workspace, param)
    if not isinstance(workspace.library.works[work], Paper):
        raise UsageError(f"'{work}' is no paper, and only papers claim results", param)
    return work


def claims_of(desk: Context, word: str, param: str = "PAPER") -> Claims:
    """Return a paper's published results and the attempts at them.

    Raises:
        UsageError: The word names no paper.
    """
    workspace = Workspace(desk, results="none")
    return claims_in(workspace, (paper_named(workspace, word, param),), workspace.progress)[0]


def attempted_claims(desk: Context) -> tuple[Claims, ...]:
    """Return the papers that the journal holds attempts at, sorted by name."""
    workspace = Workspace(desk, results="none")
    attempted = {name.partition("#")[0] for name in attempts_of(workspace.progress.live)}
    return claims_in(workspace, sorted(attempted), workspace.progress)


def claims_in(workspace: Workspace, works: Iterable[str], progress: Progress) -> tuple[Claims, ...]:
    """Return those of some works that are papers, with the attempts that the journal holds; in the order given."""
    attempts = attempts_of(progress.live)
    found = []
    for work in works:
        results = workspace.paper_results(work)
        if results is not None:
            tried = {name: attempts.get(f"{work}#{name}", ()) for name in results}
            attempted = {name: runs for name, runs in tried.items() if runs}
            found.append(Claims(work, results, attempted, workspace))
    return tuple(found)


def result_named(desk: Context, text: str) -> tuple[Claims, str]:
    """Return the paper and the result that `PAPER#RESULT` names; a part that fits one result alone is enough.

    Raises:
        UsageError: It names nothing, or several results.
    """
    word, mark, name = text.partition("#")
    param = "PAPER#RESULT"
    if not mark or not name:
        raise UsageError(f"'{text}' names no result; write it like 'ppo-2017#ppo-pong'", param)
    claims = claims_of(desk, word, param)
    if name in claims.results:
        return claims, name
    plain = _plain(name)
    fitting = [known for known in claims.results if _plain(known).startswith(plain)] or [
        known for known in claims.results if plain in _plain(known)
    ]
    if len(fitting) == 1:
        return claims, fitting[0]
    raise UsageError(_unclear(claims, name, fitting), param)


def _plain(name: str) -> str:
    """Return a name without what people leave out of it: `ppo-cart-pole` is `ppocartpole`."""
    return name.lower().replace("-", "").replace("_", "").replace(".", "")


def _unclear(claims: Claims, name: str, fitting: list[str]) -> str:
    if fitting:
        more = f" and {len(fitting) - NEAR} more" if len(fitting) > NEAR else ""
        return f"'{name}' may be any of {', '.join(fitting[:NEAR])}{more}"
    near = get_close_matches(name, claims.results, 3, 0.4)
    hint = (
        f"did you mean {' or '.join(map(repr, near))}?"
        if near
        else f"see 'curriculum results {claims.work}'"
    )
    return f"'{claims.work}' claims no result '{name}'; {hint}"


class ResultName(click.ParamType[str]):
    """A published result, as `ppo-2017#ppo-pong`; completed by the shell."""

    name = "paper#result"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the papers that begin as typed, and after a `#` the results of one."""
        root = ctx.find_root().params.get("workspace") or Path()
        return [
            CompletionItem(name)
            for name in _completions(Context(root, datetime.now(UTC)), incomplete)
        ]


def _completions(desk: Context, incomplete: str) -> Iterator[str]:
    work, mark, _ = incomplete.partition("#")
    workspace = Workspace(desk, results="none")
    if mark:
        names = (f"{work}#{name}" for name in workspace.paper_results(work) or ())
    else:
        works = workspace.library.works
        names = (f"{name}#" for name, found in works.items() if isinstance(found, Paper))
    yield from (name for name in names if name.startswith(incomplete))
