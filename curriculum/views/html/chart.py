"""A chart: the frame around a drawing, with its words for those who do not see it, and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.views.html.markup import element

WIDE, NARROW = 680.0, 328.0
"""The widths, in pixels, for which a chart is drawn; the page shows the one that it has room for.

A narrow one fits a telephone of 360 pixels, a wide one a printed page.
"""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart is called, and what it shows.

    Attributes:
        name: What it is called in addresses; no other part of the page may have it.
        title: What it is called.
        caption: What it shows, in a sentence.
    """

    name: str
    title: str
    caption: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of some size in pixels."""

    width: float
    height: float
    content: Markup


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers behind a chart; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign of a chart, as the content of a drawing of 20 by 12 pixels, and what it means."""

    sign: Markup
    meaning: str


def chart_figure(
    words: ChartWords,
    draw: Callable[[float], Drawing],
    table: ChartTable,
    legend: Sequence[LegendEntry] = (),
) -> Markup:
    """Return a chart.

    Args:
        words: What it is called.
        draw: Draws it for a width in pixels.
        table: The numbers behind it.
        legend: Its signs.
    """
    return element(
        "figure",
        element("figcaption", words.caption),
        chart_legend(legend),
        svg_image(draw(WIDE), words, "wide"),
        svg_image(draw(NARROW), words, "narrow"),
        behind(table, words),
        class_="chart",
        id=words.name,
    )


def svg_image(drawing: Drawing, words: ChartWords, variant: str) -> Markup:
    """Return a drawing as an image with a name and a description."""
    name = f"{words.name}-{variant}"
    return element(
        "svg",
        element("title", words.title, id=f"{name}-title"),
        element("desc", words.caption, id=f"{name}-desc"),
        drawing.content,
        viewBox=Markup(f"0 0 {drawing.width:.0f} {drawing.height:.0f}"),
        width=drawing.width,
        height=round(drawing.height),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=f"drawing {variant}",
    )


def chart_legend(entries: Iterable[LegendEntry]) -> Markup:
    """Return the list of the signs of a chart; nothing where there is none."""
    items = [
        element(
            "li",
            element("svg", one.sign, width=20, height=12, aria_hidden="true"),
            element("span", one.meaning),
        )
        for one in entries
    ]
    return element("ul", *items, class_="legend") if items else Markup()


def behind(table: ChartTable, words: ChartWords) -> Markup:
    """Return the numbers behind a chart of some words, folded."""
    return element(
        "details",
        element("summary", "As a table"),
        html_table(table, words.title),
        class_="behind",
    )


def html_table(table: ChartTable, title: str) -> Markup:
    """Return a table that can be scrolled by its title; cells with a number have a class."""
    head = [
        element("th", heading, scope="col", class_="num" if _is_of_numbers(table, number) else None)
        for number, heading in enumerate(table.headings)
    ]
    rows = [_table_row(row) for row in table.rows]
    return element(
        "div",
        element("table", element("thead", element("tr", *head)), element("tbody", *rows)),
        class_="rows",
        tabindex="0",
        role="group",
        aria_label=f"Table: {title}",
    )


def _is_of_numbers(table: ChartTable, column: int) -> bool:
    """Whether all that a column holds is numbers."""
    cells = [row[column] for row in table.rows if row[column]]
    return column > 0 and bool(cells) and all(map(_cell_class, cells))


def _table_row(row: Sequence[str]) -> Markup:
    name = element("th", row[0], scope="row")
    cells = [element("td", cell, class_=_cell_class(cell)) for cell in row[1:]]
    return element("tr", name, *cells)


def _cell_class(cell: str) -> str | None:
    return "num" if cell[:1].isdigit() or cell[:1] in ("-", "−", "+") else None
