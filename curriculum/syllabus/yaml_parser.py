"""Parse YAML into nodes whose tags are those the user wrote, with libyaml or without it."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard, cast

import yaml
from yaml import MappingNode, MarkedYAMLError, SafeLoader, ScalarNode, SequenceNode
from yaml.scanner import ScannerError

# Both limits are far beyond any syllabus, and stop a file before it does harm.
DEEPEST = 60
"""How many levels the values of a file may be nested."""

MOST_VALUES = 300_000
"""How many values a file may hold, those behind an alias counted at each use."""

YamlNode: TypeAlias = ScalarNode | SequenceNode | MappingNode


class _NoTypes:
    """Overrides that guess no types: the tag of a node is the user's own, or None."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> None:  # Any: called by PyYAML only
        """Guess nothing."""

    def descend_resolver(self, *_: Any) -> None:
        """Follow no path, as nothing is guessed."""

    def ascend_resolver(self) -> None:
        """Follow no path, as nothing is guessed."""


class _PythonParser(_NoTypes, SafeLoader):
    """PyYAML's own parser, made to accept and refuse the same texts as libyaml."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:  # Any: called by PyYAML only
        """Stop before Python's own stack is full: libyaml has no need to."""
        # The reader refuses a value one level deeper than `DEEPEST`; that level must still be read,
        # so that both parsers report it at the same place.
        if self.depth > DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise MarkedYAMLError(problem="exceeded maximum nesting depth", problem_mark=mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def scan_to_next_token(self) -> None:
        """Skip the tabs between tokens, too, where they do not indent a line."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> Any:  # Any: as above
        """Refuse escapes as libyaml does, at the same place."""
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except ScannerError as error:
            if error.problem_mark and "unknown escape" in (error.problem or ""):
                # PyYAML points at the letter, libyaml at the backslash before it.
                error.problem_mark.column -= 1
            raise
        except (ValueError, OverflowError):  # what chr() raises beyond the last character
            mark = self.get_mark()
            raise ScannerError(None, None, "found invalid escape code", mark) from None

    def scan_directive_name(self, start_mark: Any) -> str:  # Any: PyYAML's mark of a place
        """Refuse the directives that PyYAML skips."""
        name = super().scan_directive_name(start_mark)  # type: ignore[no-untyped-call]
        if name not in ("YAML", "TAG"):
            raise MarkedYAMLError(
                context="while scanning a directive",
                context_mark=start_mark,
                problem="found unknown directive name",
                problem_mark=self.get_mark(),
            )
        return str(name)


# libyaml parses the built-in library in 0.11 s, Python in 2.7 s. `yaml.CSafeLoader` is as fast as
# `yaml._yaml.CParser`, which it extends, and it is public.
if yaml.__with_libyaml__:

    class _LibyamlParser(_NoTypes, yaml.CSafeLoader):
        pass

    _PARSER: type[_LibyamlParser | _PythonParser] = _LibyamlParser
else:
    _PARSER = _PythonParser


def compose(text: str) -> YamlNode | None:
    """Return the root node of a text; None when nothing is written in it.

    Raises:
        MarkedYAMLError: The text is not YAML; what is wrong is in the words of the parser at hand.
    """
    parser = _PARSER(text)
    try:
        return cast("YamlNode | None", parser.get_single_node())
    finally:
        parser.dispose()


def is_unset(node: ScalarNode) -> bool:
    """Tell whether a scalar means "not set": nothing, `~` or `null` without quotes."""
    return not node.style and node.value in _UNSET


def is_text_key(node: YamlNode) -> TypeGuard[ScalarNode]:
    """Tell whether a key is text, and not the merge key `<<`."""
    return type(node) is ScalarNode and (node.value != "<<" or bool(node.style))


_UNSET = frozenset(("", "~", "null", "Null", "NULL"))
