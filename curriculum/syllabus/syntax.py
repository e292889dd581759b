"""Say in plain words why a text is not YAML."""

from __future__ import annotations

from typing import NamedTuple

from yaml import Mark, MarkedYAMLError

from curriculum.model.problems import Place, Problem
from curriculum.syllabus.text_checks import lines_of
from curriculum.syllabus.yaml_parser import DEEPEST


class YamlFault(NamedTuple):
    """A fault of a YAML text, in words for a person.

    Attributes:
        code: The code of the problem.
        message: What is wrong.
        hint: One imperative.
        at_opening: Whether to point at the start of what the parser was reading.
    """

    code: str
    message: str
    hint: str
    at_opening: bool = False


_QUOTES = "put text that holds ': ', or begins with one of '*&!%@`', in quotes"

_MISFIT_KEY = YamlFault(
    "syntax",
    "the line does not fit in with the keys before it",
    "align it with its neighbours, and close all quotes",
)
_MISFIT_ITEM = YamlFault(
    "syntax",
    "the line does not fit in with the list before it",
    "begin it with '- ', or indent it",
)
_MISSING_VALUE = YamlFault("syntax", "a value is missing here", "write one, or remove the ','")
_TAB = YamlFault("syntax", "a tab cannot indent a line", "indent with spaces")
_BAD_ESCAPE = YamlFault(
    "syntax",
    "this escape is not a character",
    "double the backslash, or use single quotes",
)
_BEYOND_END = YamlFault(
    "syntax",
    "the line does not belong to what comes before it",
    "align it with the first key",
)
_BAD_BLOCK = YamlFault(
    "syntax",
    "only a line break or a comment can follow '|' or '>'",
    "begin the text on the next line, or put it in quotes",
)

TOO_DEEP = YamlFault(
    "too-large",
    f"the values are nested deeper than {DEEPEST} levels",
    "remove the alias to itself, or the brackets",
)

# Parts of the words of libyaml and of PyYAML's own parser, which says some things differently.
# The first part that occurs in "context; problem" counts.
_FAULTS = {
    "mapping values are not allowed": YamlFault(
        "syntax",
        "a ':' cannot stand here",
        f"{_QUOTES}, or indent the line",
    ),
    "could not find expected ':'": YamlFault(
        "syntax",
        "this line is neither a key with a ':' nor a part of the value before it",
        "add ':' after the key",
        at_opening=True,
    ),
    "did not find expected key": _MISFIT_KEY,
    "block mapping; expected <block end>": _MISFIT_KEY,
    "did not find expected '-' indicator": _MISFIT_ITEM,
    "block collection; expected <block end>": _MISFIT_ITEM,
    "expected ',' or ']'": YamlFault(
        "syntax",
        "the list is not closed here",
        "add a ',' or a ']'",
    ),
    "expected ',' or '}'": YamlFault(
        "syntax",
        "the mapping is not closed here",
        "add a ',' or a '}'",
    ),
    "did not find expected node content": _MISSING_VALUE,
    "expected the node content": _MISSING_VALUE,
    "found unexpected end of stream": YamlFault(
        "syntax",
        "the quotes are never closed",
        "close the quotes",
        at_opening=True,
    ),
    "found unexpected document": YamlFault(
        "syntax",
        "the quotes are never closed",
        "close the quotes",
        at_opening=True,
    ),
    "cannot start any token": YamlFault(
        "syntax",
        "no value begins with this character",
        f"indent with spaces, not tabs, and {_QUOTES}",
    ),
    "found a tab character": _TAB,
    "found unknown escape character": YamlFault(
        "syntax",
        "this escape means nothing",
        "double the backslash, or use single quotes",
    ),
    "escape code": _BAD_ESCAPE,
    "hexdecimal number": _BAD_ESCAPE,
    "hexadecimal numbers": _BAD_ESCAPE,
    "found undefined alias": YamlFault(
        "syntax",
        "this alias has no anchor",
        _QUOTES,
    ),
    "expected alphabetic or numeric character": YamlFault(
        "syntax",
        "'*' and '&' begin an alias or an anchor, and its name is missing",
        _QUOTES,
        at_opening=True,
    ),
    "sequence entries are not allowed": YamlFault(
        "syntax",
        "a list cannot begin here",
        "put it on a new line",
    ),
    "expected <document start>": _BEYOND_END,
    "expected '<document start>'": _BEYOND_END,
    "while scanning a block scalar": _BAD_BLOCK,
    "exceeded maximum nesting depth": TOO_DEEP,
    "but found another document": YamlFault(
        "unsupported-yaml",
        "a second document begins here",
        "remove the '---', or make two files",
    ),
    "found unknown directive name": YamlFault(
        "unsupported-yaml",
        "this directive is unknown",
        "remove the line",
        at_opening=True,
    ),
    "found undefined tag handle": YamlFault(
        "unsupported-yaml",
        "the tag means nothing here",
        "remove the tag",
    ),
}


def explain_syntax(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """Return the problem that a parser's error is, at the place where the user must look."""
    fault = _fault(error)
    lines = lines_of(text)
    place = _place(file, lines, error, at_opening=fault.at_opening)
    line = lines[place.line - 1]
    if line[place.column - 1 : place.column] == "\t":
        fault = _TAB
    return Problem(place, fault.code, fault.message, fault.hint)


def _fault(error: MarkedYAMLError) -> YamlFault:
    context = error.context or ""
    words = f"{context}; {error.problem}"
    for part, fault in _FAULTS.items():
        if part in words:
            return fault
    return YamlFault("syntax", f"the text is not YAML: {error.problem}", _QUOTES)


def _place(file: str, lines: list[str], error: MarkedYAMLError, *, at_opening: bool) -> Place:
    """Return where to look: the opening of what is never closed, else where the parser gave up."""
    mark, opening = error.problem_mark, error.context_mark
    if opening is not None and (at_opening or mark is None or _is_at_end(lines, mark)):
        mark = opening
    if mark is None:
        return Place(file, 1, 1)
    if mark.line >= len(lines):
        last = lines[-1]
        return Place(file, len(lines), len(last) + 1)
    return Place(file, mark.line + 1, mark.column + 1)


def _is_at_end(lines: list[str], mark: Mark) -> bool:
    """Tell whether nothing follows a mark but line ends."""
    rest = "".join(lines[mark.line :])
    return not rest[mark.column :]
