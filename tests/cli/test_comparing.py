"""Recording scores and comparing them with the published ones, as a person meets it in a terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from tests.workspaces import run, workspace

RUNS = Path(__file__).parents[1] / "cases" / "runs" / "cartpole"
CARTPOLE = "ppo-2017#cleanrl-ppo-py-cart-pole"

PAPER = """\
kind: paper
title: Attention to Sums
authors: [Bo Binary]
year: 2024
steps:
  - {id: read, title: Read it, effort: 3h}
  - {id: implement, title: Build it, effort: 5h}
defaults:
  metric: {name: accuracy, direction: higher, unit: percent, bounds: [0, 100]}
  on: {suite: sums, version: v2}
  protocol: {reducer: {how: final}}
  value: {centre: mean}
  spread: {kind: sd, over: seeds, ddof: 1}
  runs: 5
  tier: self-reported
results:
  - {id: adding, primary: true, on: Adding, value: 80.0, spread: 1.0, tolerance: {abs: 4}, source: {table: 1}}
  - {id: taking, primary: true, on: Taking, value: 60.0, spread: 1.0, tolerance: {abs: 4}, source: {table: 1}}
  - {id: sharing, on: Sharing, value: 30.0, spread: 1.0, tolerance: {abs: 4}, source: {table: 2}}
"""


@pytest.fixture(autouse=True)
def bare(tmp_path: Path) -> Path:
    """Return a workspace of the built-in library alone."""
    (tmp_path / "syllabi").mkdir()
    return tmp_path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose paper claims three results."""
    return workspace(tmp_path, paper=PAPER)


def said(root: Path, *arguments: str) -> str:
    """Run a command that succeeds, and return what it prints."""
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(root: Path, *arguments: str) -> str:
    """Run a command that is refused, and return its last words; the journal must stay as it was."""
    before = run(root, "journal", "export").stdout
    result = run(root, *arguments)
    assert result.exit_code == 2, result.output
    assert run(root, "journal", "export").stdout == before
    return result.stderr.strip().splitlines()[-1]


def compared(root: Path, *arguments: str) -> Any:  # Any: a tree of JSON values
    """Return what `compare --json` says."""
    return json.loads(said(root, "compare", "--json", *arguments))


def the_one(root: Path) -> dict[str, Any]:
    """Return the only verdict there is."""
    (paper,) = compared(root)
    (verdict,) = paper["results"]
    found: dict[str, Any] = verdict
    return found


def test_results_say_what_is_claimed_how_it_was_measured_and_where_it_stands(root: Path) -> None:
    assert said(root, "results", "attention").splitlines() == [
        "accuracy, final   Table 1 (self-reported, unknown)",
        "* adding   80.0 ±1.0 sd percent ↑ (n=5)   Adding v2",
        "* taking   60.0 ±1.0 sd percent ↑ (n=5)   Taking v2",
        "and 1 supporting result: 'curriculum results attention --all'",
    ]
    assert "  sharing   30.0 ±1.0 sd percent ↑ (n=5)   Sharing v2" in said(
        root, "results", "attention", "--all"
    )
    assert "nothing here" not in said(root, "results", "counting")
    assert said(root, "results", "counting") == "the syllabus of counting holds no results\n"


def test_results_as_json_keep_the_printed_digits_and_name_the_margin(root: Path) -> None:
    (first, *_) = json.loads(said(root, "results", "attention", "--json"))["results"]

    assert first["value"]["value"] == "80.0"
    assert first["margin"] == {"size": 4.0, "origin": "stated"}


def test_a_score_is_judged_at_once_and_kept_for_compare(root: Path) -> None:
    first, second, numbers, *_ = said(
        root, "score", "attention#adding", "79.5", "80.5", "80.1"
    ).splitlines()

    assert first == "recorded 3 runs of attention#adding; 3 in this attempt"
    assert second == (
        "adding  REPRODUCED (equivalent)   mine 80.0 ±0.5 (3 runs), final (typed)"
        "   paper 80.0 ±1.0 (5 seeds), final, Table 1"
    )
    assert "Δ 4.0" in numbers
    assert "short <1 % · within 99 % · beyond <1 %" in numbers
    verdict = the_one(root)
    assert (verdict["verdict"], verdict["settled"], verdict["mine"]["n"]) == ("reproduced", True, 3)
    assert verdict["D"] == pytest.approx(0.1 / 3)
    assert (
        said(root, "compare").splitlines()[0]
        == "attention  INCONCLUSIVE   1 of 2 primary results settled"
    )
    assert said(root, "compare").splitlines()[1] == "  not attempted: taking"


