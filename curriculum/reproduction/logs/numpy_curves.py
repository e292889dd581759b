"""Curves kept as NumPy arrays; pickled objects are refused, because loading one runs its code.

A file `.npy` is one array (NEP 1), `.npz` a zip of them. Stable-Baselines3 writes its evaluations
as `evaluations.npz`: `timesteps` has one number for each evaluation, `results` one row.
"""

from __future__ import annotations

import lzma
import struct
import tokenize
import warnings
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from math import isfinite, prod
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.lib import format as npy

from curriculum.model.formatting import counted
from curriculum.model.runs import ROW_NUMBER, LogError, LogFile, RunColumn, Series
from curriculum.reproduction.logs.points import Numbers, in_order
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Question,
    Tag,
    Texts,
    base_of,
    run_name,
    without_columns,
)

_IMPORTER = "numpy/1"

MOST_NUMBERS = 1 << 25
"""The most numbers that are read of a file, all its arrays together; each takes eight bytes."""

_LONGEST_HEADER = 1 << 14
"""More bytes than the header of an array may have; numpy itself reads 10,000."""

ONLY_ARRAY = "values"
"""The tag of a run that is one file `.npy`: the files of its seeds have other names each."""

_AXES = {"array-row": 0, "array-column": 1}
"""What the rows and columns of an array are called when each of them is a run."""

_ARRAY = ".npy"
_TIMESTEPS = "timesteps"
_RESULTS = "results"

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


class ArrayCurve(NamedTuple):
    """An array as one number for each row.

    Attributes:
        values: The numbers; of two dimensions, the mean of each row.
        shape: The shape of the array.
    """

    values: Numbers
    shape: tuple[int, ...]


def curve_series(files: LogFiles, question: Question) -> Series | None:
    """Return the series of an array; None when no file has it.

    Raises:
        LogError: A file cannot be read, or several have the array.
    """
    if question.tag == ONLY_ARRAY and _is_one_array(files):
        return _only_array(files[0], question)
    found: list[Series] = []
    for file in files:
        series = _series_of(file, question)
        if series is not None:
            found.append(series)
    if not found:
        return None
    if not _is_one_array(files):
        without_columns(files, question, found[0].x_name)
    if len(found) > 1:
        fault = f"has the array '{question.tag}' in {len(found)} files; name one of them"
        raise LogError(run_name(files), fault)
    return found[0]


def curve_texts(files: LogFiles, column: str) -> Texts | None:
    """Return the numbers of the rows, or the columns, of the only array; None for other files.

    Raises:
        LogError: It cannot be read, or has one dimension.
    """
    if column not in _AXES or not _is_one_array(files):
        return None
    (curve,) = _curves(files[0], None).values()
    if len(curve.shape) != 2:
        raise LogError(files[0].name, "has one dimension, so it is one run")
    return tuple(map(str, range(curve.shape[_AXES[column]])))


def curve_tags(files: LogFiles) -> tuple[Tag, ...]:
    """Return the arrays of all files.

    Raises:
        LogError: A file cannot be read.
    """
    tags: list[Tag] = []
    for file in files:
        tags.extend(_tags_of(file))
    if _is_one_array(files):
        tags = [replace(tag, name=ONLY_ARRAY) for tag in tags]
    return tuple(tags)


def _is_one_array(files: LogFiles) -> bool:
    return len(files) == 1 and files[0].name.lower().endswith(_ARRAY)


def _only_array(file: LogFile, question: Question) -> Series | None:
    """Return the only array of a run, under the name that it has in every run."""
    series = _series_of(file, replace(question, tag=_stem(file)))
    if series is None:
        return None
    return replace(series, tag=ONLY_ARRAY)


def _stem(file: LogFile) -> str:
    return base_of(file.name)[: -len(_ARRAY)]


