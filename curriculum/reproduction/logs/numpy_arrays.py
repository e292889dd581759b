"""Curves kept as NumPy arrays; pickled objects are refused, and what a curve means is not known here."""

from __future__ import annotations

import lzma
import struct
import tokenize
import warnings
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isfinite, prod
from typing import IO, TYPE_CHECKING

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.points import in_order
from curriculum.reproduction.logs.tags import (
    Question,
    Reader,
    Tag,
    base_of,
    no_texts,
    run_name,
    without_columns,
)

if TYPE_CHECKING:
    import numpy as np

IMPORTER = "numpy/1"

LARGEST = 1 << 30
"""The largest array that is read, in bytes."""

_FAULTS = (
    ValueError,
    OSError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    SyntaxError,
    AttributeError,
    struct.error,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
"""What numpy, zipfile and the decompressors raise for bytes that are not theirs."""


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _FAULTS as fault:
        raise LogError(name, f"is no array that can be read: {str(fault)[:200]}") from fault


def _shape(stream: IO[bytes], name: str) -> tuple[int, ...] | None:
    """Return the shape that an array's header says; None when it is no array of one or two dimensions of numbers.

    Raises:
        LogError: It holds objects, or is too large.
    """
    from numpy.lib import format as npy

    version = npy.read_magic(stream)
    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = header(stream)
    if dtype.hasobject:
        raise LogError(name, "holds pickled objects, which are never read")
    if any(side < 0 for side in shape):
        raise LogError(name, "has a negative shape")
    if prod(shape) * dtype.itemsize > LARGEST:
        raise LogError(name, f"is larger than the {LARGEST >> 20} MB that are read of an array")
    return tuple(map(int, shape)) if dtype.kind in "biuf" and len(shape) in (1, 2) else None


def _curve(
    opened: Callable[[], IO[bytes]], name: str
) -> tuple[array[float], tuple[int, ...]] | None:
    """Return the numbers of an array and its shape, two dimensions averaged over the last; None when it is no curve."""
    import numpy as np
    from numpy.lib import format as npy

    with opened() as stream:
        shape = _shape(stream, name)
    if shape is None:
        return None
    if len(shape) == 2 and not shape[1]:
        raise LogError(name, f"has {shape[0]} rows of no numbers")
    with opened() as stream, np.errstate(all="ignore"):
        whole = np.asarray(npy.read_array(stream, allow_pickle=False), dtype=np.float64)
        return _as_array(whole if whole.ndim == 1 else whole.mean(axis=-1)), shape


def _as_array(numbers: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> array[float]:
    curve = array("d")
    curve.frombytes(numbers.tobytes())
    return curve


def _curves(file: LogFile, only: str | None) -> dict[str, tuple[array[float], tuple[int, ...]]]:
    """Return the curves of a file by name; only that of a name and the timesteps when a name is given."""
    with _explained(file.name):
        if file.name.lower().endswith(".npz"):
            return _of_archive(file, only)
        stem = base_of(file.name)[: -len(".npy")]
        if only is not None and only != stem:
            return {}
        found = _curve(file.open, file.name)
        if found is None:
            raise LogError(file.name, "is no array of numbers with one or two dimensions")
        return {stem: found}


def _of_archive(file: LogFile, only: str | None) -> dict[str, tuple[array[float], tuple[int, ...]]]:
    curves = {}
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        members = [member for member in archive.infolist() if member.filename.endswith(".npy")]
        for member in members:
            name = member.filename[: -len(".npy")]
            if only is not None and name not in (only, "timesteps", "results"):
                continue
            found = _curve(lambda member=member: archive.open(member), f"{file.name}:{name}")  # type: ignore[misc]
            if found is not None:
                curves[name] = found
    return curves


def _series_of(file: LogFile, tag: str) -> Series | None:
    curves = _curves(file, tag)
    steps = _timesteps(curves)
    if tag not in curves or (steps is not None and tag == "timesteps"):
        return None
    values, shape = curves[tag]
    notes = (
        []
        if len(shape) == 1
        else [f"each value is the mean of {shape[1]} numbers, as in a row of the array"]
    )
    if steps is None:
        return Series(
            tag, "row", array("d", range(len(values))), values, tuple(notes), importer=IMPORTER
        )
    if len(steps) != len(values):
        raise LogError(file.name, f"has {len(steps)} timesteps for {len(values)} values of '{tag}'")
    if not all(map(isfinite, steps)):
        raise LogError(file.name, "has timesteps that are not finite")
    xs, values = in_order(steps, values)
    return Series(tag, "timesteps", xs, values, tuple(notes), importer=IMPORTER)


def _timesteps(curves: dict[str, tuple[array[float], tuple[int, ...]]]) -> array[float] | None:
    """Return the timesteps of an `evaluations.npz` of Stable-Baselines3."""
    if "results" not in curves or "timesteps" not in curves or len(curves["timesteps"][1]) != 1:
        return None
    return curves["timesteps"][0]


def _series(files: Sequence[LogFile], question: Question) -> Series | None:
    found = [series for file in files if (series := _series_of(file, question.tag)) is not None]
    if not found:
        return None
    without_columns(files, question)
    if len(found) > 1:
        raise LogError(
            run_name(files),
            f"has the array '{question.tag}' in {len(found)} files; name one of them",
        )
    return found[0]


def _tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    return tuple(tag for file in files for tag in _tags_of(file))


def _tags_of(file: LogFile) -> Iterator[Tag]:
    curves = _curves(file, None)
    steps = _timesteps(curves)
    for name, (values, _) in curves.items():
        if steps is None:
            last_x = float(len(values) - 1) if values else None
            yield Tag(name, len(values), "row", last_x, values[-1] if values else None, IMPORTER)
        elif name != "timesteps" and len(steps) == len(values):
            xs, ordered = in_order(steps, values)
            last_x, last_value = (xs[-1], ordered[-1]) if xs else (None, None)
            yield Tag(name, len(values), "timesteps", last_x, last_value, IMPORTER)


NUMPY = Reader(
    IMPORTER,
    lambda file, head: file.name.lower().endswith((".npy", ".npz")),
    _tags,
    _series,
    no_texts,
)
