"""Verdicts in the words of a statistician, as lines; nothing is decided here.

Never a verdict without its n, reducer and margin; and never the word that a learner should not hear.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.text import Text

from curriculum.model.attempts import Attempt, Judged
from curriculum.model.formatting import counted
from curriculum.model.results import Result
from curriculum.model.verdicts import Sample, Verdict
from curriculum.reproduction.diagnostics import Extras
from curriculum.reproduction.papers import PaperVerdict
from curriculum.reproduction.suites import Suite
from curriculum.views.text.provenance import reducer_of, rule_of, where_published

STYLES = {
    "reproduced": "bold green",
    "beyond": "bold cyan",
    "short": "bold yellow",
    "inconclusive": "bold",
}


def verdict_lines(verdict: Verdict, result: Result, attempt: Attempt) -> Iterator[Text]:
    """Yield a verdict in three or more lines; three spaces stand where a line may be broken."""
    digits = digits_of(verdict, result)
    yield Text.assemble(
        f"{verdict.result.partition('#')[2]}  ",
        (headline(verdict), STYLES[verdict.outcome]),
        f"   mine {_sample(verdict.mine, digits, 'run')}, {reducer_of(result, attempt)}"
        f"   paper {_sample(verdict.paper, digits, 'seed')}, {rule_of(result.protocol.reducer)}, {where_published(result)}",
    )
    for line in _details(verdict, digits):
        yield Text(f"  {line}")


def headline(verdict: Verdict) -> str:
    """Return the verdict in capitals with its first qualification, as `INCONCLUSIVE, leaning short`."""
    said = verdict.outcome.upper()
    if verdict.outcome == "inconclusive":
        return f"{said}, leaning {verdict.interval.lean}" if verdict.interval else said
    qualities = [
        remark for remark in verdict.remarks if remark in ("equivalent", "at least as good")
    ]
    qualities += ["provisional"] * verdict.provisional
    return f"{said} ({', '.join(qualities)})" if qualities else said


def _details(verdict: Verdict, digits: int) -> Iterator[str]:
    margin = f"Δ {verdict.margin.size:.{digits}f} ({verdict.margin.origin})"
    if verdict.interval is None:
        yield margin
    else:
        yield f"{_interval(verdict, digits)}   {margin}   {_chances(verdict)}   {_consistency(verdict)}"
    if verdict.cause not in (None, "interval"):
        yield f"why: {verdict.cause}"
    yield from _seeds(verdict)
    yield from verdict.deviations
    for remark in verdict.remarks:
        if remark not in ("equivalent", "at least as good"):
            yield remark
    if verdict.extra:
        are = "is extra and counts" if verdict.extra == 1 else "are extra and count"
        yield f"{counted(verdict.extra, 'run')} more than declared {are} for nothing"


def _interval(verdict: Verdict, digits: int) -> str:
    interval = verdict.interval
    assert interval is not None, "the caller looked"
    level = "" if verdict.level == 0.05 else f" at {100 * (1 - 2 * verdict.level):.3g} %"
    ends = f"[{signed_number(interval.low, digits)}, {signed_number(interval.high, digits)}]{level}"
    return f"D {signed_number(interval.difference, digits)} {ends}"


def _chances(verdict: Verdict) -> str:
    interval = verdict.interval
    assert interval is not None, "the caller looked"
    chances = (("short", interval.short), ("within", interval.within), ("beyond", interval.beyond))
    return " · ".join(f"{name} {_percent(chance)}" for name, chance in chances)


def _percent(chance: float) -> str:
    if 0 < chance < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 < chance < 1 else f"{100 * chance:.0f} %"


def _consistency(verdict: Verdict) -> str:
    assert verdict.interval is not None, "the caller looked"
    return (
        "consistent (0 in 95 % CI)"
        if verdict.interval.consistent
        else "in tension (0 outside 95 % CI)"
    )


def _seeds(verdict: Verdict) -> Iterator[str]:
    if verdict.seeds is None:
        return
    if verdict.seeds.needed is None:
        yield (
            "undecidable: the paper's n is too small for this margin; widen it with a reason, find per-seed data, "
            "or reproduce the gap to a baseline in your own code"
        )
    else:
        yield f"{verdict.seeds.needed} runs in all would settle it, if they go on like this"


def _sample(sample: Sample | None, digits: int, run: str) -> str:
    if sample is None:
        return "nothing"
    spread = "" if sample.sd is None else f" ±{sample.sd:.{digits}f}"
    count = "n unknown" if sample.n == 0 else counted(sample.n, run)
    what = "" if sample.what in ("mean", "single", "unknown") else f"{sample.what}, "
    return f"{sample.centre:.{digits}f}{spread} ({what}{count})"


def digits_of(verdict: Verdict, result: Result) -> int:
    """Return how many digits after the point to show: those of the paper, and two of the margin."""
    exponent = result.value.value.as_tuple().exponent
    printed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    size = verdict.margin.size
    needed = max(0, 1 - math.floor(math.log10(size))) if size > 0 else 0
    return min(max(printed if size < 100 else min(printed, 1), needed), 10)


def signed_number(value: float, digits: int) -> str:
    """Return a number with its sign, a real minus for a negative one."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text.replace("-", "").replace("+", "")


