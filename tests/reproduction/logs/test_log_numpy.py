"""NumPy arrays: curves as they are, evaluations averaged over their episodes, and nothing that is pickled."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs import read_series, tags_of
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
    assert series.notes == ("each value is the mean of 2 numbers, as in a row of the array",)


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


def test_an_array_that_only_claims_to_be_huge_is_refused_before_it_is_read() -> None:
    data = (
        npy("curve.npy", np.zeros(3)).open().read().replace(b"(3,), ", b"(3999999999,), ".ljust(6))
    )
    header = data[:10] + data[10:].replace(b"          ", b"", 1)

    with pytest.raises(LogError, match=r"is larger than the|is not a readable array"):
        read_series([log("curve.npy", header)], "curve")


@pytest.mark.parametrize("array", [np.zeros((2, 2, 2)), np.array(["a"]), np.array(1.0)])
def test_other_arrays_are_not_curves(array: Any) -> None:  # Any: see npy()
    with pytest.raises(LogError, match="is not an array of numbers with one or two dimensions"):
        read_series([npy("curve.npy", array)], "curve")


def test_timesteps_that_do_not_fit_are_reported() -> None:
    file = npz("evaluations.npz", timesteps=[1, 2, 3], results=[[1.0], [2.0]])

    with pytest.raises(LogError, match="has 3 timesteps for 2 values of 'results'"):
        read_series([file], "results")
