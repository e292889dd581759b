"""Check whether two numbers may be compared at all, the first question of a verdict.

A number taken in another way is another number, so a difference without a reason closes the
comparison and no test is run (VERDICTS.md §3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from curriculum.model.attempts import Attempt, Deviation
from curriculum.model.fields import Frozen, field_types
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.reproduction.budgets import LoggedBudget, logged_budget
from curriculum.reproduction.my_runs import is_convertible
from curriculum.reproduction.taken_as_published import Taken, taken_as_published

COMPARED_PARTS = ("metric", "on", "protocol", "budget")
"""The parts of a published result that a deviation may name a field of."""

_REDUCER = "protocol.reducer.how"
_ITEMS = "on.n_items"
_REVISION = "on.revision"


@dataclass(frozen=True, slots=True)
class ProtocolCheck:
    """What was found on comparing the two protocols.

    Attributes:
        closed: Why the numbers must not be compared; None when they may.
        deviations: Accepted differences, as they are printed.
        smaller_budget: My budget as a share of the paper's, when it is smaller; None otherwise.
        has_larger_budget: Whether mine is larger.
        is_reducer_unknown: Whether the paper does not say how its number was taken.
        remarks: What else must be said.
        taken: What my runs are taken to share with the paper.
    """

    closed: str | None = None
    deviations: tuple[str, ...] = ()
    smaller_budget: float | None = None
    has_larger_budget: bool = False
    is_reducer_unknown: bool = False
    remarks: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()


def check_protocol(result: Result, attempt: Attempt) -> ProtocolCheck:
    """Return whether an attempt may be compared with a result, and under which reservations."""
    differing = [one for one in attempt.deviations if _differs(one, result)]
    others = [one for one in differing if _budget_share(one, result) is None]
    logged = logged_budget(result, attempt)
    shares = [*_stated_shares(differing, result), *_logged_shares(result, attempt, logged)]
    return ProtocolCheck(
        closed=next(_obstacles(result, attempt, others), None),
        deviations=tuple(_printed(one, result) for one in others if one.why),
        smaller_budget=min((share for share in shares if share < 1), default=None),
        has_larger_budget=any(share > 1 for share in shares),
        is_reducer_unknown=result.protocol.reducer.how == "unknown",
        remarks=tuple(_remarks(result, attempt, logged)),
        taken=taken_as_published(result, _settled(attempt, logged)),
    )


def _settled(attempt: Attempt, logged: LoggedBudget | None) -> set[str]:
    """Return the fields of which the person or the logs say what they are."""
    stated = {one.field for one in attempt.deviations}
    return stated if logged is None else {*stated, logged.field}


def _stated_shares(differing: Sequence[Deviation], result: Result) -> Iterator[float]:
    """Yield the shares of the paper's budget that the person gave."""
    for deviation in differing:
        share = _budget_share(deviation, result)
        if share is not None:
            yield share


def _logged_shares(
    result: Result, attempt: Attempt, logged: LoggedBudget | None
) -> Iterator[float]:
    """Yield the shares of the paper's budget that the logs show, where they make a difference."""
    if logged is None:
        return
    if logged.is_smaller:
        yield logged.shortest
    # A number taken at a certain step does not gain from what came after it.
    reducer = attempt.reducer or result.protocol.reducer.how
    if logged.is_larger and reducer != "at":
        yield logged.longest


