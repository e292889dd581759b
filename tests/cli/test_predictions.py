"""Predictions: made, changed, decided by the person, by a score, or by the paper's own number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import SCORED_ESSAY, run, said, workspace

FILE = "taste/predictions.yaml"
EVENT = ("predict", "it rains in May", "--p", "65%", "--by", "2027-06-01", "--how", "a look")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, essay=SCORED_ESSAY)


def _listed(root: Path, *options: str, today: str = "2027-01-04") -> list[dict[str, Any]]:
    shown = said(run(root, "predictions", "--json", *options, today=today))
    found: list[dict[str, Any]] = json.loads(shown)
    return found


def _text(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def test_a_prediction_is_made_changed_and_decided(root: Path) -> None:
    assert said(run(root, *EVENT, "--field", "weather")) == (
        "it-rains-in-may: it rains in May, 65 %\n"
    )
    said(run(root, "predict", "it-rains-in-may", "--p", "80%", "--why", "clouds: many"))
    assert _text(root) == (
        "- id: it-rains-in-may\n"
        "  made: 2027-01-04\n"
        '  says: "it rains in May"\n'
        '  how: "a look"\n'
        '  field: "weather"\n'
        "  by: 2027-06-01\n"
        '  p: [{on: 2027-01-04, is: 65%}, {on: 2027-01-04, is: 80%, why: "clouds: many"}]\n'
    )
    assert not _listed(root, "--due", today="2027-05-31")
    (due,) = _listed(root, "--due", today="2027-06-01")
    assert (due["state"], due["file"], due["line"]) == ("due", FILE, 1)
    said(run(root, "predicted", "it-r", "true", "--evidence", "wet", today="2027-06-02"))
    (one,) = _listed(root)
    assert one["outcome"] == {"is": "true", "on": "2027-06-02", "came": None, "evidence": "wet"}
    changed = run(root, "predict", "it-rains-in-may", "--p", "90%", today="2027-06-03")
    assert "cannot be changed any more" in changed.stderr
    assert "ended on 2027-06-02" in run(root, "predicted", "it-r", "void", "--evidence", "x").stderr
    said(run(root, "undo", today="2027-06-03"))
    assert _listed(root, today="2027-06-03")[0]["state"] == "due"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("it rains", "--p", "100%"), "nothing is certain"),
        (("it rains", "--p", "0%"), "nothing is certain"),
        (("it rains", "--p", "65"), "is not a probability"),
        (("it rains", "--p", "65%", "--by", "2027-06-01"), "say what will decide it"),
        (("it rains", "--p", "65%", "--how", "a look"), "say when it is to be decided"),
        (("it rains", "--by", "2027-06-01", "--how", "a look"), "say how likely it is"),
        (("it rains", "--p", "5%", "--by", "2027-01-04", "--how", "x"), "is not still to come"),
        (("counting#r", "--p", "65%"), "say what range it lies in"),
        (("counting#r", "1..1", "--p", "65%"), "the range is a point"),
        (("counting#r", "2..1", "--p", "65%"), "did you mean '1..2'?"),
        (("counting#q", "1..2", "--p", "65%"), "has no result 'q'"),
        (("it-raind", "--p", "65%"), "did you mean 'it-rains'?"),
    ],
)
def test_what_cannot_be_judged_is_refused(root: Path, words: tuple[str, ...], fault: str) -> None:
    said(run(root, *EVENT, "--id", "it-rains"))
    before = _text(root)
    refused = run(root, "predict", *words)
    assert refused.exit_code == 2
    assert fault in " ".join(refused.stderr.split())
    assert _text(root) == before


def test_a_prediction_of_my_score_is_judged_by_the_first_complete_attempt(root: Path) -> None:
    said(run(root, "predict", "counting#r", "0.9..1.2", "--p", "80%"))
    assert "prediction" not in said(run(root, "score", "counting#r", "1.5"))
    said(run(root, "score", "counting#r", "1.0", "1.1", "--new"))
    shown = said(run(root, "score", "counting#r", "1.05"))
    assert "prediction r: it is 1.05 (attempt 2, 3 runs): inside 0.9..1.2, said 80 %" in shown
    (one,) = _listed(root)
    assert one["outcome"] == {
        "is": "true",
        "on": "2027-01-04",
        "came": "1.05",
        "evidence": "attempt 2, 3 runs",
    }
    said(run(root, "undo"))
    assert _listed(root)[0]["state"] == "open"
    assert "prediction r" in said(run(root, "score", "counting#r", "3"))
    assert _listed(root)[0]["outcome"]["is"] == "false"


def test_declared_runs_are_waited_for(root: Path) -> None:
    said(run(root, "score", "counting#r", "--seeds", "4"))
    said(run(root, "predict", "counting#r", "0.9..1.2", "--p", "80%"))
    assert "prediction" not in said(run(root, "score", "counting#r", "1", "1", "1.1"))
    assert json.loads(said(run(root, "score", "counting#r", "0.9", "--json")))["predictions"] == [
        {
            "id": "r",
            "p": 0.8,
            "outcome": {
                "is": "true",
                "on": "2027-01-04",
                "came": "1",
                "evidence": "attempt 1, 4 runs",
            },
        }
    ]


def test_a_guess_after_the_first_run_is_not_scored_and_one_after_the_last_is_of_the_next(
    root: Path,
) -> None:
    said(run(root, "score", "counting#r", "1.0"))
    begun = said(run(root, "predict", "counting#r", "0.9..1.2", "--p", "80%"))
    assert "not scored, because some of its runs are recorded already" in begun
    said(run(root, "score", "counting#r", "1.0", "1.1"))
    next_one = said(run(root, "predict", "counting#r", "1.4..1.6", "--p", "60%"))
    assert "once attempt 2 is complete" in next_one
    said(run(root, "score", "counting#r", "1.5", "1.5", "1.5", "--new"))
    first, second = _listed(root)
    assert (first["seen"], first["outcome"]["is"]) == (True, "true")
    assert (second["attempt"], second["outcome"]["is"]) == (2, "true")
    assert json.loads(said(run(root, "taste", "--json")))["decided"] == 1


def test_a_published_number_is_covered_until_it_is_guessed(root: Path) -> None:
    before = said(run(root, "results", "counting"))
    assert "1.0 ±0.1" in before
    assert "covered: counting#r" in said(run(root, "predict", "counting", "--paper"))
    covered = said(run(root, "results", "counting"))
    assert "1.0" not in covered
    assert "?" in covered
    assert "1.0" not in said(run(root, "results", "counting", "--json"))
    assert "is covered" in run(root, "power", "counting#r").stderr
    guessed = said(run(root, "predict", "counting#r", "0.8..1.1", "--p", "70%", "--paper"))
    assert guessed.endswith("it is 1.0: inside\n")
    assert said(run(root, "results", "counting")) == before
    (one,) = _listed(root)
    assert (one["seen"], one["outcome"]["came"]) == (False, "1.0")
    again = run(root, "predict", "counting#r", "0.8..1.1", "--p", "70%", "--paper")
    assert "was guessed already" in again.stderr
    said(run(root, "undo"))
    seen = said(run(root, "predict", "counting#r", "0.9..1.1", "--p", "99%", "--paper"))
    assert "not scored, because the number was shown before" in seen


def test_a_number_that_was_shown_is_recorded_as_seen(root: Path) -> None:
    said(run(root, *EVENT))
    said(run(root, "results", "counting"))
    note = "note: 'counting#r' was shown before; a guess of it would not be scored\n"
    assert said(run(root, "predict", "counting#r", "--paper")) == note
    said(run(root, "predict", "counting#r", "0.9..1.1", "--p", "90%", "--paper"))
    assert _listed(root)[1]["seen"] is True
    assert json.loads(said(run(root, "taste", "--json")))["seen"] == 1


def test_results_leave_no_trace_where_nothing_is_predicted(root: Path) -> None:
    said(run(root, "results", "counting"))
    assert not (root / "taste").exists()


HAND = """\
# mine
- id: rain\r
  made: 2027-01-01   # a Friday
  says: it rains
  how: a look
  by: 2027-02-01
  x-mood: grim
  p:
  - {on: 2027-01-01, is: 0.3}

