"""Draw a curriculum as a graph: DOT, Mermaid and JSON text; which units are in it was decided elsewhere."""

from __future__ import annotations

import re

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.model.references import Strength
from curriculum.model.works import Unit
from curriculum.views.graph_edges import Edge, entries_of, graph_edges, units_by_work

_FILLS = {"textbooks": "#dbe9f6", "papers": "#fbe5d0"}
_LINES = {"textbooks": "#2b5c8a", "papers": "#a4561b"}


def graph_dot(curriculum: Curriculum, library: Library) -> str:
    """Return the graph in the DOT language of Graphviz: a cluster for each work, soft edges dashed."""
    lines = ["digraph curriculum {", "  rankdir=LR", *_DOT_DEFAULTS]
    for number, (work, units) in enumerate(units_by_work(curriculum).items()):
        track = library.works[work].track
        lines += [
            f"  subgraph cluster_{number} {{",
            f"    label={_dot(library.works[work].title)}",
            f'    node [fillcolor="{_FILLS[track]}", color="{_LINES[track]}"]',
            *(
                f"    {_dot(unit)} [label={_dot(_label(unit, entry))}]"
                for unit, entry in entries_of(library, work, units)
            ),
            "  }",
        ]
    lines += [
        f"  {_dot(edge.before)} -> {_dot(edge.after)}{_dot_style(edge)}"
        for edge in graph_edges(curriculum)
    ]
    return "\n".join([*lines, "}", ""])


def graph_mermaid(curriculum: Curriculum, library: Library) -> str:
    """Return the graph as a Mermaid flowchart: a subgraph for each work, soft edges dotted."""
    ids = {unit: f"u{number}" for number, unit in enumerate(curriculum.units)}
    lines = ["flowchart LR"]
    for number, (work, units) in enumerate(units_by_work(curriculum).items()):
        lines.append(f'  subgraph w{number}["{_mermaid(library.works[work].title)}"]')
        for unit, entry in entries_of(library, work, units):
            label = _mermaid(_label(unit, entry))
            lines.append(f'    {ids[unit]}["{label}"]:::{library.works[work].track}')
        lines.append("  end")
    for edge in graph_edges(curriculum):
        arrow = "-->" if edge.strength is Strength.HARD else "-.->"
        reason = f'|"{_mermaid(edge.why)}"|' if edge.why is not None else ""
        lines.append(f"  {ids[edge.before]} {arrow}{reason} {ids[edge.after]}")
    lines += [
        f"  classDef {track} fill:{fill},stroke:{_LINES[track]}" for track, fill in _FILLS.items()
    ]
    return "\n".join([*lines, ""])


_DOT_DEFAULTS = (
    '  graph [fontname="Helvetica", style="rounded", color="#999999", compound=true]',
    '  node [fontname="Helvetica", fontsize=10, shape=box, style="rounded,filled"]',
    '  edge [fontname="Helvetica", fontsize=8, color="#555555"]',
)


def _label(unit: UnitId, entry: Unit) -> str:
    name = unit.partition("/")[2]
    return entry.title if name.casefold() == entry.title.casefold() else f"{name}. {entry.title}"


def _dot(text: str) -> str:
    """Return text as a quoted string of DOT, in which a backslash would begin an escape and '&' an entity."""
    plain = " ".join(_printable(text).split())
    return '"' + plain.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dot_style(edge: Edge) -> str:
    styles = ["style=dashed"] if edge.strength is Strength.SOFT else []
    styles += (
        [f"tooltip={_dot(edge.why)}", f"label={_dot(edge.why)}"] if edge.why is not None else []
    )
    return f" [{', '.join(styles)}]" if styles else ""


def _mermaid(text: str) -> str:
    """Return text for a quoted label of Mermaid, in which '#' begins an entity and Markdown is read as such.

    A label that begins like a list, or holds an address, is otherwise shown as 'Unsupported markdown'.
    """
    plain = _MERMAID_LIST.sub("\\1\u00a0", " ".join(_printable(text).split()))
    return _MERMAID_MARKUP.sub(lambda match: f"#{ord(match[0])};", plain)


_MERMAID_MARKUP = re.compile(r"""[#"&<>`*_\[\](){}|\\;~@]|:(?=//)|(?<=www)\.|^[-+]""")
_MERMAID_LIST = re.compile(r"^(\d+\.)(?: |$)")


def _printable(text: str) -> str:
    """Return text with a space for every control character, line ends included; what joins letters and emoji stays."""
    return "".join(sign if sign.isprintable() or sign in _JOINERS else " " for sign in text)


_JOINERS = "\u200c\u200d"