def paper_lines(work: str, verdict: PaperVerdict) -> Iterator[Text]:
    """Yield the verdict on a paper, and what is still open."""
    provisional = (
        " (provisional)" if verdict.is_provisional and verdict.outcome != "inconclusive" else ""
    )
    yield Text.assemble(
        (f"{work}  ", "bold"),
        (f"{verdict.outcome.upper()}{provisional}", STYLES[verdict.outcome]),
        f"   {verdict.settled} of {verdict.primary} primary results settled",
    )
    for names, what in ((verdict.unattempted, "not attempted"), (_attempted(verdict), "open")):
        if names:
            more = f" and {len(names) - 6} more" if len(names) > 6 else ""
            yield Text(f"  {what}: {', '.join(names[:6])}{more}")


def _attempted(verdict: PaperVerdict) -> tuple[str, ...]:
    return tuple(name for name in verdict.open if name not in verdict.unattempted)


def suite_line(suite: Suite) -> str:
    """Return the interquartile mean of a suite as a line."""
    narrow = f"; few runs ({suite.runs}): the interval is too narrow" if suite.is_narrow else ""
    return (
        f"{suite.name}: normalised IQM {suite.mine:.3f} [{suite.low:.3f}, {suite.high:.3f}] over "
        f"{len(suite.tasks)} tasks, paper {suite.paper:.3f} (95 % stratified bootstrap{narrow})"
    )


def stale_line(judged: Judged, result: Result) -> str:
    """Return what is to be said of a verdict on a number that was changed since."""
    return (
        f"the published record has changed since it was judged ({judged.value} then, {result.value.value} now): "
        f"the verdict then, {judged.outcome} with {judged.n} runs, is stale"
    )


def unsettled_line(work: str, paper: PaperVerdict) -> str:
    """Return which results of a paper are still to be settled, once its steps are done."""
    more = f" and {len(paper.open) - 5} more" if len(paper.open) > 5 else ""
    return (
        f"note: {paper.settled} of {paper.primary} primary results of {work} are settled; "
        f"open: {', '.join(paper.open[:5])}{more}"
    )


def settled_line(work: str, paper: PaperVerdict) -> str:
    """Return how far a paper's results have come, for the status."""
    return f"{work}: {paper.settled} of {paper.primary} primary results settled ({paper.outcome})"


def extras_line(extras: Extras) -> str:
    """Return what per-run values tell besides the verdict."""
    exact = (
        f", exact permutation p {extras.permutation:.3f}" if extras.permutation is not None else ""
    )
    return (
        f"beside it: P(mine better) {extras.better:.2f} [{extras.better_low:.2f}, {extras.better_high:.2f}]"
        f", medians {extras.medians:+.4g}{exact}"
    )
