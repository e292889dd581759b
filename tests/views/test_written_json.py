"""JSON that we print is what the standard library would print, except that long lists are not indented."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from curriculum.views.json.written import json_text

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(TREES)
def test_short_lists_are_indented(tree: object) -> None:
    assert json_text(tree) == json.dumps(tree, indent=2, ensure_ascii=False)


@given(st.lists(TREES, min_size=1, max_size=3))
def test_long_lists_have_a_line_for_each_item(items: list[object]) -> None:
    long = items * 201
    text = json_text({"items": long})

    assert json.loads(text) == {"items": long}
    assert text.count("\n") == len(long) + 3
