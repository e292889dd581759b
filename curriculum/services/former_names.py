"""The names that works of the workspace had before, as their syllabi say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from curriculum import syllabus
from curriculum.disk.workspace import WorkspaceFile
from curriculum.model.sources import Items, Keys, Text
from curriculum.syllabus.top_keys import says_key


def former_names(files: Iterable[WorkspaceFile]) -> Mapping[str, str]:
    """Return former name to name now, by `formerly` in the workspace's own syllabi.

    Of two works that say they had the same name, the first by name had it.
    """
    found: dict[str, str] = {}
    for file in sorted(files, key=lambda one: one.stem):
        if says_key(file.data, "formerly"):
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
