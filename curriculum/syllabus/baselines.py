"""Take the baselines of a paper from other results: `baseline: {ref: RESULT}`.

A result of another paper is named `PAPER#RESULT`. What such a name leads to is known only once that
paper was read, too.
"""

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


def rival_papers(paper: Paper) -> frozenset[str]:
    """Return the names of the other papers whose results are baselines of a paper."""
    names = {work for work, _ in map(_outside, paper.results) if work}
    return frozenset(names)


def with_rivals(paper: Paper, others: Mapping[str, Paper | None]) -> Paper:
    """Return a paper in which the baselines of other papers have their values and methods, too.

    Args:
        paper: The paper.
        others: The other papers by name; None where one cannot be read.
    """
    by_name = {}
    for name, other in others.items():
        for result in other.results if other is not None else ():
            by_name[f"{name}#{result.id}"] = result
    results = tuple(_with_baseline(result, by_name) for result in paper.results)
    return paper.model_copy(update={"results": results})


def rival_flaws(paper: Paper, others: Mapping[str, Paper | None]) -> Iterator[Flaw]:
    """Yield a flaw for every baseline in another paper that is not there, or measured otherwise."""
    for number, result in enumerate(paper.results):
        work, name = _outside(result)
        if work:
            path = ("results", number, "baseline", "ref")
            yield from _rival_flaws(path, result, name, others.get(work))


def _outside(result: Result) -> tuple[str, str]:
    """Return the paper and the result that a baseline names; empty where it is of the same file."""
    work, mark, name = (result.baseline.ref or "").partition("#")
    return (work, name) if mark else ("", "")


def _rival_flaws(
    path: tuple[str | int, ...], result: Result, name: str, other: Paper | None
) -> Iterator[Flaw]:
    ref = quoted(result.baseline.ref)
    if other is None:
        message = f"the baseline {ref} is in no paper that can be read"
        yield Flaw(path, "unknown-result", message, "name it like 'ddpg-2016#ddpg-hopper'")
        return
    by_id = {one.id: one for one in other.results}
    if name not in by_id:
        hint = suggestion(name, by_id, "see 'curriculum results PAPER --all'")
        yield Flaw(path, "unknown-result", f"the baseline {ref} is not a result", hint)
        return
    for key in _MEASURED_ALIKE:
        if getattr(result.metric, key) != getattr(by_id[name].metric, key):
            yield _measured_otherwise(path, ref, key)


def _measured_otherwise(path: tuple[str | int, ...], ref: str, key: str) -> Flaw:
    message = f"the baseline {ref} has another {key}"
    return Flaw(path, "bad-value", message, "name a result with the same metric")


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
        if isinstance(ref, str) and "#" not in ref:
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
            yield _measured_otherwise(path, quoted(ref), key)


def _metric(entry: Values) -> Values:
    """Return the metric of a result, its unit by the name that `%` stands for."""
    metric = _mapping(entry, "metric")
    return {**metric, "unit": unit_name(metric.get("unit"))}


def _mapping(entry: Values, key: str) -> Values:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
