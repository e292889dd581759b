"""The margin: where it comes from, what it must not call reproduced, and that a rate is a rate."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.results import Result
from curriculum.model.works import Paper
from curriculum.reproduction.attempts import fingerprint
from curriculum.reproduction.margins import margin_of
from curriculum.syllabus.works import read_work
from tests.reproduction.results import published, verdict

PAPERS = Path(__file__).resolve().parents[2] / "syllabi" / "papers"
RATE: dict[str, Any] = {"unit": "percent", "direction": "lower"}


@cache
def _paper(name: str) -> Paper:
    path = PAPERS / f"{name}.yaml"
    paper = read_work(path.name, path.read_text(encoding="utf-8")).work
    assert isinstance(paper, Paper)
    return paper


def of_library(paper: str, name: str) -> Result:
    """Return a published result of the built-in library."""
    (result,) = (one for one in _paper(paper).results if one.id == name)
    return result


@pytest.mark.parametrize(
    ("record", "size", "origin"),
    [
        ({"tolerance": {"abs": "3"}}, 3, "stated"),
        ({"tolerance": {"rel": "0.1"}}, 10, "10 % of the printed number"),
        (
            {"tolerance": {"rel": "0.1"}, "metric": {"reference": {"floor": "50"}}},
            5,
            "10 % of the distance to the floor 50",
        ),
        ({"baseline": {"value": "80"}}, 10, "50 % of the claimed gain"),
        (
            {"baseline": {"value": "80"}, "tolerance": {"gain_fraction": "0.25"}},
            5,
            "25 % of the claimed gain",
        ),
        ({"baseline": {"value": "120"}}, 5, "5 % of the printed number, default"),
        ({"metric": {"bounds": [0, 200]}}, 10, "10 % of the room to the nearer bound"),
        ({"metric": {"bounds": [0, 120]}}, 2, "10 % of the room to the nearer bound"),
        (
            {"metric": {"bounds": [0, 120]}, "baseline": {"value": "98"}},
            1,
            "50 % of the claimed gain",
        ),
        ({"metric": {"bounds": [0, 100]}}, 1, "1 % of the bounds: the paper is at one of them"),
        ({"metric": {"bounds": [80, None]}}, 1, "5 % of the distance to the bound 80"),
        ({}, 5, "5 % of the printed number, default"),
        ({"metric": {"reference": {"floor": "-100"}}, "value": "0"}, 5, "5 % of the distance to"),
        ({"value": "0"}, 10, "the paper's SD, because the score has no natural zero"),
        ({"value": "-3.60", "sd": "0.56"}, 0.56, "the paper's SD"),
        ({"value": "-3.60", "sd": None}, 0.18, "5 % of the printed number, although"),
    ],
)
def test_the_margin_is_the_first_that_applies_and_says_where_it_comes_from(
    record: dict[str, Any], size: float, origin: str
) -> None:
    margin = margin_of(published(**record))

    assert margin.size == pytest.approx(size)
    assert margin.origin.startswith(origin)


@pytest.mark.parametrize(
    ("unit", "value", "items", "size"),
    [
        ("percent", "95.0", None, 0.5),
        ("%", "95.0", None, 0.5),
        ("percent", "5.0", None, 0.5),
        ("fraction", "0.950", None, 0.005),
        ("percent", "95.0", 10000, 0.5 + 0.21794),
        ("fraction", "0.950", 10000, 0.005 + 0.0021794),
        ("percent", "100.0", 10000, 0.05),
        ("percent", "137.0", None, 6.85),
        ("points", "95.0", None, 4.75),
    ],
)
def test_a_rate_has_bounds_whether_they_are_written_or_not(
    unit: str, value: str, items: int | None, size: float
) -> None:
    on = {"n_items": items} if items else {}
    result = published(value, metric={"unit": unit}, on=on)

    assert margin_of(result).size == pytest.approx(size, rel=1e-4)


def test_written_bounds_and_a_human_reference_say_that_a_percentage_is_no_rate() -> None:
    """Human-normalised scores are in percent, and beyond 100."""
    human = published("79", metric={"unit": "percent", "reference": {"floor": 0, "human": 100}})
    open_above = published("79", metric={"unit": "percent", "bounds": [0, None]})

    assert human.metric.limits == (None, None)
    assert open_above.metric.limits == (0.0, None)


def test_percent_signs_and_words_are_one_unit() -> None:
    result = published("75.0", "0.5", metric={"unit": "%"})
    told = verdict(result, 0.751, 0.749, 0.752, unit="fraction")
    same = verdict(result, 75.1, 74.9, 75.2, unit="%")

    assert result.metric.unit == "percent"
    assert told.mine is not None
    assert same.mine is not None
    assert told.mine.centre == pytest.approx(same.mine.centre)


def test_the_undistilled_network_is_no_reproduction_of_the_distilled_one() -> None:
    """146 errors of 10,000 are those of the small net without distillation; 74 with it."""
    distilled = of_library("knowledge-distillation-2015", "small-net-distilled-t-20-mnist")

    assert margin_of(distilled).size == pytest.approx(7.4 + 8.57, abs=0.01)
    assert verdict(distilled, 146.0, 148.0, 144.0).outcome == "short"
    assert verdict(distilled, 74.0, 77.0, 72.0).outcome == "reproduced"


@pytest.mark.parametrize(
    ("paper", "name", "mine"),
    [
        ("dropout-2014", "dropout-plus-max-norm-relu-3-layers-x-1024-mnist", 1.60),
        ("lenet5-1998", "lenet-5-no-distortions-mnist", 1.70),
        ("resnet-2016", "resnet-110-cifar-10", 7.20),
    ],
)
def test_what_the_rival_reaches_reproduces_no_claim(paper: str, name: str, mine: float) -> None:
    result = of_library(paper, name)

    assert verdict(result, mine, mine + 0.02, mine - 0.02).outcome == "short"
    same = result.value.number
    assert verdict(result, same, same + 0.02, same - 0.02).outcome != "short"


def test_a_score_without_a_zero_asks_for_a_floor() -> None:
    asked = verdict(published("-3.60", "0.56"), -3.5, -3.6, -3.7)
    told = verdict(
        published("-3.60", "0.56", metric={"reference": {"floor": -43}}), -3.5, -3.6, -3.7
    )

    assert any("reference: {floor: ...}" in remark for remark in asked.remarks)
    assert not any("floor: ..." in remark for remark in told.remarks)
    assert told.margin.size == pytest.approx(1.97)


@pytest.mark.parametrize(
    ("more", "is_asked"),
    [
        ({"baseline": {"value": "-3.0"}}, True),
        ({"baseline": {"value": "-4.0"}}, False),
        ({"tolerance": {"gain_fraction": "0.3"}}, True),
        ({"tolerance": {"abs": "0.2"}}, False),
    ],
)
def test_what_states_no_margin_does_not_keep_it_from_asking(
    more: dict[str, Any], is_asked: bool
) -> None:
    """A baseline that is better than the paper claims no gain, and silenced the question."""
    judged = verdict(published("-3.60", "0.56", **more), -3.5, -3.6, -3.7)

    assert any("floor: ..." in remark for remark in judged.remarks) is is_asked


def test_another_baseline_does_not_make_the_record_another() -> None:
    """A changed margin is told on its own, with the verdict of the old one."""
    plain = of_library("resnet-2016", "resnet-110-cifar-10")
    without = plain.model_copy(update={"baseline": published().baseline})

    assert plain.baseline.value == Decimal("7.17")
    assert fingerprint(plain) == fingerprint(without)


def test_a_result_that_is_like_another_does_not_have_its_baseline() -> None:
    """What a number beats is printed beside that number alone."""
    last = of_library("rainbow-2018", "rainbow-alien-no-op-starts")
    shared = of_library("rainbow-2018", "rainbow-pong-no-op-starts")

    assert last.baseline.ref == "distributional-dqn-alien"
    assert last.baseline.method == "Distributional DQN (authors' run)"
    assert shared.baseline.ref is None


SHARES = st.lists(
    st.integers(200, 9800).map(lambda hundredths: hundredths / 100), min_size=2, max_size=8
)


@given(SHARES, st.integers(200, 9800), st.integers(1, 400), st.sampled_from([None, 500, 10000]))
def test_accuracy_and_error_of_the_same_runs_get_the_same_verdict(
    accuracies: list[float], paper: int, sd: int, items: int | None
) -> None:
    """One is a hundred less the other: no rule may depend on which of them is printed."""
    printed = Decimal(paper) / 100
    spread = str(Decimal(sd) / 100)
    on = {"n_items": items} if items else {}
    error = str(100 - printed)
    assume(min(accuracies) > 2 * 100 / 80)
    accuracy = published(str(printed), spread, metric={"unit": "percent"}, on=on)
    inaccuracy = published(error, spread, metric=RATE, on=on)
    one = verdict(accuracy, *accuracies)
    other = verdict(inaccuracy, *(100 - value for value in accuracies))

    assert margin_of(accuracy).size == pytest.approx(margin_of(inaccuracy).size)
    if one.interval is None or other.interval is None:
        # Percent and fraction differ a hundredfold; nothing is compared before that is cleared up.
        return
    edges = (one.interval.low, one.interval.high)
    size = one.margin.size
    assume(min(abs(edge - side * size) for edge in edges for side in (-1, 1)) > 1e-6)
    assert (one.outcome, one.lean) == (other.outcome, other.lean)
    assert one.interval.difference == pytest.approx(other.interval.difference, abs=1e-9)
