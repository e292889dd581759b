"""Say in the user's words what pydantic found wrong; how files are read and where values stand is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from curriculum.model.fields import ADDRESS
from curriculum.model.identifiers import NAME, RESULT_NAME
from curriculum.model.quantities import UnreadableError, shown
from curriculum.model.references import REFERENCE
from curriculum.model.sources import Path, PathStep
from curriculum.syllabus.located_problems import Flaw, nearest, suggestion
from curriculum.syllabus.schema_keys import Model, valid_keys


@dataclass(frozen=True, slots=True)
class _Error:
    """One of pydantic's errors, with the path of the file at which it lies."""

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


@dataclass(frozen=True, slots=True)
class Described:
    """What a file is about.

    Attributes:
        model: The class that its values were meant for.
        name: What a person calls it: `textbook`, `settings`.
        extra_keys: Keys that are valid beside those of the model, by the last key of the path to their mapping.
    """

    model: Model
    name: str
    extra_keys: tuple[tuple[str, str], ...] = ()

    def keys(self, path: Path) -> tuple[str, ...]:
        """Return the keys that are valid in the mapping at a path."""
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        return valid_keys(self.model, path) + tuple(
            key for place, key in self.extra_keys if place == last
        )


def translate(error: ValidationError, content: object, subject: Described) -> list[Flaw]:
    """Return the flaws of a file's content, one for each thing that the user must mend."""
    errors = [_placed(detail, content) for detail in error.errors(include_url=False)]
    errors = [
        one for one in errors if not (one.type == "too_short" and one.value)
    ]  # its entries have errors of their own
    deeper = {one.path[:depth] for one in errors for depth in range(len(one.path))}
    misspelt = _misspelt(errors, subject)
    groups: dict[tuple[Path, bool], list[_Error]] = {}
    for one in errors:
        is_other_branch = one.through_union and one.path in deeper
        if not is_other_branch and not (one.type == "missing" and one.path in misspelt):
            groups.setdefault((one.path, one.of_key), []).append(one)
    return [_flaw(group, subject) for group in groups.values()]


def _misspelt(errors: Iterable[_Error], subject: Described) -> set[Path]:
    """Return the paths of keys that may seem to be missing, but are there under an unknown name with its own flaw."""
    found: set[Path] = set()
    for error in errors:
        if error.type == "extra_forbidden":
            *mapping, key = error.path
            near = nearest(str(key), subject.keys(tuple(mapping)))
            found |= {(*mapping, near), (*mapping, "ref")} if near else set()
    return found


def _placed(detail: ErrorDetails, content: object) -> _Error:
    """Follow pydantic's location through the content; what is no part of it names a branch of a union."""
    node: Any = content  # Any: a file holds anything
    path: list[PathStep] = []
    of_key = through_union = False
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
    return _Error(tuple(path), of_key or detail["type"] == "extra_forbidden", through_union, detail)


def _has(node: object, step: PathStep) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _flaw(group: Sequence[_Error], subject: Described) -> Flaw:
    """Return the one flaw behind all errors at one path."""
    error = group[0]
    if len(group) > 1:
        return _mistaken(error, " or ".join(dict.fromkeys(_expected(one) for one in group)))
    if error.type == "missing":
        return _missing(error, subject)
    if error.type == "extra_forbidden":
        return _unknown_key(error, subject)
    if error.type == "union_tag_not_found":
        return Flaw(
            error.path, "bad-reference", f"{shown(error.value)} is not a reference", _REFERENCE_HINT
        )
    reason = error.detail.get("ctx", {}).get("error")
    if isinstance(reason, UnreadableError):
        return Flaw(error.path, reason.code, reason.message, reason.hint, error.of_key)
    if error.type == "string_pattern_mismatch":
        return _mismatch(error)
    return _mistaken(error, _expected(error))


def _missing(error: _Error, subject: Described) -> Flaw:
    *mapping, key = error.path
    owner = _owner(mapping, subject)
    if (
        isinstance(error.value, dict)
        and isinstance(error.value.get("id"), str)
        and owner.startswith("a ")
    ):
        owner = f"{owner[2:]} {shown(error.value['id'])}"
    owner = "the " + owner.removeprefix("a ") if owner.startswith("a ") else owner
    return Flaw(tuple(mapping), "missing-key", f"{owner} has no '{key}'", f"add '{key}:' to it")


def _unknown_key(error: _Error, subject: Described) -> Flaw:
    *mapping, key = error.path
    keys = subject.keys(tuple(mapping))
    hint = suggestion(str(key), keys, f"use one of: {', '.join(keys)}")
    return Flaw(
        error.path,
        "unknown-key",
        f"{shown(key)} is not a key of {_owner(mapping, subject)}",
        hint,
        error.of_key,
    )


_ENTRIES = {
    "chapters": "a chapter",
    "steps": "a step",
    "results": "a result",
    "goals": "a goal",
    "code": "a repository",
    "requires": "a reference",
    "known": "a reference",
    "any": "a reference",
}


def _owner(mapping: Sequence[PathStep], subject: Described) -> str:
    """Return what a person calls the mapping at a path."""
    if not mapping:
        return subject.name if subject.name.startswith("the ") else f"a {subject.name}"
    if isinstance(mapping[-1], str):
        return f"'{mapping[-1]}'"
    return _ENTRIES.get(str(mapping[-2]), f"an entry of '{mapping[-2]}'")


_NAME_HINT = "write it with small letters, digits, '-' and '.', like 'policy-gradient'"
_REFERENCE_HINT = "write 'work', 'work/unit', 'work/3-6', '{topic: mdp}' or '{any: [one, other]}'"
_PATTERNS = {
    rf"^{NAME}$": ("bad-name", "a name", _NAME_HINT),
    RESULT_NAME: (
        "bad-name",
        "the id of a result",
        "write it with small letters, digits, '-', '_' and '.'",
    ),
    REFERENCE: ("bad-reference", "a reference", _REFERENCE_HINT),
    ADDRESS: ("bad-address", "an address", "begin it with 'https://'"),
}


def _mismatch(error: _Error) -> Flaw:
    """Return the flaw of a text of the wrong form."""
    pattern = error.detail["ctx"]["pattern"]
    code, what, hint = _PATTERNS.get(
        pattern,
        (
            "bad-name",
            "an id",
            "write it with letters, digits, '-', '_' and '.', like '3' or 'read'",
        ),
    )
    return Flaw(error.path, code, f"{shown(error.value)} is not {what}", hint)


def _mistaken(error: _Error, expected: str) -> Flaw:
    """Return the flaw of a value that should have been something else."""
    is_scalar = isinstance(error.value, str) and error.type not in _COLLECTIONS
    code = (
        ("bad-number" if error.type.startswith("int") else "bad-value")
        if is_scalar
        else "wrong-type"
    )
    message = f"{_called(error.path)} is {shown(error.value)}, not {expected}"
    hint = f"write {expected}"
    if is_scalar:
        hint = suggestion(error.value, re.findall(r"'([^']*)'", expected), hint)
    elif isinstance(error.value, str) and expected == "a list":
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
    """Return what should have stood in the place of a value."""
    if error.type.startswith("int"):
        return "a whole number"
    return _EXPECTED.get(error.type, "a value of this kind").format(**error.detail.get("ctx", {}))


def _called(path: Path) -> str:
    """Return what a person calls the value at a path."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return f"'{path[-1]}'"
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return f"an entry of '{key}'"
