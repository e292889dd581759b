"""Let results say only what differs: shorthands, file-wide `defaults:` and `like:`.

Everything here works on plain values and on trees that know their places alike, so that a problem
with an inherited value is reported where the value is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any, TypeAlias

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import quoted
from curriculum.model.sources import Keys, Text
from curriculum.model.suggestions import suggestion
from curriculum.syllabus.located_problems import Flaw

Values: TypeAlias = dict[str, Any]
"""A mapping of a file; Any because a file holds anything."""

SHORTHANDS: Mapping[str, str] = MappingProxyType(
    {"on": "name", "value": "value", "spread": "value", "runs": "n", "metric": "name"}
)
"""Keys of a result that may hold a scalar, and the key of their mapping that the scalar is for."""

LIFTED: Mapping[str, str] = MappingProxyType({"deterministic": "protocol"})
"""Keys of a result that stand for a key of one of its mappings, and that mapping."""

_OWN_KEYS = ("id", "like")

# What a number beats is printed beside that number alone.
_NOT_PASSED_ON = ("id", "baseline")

# Each step of a chain is a call, so a chain of thousands would overflow the stack.
_LONGEST_CHAIN = 200


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A paper's document with every result written out.

    Attributes:
        document: The document, without `defaults` and `like`.
        flaws: What is wrong with `defaults` and `like`.
        orphans: Indices of results whose `like` is wrong: they lack what they should inherit.
    """

    document: Values
    flaws: tuple[Flaw, ...] = ()
    orphans: frozenset[int] = frozenset()


def inherit(document: Values) -> Inheritance:
    """Return a paper's document with every result written out."""
    defaults = document.get("defaults", {})
    results = document.get("results")
    written = _without(document, "defaults")
    if not isinstance(defaults, dict):
        return _without_defaults(written, defaults)
    flaws = [_not_shared(name) for name in _OWN_KEYS if name in defaults]
    if not isinstance(results, list):
        return Inheritance(written, tuple(flaws))
    family = _Family(results, _expanded(_without(defaults, *_OWN_KEYS)))
    written["results"] = family.written_out()
    return Inheritance(written, (*flaws, *family.flaws), family.orphans())


def _without_defaults(document: Values, defaults: object) -> Inheritance:
    """Return a document whose `defaults` are not a mapping, so that no result is complete."""
    message = f"'defaults' is {quoted(defaults)}"
    flaw = Flaw(("defaults",), "wrong-type", message, "write the keys of a result below it")
    results = document.get("results")
    count = len(results) if isinstance(results, list) else 0
    return Inheritance(document, (flaw,), frozenset(range(count)))


def merged(own: Values, inherited: Values) -> Values:
    """Return a mapping with all keys of both, where own values win and mappings are merged in turn.

    >>> merged({"a": {"x": "1"}}, {"a": {"x": "2", "y": "3"}, "b": "4"})
    {'a': {'x': '1', 'y': '3'}, 'b': '4'}
    """
    result = own.copy()
    for key, value in inherited.items():
        mine = result.get(key)
        if mine is None:
            result[key] = value
        elif isinstance(mine, dict) and isinstance(value, dict):
            result[key] = merged(mine, value)
    return result


def _not_shared(name: str) -> Flaw:
    message = f"'{name}' cannot be shared by all results"
    hint = f"move '{name}' to the result it is meant for"
    return Flaw(("defaults", name), "unknown-key", message, hint, of_key=True)


def _without(values: Values, *names: str) -> Values:
    result = values.copy()
    for name in names:
        result.pop(name, None)
    return result


def _expanded(values: Values) -> Values:
    """Return a result's keys with a mapping in place of every shorthand."""
    result = values.copy()
    for key, inner in SHORTHANDS.items():
        value = result.get(key)
        if isinstance(value, Text):
            keys = Keys(value.line, value.column)
            keys[Text.at(inner, value.line, value.column)] = value
            result[key] = keys
        elif isinstance(value, str):
            result[key] = {inner: value}
    for key, outer in LIFTED.items():
        if key in result:
            _move_into(result, key, outer)
    return result


def _move_into(values: Values, key: str, outer: str) -> None:
    """Move a key into one of the mappings beside it, where no such key is written already."""
    inside = values.get(outer, {})
    if not isinstance(inside, dict):
        return
    written = values.key(key) if isinstance(values, Keys) else None
    value = values.pop(key)
    if inside:
        inside = inside.copy()
    elif written is not None:
        inside = Keys(written.line, written.column)
    inside.setdefault(written or key, value)
    values[outer] = inside


@dataclass(slots=True)
class _Family:
    """The results of one file while they are written out.

    Attributes:
        results: As the file has them.
        defaults: What all of them inherit.
        flaws: What is wrong with their `like`.
        ready: Each result that was written out, by its index; None for one that cannot be.
        index: The index of each id.
    """

    results: list[Any]
    defaults: Values
    flaws: list[Flaw] = field(default_factory=list)
    ready: dict[int, Values | None] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)

    def written_out(self) -> list[Any]:
        """Return the results with all that they inherit."""
        for number, result in enumerate(self.results):
            if isinstance(result, dict) and isinstance(result.get("id"), str):
                self.index.setdefault(result["id"], number)
        complete = self.results.copy()
        for number, result in enumerate(self.results):
            if isinstance(result, dict):
                written = self.resolved(number, ())
                complete[number] = written or _without(result, "like")
        return complete

    def orphans(self) -> frozenset[int]:
        """Return the indices of the results that could not be written out."""
        lacking = [number for number, result in self.ready.items() if result is None]
        return frozenset(lacking)

    def resolved(self, number: int, heirs: tuple[int, ...]) -> Values | None:
        """Return one result with all that it inherits; `heirs` are the results that are like it."""
        if number not in self.ready:
            self.ready[number] = self._resolve(number, heirs)
        return self.ready[number]

    def _resolve(self, number: int, heirs: tuple[int, ...]) -> Values | None:
        own = _expanded(self.results[number])
        like = own.pop("like", None)
        if like is None:
            return merged(own, self.defaults)
        chain = (*heirs, number)
        model = self.index.get(like) if isinstance(like, str) else None
        if model is None:
            self.flaws.append(self._unknown(number, like))
            return None
        if model in chain or len(chain) > _LONGEST_CHAIN:
            self.flaws.append(self._endless(chain, model))
            return None
        inherited = self.resolved(model, chain)
        if inherited is None:
            return None
        return merged(own, _without(inherited, *_NOT_PASSED_ON))

    def _unknown(self, number: int, like: object) -> Flaw:
        others = [name for name, other in self.index.items() if other != number]
        hint = suggestion(str(like), others, "write the id of a result of this file")
        message = f"{quoted(like)} is not the id of a result of this file"
        return Flaw(("results", number, "like"), "unknown-result", message, hint)

    def _endless(self, chain: tuple[int, ...], model: int) -> Flaw:
        path = ("results", chain[-1], "like")
        if model not in chain:
            message = f"more than {_LONGEST_CHAIN} results depend on each other"
            return Flaw(path, "like-cycle", message, "write one out")
        cycle = chain[chain.index(model) :]
        results = [self.results[number] for number in cycle]
        names = [str(result.get("id")) for result in results]
        circle = " -> ".join([*names, names[0]])
        message = f"'{names[0]}' is like itself: {circle}"
        return Flaw(path, "like-cycle", message, "write one of them out")
