"""The attempts at a published result, each run and each verdict as it was given, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.attempts import Attempt, Judged, Run
from curriculum.model.formatting import counted

_BARS = "▁▂▃▄▅▆▇█"


def history_lines(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the attempts at a result: each run, and each verdict as it was given."""
    for number, attempt in enumerate(attempts, 1):
        yield f"attempt {number}: {_attempt_text(attempt)}"
        for run in attempt.runs:
            yield f"  {_run_text(run)}"
        for judged in attempt.judged:
            yield f"  {_judged_text(judged)}"


def _attempt_text(attempt: Attempt) -> str:
    declared = f", {attempt.seeds} declared" if attempt.seeds else ""
    commits = f", commit {', '.join(attempt.commits)}" if attempt.commits else ""
    values = [run.value for run in attempt.runs if run.value is not None]
    return f"{counted(len(attempt.runs), 'run')}{declared}{commits}  {sparkline(values)}"


def _run_text(run: Run) -> str:
    value = f"no number: {run.failed or 'no reason given'}"
    if run.value is not None:
        value = f"{run.value:g}"
    spread = "" if run.sd is None else f" ±{run.sd:g} of {run.of} runs"
    seed = f"seed {run.seed}" if run.seed else "no seed given"
    path = f"  {run.path}" if run.path else ""
    return f"{value}{spread}  {seed}{path}"


def _judged_text(judged: Judged) -> str:
    lean = f", leaning {judged.lean}" if judged.lean else ""
    against = f"against {judged.value}, Δ {judged.margin:.4g}"
    return f"{counted(judged.n, 'run')}: {judged.outcome}{lean} ({against})"


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
