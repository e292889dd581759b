"""How good predictions were, and what is admired, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from curriculum.model.formatting import counted, names_text
from curriculum.practice.admiration import AdmiredList, kinds_of
from curriculum.practice.predictions import PredictionCounts
from curriculum.reproduction.calibration import (
    BIN_LEVEL,
    FEWEST,
    Bias,
    Calibration,
    CalibrationBin,
    GroupScore,
    Murphy,
    RangeScore,
)
from curriculum.views.text.lines import StyledLine, line
from curriculum.views.text.tables import FoldingTable

_MOST_SHOWN = 5

_FEW_OF_EACH = 5
"""With fewer predictions of each probability on average, chance shows in the parts of the score."""

_BIASES = {
    Bias.CALIBRATED: "Calibrated, as far as {n} predictions can tell.",
    Bias.OVERCONFIDENT: "Overconfident: what you held to be likely came true too seldom.",
    Bias.UNDERCONFIDENT: "Underconfident: what you held to be likely came true even more often.",
    Bias.TOO_HIGH: "Too high: things came true less often than you said, likely or not.",
    Bias.TOO_LOW: "Too low: things came true more often than you said, likely or not.",
}


def count_lines(found: Calibration, counts: PredictionCounts) -> Iterator[str]:
    """Yield how many predictions there are, and whether they are enough."""
    yield f"{counted(found.decided, 'prediction')} decided{_others(counts)}"
    if found.bias is Bias.TOO_FEW:
        yield f"Too few to say how good they are: {FEWEST} must be decided."


def _others(counts: PredictionCounts) -> str:
    parts = [f"{counts.open} open"]
    if counts.due:
        parts.append(f"{len(counts.due)} of them due")
    if counts.void:
        parts.append(f"{counts.void} void")
    if counts.seen:
        parts.append(f"{counts.seen} of numbers seen before, not counted")
    return f"; {', '.join(parts)}"


def calibration_lines(found: Calibration) -> Iterator[str]:
    """Yield the scores of the predictions, where there are enough of them."""
    if found.bias is Bias.TOO_FEW or found.murphy is None:
        return
    assert found.first is not None, "both scores are there where one is"
    assert found.last is not None, "both scores are there where one is"
    base = found.murphy.uncertainty
    yield "Brier score (0 is perfect; always saying 50 % gives 0.25):"
    yield f"  {_score(found.last)} for your last probabilities, {_score(found.first)} for the first"
    yield f"  {_score(base)} for always saying how many came true in the end"
    yield f"  {_parts(found.murphy)}"
    if found.decided < _FEW_OF_EACH * found.murphy.values:
        yield (
            f"  note: you said {found.murphy.values} different probabilities; with so few "
            "predictions of each, reliability and resolution look larger than they are"
        )
    yield _BIASES[found.bias].format(n=found.decided)
    yield from _commonest_line(found)


def _parts(parts: Murphy) -> str:
    """Return the parts of the score, in words that say which way is better."""
    return (
        f"{_score(parts.brier)} = {_score(parts.reliability)} reliability (less is better) "
        f"- {_score(parts.resolution)} resolution (more is better) "
        f"+ {_score(parts.uncertainty)} uncertainty"
    )


def _commonest_line(found: Calibration) -> Iterator[str]:
    if found.commonest is None:
        return
    name, count = found.commonest
    if count > 2 and 2 * count >= found.decided:
        yield (
            f"note: {count} of the {found.decided} are about '{name}'; they are right or wrong "
            "together, and show less than as many on different things"
        )


def bins_table(found: Calibration) -> FoldingTable:
    """Return the tenths that hold predictions."""
    level = f"{100 * BIN_LEVEL:.0f} % interval"
    table = FoldingTable(
        "said", ">n", ">mean said", ">came true", f">{level}", folds=("mean said",)
    )
    for one in found.bins:
        if one.n:
            table.add_row(*_cells(one))
    return table


def _cells(one: CalibrationBin) -> tuple[str, ...]:
    assert one.said is not None, "the bin is not empty"
    span = f"{int(100 * one.start)}-{int(100 * one.end)} %"
    ends = f"{100 * one.low:.0f}-{100 * one.high:.0f} %"
    return span, str(one.n), _percent(one.said), f"{one.came} of {one.n}", ends


def range_lines(ranges: RangeScore | None) -> Iterator[str]:
    """Yield how the ranges did."""
    if ranges is None:
        return
    inside = f"{ranges.inside} of {counted(ranges.n, 'range')} held the number"
    if ranges.n < FEWEST:
        yield inside
        return
    text = f"{inside}; said on average {_percent(ranges.said)}"
    if ranges.interval_score is not None:
        score = f"{100 * float(ranges.interval_score):.1f} % of the published number"
        text = f"{text}; interval score {score} (width and misses, less is better)"
    yield text


def groups_table(heading: str, groups: Iterable[GroupScore]) -> FoldingTable:
    """Return the scores of groups; those that are too few have none."""
    table = FoldingTable(heading, ">n", ">mean said", ">came true", ">Brier")
    for one in groups:
        score = _score(one.brier) if one.n >= FEWEST else "too few to say"
        table.add_row(one.name, str(one.n), _percent(one.said), _percent(one.came), score)
    return table


def admired_kinds_lines(admired: AdmiredList) -> Iterator[str]:
    """Yield what is admired, by kind."""
    if admired.entries:
        kinds = names_text([f"{name} {count}" for name, count in kinds_of(admired)], _MOST_SHOWN)
        works = counted(len(admired.entries), "work")
        yield f"Admired: {works} ({kinds}); 'curriculum admire' lists them."


def admired_list_lines(admired: AdmiredList) -> Iterator[str | StyledLine]:
    """Yield each work that is admired, and what for."""
    for entry in admired.entries:
        one = entry.value
        kind = "" if one.kind is None else f"  {one.kind}"
        yield line((one.work, "bold"), kind)
        yield f"    {one.on}: {one.why}"
    if not admired.entries:
        yield "Nothing is admired yet; 'curriculum admire WORK --why TEXT' notes a work."


def problem_lines(count: int) -> Iterator[str]:
    """Yield that some of the files have problems, and so do not count."""
    if count:
        yield f"note: {counted(count, 'problem')} in taste/; 'curriculum check' says where"


def _score(score: Fraction) -> str:
    return f"{float(score):.3f}"


def _percent(share: Fraction) -> str:
    return f"{100 * float(share):.0f} %"
