"""Small logs of the shapes that programs write, read to known numbers."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from curriculum.disk.runs import log_files
from curriculum.model.runs import LogError
from curriculum.reproduction.logs import gzipped, read_series, tags_of
from tests.reproduction.logs.files import log

RUNS = Path(__file__).parents[2] / "cases" / "runs"

SPECIMENS = [
    ("keras", "val_accuracy", "csv/1", "epoch", [0, 1, 2], [0.58, 0.69, 0.74]),
    ("keras/training.log", "loss", "csv/1", "epoch", [0, 1, 2], [1.12, 0.81, 0.6]),
    ("detr", "test_coco_eval_bbox/1", "jsonl/1", "epoch", [0, 1, 2], [0.3, 0.4, 0.5]),
    ("mae/log.txt", "test_acc1", "jsonl/1", "epoch", [0, 1], [50, 60]),
    ("mmengine", "coco/bbox_mAP", "jsonl/1", "step", [100, 200], [0.21, 0.34]),
    ("mmengine", "loss", "jsonl/1", "step", [50, 100, 150, 200], [1.5, 1, 1.25, 1]),
    ("detectron2", "total_loss", "jsonl/1", "iteration", [19, 39, 159, 179], [3.25, 2.5, 2.188, 0.989]),
    ("d3rlpy/CQL_20230101", "environment", "d3rlpy/1", "step", [1000, 2000, 3000], [12.5, 48.25, 97]),
    ("d3rlpy/CQL_20230101/environment.csv", "environment", "d3rlpy/1", "step", [1000, 2000, 3000], [12.5, 48.25, 97]),
    ("allennlp", "validation_accuracy", "allennlp/1", "epoch", [0, 1, 2, 10], [0.5, 0.52, 0.54, 0.7]),
    ("allennlp", "test_accuracy", "json/1", "epoch", [10], [0.66]),
    ("sacred", "training.loss", "sacred/1", "step", [10, 20, 30], [3, 2, 1.5]),
    ("sacred", "accuracy", "sacred/1", "step", [15, 30], [0.5, 0.75]),
    ("pymarl", "return_mean", "sacred/1", "step", [10000, 30000], [1.5, 7.25]),
    ("pymarl", "battle_won_mean", "sacred/1", "step", [10000, 20000, 30000], [0, 0.25, 0.5]),
    ("timm/summary.csv", "eval_top1", "csv/1", "epoch", [0, 1, 2], [1.25, 4.5, 9.75]),
    ("ray/PPO_CartPole_a1b2", "episode_reward_mean", "jsonl/1", "timesteps_total", [4000, 8000, 12000], [21.5, 45, 88.75]),
    ("huggingface", "eval_accuracy", "trainer-state/1", "step", [10, 20, 30], [0.7, 0.9, 0.8]),
    ("huggingface", "predict_accuracy", "json/1", "epoch", [3], [0.87]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "tag", "importer", "x_name", "xs", "values"), SPECIMENS)
def test_a_log_is_read_to_known_numbers(
    path: str, tag: str, importer: str, x_name: str, xs: list[float], values: list[float]
) -> None:
    files = log_files(RUNS / path)

    series = read_series(files, tag)
    assert (series.importer, series.x_name) == (importer, x_name)
    assert list(series.xs) == xs
    assert list(series.values) == pytest.approx(values)
    (listed,) = (one for one in tags_of(files) if one.name == tag)
    assert (listed.points, listed.x_name, listed.last_x) == (len(xs), x_name, xs[-1])


def test_only_what_was_measured_is_listed() -> None:
    tags = {tag.name for tag in tags_of(log_files(RUNS / "huggingface"))}

    assert tags == {
        "epoch",
        "eval_accuracy",
        "eval_loss",
        "learning_rate",
        "loss",
        "predict_accuracy",
    }


def test_a_copy_of_the_trainers_state_below_the_last_checkpoint_is_not_another_run() -> None:
    """The folder was called two runs, and the value of all_results.json was taken."""
    notes = read_series(log_files(RUNS / "huggingface"), "eval_accuracy").notes

    assert any("of 3 copies 'trainer_state.json' was read" in note for note in notes)
    assert any("json/1 holds the tag as well" in note for note in notes)


def test_the_results_of_a_trainer_never_answer_for_two_of_its_runs() -> None:
    state = b'{"global_step": 1, "log_history": [{"step": 1, "eval_acc": 0.5}]}'
    files = [
        log("a/trainer_state.json", state),
        log("b/trainer_state.json", state),
        log("all_results.json", b'{"eval_acc": 0.9}'),
    ]

    with pytest.raises(LogError, match=r"of 2 runs \('a', 'b'\); name one"):
        read_series(files, "eval_acc")


def test_a_header_that_a_program_writes_again_when_it_goes_on_is_no_row() -> None:
    notes = read_series(log_files(RUNS / "timm"), "eval_top1").notes

    assert notes == ("line 4 of 'summary.csv' repeats the header: the run was started again",)


def test_the_only_array_of_a_run_has_one_name_in_every_run() -> None:
    """The files of TD3's authors are called after the seed, so that no tag named them all."""
    for seed in range(2):
        stream = BytesIO()
        np.save(stream, np.array([1.0, 2.0, 3.0]) + seed)
        file = log(f"TD3_Hopper-v1_{seed}.npy", stream.getvalue())

        assert [tag.name for tag in tags_of([file])] == ["values"]
        assert list(read_series([file], "values").values) == [1 + seed, 2 + seed, 3 + seed]
        assert list(read_series([file], "values", "row").xs) == [0, 1, 2]
        named = read_series([file], f"TD3_Hopper-v1_{seed}")
        assert list(named.values) == [1 + seed, 2 + seed, 3 + seed]


