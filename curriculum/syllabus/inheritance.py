"""Let results say only what differs: shorthands, file-wide `defaults:` and `like:`; what a result means is not known.

Everything here works on plain values and on trees that know their places alike, so that a value inherited from far away
is still pointed at where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from curriculum.model.quantities import shown
from curriculum.model.sources import Keys, Text
from curriculum.syllabus.located_problems import Flaw, suggestion

Values: TypeAlias = dict[str, Any]
"""A mapping of a file; Any because a file holds anything."""

SHORTHANDS: Mapping[str, str] = {
    "on": "name",
    "value": "value",
    "spread": "value",
    "runs": "n",
    "metric": "name",
}
"""Keys of a result whose value may be a bare scalar, and the key of their mapping which that scalar stands for."""

_OWN = ("id", "like")


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A paper's document with every result written out.

    Attributes:
        document: The document, without `defaults` and `like`.
        flaws: What is wrong with `defaults` and `like`.
        orphans: Indices of results that are like nothing known: they lack what they should inherit.
    """

    document: Values
    flaws: tuple[Flaw, ...] = ()
    orphans: frozenset[int] = frozenset()


def inherit(document: Values) -> Inheritance:
    """Return a paper's document with every result written out."""
    defaults, results = document.get("defaults", {}), document.get("results")
    if not isinstance(defaults, dict):
        message = f"'defaults' is {shown(defaults)}"
        flaw = Flaw(("defaults",), "wrong-type", message, "write the keys of a result below it")
        return Inheritance(_without(document, "defaults"), (flaw,), _all_of(results))
    flaws = [_not_shared(name) for name in _OWN if name in defaults]
    document = _without(document, "defaults")
    if not isinstance(results, list):
        return Inheritance(document, tuple(flaws))
    family = _Family(results, _expanded(_without(defaults, *_OWN)))
    document["results"] = family.written_out()
    orphans = frozenset(number for number, result in family.ready.items() if result is None)
    return Inheritance(document, (*flaws, *family.flaws), orphans)


def _all_of(results: object) -> frozenset[int]:
    return frozenset(range(len(results))) if isinstance(results, list) else frozenset()


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
    return Flaw(
        ("defaults", name),
        "unknown-key",
        message,
        f"move '{name}' to the result it is meant for",
        of_key=True,
    )


def _without(values: Values, *names: str) -> Values:
    result = values.copy()
    for name in names:
        result.pop(name, None)
    return result


def _expanded(values: Values) -> Values:
    """Return a result's keys with every shorthand as the mapping that it stands for."""
    result = values.copy()
    for key, inner in SHORTHANDS.items():
        value = result.get(key)
        if isinstance(value, Text):
            keys = Keys(value.line, value.column)
            keys[Text.at(inner, value.line, value.column)] = value
            result[key] = keys
        elif isinstance(value, str):
            result[key] = {inner: value}
    return result


@dataclass(slots=True)
class _Family:
    """The results of one file while they are written out, each once; `ready` holds None for one that cannot be."""

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
                complete[number] = self.resolved(number, ()) or _without(result, "like")
        return complete

    def resolved(self, number: int, heirs: tuple[int, ...]) -> Values | None:
        """Return one result with all that it inherits, on behalf of the results that are like it."""
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
        if model is None or model in chain or len(chain) > _LONGEST_CHAIN:
            self.flaws.append(self._leads_nowhere(chain, like, model))
            return None
        inherited = self.resolved(model, chain)
        return None if inherited is None else merged(own, _without(inherited, "id"))

    def _leads_nowhere(self, chain: tuple[int, ...], like: object, model: int | None) -> Flaw:
        path = ("results", chain[-1], "like")
        if model is None:
            others = [name for name, number in self.index.items() if number != chain[-1]]
            hint = suggestion(str(like), others, "write the id of a result of this file")
            return Flaw(
                path, "unknown-result", f"{shown(like)} is the id of no result of this file", hint
            )
        if model not in chain:
            return Flaw(
                path,
                "like-cycle",
                f"more than {_LONGEST_CHAIN} results hang on each other",
                "write one out",
            )
        names = [str(self.results[number].get("id")) for number in chain[chain.index(model) :]]
        message = f"'{names[0]}' is like itself: {' -> '.join([*names, names[0]])}"
        return Flaw(path, "like-cycle", message, "write one of them out")


_LONGEST_CHAIN = 200
