"""What changes gained and cost, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum.model.ablations import Ablation, ArmSummary
from curriculum.model.json_value import Json
from curriculum.practice.ablation_table import AblationTable
from curriculum.practice.changed_lines import CountedChange
from curriculum.reproduction.frontier import ChangeStanding, JudgedChange


def ablation_json(one: Ablation) -> Json:
    """Return a change as JSON; gains are shares, unless `relative` is false."""
    gain = one.gain
    return {
        "id": one.id,
        "date": one.day.isoformat(),
        "on": one.on,
        "change": one.change,
        "added": one.cost.added,
        "removed": one.cost.removed,
        "knobs": one.cost.knobs,
        "before": _arm_json(one.before),
        "after": _arm_json(one.after),
        "gain": gain.value,
        "interval": None if gain.low is None else [gain.low, gain.high],
        "relative": gain.is_relative,
        "noise": gain.is_noise,
        "kept": one.kept,
        "why": one.why,
        "parent": one.parent,
    }


def _arm_json(arm: ArmSummary) -> Json:
    return {"mean": arm.mean, "runs": arm.n}


def ablations_json(table: AblationTable, changes: Sequence[JudgedChange]) -> list[Json]:
    """Return the changes of a table as JSON, each with its line and its place among the others."""
    return [
        ablation_json(one.ablation) | _standing_json(one) | {"file": row.file, "line": row.line}
        for row, one in zip(table.rows, changes, strict=True)
    ]


def _standing_json(one: JudgedChange) -> Json:
    return {
        "standing": one.standing,
        "frontier": one.standing is ChangeStanding.FRONTIER,
        "free": one.standing is ChangeStanding.FREE,
        "dominated_by": one.by,
        "worth": one.is_worth,
    }


def counted_json(found: CountedChange | None) -> Json:
    """Return how the lines of a change were counted, under the key `counted`."""
    if found is None:
        return {"counted": None}
    return {"counted": {"knobs": list(found.knobs), "left_out": _left_out_json(found.left_out)}}


def _left_out_json(files: Iterable[tuple[str, str]]) -> list[Json]:
    return [{"file": path, "reason": reason} for path, reason in files]