def test_no_verdict_is_printed_without_its_runs_its_reducer_and_its_margin(root: Path) -> None:
    for values in (["80"], ["60", "61", "60"], ["90", "91", "90.5"], ["80", "70", "90"]):
        text = said(root, "score", "attention#adding", "--new", *values)
        assert f"({len(values)} run" in text
        assert "final (typed)" in text
        assert "Δ 4.0" in text
        assert "fail" not in text.lower()


def test_scores_arrive_one_after_another_and_share_the_chance_of_an_error(root: Path) -> None:
    said(root, "score", "attention#adding", "79.5", "80.5")
    assert the_one(root)["alpha"] == pytest.approx(0.04)
    said(root, "score", "attention#adding", "80.1")

    assert the_one(root)["alpha"] == pytest.approx(0.005)
    assert the_one(root)["attempt"] == 1
    assert the_one(root)["mine"]["n"] == 3


def test_a_new_attempt_is_counted_and_goes_on_with_the_chance_of_an_error(root: Path) -> None:
    said(root, "score", "attention#adding", "70.5", "71.5")
    text = said(root, "score", "attention#adding", "--new", "79.5", "80.5", "80.1")

    assert "recorded 3 runs of attention#adding; 3 in attempt 2" in text
    assert "] at 99 %" in text
    assert (the_one(root)["alpha"], the_one(root)["attempt"]) == (pytest.approx(0.005), 2)


def test_declared_runs_are_judged_when_they_are_all_in(root: Path) -> None:
    said(root, "score", "attention#adding", "--seeds", "3")
    early = said(root, "score", "attention#adding", "80", "80.5")
    assert "why: 2 of 3 declared runs are in; the next look is at 3" in early
    said(root, "score", "attention#adding", "79.5")

    assert the_one(root)["verdict"] == "reproduced"
    assert the_one(root)["alpha"] == pytest.approx(0.04)
    assert "1 run more than declared is extra and counts for nothing" in said(
        root, "score", "attention#adding", "99"
    )
    assert the_one(root)["mine"]["n"] == 3


