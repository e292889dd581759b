"""Tables on narrow and wide screens, and colours on white and black ones."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console

from curriculum.model.identifiers import TRACKS
from curriculum.views.text.marks import late, style_of
from curriculum.views.text.signs import SIGNS, TERMINAL_COLOURS
from curriculum.views.text.tables import LEAST_TITLE, FoldingTable

TITLE = "High-Dimensional Continuous Control Using Generalized Advantage Estimation"


def shown(table: FoldingTable, width: int) -> list[str]:
    """Return the lines of a table on a screen of a width."""
    console = Console(file=StringIO(), width=width, no_color=True)
    console.print(table)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def table(work: str, title: str) -> FoldingTable:
    """Return a table of one work."""
    made = FoldingTable("work", "kind", "title", ">hours", ">results", folds=("results", "kind"))
    made.add_row(work, "paper", title, "16.5", "13")
    return made


def test_the_least_important_column_goes_first() -> None:
    assert shown(table("gae-2016", TITLE), 58) == [
        "work      kind   title                      hours  results",
        "gae-2016  paper  High-Dimensional Continu…   16.5       13",
    ]
    assert shown(table("gae-2016", TITLE), 50) == [
        "work      kind   title                       hours",
        "gae-2016  paper  High-Dimensional Continuo…   16.5",
    ]
    assert shown(table("gae-2016", TITLE), 43) == [
        "work      title                       hours",
        "gae-2016  High-Dimensional Continuo…   16.5",
    ]


def test_a_wide_screen_shows_the_whole_title() -> None:
    lines = shown(table("gae-2016", TITLE), 120)

    assert TITLE in lines[1]


def test_a_title_in_brackets_is_shown_as_it_is() -> None:
    assert "[bold] title" in shown(table("a", "[bold] title"), 80)[1]


@given(
    work=st.text("abcdefgh-", min_size=1, max_size=34),
    title=st.lists(st.text("abcdef", min_size=1, max_size=12), min_size=1, max_size=12),
    width=st.integers(80, 200),
)
def test_no_table_is_wider_than_the_screen_nor_cuts_a_title_short_of_24_characters(
    work: str, title: list[str], width: int
) -> None:
    written = " ".join(title)
    lines = shown(table(work, written), width)
    column = lines[0].index("title")

    assert max(map(cell_len, lines)) <= width
    assert lines[1].startswith(work)
    assert lines[1][column:].startswith(written[: LEAST_TITLE - 1].split("  ")[0])
    # What wraps stays in its column.
    assert all(not line[:column].strip() for line in lines[2:])


@pytest.mark.parametrize("name", TERMINAL_COLOURS)
def test_every_colour_can_be_read_on_white_and_on_black(name: str) -> None:
    red, green, blue = Color.parse(style_of(name).removeprefix("bold ")).get_truecolor()
    light = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)

    # The contrast of WCAG 2.1, at least 3 for signs and large text.
    assert 1.05 / (light + 0.05) >= 3
    assert (light + 0.05) / 0.05 >= 3


def _linear(channel: int) -> float:
    share = channel / 255
    if share <= 0.04045:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)


def test_tracks_and_states_differ_by_a_sign_as_well() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert set(TRACKS) < set(SIGNS)
    assert late("late: 3 h short").plain == "! late: 3 h short"
