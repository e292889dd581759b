"""Take the baselines of a paper from its other results: `baseline: {ref: RESULT}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.model.quantities import quoted
from curriculum.model.results import Result, unit_name
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Paper
from curriculum.syllabus.inheritance import Values
from curriculum.syllabus.located_problems import Flaw

_MEASURED_ALIKE = ("direction", "unit", "target")


def with_baselines(paper: Paper) -> Paper:
    """Return a paper in which each baseline that names a result has its value and its method."""
    by_id = {result.id: result for result in paper.results}
    results = tuple(_with_baseline(result, by_id) for result in paper.results)
    return paper.model_copy(update={"results": results})


def _with_baseline(result: Result, by_id: Mapping[str, Result]) -> Result:
    rival = by_id.get(result.baseline.ref or "")
    if rival is None:
        return result
    taken = {"value": rival.value.value, "method": result.baseline.method or rival.method}
    baseline = result.baseline.model_copy(update=taken)
    return result.model_copy(update={"baseline": baseline})


def baseline_flaws(document: Values) -> Iterator[Flaw]:
    """Yield a flaw for every baseline that names no result, or one that is measured otherwise.

    Args:
        document: A file's content with every result written out.
    """
    results = document.get("results")
    if not isinstance(results, list):
        return
    entries = [entry if isinstance(entry, dict) else {} for entry in results]
    by_id = {entry["id"]: entry for entry in entries if isinstance(entry.get("id"), str)}
    for number, entry in enumerate(entries):
        ref = _mapping(entry, "baseline").get("ref")
        if isinstance(ref, str):
            path = ("results", number, "baseline", "ref")
            yield from _flaws_of(path, ref, entry, by_id)


def _flaws_of(
    path: tuple[str | int, ...], ref: str, entry: Values, by_id: Mapping[str, Values]
) -> Iterator[Flaw]:
    own = entry.get("id")
    others = [name for name in by_id if name != own]
    if ref not in others:
        message = f"{quoted(ref)} is not the id of another result of this file"
        hint = suggestion(ref, others, "write the id of another result of this file")
        yield Flaw(path, "unknown-result", message, hint)
        return
    mine = _metric(entry)
    rival = _metric(by_id[ref])
    for key in _MEASURED_ALIKE:
        if mine.get(key) != rival.get(key):
            message = f"the baseline {quoted(ref)} has another {key}"
            hint = "name a result with the same metric"
            yield Flaw(path, "bad-value", message, hint)


def _metric(entry: Values) -> Values:
    """Return the metric of a result, its unit by the name that `%` stands for."""
    metric = _mapping(entry, "metric")
    return {**metric, "unit": unit_name(metric.get("unit"))}


def _mapping(entry: Values, key: str) -> Values:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
