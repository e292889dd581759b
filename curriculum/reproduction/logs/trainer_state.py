"""The log of a Hugging Face Trainer, which each checkpoint holds up to its own step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from re import compile as pattern
from typing import NamedTuple

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.objects import cells_of, document_of, table_of_entries
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Table
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Notes,
    SeveralRunsError,
    base_of,
    folder_of,
    quoted_names,
    run_name,
)

_CHECKPOINT = pattern(r"checkpoint-\d+|(last|best)[-_]checkpoint|checkpoint[-_](last|best)")
"""A folder of a run that holds a copy of its state; programs name the last and the best, too."""


def _tables(files: LogFiles) -> tuple[Table, ...]:
    """Return the log of a run; of several copies in checkpoints the latest."""
    runs = sorted({_run_of(file.name) for file in files})
    if len(runs) > 1:
        names = quoted_names(run or "." for run in runs)
        found = f"has trainer_state.json of {len(runs)} runs ({names})"
        raise SeveralRunsError(run_name(files), f"{found}; name one")
    copies = [_Copy(file, _state(file)) for file in files]
    latest = max(copies, key=_Copy.order)
    return (_table(latest, len(files)),)


class _Copy(NamedTuple):
    """A file of a trainer's state, and what it says."""

    file: LogFile
    state: Mapping[str, object]

    def order(self) -> tuple[float, int, str]:
        """Return what orders copies: of two at the same step, the later has the shorter name.

        It is the one outside a checkpoint.
        """
        name = self.file.name
        return _global_step(self.state), -len(name), name


def _run_of(name: str) -> str:
    folder = folder_of(name)
    if _CHECKPOINT.fullmatch(base_of(folder)):
        return folder_of(folder)
    return folder


def _state(file: LogFile) -> dict[str, object]:
    content = document_of(file)
    if isinstance(content, dict) and isinstance(content.get("log_history"), list):
        return content
    raise LogError(file.name, "has no list 'log_history' as the state of a trainer has")


def _global_step(state: Mapping[str, object]) -> float:
    step = state.get("global_step")
    if isinstance(step, int | float) and step == step:  # not NaN, which has no order
        return step
    return -1


def _table(latest: _Copy, copies: int) -> Table:
    history = latest.state["log_history"]
    assert isinstance(history, list)
    entries = [cells_of(entry) for entry in history if isinstance(entry, dict)]
    return replace(
        table_of_entries(latest.file.name, "trainer-state/1", entries),
        xs=("step",),
        hidden=frozenset({"step", "epoch"}),
        notes=_notes(latest, copies),
    )


def _notes(latest: _Copy, copies: int) -> tuple[str, ...]:
    notes: Notes = []
    if copies > 1:
        chosen = f"of {copies} copies '{latest.file.name}' was read"
        notes.append(f"{chosen}, which has the largest global_step")
    if latest.state.get("best_metric") is not None:
        # The best of many evaluations is not what a paper's protocol asks for.
        notes.append("its 'best_metric' is not used: the whole log is read")
    return tuple(notes)


def _is_trainer_state(file: LogFile, head: bytes) -> bool:
    return base_of(file.name) == "trainer_state.json"


TRAINER_STATE = table_reader("trainer-state/1", _is_trainer_state, _tables)
