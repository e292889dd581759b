"""References to works, units and topics, as they are written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from curriculum.model.checks import Before, Limited, TypeSchema, whole_check
from curriculum.model.fields import Frozen, Line
from curriculum.model.identifiers import NAME, UNIT_NAME, Topic
from curriculum.model.quantities import UnreadableError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler as Handler

REFERENCE = rf"^({NAME}|{UNIT_NAME})(/{UNIT_NAME})?$"

WorkPart: TypeAlias = Annotated[str, Limited(pattern=REFERENCE)]
"""A work, a unit, or a range of units, as it is written."""


class Strength(StrEnum):
    """What an edge does: hard blocks, soft only orders, and skim asks for a first reading."""

    HARD = "hard"
    SOFT = "soft"
    SKIM = "skim"


class UnitReference(Frozen):
    """A work, a unit, or a range of units: `work`, `work/unit`, `work/3-6`, `unit`, `3-6`."""

    ref: WorkPart
    strength: Strength = Strength.HARD
    why: Line | None = None


class TopicReference(Frozen):
    """Any unit that teaches the topic."""

    topic: Topic
    strength: Strength = Strength.HARD
    why: Line | None = None


class AnyReference(Frozen):
    """One of several references; the resolver chooses the one that adds the least effort."""

    any: Annotated[tuple[Reference, ...], Limited(min_length=1)]
    strength: Strength = Strength.HARD
    why: Line | None = None


class Several(Frozen):
    """Some references, and how many of them are enough."""

    of: Annotated[tuple[Reference, ...], Limited(min_length=1, max_length=12)]
    at_least: Annotated[int, Limited(ge=1)] = 1

    @whole_check
    def _has_enough(self) -> Several:
        if self.at_least > len(self.of):
            message = f"at least {self.at_least} of {len(self.of)} references cannot be met"
            raise UnreadableError("bad-value", message, "add references, or lower 'at_least'")
        return self


class SeveralReference(Frozen):
    """At least so many of several references; the resolver chooses those that add the least."""

    any: Several
    strength: Strength = Strength.HARD
    why: Line | None = None


def _reference(value: Any) -> Any:  # Any: pydantic passes on whatever the file holds
    if isinstance(value, str | int) and not isinstance(value, bool):
        return {"ref": str(value)}
    return value


def _reference_kind(value: Any) -> str | None:  # Any: see _reference()
    """Return the tag of the reference that a mapping is meant to be."""
    for tag, kind in _KINDS.items():
        if isinstance(value, kind):
            return tag
    if not isinstance(value, dict):
        return None
    if "topic" in value:
        return "=topic"
    if "any" in value:
        return "=several" if isinstance(value["any"], dict) else "=any"
    return "=ref"


_KINDS: dict[str, type[Frozen]] = {
    "=ref": UnitReference,
    "=topic": TopicReference,
    "=any": AnyReference,
    "=several": SeveralReference,
}
"""The kinds of references by tags that begin with '=', which no key does."""


class _OfKinds:
    """Looks at the keys of a mapping to see which kind of reference it is meant to be."""

    def __get_pydantic_core_schema__(self, source: object, handler: Handler) -> TypeSchema:
        """Return how pydantic tells the kinds apart."""
        choices = {tag: handler.generate_schema(kind) for tag, kind in _KINDS.items()}
        return {"type": "tagged-union", "choices": choices, "discriminator": _reference_kind}


Reference: TypeAlias = Annotated[
    UnitReference | TopicReference | AnyReference | SeveralReference, _OfKinds(), Before(_reference)
]