def _obstacles(result: Result, attempt: Attempt, differences: Sequence[Deviation]) -> Iterator[str]:
    """Yield the fields that forbid a comparison, as `protocol: on.version`."""
    fields = {one.field for one in differences}
    for one in differences:
        if not one.why:
            paper = stated(result, one.field)
            fault = f"{one.field} differs (mine {one.mine}, paper {paper})"
            yield f"protocol: {fault}; say why to accept it"
        elif one.field == _ITEMS and not _is_same_revision(result, fields):
            fault = "differs, and nothing says that it is the same data"
            yield f"protocol: {_ITEMS} {fault} ({_REVISION})"
    if _REDUCER not in fields and _has_another_reducer(result, attempt):
        mine = result.metric.rule_name(str(attempt.reducer))
        paper = result.metric.rule_name(result.protocol.reducer.how)
        yield f"protocol: protocol.reducer differs (mine {mine}, paper {paper})"
    if not is_convertible(attempt.unit, result.metric.unit):
        yield f"protocol: metric.unit differs (mine {attempt.unit}, paper {result.metric.unit})"


def _has_another_reducer(result: Result, attempt: Attempt) -> bool:
    return attempt.reducer is not None and result.protocol.reducer.how not in (
        "unknown",
        attempt.reducer,
    )


def _is_same_revision(result: Result, differing: set[str]) -> bool:
    """Return whether the revision of the data is stated, and not among the differences."""
    return result.on.revision not in (None, "unknown") and _REVISION not in differing


def _remarks(result: Result, attempt: Attempt, logged: LoggedBudget | None) -> Iterator[str]:
    if logged is not None:
        yield from logged.remarks
    if result.protocol.reducer.how == "unknown":
        mine = ""
        if attempt.reducer:
            mine = f"; mine {result.metric.rule_name(attempt.reducer)}"
        yield f"the paper does not say how its number was taken from training{mine}"
    for one in attempt.deviations:
        if _is_unstated(stated(result, one.field)):
            yield f"the paper does not say its {one.field} (mine {one.mine})"


def _printed(deviation: Deviation, result: Result) -> str:
    paper = stated(result, deviation.field)
    return f"on {deviation.mine} instead of {paper} ({deviation.field}: {deviation.why})"


def _differs(deviation: Deviation, result: Result) -> bool:
    """Return whether mine differs from what the paper states; `1000` and `1_000.0` are the same."""
    paper = stated(result, deviation.field)
    if _is_unstated(paper) or paper == deviation.mine:
        return False
    mine = _number(deviation.mine)
    theirs = _number(paper or "")
    return mine is None or theirs is None or mine != theirs


def _is_unstated(paper: str | None) -> bool:
    return paper in (None, "unknown")


def _budget_share(deviation: Deviation, result: Result) -> float | None:
    """Return my budget as a share of the paper's.

    Returns:
        None for another field, and for budgets that are not numbers.
    """
    if not deviation.field.startswith("budget."):
        return None
    mine = _number(deviation.mine)
    paper = _number(stated(result, deviation.field) or "")
    if mine is None or not paper:
        return None
    return float(mine / paper)


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
        elif isinstance(value, Frozen):
            value = getattr(value, _attribute(value, part))
        elif value is not None:
            raise KeyError(field)
    return None if value is None else str(value)


def _attribute(record: Frozen, key: str) -> str:
    """Return the attribute behind a key of the file: `from` is a keyword in Python, so `from_`."""
    for name, info in type(record).model_fields.items():
        if info.key == key:
            return name
    raise KeyError(key)


def fields_that_count() -> tuple[str, ...]:
    """Return the names of the fields that a deviation may name, sorted."""
    found: list[str] = []
    for part in COMPARED_PARTS:
        record = _record_in(field_types(Result)[part])
        assert record is not None, "each of the compared parts is a record"
        found.extend(_fields(record, f"{part}."))
    return tuple(sorted(found))


def _fields(model: type[Frozen], prefix: str) -> Iterator[str]:
    types = field_types(model)
    for name, info in model.model_fields.items():
        written = prefix + info.key
        inner = _record_in(types[name])
        if inner is None:
            yield written
        else:
            yield from _fields(inner, f"{written}.")


def _record_in(annotation: object) -> type[Frozen] | None:
    """Return the record that an annotation holds, as in `Curve | None`."""
    for option in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(option, type) and issubclass(option, Frozen):
            return option
    return None
