"""References to works, units and topics, as they are written."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from curriculum.model.fields import Frozen, Line
from curriculum.model.identifiers import NAME, UNIT_NAME, Topic

REFERENCE = rf"^({NAME}|{UNIT_NAME})(/{UNIT_NAME})?$"

WorkPart: TypeAlias = Annotated[str, StringConstraints(pattern=REFERENCE)]
"""A work, a unit, or a range of units, as it is written."""


class Strength(StrEnum):
    """What an edge does: a hard one blocks, a soft one only orders."""

    HARD = "hard"
    SOFT = "soft"


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

    any: Annotated[tuple[Reference, ...], Field(min_length=1)]
    strength: Strength = Strength.HARD
    why: Line | None = None


def _reference(value: Any) -> Any:  # Any: pydantic passes on whatever the file holds
    if isinstance(value, str | int) and not isinstance(value, bool):
        return {"ref": str(value)}
    return value


def _reference_kind(value: Any) -> str | None:  # Any: see _reference()
    """Return the tag of the reference that a mapping is meant to be.

    Tags begin with '=', which no key does.
    """
    if isinstance(value, UnitReference | TopicReference | AnyReference):
        return _REFERENCE_TAGS[type(value)]
    if not isinstance(value, dict):
        return None
    if "topic" in value:
        return "=topic"
    if "any" in value:
        return "=any"
    return "=ref"


_REFERENCE_TAGS: dict[type[Frozen], str] = {
    UnitReference: "=ref",
    TopicReference: "=topic",
    AnyReference: "=any",
}

Reference: TypeAlias = Annotated[
    Annotated[UnitReference, Tag("=ref")]
    | Annotated[TopicReference, Tag("=topic")]
    | Annotated[AnyReference, Tag("=any")],
    Discriminator(_reference_kind),
    BeforeValidator(_reference),
]
