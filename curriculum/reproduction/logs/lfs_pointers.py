"""Name the pointers that Git LFS leaves in the place of files that were not fetched."""

from __future__ import annotations

from curriculum.model.runs import LogFile
from curriculum.reproduction.logs.tags import base_of, refusing_reader

_BEGINNING = b"version https://git-lfs.github.com/spec/"
_SUFFIXES = (
    ".csv",
    ".tsv",
    ".txt",
    ".log",
    ".json",
    ".jsonl",
    ".ndjson",
    ".npy",
    ".npz",
    ".gz",
    ".db",
    ".sqlite",
)


def _is_pointer(file: LogFile, head: bytes) -> bool:
    # The pointer to a model's weights beside a log says nothing about the log.
    is_log = file.name.lower().endswith(_SUFFIXES) or "tfevents" in base_of(file.name)
    return is_log and head.startswith(_BEGINNING)


LFS_POINTER = refusing_reader(
    "lfs/1",
    _is_pointer,
    "is a pointer of Git LFS and not the log itself; fetch that with 'git lfs pull'",
)
