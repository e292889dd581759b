"""The names that works of the workspace had before, as their syllabi say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from curriculum import syllabus
from curriculum.disk.workspace import WorkspaceFile
from curriculum.model.late_patterns import late_pattern
from curriculum.model.sources import Items, Keys, Text

_KEY = late_pattern(rb"""^["']?formerly["']?[ \t]*:""", re.MULTILINE)


def former_names(files: Iterable[WorkspaceFile]) -> Mapping[str, str]:
    """Return former name to name now, by `formerly` in the workspace's own syllabi.

    Of two works that say they had the same name, the first by name had it.
    """
    found: dict[str, str] = {}
    for file in sorted(files, key=lambda one: one.stem):
        # Few files hold the word at all, and looking for it takes a hundredth of the time.
        if b"formerly" in file.data and _KEY.search(file.data):
            for name in _names(file.data):
                if name != file.stem:
                    found.setdefault(name, file.stem)
    return found


def _names(data: bytes) -> Iterator[str]:
    """Yield the former names in a syllabus, which may have problems elsewhere."""
    tree = syllabus.trees.read_tree(data.decode(errors="replace").removeprefix("\ufeff"))
    written = tree.get("formerly") if isinstance(tree, Keys) else None
    names = written if isinstance(written, Items) else [written]
    for name in names:
        if isinstance(name, Text):
            yield str(name)
