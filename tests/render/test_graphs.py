"""The graph in DOT, Mermaid and JSON; hostile titles stay inside their quotes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum
from curriculum.model.library import Library
from curriculum.model.names import UnitId
from curriculum.model.works import Paper, Textbook
from curriculum.render.graphs import graph_dot, graph_json, graph_mermaid

READ, ONE = UnitId("p/read"), UnitId("b/1")
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def drawn(title: str, *, soft: bool = False) -> tuple[Curriculum, Library]:
    """Return a book before a paper, both called by a title."""
    book = Textbook.model_validate({"kind": "textbook", "title": title, "chapters": [{"id": "1", "title": title}]})
    paper = Paper.model_validate({"kind": "paper", "title": title, "steps": [{"id": "read", "title": "Read"}]})
    hard: dict[UnitId, tuple[UnitId, ...]] = {ONE: (), READ: () if soft else (ONE,)}
    weak: dict[UnitId, tuple[UnitId, ...]] = {ONE: (), READ: (ONE,) if soft else ()}
    curriculum = Curriculum((ONE, READ), hard, weak, {ONE: 60, READ: 90}, reasons={(ONE, READ): title})
    return curriculum, Library({"b": book, "p": paper}, {})


def test_json_holds_nodes_in_need_order_and_edges_with_their_reasons() -> None:
    assert graph_json(*drawn("Sums")) == {
        "nodes": [
            {"unit": "b/1", "work": "b", "track": "textbooks", "title": "Sums", "effort": 60},
            {"unit": "p/read", "work": "p", "track": "papers", "title": "Read", "effort": 90},
        ],
        "edges": [{"before": "b/1", "after": "p/read", "strength": "hard", "why": "Sums"}],
    }


def test_dot_draws_a_cluster_for_each_work_and_a_soft_edge_dashed() -> None:
    text = graph_dot(*drawn("Sums", soft=True))

    assert text.startswith("digraph curriculum {\n")
    assert text.count("subgraph cluster_") == 2
    assert '"b/1" -> "p/read" [style=dashed' in text


def test_mermaid_draws_a_subgraph_for_each_work_and_a_soft_edge_dotted() -> None:
    text = graph_mermaid(*drawn("Sums", soft=True))

    assert text.startswith("flowchart LR\n")
    assert text.count("subgraph") == text.count("  end\n") == 2
    assert 'u0 -.->|"Sums"| u1' in text


TITLES = st.text(min_size=1).map(lambda text: f"x{text}x")


@given(TITLES)
def test_no_title_leaves_its_quotes_in_dot(title: str) -> None:
    calm, wild = graph_dot(*drawn("calm")), graph_dot(*drawn(title))

    assert QUOTED.sub('""', wild) == QUOTED.sub('""', calm)


@given(TITLES)
def test_no_title_leaves_its_quotes_in_mermaid(title: str) -> None:
    calm, wild = graph_mermaid(*drawn("calm")), graph_mermaid(*drawn(title))

    assert re.sub(r'"[^"\n]*"', '""', wild) == re.sub(r'"[^"\n]*"', '""', calm)
