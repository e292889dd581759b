"""The refusal of W&B's own file; its exports are tables like others and read there."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.tags import Question, Reader, Tag, no_texts


def _refusal(files: Sequence[LogFile]) -> LogError:
    return LogError(
        files[0].name, "is W&B's private format; export its history as CSV or JSON Lines"
    )


def _tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    raise _refusal(files)


def _series(files: Sequence[LogFile], question: Question) -> Series | None:
    raise _refusal(files)


PRIVATE = Reader(
    "wandb/1", lambda file, head: file.name.endswith(".wandb"), _tags, _series, no_texts
)
