"""What a comparison takes to be as in the paper, because nobody said otherwise (VERDICTS.md §3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result

_COUNTED = {
    "env_steps": "environment step",
    "frames": "frame",
    "updates": "update",
    "epochs": "epoch",
    "samples": "sample",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A field of the record that my runs are taken to share.

    Attributes:
        field: Its name, as `on.version`.
        text: What the paper has there, as a reader says it.
    """

    field: str
    text: str


def taken_as_published(result: Result, settled: Collection[str]) -> tuple[Taken, ...]:
    """Return what my runs are taken to share with the paper, in the order of the record.

    Args:
        result: The published record.
        settled: The fields that are known to be the same or to differ.
    """
    of_budget = any(field.startswith("budget.") for field in settled)
    found = (*_of_data(result), *_of_protocol(result))
    taken = [one for one in found if one.field not in settled]
    if not of_budget:
        taken.extend(_of_budget(result))
    return tuple(taken)


def _of_data(result: Result) -> Iterator[Taken]:
    on = result.on
    if on.version != "unknown":
        yield Taken("on.version", on.version)
    for field, text in (("revision", on.revision), ("variant", on.variant)):
        if text not in (None, "unknown"):
            yield Taken(f"on.{field}", str(text))
    if on.split not in (None, "unknown"):
        yield Taken("on.split", f"{on.split} split")
    if isinstance(on.n_items, int):
        yield Taken("on.n_items", counted(on.n_items, "item"))


def _of_protocol(result: Result) -> Iterator[Taken]:
    protocol = result.protocol
    if protocol.text is not None:
        yield Taken("protocol.text", protocol.text)
    else:
        yield from _of_evaluation(result)
    if protocol.checkpoint != "unknown":
        yield Taken("protocol.checkpoint", f"{protocol.checkpoint} checkpoint")


def _of_evaluation(result: Result) -> Iterator[Taken]:
    said = result.protocol.eval.model_dump(exclude_none=True)
    for name, value in said.items():
        field = f"protocol.eval.{name}"
        if value == "unknown":
            continue
        if name in ("episodes", "shots", "crops") and isinstance(value, int):
            yield Taken(field, counted(value, name.removesuffix("s")))
        else:
            yield Taken(field, f"{name} {value}")


def _of_budget(result: Result) -> Iterator[Taken]:
    """Yield the budget as printed, else as its first number."""
    budget = result.budget
    if budget.text is not None:
        yield Taken("budget.text", budget.text)
        return
    for field, noun in _COUNTED.items():
        count = getattr(budget, field)
        if count not in (None, "unknown"):
            plural = "" if count == 1 else "s"
            yield Taken(f"budget.{field}", f"{float(count):,.10g} {noun}{plural}")
            return
