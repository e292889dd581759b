"""What a log can be asked for, and the errors that all readers share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NoReturn, TypeAlias

from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import LogError, LogFile, Series
from curriculum.model.suggestions import nearest_names
from curriculum.reproduction.logs.points import Tally

LogFiles: TypeAlias = Sequence[LogFile]
"""The files of one run."""

Notes: TypeAlias = list[str]
"""What a reader notices while it reads, as clauses for a person; it grows until all is read."""

Recognises: TypeAlias = Callable[[LogFile, bytes], bool]
"""Whether a file, by its name and first bytes, is of a format."""

Texts: TypeAlias = tuple[str, ...]
"""Names of columns, or what cells hold."""

MOST_NAMED = 5
"""How many tags, files or folders a message names."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One quantity that a run can be read for.

    Attributes:
        name: As the log writes it.
        points: How many records hold a number for it; records of one step are counted each.
        x_name: What x counts unless another column is asked for.
        last_x: The greatest x; None when there is no point.
        last_value: The value there.
        importer: The reader and its version.
    """

    name: str
    points: int
    x_name: str
    last_x: float | None
    last_value: float | None
    importer: str


def tag_of(name: str, tally: Tally, x_name: str, importer: str) -> Tag:
    """Return the tag whose points were counted."""
    return Tag(name, tally.points, x_name, tally.last_x, tally.last_value, importer)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a log.

    Attributes:
        tag: The name of the quantity.
        x: The column to take x from; None for the one that the format prefers.
        keep: A column, and the text that a row must have in it.
    """

    tag: str
    x: str | None = None
    keep: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one format.

    Attributes:
        importer: Its name and version.
        recognises: Whether a file, by its name and first bytes, is of the format.
        tags: What the files can be read for.
        series: The series asked for; None when the files do not hold the tag.
        texts: The distinct texts of a column; None when the files do not hold the column.
    """

    importer: str
    recognises: Recognises
    tags: Callable[[LogFiles], tuple[Tag, ...]]
    series: Callable[[LogFiles, Question], Series | None]
    texts: Callable[[LogFiles, str], Texts | None]


def run_name(files: LogFiles) -> str:
    """Return what a message calls the run.

    >>> run_name([])
    'run of 0 files'
    """
    if len(files) == 1:
        return files[0].name
    return f"run of {len(files)} files"


def quoted_names(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Return the first names as a message lists them.

    >>> quoted_names(["a", "b", "c"], most=2)
    "'a', 'b'"
    """
    quoted = [f"'{name}'" for name in names]
    return ", ".join(quoted[:most])


def missing(run: str, kind: str, asked: str, names: Collection[str]) -> LogError:
    """Return the error for a name that is not there, with the nearest ones.

    >>> print(missing("a.csv", "tag", "rewad", ["reward", "loss"]))
    'a.csv' does not hold the tag 'rewad'; the nearest of its 2 tags: 'reward'
    """
    lacks = f"does not hold the {kind} '{asked}'"
    if not names:
        return LogError(run, f"{lacks}; it has 0 {kind}s")
    count = counted(len(names), kind)
    near = nearest_names(asked, names, MOST_NAMED)
    if near:
        nearest = quoted_names(near)
        return LogError(run, f"{lacks}; the nearest of its {count}: {nearest}")
    first = quoted_names(sorted(names))
    return LogError(run, f"{lacks}; of its {count}: {first}")


def without_columns(files: LogFiles, question: Question, x_name: str) -> None:
    """Refuse a question about columns to a format that has none but its own x.

    Raises:
        LogError: Another x, or rows to keep, were asked for.
    """
    run = run_name(files)
    if question.x not in (None, x_name):
        fault = f"has no columns, so '{question.x}' cannot be its x, which is '{x_name}'"
        raise LogError(run, fault)
    if question.keep is not None:
        raise LogError(run, f"has no columns, so rows cannot be kept by '{question.keep[0]}'")


def no_texts(files: LogFiles, column: str) -> Texts | None:
    """Return None: the format has no columns."""
    return None


def refusing_reader(importer: str, recognises: Recognises, reason: str) -> Reader:
    """Return the reader of files that cannot be read, which says why."""

    def refuse(files: LogFiles, question: Question | None = None) -> NoReturn:
        raise LogError(files[0].name, reason)

    return Reader(importer, recognises, refuse, refuse, no_texts)


class SeveralRunsError(LogError):
    """Files of several runs where those of one are expected: no other file answers for them."""


def one_folder(files: LogFiles, what: str) -> None:
    """Refuse files of several folders, which may be several runs.

    Raises:
        LogError: They are in more than one folder.
    """
    folders = sorted({folder_of(file.name) for file in files})
    if len(folders) > 1:
        names = quoted_names(folder or "." for folder in folders)
        found = f"has {what} in {len(folders)} folders ({names})"
        raise LogError(run_name(files), f"{found}, which may be several runs; name one")


def folder_of(name: str) -> str:
    """Return the folder part of a file's name.

    >>> folder_of("a/b/c.csv"), folder_of("c.csv")
    ('a/b', '')
    """
    return name.rpartition("/")[0]


def base_of(name: str) -> str:
    """Return the last part of a file's name.

    >>> base_of("a/b/c.csv")
    'c.csv'
    """
    return name.rpartition("/")[2]


def by_name(files: Iterable[LogFile]) -> list[LogFile]:
    """Return the files sorted by name, so that the order of a folder's listing does not matter."""
    return sorted(files, key=lambda file: file.name)
