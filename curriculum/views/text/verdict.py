"""Verdicts as lines of text (VERDICTS.md §18).

A verdict is never shown without its n, its reducer and its margin, and never says "failed" of the
reader's work.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from curriculum.model.formatting import counted
from curriculum.model.results import Result
from curriculum.model.verdicts import (
    PUBLISHED_GAP,
    ConfidenceInterval,
    Sample,
    Seeds,
    Verdict,
    WorstGap,
)
from curriculum.reproduction.case import Case
from curriculum.reproduction.diagnostics import Diagnostics
from curriculum.reproduction.looks import FIRST_LEVEL
from curriculum.reproduction.paper_comparison import PaperComparison, ResultComparison
from curriculum.reproduction.suites import Suite
from curriculum.views.text.digits import digits_of
from curriculum.views.text.lines import ADVICE, StyledLine
from curriculum.views.text.paper_verdict import outcome_style, paper_lines
from curriculum.views.text.provenance import reducer_of, where_published
from curriculum.views.text.record_change import change_line
from curriculum.views.text.signed_numbers import rounded_up, signed_number

NO_SCORES = StyledLine(
    (("no scores yet", ""), ("; 'curriculum score PAPER#RESULT VALUE...' records them", ADVICE))
)
_IN_HEADLINE = ("equivalent", "at least as good")


def comparison_lines(paper: PaperComparison) -> Iterator[Text]:
    """Yield the verdict on a paper, on each result that was attempted, and on its suites."""
    yield from paper_lines(paper.work, paper.verdict)
    for result in paper.results:
        yield from verdict_lines(result.case, result.verdict)
        for line in _lines_beside(result):
            yield Text(f"  {line}")
    for suite in paper.suites:
        yield Text(suite_line(suite))


def _lines_beside(result: ResultComparison) -> Iterator[str]:
    if result.change is not None:
        yield change_line(result.change, result.case, result.verdict)
    if result.diagnostics is not None:
        yield diagnostics_line(result.diagnostics)


def verdict_lines(case: Case, verdict: Verdict) -> Iterator[Text]:
    """Yield a verdict in three or more lines, which may be broken at three spaces."""
    result = case.result
    digits = digits_of(verdict, case)
    my_runs = _sample(verdict.mine, (digits.mine, digits.mine), "run")
    mine = f"mine {my_runs}, {reducer_of(result, case.attempt)}"
    seeds = _sample(verdict.paper, (digits.paper, digits.spread), "seed")
    paper = f"paper {seeds}, {result.rule}"
    name = verdict.result.partition("#")[2]
    yield Text.assemble(
        f"{name}  ",
        (headline(verdict), outcome_style(verdict.outcome)),
        f"   {mine}   {paper}, {where_published(result)}",
    )
    for line in _details(case, verdict, digits.margin):
        yield Text(f"  {line}")


def headline(verdict: Verdict) -> str:
    """Return the verdict in capitals with its qualifications, as `INCONCLUSIVE, leaning short`."""
    outcome = verdict.outcome.upper()
    if verdict.lean is not None:
        return f"{outcome}, leaning {verdict.lean}"
    if verdict.outcome == "inconclusive":
        return outcome
    qualities = [remark for remark in verdict.remarks if remark in _IN_HEADLINE]
    if verdict.provisional:
        qualities.append("provisional")
    if not qualities:
        return outcome
    return f"{outcome} ({', '.join(qualities)})"


def _details(case: Case, verdict: Verdict, digits: int) -> Iterator[str]:
    yield _numbers(verdict, digits)
    yield from _bound(case, verdict)
    yield from _reason(verdict)
    if verdict.seeds is not None:
        runs = "runs in all" if case.result.claim.kind == "value" else "runs of each arm"
        yield _seeds_line(verdict.seeds, runs)
    yield from _taken(case)
    yield from verdict.deviations
    for remark in verdict.remarks:
        if remark not in _IN_HEADLINE:
            yield remark
    if verdict.extra:
        are = "is extra and counts" if verdict.extra == 1 else "are extra and count"
        yield f"{counted(verdict.extra, 'run')} more than declared {are} for nothing"


def _bound(case: Case, verdict: Verdict) -> Iterator[str]:
    """Yield how much worse mine is at most."""
    if verdict.worst_gap is None:
        return
    yield worst_gap_line(verdict.worst_gap, verdict.bound_level, case.result)


def _reason(verdict: Verdict) -> Iterator[str]:
    """Yield why the verdict is open, and why it is not known how much worse mine is at most."""
    has_bound = verdict.worst_gap is not None or verdict.mine is None
    # An interval that leaves it open is its own reason: the line above shows it.
    if verdict.cause not in (None, "interval"):
        untested = "" if has_bound else "; without a test there is no bound, either"
        yield f"why: {verdict.cause}{untested}"
    elif not has_bound:
        yield f"no bound on how much worse mine is: {verdict.no_bound}"


def _taken(case: Case) -> Iterator[str]:
    """Yield what mine is taken to share with the paper."""
    taken = [one.text for one in case.protocol.taken]
    if taken:
        yield f"taken as in the paper: {', '.join(taken)}"


def _numbers(verdict: Verdict, digits: int) -> str:
    margin = f"Δ {verdict.margin.size:.{digits}f} ({verdict.margin.origin})"
    interval = verdict.interval
    if verdict.difference is None:
        return margin
    if interval is None:
        return f"D {signed_number(verdict.difference, digits)}, not tested   {margin}"
    if interval.error == 0:
        return f"D {signed_number(interval.difference, digits)}   {margin}"
    parts = [_interval(interval, verdict.level, digits), margin, _chances(interval)]
    # Of an ordering, 0 is no published number that mine could be consistent with.
    if verdict.margin.size > 0:
        parts.append(_consistency(interval))
    return "   ".join(parts)


def worst_gap_line(gap: WorstGap, level: float, result: Result) -> str:
    """Return how much worse mine is at most, as `no worse than 12 % below the paper (96 %)`.

    The number is rounded up: it is what mine is no worse than. A level of 0 is certainty.
    """
    sure = f"({100 * (1 - level):.3g} %)" if level else "(exactly)"
    than = gap.than
    if gap.size == 0:
        return f"no worse than {than} {sure}"
    is_gap = than == PUBLISHED_GAP
    if result.metric.direction == "target" and not is_gap:
        return f"no more than {rounded_up(gap.size)} farther from the target than {than} {sure}"
    side = "above" if result.metric.direction == "lower" and not is_gap else "below"
    size = rounded_up(gap.size)
    if gap.share is not None:
        size = f"{rounded_up(100 * gap.share)} %"
    elif result.metric.unit == "percent":
        size = f"{size} points"
    return f"no worse than {size} {side} {than} {sure}"


def _interval(interval: ConfidenceInterval, level: float, digits: int) -> str:
    difference = signed_number(interval.difference, digits)
    low = signed_number(interval.low, digits)
    high = signed_number(interval.high, digits)
    text = f"D {difference} [{low}, {high}]"
    if level == FIRST_LEVEL:
        return text
    # Looks share the level, so that the interval of a later one is longer than the usual 92 %.
    percent = 100 * (1 - 2 * level)
    return f"{text} at {percent:.3g} %"


def _chances(interval: ConfidenceInterval) -> str:
    short = f"short {_percent(interval.short)}"
    within = f"within {_percent(interval.within)}"
    beyond = f"beyond {_percent(interval.beyond)}"
    return f"{short} · {within} · {beyond}"


def _percent(chance: float) -> str:
    if 0 < chance < 0.005:
        return "<1 %"
    if 0.995 < chance < 1:
        return ">99 %"
    return f"{100 * chance:.0f} %"


def _consistency(interval: ConfidenceInterval) -> str:
    if interval.consistent:
        return "consistent (0 in 95 % CI)"
    return "in tension (0 outside 95 % CI)"


def _seeds_line(seeds: Seeds, runs: str) -> str:
    """Return how many runs would settle it, as `12 runs in all would ...`."""
    if seeds.needed is None:
        return (
            "undecidable: the paper's n is too small for this margin; widen it with a reason, "
            "find per-seed data, or reproduce the gap to a baseline in your own code"
        )
    settle = f"{seeds.needed} {runs} would settle it"
    go_on = "if they go on like this"
    if seeds.for_power is None:
        return f"{settle}, {go_on}"
    if seeds.for_power == seeds.needed:
        return f"{settle} with a chance of 80 %, {go_on}"
    return f"{settle}, {go_on}; {seeds.for_power} would with a chance of 80 %"


def _sample(sample: Sample | None, digits: tuple[int, int], run: str) -> str:
    """Return a side of the comparison; the digits are those of its centre and its deviation."""
    if sample is None:
        return "nothing"
    number = f"{sample.centre:.{digits[0]}f}"
    if sample.sd is not None:
        number = f"{number} ±{sample.sd:.{digits[1]}f}"
    runs = counted(sample.n, run) if sample.n else "n unknown"
    if sample.what not in ("mean", "single", "unknown"):
        runs = f"{sample.what}, {runs}"
    return f"{number} ({runs})"


def suite_line(suite: Suite) -> str:
    """Return the interquartile mean of a suite as a line."""
    narrow = f"; few runs ({suite.runs}): the interval is too narrow" if suite.is_narrow else ""
    mine = f"{suite.mine:.3f} [{suite.low:.3f}, {suite.high:.3f}]"
    return (
        f"{suite.name}: normalised IQM {mine} over {len(suite.tasks)} tasks, "
        f"paper {suite.paper:.3f} (95 % stratified bootstrap{narrow})"
    )


def diagnostics_line(found: Diagnostics) -> str:
    """Return what per-run values tell besides the verdict."""
    chance = f"{found.better:.2f} [{found.better_low:.2f}, {found.better_high:.2f}]"
    exact = ""
    if found.permutation is not None:
        exact = f", exact permutation p {found.permutation:.3f}"
    return f"beside it: P(mine better) {chance}, medians {found.medians:+.4g}{exact}"
