"""Refuse the file that W&B keeps for itself; its exports are tables like others."""

from __future__ import annotations

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.tags import LogFiles, Question, Reader, Tag, no_texts


def _is_private(file: LogFile, head: bytes) -> bool:
    return file.name.endswith(".wandb")


def _refusal(files: LogFiles) -> LogError:
    reason = "is W&B's private format; export its history as CSV or JSON Lines"
    return LogError(files[0].name, reason)


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    raise _refusal(files)


def _series(files: LogFiles, question: Question) -> Series | None:
    raise _refusal(files)


WANDB_PRIVATE = Reader("wandb/1", _is_private, _tags, _series, no_texts)
