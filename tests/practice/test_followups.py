"""Every `next:` line is open, done or dropped exactly once, and edits of the files survive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.practice.entries import LineState, read_notes
from curriculum.practice.followup_edits import closed_in, ids_given
from curriculum.practice.followups import (
    FollowUpState,
    NextLine,
    NextPlace,
    as_of,
    closing_line,
    follow_ups,
    next_line,
    next_lines,
    with_ids,
)
from curriculum.practice.marked_blocks import block_lines, blocks_of, refreshed
from curriculum.practice.reviews import read_review, review_file, review_next_lines
from curriculum.practice.user_text import applied

DAY = date(2027, 1, 4)
LINES = st.lists(
    st.builds(
        lambda day, number, text, name, state, listing: next_line(
            NextPlace(f"n/{day}{'r' if listing else ''}", number, DAY + timedelta(days=day)),
            text,
            name,
            state,
            is_listing=listing,
        ),
        st.integers(0, 400),
        st.integers(1, 9),
        st.sampled_from(
            ["rerun", "write it up", "rerun\ndone: 2027-02-01", "try\ndropped: 2027-02-02, no"]
        ),
        st.none() | st.sampled_from(["aaaa", "bbbb", "cccc"]),
        st.sampled_from(LineState),
        st.booleans(),
    ),
    unique_by=lambda line: (line.file, line.line),
    max_size=12,
)
WORDS = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)
    .map(str.strip)
    .filter(bool)
)


@given(LINES)
def test_every_line_belongs_to_one_follow_up(lines: list[NextLine]) -> None:
    found = follow_ups(lines)
    shown = [line for one in found for line in one.where]
    assert sorted(shown, key=repr) == sorted(lines, key=repr)
    for one in found:
        is_closed = any(line.state is not FollowUpState.OPEN for line in one.where)
        assert (one.state is not FollowUpState.OPEN) == is_closed
        assert one.carried == len({line.file for line in one.where if line.is_listing})


@given(LINES)
def test_ids_are_given_once_and_are_all_different(lines: list[NextLine]) -> None:
    names = with_ids(lines)
    named = [replace(line, id=names.get(line, line.id)) for line in lines]
    own = [line.id for line in named if not line.is_listing]
    assert len(set(own)) == len(own)
    assert None not in own
    assert with_ids(named) == {}
    assert names == with_ids(list(reversed(lines)))


@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]), st.data())
def test_a_line_that_is_closed_by_a_command_reads_so(
    texts: list[str], end: str, data: st.DataObject
) -> None:
    text = "".join(f"{line}{end}" for line in ["# 2027-01-04", "", "## 09:40"])
    text += "".join(f"- next: {words}{end}" for words in texts)
    text += f"the end{end}"
    names = with_ids(next_lines(read_notes(text, DAY)))
    given_ids = text
    for change in ids_given(text, names):
        given_ids = applied(given_ids, change)
    lines = list(next_lines(read_notes(given_ids, DAY)))
    assert len(lines) == len(texts)
    assert all(line.id for line in lines)
    chosen = data.draw(st.sampled_from(lines))
    below = closing_line(FollowUpState.DROPPED, DAY, "no effect")
    (change,) = closed_in(given_ids, chosen, "-", below)
    after = list(next_lines(read_notes(applied(given_ids, change), DAY)))
    for line, found in zip(lines, after, strict=True):
        if line is chosen:
            assert (found.state, found.closed, found.why) == (
                FollowUpState.DROPPED,
                DAY,
                "no effect",
            )
            assert (found.text, found.id) == (line.text, line.id)
        else:
            assert replace(found, line=line.line) == line


def test_a_box_ticked_in_a_review_closes_the_line_of_the_entry() -> None:
    entry = read_notes("## 09:40\n- next: rerun ^k7q2\n", DAY)
    review = read_review(
        "notebook/reviews/2027-W02.md",
        "---\nfrom: 2027-01-04\nto: 2027-01-17\n---\n- [x] rerun ^k7q2 - since 4 Jan\n"
        "## Next steps\n- next: \n- next: write it up\n",
    )
    assert review is not None
    rerun, write = follow_ups([*next_lines(entry), *review_next_lines(review)])
    assert (rerun.state, rerun.closed) == (FollowUpState.DONE, date(2027, 1, 17))
    assert rerun.origin.file == "notebook/2027/2027-01-04.md"
    assert (write.origin.text, write.origin.line) == ("write it up", 8)
    assert as_of(rerun, date(2027, 1, 16)).state is FollowUpState.OPEN


def test_a_line_that_changed_meanwhile_is_left_alone() -> None:
    (line,) = next_lines(read_notes("## 09:40\n- next: rerun ^k7q2\n", DAY))
    assert not list(closed_in("## 09:40\nprose\n- next: rerun ^k7q2\n", line, "x", "done"))
    assert not list(closed_in("", line, "x", "done"))


BLOCKS = st.dictionaries(
    st.sampled_from(["time", "code", "findings"]),
    st.lists(st.sampled_from(["- one", "- [ ] two ^aaaa", "", "| a | b |"]), max_size=4),
    max_size=3,
)


@given(BLOCKS, BLOCKS, st.sampled_from(["\n", "\r\n"]), WORDS)
def test_blocks_are_filled_in_again_and_all_else_stays(
    old: dict[str, list[str]], new: dict[str, list[str]], end: str, words: str
) -> None:
    lines = [
        f"above {words}",
        *(
            line
            for name, own in old.items()
            for line in [*block_lines(name, own), f"my own {words}"]
        ),
    ]
    text = end.join(lines)
    again, kept = refreshed(text, new)
    assert not kept
    assert refreshed(again, new) == (again, ())
    shown = {block.name: list(block.lines) for block in blocks_of(again)}
    assert shown == {name: new.get(name, own) for name, own in old.items()}
    assert again.count(f"my own {words}") == len(old)
    assert again.count("\r") == again.count("\n") * end.count("\r")


def test_an_edited_block_is_left_and_named_and_a_ticked_box_is_no_edit() -> None:
    text = "\n".join(block_lines("followups", ["- [ ] rerun ^k7q2", "- [ ] write ^m3ad"]))
    ticked = text.replace("- [ ] rerun", "- [x] rerun")
    assert not any(block.is_edited for block in blocks_of(ticked))
    edited = text.replace("rerun", "run again")
    again, (kept,) = refreshed(edited, {"followups": ["- [ ] new ^aaaa"]})
    assert (again, kept.name, kept.first) == (edited, "followups", 2)
    assert "new" in refreshed(edited, {"followups": ["- [ ] new ^aaaa"]}, ours=True)[0]


def test_a_review_that_says_no_days_is_none() -> None:
    for text in (
        "",
        "# 2027",
        "---\nfrom: 2027-01-04\n---\n",
        "---\nfrom: 2027-02-30\nto: 2027-03-01\n---",
    ):
        assert read_review("notebook/reviews/2027-W02.md", text) is None
    assert review_file(date(2027, 1, 3), []) == "notebook/reviews/2026-W53.md"
