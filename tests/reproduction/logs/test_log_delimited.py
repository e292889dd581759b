"""CSV and its dialects: by name of the column, blank is missing, and nothing is guessed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from curriculum.disk.runs import log_files
from curriculum.model.runs import LogError
from curriculum.reproduction.logs import column_values, read_series, tags_of
from tests.reproduction.logs.files import log

RUNS = Path(__file__).parents[2] / "cases" / "runs" / "cartpole"


def points(
    text: str, tag: str, name: str = "log.csv", x: str | None = None
) -> list[tuple[float, float]]:
    """Return the points of a column."""
    series = read_series([log(name, text)], tag, x)
    return list(zip(series.xs, series.values, strict=True))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_plain_table_is_read_by_the_names_of_its_columns(delimiter: str, end: str) -> None:
    rows = [["step", "loss", "note"], ["10", "1.5", "a"], ["20", "", "b"], ["30", "5e-1", ""]]
    text = "".join(delimiter.join(row) + end for row in rows)

    assert points(text, "loss") == [(10, 1.5), (30, 0.5)]
    assert points(text, "loss", x="row") == [(0, 1.5), (2, 0.5)]
    assert [(tag.name, tag.points) for tag in tags_of([log("a.csv", text)])] == [
        ("loss", 2),
        ("step", 3),
    ]


def test_a_byte_order_mark_and_quotes_are_not_part_of_a_name() -> None:
    assert points('\ufeff"step","loss, mean"\n1,2\n', "loss, mean") == [(1, 2.0)]


def test_rows_are_put_in_the_order_of_x() -> None:
    assert points("step,loss\n3,30\n1,10\n2,20\n", "loss", x="step") == [(1, 10), (2, 20), (3, 30)]


def test_a_cell_that_is_not_a_number_is_reported_with_its_place() -> None:
    with pytest.raises(
        LogError, match=r"'log\.csv:3' has 'oops' in column 'loss', which is not a number"
    ):
        points("step,loss\n1,2\n2,oops\n", "loss")


def test_a_last_line_that_breaks_off_is_skipped_and_reported() -> None:
    series = read_series([log("log.csv", "step,loss,lr\n1,2,3\n2,4")], "loss")

    assert list(series.values) == [2.0]
    assert series.notes == ("the last line of 'log.csv' is cut off and was skipped",)


def test_a_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(LogError, match=r"'log\.csv:2' has 3 cells under a header of 2"):
        points("step,loss\n1,2,3\n", "loss")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has no header line"),
        ("1,2\n3,4\n", "has numbers in its first line"),
        ("step,loss,loss\n1,2,3\n", "has 2 columns called 'loss'"),
    ],
)
def test_what_is_not_a_table_is_reported(text: str, why: str) -> None:
    with pytest.raises(LogError, match=why):
        points(text, "loss")


def test_a_table_that_is_not_utf_8_is_reported() -> None:
    with pytest.raises(LogError, match="UTF-8"):
        read_series([log("log.csv", b"step,l\xf6ss\n1,2\n")], "loss")


def test_an_unknown_column_names_near_ones() -> None:
    with pytest.raises(
        LogError, match=r"does not hold the tag 'los'; the nearest of its 2 tags: 'loss'"
    ):
        points("step,loss\n1,2\n", "los")


def test_rows_of_one_seed_are_kept_by_a_column() -> None:
    file = log("all.csv", "seed,step,score\n1,1,10\n2,1,20\n1,2,11\n2,2,21\n")

    assert column_values([file], "seed") == ("1", "2")
    series = read_series([file], "score", "step", ("seed", "2"))
    assert list(zip(series.xs, series.values, strict=True)) == [(1, 20.0), (2, 21.0)]
    with pytest.raises(LogError, match="has no row whose 'seed' is '3'"):
        read_series([file], "score", None, ("seed", "3"))
    with pytest.raises(LogError, match="has no column 'sed'"):
        column_values([file], "sed")


@pytest.mark.parametrize("x", ["time/total_timesteps", "misc/total_timesteps", "total_timesteps"])
def test_progress_csv_counts_environment_steps(x: str) -> None:
    text = f"rollout/ep_rew_mean,{x},late\n,100,\n5.5,200,1\n"

    series = read_series([log("run/progress.csv", text)], "rollout/ep_rew_mean")
    assert (list(series.xs), list(series.values), series.x_name) == ([200], [5.5], x)
    assert series.importer == "progress/1"


def test_spinning_up_progress_txt_counts_interactions() -> None:
    text = "Epoch\tAverageEpRet\tTotalEnvInteracts\n0\t-1.5\t4000\n1\t2.5\t8000\n"

    series = read_series([log("progress.txt", text)], "AverageEpRet")
    assert (list(series.xs), list(series.values), series.importer) == (
        [4000, 8000],
        [-1.5, 2.5],
        "spinningup/1",
    )


def test_lightning_metrics_stand_on_different_rows() -> None:
    text = "epoch,step,train_loss,val_acc\n0,49,0.7,\n0,99,,0.81\n1,149,0.5,\n1,199,,0.86\n"

    series = read_series([log("lightning_logs/version_0/metrics.csv", text)], "val_acc")
    assert (list(series.xs), list(series.values), series.importer) == (
        [99, 199],
        [0.81, 0.86],
        "lightning/1",
    )


def test_several_versions_of_a_lightning_run_are_never_merged() -> None:
    files = [log(f"version_{number}/metrics.csv", "step,acc\n1,0.5\n") for number in (0, 1)]

    with pytest.raises(
        LogError, match=r"2 versions of a Lightning run \('version_0', 'version_1'\); name one"
    ):
        read_series(files, "acc")


@pytest.mark.parametrize(("rows", "sampled"), [(499, False), (500, True), (501, False)])
def test_an_export_of_wandb_with_exactly_500_points_looks_sampled(rows: int, sampled: bool) -> None:
    text = "_step,loss\n" + "".join(f"{10 * row},{row}\n" for row in range(rows))

    series = read_series([log("wandb.csv", text)], "loss")
    assert (series.sampled is not None) == sampled
    assert series.xs[-1] == 10 * (rows - 1)


def test_a_table_of_500_rows_of_anyone_else_is_not_sampled() -> None:
    text = "step,loss\n" + "".join(f"{row},{row}\n" for row in range(500))

    assert read_series([log("mine.csv", text)], "loss").sampled is None


def worker(began: float, *episodes: tuple[float, int, float]) -> str:
    """Return a monitor file: return, length and seconds of each episode."""
    rows = "".join(f"{r},{length},{t}\n" for r, length, t in episodes)
    return "#" + json.dumps({"t_start": began, "env_id": "CartPole-v1"}) + "\nr,l,t\n" + rows


def test_episodes_of_all_workers_are_merged_by_the_time_at_which_they_ended() -> None:
    files = [
        log("0.monitor.csv", worker(1000.0, (10, 100, 1.0), (30, 100, 5.0))),
        log("1.monitor.csv", worker(1000.5, (20, 50, 2.0), (40, 70, 9.0))),
    ]

    series = read_series(files, "r")
    assert (list(series.xs), list(series.values)) == ([100, 150, 250, 320], [10, 20, 30, 40])
    assert (series.x_name, series.notes) == ("env-steps", ("2 monitor files merged by time",))


def test_a_monitor_file_that_breaks_off_keeps_what_is_whole() -> None:
    series = read_series([log("monitor.csv", worker(0.0, (1, 10, 1.0)) + "2,1")], "r")

    assert list(series.values) == [1.0]
    assert "is cut off" in series.notes[0]


@pytest.mark.parametrize(
    "text", ["r,l,t\n1,2,3\n", "#{}\nr,l,t\n1,2,3\n", '#{"t_start": 1}\nr,t\n1,2\n']
)
def test_what_is_not_a_monitor_file_is_reported(text: str) -> None:
    with pytest.raises(LogError, match=r"is not a monitor file|does not have the 't_start'"):
        read_series([log("monitor.csv", text)], "r")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_real_run_is_read_as_the_csv_module_reads_it(seed: int) -> None:
    episodes = []
    for path in sorted((RUNS / f"seed-{seed}").glob("*.monitor.csv")):
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        began = json.loads(first[1:])["t_start"]
        episodes += [
            (began + float(row["t"]), float(row["r"]), int(row["l"]))
            for row in csv.DictReader(lines)
        ]
    episodes.sort()

    series = read_series(log_files(RUNS / f"seed-{seed}"), "r")
    assert list(series.values) == [value for _, value, _ in episodes]
    assert series.xs[-1] == sum(length for _, _, length in episodes)


def test_the_unnamed_column_of_row_numbers_that_pandas_writes_is_no_tag() -> None:
    file = log("log.csv", ",step,acc\n0,10,0.5\n1,20,0.6\n")

    assert [tag.name for tag in tags_of([file])] == ["acc", "step"]
    assert list(read_series([file], "acc").xs) == [10, 20]


def test_a_name_with_an_underscore_between_digits_is_a_name() -> None:
    series = read_series([log("log.csv", b"1_000,2_000\n1,5\n2,6\n")], "2_000")

    assert list(series.values) == [5, 6]
