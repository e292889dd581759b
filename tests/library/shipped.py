"""The library that is shipped, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from curriculum.syllabus.library import LibraryRead, SyllabusText, read_library

SYLLABI = Path(__file__).resolve().parents[2] / "syllabi"


@cache
def shipped() -> LibraryRead:
    """Return what the built-in library holds, with its results."""
    texts = (
        SyllabusText(str(path), path.read_text(encoding="utf-8"))
        for kind in ("papers", "textbooks", "theses")
        for path in sorted((SYLLABI / kind).glob("*.yaml"))
    )
    return read_library(texts)
