"""Say in the user's words what pydantic found wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from curriculum.model.fields import ADDRESS
from curriculum.model.identifiers import NAME, RESULT_NAME
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import UnreadableError, quoted
from curriculum.model.references import REFERENCE
from curriculum.model.sources import Path, PathStep
from curriculum.model.suggestions import nearest, suggestion
from curriculum.syllabus.located_problems import Flaw
from curriculum.syllabus.schema_keys import Model, valid_keys


@dataclass(frozen=True, slots=True)
class FileType:
    """The type of a file: what its values must make.

    Attributes:
        model: The class of the whole.
        name: What a person calls it: `textbook`, `the settings`.
        extra_keys: Keys that are valid beside those of the model, each after the last key of the
            path to its mapping.
    """

    model: Model
    name: str
    extra_keys: tuple[tuple[str, str], ...] = ()

    def keys(self, path: Path) -> tuple[str, ...]:
        """Return the keys that are valid in the mapping at a path."""
        last = _last_key(path)
        extra = [key for place, key in self.extra_keys if place == last]
        return (*valid_keys(self.model, path), *extra)


@dataclass(frozen=True, slots=True)
class _Error:
    """One of pydantic's errors, with the path of the file that it is about."""

    path: Path
    of_key: bool
    through_union: bool
    detail: ErrorDetails

    @property
    def type(self) -> str:
        return self.detail["type"]

    @property
    def value(self) -> Any:  # Any: a file holds anything
        return self.detail["input"]

    @property
    def context(self) -> Mapping[str, Any]:  # Any: pydantic's own values
        return self.detail.get("ctx", {})


def translate(error: ValueError, content: object, file_type: FileType) -> list[Flaw]:
    """Return the flaws of a file's content, one for each thing that the user must correct."""
    assert isinstance(error, ValidationError), "what cannot be checked is told by pydantic"
    errors = list(_relevant(error, content))
    deeper = _ancestors(one.path for one in errors)
    misspelt = _misspelt(errors, file_type)
    groups: dict[tuple[Path, bool], list[_Error]] = {}
    for one in errors:
        # pydantic tries every branch of a union. What a deeper error explains is the branch meant.
        if one.through_union and one.path in deeper:
            continue
        if one.type == "missing" and one.path in misspelt:
            continue
        groups.setdefault((one.path, one.of_key), []).append(one)
    return [_flaw(group, file_type) for group in groups.values()]


def _ancestors(paths: Iterable[Path]) -> set[Path]:
    """Return the paths of the values that hold what is at other paths."""
    found: set[Path] = set()
    for path in paths:
        for depth in range(len(path)):
            found.add(path[:depth])
    return found


def _relevant(error: ValidationError, content: object) -> Iterator[_Error]:
    for detail in error.errors(include_url=False):
        found = _with_path(detail, content)
        # A list is too short for pydantic when its entries are wrong, which are errors themselves.
        if found.type == "too_short" and found.value:
            continue
        yield found


def _misspelt(errors: Iterable[_Error], file_type: FileType) -> set[Path]:
    """Return the paths of keys that seem to be missing because they are misspelt."""
    found: set[Path] = set()
    for error in errors:
        if error.type != "extra_forbidden":
            continue
        *mapping, key = error.path
        near = nearest(str(key), file_type.keys(tuple(mapping)))
        if near is not None:
            found.add((*mapping, near))
            # Of a reference, only one of several keys is needed, and 'ref' is the one missed.
            found.add((*mapping, "ref"))
    return found


def _with_path(detail: ErrorDetails, content: object) -> _Error:
    """Follow pydantic's location through the content.

    The location also has steps that are not in the file: names of the branches of a union, and
    `[key]` for an error of a key.
    """
    node: Any = content  # Any: a file holds anything
    path: list[PathStep] = []
    of_key = detail["type"] == "extra_forbidden"
    through_union = False
    for step in detail["loc"]:
        if _has(node, step):
            path.append(step)
            node = node[step]
        elif step == "[key]":
            of_key = True
        elif isinstance(step, str) and not step.startswith("="):
            through_union = True
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    return _Error(tuple(path), of_key, through_union, detail)


def _has(node: object, step: PathStep) -> bool:
    if isinstance(node, dict):
        return step in node
    if isinstance(node, list) and isinstance(step, int):
        return step < len(node)
    return False


def _flaw(group: Sequence[_Error], file_type: FileType) -> Flaw:
    """Return the one flaw behind all errors at one path."""
    error = group[0]
    if len(group) > 1:
        expected = dict.fromkeys(_expected(one) for one in group)
        return _wrong_value(error, " or ".join(expected))
    reason = error.context.get("error")
    if isinstance(reason, UnreadableError):
        return Flaw(error.path, reason.code, reason.message, reason.hint, error.of_key)
    match error.type:
        case "missing":
            return _missing(error, file_type)
        case "extra_forbidden":
            return _unknown_key(error, file_type)
        case "union_tag_not_found":
            message = f"{quoted(error.value)} is not a reference"
            return Flaw(error.path, "bad-reference", message, _REFERENCE_HINT)
        case "string_pattern_mismatch":
            return _wrong_form(error)
        case _:
            return _wrong_value(error, _expected(error))