# the next one
-   id: snow
    made: 2027-01-01
    says: 'it snows'
    how: a look
    by: 2027-03-01
    p: [{on: 2027-01-01, is: 10%}]  # low
# the end
"""


def test_what_is_written_by_hand_stays_byte_for_byte(root: Path) -> None:
    (root / "taste").mkdir()
    (root / FILE).write_text(HAND, encoding="utf-8", newline="")
    said(run(root, "predict", "rain", "--p", "40%"))
    said(run(root, "predict", "snow", "--p", "20%"))
    said(run(root, "predicted", "rain", "false", "--evidence", "dry", today="2027-02-01"))
    said(run(root, "predicted", "snow", "true", "--evidence", "white", today="2027-02-01"))
    wanted = HAND.replace(
        "is: 0.3}\n",
        "is: 0.3}\n  - {on: 2027-01-04, is: 40%}\n"
        '  outcome: {is: false, on: 2027-02-01, evidence: "dry"}\n',
    ).replace(
        "is: 10%}]  # low\n",
        "is: 10%}, {on: 2027-01-04, is: 20%}]  # low\n"
        '    outcome: {is: true, on: 2027-02-01, evidence: "white"}\n',
    )
    with (root / FILE).open(encoding="utf-8", newline="") as stream:
        assert stream.read() == wanted
    for _ in range(4):
        said(run(root, "undo", today="2027-02-01"))
    with (root / FILE).open(encoding="utf-8", newline="") as stream:
        assert stream.read() == HAND


def test_where_nothing_can_be_added_the_line_to_add_is_said(root: Path) -> None:
    (root / "taste").mkdir()
    flow = "[{id: a, made: 2027-01-01, says: b, how: c, by: 2027-02-01, p: [{on: 2027-01-01, is: 9%}]}]\n"
    (root / FILE).write_text(flow, encoding="utf-8")
    refused = run(root, "predicted", "a", "true", "--evidence", "x")
    assert refused.exit_code == 1
    assert 'add this by hand: outcome: {is: true, on: 2027-01-04, evidence: "x"}' in " ".join(
        refused.stderr.split()
    )
    assert _text(root) == flow


BAD = """\
- {id: a, made: 2027-01-01, says: b, how: c, by: 2027-02-01, p: [{on: 2027-01-01, is: 100%}]}
- {id: b, made: 2027-01-05, says: b, how: c, by: 2027-02-01, p: [{on: 2027-01-05, is: 9%}],
   outcome: {is: true, on: 2027-01-04}}
