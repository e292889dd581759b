"""Read YAML as a tree in which every key and value knows its place."""

from __future__ import annotations

from yaml import MappingNode, ScalarNode, SequenceNode, YAMLError

from curriculum.model.sources import Items, Keys, Node, Text
from curriculum.syllabus.text_checks import first_bad_character
from curriculum.syllabus.yaml_parser import (
    DEEPEST,
    MOST_VALUES,
    YamlNode,
    compose,
    is_text_key,
    is_unset,
)


def read_tree(text: str) -> Node | None:
    """Return the tree of a text; None when it is empty, not YAML or too large."""
    if first_bad_character("", text):
        return None
    try:
        node = compose(text)
        if node is None:
            return None
        return _Growth().node(node, 0)
    except (YAMLError, _TooLargeError):
        return None


class _TooLargeError(Exception):
    """The tree has too many nodes, or too many levels."""


class _Growth:
    """The building of one tree, which counts its nodes: aliases make a short file large."""

    def __init__(self) -> None:
        self.count = 0

    def node(self, node: YamlNode, depth: int) -> Node:
        """Return the tree below a node; an item of a list that is not set has a place, too."""
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            raise _TooLargeError
        if isinstance(node, ScalarNode):
            return _text(node)
        if isinstance(node, SequenceNode):
            return self.items(node, depth + 1)
        return self.keys(node, depth + 1)

    def items(self, node: SequenceNode, depth: int) -> Items:
        """Return the tree of a list."""
        mark = node.start_mark
        items = Items(mark.line + 1, mark.column + 1)
        items.extend(self.node(child, depth) for child in node.value)
        return items

    def keys(self, node: MappingNode, depth: int) -> Keys:
        """Return the tree of a mapping, with the keys that `read_document` reads."""
        mark = node.start_mark
        keys = Keys(mark.line + 1, mark.column + 1)
        for key, child in node.value:
            if not is_text_key(key) or key.value.startswith("x-") or key.value in keys:
                continue
            if isinstance(child, ScalarNode) and is_unset(child):
                continue
            keys[_text(key)] = self.node(child, depth)
        return keys


def _text(node: ScalarNode) -> Text:
    mark = node.start_mark
    return Text.at(node.value, mark.line + 1, mark.column + 1)