def test_runs_cannot_be_declared_after_the_first_of_them(root: Path) -> None:
    said(root, "score", "attention#adding", "80")

    assert "runs are declared before the first" in refused(
        root, "score", "attention#adding", "--seeds", "5"
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["attention#adding"], "give the scores, one VALUE per seed, or read them '--from PATH'"),
        (["attention#adding", "abc"], "'abc': it is not a number"),
        (["attention#adding", "--bogus", "3"], "'--bogus': there is no such option"),
        (["attention", "3"], "'attention' is not the name of a result"),
        (["attention#ading", "3"], "did you mean 'adding'"),
        (["counting#adding", "3"], "'counting' has no result 'adding'"),
        (["sums#adding", "3"], "'sums' is not a paper; only papers have published results"),
        (["nothing#adding", "3"], "no syllabus defines 'nothing'"),
        (["attention#adding", "1e200"], "value out of range (|x| > 1e100)"),
        (["attention#adding", "80", "--unit", "furlong"], "the paper's unit is 'percent'"),
        (["attention#adding", "80", "--seed", "1", "--seed", "2"], "2 seeds for 1 value"),
        (["attention#adding", "80", "81", "--sd", "1", "--runs", "4"], "to one VALUE"),
        (["attention#adding", "80", "--sd", "1"], "say with '--runs' how many runs it is of"),
        (["attention#adding", "80", "--deviation", "on.verion=v4"], "did you mean 'on.version'"),
        (["attention#adding", "80", "--deviation", "on.version"], "is not a difference"),
        (["attention#adding", "80", "81", "--runs", "4"], "to one VALUE"),
        (["attention#adding", "--failed", "80"], "write the values before '--failed'"),
        (["attention#adding", "80", "--reducer", "median"], "'median' is not a reducer"),
        (["attention#adding", "80", "--reducer", "final:3"], "'final' takes no number"),
        (["attention#adding", "80", "--reducer", "at:soon"], "'soon' is not a number for 'at'"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(
    root: Path, arguments: list[str], why: str
) -> None:
    assert why in refused(root, "score", *arguments)


def test_negative_values_are_values(root: Path) -> None:
    assert "2 runs" in said(root, "score", "attention#adding", "-3.5", "-4")


def test_a_run_that_crashed_counts_as_the_worst_there_is(root: Path) -> None:
    text = said(
        root, "score", "attention#adding", "80", "81", "80", "80", "--failed", "out of memory"
    )

    assert "1 of 5 diverged, counted as 0, the worst there is" in text
    assert "no number: out of memory" in said(root, "scores", "attention#adding")


def test_a_difference_without_a_reason_closes_the_comparison(root: Path) -> None:
    text = said(
        root, "score", "attention#adding", "80", "80.5", "79.5", "--deviation", "on.version=v4"
    )

    assert text.splitlines()[1].startswith("adding  INCONCLUSIVE")
    assert "on.version differs (mine v4, paper v2); say why to accept it" in text


def test_a_difference_with_a_reason_is_printed_with_the_verdict(root: Path) -> None:
    text = said(
        root, "score", "attention#adding", "80", "80.5", "79.5",
        "--deviation", "on.version=v4", "--why", "v2 is gone",
    )  # fmt: skip

    assert text.splitlines()[1].startswith("adding  REPRODUCED")
    assert "on v4 instead of v2 (on.version: v2 is gone)" in text


def test_fractions_are_converted_to_the_papers_percent(root: Path) -> None:
    said(root, "score", "attention#adding", "0.80", "0.805", "0.795", "--unit", "fraction")

    assert the_one(root)["verdict"] == "reproduced"
    assert the_one(root)["mine"]["centre"] == pytest.approx(80)


def test_a_mean_with_its_deviation_and_runs_stands_for_them(root: Path) -> None:
    said(root, "score", "attention#adding", "80.2", "--sd", "0.8", "--runs", "5")

    assert the_one(root)["mine"] == {"centre": 80.2, "sd": 0.8, "n": 5, "what": "mean"}
    assert "stands alone" in refused(root, "score", "attention#adding", "81")


def test_undo_takes_a_score_back(root: Path) -> None:
    said(root, "score", "attention#adding", "80")
    said(root, "score", "attention#adding", "10")

    assert said(root, "undo") == "took back: scored: attention#adding: 10\n"
    assert the_one(root)["mine"]["n"] == 1
    said(root, "undo")
    assert compared(root) == []
    assert (
        said(root, "compare")
        == "no scores yet; 'curriculum score PAPER#RESULT VALUE...' records them\n"
    )


def test_a_new_attempt_leaves_the_earlier_one_in_the_history(root: Path) -> None:
    said(root, "score", "attention#adding", "60", "70", "--commit", "3f2c1d9")
    said(
        root,
        "score",
        "attention#adding",
        "--new",
        "80",
        "80.5",
        "79.5",
        "--seed",
        "1",
        "--seed",
        "2",
        "--seed",
        "3",
    )

    assert the_one(root)["mine"]["n"] == 3
    lines = said(root, "scores", "attention#adding").splitlines()
    assert lines[0] == "attempt 1: 2 runs, commit 3f2c1d9  ▁█"
    assert lines[4] == "attempt 2: 3 runs  ▄█▁"
    assert lines[5] == "  80  seed 1"
    assert lines[-1] == "  3 runs: reproduced (against 80.0, Δ 4)"


def test_scores_are_exported_and_imported_without_loss(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said(
        root,
        "score",
        "attention#adding",
        "80",
        "80.5",
        "79.5",
        "--deviation",
        "on.version=v4",
        "--why",
        "v2 is gone",
    )
    said(root, "score", "attention#taking", "60", "--failed", "crashed")
    exported = tmp_path_factory.mktemp("export") / "journal.jsonl"
    exported.write_text(said(root, "journal", "export"), encoding="utf-8")
    other = workspace(tmp_path_factory.mktemp("other"), paper=PAPER)
    said(other, "journal", "import", str(exported))

    assert compared(other) == compared(root)


def test_17_a_changed_published_record_makes_the_old_verdict_stale_and_keeps_it(root: Path) -> None:
    """VERDICTS.md §17: both verdicts are kept."""
    said(root, "score", "attention#adding", "79.5", "80.5", "80.1")
    paper = root / "syllabi" / "papers" / "attention.yaml"
    paper.write_text(PAPER.replace("value: 80.0", "value: 88.0"), encoding="utf-8")

    verdict = the_one(root)
    assert verdict["verdict"] == "short"
    (changed,) = verdict["changed"]
    assert "(80.0 then, 88.0 now): the verdict then, reproduced with 3 runs, is stale" in changed
    assert changed in said(root, "compare")
    assert "3 runs: reproduced (against 80.0, Δ 4)" in said(root, "scores", "attention#adding")


def test_a_margin_that_was_widened_after_the_first_run_shows_the_verdict_of_the_old_one(
    root: Path,
) -> None:
    said(root, "score", "attention#adding", "71.5", "72.5", "72.1")
    assert the_one(root)["verdict"] == "short"
    paper = root / "syllabi" / "papers" / "attention.yaml"
    paper.write_text(
        PAPER.replace("tolerance: {abs: 4}", "tolerance: {abs: 12}", 1), encoding="utf-8"
    )

    verdict = the_one(root)
    assert verdict["verdict"] == "reproduced"
    (changed,) = verdict["changed"]
    assert changed.startswith("the margin was changed after the first run: with Δ 4.0")
    assert changed.endswith("it is short")


def test_finishing_a_papers_last_step_says_what_is_unsettled(root: Path) -> None:
    said(root, "score", "attention#adding", "79.5", "80.5", "80.1")
    assert "settled" not in said(root, "done", "attention/read")

    assert said(root, "done", "attention/implement").splitlines()[-1] == (
        "note: 1 of 2 primary results of attention are settled; open: taking"
    )


def test_status_counts_the_settled_results_of_each_paper(root: Path) -> None:
    assert "attention: not attempted (2 primary results)" in said(root, "status")
    said(root, "score", "attention#adding", "79.5", "80.5", "80.1")

    settled = "attention: 1 of 2 primary results settled (inconclusive); not attempted: taking"
    assert settled in said(root, "status")
    (paper,) = json.loads(said(root, "status", "--json"))["papers"]
    assert (paper["paper"], paper["settled"], paper["primary"]) == ("attention", 1, 2)
    assert (paper["attempted"], paper["unattempted"]) == (True, ["taking"])


def test_a_paper_is_reproduced_on_average_where_no_result_is_by_itself(root: Path) -> None:
    names = {"adding": 80, "taking": 60, "sharing": 30}
    text = PAPER.replace("sharing, on", "sharing, primary: true, on").replace("1.0", "4.0")
    (root / "syllabi/papers/attention.yaml").write_text(text, encoding="utf-8")
    # By hand: Welch with SE 0.735 and 4.3 degrees of freedom for each, t(0.96, 12.9) = 1.90.
    for name, value in names.items():
        runs = [str(value - 3), str(value), str(value + 5)]
        said(root, "score", f"attention#{name}", *runs)
    basis = "on average over 3 tasks; none singly, none short"
    assert said(root, "compare").splitlines()[:3] == [
        f"attention  REPRODUCED {basis}   0 of 3 primary results settled",
        "  mean of 3 tasks: D +0.17 Δ [−0.64, +0.97]   no worse than 0.64 Δ below the paper (96 %)",
        "  open: adding, taking, sharing",
    ]
    assert f"attention: reproduced {basis}" in said(root, "status").splitlines()

    assert "primary results" not in said(root, "done", "attention")
    assert said(root, "ready", "attention").splitlines() == [
        "ready: all that attention requires is done, and its papers are reproduced; go beyond them",
        f"  attention: reproduced {basis}",
    ]
    (paper,) = json.loads(said(root, "ready", "attention", "--json"))["papers"]
    assert (paper["verdict"], paper["on_average"], paper["reproduced"]) == (
        "reproduced",
        True,
        True,
    )
    assert paper["average"]["tasks"] == [["adding"], ["taking"], ["sharing"]]
    assert paper["average"]["no_worse_than"] == -paper["average"]["interval"][0]


def test_ready_says_how_far_an_open_paper_is_on_average(root: Path) -> None:
    """By hand: SE 0.873 with 2.07 degrees of freedom for each, t(0.96, 4.13) = 2.31; rounded up."""
    said(root, "score", "attention#adding", "74", "80", "86")
    said(root, "score", "attention#taking", "54", "60", "66")

    assert said(root, "ready", "attention").splitlines()[-1] == (
        "  to reproduce: attention, 0 of 2 primary results settled (inconclusive; "
        "on average over 2 tasks no worse than 1.5 Δ below the paper)"
    )


def test_ready_says_that_a_paper_without_spreads_is_reproduced_provisionally(root: Path) -> None:
    text = PAPER.replace(", spread: 1.0", ", spread: {kind: none}")
    (root / "syllabi/papers/attention.yaml").write_text(text, encoding="utf-8")
    said(root, "done", "attention")
    said(root, "score", "attention#adding", "79.5", "80.5", "80.1")
    said(root, "score", "attention#taking", "59.5", "60.5", "60.1")

    assert said(root, "ready", "attention").splitlines()[1:] == [
        "  attention: reproduced; provisional: the paper gives no spread"
    ]
    said(root, "score", "attention#taking", "--new", "60.0")
    assert said(root, "ready", "attention").splitlines()[0] == (
        "not yet ready to go beyond attention:"
    )


def test_ready_says_what_is_missing_and_then_that_one_may_go_beyond(root: Path) -> None:
    assert said(root, "ready", "attention").splitlines() == [
        "not yet ready to go beyond attention:",
        "  to study: 2 of 2 units: attention/read, attention/implement",
        "  to reproduce: attention, 0 of 2 primary results settled (not attempted)",
    ]
    said(root, "done", "attention")
    said(root, "score", "attention#adding", "79.5", "80.5", "80.1")
    said(root, "score", "attention#taking", "59.5", "60.5", "60.1")

    assert said(root, "ready", "attention").splitlines() == [
        "ready: all that attention requires is done, and its papers are reproduced; go beyond them"
    ]
    assert json.loads(said(root, "ready", "attention", "--json"))["ready"] is True


@pytest.mark.parametrize(
    ("step", "papers"), [("read", ["model"]), ("implement", ["attention", "model"])]
)
def test_ready_asks_for_the_results_of_papers_that_are_not_only_read(
    root: Path, step: str, papers: list[str]
) -> None:
    model = PAPER.replace("Attention to Sums", "A Model of Sums")
    cited = f"requires: [attention/{step}]\nsteps:"
    text = model.replace("steps:", cited, 1)
    (root / "syllabi/papers/model.yaml").write_text(text, encoding="utf-8")

    for goal in ("model", "mod"):
        found = json.loads(said(root, "ready", goal, "--json"))
        assert [one["paper"] for one in found["papers"]] == papers
    whole = json.loads(said(root, "ready", "--json"))
    assert [one["paper"] for one in whole["papers"]] == ["attention"]
    assert not json.loads(said(root, "ready", "attention/read", "--json"))["papers"]


def test_ready_takes_a_topic_or_a_part_of_a_works_name(root: Path) -> None:
    assert said(root, "ready", "subtraction").startswith(
        "not yet ready to go beyond topic:subtraction:"
    )
    assert said(root, "ready", "atten").startswith("not yet ready to go beyond attention:")
    assert "no syllabus defines 'nothing'" in refused(root, "ready", "nothing")


def test_one_run_is_provisional_and_does_not_make_ready(root: Path) -> None:
    said(root, "done", "attention")
    said(root, "score", "attention#adding", "80")
    said(root, "score", "attention#taking", "60")

    assert json.loads(said(root, "ready", "attention", "--json"))["ready"] is False


def last_returns(seed: int, count: int = 100) -> list[float]:
    """Return the returns of a real run's last episodes, sorted by when they ended, by the csv module alone."""
    episodes = []
    for path in sorted((RUNS / f"seed-{seed}").glob("*.monitor.csv")):
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        began = json.loads(first.removeprefix("#"))["t_start"]
        episodes += [(began + float(row["t"]), float(row["r"])) for row in csv.DictReader(lines)]
    return [value for _, value in sorted(episodes)][-count:]


def test_real_training_logs_are_reduced_by_the_papers_rule_and_judged(tmp_path: Path) -> None:
    """Three agents that Stable-Baselines3 trained on CartPole, against the table of CleanRL."""
    paths = [str(RUNS / f"seed-{seed}") for seed in (1, 2, 3)]
    text = said(
        tmp_path, "score", CARTPOLE, "--seed-from", r"seed-(\d+)", "--tag", "r", "--from", *paths
    )

    assert text.splitlines()[0] == (
        f"{paths[0]} (4 monitor files) seed 1: "
        "'r', env-steps 15 to 499188, 1511 points; last-k-mean:100 500"
    )
    assert text.splitlines()[3] == f"recorded 3 runs of {CARTPOLE}; 3 in this attempt"
    assert text.splitlines()[4] == "note: 4 monitor files merged by time"
    assert "INCONCLUSIVE, leaning short   mine 411.13 ±153.92 (3 runs), last-k-mean:100" in text
    (attempt,) = json.loads(said(tmp_path, "scores", CARTPOLE, "--json"))
    runs = attempt["runs"]
    assert [one["value"] for one in runs] == pytest.approx(
        [fmean(last_returns(seed)) for seed in (1, 2, 3)]
    )
    assert [one["seed"] for one in runs] == ["1", "2", "3"]
    assert all(len(one["sha256"]) == 64 for one in runs)
    assert attempt["readings"][0]["importer"] == "monitor/1"


def test_one_log_counts_once(tmp_path: Path) -> None:
    said(tmp_path, "score", CARTPOLE, "--tag", "r", "--from", str(RUNS / "seed-1"))

    again = refused(tmp_path, "score", CARTPOLE, "--tag", "r", "--from", str(RUNS / "seed-1"))
    assert "one log is counted twice; each run is one seed" in again


def test_without_a_tag_the_logs_tags_are_listed_and_nothing_is_guessed(tmp_path: Path) -> None:
    result = run(
        tmp_path, "score", CARTPOLE, "--from", *(str(RUNS / f"seed-{seed}") for seed in (1, 2, 3))
    )

    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert "choose what to read with '--tag NAME':" in result.stderr
    assert f"{RUNS / 'seed-1'} and 2 more that log the same:" in lines
    assert "  r  (1511 points, to env-steps 499188, last 500)" in lines
    assert "  rollout/ep_rew_mean  (97 points, to step 496640, last 500)" in lines


def test_the_tag_and_the_column_for_x_are_those_of_the_last_time_and_it_says_so(root: Path) -> None:
    logs = []
    for seed in (1, 2, 3):
        logs.append(root / f"run-{seed}.csv")
        logs[-1].write_text(
            f"updates,frames,accuracy,loss\n0,9,{70 + seed},3\n1,5,{79 + seed},2\n",
            encoding="utf-8",
        )
    first = said(
        root,
        "score",
        "attention#adding",
        "--tag",
        "accuracy",
        "--x",
        "frames",
        "--from",
        *map(str, logs[:2]),
    )
    again = said(root, "score", "attention#adding", "--from", str(logs[2]))

    assert "as the last time" not in first
    assert "note: read 'accuracy' over 'frames', as the last time" in again.splitlines()
    values = [
        run["value"]
        for run in json.loads(said(root, "scores", "attention#adding", "--json"))[0]["runs"]
    ]
    assert values == [71.0, 72.0, 73.0]
    assert (
        "choose what to read"
        in run(root, "score", "attention#taking", "--from", str(logs[2])).stderr
    )
    other = run(root, "score", "attention#adding", "--from", str(RUNS / "seed-1"))
    assert (other.exit_code, "'accuracy'" in other.stderr) == (1, True)


def test_a_wrong_tag_names_the_run_and_near_tags(tmp_path: Path) -> None:
    result = run(
        tmp_path, "score", CARTPOLE, "--tag", "rollout/ep_rew", "--from", str(RUNS / "seed-1")
    )

    assert result.exit_code == 1
    assert result.stderr.startswith(f"curriculum: in {RUNS / 'seed-1'}: ")
    assert "'rollout/ep_rew_mean'" in result.stderr


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("sed-(\\d+)", "finds no seed in"),
        ("seed", "finds no seed in"),
        ("(", "is not a regular expression"),
    ],
)
def test_a_seed_that_is_not_in_the_path_is_said(tmp_path: Path, pattern: str, why: str) -> None:
    path = str(RUNS / "seed-1")

    assert why in refused(
        tmp_path, "score", CARTPOLE, "--tag", "r", "--seed-from", pattern, "--from", path
    )


