"""Look into charts: where their labels are, and what their tables say."""

from __future__ import annotations

import re
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

import html5lib  # type: ignore[import-untyped]  # it has none
from markupsafe import Markup

from curriculum.views.html.text_widths import LABEL_SIZE, SMALL_SIZE, label_width

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe\u202c",
    "]]></title><style>*{}</style>",
    "nul\x00 and bell\x07",
    "深度强化学习" * 30,
    "{{ 7 * 7 }} {% raw %}",
)
"""Names and titles that would be more than text if they were let."""

_SVG = re.compile(r'<svg [^>]*class="drawing[^>]*>.*?</svg>', re.DOTALL)


class Label(NamedTuple):
    """A label with the pixels that it takes at most."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def parsed(markup: Markup) -> ElementTree.Element:
    """Return the tree of a piece of HTML in which nothing is wrong."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: ElementTree.Element = parser.parse(f"<!DOCTYPE html><title>x</title>{markup}")
    return tree


def drawings(markup: Markup) -> list[ElementTree.Element]:
    """Return the drawings of a chart, which are XML as well."""
    return [ElementTree.fromstring(text) for text in _SVG.findall(markup)]


def labels(drawing: ElementTree.Element) -> list[Label]:
    """Return all labels of a drawing."""
    return [_label(one) for one in drawing.iter("text")]


def _label(node: ElementTree.Element) -> Label:
    text = node.text or ""
    size = SMALL_SIZE if "small" in node.attrib["class"] else LABEL_SIZE
    width = label_width(text, size)
    x, y = float(node.attrib["x"]), float(node.attrib["y"])
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
    return Label(text, left, left + width, y - 0.75 * size, y + 0.2 * size)


def overlapping_labels(drawing: ElementTree.Element) -> list[tuple[str, str]]:
    """Return the pairs of labels that are over one another."""
    return [
        (one.text, other.text)
        for one, other in combinations(labels(drawing), 2)
        if one.text
        and other.text
        and one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    ]


def outside(drawing: ElementTree.Element) -> list[str]:
    """Return the labels that do not fit into their drawing."""
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    return [
        one.text
        for one in labels(drawing)
        if one.text
        and (one.left < -1 or one.right > width + 1 or one.top < 0 or one.bottom > height)
    ]


def table_rows(markup: Markup) -> list[list[str]]:
    """Return the cells of the table behind a chart."""
    tree = parsed(markup)
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
