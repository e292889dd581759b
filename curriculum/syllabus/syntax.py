"""Say in plain words why a text is not YAML; what a good text holds is not known here."""

from __future__ import annotations

from typing import NamedTuple

from yaml import MarkedYAMLError

from curriculum.model.problems import Place, Problem
from curriculum.syllabus.text_checks import lines_of


class Explanation(NamedTuple):
    """What the parser's words mean to a person."""

    code: str
    message: str
    hint: str
    at_opening: bool = False


_QUOTES = "put text that holds ': ', or begins with one of '*&!%@`', in quotes"
_EXPLANATIONS = {
    "mapping values are not allowed": Explanation(
        "syntax", "a ':' cannot stand here", f"{_QUOTES}, or indent the line"
    ),
    "could not find expected ':'": Explanation(
        "syntax",
        "this line is neither a key with a ':' nor a part of the value before it",
        "add ':' after the key",
        True,
    ),
    "did not find expected key": Explanation(
        "syntax",
        "the line does not fit in with the keys before it",
        "align it with its neighbours, and close all quotes",
    ),
    "did not find expected '-' indicator": Explanation(
        "syntax",
        "the line does not fit in with the list before it",
        "begin it with '- ', or indent it",
    ),
    "did not find expected ',' or ']'": Explanation(
        "syntax", "the list is not closed here", "add a ',' or a ']'"
    ),
    "did not find expected ',' or '}'": Explanation(
        "syntax", "the mapping is not closed here", "add a ',' or a '}'"
    ),
    "did not find expected node content": Explanation(
        "syntax", "a value is missing here", "write one, or remove the ','"
    ),
    "found unexpected end of stream": Explanation(
        "syntax", "the quotes are never closed", "close the quotes", True
    ),
    "found unexpected document indicator": Explanation(
        "syntax", "the quotes are never closed", "close the quotes", True
    ),
    "found character that cannot start any token": Explanation(
        "syntax",
        "no value begins with this character",
        "indent with spaces, not tabs, and " + _QUOTES,
    ),
    "found a tab character": Explanation(
        "syntax", "a tab cannot indent a line", "indent with spaces"
    ),
    "found unknown escape character": Explanation(
        "syntax", "this escape means nothing", "double the backslash, or use single quotes"
    ),
    "escape code": Explanation(
        "syntax", "this escape is no character", "double the backslash, or use single quotes"
    ),
    "found undefined alias": Explanation("syntax", "this alias has no anchor", _QUOTES),
    "did not find expected alphabetic or numeric character": Explanation(
        "syntax", "'*' and '&' begin an alias or an anchor, and its name is missing", _QUOTES, True
    ),
    "block sequence entries are not allowed": Explanation(
        "syntax", "a list cannot begin here", "put it on a new line"
    ),
    "exceeded maximum nesting depth": Explanation(
        "too-large", "the values are nested too deeply", "make it flat"
    ),
    "but found another document": Explanation(
        "unsupported-yaml", "a second document begins here", "remove the '---', or make two files"
    ),
    "found unknown directive name": Explanation(
        "unsupported-yaml", "this directive is unknown", "remove the line", True
    ),
    "found undefined tag handle": Explanation(
        "unsupported-yaml", "the tag means nothing here", "remove the tag"
    ),
}


def explain_syntax(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """Return the problem that a parser's error is, at the place where the user must look."""
    words = f"{error.context or ''}; {error.problem or ''}"
    explanation = next((known for part, known in _EXPLANATIONS.items() if part in words), None)
    if explanation is None:
        explanation = Explanation("syntax", f"the text is not YAML: {error.problem}", _QUOTES)
    place = _place(file, lines_of(text), error, at_opening=explanation.at_opening)
    if _character_at(text, place) == "\t":
        explanation = _EXPLANATIONS["found a tab character"]
    return Problem(place, explanation.code, explanation.message, explanation.hint)


def _place(file: str, lines: list[str], error: MarkedYAMLError, *, at_opening: bool) -> Place:
    """Return where the user must look: at the opening of what is never closed, else where the parser gave up."""
    mark, opening = error.problem_mark, error.context_mark
    is_at_end = mark is not None and not "".join(lines[mark.line :])[mark.column :]
    if opening is not None and (mark is None or at_opening or is_at_end):
        mark = opening
    if mark is None:
        return Place(file, 1, 1)
    if mark.line >= len(lines):
        return Place(file, len(lines), len(lines[-1]) + 1)
    return Place(file, mark.line + 1, mark.column + 1)


def _character_at(text: str, place: Place) -> str:
    return lines_of(text)[place.line - 1][place.column - 1 : place.column]
