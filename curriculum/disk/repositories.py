"""Read commits and changes of git repositories here; nothing of theirs is run, and no network.

A repository may name programs in its configuration: hooks, monitors, pagers, signature checkers.
None of them is needed to list commits, and all of them are switched off.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError

LONGEST_READING = 20.0
"""How many seconds one repository may take."""

_QUIET = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "protocol.allow=never",
)
_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a repository.

    Attributes:
        id: The first letters of its hash.
        at: When it was made, in UTC.
        subject: The first line of its message.
    """

    id: str
    at: datetime
    subject: str


class RepositoryError(CurriculumError):
    """A folder whose commits cannot be read."""

    def __init__(self, fault: str) -> None:
        """Take what is wrong, as a clause without the folder."""
        super().__init__(fault)


def commits_of(folder: Path, since: datetime) -> tuple[Commit, ...]:
    """Return the commits on what is checked out, from an instant on, the oldest first.

    Merges are left out: what they bring is in their parents.

    Raises:
        RepositoryError: There is no repository, or git cannot read it.
    """
    if not folder.is_dir():
        raise RepositoryError("there is no such folder")
    # Dates of commits may run backwards by a little; git stops at the first that is too old.
    from_day = (since - timedelta(days=2)).astimezone(UTC)
    options = [f"--since={from_day:%Y-%m-%dT%H:%M:%SZ}", "--format=%h%x00%ct%x00%s"]
    text = _git(folder, "log", "--no-merges", "--reverse", *options)
    return tuple(one for one in _commits(text) if one.at >= since)


@dataclass(frozen=True, slots=True)
class CodeDiff:
    """What git says of a change between two commits.

    Attributes:
        names: The files, as `git diff --numstat -z -M` lists them.
        patch: The patch, in which whole files are the context.
        first: The first letters of the hash of the commit before.
        last: Those of the commit after.
    """

    names: str
    patch: str
    first: str
    last: str


_PLAIN_DIFF = (
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--ignore-submodules=all",
    "--submodule=short",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--diff-algorithm=myers",
    "-O/dev/null",
    "-M",
)
"""What the configuration of a repository could change of a diff, or have run, is said here."""

_WHOLE_FILES = "--unified=100000000"


def diff_of(folder: Path, span: str) -> CodeDiff:
    """Return what changed between two commits, named as `main..clip`.

    With three dots, it is what changed on the second since it left the first.

    Raises:
        RepositoryError: There is no repository, a name is unknown, or git cannot read it.
    """
    if not folder.is_dir():
        raise RepositoryError("there is no such folder")
    dots = "..." if "..." in span else ".."
    first, found, last = span.partition(dots)
    if not found or not first or not last:
        raise RepositoryError(f"'{span}' does not name two commits; write it like 'main..clip'")
    before, after = _commit_named(folder, first), _commit_named(folder, last)
    # Commits are compared, never files of the folder: only for these would filters be run.
    ends = [f"{before}...{after}"] if dots == "..." else [before, after]
    names = _git(folder, "diff", *_PLAIN_DIFF, "--numstat", "-z", *ends, "--")
    patch = _git(folder, "diff", *_PLAIN_DIFF, _WHOLE_FILES, *ends, "--")
    return CodeDiff(names, patch, before[:_SHORT_HASH], after[:_SHORT_HASH])


_SHORT_HASH = 10


def _commit_named(folder: Path, name: str) -> str:
    """Return the hash of a commit.

    Raises:
        RepositoryError: Nothing has that name.
    """
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    try:
        return _git(folder, *words).strip()
    except RepositoryError as error:
        # An unknown name is not explained by git when it is asked to be quiet.
        if str(error) == _UNEXPLAINED:
            raise RepositoryError(f"it has no commit '{name}'") from None
        raise


_UNEXPLAINED = "git could not read it"


def _git(folder: Path, *words: str) -> str:
    settings = [word for one in _QUIET for word in ("-c", one)]
    command = ["git", "--no-pager", *settings, "-C", str(folder), *words]
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_READING,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RepositoryError(f"git took longer than {LONGEST_READING:g} seconds") from None
    except OSError:
        raise RepositoryError("git could not be started") from None
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise RepositoryError(said.removeprefix("fatal: ") or _UNEXPLAINED)
    return ended.stdout.decode(errors="replace")


def _environment() -> dict[str, str]:
    """Return the environment without what would lead git elsewhere or ask someone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    return kept | own | {"GIT_TERMINAL_PROMPT": "0"}


def _commits(text: str) -> Iterator[Commit]:
    for line in text.split("\n"):
        fields = line.split("\0")
        if len(fields) != _FIELDS:
            continue
        name, seconds, subject = fields
        plain = "".join(letter if letter.isprintable() else " " for letter in subject)
        yield Commit(name, datetime.fromtimestamp(int(seconds), UTC), plain.strip())
