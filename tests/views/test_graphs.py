"""The graph in DOT, Mermaid and JSON; hostile titles stay inside their quotes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.model.settings import Settings
from curriculum.model.works import Paper, Textbook
from curriculum.views.json.graph import graph_json
from curriculum.views.text.graphs import graph_dot, graph_mermaid

READ, ONE = UnitId("p/read"), UnitId("b/1")
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def drawn(title: str, *, soft: bool = False) -> tuple[Curriculum, Library]:
    """Return a book before a paper, both called by a title."""
    book = Textbook.model_validate(
        {"kind": "textbook", "title": title, "chapters": [{"id": "1", "title": title}]}
    )
    paper = Paper.model_validate(
        {"kind": "paper", "title": title, "steps": [{"id": "read", "title": "Read"}]}
    )
    hard: dict[UnitId, tuple[UnitId, ...]] = {ONE: (), READ: () if soft else (ONE,)}
    weak: dict[UnitId, tuple[UnitId, ...]] = {ONE: (), READ: (ONE,) if soft else ()}
    library = Library({"b": book, "p": paper}, {})
    curriculum = Curriculum(
        (ONE, READ),
        hard,
        weak,
        {ONE: 60, READ: 90},
        reasons={(ONE, READ): title},
        details=study_units(library, Settings().speed),
    )
    return curriculum, library


def test_json_holds_nodes_in_need_order_and_edges_with_their_reasons() -> None:
    assert graph_json(drawn("Sums")[0]) == {
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


HOSTILE = 'say "hi"] --> u1\nend; \\N {a|b} <b>&amp;</b> #35; `x` \U0001f469\u200d\U0001f52c\''


def test_a_hostile_title_is_read_back_from_dot_as_it_was_but_for_line_ends() -> None:
    (label,) = re.findall(
        r'label=("(?:[^"\\\n]|\\.)*")\n', graph_dot(*drawn(HOSTILE)).partition("fillcolor")[0]
    )
    plain = re.sub(r"\\(.)", r"\1", label[1:-1])

    assert html.unescape(plain) == HOSTILE.replace("\n", " ")


def test_a_hostile_title_is_read_back_from_mermaid_as_it_was_but_for_line_ends() -> None:
    (label,) = re.findall(r'subgraph w0\["([^"\n]*)"\]', graph_mermaid(*drawn(HOSTILE)))

    assert re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label) == HOSTILE.replace("\n", " ")


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("1984. A Novel", "1984.\u00a0A Novel"),
        ("1984.", "1984.\u00a0"),
        ("- dash", "#45; dash"),
        ("+1", "#43;1"),
        ("---", "#45;--"),
        ("see http://a.example", "see http#58;//a.example"),
        ("www.a.example", "www#46;a.example"),
        ("a@b.example", "a#64;b.example"),
        ("2.5 Dimensions: A-Z", "2.5 Dimensions: A-Z"),
    ],
)
def test_no_title_is_taken_for_a_list_or_an_address_by_mermaid(title: str, label: str) -> None:
    """Mermaid reads labels as Markdown, and shows 'Unsupported markdown: list' instead of `1. Introduction`."""
    assert f'subgraph w0["{label}"]' in graph_mermaid(*drawn(title))


def test_numbered_chapters_are_no_lists_in_mermaid() -> None:
    assert 'u0["1.\u00a0Sums"]:::textbooks' in graph_mermaid(*drawn("Sums"))


TITLES = st.text(min_size=1).map(lambda text: f"x{text}x")


@given(TITLES)
def test_no_title_leaves_its_quotes_in_dot(title: str) -> None:
    calm, wild = graph_dot(*drawn("calm")), graph_dot(*drawn(title))

    assert QUOTED.sub('""', wild) == QUOTED.sub('""', calm)


@given(TITLES)
def test_no_title_leaves_its_quotes_in_mermaid(title: str) -> None:
    calm, wild = graph_mermaid(*drawn("calm")), graph_mermaid(*drawn(title))

    assert re.sub(r'"[^"\n]*"', '""', wild) == re.sub(r'"[^"\n]*"', '""', calm)
