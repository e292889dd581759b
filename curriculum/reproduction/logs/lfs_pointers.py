"""Name the pointers that Git LFS leaves in the place of files that were not fetched."""

from __future__ import annotations

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Question,
    Reader,
    Tag,
    base_of,
    no_texts,
)

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


def _refusal(files: LogFiles) -> LogError:
    fault = "is a pointer of Git LFS and not the log itself; fetch that with 'git lfs pull'"
    return LogError(files[0].name, fault)


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    raise _refusal(files)


def _series(files: LogFiles, question: Question) -> Series | None:
    raise _refusal(files)


LFS_POINTER = Reader("lfs/1", _is_pointer, _tags, _series, no_texts)
