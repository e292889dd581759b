"""Refuse the file that W&B keeps for itself; its exports are tables like others."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.tags import Question, Reader, Tag, no_texts


def _is_private(file: LogFile, head: bytes) -> bool:
    return file.name.endswith(".wandb")


def _refusal(files: Sequence[LogFile]) -> LogError:
    reason = "is W&B's private format; export its history as CSV or JSON Lines"
    return LogError(files[0].name, reason)


def _tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    raise _refusal(files)


def _series(files: Sequence[LogFile], question: Question) -> Series | None:
    raise _refusal(files)


WANDB_PRIVATE = Reader("wandb/1", _is_private, _tags, _series, no_texts)
