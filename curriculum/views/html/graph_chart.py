"""Draw a map of units or works: what each needs is above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from curriculum.graph.layers import LayeredGraph, layered
from curriculum.graph.study_map import MapNode, StudyMap
from curriculum.model.formatting import counted, hours_text
from curriculum.views.html.chart import (
    ChartTable,
    ChartWords,
    LegendEntry,
    behind,
    chart_legend,
)
from curriculum.views.html.graph_layout import NODE_HEIGHT, NODE_WIDTH, GraphLayout, graph_layout
from curriculum.views.html.markup import element, number_text, together
from curriculum.views.html.shapes import Paint, Spot, box, filled, line_between, outlined, text_at
from curriculum.views.html.text_widths import LABEL_SIZE, SMALL_SIZE, fitted

_EDGE, _TURNED = outlined("ink-3"), outlined("late", 1, "4 3")
_SIGNS = {"done": "✓", "open": "◐", "next": "▶", "missing": ""}
_MEANINGS = {
    "done": "done",
    "open": "begun",
    "next": "can be begun now",
    "missing": "waits for what is above it",
}

NodeLink = Callable[[str], str | None]
"""The address of a node, by its name."""


def graph_chart(study: StudyMap, link: NodeLink | None = None, name: str = "graph") -> Markup:
    """Return the drawing of a map with at least one node, in its own size.

    Args:
        study: The map.
        link: Returns the address that a node leads to; None for a drawing without links.
        name: As in `ChartWords`.
    """
    noun = "work" if study.is_of_works else "unit"
    done = sum(node.state == "done" for node in study.nodes.values())
    words = ChartWords(
        name,
        f"Graph of {counted(len(study.nodes), noun)}",
        f"{counted(len(study.nodes), noun)}, {done} done; what each needs is above it.",
    )
    graph = layered(study.needs)
    layout = graph_layout(graph)
    return element(
        "figure",
        element("figcaption", words.caption),
        chart_legend(_legend(study)),
        element(
            "div",
            _svg(words, layout, [*_edges(graph, layout), *_nodes(study, layout, link)], link),
            class_="scroll",
            data_pan="",
            tabindex="0",
            role="region",
            aria_label=words.title,
        ),
        behind(_table(study), words),
        class_="chart wide",
        id=name,
    )


def _svg(
    words: ChartWords, layout: GraphLayout, parts: Iterable[Markup], link: NodeLink | None
) -> Markup:
    return element(
        "svg",
        element("title", words.title, id=f"{words.name}-title"),
        element("desc", words.caption, id=f"{words.name}-desc"),
        *parts,
        viewBox=Markup(f"0 0 {layout.width:.0f} {layout.height:.0f}"),
        width=round(layout.width),
        height=round(layout.height),
        # The children of an image cannot be followed as links.
        role="img" if link is None else "group",
        aria_labelledby=f"{words.name}-title {words.name}-desc",
        class_="drawing",
    )


def _edges(graph: LayeredGraph, layout: GraphLayout) -> Iterator[Markup]:
    # An edge that was turned begins at the node that needs, and passes waypoints of that node.
    turned = {(node, needed) for needed, node in graph.turned}
    for link, start, end in layout.edges:
        is_turned = (link.upper.node, link.lower.node) in turned
        yield _curve(start, end, _TURNED if is_turned else _EDGE)
    for start, end in layout.passes:
        yield line_between(start, end, _EDGE)


def _nodes(study: StudyMap, layout: GraphLayout, link: NodeLink | None) -> Iterator[Markup]:
    for name, node in study.nodes.items():
        yield _node(node, layout.corners[name], link)


def _curve(start: Spot, end: Spot, paint: Paint) -> Markup:
    middle = (start[1] + end[1]) / 2
    places = (start, (start[0], middle), (end[0], middle), end)
    first, *rest = (f"{number_text(x)} {number_text(y)}" for x, y in places)
    return element("path", d=f"M{first}C{' '.join(rest)}", **paint.attributes)


def _node(node: MapNode, corner: Spot, link: NodeLink | None) -> Markup:
    x, y = corner
    room = NODE_WIDTH - 18
    sign = _SIGNS[node.state]
    label = f"{sign} {node.name}" if sign else node.name
    parts = [
        element("title", _said_of(node)),
        box(corner, (NODE_WIDTH, NODE_HEIGHT), _ground(node), rounded=4),
        box(corner, (NODE_WIDTH, NODE_HEIGHT), _frame(node), rounded=4),
        box((x, y), (5, NODE_HEIGHT), filled(node.track), rounded=2),
        text_at((x + 11, y + 16), fitted(label, room, SMALL_SIZE)),
        text_at((x + 11, y + 33), fitted(_shown_title(node), room, LABEL_SIZE), style="label"),
    ]
    address = None if link is None else link(node.name)
    if address is None:
        return element("g", *parts)
    return element("a", *parts, href=address)


def _shown_title(node: MapNode) -> str:
    return node.title or node.name.partition("/")[2]


def _ground(node: MapNode) -> Paint:
    return filled("panel") if node.state == "missing" else Paint(f"{node.state}-soft", fill=1)


def _frame(node: MapNode) -> Paint:
    if node.state == "missing":
        return outlined("ink-3", 1, "3 2")
    return outlined(node.state, 1.5)


def _said_of(node: MapNode) -> str:
    parts = [f"{node.name}: {node.title}", _MEANINGS[node.state]]
    if node.units > 1:
        parts.append(f"{node.done} of {node.units} units done")
    if node.minutes:
        parts.append(f"{hours_text(node.minutes)} left")
    return "; ".join(parts)


def _legend(study: StudyMap) -> Iterator[LegendEntry]:
    states = {node.state: node for node in study.nodes.values()}
    for state in ("done", "open", "next", "missing"):
        if state in states:
            node = states[state]
            shapes = [
                box((1, 1), (18, 10), _ground(node), rounded=2),
                box((1, 1), (18, 10), _frame(node), rounded=2),
            ]
            sign = _SIGNS[state]
            meaning = f"{sign} {_MEANINGS[state]}" if sign else _MEANINGS[state]
            yield LegendEntry(together(shapes), meaning)
    for track in ("textbooks", "papers"):
        if any(node.track == track for node in study.nodes.values()):
            yield LegendEntry(box((7, 0), (5, 12), filled(track)), track)


def _table(study: StudyMap) -> ChartTable:
    rows = []
    for name, node in study.nodes.items():
        left = hours_text(node.minutes) if node.minutes else ""
        needs = ", ".join(study.needs.get(name, ()))
        rows.append((name, node.title, _MEANINGS[node.state], left, needs))
    noun = "work" if study.is_of_works else "unit"
    return ChartTable((noun, "title", "state", "left", "needs"), tuple(rows))