def test_the_seeds_of_one_table_are_told_apart_by_a_column(root: Path) -> None:
    table = root / "runs.csv"
    rows = [(seed, step, 79.5 + seed / 2 + step / 100) for step in range(4) for seed in range(3)]
    text = "\n".join(
        ["seed,step,accuracy", *(f"{seed},{step},{value}" for seed, step, value in rows)]
    )
    table.write_text(f"{text}\n", encoding="utf-8")
    said(
        root, "score", "attention#adding", "--tag", "accuracy", "--x", "step",
        "--seed-from", "column:seed", "--from", str(table),
    )  # fmt: skip

    (attempt,) = json.loads(said(root, "scores", "attention#adding", "--json"))
    assert [(one["seed"], one["value"]) for one in attempt["runs"]] == [
        ("0", 79.53),
        ("1", 80.03),
        ("2", 80.53),
    ]


def test_a_sampled_history_is_refused_unless_it_is_accepted(root: Path) -> None:
    history = root / "wandb.csv"
    rows = "".join(f"{step},{80 + step / 1000}\n" for step in range(500))
    history.write_text(f"_step,accuracy\n{rows}", encoding="utf-8")
    reading = ["score", "attention#adding", "--tag", "accuracy", "--from", str(history)]

    assert "the history may be a sample" in refused(root, *reading)
    text = said(root, *reading[:2], "--accept-sampled", *reading[2:])
    assert "exactly 500 points" in said(root, "scores", "attention#adding", "--json")
    assert "mine 80.5 (1 run), final " in text