def _series_of(file: LogFile, question: Question) -> Series | None:
    tag = question.tag
    part = _part(file, question)
    curves = _curves(file, tag, part)
    steps = _timesteps(curves)
    if tag not in curves or (steps is not None and tag == _TIMESTEPS):
        return None
    values, shape = curves[tag]
    notes: tuple[str, ...] = ()
    if len(shape) == 2 and part is None:
        notes = (_rows_are_points(*shape),)
    if steps is None or question.x == ROW_NUMBER:
        rows = _row_numbers(values)
        series = _of_file(file, Series(tag, ROW_NUMBER, rows, values, notes))
        return series if part is not None else _with_rows_that_may_be_runs(series, file, shape)
    _check_steps(file, steps, values, tag)
    xs, values = in_order(steps, values)
    return _of_file(file, Series(tag, _TIMESTEPS, xs, values, notes))


def _part(file: LogFile, question: Question) -> tuple[int, int] | None:
    """Return the place and the axis of the row or column that is to be read; None for all.

    Raises:
        LogError: Something else is to be kept than a row or a column of an array.
    """
    if not file.name.lower().endswith(_ARRAY):
        return None
    if question.keep is None or question.keep[0] not in _AXES:
        without_columns([file], question, ROW_NUMBER)
        return None
    column, place = question.keep
    return int(place), _AXES[column]


def _rows_are_points(rows: int, width: int) -> str:
    """Return what is assumed of an array of two dimensions, and what to do where it is wrong."""
    assumed = f"the array is {rows} by {width}: each row is taken as a point, the mean of its"
    note = f"{assumed} {counted(width, 'number')}"
    if width == 1:
        return note
    return f"{note}; if each column is a run, add '--seed-from column:array-column'"


def _with_rows_that_may_be_runs(series: Series, file: LogFile, shape: tuple[int, ...]) -> Series:
    """Return the series of an array; one that is wider than long may hold a run in each row."""
    is_wide = len(shape) == 2 and 1 < shape[0] < shape[1]
    if not is_wide or not file.name.lower().endswith(_ARRAY):
        return series
    rows = tuple(map(str, range(shape[0])))
    return replace(series, run_columns=(RunColumn("array-row", rows),))


def _of_file(file: LogFile, series: Series) -> Series:
    return replace(series, importer=_IMPORTER, file=file.name)


def _row_numbers(values: Numbers) -> Numbers:
    return array("d", range(len(values)))


def _check_steps(file: LogFile, steps: Numbers, values: Numbers, tag: str) -> None:
    if len(steps) != len(values):
        count = f"{len(steps)} timesteps for {len(values)} values"
        raise LogError(file.name, f"has {count} of '{tag}'")
    if not all(map(isfinite, steps)):
        raise LogError(file.name, "has timesteps that are not finite")


def _tags_of(file: LogFile) -> Iterator[Tag]:
    curves = _curves(file, None)
    steps = _timesteps(curves)
    for name, (values, _) in curves.items():
        if steps is None:
            yield _tag(name, ROW_NUMBER, _row_numbers(values), values)
        elif name != _TIMESTEPS and len(steps) == len(values):
            xs, ordered = in_order(steps, values)
            yield _tag(name, _TIMESTEPS, xs, ordered)


def _tag(name: str, x_name: str, xs: Numbers, values: Numbers) -> Tag:
    if not values:
        return Tag(name, 0, x_name, None, None, _IMPORTER)
    return Tag(
        name=name,
        points=len(values),
        x_name=x_name,
        last_x=xs[-1],
        last_value=values[-1],
        importer=_IMPORTER,
    )


def _timesteps(curves: Mapping[str, ArrayCurve]) -> Numbers | None:
    """Return the timesteps of an `evaluations.npz` of Stable-Baselines3; None of another file."""
    steps = curves.get(_TIMESTEPS)
    if steps is None or len(steps.shape) != 1 or _RESULTS not in curves:
        return None
    return steps.values