- {id: c, made: 2027-01-05, says: b, how: c, by: 2027-02-01,
   p: [{on: 2027-01-05, is: 9%}, {on: 2027-02-05, is: 9%}], outcome: {is: true, on: 2027-01-06}}
- {id: d, made: 2027-01-05, result: "counting#q", range: 1..2, p: [{on: 2027-01-05, is: 9%}]}
- {id: d, made: 2027-01-05, result: "counting#r", rnge: 1..2, p: [{on: 2027-01-05, is: 9%}]}
- {id: e, made: 2027-01-05, says: b, by: 2027-02-01, p: [{on: 2027-01-05, is: 9%}]}
- {id: d, made: 2027-01-05, result: "counting#r", range: 1..2, p: [{on: 2027-01-05, is: 9%}]}
"""


def test_what_is_wrong_with_the_file_has_its_place(root: Path) -> None:
    (root / "taste").mkdir()
    (root / FILE).write_text(BAD, encoding="utf-8")
    found = json.loads(run(root, "check", "--json").stdout)
    shown = {(one["line"], one["code"], one["message"]) for one in found}
    assert (1, "bad-share", "'100%' is not between 1% and 99%: nothing is certain") in shown
    texts = [one["message"] for one in found]
    assert "it was decided on 2027-01-04, before it was made on 2027-01-05" in texts
    assert "the probability was changed on 2027-02-05, after the outcome" in texts
    assert "prediction 'd' is about 'counting#q', which no syllabus defines" in texts
    assert "nothing says what decides the prediction" in texts
    assert "the prediction of line 6 is called 'd', too" in texts
    assert any("did you mean 'range'?" in one["hint"] for one in found)
    listed = run(root, "predictions")
    assert "taste/predictions.yaml:1:" in listed.stderr
    assert run(root, "score", "counting#r", "1", "1", "1").exit_code == 0


def test_a_score_is_recorded_though_its_prediction_cannot_be_judged(root: Path) -> None:
    (root / "taste").mkdir()
    one = "- {id: d, made: 2027-01-04, result: counting#r, range: 1..2, p: [{on: 2027-01-04, is: 9%}]}\n"
    (root / FILE).write_text(one, encoding="utf-8")
    scored = run(root, "score", "counting#r", "1", "1.1", "1")
    assert scored.exit_code == 0
    assert "note: no prediction was judged" in scored.stderr
    assert len(json.loads(said(run(root, "scores", "counting#r", "--json")))) == 1


def test_predictions_wait_and_are_in_the_review(root: Path) -> None:
    said(run(root, *EVENT))
    said(run(root, "note", "next: buy a coat", "--at", "9:40"))
    said(run(root, "idea", "a roof", "--look", "1w"))
    shown = said(run(root, "today", today="2027-06-02"))
    assert shown.endswith(
        "Follow-ups: 1 is open, since 4 Jan: buy a coat\n"
        "Ideas that came back: a-roof\n"
        "Also waiting: 1 prediction, a review since 17 Jan.\n"
    )
    said(run(root, "review", "--of", "2027-05-31..2027-06-01", "--no-edit", today="2027-06-02"))
    (review,) = (root / "notebook/reviews").glob("*.md")
    assert "- to decide since 2027-06-01: it rains in May (65%)" in review.read_text(
        encoding="utf-8"
    )


def test_many_predictions_on_one_thing_are_told(root: Path) -> None:
    for number in range(3):
        assert "note" not in said(run(root, *EVENT, "--about", "x:1", "--id", f"rain-{number}"))
    told = said(run(root, *EVENT, "--about", "x:1"))
    assert "note: 3 other predictions are about the same thing" in told


def test_taste_says_nothing_below_twenty_and_much_above(root: Path) -> None:
    (root / "taste").mkdir()
    entry = (
        "- {{id: p{0}, made: 2027-01-01, says: s{0}, how: h, by: 2027-02-01, field: {1},\n"
        "   p: [{{on: 2027-01-01, is: 60%}}, {{on: 2027-01-02, is: 80%}}],\n"
        "   outcome: {{is: {2}, on: 2027-01-03}}}}\n"
    )
    texts = [entry.format(n, "rl" if n % 2 else "nlp", n % 5 > 0) for n in range(20)]
    (root / FILE).write_text("".join(texts[:19]).lower(), encoding="utf-8")
    few = said(run(root, "taste"))
    assert "Too few to say how good they are: 20 must be decided." in few
    assert "Brier" not in few
    (root / FILE).write_text("".join(texts).lower(), encoding="utf-8")
    shown = said(run(root, "taste"))
    assert "0.160 for your last probabilities, 0.200 for the first" in shown
    assert "Calibrated, as far as 20 predictions can tell." in shown
    assert "80-90 %" in shown
    found = json.loads(said(run(root, "taste", "--json")))
    assert found["brier"] == {"first": 0.2, "last": 0.16, "base_rate": 0.16}
    assert [one["name"] for one in found["by_field"]] == ["nlp", "rl"]
    assert found["bins"][8]["n"] == 20


def test_works_that_are_admired_are_noted_and_listed(root: Path) -> None:
    said(run(root, "admire", "attention", "--kind", "algorithm", "--why", "one knob: monotone"))
    said(run(root, "admire", "arxiv:2502.16982", "--why", "it scales"))
    listed = json.loads(said(run(root, "admire", "--json")))
    assert [(one["work"], one["kind"], one["line"]) for one in listed] == [
        ("attention", "algorithm", 1),
        ("arxiv:2502.16982", None, 5),
    ]
    assert "one knob: monotone" in said(run(root, "admire"))
    assert "Admired: 2 works (algorithm 1, no kind 1)" in said(run(root, "taste"))
    assert "did you mean 'attention' or" in run(root, "admire", "atention", "--why", "x").stderr
    said(run(root, "undo"))
    assert len(json.loads(said(run(root, "admire", "--json")))) == 1
