"""Share out the files of a run among the readers, and put a question to each.

A new format is a module with a `Reader` and a line in `READERS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.allennlp import ALLENNLP
from curriculum.reproduction.logs.d3rlpy import D3RLPY
from curriculum.reproduction.logs.delimited import LIGHTNING, PLAIN_CSV, PROGRESS, SPINNING_UP
from curriculum.reproduction.logs.gzipped import unpacked
from curriculum.reproduction.logs.lfs_pointers import LFS_POINTER
from curriculum.reproduction.logs.mlflow import MLFLOW_FOLDER
from curriculum.reproduction.logs.mlflow_database import MLFLOW_DATABASE
from curriculum.reproduction.logs.monitor import MONITOR
from curriculum.reproduction.logs.numpy_arrays import NUMPY
from curriculum.reproduction.logs.objects import JSON_DOCUMENT, JSON_LINES, WANDB_SUMMARY
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Question,
    Reader,
    SeveralRunsError,
    Tag,
    by_name,
    missing,
    run_name,
)
from curriculum.reproduction.logs.tensorboard import TENSORBOARD
from curriculum.reproduction.logs.trainer_state import TRAINER_STATE
from curriculum.reproduction.logs.wandb import WANDB_PRIVATE

READERS = (
    LFS_POINTER,
    TENSORBOARD,
    MONITOR,
    PROGRESS,
    SPINNING_UP,
    LIGHTNING,
    MLFLOW_FOLDER,
    D3RLPY,
    PLAIN_CSV,
    TRAINER_STATE,
    ALLENNLP,
    WANDB_SUMMARY,
    JSON_LINES,
    JSON_DOCUMENT,
    MLFLOW_DATABASE,
    NUMPY,
    WANDB_PRIVATE,
)
"""In the order in which they are preferred; a file belongs to the first that recognises it."""

FORMATS = (
    "TensorBoard event files, CSV and TSV (Stable-Baselines3, Spinning Up, Lightning, Keras, "
    "timm, d3rlpy, W&B exports), JSON and JSON Lines (DETR, MMEngine, Ray, Sacred, AllenNLP), "
    "trainer_state.json, MLflow folders and databases, .npy and .npz, each also as .gz"
)

Share: TypeAlias = tuple[Reader, list[LogFile]]
"""A reader and the files of a run that are its own."""

# Enough for the first line of any table, by which some formats are recognised.
_HEAD_BYTES = 1 << 16


def tags_of(files: LogFiles) -> tuple[Tag, ...]:
    """Return what a run can be read for, sorted by name; of a tag in several formats the preferred.

    Args:
        files: All files of one run's folder, or one file.

    Raises:
        LogError: No file is of a known format, or none can be read.
    """
    found: dict[str, Tag] = {}
    faults: list[LogError] = []
    for reader, mine in _shared_out(files):
        try:
            for tag in reader.tags(mine):
                found.setdefault(tag.name, tag)
        except LogError as fault:
            faults.append(fault)
    if faults and not found:
        raise faults[0]
    return tuple(sorted(found.values(), key=lambda tag: tag.name))


def read_series(
    files: LogFiles, tag: str, x: str | None = None, keep: tuple[str, str] | None = None
) -> Series:
    """Return the series of a tag.

    Args:
        files: All files of one run's folder, or one file.
        tag: Its name as the log writes it; never guessed.
        x: Another column for x, of a format that has columns.
        keep: A column and the text that rows must have in it.

    Raises:
        LogError: The tag is missing or cannot be read, or no file is of a known format.
    """
    question = Question(tag, x, keep)
    found: Series | None = None
    also: list[str] = []
    faults: list[LogError] = []
    for reader, mine in _shared_out(files):
        try:
            if found is None:
                found = reader.series(mine, question)
            elif _holds(reader, mine, tag):
                also.append(reader.importer)
        except SeveralRunsError:
            raise
        except LogError as fault:
            # Another reader must not silently answer for one that holds the tag and cannot read it.
            if found is None and _holds(reader, mine, tag):
                raise
            faults.append(fault)
    if found is None:
        raise faults[0] if faults else _no_such_tag(files, tag)
    remarks = _remarks(found, also, faults)
    return replace(found, notes=(*found.notes, *remarks))


def column_values(files: LogFiles, column: str) -> tuple[str, ...]:
    """Return the distinct texts of a column, in the order in which they first appear.

    Raises:
        LogError: No file has such a column.
    """
    faults: list[LogError] = []
    for reader, mine in _shared_out(files):
        try:
            texts = reader.texts(mine, column)
        except LogError as fault:
            faults.append(fault)
            continue
        if texts is not None:
            return texts
    if faults:
        raise faults[0]
    raise LogError(run_name(files), f"has no column '{column}'")


def _shared_out(files: LogFiles) -> list[Share]:
    """Return the readers that have files, each with its own.

    Raises:
        LogError: No reader recognises any file.
    """
    shares: list[Share] = [(reader, []) for reader in READERS]
    for file in map(unpacked, by_name(files)):
        head = _head(file)
        for reader, mine in shares:
            if reader.recognises(file, head):
                mine.append(file)
                break
    with_files = [(reader, mine) for reader, mine in shares if mine]
    if not with_files:
        fault = f"holds no log in a known format; known are {FORMATS}"
        raise LogError(run_name(files), f"{fault}; '--pattern' reads any text")
    return with_files


def _head(file: LogFile) -> bytes:
    try:
        with file.open() as stream:
            return stream.read(_HEAD_BYTES)
    except OSError as fault:
        raise LogError(file.name, f"cannot be opened: {fault.strerror}") from fault
    except LogError:
        # What cannot be unpacked is known by its name, and must not hide the other files.
        return b""


def _holds(reader: Reader, files: LogFiles, tag: str) -> bool:
    try:
        return any(each.name == tag for each in reader.tags(files))
    except LogError:
        return False


def _no_such_tag(files: LogFiles, tag: str) -> LogError:
    names = [each.name for each in tags_of(files)]
    return missing(run_name(files), "tag", tag, names)


def _remarks(found: Series, also: Sequence[str], faults: Sequence[LogError]) -> list[str]:
    remarks = [f"skipped: {fault}" for fault in faults]
    if also:
        others = ", ".join(also)
        verb = "holds" if len(also) == 1 else "hold"
        source = f"read from {found.importer}"
        remarks.append(f"{source}; {others} {verb} the tag as well")
    return remarks
