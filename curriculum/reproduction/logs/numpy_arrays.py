"""Recognise NumPy arrays; what reads them is loaded, with NumPy, when one is met."""

from __future__ import annotations

from importlib import import_module

from curriculum.model.runs import LogFile, Series
from curriculum.reproduction.logs.tags import LogFiles, Question, Reader, Tag, Texts

_READING = "curriculum.reproduction.logs.numpy_curves"


def _is_numpy(file: LogFile, head: bytes) -> bool:
    return file.name.lower().endswith((".npy", ".npz"))


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    tags: tuple[Tag, ...] = import_module(_READING).curve_tags(files)
    return tags


def _series(files: LogFiles, question: Question) -> Series | None:
    series: Series | None = import_module(_READING).curve_series(files, question)
    return series


def _texts(files: LogFiles, column: str) -> Texts | None:
    texts: Texts | None = import_module(_READING).curve_texts(files, column)
    return texts


NUMPY = Reader("numpy/1", _is_numpy, _tags, _series, _texts)
