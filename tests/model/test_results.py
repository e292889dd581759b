"""A published result says enough for a fair comparison, or is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from curriculum.model.results import Locator, Metric, Number, On, Runs, Spread

NUMBER: TypeAdapter[Any] = TypeAdapter(Number)


@pytest.mark.parametrize("text", ["3.10", "-0.5", "1e3", "401.2", "0"])
def test_a_number_keeps_its_printed_precision(text: str) -> None:
    assert NUMBER.validate_python(text).as_tuple() == NUMBER.validate_python(f" {text} ").as_tuple()
    assert str(NUMBER.validate_python("3.10")) == "3.10"


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e999999", "1,5"])
def test_what_cannot_be_reckoned_with_is_no_number(text: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(text)


def test_degrees_of_freedom_and_counts_may_be_text() -> None:
    assert Spread.model_validate({"kind": "sd", "value": "1", "ddof": "0"}).ddof == 0
    assert Runs.model_validate({"n": "10", "failed": "unknown"}).n == 10


def test_an_environment_may_be_a_bare_name_in_a_mapping_of_its_own() -> None:
    assert On.model_validate({"name": "Hopper", "version": "v1"}).preprocessing == {}


@pytest.mark.parametrize(
    ("model", "value"),
    [
        (Metric, {"name": "m", "unit": "1", "direction": "target"}),
        (Metric, {"name": "m", "unit": "1", "direction": "lower", "target": "3"}),
        (Spread, {"kind": "none", "value": "1"}),
        (Spread, {"kind": "ci", "low": "1"}),
        (Locator, {"row": "Hopper"}),
        (Runs, {"n": "0"}),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(model: Any, value: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(value)
