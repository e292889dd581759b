"""The attempts at a published result, each run and each verdict as it was given, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.attempts import Attempt, Judged, Run
from curriculum.model.formatting import counted

_BARS = "▁▂▃▄▅▆▇█"


def history_lines(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the attempts at a result, with their runs and verdicts."""
    for number, attempt in enumerate(attempts, 1):
        yield f"attempt {number}: {_attempt_text(attempt)}"
        for run in attempt.runs:
            yield f"  {_run_text(run)}"
        for judged in attempt.judged:
            yield f"  {_judged_text(judged)}"


def _attempt_text(attempt: Attempt) -> str:
    parts = [counted(len(attempt.runs), "run")]
    if attempt.seeds:
        parts.append(f"{attempt.seeds} declared")
    if attempt.commits:
        parts.append(f"commit {', '.join(attempt.commits)}")
    values = [run.value for run in attempt.runs if run.value is not None]
    return f"{', '.join(parts)}  {sparkline(values)}"


def _run_text(run: Run) -> str:
    parts = [_value_text(run), "no seed given"]
    if run.seed:
        parts[1] = f"seed {run.seed}"
    if run.path:
        parts.append(run.path)
    return "  ".join(parts)


def _value_text(run: Run) -> str:
    if run.value is None:
        return f"no number: {run.failed or 'no reason given'}"
    number = f"{run.value:.10g}"
    if run.of == 1:
        return number
    if run.sd is None:
        return f"{number} of {run.of} runs, without a deviation"
    return f"{number} ±{run.sd:.10g} of {run.of} runs"


def _judged_text(judged: Judged) -> str:
    outcome = judged.outcome
    if judged.lean:
        outcome = f"{outcome}, leaning {judged.lean}"
    runs = counted(judged.n, "run")
    against = f"against {judged.value}, Δ {judged.margin:.4g}"
    return f"{runs}: {outcome} ({against})"


def sparkline(values: Sequence[float]) -> str:
    """Return values as bars from the least to the greatest.

    >>> sparkline([1, 2, 3])
    '▁▄█'
    """
    if not values:
        return ""
    low = min(values)
    span = (max(values) - low) or 1.0
    tallest = len(_BARS) - 1
    return "".join(_BARS[int((value - low) / span * tallest)] for value in values)
