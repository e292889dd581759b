"""Read YAML as plain text values, or as a tree that knows its places; what the keys mean is not known here.

Values stay what the user wrote: `no`, `18:30`, `3.10` and `2027-01-04` are text. `null`, `~` and nothing mean
"not set". Keys that begin with `x-` are the user's own and are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from yaml import MappingNode, MarkedYAMLError, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser

from curriculum.model.problems import Place, Problem
from curriculum.model.sources import Items, Keys, Node, Source, Text
from curriculum.syllabus.syntax import explain_syntax
from curriculum.syllabus.text_checks import first_bad_character, is_printable

MOST_VALUES = 300_000
DEEPEST = 60
"""Values in a file, aliases counted each time, and levels of nesting: far beyond any syllabus, short of any harm."""

Plain: TypeAlias = "str | list[Plain | None] | dict[str, Plain]"
_YamlNode: TypeAlias = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values.

    Attributes:
        source: The file, which knows the place of every value.
        content: The values; None for an empty file or one that could not be read.
        problems: What is wrong with it as YAML, in file order; the content holds only what is right.
    """

    source: Source
    content: Plain | None
    problems: tuple[Problem, ...] = ()


def read_document(
    file: str, text: str, read: Callable[[str], Node | None] | None = None
) -> Document:
    """Return the values of a YAML text, each scalar as the user wrote it.

    Args:
        file: How the file is called in problems.
        text: What it holds.
        read: Turns the text into the tree in which places are looked up; `read_tree` by default.
    """
    text = text.removeprefix("\ufeff")
    source = Source(file, text, read or read_tree)
    if bad := first_bad_character(file, text):
        return Document(source, None, (bad,))
    try:
        node = _compose(text)
    except MarkedYAMLError as error:
        return Document(source, None, (explain_syntax(file, text, error),))
    plain = _PlainReading(file, may_hide_characters="\\" in text)
    try:
        content = plain.value(node, 0)
    except _TooLargeError as error:
        return Document(source, None, (error.problem,))
    return Document(source, content, tuple(plain.problems))


def read_tree(text: str) -> Node | None:
    """Return the tree of a text in which every key and value knows its place; None when it is no YAML or too large."""
    if first_bad_character("", text):
        return None
    try:
        node = _compose(text)
        return _located(node, 0, [MOST_VALUES]) if node is not None else None
    except (YAMLError, _TooLargeError):
        return None


class _TextParser(CParser):
    """A YAML parser that guesses no types: the tag of a node is the one the user wrote, or None."""

    def resolve(
        self, kind: type, value: Any, implicit: Any
    ) -> None:  # Any: called by the C parser only
        """Guess nothing."""

    def descend_resolver(self, *_: Any) -> None:
        """Follow no path, as nothing is guessed."""

    def ascend_resolver(self) -> None:
        """Follow no path, as nothing is guessed."""


def _compose(text: str) -> _YamlNode | None:
    parser = _TextParser(text)
    try:
        return cast("_YamlNode | None", parser.get_single_node())
    finally:
        parser.dispose()


class _TooLargeError(Exception):
    """The file grows or nests beyond all reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _is_unset(node: ScalarNode) -> bool:
    return not node.style and node.value in _UNSET


_UNSET = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(slots=True)
class _PlainReading:
    """One reading of a file's nodes into plain values, which collects problems as it goes."""

    file: str
    may_hide_characters: bool
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    topmost: ScalarNode | None = None

    def value(self, node: _YamlNode | None, depth: int) -> Plain | None:
        """Return a node's value; None when nothing is written there."""
        if node is None:
            return None
        self.count += 1
        if depth > DEEPEST:
            raise _TooLargeError(self.problem(node, "too-large", *_TOO_DEEP))
        if self.count > MOST_VALUES:
            raise _TooLargeError(self.problem(self.topmost or node, "too-large", *_TOO_MANY))
        if node.tag is not None and node.tag not in _HARMLESS_TAGS:
            self.add(
                node,
                "unsupported-yaml",
                f"the tag '{_short(node.tag)}' means nothing here",
                "remove the tag",
            )
        if type(node) is ScalarNode:
            return self.text(node)
        if type(node) is MappingNode:
            return self.mapping(node, depth + 1)
        return [self.value(child, depth + 1) for child in node.value]

    def text(self, node: ScalarNode) -> str | None:
        """Return a scalar as written."""
        if _is_unset(node):
            return None
        if self.may_hide_characters and not is_printable(node.value):
            self.add(
                node, "bad-character", "the text holds an invisible character", "remove the escape"
            )
        return node.value  # type: ignore[no-any-return]

    def mapping(self, node: MappingNode, depth: int) -> dict[str, Plain]:
        """Return a mapping without the keys that are not set or begin with `x-`."""
        result: dict[str, Plain] = {}
        seen: set[str] = set()
        for key, child in node.value:
            if type(key) is not ScalarNode or (key.value == "<<" and not key.style):
                self.add(key, "unsupported-yaml", *_BAD_KEYS[type(key) is ScalarNode])
                continue
            name = key.value
            if name[:2] == "x-":
                continue
            if name in seen:
                self.add(
                    key,
                    "duplicate-key",
                    f"'{_short(name)}' is written twice",
                    "keep one of the two",
                )
                continue
            seen.add(name)
            if depth == 1:
                self.topmost = key
            value = self.value(child, depth)
            if value is not None:
                result[name] = value
        return result

    def add(self, node: _YamlNode, code: str, message: str, hint: str) -> None:
        """Note a problem at a node; an alias repeats none."""
        problem = self.problem(node, code, message, hint)
        if problem not in self.problems[-100:]:
            self.problems.append(problem)

    def problem(self, node: _YamlNode, code: str, message: str, hint: str) -> Problem:
        """Return a problem at the start of a node."""
        mark = node.start_mark
        return Problem(Place(self.file, mark.line + 1, mark.column + 1), code, message, hint)


_HARMLESS_TAGS = frozenset(
    ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!")
)
_TOO_MANY = (
    f"the file grows beyond {MOST_VALUES} values here",
    "write the values out, or use fewer aliases",
)
_TOO_DEEP = (
    f"the values are nested deeper than {DEEPEST} levels",
    "remove the alias to itself, or the brackets",
)
_BAD_KEYS = (
    ("a key must be plain text", "put the key in quotes"),
    ("merge keys '<<' are not supported", "use 'defaults:' or 'like:' instead"),
)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def _located(node: _YamlNode, depth: int, left: list[int]) -> Node:
    """Return the tree below a node, as `_PlainReading` sees it; what is not set in a list has a place, too."""
    left[0] -= 1
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if left[0] < 0 or depth > DEEPEST:
        raise _TooLargeError(Problem(Place("", line, column), "too-large", ""))
    if isinstance(node, ScalarNode):
        return Text.at(node.value, line, column)
    if isinstance(node, SequenceNode):
        items = Items(line, column)
        items.extend(_located(child, depth + 1, left) for child in node.value)
        return items
    keys = Keys(line, column)
    for key, child in node.value:
        if not isinstance(key, ScalarNode) or (key.value == "<<" and not key.style):
            continue
        name = Text.at(key.value, key.start_mark.line + 1, key.start_mark.column + 1)
        if not (
            name.startswith("x-")
            or name in keys
            or (isinstance(child, ScalarNode) and _is_unset(child))
        ):
            keys[name] = _located(child, depth + 1, left)
    return keys
