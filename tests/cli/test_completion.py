"""What the shell offers while a command is typed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curriculum.cli.app import main
from curriculum.cli.completion import WholeWords
from curriculum.services.completion import units
from curriculum.services.context import Context
from curriculum.services.syllabi import SyllabusParser
from curriculum.services.workspace import Workspace
from curriculum.syllabus.library import SyllabusText
from curriculum.syllabus.work_read import WorkRead
from tests.workspaces import run, workspace

ROOT = Path(__file__).parents[2]
CSV = "step,eval/return,loss\n1,10,0.5\n2,11,0.4\n"


def offered(root: Path, *typed: str, last: str = "") -> list[str]:
    complete = WholeWords(main, {}, "curriculum", "_CURRICULUM_COMPLETE")
    items = complete.get_completions(["--workspace", str(root), *typed], last)
    return [item.value if item.type == "plain" else item.type for item in items]


@pytest.mark.parametrize("command", ["done", "log", "left", "start", "skip", "why", "show"])
def test_after_a_work_its_units_are_offered(tmp_path: Path, command: str) -> None:
    assert offered(workspace(tmp_path), command, "sums") == ["1", "2", "3"]


@pytest.mark.parametrize("work", ["attention", "atten", "ATT", "binary"])
def test_after_a_work_however_short_its_units_are_offered(tmp_path: Path, work: str) -> None:
    assert offered(workspace(tmp_path), "done", work) == ["read", "implement"]


@pytest.mark.parametrize("command", ["explore", "explored"])
def test_ideas_and_works_are_offered_to_explore(tmp_path: Path, command: str) -> None:
    root = workspace(tmp_path)
    run(root, "idea", "sums on a torus")
    assert offered(root, command, last="sum") == ["sums-on-a-torus", "sums"]


def test_predictions_results_and_projects_are_offered(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    words = ("--p", "65%", "--by", "2027-06-01", "--how", "a look")
    run(root, "predict", "ppo is used", "--id", "ppo-is-used", *words)
    assert offered(root, "predicted", last="ppo") == ["ppo-is-used"]
    assert offered(root, "predict", last="ppo")[:1] == ["ppo-is-used"]
    assert "ppo-2017#ppo-pong" in offered(root, "predict", last="ppo-2017#ppo-p")
    run(root, "ablation", "c", "--of", "my task", "--before", "1", "--after", "2", "--lines", "1")
    assert offered(root, "ablations", last="m") == ["my-task"]


def test_units_that_were_typed_are_not_offered_again(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert offered(root, "done", "sums", "1") == ["2", "3"]
    assert offered(root, "done", "sums", "1", "attention") == ["read", "implement"]
    assert offered(root, "done", "sums", "1", last="atten") == ["attention"]


def test_after_a_slash_units_are_offered_behind_what_was_typed(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert offered(root, "done", last="sums/") == ["sums/1", "sums/2", "sums/3"]
    assert offered(root, "path", last="atten/r") == ["atten/read"]
    assert offered(root, "done", last="sums/2.") == ["sums/2.skim"]


def test_the_works_of_the_workspace_are_meant_before_built_in_ones(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    own = root / "syllabi" / "papers" / "sutton-notes.yaml"
    own.write_text("kind: paper\ntitle: T\nsteps: [{id: only, title: A, effort: 1h}]\n")
    assert offered(root, "done", "sutton") == ["only"]


def test_without_a_work_only_works_are_offered(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert {"sums", "attention"} < set(offered(root, "done"))
    assert "1" not in offered(root, "done")


def test_goals_may_be_topics(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert offered(root, "path", last="topic:sub") == ["topic:subtraction"]
    assert "topic:subtraction" in offered(root, "plan", last="to")
    assert offered(root, "graph")[-1] == "topic:"


def test_where_a_paper_is_meant_only_papers_are_offered(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "attention" in offered(root, "results")
    assert "sums" not in offered(root, "results")


def test_results_are_offered_after_a_short_name(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "td3#td3-hopper" in offered(root, "score", last="td3#td3-ho")
    assert "trpo-2015#trpo-single-path-breakout" in offered(root, "scores", last="trpo")


def test_sessions_are_offered_where_one_is_meant(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    ahead = offered(root, "--today", "2027-01-04", "pin")
    assert ahead[0] == "2027-01-04T19:00"
    assert offered(root, "--today", "2027-01-04", "unpin") == []
    run(root, "pin", "2027-01-05T19:00")
    assert offered(root, "--today", "2027-01-04", "unpin") == ["2027-01-05T19:00"]
    assert offered(root, "--today", "2027-01-06", "missed")[-1] == "2027-01-04T19:00"


def test_tags_are_those_of_the_runs_that_were_named(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    log = tmp_path / "run 1.csv"
    log.write_text(CSV)
    typed = ("score", "td3#td3-hopper", "--from", str(log), "--tag")
    assert offered(root, *typed, last="e") == ["eval/return"]
    assert offered(root, "score", "td3#td3-hopper", "--tag") == []


def test_files_are_left_to_the_shell(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert offered(root, "score", "td3#td3-hopper", "--from") == ["file"]
    assert offered(root, "score", "td3#td3-hopper", "--from", "one") == ["file"]
    assert offered(root, "score", "td3#td3-hopper") == []
    assert offered(root, "journal", "import") == ["file"]
    assert offered(root, "plan", "--output") == ["dir"]


def test_reducers_and_topics_of_help_are_offered(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert offered(root, "score", "td3#td3-hopper", "--reducer", last="l") == ["last-k-mean"]
    assert offered(root, "help", last="wo") == ["words"]
    assert offered(root, "help", last="stat") == ["status"]


class Watched(SyllabusParser):
    """A parser that remembers which syllabi it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def outline(self, one: SyllabusText) -> WorkRead:
        """Parse a syllabus, and remember that it was asked for."""
        self.files.append(one.file)
        return super().outline(one)


