"""The shipped papers carry the results that are printed in them, and rest on what the library holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from curriculum.graph.goals import GoalRequest
from curriculum.graph.lint import lint
from curriculum.graph.resolution import resolve
from curriculum.model.library import Library
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    TopicReference,
    UnitReference,
)
from curriculum.model.results import Result
from curriculum.model.settings import Goal
from curriculum.model.works import Paper, Step, Work, unit_ids
from curriculum.syllabus.works import read_work
from tests.library.shipped import SYLLABI, shipped

ESSAYS = {"hamming-1986", "nielsen-2004"}
FILES = tuple(path for path in sorted(SYLLABI.glob("papers/*.yaml")) if path.stem not in ESSAYS)
SCHEMA_LINE = "# yaml-language-server: $schema=../syllabus.schema.json"
HOSTS = {
    "arxiv.org",
    "code.google.com",
    "github.com",
    "huggingface.co",
    "lmb.informatik.uni-freiburg.de",
    "pytorch.org",
    "www.robots.ox.ac.uk",
    "yann.lecun.com",
}
OTHER_CODE = re.compile(
    r"^(CleanRL|RL Zoo|PFRL|Tianshou|Dopamine|OpenAI Baselines|torchvision|fairseq)\b"
)
UNDERHAND = re.compile(
    r"from memory|transcri(bed|ption:)|\brldb\b|stored (page|copy|summary)|/tmp|/work"
)


def _library() -> Library:
    return shipped().library


def _papers() -> Iterator[tuple[str, Paper]]:
    for path in FILES:
        work = _library().works[path.stem]
        assert isinstance(work, Paper)
        yield path.stem, work


def _steps() -> Iterator[tuple[str, Step]]:
    for name, paper in _papers():
        yield from zip(unit_ids(name, paper), paper.steps, strict=True)


def _results() -> Iterator[tuple[str, Result]]:
    for name, paper in _papers():
        yield from ((f"{name}#{result.id}", result) for result in paper.results)


def _named(references: tuple[Reference, ...]) -> Iterator[UnitReference | TopicReference]:
    for reference in references:
        if isinstance(reference, AnyReference):
            yield from _named(reference.any)
        elif isinstance(reference, SeveralReference):
            yield from _named(reference.any.of)
        else:
            yield reference


def _required(work: Work) -> Iterator[UnitReference | TopicReference]:
    yield from _named(work.requires)
    for unit in work.units:
        yield from _named(unit.requires or ())


def _closure(goal: str) -> set[str]:
    resolution = resolve(_library(), GoalRequest((Goal(work=goal),)), zone=UTC)
    assert resolution.curriculum, resolution.problems
    return set(resolution.curriculum.units)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_reads_without_a_problem_and_names_its_schema_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    read = read_work(path.name, text)
    assert not read.problems
    assert isinstance(read.work, Paper)
    assert text.splitlines()[0] == SCHEMA_LINE
    assert path.stem.endswith(f"-{read.work.year}")


def test_the_library_has_over_a_hundred_papers_and_those_that_others_name() -> None:
    names = {path.stem for path in FILES}
    assert len(names) >= 115
    assert {"trpo-2015", "gae-2016", "ppo-2017", "dqn-2015", "alexnet-2012"} <= names


def test_every_paper_carries_results() -> None:
    assert sum(len(paper.results) for _, paper in _papers()) >= 5_000
    assert min(len(paper.results) for _, paper in _papers()) >= 3


def test_the_library_holds_no_broken_reference_no_circle_and_no_needless_edge() -> None:
    assert lint(_library(), GoalRequest()) == ()


def test_every_reference_leads_to_a_unit() -> None:
    units = {unit for name, work in _library().works.items() for unit in unit_ids(name, work)}
    for name, paper in _papers():
        for reference in _required(paper):
            if isinstance(reference, UnitReference):
                full = reference.ref if "/" in reference.ref else f"{name}/{reference.ref}"
                assert full in units, (name, reference.ref)


def test_every_required_topic_is_taught_somewhere() -> None:
    taught = {
        topic for work in _library().works.values() for unit in work.units for topic in unit.teaches
    }
    wanted = {
        r.topic for _, paper in _papers() for r in _required(paper) if isinstance(r, TopicReference)
    }
    assert {"policy-gradient", "kl-divergence", "trust-region"} <= wanted
    assert wanted <= taught


def test_papers_teach_only_what_a_book_or_a_thesis_teaches_too() -> None:
    books = {
        t
        for name, work in _library().works.items()
        if not isinstance(work, Paper)
        for u in work.units
        for t in u.teaches
    }
    assert {topic for _, step in _steps() for topic in step.teaches} <= books


def test_a_paper_begins_with_reading_it_and_every_step_has_an_effort() -> None:
    assert {paper.steps[0].id for _, paper in _papers()} == {"read"}
    assert not [unit for unit, step in _steps() if step.effort is None]


def test_edges_to_other_works_give_their_reason() -> None:
    for name, paper in _papers():
        for reference in _required(paper):
            own_step = isinstance(reference, UnitReference) and "/" not in reference.ref
            assert own_step or reference.why, (name, reference)


def test_reproducing_ppo_needs_some_chapters_and_not_the_work_of_other_papers() -> None:
    needed = _closure("ppo-2017")
    assert {
        "sutton-barto-2018/13",
        "sutton-barto-2018/12",
        "trpo-2015/read",
        "gae-2016/implement",
    } <= needed
    others = {unit for unit in needed if not unit.startswith(("ppo-2017/", "sutton-barto-2018/"))}
    papers = {
        unit for unit in others if isinstance(_library().works[unit.partition("/")[0]], Paper)
    }
    assert papers == {"trpo-2015/read", "gae-2016/read", "gae-2016/implement"}
    assert others - papers <= {f"goodfellow-2016/{chapter}" for chapter in range(2, 7)}
    assert len({unit for unit in needed if unit.startswith("sutton-barto-2018/")}) <= 10


@pytest.mark.parametrize(
    ("comparison", "heavy"),
    [
        ("ppo-2017/compare", "ppo-2017/atari"),
        ("dqn-2015/compare", "dqn-2015/atari"),
        ("a3c-2016/compare", "a3c-2016/atari"),
        ("alexnet-2012/compare", "alexnet-2012/imagenet"),
        ("evolution-strategies-2017/compare", "evolution-strategies-2017/mujoco"),
    ],
)
def test_a_run_on_a_large_machine_does_not_block_the_comparison(
    comparison: str, heavy: str
) -> None:
    assert heavy in dict(_steps())
    assert heavy not in _closure(comparison)


def test_every_result_says_where_it_stands() -> None:
    for name, result in _results():
        place = result.source
        assert (
            place.table
            or place.figure
            or place.section
            or place.url
            or place.text == "text of the article"
        ), name


def test_a_number_of_other_people_names_its_own_place() -> None:
    for name, result in _results():
        if result.tier in ("reimplementation", "third-party"):
            assert result.source.url, name


def test_a_reimplementation_is_never_the_paper_s_own_word() -> None:
    others = [
        (name, result) for name, result in _results() if OTHER_CODE.match(result.method or "")
    ]
    assert len(others) > 400
    assert {result.tier for _, result in others} <= {"reimplementation", "third-party"}


def test_one_trained_agent_is_not_taken_for_several_seeds() -> None:
    agents = [result for _, result in _results() if (result.method or "").startswith("RL Zoo")]
    assert len(agents) > 50
    assert {result.runs.n for result in agents} == {1}
    assert {result.spread.over for result in agents if result.spread.kind == "sd"} == {"episodes"}


def test_every_paper_has_a_handful_of_headline_results() -> None:
    headlines = Counter(name.partition("#")[0] for name, result in _results() if result.primary)
    assert set(headlines) == {path.stem for path in FILES}
    assert max(headlines.values()) <= 10


def test_a_third_of_the_papers_hold_something_for_a_laptop() -> None:
    assert (
        len({name.partition("#")[0] for name, result in _results() if result.scale == "cpu"}) >= 40
    )


def test_only_checked_numbers_are_shipped() -> None:
    assert {result.confidence for _, result in _results()} <= {"confirmed", "high"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_addresses_lead_to_arxiv_public_code_and_pages_of_the_authors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hosts = {urlsplit(address).netloc for address in re.findall(r"https?://[^\s,}\]\"]+", text)}
    assert hosts
    assert hosts <= HOSTS
    assert not UNDERHAND.search(text)


@pytest.mark.parametrize(
    ("name", "value", "spread", "over", "runs", "table"),
    [
        ("ppo-2017#ppo-alien", "1850.3", None, "unknown", 3, "6"),
        ("ppo-2017#ppo-pong", "20.7", None, "unknown", 3, "6"),
        ("td3-2018#td3-hopper", "3564.07", "114.74", "seeds", 10, "1"),
        ("td3-2018#td3-half-cheetah", "9636.95", "859.065", "seeds", 10, "1"),
        ("dqn-2015#dqn-breakout", "401.2", "26.9", "episodes", 1, "2"),
        ("trpo-2015#trpo-single-path-breakout", "10.8", None, "unknown", "unknown", "1"),
        ("resnet-2016#resnet-110-cifar-10", "6.61", "0.16", "seeds", 5, "6"),
        ("alexnet-2012#single-cnn-imagenet-top-5-error", "17.0", None, "unknown", 1, "1"),
        ("zaremba-lstm-2014#non-regularized-lstm-ptb", "114.5", None, "unknown", 1, "1"),
    ],
)
def test_a_number_is_the_printed_one(
    name: str, value: str, spread: str | None, over: str, runs: int | str, table: str
) -> None:
    result = dict(_results())[name]
    assert str(result.value.value) == value
    assert (str(result.spread.value) if result.spread.value is not None else None) == spread
    assert (result.spread.over, result.runs.n, result.source.table) == (over, runs, table)
    assert (result.tier, result.primary) == ("self-reported", name != "ppo-2017#ppo-alien")


def test_how_a_curve_became_a_number_is_told_apart() -> None:
    results = dict(_results())
    ppo, td3, dqn = (
        results["ppo-2017#ppo-alien"],
        results["td3-2018#td3-hopper"],
        results["dqn-2015#dqn-breakout"],
    )
    assert (ppo.protocol.reducer.how, ppo.protocol.reducer.k, ppo.protocol.reducer.of) == (
        "last-k-mean",
        100,
        "episodes",
    )
    assert (td3.protocol.reducer.how, td3.spread.ddof) == ("argmax-of-mean-curve", 0)
    assert dqn.protocol.checkpoint == "best-over-training"


def test_the_headline_of_resnet_110_is_the_best_of_five_runs() -> None:
    best = dict(_results())["resnet-2016#resnet-110-cifar-10-best"]
    assert (str(best.value.value), best.value.centre) == ("6.43", "best")


def test_every_baseline_is_a_rival_that_the_number_beats() -> None:
    """Half of the gain over it is the margin; a rival that is better claims none."""
    beaten: Counter[str] = Counter()
    results = dict(_results())
    for name, result in results.items():
        ref = result.baseline.ref
        if ref is None:
            continue
        work = name.partition("#")[0]
        rival = results[ref if "#" in ref else f"{work}#{ref}"]
        assert rival.metric.direction == result.metric.direction, name
        assert (rival.metric.name, rival.metric.unit) == (result.metric.name, result.metric.unit)
        sign = 1 if result.metric.direction == "higher" else -1
        assert sign * (result.value.value - rival.value.value) > 0, name
        beaten[work] += 1

    assert beaten.total() >= 550
    assert len(beaten) >= 50
