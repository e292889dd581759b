"""The habits from Python: what one method writes, another one returns."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

import curriculum
from curriculum.model.ideas import IdeaDeed
from curriculum.model.predictions import PredictionEnd
from curriculum.practice_api import Practice
from tests.workspaces import workspace

MONDAY = date(2027, 1, 4)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """Return the habits of a small workspace."""
    return curriculum.open_workspace(workspace(tmp_path), today=MONDAY).practice


def test_a_note_is_in_the_notebook_and_what_it_leaves_to_do_in_the_review(
    practice: Practice,
) -> None:
    practice.note("next: rerun without clipping", unit="sums/1")

    (day,) = practice.notebook()
    assert [line.text for note in day.entry.notes for line in note.lines] == [
        "rerun without clipping"
    ]
    made = practice.review()
    (open_one,) = practice.follow_ups()
    assert (made.is_new, open_one.origin.text) == (True, "rerun without clipping")
    practice.close(open_one.origin.id or "", why_dropped="the paper did")
    assert practice.follow_ups() == ()


def test_time_counts_what_was_recorded(practice: Practice, tmp_path: Path) -> None:
    study = curriculum.open_workspace(tmp_path, today=MONDAY)
    study.record("sums/1", studied=timedelta(minutes=50))

    assert practice.time().total.real == 50


def test_an_idea_waits_until_it_is_decided(practice: Practice) -> None:
    practice.add_idea("One critic for all tasks")
    (read,) = practice.ideas()
    practice.decide(read.name, IdeaDeed.DROPPED, "it was tried")

    (read,) = practice.ideas()
    assert read.idea is not None
    assert [step.did for step in read.idea.history] == ["dropped"]


def test_a_prediction_can_be_judged(practice: Practice) -> None:
    made = practice.predict("it rains", 0.75, by=date(2027, 2, 1), how="the window")
    practice.predicted(made.prediction.id, PredictionEnd.TRUE, "it rained")

    assert practice.taste().calibration.last == Fraction(1, 16)


def test_a_name_that_is_not_known_is_an_error_and_no_exit(practice: Practice) -> None:
    with pytest.raises(curriculum.UsageError, match="nope"):
        practice.note("a note", unit="nope")
