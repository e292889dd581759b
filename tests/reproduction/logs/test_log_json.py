"""JSON, JSON Lines, the state of a Hugging Face trainer, and what W&B exports."""

from __future__ import annotations

import json
import sys
from types import FrameType

import pytest

from curriculum.model.runs import LogError
from curriculum.reproduction.logs import read_series, tags_of
from tests.reproduction.logs.files import log


def state(step: int, *history: dict[str, float]) -> str:
    """Return the state of a trainer."""
    return json.dumps({"global_step": step, "best_metric": 0.9, "log_history": list(history)})


@pytest.mark.parametrize("name", ["log.jsonl", "log.ndjson", "log.json"])
def test_lines_of_json_are_read_with_nested_keys(name: str) -> None:
    text = '{"step": 1, "eval": {"loss": 2.5}}\n{"step": 2}\n\n{"step": 3, "eval": {"loss": 1.5, "why": "x"}}\n'

    series = read_series([log(name, text)], "eval/loss")
    assert (list(series.xs), list(series.values), series.x_name) == ([1, 3], [2.5, 1.5], "step")
    assert [tag.name for tag in tags_of([log(name, text)])] == ["eval/loss", "step"]


def test_a_last_line_of_json_that_breaks_off_is_skipped_and_reported() -> None:
    series = read_series([log("log.jsonl", '{"a": 1}\n{"a": 2}\n{"a": ')], "a")

    assert (list(series.values), series.notes) == (
        [1, 2],
        ("the last line of 'log.jsonl' is cut off and was skipped",),
    )


def test_a_broken_line_before_the_last_is_pointed_at() -> None:
    with pytest.raises(LogError, match=r"'log\.jsonl:2' is not JSON"):
        read_series([log("log.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n')], "a")


def test_a_document_of_lists_is_a_table() -> None:
    text = json.dumps({"train": {"loss": [3, 2, 1]}, "final": 0.5, "names": ["a"]})

    assert list(read_series([log("out.json", text)], "train/loss").values) == [3, 2, 1]
    assert list(read_series([log("out.json", text)], "final").values) == [0.5]
    assert list(read_series([log("out.json", "[1, 2.5]")], "values").values) == [1, 2.5]


@pytest.mark.parametrize("text", ["3", '"a"', "[1, [2]]", '{"a": 1', "", "\x00"])
def test_what_is_not_a_log_is_reported(text: str) -> None:
    with pytest.raises(LogError, match=r"'out\.json'"):
        read_series([log("out.json", text)], "a")


def test_the_trainers_whole_history_is_read_from_its_latest_copy() -> None:
    early = log("out/checkpoint-10/trainer_state.json", state(10, {"step": 10, "eval_loss": 2.0}))
    late = log(
        "out/checkpoint-20/trainer_state.json",
        state(
            20,
            {"step": 10, "eval_loss": 2.0},
            {"step": 15, "loss": 1.0},
            {"step": 20, "eval_loss": 1.5},
        ),
    )

    series = read_series([early, late], "eval_loss")
    assert (list(series.xs), list(series.values), series.importer) == (
        [10, 20],
        [2.0, 1.5],
        "trainer-state/1",
    )
    assert (
        "of 2 copies 'out/checkpoint-20/trainer_state.json' was read, which has the largest global_step"
        in series.notes
    )
    assert "its 'best_metric' is not used: the whole log is read" in series.notes


def test_trainers_of_two_runs_are_never_merged() -> None:
    files = [
        log(f"run-{number}/trainer_state.json", state(1, {"step": 1, "loss": 1.0}))
        for number in (1, 2)
    ]

    with pytest.raises(
        LogError, match=r"trainer_state\.json of 2 runs \('run-1', 'run-2'\); name one"
    ):
        read_series(files, "loss")


@pytest.mark.parametrize(("rows", "sampled"), [(499, False), (500, True)])
def test_a_history_of_wandb_with_exactly_500_lines_looks_sampled(rows: int, sampled: bool) -> None:
    text = "".join(json.dumps({"_step": row, "loss": row}) + "\n" for row in range(rows))

    series = read_series([log("history.jsonl", text)], "loss")
    assert (series.sampled is not None, series.importer) == (sampled, "wandb/1")


def test_the_summary_of_a_wandb_run_is_one_value_of_a_history() -> None:
    series = read_series([log("files/wandb-summary.json", '{"_step": 99, "acc": 0.5}')], "acc")

    assert (list(series.xs), list(series.values)) == ([99], [0.5])
    assert (
        series.sampled == "it is the summary of a W&B run, which holds one value of each quantity"
    )


def test_json_that_is_nested_too_deeply_is_reported() -> None:
    for text in ("[" * 200_000, '{"a":' * 200_000):
        with pytest.raises(LogError, match=r"nested too deeply|not JSON"):
            read_series([log("deep.json", text)], "a")


def test_numbers_too_large_for_a_float_are_not_numbers() -> None:
    with pytest.raises(LogError, match="which is not a number"):
        read_series([log("log.jsonl", '{"a": 1' + "0" * 400 + "}\n")], "a")


MANY = 3000
NAMES = [f"k{number}" for number in range(MANY)]
SPARSE = {
    "a name for each line": ("a.jsonl", "".join(f'{{"{name}": 1}}\n' for name in NAMES)),
    "a step for each line": (
        "a.jsonl",
        "".join(f'{{"{name}/step": 1, "{name}": 1}}\n' for name in NAMES),
    ),
    "a name for each entry": ("a.json", json.dumps([{name: 1} for name in NAMES])),
    "a long list beside many numbers": (
        "a.json",
        json.dumps({**dict.fromkeys(NAMES, 1), "long": [1] * MANY}),
    ),
    "short rows under a long header": ("a.csv", ",".join(NAMES) + "\n" + MANY * "1,\n"),
    "the state of a trainer": (
        "trainer_state.json",
        json.dumps({"log_history": [{name: 1} for name in NAMES]}),
    ),
}


@pytest.mark.parametrize("kind", SPARSE)
def test_a_log_is_listed_in_time_that_follows_its_length(kind: str) -> None:
    """With a name of its own in each line, 40,000 lines took 90 s."""
    name, text = SPARSE[kind]
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        found = tags_of([log(name, text)])
    finally:
        sys.setprofile(None)
    assert {tag.name.removesuffix("/step") for tag in found} <= {*NAMES, "long"}
    assert max(tag.points for tag in found) in (1, MANY)
    assert calls < 2_000 * MANY  # quadratic, it is 3,000 or more


def test_a_long_key_is_not_repeated_for_all_keys_inside() -> None:
    text = json.dumps({"k" * 100_000: dict.fromkeys(NAMES, 1), "loss": 1})

    assert [tag.name for tag in tags_of([log("a.json", text)])] == ["loss"]
