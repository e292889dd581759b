"""What changes gained and cost, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.ablations import Ablation, Cost
from curriculum.model.formatting import counted, names_text
from curriculum.practice.ablation_table import arm_text, gain_text
from curriculum.practice.changed_lines import CountedChange
from curriculum.reproduction.frontier import ChangeStanding, JudgedChange
from curriculum.views.text.tables import FoldingTable

_MOST_KNOBS = 5


def ablation_made_lines(
    one: Ablation, file: str, found: CountedChange | None, notes: Sequence[str]
) -> Iterator[str]:
    """Yield what was recorded of a change."""
    yield from notes
    arms = f"{arm_text(one.before)} to {arm_text(one.after)}"
    yield f"{one.id}: {one.change}, on {one.on}: {arms}"
    yield f"  gain {_gain(one)}{_doubt(one)}"
    yield f"  cost {_cost(one.cost)}{_named_knobs(found)}"
    if found is not None and found.left_out:
        yield f"  not counted: {_left_out(found)}"
    yield f"wrote: {file}"


def _doubt(one: Ablation) -> str:
    noise = one.gain.is_noise
    if noise is None:
        return ", one run: no interval"
    return ", which cannot be told from nothing" if noise else ""


def _gain(one: Ablation) -> str:
    gain = one.gain
    shown = gain_text(gain.value, gain)
    if gain.low is None or gain.high is None:
        return shown
    return f"{shown} [{gain_text(gain.low, gain)}, {gain_text(gain.high, gain)}]"


def _cost(cost: Cost) -> str:
    lines = f"{counted(cost.added, 'line')} added, {cost.removed} removed"
    return f"{lines}, {counted(cost.knobs, 'knob')}"


def _named_knobs(found: CountedChange | None) -> str:
    if found is None or not found.knobs:
        return ""
    return f" ({names_text(found.knobs, _MOST_KNOBS)})"


def _left_out(found: CountedChange) -> str:
    reasons = Counter(reason for _, reason in found.left_out)
    parts = (counted(count, _NOUNS.get(reason, reason)) for reason, count in reasons.items())
    return ", ".join(parts)


_NOUNS = {"binary": "binary file", "prose": "file of prose", "test": "file of tests"}


def change_tables(changes: Sequence[JudgedChange]) -> Iterator[FoldingTable]:
    """Yield a table for each task with the changes on it, the best first."""
    tasks = dict.fromkeys(one.ablation.on for one in changes)
    for on in tasks:
        found = [one for one in changes if one.ablation.on == on]
        yield _table(on, sorted(found, key=_order))


def _order(one: JudgedChange) -> tuple[int, float, int, str]:
    place = list(ChangeStanding).index(one.standing)
    return place, -one.ablation.gain.value, one.ablation.cost.net, one.ablation.id


def _table(on: str, changes: Sequence[JudgedChange]) -> FoldingTable:
    headings = ["what", ">lines", ">knobs", ">gain", ">90 % interval", "kept", "standing"]
    has_line = any(one.is_worth is not None for one in changes)
    if has_line:
        headings.append("worth")
    table = FoldingTable(*headings, title=on, folds=("kept", "knobs"))
    for one in changes:
        cost, gain = one.ablation.cost, one.ablation.gain
        cells = (
            _name(one.ablation),
            f"+{cost.added} -{cost.removed}",
            f"{cost.knobs:+d}" if cost.knobs else "0",
            gain_text(gain.value, gain),
            _interval(one.ablation),
            _YES_OR_NO[one.ablation.kept],
            _STANDINGS[one.standing].format(by=one.by or "nothing"),
        )
        table.add_row(*cells, *([_YES_OR_NO[one.is_worth]] if has_line else []))
    return table


def _name(one: Ablation) -> str:
    return one.id if one.parent is None else f"{one.id} (on top of {one.parent})"


def _interval(one: Ablation) -> str:
    gain = one.gain
    if gain.low is None or gain.high is None:
        return ""
    return f"{gain_text(gain.low, gain).removesuffix('%')} to {gain_text(gain.high, gain)}"


_YES_OR_NO = {True: "yes", False: "no", None: ""}

_STANDINGS = {
    ChangeStanding.FRONTIER: "frontier",
    ChangeStanding.DOMINATED: "behind {by}",
    ChangeStanding.NOISE: "not told from 0",
    ChangeStanding.FREE: "free deletion",
    ChangeStanding.ONE_RUN: "one run",
}


def frontier_lines(changes: Sequence[JudgedChange]) -> Iterator[str]:
    """Yield what the words of the table mean, as far as they occur in it."""
    standings = {one.standing for one in changes}
    for standing, meaning in _MEANINGS.items():
        if standing in standings:
            yield meaning.format(free=_free(changes))
    if any(one.is_worth is not None for one in changes):
        yield "worth: whether it gains what 'worth' in the settings asks of so many lines"


_MEANINGS = {
    ChangeStanding.FRONTIER: (
        "frontier: no other change gains as much with as few lines, nor does doing nothing"
    ),
    ChangeStanding.DOMINATED: "behind: that one gains as much with as few lines",
    ChangeStanding.FREE: "free deletion: no loss can be told from 0; at worst {free}",
    ChangeStanding.NOISE: "not told from 0: the 90 % interval holds 0; more runs may tell",
    ChangeStanding.ONE_RUN: "one run: without a second one on each side there is no interval",
}


def _free(changes: Iterable[JudgedChange]) -> str:
    parts = []
    for change in changes:
        one = change.ablation
        if change.standing is not ChangeStanding.FREE:
            continue
        assert one.gain.low is not None, "without an interval, nothing is called free"
        worst = gain_text(one.gain.low, one.gain)
        parts.append(f"{worst} for {counted(-one.cost.net, 'line')} fewer ({one.id})")
    return ", ".join(parts)


NO_ABLATIONS = (
    "No change is recorded; 'curriculum ablation CHANGE --of TASK --before ... --after ... "
    "--lines 2' records one."
)
