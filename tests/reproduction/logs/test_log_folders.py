"""A run's folder: which reader answers, what is never guessed, and what hostile bytes can do."""

from __future__ import annotations

import gzip
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.runs import LogError
from curriculum.reproduction.logs import column_values, read_series, tags_of
from tests.profiles import examples
from tests.reproduction.logs.files import events, log

NAMES = (
    "a.tfevents.1",
    "monitor.csv",
    "progress.csv",
    "progress.txt",
    "metrics.csv",
    "log.csv",
    "log.tsv",
    "log.jsonl",
    "log.json",
    "trainer_state.json",
    "wandb-summary.json",
    "metrics/loss",
    "mlflow.db",
    "curve.npy",
    "curves.npz",
    "run.wandb",
    "training.log",
    "log.csv.gz",
    "metrics_epoch_3.json",
    "info.json",
)


def samples() -> dict[str, bytes]:
    """Return a small good file for several names."""
    array, arrays = BytesIO(), BytesIO()
    np.save(array, np.arange(3.0))
    np.savez(arrays, loss=np.arange(3.0))
    return {
        "a.tfevents.1": events([(1, 1.0), (2, 2.0)]),
        "monitor.csv": b'#{"t_start": 1.0}\nr,l,t\n1,2,3\n',
        "log.csv": b"step,loss\n1,2\n",
        "training.log": b"epoch,loss\n0,1.5\n",
        "log.csv.gz": gzip.compress(b"step,loss\n1,2\n", mtime=0),
        "metrics_epoch_3.json": b'{"epoch": 3, "loss": [0.5, 0.25]}',
        "info.json": b'{"loss": [{"py/object": "numpy.float64", "value": 2}], "loss_T": [5]}',
        "log.jsonl": b'{"step": 1, "loss": 2}\n',
        "trainer_state.json": b'{"global_step": 1, "log_history": [{"step": 1, "loss": 2}]}',
        "metrics/loss": b"1700000000000 0.5 2\n",
        "curve.npy": array.getvalue(),
        "curves.npz": arrays.getvalue(),
    }


def ask(name: str, data: bytes) -> None:
    """Ask everything of a file; only a LogError may come of it."""
    for question in (
        tags_of,
        lambda files: read_series(files, "loss"),
        lambda files: column_values(files, "loss"),
    ):
        with suppress(LogError):
            question([log(name, data)])


def test_an_unknown_tag_names_the_nearest_and_nothing_is_guessed() -> None:
    file = log("log.csv", "step,eval/return,eval/length,loss\n1,2,3,4\n")

    with pytest.raises(
        LogError,
        match=r"'log\.csv' does not hold the tag 'eval/retrun'; the nearest of its 4 tags: 'eval/return'",
    ):
        read_series([file], "eval/retrun")


def test_a_folder_without_logs_lists_the_known_formats() -> None:
    with pytest.raises(
        LogError, match=r"holds no log in a known format; known are TensorBoard event files"
    ):
        tags_of([log("README.md", "hello"), log("model.pt", b"\x00")])


def test_of_several_formats_that_hold_a_tag_the_preferred_one_answers_and_says_so() -> None:
    files = [log("log.csv", "step,loss\n1,20\n"), log("a.tfevents.1", events([(1, 1.5)]))]

    series = read_series(files, "loss")
    assert list(series.values) == [1.5]
    assert series.notes == ("read from tensorboard/1; csv/1 holds the tag as well",)


def test_two_tables_that_hold_a_tag_are_never_merged() -> None:
    files = [log("a.csv", "loss\n1\n"), log("b.csv", "loss\n2\n")]

    with pytest.raises(
        LogError, match=r"has 'loss' in 2 files \('a\.csv', 'b\.csv'\); name one of them"
    ):
        read_series(files, "loss")


def test_a_private_file_of_wandb_is_refused_with_a_way_out() -> None:
    with pytest.raises(LogError, match="export") as error:
        tags_of([log("wandb/run-1/run-1.wandb", b":W&B\xe1\xbe\x00")])
    assert "run-1.wandb" in str(error.value)


def test_a_broken_file_beside_a_good_one_is_reported_and_does_not_hide_it() -> None:
    series = read_series(
        [log("a.csv", "loss\n1\n"), log("b.tfevents", b"<html>" + bytes(40))], "loss"
    )

    assert list(series.values) == [1.0]
    assert "skipped: 'b.tfevents' is not an event file" in series.notes[0]


@given(name=st.sampled_from(NAMES), data=st.binary(max_size=300))
def test_whatever_the_bytes_are_only_a_log_error_comes_of_them(name: str, data: bytes) -> None:
    ask(name, data)


@settings(max_examples=examples(80))
@given(data=st.data())
def test_whatever_is_changed_in_a_good_file_only_a_log_error_comes_of_it(
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(sorted(samples())))
    octets = bytearray(samples()[name])
    for _ in range(data.draw(st.integers(1, 4))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    ask(name, bytes(octets[: data.draw(st.integers(0, len(octets)))]))


@pytest.mark.parametrize("name", sorted(samples()))
def test_a_good_file_may_break_off_anywhere(name: str) -> None:
    whole = samples()[name]
    for cut in range(len(whole)):
        ask(name, whole[:cut])


def test_a_line_without_end_is_not_read_into_memory() -> None:
    with pytest.raises(LogError, match="line"):
        tags_of([log("log.csv", b"a" * (3 << 20))])
