"""`curriculum help`: the words on the screen, and how goals, dates and results are written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from curriculum.model.quantities import day
from curriculum.model.results import ReducerName, SpreadKind
from curriculum.views.text.help_topics import TOPICS
from tests.workspaces import run, workspace

WORDS = re.findall(
    r"\w+",
    "work unit track session piece requires effort pace goal known topic syllabus library balance "
    "imbalance owed lag cushion late short overload unplaced pin freeze catch_up publish forecast "
    "ledger journal missed skip result protocol reducer attempt margin verdict reproduced beyond "
    "inconclusive leaning settled primary provisional Soft load availability",
)


def test_help_alone_lists_the_commands_as_the_option_does(tmp_path: Path) -> None:
    assert run(tmp_path, "help").stdout == run(tmp_path, "--help").stdout


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_printed_as_it_is_and_fits_a_narrow_terminal(tmp_path: Path, topic: str) -> None:
    shown = run(tmp_path, "help", topic).stdout

    assert shown == TOPICS[topic]
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("word", WORDS)
def test_help_words_explains_what_a_newcomer_cannot_know(word: str) -> None:
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", TOPICS["words"])


def test_help_of_a_command_is_its_help(tmp_path: Path) -> None:
    assert run(tmp_path, "help", "left").stdout == run(tmp_path, "left", "--help").stdout


def test_help_on_anything_else_names_the_topics(tmp_path: Path) -> None:
    result = run(tmp_path, "help", "cushions")

    assert result.exit_code == 2
    assert "'cushions' is neither a topic (words, goal, dates, results) nor a" in result.stderr


def test_the_goals_that_help_shows_are_read_as_settings(tmp_path: Path) -> None:
    block = re.search(r"^  goals:\n(?:    .*\n)+", TOPICS["goal"], re.MULTILINE)
    assert block is not None
    goals = re.sub("(?m)^  ", "", block[0]) + "  - attention\n  - counting\n"
    settings = f"{goals}availability: {{mon-fri: 19:00-21:00}}\n"
    result = run(workspace(tmp_path, settings=settings), "check")

    assert (result.exit_code, result.stderr) == (0, "")


def test_the_dates_that_help_shows_in_full_are_read() -> None:
    for written in re.findall(r"\d{4}-(?:\d\d-\d\d|W\d\d-\d)", TOPICS["dates"]):
        assert day(written)


def test_the_result_that_help_shows_is_read(tmp_path: Path) -> None:
    block = re.search(r"^  results:\n(?:    .*\n)+", TOPICS["results"], re.MULTILINE)
    assert block is not None
    paper = "kind: paper\ntitle: T\nsteps:\n  - {id: read, title: Read it, effort: 3h}\n"
    paper += re.sub("(?m)^  ", "", block[0])
    result = run(workspace(tmp_path, essay=paper), "check")

    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("name", [*get_args(ReducerName), *get_args(SpreadKind)])
def test_help_results_names_every_reducer_and_spread(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TOPICS["results"])
