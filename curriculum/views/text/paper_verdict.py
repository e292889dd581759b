"""The verdict on a whole paper as lines of text (VERDICTS.md §15)."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from curriculum.model.formatting import counted, names_text
from curriculum.model.verdicts import Assumption
from curriculum.reproduction.averages import Average
from curriculum.reproduction.papers import PaperVerdict
from curriculum.views.text.marks import style_of
from curriculum.views.text.signed_numbers import rounded_up, signed_number

_MOST_NAMES = 6
_MOST_NAMES_IN_NOTE = 5
_MOST_NAMES_IN_LINE = 3
_MOST_REASONS = 4
_DIGITS = 2
_ASSUMED: dict[Assumption, str] = {
    "my spread": "it rests on single runs of yours",
    "the paper's spread": "the paper gives no spread",
    "the paper's rule": "the paper does not say how its numbers were taken",
}


def paper_lines(work: str, verdict: PaperVerdict) -> Iterator[Text]:
    """Yield the verdict on a paper, what it rests on, and what is still open."""
    yield Text.assemble(
        (f"{work}  ", "bold"),
        (verdict.outcome.upper(), outcome_style(verdict.outcome)),
        f"{_qualification(verdict)}   {_settled(verdict)}",
    )
    for line in _details(verdict):
        yield Text(f"  {line}")


def outcome_style(outcome: str) -> str:
    """Return how a verdict is printed; an open one has no colour."""
    if outcome == "inconclusive":
        return "bold"
    return style_of(outcome)


def _qualification(verdict: PaperVerdict) -> str:
    basis = _on_average(verdict)
    if verdict.is_provisional and verdict.outcome != "inconclusive":
        return f"{basis} (provisional)"
    return basis


def _on_average(verdict: PaperVerdict) -> str:
    """Return ` on average over 7 tasks; 3 singly, none short`; nothing where each decides."""
    average = verdict.average
    if average is None or not verdict.is_on_average:
        return ""
    if verdict.outcome == "short":
        return f" on average over {_tasks(average)}; none singly"
    return f" on average over {_tasks(average)}; {len(verdict.singly) or 'none'} singly, none short"


def _tasks(average: Average) -> str:
    tasks = counted(len(average.tasks), "task")
    if len(average.results) == len(average.tasks):
        return tasks
    return f"{tasks} ({len(average.results)} results)"


def _settled(verdict: PaperVerdict) -> str:
    return f"{verdict.settled} of {verdict.primary} primary results settled"


def _details(verdict: PaperVerdict) -> Iterator[str]:
    if verdict.average is not None:
        yield from _average_lines(verdict.average, verdict)
    if verdict.short:
        yield f"short: {names_text(verdict.short, _MOST_NAMES)}"
    if verdict.short_by_chance:
        names = names_text(verdict.short_by_chance, _MOST_NAMES)
        yield f"short only singly, as one of {verdict.primary} may be by chance: {names}"
    if verdict.assumed:
        yield _provisional(verdict)
    if verdict.unattempted:
        yield f"not attempted: {names_text(verdict.unattempted, _MOST_NAMES)}"
    still_open = [name for name in verdict.open if name not in verdict.unattempted]
    if still_open:
        yield f"open: {names_text(still_open, _MOST_NAMES)}"


def _average_lines(average: Average, verdict: PaperVerdict) -> Iterator[str]:
    yield _average_line(average)
    if verdict.singly:
        yield f"reproduced singly: {names_text(verdict.singly, _MOST_NAMES)}"
    if verdict.outside:
        reasons = [f"{name} ({why})" for name, why in verdict.outside]
        yield f"not in the average: {names_text(reasons, _MOST_REASONS)}"


def _average_line(average: Average) -> str:
    gap = signed_number(average.gap, _DIGITS)
    low = signed_number(average.low, _DIGITS)
    high = signed_number(average.high, _DIGITS)
    sure = f"({100 * (1 - average.level):.3g} %)"
    mean = f"mean of {_tasks(average)}: D {gap} Δ [{low}, {high}]"
    return f"{mean}   {_worst(average)} {sure}"


def _worst(average: Average) -> str:
    if not average.worst:
        return "no worse than the paper"
    return f"no worse than {rounded_up(average.worst)} Δ below the paper"


def _provisional(verdict: PaperVerdict) -> str:
    return f"provisional: {', and '.join(_ASSUMED[what] for what in verdict.assumed)}"


def unsettled_line(work: str, verdict: PaperVerdict) -> str:
    """Return which results of a paper are still to be settled, once its steps are done."""
    settled = f"{verdict.settled} of {verdict.primary} primary results of {work} are settled"
    return f"note: {settled}; open: {names_text(verdict.open, _MOST_NAMES_IN_NOTE)}"


def settled_line(work: str, verdict: PaperVerdict) -> str:
    """Return how far a paper is reproduced, for the status."""
    if not verdict.is_attempted:
        return f"{work}: not attempted ({counted(verdict.primary, 'primary result')})"
    if verdict.is_on_average:
        return f"{work}: {verdict.outcome}{_qualification(verdict)}"
    return f"{work}: {progress_text(verdict)}"


def progress_text(verdict: PaperVerdict) -> str:
    """Return how many results are settled, the verdict so far, and what was not attempted."""
    if not verdict.is_attempted:
        return f"{_settled(verdict)} (not attempted)"
    provisional = ", provisional" if verdict.is_provisional else ""
    text = f"{_settled(verdict)} ({verdict.outcome}{provisional}{_so_far(verdict)})"
    if verdict.unattempted:
        return f"{text}; not attempted: {names_text(verdict.unattempted, _MOST_NAMES_IN_LINE)}"
    return text


def _so_far(verdict: PaperVerdict) -> str:
    """Return how much worse an open paper is on average at most."""
    average = verdict.average
    if average is None or verdict.outcome != "inconclusive":
        return ""
    return f"; on average over {_tasks(average)} {_worst(average)}"


def reproduced_line(work: str, verdict: PaperVerdict) -> str | None:
    """Return in which sense a paper is reproduced; None where each result is, firmly."""
    if not verdict.is_on_average and not verdict.is_provisional:
        return None
    line = f"{work}: {verdict.outcome}{_on_average(verdict)}"
    if verdict.assumed:
        return f"{line}; {_provisional(verdict)}"
    return line
