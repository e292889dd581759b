"""YAML is read as the text that the user wrote, with its places, and whatever it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.problems import Place, Problem
from curriculum.model.sources import Source
from curriculum.syllabus.documents import Plain, read_document
from curriculum.syllabus.text_checks import LARGEST_FILE, decode, lines_of
from curriculum.syllabus.trees import read_tree


def is_key(text: str) -> bool:
    return not text.startswith("x-")


WORDS = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
    )
)
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS.filter(is_key), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "18:30",
        "3.10",
        "2027-01-04",
        "1e3",
        "0x1F",
        "010",
        "true",
        ".inf",
        "1_000",
        "=",
        "-",
        "60",
    ],
)
def test_a_scalar_stays_what_the_user_wrote(text: str) -> None:
    assert read_document("a.yaml", f"key: {text if text != '-' else repr(text)}").content == {
        "key": text
    }


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_a_key_without_a_value_is_as_if_absent(text: str) -> None:
    document = read_document("a.yaml", f"a: {text}\nb: [{text or '~'}, 1]\nc: 'null'")
    assert document.content == {"b": [None, "1"], "c": "null"}


def test_keys_of_the_users_own_are_left_out_everywhere() -> None:
    document = read_document("a.yaml", "x-a: {b: b, b: c}\nlist: [{x-b: 1, c: 2}]")
    assert (document.content, document.problems) == ({"list": [{"c": "2"}]}, ())


def test_an_alias_stands_for_what_its_anchor_holds() -> None:
    document = read_document(
        "a.yaml", "x-shared: &shared {b: c}\na: *shared\nd: [*shared, *shared]"
    )
    assert document.content == {"a": {"b": "c"}, "d": [{"b": "c"}, {"b": "c"}]}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_line_end_and_a_byte_order_mark_are_understood(end: str, mark: str) -> None:
    document = read_document("a.yaml", mark + end.join(["a: 1", "😀: [x, yes]", ""]))
    assert document.content == {"a": "1", "😀": ["x", "yes"]}
    assert document.source.place(("😀", 1)) == Place("a.yaml", 2, 8)


def test_columns_count_characters_beyond_the_basic_plane() -> None:
    source = Source("a.yaml", "a: {'😀😀': b, c: [😀, d]}", read_tree)
    assert source.place(("a", "c", 1)) == Place("a.yaml", 1, 21)
    assert source.place(("a", "c"), of_key=True) == Place("a.yaml", 1, 14)
    assert source.place(("a", "c", 7, "no")) == Place("a.yaml", 1, 17)


@given(VALUES)
def test_what_json_holds_is_read_as_it_is(value: Plain) -> None:
    document = read_document("a.yaml", json.dumps({"key": value}, ensure_ascii=False))
    assert (document.content, document.problems) == ({"key": value}, ())


@given(VALUES)
def test_the_tree_holds_the_same_values_as_the_document(value: Plain) -> None:
    text = json.dumps({"key": value}, ensure_ascii=False, indent=1)
    assert read_tree(text) == read_document("a.yaml", text).content


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"abc01 :-,?#&*!|>%@`'\"\\{}[]\n\t\r~<=",
            "\n  ",
            "- ",
            ": ",
            "&a ",
            "*a",
            "<<: ",
            "--- ",
            "...",
            "😀",
            "\0",
        ]
    ),
    max_size=60,
).map("".join)


@given(st.text() | YAMLISH | st.text(st.characters()))
def test_no_text_raises_and_every_problem_lies_in_the_file(text: str) -> None:
    document = read_document("a.yaml", text)
    lines = lines_of(text)
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@given(st.binary(max_size=50))
def test_bytes_become_text_or_a_problem_at_the_first_bad_byte(content: bytes) -> None:
    text = decode("a.yaml", content)
    if isinstance(text, str):
        assert text.encode() == content
    else:
        lines = lines_of(content.decode("utf-8", errors="replace"))
        assert lines[text.place.line - 1][text.place.column - 1] == "\ufffd"


def test_a_file_beyond_reason_is_not_parsed() -> None:
    (problem,) = read_document("a.yaml", "a" * (LARGEST_FILE + 1)).problems
    assert problem.code == "too-large"


def test_aliases_cannot_make_a_small_file_large() -> None:
    layers = "".join(f"b{i}: &b{i} [{', '.join([f'*b{i - 1}'] * 9)}]\n" for i in range(1, 30))
    problems: tuple[Problem, ...] = read_document("a.yaml", "b0: &b0 [x]\n" + layers).problems
    assert [problem.code for problem in problems] == ["too-large"]
