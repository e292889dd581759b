"""Find and read the files of a workspace and of the built-in library."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from curriculum.disk.errors import ReadError
from curriculum.disk.reading import require_file
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import CurriculumError, Place, Problem

_PACKAGE = Path(__file__).parents[1]
SYLLABI = "syllabi"
SETTINGS = "syllabi/curriculum.yaml"
_SETTINGS_NAME = "curriculum.yaml"
FOLDERS = ("textbooks", "theses", "papers")
ROADS = "roads"
BUILT_IN = "built-in"
COMPILED = "compiled.json"
LARGEST_SYLLABUS_BYTES = 10_000_000
"""The most bytes of a syllabus; a book with a thousand chapters takes a hundredth of that."""

_HIDDEN = late_pattern(r"[.#~].*|.*[~#]")
"""Hidden files, and the copies and locks that editors leave."""


class LargeFileError(CurriculumError):
    """A file is far larger than anything a person writes."""

    def __init__(self, label: str) -> None:
        """Build the sentence from the file's name."""
        most = LARGEST_SYLLABUS_BYTES // 1_000_000
        super().__init__(f"'{label}' is larger than {most} MB; that cannot be a syllabus")


@dataclass(frozen=True, slots=True)
class WorkspaceFile:
    """A file as it was found.

    Attributes:
        label: What problems call it: its path from the workspace, with slashes.
        stem: Its name without the ending, which is the name of the work.
        data: Its bytes.
    """

    label: str
    stem: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SyllabusFiles:
    """The syllabi of a workspace.

    Attributes:
        syllabi: The workspace's own syllabi, sorted by label.
        problems: Files that look like syllabi and would not be read.
    """

    syllabi: tuple[WorkspaceFile, ...]
    problems: tuple[Problem, ...]


def read_syllabi(root: Path) -> SyllabusFiles:
    """Return the syllabi below a folder; a workspace without any is empty, not wrong.

    Raises:
        CurriculumError: There is no such folder, or a file in it cannot be read.
    """
    try:
        if not root.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no such folder")
    except OSError as error:
        raise ReadError(root, error) from error
    syllabi: list[WorkspaceFile] = []
    problems: list[Problem] = []
    for label, path in _syllabi(root / SYLLABI, SYLLABI):
        if label.endswith(".yaml"):
            syllabi.append(_read(label, path))
        else:
            problems.append(_misnamed(label))
    return SyllabusFiles(tuple(syllabi), tuple(problems))


def own_work_names(root: Path) -> tuple[str, ...]:
    """Return the names of the works that a workspace defines, by its files; none of them is read.

    Raises:
        CurriculumError: A folder cannot be read.
    """
    found = _syllabi(root / SYLLABI, SYLLABI)
    return tuple(sorted(PurePosixPath(label).stem for label, _ in found))


def read_settings_file(root: Path) -> WorkspaceFile | None:
    """Return the settings file of a workspace; None when there is none.

    Raises:
        CurriculumError: It is there and cannot be read; a broken link is there.
    """
    path = root / SETTINGS
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ReadError(path, error) from error
    return _read(SETTINGS, path)


def built_in_library(works: Collection[str] | None = None) -> tuple[WorkspaceFile, ...]:
    """Return the syllabi that come with the program, sorted by label.

    An installed package holds them itself; in a checkout they are beside it.

    Args:
        works: The names of the works that are asked for; None means all.

    Raises:
        CurriculumError: One of them cannot be read.
    """
    found = _syllabi(_built_in_root(), BUILT_IN)
    return tuple(
        _read(label, path)
        for label, path in found
        if label.endswith(".yaml") and (works is None or path.stem in works)
    )


def read_roads(root: Path) -> tuple[WorkspaceFile, ...]:
    """Return the roads of a workspace, sorted by label; none where there is no folder for them.

    Raises:
        CurriculumError: One of them cannot be read.
    """
    return _roads(root / SYLLABI, SYLLABI)


def built_in_roads() -> tuple[WorkspaceFile, ...]:
    """Return the roads that come with the program, sorted by label.

    Raises:
        CurriculumError: One of them cannot be read.
    """
    return _roads(_built_in_root(), BUILT_IN)


def _roads(root: Path, label: str) -> tuple[WorkspaceFile, ...]:
    found = dict(_listed(root / ROADS))
    names = sorted(name for name in found if name.endswith(".yaml"))
    return tuple(_read(f"{label}/{ROADS}/{name}", found[name]) for name in names)


def compiled_library() -> Path:
    """Return the file of what the built-in syllabi hold; a checkout has none."""
    return _built_in_root() / COMPILED


def is_home_of_the_library(root: Path) -> bool:
    """Whether a workspace's syllabi are the ones that come with the program, as in a checkout."""
    library = _built_in_root()
    return (root / SYLLABI).resolve() == library.resolve()


def _built_in_root() -> Path:
    inside = _PACKAGE / "library"
    return inside if inside.is_dir() else _PACKAGE.parent / SYLLABI


def _syllabi(root: Path, label: str) -> list[tuple[str, Path]]:
    """Return the label and path of every syllabus, sorted by label.

    They are in the folder itself and in those of the tracks; the settings beside them are left out.
    """
    found: dict[str, Path] = {}
    for name, path in _listed(root):
        found[f"{label}/{name}"] = path
    for folder in FOLDERS:
        for name, path in _listed(root / folder):
            found[f"{label}/{folder}/{name}"] = path
    found.pop(f"{label}/{_SETTINGS_NAME}", None)
    return sorted(found.items())


def _listed(folder: Path) -> Iterable[tuple[str, Path]]:
    try:
        with os.scandir(folder) as entries:
            return [(entry.name, folder / entry.name) for entry in entries if _is_syllabus(entry)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise ReadError(folder, error) from error


def _is_syllabus(entry: os.DirEntry[str]) -> bool:
    """Whether a file is named as a syllabus."""
    if not entry.name.endswith((".yaml", ".yml")) or _HIDDEN.fullmatch(entry.name):
        return False
    # A broken link or a pipe is one, too, so that reading it fails: the work must not be missing.
    return not entry.is_dir()


def _read(label: str, path: Path) -> WorkspaceFile:
    try:
        require_file(path)
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that there are too many.
            data = file.read(LARGEST_SYLLABUS_BYTES + 1)
    except OSError as error:
        raise ReadError(path, error) from error
    if len(data) > LARGEST_SYLLABUS_BYTES:
        raise LargeFileError(label)
    return WorkspaceFile(label, path.name.removesuffix(".yaml"), data)


def _misnamed(label: str) -> Problem:
    name = label.rpartition("/")[2]
    return Problem(
        Place(label),
        "file-name",
        f"'{name}' is not read, because syllabi end in '.yaml'",
        f"rename it to '{name.removesuffix('.yml')}.yaml'",
    )