def test_one_syllabus_is_parsed_for_the_units_of_a_work(tmp_path: Path) -> None:
    parser = Watched()
    context = Context(workspace(tmp_path), datetime.now(UTC))
    assert units(Workspace(context, "none", parser), "", ("sutton",))
    assert parser.files == ["built-in/textbooks/sutton-barto-2018.yaml"]


@pytest.mark.parametrize(
    "typed", ["done ", "done sums ", "plan topic:", "pin ", "unpin ", "missed ", "score ", "log s"]
)
def test_in_a_broken_workspace_nothing_is_offered_and_nothing_said(
    tmp_path: Path, typed: str
) -> None:
    root = workspace(tmp_path, settings="goals: [\n", book="chapters: {\n")
    (root / "calendars").mkdir()
    (root / "calendars" / "ledger.json").write_text("{")
    (root / "journal.db").write_text("no journal")
    (root / "syllabi" / "papers" / "round.yaml").symlink_to("round.yaml")
    *before, last = typed.split(" ")
    assert offered(root, *before, last=last) == []


def completed_by_bash(root: Path, *words: str) -> list[str]:
    """Return what bash puts in place of the last of the words it sees."""
    program = root / "curriculum"
    program.write_text(
        f"#!{sys.executable}\nfrom curriculum.cli.app import main\nmain(prog_name='curriculum')\n"
    )
    program.chmod(0o755)
    complete = WholeWords(main, {}, "curriculum", "_CURRICULUM_COMPLETE")
    script = f"""
        {complete.source_template % complete.source_vars()}
        COMP_WORDS=(curriculum --workspace {root} "$@")
        COMP_CWORD=$(( $# + 2 ))
        _curriculum_completion {program}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_takes_a_colon_for_a_word_and_is_answered_all_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert completed_by_bash(root, "path", "topic", ":", "sub") == ["subtraction"]


def test_open_follow_ups_and_ideas_are_offered_and_nothing_is_written(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "next: rerun it")
    entry = (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8")
    assert offered(root, "followup", "done") == []
    assert (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8") == entry
    (one,) = json.loads(run(root, "followups", "--json").stdout)
    name = one["id"]
    for command in ("done", "drop", "park"):
        assert offered(root, "followup", command) == [name]
    assert offered(root, "followup", "done", last=f"^{name[:2]}") == [name]
    run(root, "followup", "done", name)
    assert offered(root, "followup", "done") == []
    for title in ("One critic", "Two critics"):
        run(root, "idea", title)
    run(root, "idea", "drop", "two", "--why", "no")
    for command in ("keep", "try", "adopt", "drop"):
        assert offered(root, "idea", command) == ["one-critic"]
    assert offered(root, "note", "--unit", last="sums/") == ["sums/1", "sums/2", "sums/3"]
    assert "finding" in offered(root, "notebook", "--kind")
