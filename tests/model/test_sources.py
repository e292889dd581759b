"""A source leads from a path to a place, or to the deepest part of the path that exists."""

from __future__ import annotations

from curriculum.model.problems import Place
from curriculum.model.sources import Items, Keys, Node, Source, Text


def tree(text: str) -> Node:
    """Return the tree of `goals: [a, b]`."""
    items = Items(1, 8)
    items.extend([Text.at("a", 1, 9), Text.at("b", 1, 12)])
    keys = Keys(1, 1)
    keys[Text.at("goals", 1, 1)] = items
    return keys


SOURCE = Source("a.yaml", "goals: [a, b]", tree)


def test_a_path_leads_to_a_value_or_its_key() -> None:
    assert SOURCE.place(("goals", 1)) == Place("a.yaml", 1, 12)
    assert SOURCE.place(("goals",)) == Place("a.yaml", 1, 8)
    assert SOURCE.place(("goals",), of_key=True) == Place("a.yaml", 1, 1)


def test_a_path_that_leads_too_far_ends_at_what_exists() -> None:
    assert (
        SOURCE.place(("goals", 1, "work")) == SOURCE.place(("goals", 1)) == Place("a.yaml", 1, 12)
    )
    assert SOURCE.place(("goals", 2)) == SOURCE.place(("goals", "x")) == Place("a.yaml", 1, 8)
    assert SOURCE.place(("known", 0)) == Place("a.yaml", 1, 1)


def test_a_source_that_cannot_be_read_is_pointed_at_as_a_whole() -> None:
    assert Source("a.yaml", "x").place(("goals", 1)) == Place("a.yaml")


def test_copies_keep_their_places_and_share_their_nodes() -> None:
    keys = tree("")
    assert isinstance(keys, Keys)
    copy = keys.copy()
    copy[Text.at("known", 2, 1)] = Text.at("c", 2, 8)
    assert (copy.line, copy.column, list(keys)) == (1, 1, ["goals"])
    assert copy.key("goals") is keys.key("goals")
    items = copy["goals"]
    assert isinstance(items, Items)
    assert (items.copy(), items.copy().column) == (items, 8)


def test_the_tree_is_read_at_the_first_question_only() -> None:
    read: list[str] = []

    def counted(text: str) -> Node:
        read.append(text)
        return tree(text)

    source = Source("a.yaml", "goals: [a, b]", counted)
    assert read == []
    assert source.place(("goals", 0)) == source.place(("goals", 0))
    assert read == ["goals: [a, b]"]
