"""Refuse the file that W&B keeps for itself; its exports are tables like others."""

from __future__ import annotations

from curriculum.model.runs import LogFile
from curriculum.reproduction.logs.tags import refusing_reader


def _is_private(file: LogFile, head: bytes) -> bool:
    return file.name.endswith(".wandb")


WANDB_PRIVATE = refusing_reader(
    "wandb/1",
    _is_private,
    "is W&B's private format; export its history as CSV or JSON Lines",
)
