"""Read a book in a process of its own, which ends before it takes too much time or memory.

A PDF may be built so that reading it never ends or fills the memory, and a reader that knows every
such trick is not to be had: rejected was to trust the checks of the libraries alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from curriculum.disk.errors import ReadError
from curriculum.disk.reading import require_file
from curriculum.model.problems import CurriculumError
from curriculum.syllabus.importers.book_contents import BookContents

BookFormat: TypeAlias = Literal["pdf", "epub"]
"""The formats of books that are read."""

LARGEST_BOOK = 300_000_000
"""The most bytes of a book; a scanned textbook of a thousand pages takes a third of that."""

LONGEST_BOOK_READING = 60
"""How many seconds the reading of one book may take."""

_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); sys.argv[0] = 'book'; "
_RUN = (
    "from curriculum.disk.book_child import read; read(sys.argv[1], sys.argv[2], int(sys.argv[3]))"
)


_HEAD = 1024
"""How many bytes of a file tell what it is; some programs put a few before the mark of PDF."""

_MARKS: Mapping[BookFormat, bytes] = {"pdf": b"%PDF-", "epub": b"PK\x03\x04"}
_CALLED: Mapping[BookFormat, str] = {"pdf": "a PDF file", "epub": "an EPUB"}


class BookError(CurriculumError):
    """A book that cannot be read."""

    def __init__(self, path: Path, fault: str) -> None:
        """Build the sentence from the path and what is wrong, to be said after `it`."""
        super().__init__(f"cannot read '{path}': it {fault}")


def read_book(path: Path, form: BookFormat, seconds: int = LONGEST_BOOK_READING) -> BookContents:
    """Return what the file of a book says of it.

    Args:
        path: The file.
        form: Its format.
        seconds: How long that may take.

    Raises:
        ReadError: It is not there, or is not a file.
        BookError: It is encrypted, broken, larger than a book, or took too long.
    """
    try:
        require_file(path)
        size = path.stat().st_size
    except OSError as error:
        raise ReadError(path, error) from error
    if size > LARGEST_BOOK:
        raise BookError(path, f"is larger than {LARGEST_BOOK // 1_000_000} MB")
    _require_format(path, form)
    answer = _answer(path, form, seconds)
    if "fault" in answer:
        raise BookError(path, answer["fault"])
    return BookContents.of(answer["contents"])


def _require_format(path: Path, form: BookFormat) -> None:
    """Refuse a file that does not begin as its format does.

    Raises:
        ReadError: It cannot be read.
        BookError: It is empty, or something else.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ReadError(path, error) from error
    if not head:
        raise BookError(path, "is empty")
    found = next((name for name, mark in _MARKS.items() if mark in head), None)
    if found != form:
        other = f"; it may be read with --{found}" if found is not None else ""
        raise BookError(path, f"is not {_CALLED[form]}{other}")


def _answer(path: Path, form: BookFormat, seconds: int) -> dict[str, Any]:  # Any: JSON
    package = Path(__file__).parents[2]
    command = [sys.executable, "-c", _START + _RUN, str(package), form, str(path), str(seconds)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=seconds + 5, check=False)
    except subprocess.TimeoutExpired:
        raise BookError(path, f"was not read within {seconds} seconds") from None
    except OSError as error:
        raise BookError(path, f"could not be read in a process of its own: {error}") from error
    if ended.returncode == 0:
        answer: dict[str, Any] = json.loads(ended.stdout)
        return answer
    raise BookError(path, _fault(form, ended.stderr, ended.returncode))


def _fault(form: BookFormat, said: bytes, status: int) -> str:
    """Return why a reading failed, from the last line of what its process said."""
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    if "MemoryError" in last:
        return "needs more memory than a book does"
    if status < 0:
        return "takes longer to read than a book does"
    reason = last.partition(": ")[2] or last
    return (
        f"is not a whole {form.upper()} file ({reason[:120]})" if last else "cannot be understood"
    )
