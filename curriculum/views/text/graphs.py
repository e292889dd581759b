"""A curriculum as a graph to be drawn: the DOT language of Graphviz, and Mermaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.graph.idea_graph import IdeaGraph, IdeaNode, OpenedDoor
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.late_patterns import late_pattern
from curriculum.model.library import Library
from curriculum.model.references import Strength
from curriculum.views.graph_edges import Edge, graph_edges, units_by_work
from curriculum.views.text.lines import StyledLine, line

_FILLS = {"textbooks": "#dbe9f6", "papers": "#fbe5d0"}
_LINES = {"textbooks": "#2b5c8a", "papers": "#a4561b"}
_DOT_DEFAULTS = (
    '  graph [fontname="Helvetica", style="rounded", color="#999999", compound=true]',
    '  node [fontname="Helvetica", fontsize=10, shape=box, style="rounded,filled"]',
    '  edge [fontname="Helvetica", fontsize=8, color="#555555"]',
)
_MERMAID_MARKUP = late_pattern(r"""[#"&<>`*_\[\](){}|\\;~@]|:(?=//)|(?<=www)\.|^[-+]""")
_MERMAID_LIST = late_pattern(r"^(\d+\.)(?: |$)")
_JOINERS = "\u200c\u200d"
"""Characters that join letters and emoji: not printable by themselves, but part of a word."""


def graph_dot(curriculum: Curriculum, library: Library) -> str:
    """Return the graph in DOT, for Graphviz: a cluster for each work, soft edges dashed."""
    lines = ["digraph curriculum {", "  rankdir=LR", *_DOT_DEFAULTS]
    for number, (name, units) in enumerate(units_by_work(curriculum).items()):
        work = library.works[name]
        fill = _FILLS[work.track]
        stroke = _LINES[work.track]
        lines.append(f"  subgraph cluster_{number} {{")
        lines.append(f"    label={_dot(work.title)}")
        lines.append(f'    node [fillcolor="{fill}", color="{stroke}"]')
        for unit in units:
            label = _label(unit, curriculum.details[unit].title)
            lines.append(f"    {_dot(unit)} [label={_dot(label)}]")
        lines.append("  }")
    for edge in graph_edges(curriculum):
        before = _dot(edge.before)
        after = _dot(edge.after)
        style = _dot_style(edge)
        lines.append(f"  {before} -> {after}{style}")
    lines += ["}", ""]
    return "\n".join(lines)


def graph_mermaid(curriculum: Curriculum, library: Library) -> str:
    """Return the graph as a Mermaid flowchart: a subgraph for each work, soft edges dotted."""
    ids = {unit: f"u{number}" for number, unit in enumerate(curriculum.units)}
    lines = ["flowchart LR"]
    for number, (name, units) in enumerate(units_by_work(curriculum).items()):
        work = library.works[name]
        lines.append(f'  subgraph w{number}["{_mermaid(work.title)}"]')
        for unit in units:
            label = _label(unit, curriculum.details[unit].title)
            lines.append(f'    {ids[unit]}["{_mermaid(label)}"]:::{work.track}')
        lines.append("  end")
    for edge in graph_edges(curriculum):
        before = ids[edge.before]
        after = ids[edge.after]
        arrow = _mermaid_arrow(edge)
        lines.append(f"  {before} {arrow} {after}")
    for track, fill in _FILLS.items():
        stroke = _LINES[track]
        lines.append(f"  classDef {track} fill:{fill},stroke:{stroke}")
    lines.append("")
    return "\n".join(lines)


def idea_graph_dot(graph: IdeaGraph) -> str:
    """Return the graph of ideas in DOT, for Graphviz: older works to the left."""
    lines = ["digraph ideas {", "  rankdir=LR", *_DOT_DEFAULTS]
    for node in graph.nodes:
        lines.append(f"  {_dot(node.name)} [tooltip={_dot(_idea_label(node))}]")
    for edge in graph.edges:
        tooltip = f", tooltip={_dot(edge.why)}" if edge.why else ""
        lines.append(
            f"  {_dot(edge.source)} -> {_dot(edge.target)} [label={_dot(edge.idea)}{tooltip}]"
        )
    lines += ["}", ""]
    return "\n".join(lines)


def idea_graph_mermaid(graph: IdeaGraph) -> str:
    """Return the graph of ideas as a Mermaid flowchart."""
    ids = {node.name: f"w{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    lines += (f'  {ids[node.name]}["{_mermaid(node.name)}"]' for node in graph.nodes)
    for edge in graph.edges:
        arrow = f'-->|"{_mermaid(edge.idea)}"|'
        lines.append(f"  {ids[edge.source]} {arrow} {ids[edge.target]}")
    lines.append("")
    return "\n".join(lines)


def door_lines(doors: Sequence[OpenedDoor]) -> Iterator[str | StyledLine]:
    """Yield the works whose ideas others took over, each with the ideas and who took them."""
    if not doors:
        yield "Nothing builds on an idea here; 'builds_on' in a syllabus says what does."
        return
    for door in doors:
        count = door.node.descendants
        works = "1 work goes" if count == 1 else f"{count} works go"
        yield line((door.node.name, "bold"), f"  {works} back to it, {door.direct} directly")
        for edge in door.edges:
            yield f"    {edge.target}: {edge.idea}"


def _idea_label(node: IdeaNode) -> str:
    year = "" if node.year is None else f" ({node.year})"
    return f"{node.title}{year}; works that go back to it: {node.descendants}"


def _label(unit: UnitId, title: str) -> str:
    name = unit.partition("/")[2]
    if name.casefold() == title.casefold():
        return title
    return f"{name}. {title}"


def _dot(text: str) -> str:
    """Return text as a quoted string of DOT; characters with a meaning of their own are escaped."""
    escaped = _printable(text).replace("&", "&amp;")
    escaped = escaped.replace("\\", "\\\\")
    escaped = escaped.replace('"', '\\"')
    return f'"{escaped}"'


def _dot_style(edge: Edge) -> str:
    styles = []
    if edge.strength is Strength.SOFT:
        styles.append("style=dashed")
    elif edge.strength is Strength.SKIM:
        styles.append("style=dotted")
    if edge.why is not None:
        styles.append(f"tooltip={_dot(edge.why)}")
        styles.append(f"label={_dot(edge.why)}")
    if not styles:
        return ""
    return f" [{', '.join(styles)}]"


def _mermaid_arrow(edge: Edge) -> str:
    arrow = "-->"
    if edge.strength is Strength.SOFT:
        arrow = "-.->"
    elif edge.strength is Strength.SKIM:
        arrow = "--o"
    if edge.why is not None:
        arrow += f'|"{_mermaid(edge.why)}"|'
    return arrow


def _mermaid(text: str) -> str:
    """Return text for a quoted label of Mermaid, where '#' begins an entity.

    Markdown in it is read as such.

    A label that begins like a list, or holds an address, is otherwise drawn as 'Unsupported
    markdown'.
    """
    plain = _MERMAID_LIST.sub("\\1\u00a0", _printable(text))
    return _MERMAID_MARKUP.sub(_mermaid_entity, plain)


def _mermaid_entity(match: re.Match[str]) -> str:
    return f"#{ord(match[0])};"


def _printable(text: str) -> str:
    """Return text on one line, with a space for runs of blanks and control characters."""
    characters = []
    for character in text:
        is_kept = character.isprintable() or character in _JOINERS
        characters.append(character if is_kept else " ")
    words = "".join(characters).split()
    return " ".join(words)
