"""Problems are printed with the line they point at, whatever stands in it."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from curriculum.model.problems import Place, Problem, Severity
from curriculum.views.json.problems import problems_json
from curriculum.views.text.problems import EXCERPT_WIDTH, problem_report

UNKNOWN = Problem(
    Place("b.yaml", 2, 3), "unknown-key", "'titel' is not a key of a paper", "did you mean 'title'?"
)


def excerpt(line: str, column: int) -> tuple[str, str]:
    """Return the two lines of an excerpt, without their gutters."""
    report = problem_report(
        [Problem(Place("a.yaml", 1, column), "code", "message")], {"a.yaml": line}
    )
    shown, caret = report.splitlines()[1:3]
    return shown[8:], caret[8:]


def test_a_problem_is_its_place_its_excerpt_and_its_remedy() -> None:
    assert problem_report([UNKNOWN], {"b.yaml": "kind: paper\n  titel: x\n"}) == (
        "b.yaml:2:3: unknown-key: 'titel' is not a key of a paper\n"
        "    2 |   titel: x\n"
        "      |   ^\n"
        "  did you mean 'title'?\n"
        "\n"
        "1 problem in 1 file\n"
    )


def test_problems_are_sorted_reported_once_and_counted() -> None:
    warning = Problem(Place("a.yaml", 10, 1), "redundant", "m", "remove it", Severity.WARNING)
    earlier = Problem(Place("a.yaml", 9, 1), "syntax", "m", "mend it")
    report = problem_report([UNKNOWN, warning, earlier, UNKNOWN], {})
    assert report.splitlines() == [
        "a.yaml:9:1: syntax: m",
        "  mend it",
        "",
        "a.yaml:10:1: redundant: m",
        "  remove it",
        "",
        "b.yaml:2:3: unknown-key: 'titel' is not a key of a paper",
        "  did you mean 'title'?",
        "",
        "2 problems and 1 warning in 2 files",
    ]
    assert problem_report([warning], {}).splitlines()[-1] == "1 warning in 1 file"
    assert problem_report([], {}) == "no problems\n"


def test_of_a_kind_only_the_first_problems_are_shown_and_the_rest_is_counted() -> None:
    many = [Problem(Place("a.yaml", line, 1), "unknown-key", "m") for line in range(1, 31)]
    one = Problem(Place("b.yaml", 1, 1), "syntax", "m")
    report = problem_report([*many, one], {}).split("\n\n")
    assert report[19] == "a.yaml:20:1: unknown-key: m"
    assert report[20:] == [
        "b.yaml:1:1: syntax: m",
        "10 more of the kind 'unknown-key' are not shown",
        "31 problems in 2 files\n",
    ]


def test_a_problem_of_a_whole_file_has_no_excerpt() -> None:
    problem = Problem(Place("A.yaml"), "bad-name", "m", "rename the file")
    assert problem_report([problem], {"A.yaml": "kind: paper"}).splitlines()[:2] == [
        "A.yaml:0:0: bad-name: m",
        "  rename the file",
    ]


def test_the_caret_is_below_wide_characters_tabs_and_combining_marks() -> None:
    assert excerpt("漢字: x", 5) == ("漢字: x", "      ^")
    assert excerpt("a\tb", 3) == ("a    b", "     ^")
    assert excerpt("e\u0301e: x", 3) == ("e\u0301e: x", " ^")
    assert excerpt("a: b", 5) == ("a: b", "    ^")


def test_characters_that_would_move_the_cursor_are_not_printed() -> None:
    assert excerpt("a\x1b[2Jb\u202ec", 7) == ("a?[2Jb?c", "      ^")


def test_a_long_line_is_cut_around_the_caret() -> None:
    shown, caret = excerpt("x" * 500 + "!" + "y" * 500, 501)
    assert shown.startswith("...x")
    assert shown.endswith("y...")
    assert shown[caret.index("^")] == "!"
    assert len(shown) == EXCERPT_WIDTH


@pytest.mark.parametrize("text", ["漢", "e\u0301", "a\u0301\u0302\u0303", "☺\ufe0f", "\u0e33"])
def test_a_long_line_of_wide_characters_or_marks_is_cut_around_the_caret(text: str) -> None:
    shown, caret = excerpt(text * 300 + "!" + text * 300, 300 * len(text) + 1)
    before, found, after = shown.partition("!")
    assert found
    assert cell_len(before) == len(caret) - 1
    assert before.startswith("...")
    assert after.endswith("...")
    assert cell_len(shown) <= EXCERPT_WIDTH


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    begin = time.process_time()
    shown, _ = excerpt("漢\u0301" * 500_000, 500_000)
    assert time.process_time() - begin < 5
    assert cell_len(shown) <= EXCERPT_WIDTH


def test_a_password_in_an_address_is_not_printed() -> None:
    assert excerpt("url: https://me:secret@host/é", 6) == (
        "url: https://me:******@host/é",
        "     ^",
    )


def width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@given(st.text("ab漢😀\t é", max_size=300), st.integers(1, 300))
def test_no_excerpt_is_wider_than_the_terminal(line: str, column: int) -> None:
    shown, caret = excerpt(line, column)
    assert width(shown) <= EXCERPT_WIDTH
    assert width(caret) <= EXCERPT_WIDTH + 1


def test_lines_are_counted_as_editors_count_them() -> None:
    text = "a: 1\r\nb: 2\rc: 3\x0bd\n"
    problem = Problem(Place("a.yaml", 3, 4), "code", "m")
    assert problem_report([problem], {"a.yaml": text}).splitlines()[1] == "    3 | c: 3?d"


def test_problems_become_values_for_json() -> None:
    warning = Problem(Place("a.yaml", 1, 2), "redundant", "m", "remove it", Severity.WARNING)
    assert problems_json([UNKNOWN, warning]) == [
        {
            "file": "a.yaml",
            "line": 1,
            "column": 2,
            "code": "redundant",
            "message": "m",
            "hint": "remove it",
            "severity": "warning",
        },
        {
            "file": "b.yaml",
            "line": 2,
            "column": 3,
            "code": "unknown-key",
            "message": "'titel' is not a key of a paper",
            "hint": "did you mean 'title'?",
            "severity": "error",
        },
    ]
