"""The segment tree of deadline slacks against a plain list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curriculum.schedule.slack_tree import AMPLE, SlackTree

STEPS = st.lists(
    st.tuples(st.sampled_from(["spend", "forget", "least"]), st.integers(0, 9), st.integers(0, 50))
)


@given(st.lists(st.integers(-100, 1000), max_size=9), STEPS)
def test_the_tree_answers_as_a_plain_list_would(
    slacks: list[int], steps: list[tuple[str, int, int]]
) -> None:
    tree, plain = SlackTree(slacks), list(slacks)
    for action, count, minutes in steps:
        count = min(count, len(plain))
        if action == "spend":
            tree.spend(count, minutes)
            plain[:count] = [slack - minutes for slack in plain[:count]]
        elif action == "forget" and count < len(plain):
            tree.forget(count)
            plain[count] = AMPLE << 1
        least = tree.least(count)
        assert min(least, AMPLE >> 1) == min([*plain[:count], AMPLE >> 1])


def test_no_deadline_leaves_ample_slack() -> None:
    assert SlackTree([]).least(0) == AMPLE
