"""The process that `books.py` starts: it reads a book within limits of memory and time."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from curriculum.syllabus import importers
from curriculum.syllabus.importers.book_contents import BookContents, UnreadableBookError

try:
    import resource
except ImportError:  # not on Windows, where only the time is limited
    resource = None  # type: ignore[assignment]

MOST_MEMORY = 1_500_000_000
"""The most bytes that the process may ask for."""


def read(kind: str, path: str, seconds: int) -> None:
    """Write what a book says as JSON to standard output: its contents, or what is wrong.

    Args:
        kind: `pdf` or `epub`.
        path: The file.
        seconds: How long the processor may work on it.
    """
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    logging.disable(logging.CRITICAL)
    data = Path(path).read_bytes()
    try:
        answer: dict[str, Any] = {"contents": _contents(kind, data).to_json()}
    except UnreadableBookError as error:
        answer = {"fault": str(error)}
    sys.stdout.write(json.dumps(answer))


def _contents(kind: str, data: bytes) -> BookContents:
    if kind == "pdf":
        return importers.pdf.read_pdf(data)
    return importers.epub.read_epub(data)


if __name__ == "__main__":
    read(sys.argv[1], sys.argv[2], int(sys.argv[3]))
