"""A syllabus becomes a work; results say only what differs, and every problem points at where the user wrote it."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.problems import Place
from curriculum.model.quantities import Pages
from curriculum.model.references import AnyReference, Strength, TopicReference, UnitReference
from curriculum.model.works import Paper, Role, Textbook, Thesis
from curriculum.syllabus.codes import CODES
from curriculum.syllabus.works import read_work

TEXTBOOK = """\
kind: textbook
title: "Reinforcement Learning: An Introduction"
authors: [Richard S. Sutton, Andrew G. Barto]
year: 2018
edition: 2
isbn: "9780262039246"
url: http://incompleteideas.net/book/the-book-2nd.html
chapters:
  - {id: 3, title: Finite Markov Decision Processes, pages: [47, 72], exercises: 2h, requires: [1], teaches: [mdp]}
  - {id: 13, title: Policy Gradient Methods, pages: [321, 338], requires: [9], teaches: [policy-gradient]}
"""
PAPER = """\
kind: paper
title: Proximal Policy Optimization Algorithms
authors: [John Schulman]
year: 2017
arxiv: "1707.06347"
requires: [trpo-2015/read, gae-2015, {topic: policy-gradient}]
steps:
  - {id: read, title: Read and annotate, effort: 3h}
  - {id: train, title: Train on the seven MuJoCo tasks, effort: 6h, requires: [implement]}
defaults:
  method: PPO
  metric: {name: average-return, direction: higher, unit: return}
  protocol: {reducer: {how: last-k-mean, k: 100}}
  value: {centre: mean, from: table}
  spread: none
  on: {version: unknown, suite: atari}
  source: {table: 6, column: PPO}
results:
  - {id: alien, primary: true, on: Alien, value: 1850.30, spread: {kind: none}, runs: 3, source: {row: Alien}}
  - {id: amidar, like: alien, on: Amidar, value: 674.6, source: {row: Amidar}}
"""


def paper(text: str) -> Paper:
    read = read_work("ppo-2017.yaml", text)
    assert read.problems == ()
    assert isinstance(read.work, Paper)
    return read.work


def test_a_textbook_is_read_as_it_is_written() -> None:
    book = read_work("sutton-barto-2018.yaml", TEXTBOOK).work
    assert isinstance(book, Textbook)
    assert (book.year, book.edition, book.isbn) == (2018, "2", "9780262039246")
    first = book.chapters[0]
    assert (first.id, first.pages, first.teaches) == ("3", Pages(47, 72), ("mdp",))
    assert first.requires == (UnitReference(ref="1"),)


def test_a_thesis_has_chapters_with_roles() -> None:
    chapters = "[{id: 1, title: One, role: introduction}, {id: 2, title: Two, paper: trpo-2015}]"
    text = f"kind: thesis\ntitle: T\nchapters: {chapters}"
    thesis = read_work("schulman-2016.yaml", text).work
    assert isinstance(thesis, Thesis)
    assert [(chapter.role, chapter.paper) for chapter in thesis.chapters] == [
        (Role.INTRODUCTION, None),
        (None, "trpo-2015"),
    ]


def test_references_take_every_form() -> None:
    text = (
        "kind: paper\ntitle: P\nsteps: [{id: a, title: A}]\n"
        "requires: [work, work/unit, work/3-6, 7, {topic: mdp}, {any: [a, {topic: b}]}, {ref: r, strength: soft}]"
    )
    assert paper(text).requires == (
        *(UnitReference(ref=name) for name in ("work", "work/unit", "work/3-6", "7")),
        TopicReference(topic="mdp"),
        AnyReference(any=(UnitReference(ref="a"), TopicReference(topic="b"))),
        UnitReference(ref="r", strength=Strength.SOFT),
    )


def test_a_unit_without_requires_is_distinguished_from_one_that_requires_nothing() -> None:
    text = "kind: paper\ntitle: P\nsteps: [{id: a, title: A, requires: ~}, {id: b, title: B, requires: []}]"
    assert [step.requires for step in paper(text).steps] == [None, ()]


def test_a_result_inherits_from_the_result_it_is_like_and_from_the_defaults() -> None:
    alien, amidar = paper(PAPER.replace("spread: none", "spread: {kind: sd}")).results
    assert (amidar.method, amidar.metric, amidar.primary, amidar.runs.n) == (
        "PPO",
        alien.metric,
        True,
        3,
    )
    assert (amidar.on.name, amidar.on.suite, amidar.on.version) == ("Amidar", "atari", "unknown")
    assert (amidar.value.value, amidar.value.centre, amidar.value.from_) == (
        Decimal("674.6"),
        "mean",
        "table",
    )
    assert (amidar.source.table, amidar.source.column, amidar.source.row) == ("6", "PPO", "Amidar")
    assert str(alien.value.value) == "1850.30"
    assert amidar.spread.kind == "none"


def test_shorthands_stand_for_mappings() -> None:
    text = PAPER.replace("value: 674.6", "value: 674.6, spread: '12.5', metric: score, runs: 5")
    text = text.replace("spread: {kind: none}", "spread: {kind: sd, value: 1}").replace(
        "spread: none", "spread: {kind: sem}"
    )
    amidar = paper(text).results[1]
    assert (amidar.spread.kind, amidar.spread.value) == ("sd", Decimal("12.5"))
    assert (amidar.metric.name, amidar.metric.unit, amidar.runs.n) == ("score", "return", 5)


def test_like_may_point_forwards_and_through_others() -> None:
    text = PAPER.replace(
        "  - {id: alien", "  - {id: zaxxon, like: amidar, on: Zaxxon}\n  - {id: alien"
    )
    text = text.replace("spread: none", "spread: {kind: none}")
    zaxxon = paper(text).results[0]
    assert (zaxxon.on.name, zaxxon.value.value, zaxxon.runs.n) == ("Zaxxon", Decimal("674.6"), 3)


def test_a_baseline_in_percent_is_measured_as_one_whose_unit_is_written_with_the_sign() -> None:
    text = """\
