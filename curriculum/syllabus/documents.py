"""Read YAML as plain text values.

Values stay what the user wrote: `no`, `18:30`, `3.10` and `2027-01-04` are text. `null`, `~` and
nothing mean "not set". Keys that begin with `x-` are the user's own and are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TypeAlias

from yaml import MappingNode, MarkedYAMLError, ScalarNode

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Place, Problem
from curriculum.model.sources import Node, Source
from curriculum.syllabus.syntax import TOO_DEEP, YamlFault, explain_syntax
from curriculum.syllabus.text_checks import first_bad_character, is_printable
from curriculum.syllabus.trees import read_tree
from curriculum.syllabus.yaml_parser import (
    DEEPEST,
    MOST_VALUES,
    YamlNode,
    compose,
    is_text_key,
    is_unset,
)

Plain: TypeAlias = "str | list[Plain | None] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values.

    Attributes:
        source: The file, which knows the place of every value.
        content: The values; None for an empty file or one that could not be read.
        problems: What is wrong with it as YAML, in file order; the content lacks what is wrong.
    """

    source: Source
    content: Plain | None
    problems: tuple[Problem, ...] = ()


def read_document(file: str, text: str, read: Callable[[str], Node | None] = read_tree) -> Document:
    """Return the values of a YAML text, each scalar as the user wrote it.

    Args:
        file: How the file is called in problems.
        text: What it holds.
        read: Turns the text into the tree in which places are looked up.
    """
    text = text.removeprefix("\ufeff")
    source = Source(file, text, read)
    if bad := first_bad_character(file, text):
        return Document(source, None, (bad,))
    try:
        node = compose(text)
    except MarkedYAMLError as error:
        return Document(source, None, (explain_syntax(file, text, error),))
    # Only an escape can bring in a character that the check of the text has not seen.
    plain = _PlainReading(file, may_hide_characters="\\" in text)
    try:
        content = plain.value(node, 0)
    except _TooLargeError as error:
        return Document(source, None, (error.problem,))
    return Document(source, content, tuple(plain.problems))


class _TooLargeError(Exception):
    """The file holds too many values, or is nested too deeply."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _PlainReading:
    """One reading of a file's nodes into plain values, which collects problems as it goes."""

    file: str
    may_hide_characters: bool
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    topmost: ScalarNode | None = None

    def value(self, node: YamlNode | None, depth: int) -> Plain | None:
        """Return a node's value; None when nothing is written there."""
        if node is None:
            return None
        self.count += 1
        self.check_limits(node, depth)
        if node.tag is not None and node.tag not in _HARMLESS_TAGS:
            self.add(node, _unknown_tag(node.tag))
        if type(node) is ScalarNode:
            return self.text(node)
        if type(node) is MappingNode:
            return self.mapping(node, depth + 1)
        return [self.value(child, depth + 1) for child in node.value]

    def check_limits(self, node: YamlNode, depth: int) -> None:
        """Stop at a value that is nested too deeply, or one too many."""
        if depth > DEEPEST:
            raise _TooLargeError(self.problem(node, TOO_DEEP))
        if self.count > MOST_VALUES:
            # An alias is read where its anchor is; what a person can find is the key that uses it.
            raise _TooLargeError(self.problem(self.topmost or node, _TOO_MANY))

    def text(self, node: ScalarNode) -> str | None:
        """Return a scalar as written."""
        if is_unset(node):
            return None
        if self.may_hide_characters and not is_printable(node.value):
            self.add(node, _INVISIBLE)
        return str(node.value)

    def mapping(self, node: MappingNode, depth: int) -> dict[str, Plain]:
        """Return a mapping without the keys that are not set or begin with `x-`."""
        result: dict[str, Plain] = {}
        seen: set[str] = set()
        for key, child in node.value:
            if not is_text_key(key):
                self.add(key, _MERGE_KEY if type(key) is ScalarNode else _NO_TEXT)
                continue
            name = key.value
            if name[:2] == "x-":
                continue
            if name in seen:
                self.add(key, _duplicate(name))
                continue
            seen.add(name)
            if depth == 1:
                self.topmost = key
            value = self.value(child, depth)
            if value is not None:
                result[name] = value
            elif node.flow_style and " " in name:
                self.add(key, _cut_off(name))
        return result

    def add(self, node: YamlNode, fault: YamlFault) -> None:
        """Note a problem at a node, once even if aliases lead to the node again."""
        problem = self.problem(node, fault)
        # Aliases can repeat a node 300,000 times: only the latest problems are compared.
        if problem not in self.problems[-100:]:
            self.problems.append(problem)

    def problem(self, node: YamlNode, fault: YamlFault) -> Problem:
        """Return a problem at the start of a node."""
        mark = node.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        return Problem(place, fault.code, fault.message, fault.hint)


_HARMLESS_TAGS = frozenset(
    ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!")
)
_TOO_MANY = YamlFault(
    "too-large",
    f"the file grows beyond {MOST_VALUES} values here",
    "write the values out, or use fewer aliases",
)
_INVISIBLE = YamlFault(
    "bad-character", "the text holds an invisible character", "remove the escape"
)
_NO_TEXT = YamlFault("unsupported-yaml", "a key must be plain text", "put the key in quotes")
_MERGE_KEY = YamlFault(
    "unsupported-yaml",
    "merge keys '<<' are not supported",
    "use 'defaults:' or 'like:' instead",
)


def _unknown_tag(tag: str) -> YamlFault:
    message = f"the tag '{_short(tag)}' means nothing here"
    return YamlFault("unsupported-yaml", message, "remove the tag")


def _duplicate(name: str) -> YamlFault:
    message = f"'{_short(name)}' is written twice"
    return YamlFault("duplicate-key", message, "keep one of the two")


def _cut_off(name: str) -> YamlFault:
    """Return the fault of words after a comma inside braces, which YAML takes for a key."""
    message = f"the text before '{_short(name)}' ends at a comma"
    return YamlFault("unknown-key", message, "put the whole text in quotes")


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= 60:
        return text
    return text[:57] + "..."
