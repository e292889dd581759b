"""Keep what was read of syllabi and settings, so that the same text is not read twice.

A reading is found by the digest of its text alone, never by a file's time or size, and it counts
only for the program that made it. Whoever cannot write the cache reads the files each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from curriculum.disk.atomic import write
from curriculum.disk.cache_folder import cache_folder
from curriculum.disk.ownership import make_folder
from curriculum.model.json_value import Json
from curriculum.model.problems import CurriculumError

_PACKAGE = Path(__file__).parents[1]
_READERS = ("model", "syllabus")
"""The rooms whose code decides what a text means."""


def reading_key(*parts: str) -> str:
    """Return the digest by which a reading is found: of the text, and what else it depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class KeptReadings:
    """The readings of one kind of a workspace, by the digest of their text.

    Attributes:
        path: The file they are kept in; None where there is no place for it.
    """

    def __init__(self, root: Path, kind: str, given: Path | None = None) -> None:
        """Read nothing yet.

        Args:
            root: The folder of the workspace.
            kind: What they are readings of, for the name of the file.
            given: A file of readings that came with the program.
        """
        folder = cache_folder("readings")
        name = f"{reading_key(str(root.absolute()))[:32]}-{kind}.json"
        self.path = None if folder is None else folder / name
        self._given = given
        self._lines: dict[str, bytes] | None = None
        self._came: dict[str, bytes] | None = None
        self._used: dict[str, bytes] = {}
        self._is_stale = False

    def find(self, digest: str) -> Any:  # Any: JSON
        """Return the reading of a text as it was kept; None when there is none."""
        if self._came is None:
            self._came = _read(self._given, _CAME_WITH_IT)
        if digest in self._came:
            return _parsed(self._came[digest])
        if self._lines is None:
            self._lines = _read(self.path, _program())
        line = self._lines.get(digest)
        form = None if line is None else _parsed(line)
        if line is not None and form is not None:
            self._used[digest] = line
        return form

    def add(self, digest: str, form: Any) -> None:  # Any: JSON
        """Take up a reading, to be kept with the next `keep`."""
        self._used[digest] = _line(form)
        self._is_stale = True

    def keep(self) -> None:
        """Write the readings that were used, if one of them is new; failure to write is ignored."""
        if not self._is_stale or self.path is None:
            return
        self._is_stale = False
        self._lines = self._used
        with suppress(OSError, CurriculumError):
            # Others on this machine need not read what the person studies.
            make_folder(self.path.parent, 0o700)
            write(self.path, _file(self._used, _program()))


_CAME_WITH_IT = "this one"


def kept_bytes(forms: Json) -> bytes:
    """Return readings as the bytes of a file that is shipped with the program.

    Args:
        forms: The readings by the digest of their text.
    """
    return _file({digest: _line(form) for digest, form in forms.items()}, _CAME_WITH_IT)


def _file(lines: Mapping[str, bytes], program: str) -> bytes:
    """Return the bytes of a file: JSON with a line for each reading, so that few need be parsed."""
    body = b",\n".join(b'"%s": %s' % (digest.encode(), line) for digest, line in lines.items())
    return _head(program) + b"\n" + body + b"\n}}\n"


def _head(program: str) -> bytes:
    return b'{"program": %s, "readings": {' % json.dumps(program).encode()


def _line(form: Any) -> bytes:  # Any: JSON
    return json.dumps(form).encode()


def _parsed(line: bytes) -> Any:  # Any: JSON
    """Return the reading of a line; None where it is damaged."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read(path: Path | None, program: str) -> dict[str, bytes]:
    """Return the readings of a file; none when it is missing, damaged or of another program."""
    try:
        data = path.read_bytes() if path is not None else b""
    except OSError:
        return {}
    head, *lines = data.split(b"\n")
    if head != _head(program):
        return {}
    found = (line.removesuffix(b",").partition(b": ") for line in lines)
    return {digest.decode(errors="replace").strip('"'): form for digest, _, form in found}


def _program() -> str:
    """Return what changes whenever the code does that reads what people write."""
    found: list[str] = []
    for room in _READERS:
        for path in sorted((_PACKAGE / room).glob("*.py")):
            stat = path.stat()
            found.append(f"{room}/{path.name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}")
    return reading_key(*found)
