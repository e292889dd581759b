"""NumPy arrays: curves as they are, evaluations averaged over their episodes, and nothing that is pickled."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO
from struct import pack
from typing import Any

import numpy as np
import pytest

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs import column_values, read_series, tags_of
from tests.reproduction.logs.files import log


def npy(name: str, array: Any) -> LogFile:  # Any: what numpy takes for an array
    """Return a file that holds one array."""
    stream = BytesIO()
    np.save(stream, np.asarray(array), allow_pickle=True)
    return log(name, stream.getvalue())


def npz(name: str, **arrays: Any) -> LogFile:  # Any: see npy()
    """Return a file that holds several arrays."""
    stream = BytesIO()
    np.savez_compressed(stream, **arrays)
    return log(name, stream.getvalue())


@pytest.mark.parametrize("dtype", ["<f8", "<f4", ">f8", "<i4", "|b1"])
def test_an_array_is_a_curve_over_its_rows(dtype: str) -> None:
    series = read_series([npy("curve.npy", np.array([0, 1, 1], dtype))], "curve")

    assert (list(series.xs), list(series.values), series.x_name) == ([0, 1, 2], [0, 1, 1], "row")


def test_a_row_of_several_numbers_counts_with_their_mean() -> None:
    series = read_series([npy("evals.npy", [[1.0, 3.0], [5.0, 7.0]])], "evals")

    assert list(series.values) == [2.0, 6.0]
    assert series.notes == (
        "the array is 2 by 2: each row is taken as a point, the mean of its 2 numbers; "
        "if each column is a run, add '--seed-from column:array-column'",
    )


def test_an_array_that_is_wider_than_long_may_hold_a_run_in_each_row() -> None:
    """The rows of ten seeds were taken for ten points of one run."""
    file = npy("evals.npy", [[1.0, 3.0, 5.0], [2.0, 4.0, 9.0]])

    (column,) = read_series([file], "values").run_columns
    assert (column.name, column.runs) == ("array-row", ("0", "1"))
    for name in ("values", "evals"):
        second = read_series([file], name, keep=("array-row", "1"))
        assert (list(second.xs), list(second.values)) == ([0, 1, 2], [2, 4, 9])
        assert (second.notes, second.run_columns) == ((), ())
    assert column_values([file], "array-row") == ("0", "1")
    assert column_values([file], "array-column") == ("0", "1", "2")
    third = read_series([file], "values", keep=("array-column", "2"))
    assert list(third.values) == [5, 9]


def test_an_array_of_one_dimension_or_in_an_archive_is_not_split() -> None:
    with pytest.raises(LogError, match="has one dimension, so it is one run"):
        column_values([npy("curve.npy", [1.0, 2.0])], "array-row")
    archive = npz("curves.npz", a=[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert read_series([archive], "a").run_columns == ()
    with pytest.raises(LogError, match="rows cannot be kept by 'array-row'"):
        read_series([archive], "a", keep=("array-row", "0"))


def test_evaluations_of_stable_baselines3_count_timesteps() -> None:
    file = npz(
        "evaluations.npz",
        timesteps=[1000, 2000],
        results=[[1.0, 3.0], [5.0, 7.0]],
        ep_lengths=[[9, 9], [8, 8]],
    )

    series = read_series([file], "results")
    assert (list(series.xs), list(series.values), series.x_name) == (
        [1000, 2000],
        [2.0, 6.0],
        "timesteps",
    )
    assert [(tag.name, tag.last_x, tag.last_value) for tag in tags_of([file])] == [
        ("ep_lengths", 2000, 8),
        ("results", 2000, 6.0),
    ]


def test_pickled_objects_are_never_read() -> None:
    with pytest.raises(LogError, match="holds pickled objects, which are never read"):
        read_series([npy("curve.npy", np.array([{"a": 1}], dtype=object))], "curve")


def packed(name: str, members: dict[str, list[bytes]]) -> LogFile:
    """Return a zip file whose members are made of pieces, packed as they come."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, pieces in members.items():
            with archive.open(member, "w") as file:
                for piece in pieces:
                    file.write(piece)
    return log(name, stream.getvalue())


def header(shape: str, dtype: str = "|u1") -> bytes:
    """Return the header of an array that claims a shape."""
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + pack("<H", len(text)) + text


ZEROS = [b"\0" * (1 << 20)]
HOSTILE = {
    "many small numbers": {"a.npy": [header(f"({1 << 26},)"), *64 * ZEROS]},
    "rows of many small numbers": {"a.npy": [header(f"({1 << 13}, {1 << 13})"), *64 * ZEROS]},
    "many arrays": {f"a{n}.npy": [header(f"({1 << 20},)"), *ZEROS] for n in range(33)},
    "a long header": {"a.npy": [b"\x93NUMPY\x02\x00" + pack("<I", 1 << 26), *64 * ZEROS]},
    "a claim": {"a.npy": [header("(3999999999,)")]},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_packed_file_takes_no_more_memory_than_the_numbers_that_are_read_of_it(kind: str) -> None:
    """65 kB of an archive took 1.6 GB: a number of one byte becomes one of eight, and is copied."""
    file = packed("curves.npz", HOSTILE[kind])
    tracemalloc.start()
    try:
        with pytest.raises(LogError, match=r"holds more than the 34 million|EOF: reading array"):
            tags_of([file])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert file.size < 200_000
    assert peak < 32 * 9 * 2**20 + 2 * 2**20 * 8


def test_what_is_not_read_of_an_archive_does_not_count() -> None:
    file = npz(
        "evaluations.npz", observations=np.zeros((1 << 10, 1 << 8, 1 << 8), "u1"), loss=[1.0]
    )

    assert [tag.name for tag in tags_of([file])] == ["loss"]


@pytest.mark.parametrize("array", [np.zeros((2, 2, 2)), np.array(["a"]), np.array(1.0)])
def test_other_arrays_are_not_curves(array: Any) -> None:  # Any: see npy()
    with pytest.raises(LogError, match="is not an array of numbers with one or two dimensions"):
        read_series([npy("curve.npy", array)], "curve")


def test_timesteps_that_do_not_fit_are_reported() -> None:
    file = npz("evaluations.npz", timesteps=[1, 2, 3], results=[[1.0], [2.0]])

    with pytest.raises(LogError, match="has 3 timesteps for 2 values of 'results'"):
        read_series([file], "results")
