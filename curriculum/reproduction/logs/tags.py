"""What a log can be asked for, and the errors that all readers share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.model.suggestions import nearest_names
from curriculum.reproduction.logs.points import Tally

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
    recognises: Callable[[LogFile, bytes], bool]
    tags: Callable[[Sequence[LogFile]], tuple[Tag, ...]]
    series: Callable[[Sequence[LogFile], Question], Series | None]
    texts: Callable[[Sequence[LogFile], str], tuple[str, ...] | None]


def run_name(files: Sequence[LogFile]) -> str:
    """Return what a message calls the run.

    >>> run_name([])
    'run of 0 files'
    """
    if len(files) == 1:
        return files[0].name
    return f"run of {len(files)} files"


def listed(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Return the first names as a message lists them.

    >>> listed(["a", "b", "c"], most=2)
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
    near = nearest_names(asked, names, MOST_NAMED)
    if near:
        return LogError(run, f"{lacks}; the nearest of its {len(names)} {kind}s: {listed(near)}")
    return LogError(run, f"{lacks}; of its {len(names)} {kind}s: {listed(sorted(names))}")


def without_columns(files: Sequence[LogFile], question: Question) -> None:
    """Refuse a question about columns to a format that has none.

    Raises:
        LogError: Another x, or rows to keep, were asked for.
    """
    run = run_name(files)
    if question.x is not None:
        raise LogError(run, f"has no columns, so '{question.x}' cannot be its x")
    if question.keep is not None:
        raise LogError(run, f"has no columns, so rows cannot be kept by '{question.keep[0]}'")


def no_texts(files: Sequence[LogFile], column: str) -> tuple[str, ...] | None:
    """Return None: the format has no columns."""
    return None


def one_folder(files: Sequence[LogFile], what: str) -> None:
    """Refuse files of several folders, which may be several runs.

    Raises:
        LogError: They are in more than one folder.
    """
    folders = sorted({folder_of(file.name) for file in files})
    if len(folders) > 1:
        names = listed(folder or "." for folder in folders)
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
