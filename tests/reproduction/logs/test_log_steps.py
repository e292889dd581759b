"""What counts as x: the columns that programs write steps into, and rows only where there is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs import column_values, read_series, tags_of
from tests.reproduction.logs.files import events, log

NAMES = (
    "step",
    "global_step",
    "Global Step",
    "train/global_step",
    "epoch",
    "iteration",
    "Iter",
    "timesteps_total",
    "Time Steps",
    "total timesteps",
    "total-timesteps",
    "training_iteration",
    "TotalEnvInteracts",
    "episode",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_column_that_is_known_to_count_steps_is_x(name: str) -> None:
    """The number of the row was taken, silently."""
    table = log("log.csv", f"loss,{name}\n3,100\n2,200\n")
    lines = log("log.jsonl", json.dumps({"loss": 3, name: 100}) + "\n")

    series = read_series([table], "loss")
    assert (series.x_name, list(series.xs), series.file) == (name, [100, 200], "log.csv")
    assert read_series([lines], "loss").x_name == name
    (tag,) = (tag for tag in tags_of([table]) if tag.name == "loss")
    assert (tag.x_name, tag.last_x) == (name, 200)


def test_of_several_columns_the_finest_is_x() -> None:
    text = "epoch,iteration,loss,global_step\n1,10,3,1000\n2,20,2,2000\n"

    assert read_series([log("log.csv", text)], "loss").x_name == "global_step"
    assert read_series([log("log.csv", text)], "loss", "epoch").x_name == "epoch"


def test_a_quantity_whose_rows_have_another_x_is_read_over_that() -> None:
    """A program may log its training by the step and its evaluation by the epoch."""
    text = '{"step": 10, "loss": 3}\n{"epoch": 1, "acc": 0.5}\n{"epoch": 2, "acc": 0.6}\n'
    file = log("log.jsonl", text)

    series = read_series([file], "acc")
    assert (series.x_name, list(series.xs)) == ("epoch", [1, 2])
    found = {tag.name: (tag.x_name, tag.points) for tag in tags_of([file])}
    assert (found["loss"], found["acc"]) == (("step", 1), ("epoch", 2))


def test_where_nothing_is_known_to_count_steps_rows_are_counted() -> None:
    series = read_series([log("log.csv", "loss,lr\n3,1\n2,1\n")], "loss")

    assert (series.x_name, list(series.xs)) == ("row", [0, 1])


def test_steps_that_fall_are_told() -> None:
    series = read_series([log("log.csv", "step,loss\n1,3\n2,2\n1,4\n2,5\n")], "loss")

    assert series.notes == (
        "'step' of 'log.csv' falls once: its rows were sorted; they may be several runs",
    )


@pytest.mark.parametrize("name", ["seed", "Seed", "run_id", "agent", "env name"])
def test_a_column_that_tells_runs_apart_is_told(name: str) -> None:
    text = f"{name},step,loss\na,1,3\na,2,2\nb,1,4\n"

    series = read_series([log("log.csv", text)], "loss")
    assert [(column.name, column.runs) for column in series.run_columns] == [(name, ("a", "b"))]
    assert read_series([log("log.csv", text)], "loss", None, (name, "a")).run_columns == ()


def test_files_that_hold_the_same_points_are_one() -> None:
    rows = '{"step": 1, "loss": 3}\n{"step": 2, "loss": 2}\n'
    files = [log("vis_data/scalars.json", rows), log("vis_data/20230101.json", rows)]

    series = read_series(files, "loss")
    assert list(series.values) == [3, 2]
    assert series.notes == ("2 files hold the same points; 'vis_data/20230101.json' was read",)


def test_a_format_without_columns_takes_its_own_x_by_name() -> None:
    file = log("a.tfevents", events([(1, 1.5)]))

    assert list(read_series([file], "loss", "step").values) == [1.5]
    with pytest.raises(LogError, match="so 'epoch' cannot be its x, which is 'step'"):
        read_series([file], "loss", "epoch")


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(-5, 5)),
        min_size=1,
        max_size=20,
    ),
    as_json=st.booleans(),
)
def test_the_rows_of_one_seed_read_as_a_file_of_their_own(
    rows: list[tuple[str, int, int]], as_json: bool
) -> None:
    def table(kept: list[tuple[str, int, int]]) -> LogFile:
        entries = [dict(zip(("seed", "step", "loss"), row, strict=True)) for row in kept]
        lines = [",".join(map(str, row)) for row in kept]
        if as_json:
            return log("log.json", json.dumps(entries))
        return log("log.csv", "\n".join(["seed,step,loss", *lines]) + "\n")

    seeds = column_values([table(rows)], "seed")
    assert set(seeds) == {seed for seed, *_ in rows}
    for seed in seeds:
        split = read_series([table(rows)], "loss", keep=("seed", seed))
        alone = read_series([table([row for row in rows if row[0] == seed])], "loss")
        assert (split.x_name, split.xs, split.values) == ("step", alone.xs, alone.values)
        assert split.run_columns == alone.run_columns == ()