def test_an_array_whose_file_has_the_name_of_every_only_array_is_read() -> None:
    """It was looked for under its own name without end."""
    stream = BytesIO()
    np.save(stream, np.array([1.0, 2.0]))

    assert list(read_series([log("values.npy", stream.getvalue())], "values").values) == [1, 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("log.csv.gz", "step,loss\n1,3\n2,2\n"),
        ("log.jsonl.gz", '{"step": 1, "loss": 3}\n{"step": 2, "loss": 2}\n'),
        ("log.json.gz", '{"step": [1, 2], "loss": [3, 2]}'),
    ],
)
def test_packed_files_are_read_as_what_is_in_them(name: str, text: str) -> None:
    packed = gzip.compress(text.encode())

    series = read_series([log(name, packed)], "loss")
    assert (list(series.xs), list(series.values)) == ([1, 2], [3, 2])
    with pytest.raises(LogError, match=f"'{name}' cannot be unpacked"):
        read_series([log(name, packed[:-9])], "loss")


def test_a_damaged_packed_file_hides_no_other() -> None:
    files = [log("a.csv.gz", b"\x1f\x8b\x08broken"), log("b.jsonl", '{"step": 1, "loss": 3}\n')]

    series = read_series(files, "loss")
    assert list(series.values) == [3]
    assert "skipped: 'a.csv.gz' cannot be unpacked" in series.notes[0]


def test_a_packed_file_is_unpacked_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzipped, "LARGEST_UNPACKED", 1 << 20)
    packed = gzip.compress(b"step,loss\n" + b"1,2\n" * (1 << 19))

    with pytest.raises(LogError, match="unpacks to more than the 1 MB that are read"):
        read_series([log("log.csv.gz", packed)], "loss")


def test_a_pointer_of_git_lfs_is_called_that() -> None:
    with pytest.raises(LogError, match=r"'progress\.csv' is a pointer of Git LFS .*git lfs pull"):
        tags_of(log_files(RUNS / "lfs"))


def test_lists_stand_beside_their_own_steps() -> None:
    text = '{"train": {"loss": [3, 2], "step": [1, 2]}, "val": {"loss": [4, 5], "step": [7, 8]}}'

    series = read_series([log("log.json", text)], "val/loss")
    assert (series.x_name, list(series.xs)) == ("val/step", [7, 8])


@pytest.mark.parametrize("text", ['{"a": [1], "a_T": [2], "a_T_T": [3]}', '{"_T": [1], "": [1]}'])
def test_names_that_only_look_like_steps_are_read(text: str) -> None:
    assert tags_of([log("info.json", text)])


def test_a_list_too_long_for_columns_is_passed_over() -> None:
    text = '{"step": 1, "hist": [' + ", ".join("1" * 33) + '], "ap": [0.5, 0.6]}\n'

    assert [tag.name for tag in tags_of([log("log.jsonl", text)])] == ["ap/0", "ap/1", "step"]


def test_a_small_packed_file_is_not_unpacked_to_a_huge_one() -> None:
    data = gzip.compress(b"loss\n" + (b"1" + b" " * 4000 + b"\n") * 4500)

    assert len(data) < 100_000
    with pytest.raises(LogError, match="unpacks to more than the 16 MB that are read"):
        read_series([log("run.csv.gz", data)], "loss")


@pytest.mark.parametrize("last", ["2,500,9.5", "0,3000,9.5", "x,3000,9.5"])
def test_three_columns_without_names_that_fall_are_not_of_d3rlpy(last: str) -> None:
    """They may be a seed, a step and a value."""
    file = log("scores.csv", f"1,1000,3.5\n1,2000,4.5\n{last}\n")

    with pytest.raises(
        LogError, match=r"'scores\.csv:3' is not of d3rlpy.*names in its first line"
    ):
        read_series([file], "scores")