def _missing(error: _Error, file_type: FileType) -> Flaw:
    *mapping, key = error.path
    owner = _owner(mapping, file_type)
    if owner.startswith("a "):
        noun = owner.removeprefix("a ")
        owner = f"the {noun}"
        name = error.value.get("id") if isinstance(error.value, dict) else None
        if isinstance(name, str):
            owner = f"{noun} {quoted(name)}"
    message = f"{owner} has no '{key}'"
    hint = _WAYS.get(str(key), f"add '{key}:' to it")
    return Flaw(tuple(mapping), "missing-key", message, hint)


_WAYS = {
    "direction": "add 'direction: higher' or 'direction: lower': which way is better",
}
"""What to add for a key that takes one of a few words."""


def _unknown_key(error: _Error, file_type: FileType) -> Flaw:
    *mapping, key = error.path
    owner = _owner(mapping, file_type)
    keys = file_type.keys(tuple(mapping))
    choices = ", ".join(keys)
    hint = _ADVICE.get((owner, str(key))) or suggestion(str(key), keys, f"use one of: {choices}")
    message = f"{quoted(key)} is not a key of {owner}"
    return Flaw(error.path, "unknown-key", message, hint, error.of_key)


_ADVICE = {
    ("a result", "weight"): (
        "leave it out: all primary results count alike; 'primary: false' takes one out"
    ),
    ("a goal", "until"): "did you mean 'by'?",
    ("a goal", "due"): "did you mean 'by'?",
    ("a goal", "deadline"): "did you mean 'by'?",
}
"""What to do about a key that is wanted though it means nothing."""

_ENTRIES = {
    "chapters": "a chapter",
    "steps": "a step",
    "results": "a result",
    "goals": "a goal",
    "code": "a repository",
    "requires": "a reference",
    "known": "a reference",
    "any": "a reference",
    "of": "a reference",
}


def _owner(mapping: Sequence[PathStep], file_type: FileType) -> str:
    """Return what a person calls the mapping at a path."""
    if not mapping:
        name = file_type.name
        return name if name.startswith("the ") else f"a {name}"
    if isinstance(mapping[-1], str):
        return f"'{mapping[-1]}'"
    key = str(mapping[-2])
    return _ENTRIES.get(key, f"an entry of '{key}'")


_NAME_HINT = "write it with small letters, digits, '-' and '.', like 'policy-gradient'"
_REFERENCE_HINT = "write 'work', 'work/unit', 'work/3-6', '{topic: mdp}' or '{any: [one, other]}'"
_RESULT_HINT = "write it with small letters, digits, '-', '_' and '.'"
_ID_HINT = "write it with letters, digits, '-', '_' and '.', like '3' or 'read'"
_PATTERNS = {
    rf"^{NAME}$": ("bad-name", "a name", _NAME_HINT),
    RESULT_NAME: ("bad-name", "the id of a result", _RESULT_HINT),
    REFERENCE: ("bad-reference", "a reference", _REFERENCE_HINT),
    ADDRESS: ("bad-address", "an address", "begin it with 'https://'"),
}
_OTHER_PATTERN = ("bad-name", "an id", _ID_HINT)


def _wrong_form(error: _Error) -> Flaw:
    """Return the flaw of a text that does not match its pattern."""
    code, what, hint = _PATTERNS.get(error.context["pattern"], _OTHER_PATTERN)
    message = f"{quoted(error.value)} is not {what}"
    return Flaw(error.path, code, message, hint)


def _wrong_value(error: _Error, expected: str) -> Flaw:
    """Return the flaw of a value that is not what was expected."""
    name = _called(error.path)
    message = f"{name} is {quoted(error.value)}, not {expected}"
    hint = f"write {expected}"
    code = "wrong-type"
    if isinstance(error.value, str):
        if error.type not in _COLLECTIONS:
            code = "bad-number" if error.type.startswith("int") else "bad-value"
            hint = suggestion(error.value, re.findall(r"'([^']*)'", expected), hint)
        elif expected == "a list":
            hint = f"write it in brackets, like '[{error.value}]'"
    return Flaw(error.path, code, message, hint, error.of_key)


_COLLECTIONS = ("tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type")
_EXPECTED = {
    "string_type": "text",
    "string_too_short": "text",
    "string_too_long": "a text of at most {max_length} characters",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "too_short": "a list with at least one entry",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "value_error": "a number",
}


def _expected(error: _Error) -> str:
    """Return what the value should have been."""
    if error.type.startswith("int"):
        return "a whole number"
    return _EXPECTED.get(error.type, "a value of this kind").format(**error.context)


def _called(path: Path) -> str:
    """Return what a person calls the value at a path."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return f"'{path[-1]}'"
    return f"an entry of '{_last_key(path)}'"


def _last_key(path: Path) -> str:
    for step in reversed(path):
        if isinstance(step, str):
            return step
    return ""
