"""TensorBoard event files: both encodings, several files, what breaks off, and files of a real library."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from curriculum.disk.runs import log_files
from curriculum.model.runs import LogError
from curriculum.reproduction.logs import read_series, tags_of
from tests.reproduction.logs.files import (
    TENSORS,
    event,
    events,
    field,
    head,
    log,
    record,
    simple,
    tensor,
)

RUNS = Path(__file__).parents[2] / "cases" / "runs" / "cartpole"
POINTS = [(0, 3.0), (1, 2.0), (300, 1.5), (70_000, -4.0)]


@pytest.mark.parametrize("encoding", ["simple", *TENSORS])
def test_both_encodings_of_a_scalar_are_read(encoding: str) -> None:
    points = [(step, float(round(value))) for step, value in POINTS]
    series = read_series(
        [log("events.out.tfevents.1.host", events(points, encoding=encoding))], "loss"
    )

    assert (list(series.xs), list(series.values)) == (
        [step for step, _ in points],
        [value for _, value in points],
    )
    assert (series.x_name, series.importer, series.notes, series.sampled) == (
        "step",
        "tensorboard/1",
        (),
        None,
    )


def test_several_tags_in_one_event_are_told_apart() -> None:
    file = log(
        "a.tfevents", head() + record(event(5, ("loss", simple(1.0)), ("loss/val", simple(2.0))))
    )

    assert [(tag.name, tag.points, tag.last_x, tag.last_value) for tag in tags_of([file])] == [
        ("loss", 1, 5, 1.0),
        ("loss/val", 1, 5, 2.0),
    ]
    assert list(read_series([file], "loss").values) == [1.0]


def test_events_with_several_scalars_are_read_for_each_of_them() -> None:
    both = [("loss", simple(1.0)), ("loss", simple(2.0)), ("other", simple(3.0))]
    file = log("a.tfevents", head() + b"".join(record(event(step, *both)) for step in range(4)))

    assert [(tag.name, tag.points) for tag in tags_of([file])] == [("loss", 8), ("other", 4)]
    assert read_series([file], "loss").notes == (
        "4 records were replaced by later ones of the same step",
    )
    assert list(read_series([file], "other").values) == [3.0] * 4


def test_files_of_one_run_are_merged_by_step_and_the_later_file_wins() -> None:
    first = log("events.out.tfevents.1.host", events([(1, 1.0), (2, 2.0), (3, 3.0)]))
    second = log("events.out.tfevents.2.host", events([(2, 20.0), (4, 40.0)]))

    series = read_series([second, first], "loss")

    assert list(zip(series.xs, series.values, strict=True)) == [
        (1, 1.0),
        (2, 20.0),
        (3, 3.0),
        (4, 40.0),
    ]
    assert series.notes == (
        "2 event files merged by step; for each step the later file's record counts",
        "1 record was replaced by a later one of the same step",
    )


def test_event_files_in_several_folders_may_be_several_runs_and_are_refused() -> None:
    files = [log("a/x.tfevents", events(POINTS)), log("b/x.tfevents", events(POINTS))]

    with pytest.raises(
        LogError, match=r"2 folders \('a', 'b'\), which may be several runs; name one"
    ):
        read_series(files, "loss")


def test_a_file_cut_at_any_byte_gives_the_records_before_the_cut() -> None:
    data = events(POINTS)
    ends = [len(head())]
    for step, value in POINTS:
        ends.append(ends[-1] + len(record(event(step, ("loss", simple(value))))))
    for cut in range(len(head()) + 1, len(data)):
        whole = sum(cut >= end for end in ends) - 1
        file = log("a.tfevents", data[:cut])
        if not whole:
            with pytest.raises(LogError, match="does not hold the tag 'loss'"):
                read_series([file], "loss")
            continue
        series = read_series([file], "loss")
        assert list(zip(series.xs, series.values, strict=True)) == POINTS[:whole]
        told = ("the last record of 'a.tfevents' is cut off and was skipped",)
        assert series.notes == (() if cut in ends else told)


def test_a_corrupt_length_ends_the_reading_and_is_reported() -> None:
    data = bytearray(events(POINTS))
    second = len(head()) + len(record(event(0, ("loss", simple(3.0)))))
    data[second] ^= 1

    series = read_series([log("a.tfevents", bytes(data))], "loss")

    assert list(series.values) == [3.0]
    assert series.notes == (
        "'a.tfevents' is corrupt after what was read: a record's length does not agree with its checksum",
    )


def test_what_is_not_an_event_file_is_reported() -> None:
    with pytest.raises(LogError, match=r"'a\.tfevents' is not an event file"):
        tags_of([log("a.tfevents", b"<html>" + bytes(40))])


def test_histograms_and_texts_are_not_scalars() -> None:
    values = event(1, ("text", tensor(7, field(8, b"a string"))), ("loss", simple(1.0)))

    assert [tag.name for tag in tags_of([log("a.tfevents", head() + record(values))])] == ["loss"]


def test_not_a_number_and_infinity_are_kept_as_the_run_wrote_them() -> None:
    series = read_series(
        [log("a.tfevents", events([(1, float("nan")), (2, float("inf"))]))], "loss"
    )

    assert str(list(series.values)) == "[nan, inf]"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_that_a_real_library_wrote_agree_with_its_csv(seed: int) -> None:
    """Stable-Baselines3 wrote both; the event file holds 32 bits of each number."""
    folder = RUNS / f"seed-{seed}"
    with (folder / "progress.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    tags = [tag.name for tag in tags_of(log_files(next(folder.glob("*tfevents*"))))]

    assert "rollout/ep_rew_mean" in tags
    for tag in tags:
        series = read_series(log_files(next(folder.glob("*tfevents*"))), tag)
        written = [
            (float(row["time/total_timesteps"]), float(row[tag])) for row in rows if row[tag]
        ]
        assert list(series.xs) == [x for x, _ in written]
        assert list(series.values) == pytest.approx(
            [value for _, value in written], rel=1e-6, abs=1e-12
        )