def test_another_reducer_than_the_papers_closes_the_comparison(root: Path) -> None:
    history = root / "log.csv"
    history.write_text("step,accuracy\n1,70\n2,81\n3,80\n", encoding="utf-8")
    text = said(
        root,
        "score",
        "attention#adding",
        "--reducer",
        "max-per-run",
        "--tag",
        "accuracy",
        "--from",
        str(history),
    )

    assert "protocol.reducer differs (mine max-per-run, paper final)" in text
    assert "REPRODUCED" not in text


def test_the_bootstrap_of_a_suite_is_drawn_from_the_seed_that_is_named(root: Path) -> None:
    scaled = PAPER.replace(
        "bounds: [0, 100]", "bounds: [0, 100], reference: {floor: 0, optimum: 100}"
    )
    (root / "syllabi" / "papers" / "attention.yaml").write_text(scaled, encoding="utf-8")
    said(root, "score", "attention#adding", "71", "80.5", "93", "77.3", "84.9", "66.1", "79.2")
    said(root, "score", "attention#taking", "51", "60.5", "72", "58.8", "63.7", "49.6", "55.1")

    (suite,) = compared(root)[0]["suites"]
    assert suite["tasks"] == ["adding", "taking"]
    assert suite["paper"] == pytest.approx(0.7)
    assert compared(root, "--seed", "1") == compared(root)
    assert compared(root, "--seed", "2") != compared(root)
    assert "sums: normalised IQM 0.688 [" in said(root, "compare")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (("value: 80.0", "value: eighty"), "bad-number"),
        (("title: Attention to Sums", "titel: Attention to Sums"), "unknown-key"),
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("results", "attention"),
        ("results", "atten", "--json"),
        ("score", "attention#adding", "80"),
        ("scores", "attention#adding"),
        ("compare", "attention"),
        ("compare",),
        ("ready", "attention"),
        ("ready", "attention/read"),
    ],
)
def test_a_paper_whose_syllabus_has_problems_is_answered_with_them(
    root: Path, damage: tuple[str, str], code: str, arguments: tuple[str, ...]
) -> None:
    """They ended in an IndexError, or called the paper unknown."""
    said(root, "score", "attention#adding", "79.5", "80.5")
    paper = root / "syllabi" / "papers" / "attention.yaml"
    paper.write_text(PAPER.replace(*damage), encoding="utf-8")
    before = said(root, "journal", "export")

    result = run(root, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"attention.yaml:{1 + PAPER[: PAPER.index(damage[0])].count(chr(10))}:" in result.stderr
    assert f": {code}: " in result.stderr
    assert said(root, "journal", "export") == before


def test_scores_of_a_paper_whose_syllabus_was_removed_are_passed_over(root: Path) -> None:
    said(root, "score", "attention#adding", "79.5", "80.5")
    (root / "syllabi" / "papers" / "attention.yaml").unlink()

    assert compared(root) == []
    assert "attention#adding" in said(root, "journal", "export")


def test_an_ambiguous_name_of_a_result_lists_what_it_may_be(root: Path) -> None:
    answer = refused(root, "score", "attention#ing", "3")

    assert answer.endswith("'ing' is ambiguous: adding, taking, sharing")


def test_every_command_shows_examples_that_work(root: Path) -> None:
    for command in ("results", "score", "compare", "scores", "ready"):
        assert "Examples:" in said(root, command, "--help")
    said(root, "score", "ppo-2017#ppo-pong", "20.1", "20.7", "19.8")
    assert "ppo-pong  " in said(root, "compare", "ppo-2017")


def test_values_in_another_unit_are_told_and_put_right_by_naming_it(root: Path) -> None:
    told = said(root, "score", "attention#adding", "0.79", "0.80", "0.81")
    assert "why: your values look like fractions: add --unit fraction" in told

    righted = said(root, "score", "attention#adding", "--unit", "fraction")
    assert "REPRODUCED" in righted
    assert "mine 80.0 ±1.0 (3 runs)" in righted


def test_the_least_of_a_run_may_be_asked_for_by_name(root: Path) -> None:
    path = root / "run.csv"
    path.write_text("step,accuracy\n1,70\n2,80\n", encoding="utf-8")
    reading = ["--tag", "accuracy", "--reducer", "min-per-run", "--from", str(path)]
    # Of what is better when it is more, the best is the most.
    assert "max-per-run 80" in said(root, "score", "attention#adding", "--dry-run", *reading)


def with_a_rival(root: Path, ref: str, rival: str = "value: 70.0") -> None:
    """Write two papers: a result of the one names a result of the other as its baseline."""
    papers = root / "syllabi" / "papers"
    text = PAPER.replace("title: Attention to Sums", "title: A Rival").replace("value: 80.0", rival)
    (papers / "rival.yaml").write_text(text, encoding="utf-8")
    named = PAPER.replace(
        "tolerance: {abs: 4}, source: {table: 1}",
        f"source: {{table: 1}}, baseline: {{ref: {ref}}}",
        1,
    )
    (papers / "attention.yaml").write_text(named, encoding="utf-8")


def test_a_rival_in_another_paper_is_a_baseline(root: Path) -> None:
    with_a_rival(root, "rival#adding", "value: 78.0")

    told = said(root, "score", "attention#adding", "79.0", "80.0", "81.0")
    assert "Δ 1.0 (50 % of the claimed gain over rival#adding)" in told
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("ref", "rival", "code", "hint"),
    [
        ("rivel#adding", "value: 70.0", "unknown-result", "in no paper that can be read"),
        ("rival#addin", "value: 70.0", "unknown-result", "did you mean 'adding'?"),
        (
            "rival#adding",
            "value: 70.0, metric: {unit: points}",
            "bad-value",
            "has another unit",
        ),
    ],
)
def test_a_rival_in_another_paper_that_cannot_be_one_is_a_problem(
    root: Path, ref: str, rival: str, code: str, hint: str
) -> None:
    with_a_rival(root, ref, rival)

    for arguments in (("check",), ("score", "attention#adding", "80"), ("results", "attention")):
        result = run(root, *arguments)
        assert result.exit_code == 1
        assert "attention.yaml:17:" in result.stderr + result.stdout
        assert f": {code}: the baseline '{ref}'" in result.stderr + result.stdout
        assert hint in result.stderr + result.stdout


def test_the_history_has_all_digits_of_a_value(root: Path) -> None:
    said(root, "score", "attention#adding", "79.123456", "80.5")

    assert "79.123456  no seed given" in said(root, "scores", "attention#adding")


def test_a_number_that_turns_out_to_vary_has_no_changed_margin(root: Path) -> None:
    paper = root / "syllabi" / "papers" / "attention.yaml"
    exact = PAPER.replace("spread: 1.0", "spread: {kind: none}, deterministic: true", 1)
    paper.write_text(exact, encoding="utf-8")
    assert "SHORT" in said(root, "score", "attention#adding", "79.0")

    told = said(root, "score", "attention#adding", "80.0")
    assert "deterministic, and mine differs" in told
    assert "the margin was changed" not in said(root, "compare", "attention")
