"""Settings hold together: a week has hours, sessions an order, goals one target."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from curriculum.model.settings import Balance, Goal, Settings
from curriculum.model.study_hours import DEFAULT_WEEK, Window, week, window


def test_the_defaults_are_evenings_saturday_morning_and_an_even_balance() -> None:
    settings = Settings()
    assert (
        settings.availability
        == DEFAULT_WEEK
        == week({"mon-fri": "19:00-21:00", "sat": "10:00-12:00"})
    )
    assert settings.balance.textbooks == settings.balance.papers
    assert settings.session.break_ == timedelta(minutes=10)
    assert (settings.goals, settings.alarm, settings.load) == (None, None, Fraction(1))


def test_a_week_may_be_given_as_it_is_kept() -> None:
    days = ((Window(0, 60),), (), (), (), (), (), ())
    assert Settings(availability=days).availability == days


@pytest.mark.parametrize(
    "value", [{}, {"mon": []}, "19:00-21:00", {"mon": "x"}, {"m": "19:00-21:00"}, {"mon": None}]
)
def test_a_week_without_readable_hours_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        week(value)


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        ({"work": "ppo-2017"}, "ppo-2017"),
        ({"work": "nocedal-wright-2006", "units": ["1-7", "9"]}, "nocedal-wright-2006/1-7,9"),
        ({"topic": "mdp"}, "topic:mdp"),
    ],
)
def test_a_goal_is_shown_as_a_person_would_type_it(goal: dict[str, Any], text: str) -> None:
    assert str(Goal.model_validate(goal)) == text


@pytest.mark.parametrize(
    "goal", [{}, {"work": "a", "topic": "b"}, {"topic": "b", "units": "3"}, {"work": ""}]
)
def test_a_goal_names_one_thing(goal: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Goal.model_validate(goal)


@given(st.integers(0, 1439), st.integers(0, 1440))
def test_a_window_is_within_a_day_or_a_night_of_at_most_12_hours(start: int, end: int) -> None:
    text = f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    night = end + 1440 - start
    can_be_meant = start < end or (start != end and night <= 720)
    if not can_be_meant:
        with pytest.raises(ValueError, match=r"of no length|longer than 12 hours"):
            window(text)
        return
    found = window(text)
    assert found.start == start
    assert found.end % 1440 == end % 1440
    assert 0 < found.end - found.start <= (1440 if start < end else 720)


@pytest.mark.parametrize(
    ("written", "textbooks"),
    [
        ({"textbooks": "70"}, Fraction(70, 100)),
        ({"textbooks": "70%"}, Fraction(70, 100)),
        ({"papers": "0.3"}, Fraction(7, 10)),
        ({"papers": "0"}, Fraction(1)),
        ({"papers": "100"}, Fraction(0)),
        ({"textbooks": "2", "papers": "1"}, Fraction(2, 3)),
    ],
)
def test_a_share_alone_leaves_the_rest_to_the_other_track(
    written: dict[str, str], textbooks: Fraction
) -> None:
    balance = Balance.model_validate(written)
    assert balance.textbooks / (balance.textbooks + balance.papers) == textbooks