def _curves(
    file: LogFile, only: str | None, part: tuple[int, int] | None = None
) -> dict[str, ArrayCurve]:
    """Return the curves of a file by name.

    Args:
        file: What to read.
        only: Read no other curve than the one of this name, and what is needed for its x.
        part: Of a single array, the place and the axis of the row or column to read alone.
    """
    with _explained(file.name):
        if file.name.lower().endswith(".npz"):
            return _of_archive(file, only)
        return _of_single(file, only, part)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what goes wrong with foreign bytes into a `LogError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _FAULTS as fault:
        reason = str(fault)[:200]
        raise LogError(name, f"is not a readable array: {reason}") from fault


def _of_single(
    file: LogFile, only: str | None, part: tuple[int, int] | None
) -> dict[str, ArrayCurve]:
    stem = _stem(file)
    if only not in (None, stem):
        return {}
    curve = _Reading(file.name, part).curve(file.open, file.name)
    if curve is None:
        raise LogError(file.name, "is not an array of numbers with one or two dimensions")
    return {stem: curve}


def _of_archive(file: LogFile, only: str | None) -> dict[str, ArrayCurve]:
    curves: dict[str, ArrayCurve] = {}
    reading = _Reading(file.name)
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            name = member.filename.removesuffix(".npy")
            if name == member.filename or not _is_wanted(name, only):
                continue
            opened = partial(archive.open, member)
            curve = reading.curve(opened, f"{file.name}:{name}")
            if curve is not None:
                curves[name] = curve
    return curves


def _is_wanted(name: str, only: str | None) -> bool:
    return only is None or name in (only, _TIMESTEPS, _RESULTS)


class _Reading:
    """The reading of one file, which counts the numbers of all its arrays."""

    __slots__ = ("count", "file", "part")

    def __init__(self, file: str, part: tuple[int, int] | None = None) -> None:
        self.file = file
        self.part = part
        self.count = 0

    def curve(self, opened: Callable[[], IO[bytes]], name: str) -> ArrayCurve | None:
        """Return the curve of an array; None when it is not one.

        Raises:
            LogError: It cannot be read, or the file has too many numbers.
        """
        with opened() as stream:
            shape = _shape(stream, name)
        if shape is None:
            return None
        if len(shape) == 2 and not shape[1]:
            raise LogError(name, f"has {shape[0]} rows of no numbers")
        self._take(prod(shape))
        with opened() as stream, np.errstate(all="ignore"):
            numbers = npy.read_array(stream, allow_pickle=False)
            if self.part is not None:
                numbers = numbers.take(self.part[0], axis=self.part[1])
            return ArrayCurve(_as_curve(numbers), shape)

    def _take(self, count: int) -> None:
        """Count numbers before they are read: packed, a few bytes can be very many of them."""
        self.count += count
        if self.count > MOST_NUMBERS:
            limit = f"{MOST_NUMBERS / 1e6:.0f} million"
            raise LogError(self.file, f"holds more than the {limit} numbers that are read of it")


def _as_curve(numbers: np.ndarray[Any, Any]) -> Numbers:
    """Return one number for each row."""
    if numbers.ndim == 2:
        whole = numbers.mean(axis=-1, dtype=np.float64)
    else:
        whole = np.ascontiguousarray(numbers, dtype=np.float64)
    values = array("d")
    if whole.size:
        # Not tobytes(): of a long curve, that would be one copy more.
        values.frombytes(memoryview(whole).cast("B"))
    return values


def _shape(stream: IO[bytes], name: str) -> tuple[int, ...] | None:
    """Return the shape in an array's header; None unless it has one or two dimensions of numbers.

    The header is read before the array, so that a few bytes cannot ask for all memory.

    Raises:
        LogError: It holds objects, or has a negative shape.
    """
    # The length in a header may be any number, and numpy reads so many bytes before it looks.
    head = BytesIO(stream.read(_LONGEST_HEADER))
    if npy.read_magic(head) == (1, 0):
        shape, _, dtype = npy.read_array_header_1_0(head)
    else:
        shape, _, dtype = npy.read_array_header_2_0(head)
    if dtype.hasobject:
        raise LogError(name, "holds pickled objects, which are never read")
    if any(side < 0 for side in shape):
        raise LogError(name, "has a negative shape")
    if dtype.kind not in "biuf" or len(shape) not in (1, 2):
        return None
    return tuple(map(int, shape))
