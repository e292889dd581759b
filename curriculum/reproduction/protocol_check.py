"""May the two numbers be compared at all? The first question of a verdict; what they say is not known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel

from curriculum.model.attempts import Attempt, Deviation
from curriculum.model.results import Result
from curriculum.reproduction.my_runs import is_convertible

COMPARED = ("metric", "on", "protocol", "budget")
REDUCER = "protocol.reducer.how"
_ITEMS = "on.n_items"


@dataclass(frozen=True, slots=True)
class Gate:
    """What was found on comparing the two protocols.

    Attributes:
        closed: Why the numbers must not be compared; None when they may.
        deviations: Accepted differences, as they are printed.
        smaller_budget: My budget as a share of the paper's, when it is smaller; None otherwise.
        has_larger_budget: Whether mine is larger.
        is_reducer_unknown: Whether the paper does not say how its number was taken.
        remarks: What else must be said.
    """

    closed: str | None = None
    deviations: tuple[str, ...] = ()
    smaller_budget: float | None = None
    has_larger_budget: bool = False
    is_reducer_unknown: bool = False
    remarks: tuple[str, ...] = ()


def gate_of(result: Result, attempt: Attempt) -> Gate:
    """Return whether an attempt may be held against a result, and under which reservations."""
    differences = [one for one in attempt.deviations if _differs(one, result)]
    budget = [
        one
        for one in differences
        if one.field.startswith("budget.") and _share(one, result) is not None
    ]
    others = [one for one in differences if one not in budget]
    shares = [share for one in budget if (share := _share(one, result)) is not None]
    how = result.protocol.reducer.how
    return Gate(
        closed=next(_closed(result, attempt, others), None),
        deviations=tuple(_printed(one, result) for one in others if one.why),
        smaller_budget=min((share for share in shares if share < 1), default=None),
        has_larger_budget=any(share > 1 for share in shares),
        is_reducer_unknown=how == "unknown",
        remarks=tuple(_remarks(result, attempt)),
    )


def _closed(result: Result, attempt: Attempt, differences: list[Deviation]) -> Iterator[str]:
    """Yield the fields that forbid a comparison, as `protocol: on.version`."""
    said = {one.field: one for one in differences}
    for one in differences:
        if not one.why:
            theirs = stated(result, one.field)
            yield f"protocol: {one.field} differs (mine {one.mine}, paper {theirs}); say why to accept it"
        elif one.field == _ITEMS and (
            result.on.revision in (None, "unknown") or "on.revision" in said
        ):
            yield f"protocol: {_ITEMS} differs, and nothing says that it is the same data (on.revision)"
    how = result.protocol.reducer.how
    if attempt.reducer not in (None, how) and how != "unknown" and REDUCER not in said:
        yield f"protocol: protocol.reducer differs (mine {attempt.reducer}, paper {how})"
    if not is_convertible(attempt.unit, result.metric.unit):
        yield f"protocol: metric.unit differs (mine {attempt.unit}, paper {result.metric.unit})"


def _remarks(result: Result, attempt: Attempt) -> Iterator[str]:
    if result.protocol.reducer.how == "unknown":
        mine = f"; mine {attempt.reducer}" if attempt.reducer else ""
        yield f"the paper does not say how its number was taken from training{mine}"
    for one in attempt.deviations:
        if _is_open(stated(result, one.field)):
            yield f"the paper does not say its {one.field} (mine {one.mine})"


def _printed(deviation: Deviation, result: Result) -> str:
    return f"on {deviation.mine} instead of {stated(result, deviation.field)} ({deviation.field}: {deviation.why})"


def _differs(deviation: Deviation, result: Result) -> bool:
    paper = stated(result, deviation.field)
    if _is_open(paper) or paper == deviation.mine:
        return False
    mine, theirs = _number(deviation.mine), _number(paper or "")
    return mine is None or theirs is None or mine != theirs


def _is_open(paper: str | None) -> bool:
    return paper in (None, "unknown")


def _share(deviation: Deviation, result: Result) -> float | None:
    """Return my budget as a share of the paper's; None where one of them is no number."""
    mine, paper = _number(deviation.mine), _number(stated(result, deviation.field) or "")
    return None if mine is None or not paper else float(mine / paper)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace("_", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def stated(result: Result, field: str) -> str | None:
    """Return what a result says of a field, as `on.version`; None where it says nothing.

    Raises:
        KeyError: A result has no such field.
    """
    value: object = result
    for part in field.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, BaseModel):
            names = {info.alias or name: name for name, info in type(value).model_fields.items()}
            value = getattr(value, names[part])
        elif value is not None:
            raise KeyError(field)
    return None if value is None else str(value)


def fields_that_count() -> tuple[str, ...]:
    """Return the names of the fields that a deviation may name, sorted."""
    return tuple(sorted(_fields(Result, "", COMPARED)))


def _fields(model: type[BaseModel], prefix: str, only: tuple[str, ...] = ()) -> Iterator[str]:
    for name, info in model.model_fields.items():
        written = info.alias or name
        if only and name not in only:
            continue
        inner = _record_in(info.annotation)
        if inner is None:
            yield prefix + written
        else:
            yield from _fields(inner, f"{prefix}{written}.")


def _record_in(annotation: object) -> type[BaseModel] | None:
    """Return the record that an annotation holds, as in `Curve | None`."""
    options = (annotation, *getattr(annotation, "__args__", ()))
    return next(
        (one for one in options if isinstance(one, type) and issubclass(one, BaseModel)), None
    )