kind: paper
title: A paper
steps: [{id: read, title: Read}]
defaults:
  metric: {name: error, direction: lower, unit: percent}
  protocol: {reducer: {how: final}}
  value: {centre: mean}
  spread: {kind: none}
  on: {name: A, version: v1}
  source: {table: 1}
results:
  - {id: rival, value: 9, metric: {unit: "%"}}
  - {id: own, value: 7, baseline: {ref: rival}}
"""
    read = read_work("papers/a-2020.yaml", text)

    assert read.problems == ()
    assert isinstance(read.work, Paper)
    assert read.work.results[1].baseline.value == 9


def test_what_is_inherited_is_pointed_at_where_it_stands() -> None:
    source = read_work("ppo-2017.yaml", PAPER).source
    assert source.place(("results", 1, "metric", "direction")) == Place("ppo-2017.yaml", 12, 45)
    assert source.place(("results", 1, "value", "value")) == Place("ppo-2017.yaml", 20, 50)
    assert source.place(("results", 1, "runs", "n")) == Place("ppo-2017.yaml", 19, 87)
    assert source.place(("steps", 1, "requires", 0)) == Place("ppo-2017.yaml", 9, 80)


def test_a_flaw_in_the_defaults_is_one_problem() -> None:
    problems = read_work(
        "ppo-2017.yaml", PAPER.replace("spread: none", "spread: {kind: none, valeu: 3}")
    ).problems
    assert [(str(problem.place), problem.code) for problem in problems] == [
        ("ppo-2017.yaml:15:24", "unknown-key")
    ]


def test_an_id_that_is_repeated_is_reported_even_for_a_result_that_is_like_nothing() -> None:
    results = "results:\n  - {id: a, like: a}\n  - {id: a, like: a}\n"
    problems = read_work(
        "a.yaml", f"kind: paper\ntitle: A\nsteps: [{{id: s, title: S, effort: 1h}}]\n{results}"
    ).problems
    assert [(problem.place.line, problem.code) for problem in problems] == [
        (5, "like-cycle"),
        (6, "duplicate-result"),
    ]


def test_an_unknown_key_gets_the_nearest_name_or_all_that_are_valid() -> None:
    text = "kind: paper\ntitle: P\nsteps: [{id: a, title: A, requries: [], zzz: 1}]"
    near, far = read_work("p.yaml", text).problems
    assert near.hint == "did you mean 'requires'?"
    assert (
        far.hint
        == "use one of: id, title, pages, effort, exercises, skim, speed, requires, teaches, note"
    )


def test_a_union_is_one_problem_with_one_good_message() -> None:
    text = PAPER.replace("runs: 3", "runs: {n: many}").replace(
        "spread: none", "spread: {kind: none}"
    )
    (problem,) = read_work("ppo-2017.yaml", text).problems
    assert problem.message == "'n' is 'many', not a whole number or 'unknown'"


def test_a_file_of_comments_is_a_draft_and_an_empty_one_is_a_problem() -> None:
    draft, empty = read_work("a.yaml", "# kind: paper\n"), read_work("a.yaml", " \n")
    assert (draft.work, draft.problems) == (None, ())
    assert [problem.message for problem in empty.problems] == ["the file is empty"]


@pytest.mark.parametrize(
    "file", ["syllabi/papers/ppo-2017.yaml", "C:\\syllabi\\ppo-2017.yaml", "a.b-1.yml"]
)
def test_a_file_may_be_called_what_a_work_may_be_called(file: str) -> None:
    assert read_work(file, TEXTBOOK).problems == ()


def shuffled(value: Any, rng: random.Random) -> Any:  # Any: whatever JSON holds
    if isinstance(value, dict):
        items = [(key, shuffled(inner, rng)) for key, inner in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [shuffled(inner, rng) for inner in value] if isinstance(value, list) else value


DOCUMENT = {
    "kind": "paper",
    "title": "P",
    "authors": ["A", "B"],
    "steps": [{"id": "read", "title": "Read", "effort": "3h"}],
    "defaults": {
        "metric": {"name": "m", "direction": "lower", "unit": "1"},
        "protocol": {"reducer": {"how": "final"}},
        "value": {"centre": "mean"},
        "spread": {"kind": "sd"},
        "on": {"version": "v1"},
        "source": {"table": "1"},
    },
    "results": [
        {"id": "a", "on": "A", "value": "1", "spread": "2"},
        {"id": "b", "like": "a", "on": {"name": "B"}, "value": "3"},
    ],
}


@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters(rng: random.Random) -> None:
    assert paper(json.dumps(shuffled(DOCUMENT, rng))) == paper(json.dumps(DOCUMENT))


JSON = st.recursive(
    st.none() | st.sampled_from(["", "a", "mdp", "3h", "x y", "1", "unknown", "a/b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "ref",
                    "topic",
                    "any",
                    "kind",
                    "name",
                    "value",
                    "like",
                    "table",
                    "x-a",
                    "zz",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
KEYS = [*Paper.model_fields, *Textbook.model_fields, "defaults", "steps"]


@given(
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8),
    st.sampled_from(["paper", "textbook", "thesis"]),
)
def test_any_document_is_a_work_or_has_problems_inside_the_file(
    document: dict[str, Any], kind: str
) -> None:
    text = json.dumps(document | {"kind": kind}, indent=1)
    read = read_work("a.yaml", text)
    assert (read.work is None) == bool(read.problems)
    lines = text.splitlines()
    for problem in read.problems:
        assert problem.code in CODES
        assert problem.hint
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1])


RESULTS = st.lists(
    st.dictionaries(st.sampled_from(["id", "like", "on", "value", "spread", "metric"]), JSON),
    max_size=5,
)


@given(RESULTS, JSON)
def test_any_results_are_read_or_have_problems(results: list[Any], defaults: Any) -> None:
    text = json.dumps(DOCUMENT | {"results": results, "defaults": defaults})
    read = read_work("a.yaml", text)
    assert (read.work is None) == bool(read.problems)
    assert all(problem.place.line == 1 for problem in read.problems)


def test_deterministic_stands_for_that_key_of_the_protocol() -> None:
    number = "on: A, value: 91.5, spread: {kind: none}, source: {table: 1}"
    text = f"""\
kind: paper
title: A paper
steps: [{{id: read, title: Read}}]
defaults:
  metric: {{name: accuracy, direction: higher, unit: percent}}
  on: {{version: v1}}
  protocol: {{reducer: {{how: final}}}}
  value: {{centre: mean}}
results:
  - {{id: a, deterministic: true, {number}}}
  - {{id: b, like: a, protocol: {{text: again}}}}
  - {{id: c, like: a, deterministic: false}}
  - {{id: d, {number}}}
"""
    read = read_work("papers/a-2020.yaml", text)

    assert read.problems == ()
    assert isinstance(read.work, Paper)
    protocols = {result.id: result.protocol for result in read.work.results}
    assert [protocols[name].deterministic for name in "abcd"] == [True, True, False, False]
    assert protocols["b"].text == "again"
    assert all(protocol.reducer.how == "final" for protocol in protocols.values())
