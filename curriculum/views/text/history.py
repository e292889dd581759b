"""The attempts at a published result, each run and each verdict as it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.attempts import Attempt
from curriculum.model.formatting import counted

BARS = "▁▂▃▄▅▆▇█"


def history_lines(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the attempts at a result: each run, and each verdict as it was given."""
    for number, attempt in enumerate(attempts, 1):
        values = [run.value for run in attempt.runs if run.value is not None]
        commit = f", commit {', '.join(attempt.commits)}" if attempt.commits else ""
        declared = f", {attempt.seeds} declared" if attempt.seeds else ""
        yield f"attempt {number}: {counted(len(attempt.runs), 'run')}{declared}{commit}  {sparkline(values)}"
        for run in attempt.runs:
            seed = f"seed {run.seed}" if run.seed else "seed not said"
            came = (
                f"{run.value:g}"
                if run.value is not None
                else f"no number: {run.failed or 'not said why'}"
            )
            spread = f" ±{run.sd:g} of {run.of} runs" if run.sd is not None else ""
            yield f"  {came}{spread}  {seed}{f'  {run.path}' if run.path else ''}"
        for judged in attempt.judged:
            lean = f", leaning {judged.lean}" if judged.lean else ""
            against = f"against {judged.value}, Δ {judged.margin:.4g}"
            yield f"  {counted(judged.n, 'run')}: {judged.outcome}{lean} ({against})"


def sparkline(values: Sequence[float]) -> str:
    """Return values as bars from the least to the greatest.

    >>> sparkline([1, 2, 3])
    '▁▄█'
    """
    if not values:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(BARS[int((value - low) / span * (len(BARS) - 1))] for value in values)
