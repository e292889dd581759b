"""A pattern that is compiled late does what one that is compiled at once does."""

from __future__ import annotations

import copy
import re

import pytest

from curriculum.model.late_patterns import late_pattern


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.MULTILINE | re.DOTALL])
def test_each_method_is_that_of_the_compiled_pattern(flags: int) -> None:
    text, late, early = "ab\nAB", late_pattern("(?P<x>^a.)", flags), re.compile("(?P<x>^a.)", flags)

    for _ in range(2):
        assert late.findall(text) == early.findall(text)
        assert late.sub(r"[\g<x>]", text) == early.sub(r"[\g<x>]", text)
        assert (late.pattern, late.flags, late.groups) == (early.pattern, early.flags, early.groups)
    assert copy.copy(late).split("xab") == early.split("xab")


def test_bytes_are_looked_through_as_well() -> None:
    found = late_pattern(rb"\d+").search(b"a12")

    assert found is not None
    assert found[0] == b"12"


def test_what_is_no_pattern_is_said_when_it_is_used() -> None:
    late = late_pattern("(")
    with pytest.raises(re.error):
        late.search("a")
    assert not hasattr(late_pattern("a"), "no_such_method")
