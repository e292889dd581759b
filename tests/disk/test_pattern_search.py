"""Patterns are searched for in a process of their own: what never ends is stopped."""

from __future__ import annotations

import json
from io import BytesIO, StringIO

import pytest

from curriculum.disk.pattern_child import LONGEST_LINE, search
from curriculum.disk.pattern_search import (
    PatternMatch,
    PatternMatches,
    PatternSearchError,
    pattern_matches,
)

TEXT = b"loss 3\nnothing\nstep 7 loss 2\xff\n"


def test_each_line_is_searched_once() -> None:
    matches = pattern_matches(r"(step (?P<x>\d+) )?loss (?P<y>\d)", TEXT)

    assert matches == PatternMatches(
        (PatternMatch(1, None, "3"), PatternMatch(3, "7", "2")), long=0
    )


def test_a_pattern_that_would_take_for_ever_is_stopped() -> None:
    with pytest.raises(PatternSearchError, match=r"was stopped after 0\.5 seconds"):
        pattern_matches("(?P<y>(a+)+)b", b"a" * 60, seconds=0.5)


def test_lines_that_are_far_too_long_are_counted_and_passed_over() -> None:
    given = json.dumps("(?P<y>b)").encode() + b"\n" + b"b" * (LONGEST_LINE + 1) + b"\nab\n"
    target = StringIO()
    search(BytesIO(given), target)

    assert json.loads(target.getvalue()) == {"found": [[2, None, "b"]], "long": 1}
