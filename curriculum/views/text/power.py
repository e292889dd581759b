"""Chances of verdicts beforehand, as a table for a person."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from curriculum.model.formatting import counted
from curriculum.reproduction.power import Chances, Power, PowerRow
from curriculum.views.text.results import claim_text

_GOOD = 0.8
_COLUMNS = {
    "equal": "reproduced",
    "half a margin worse": "reproduced",
    "a margin worse": "reproduced",
    "two margins worse": "short",
    "two margins better": "beyond",
}
"""What may be true of my method, and the verdict whose chance is shown of it."""

_HEADINGS = {
    "equal": "equal",
    "half a margin worse": "½ Δ worse",
    "a margin worse": "Δ worse",
    "two margins worse": "2 Δ worse",
    "two margins better": "2 Δ better",
}


def power_lines(found: Power) -> Iterator[str]:
    """Yield what the chances are about, and what they assume."""
    margin = f"Δ {found.margin.size:.4g} ({found.margin.origin})"
    yield f"{found.name}   paper {claim_text(found.result)}   {margin}"
    level = f"{100 * found.level:.3g} %"
    yield (
        f"Assumed: your runs are normal with an SD of {found.sd:.4g} ({found.sd_from}); "
        f"the paper's own number is uncertain by {found.paper_error:.4g}; "
        f"one look at the end, at {level} (attempt {found.attempt})."
    )
    yield "If your method is really what the first line says, the chance of the verdict below it:"


def power_table(found: Power) -> Table:
    """Return a row for each number of runs; a cell is empty where the bounds forbid it."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    made.add_column("seeds", justify="right")
    for truth, verdict in _COLUMNS.items():
        made.add_column(f"{_HEADINGS[truth]}\n{verdict}", justify="right", no_wrap=True)
    for row in found.rows:
        made.add_row(str(row.seeds), *_cells(row))
    return made


def _cells(row: PowerRow) -> Iterator[str]:
    for truth, verdict in _COLUMNS.items():
        chances = row.chances.get(truth)
        yield "" if chances is None else _percent(_chance(chances, verdict))


def _chance(chances: Chances, verdict: str) -> float:
    """Return the chance of a verdict; what is beyond is reproduced, too."""
    by_name = {"reproduced": chances.good, "short": chances.short, "beyond": chances.beyond}
    return by_name[verdict]


def _percent(chance: float) -> str:
    if 0 < chance < 0.005:
        return "<1 %"
    if 0.995 < chance < 1:
        return ">99 %"
    return f"{100 * chance:.0f} %"


def power_advice(found: Power) -> Iterator[str]:
    """Yield how many runs an equal method needs, and what else to know."""
    enough = [row.seeds for row in found.rows if row.chances["equal"].good >= _GOOD]
    if enough:
        runs = counted(enough[0], "run")
        yield f"An equal method is called reproduced with a chance of 80 % from {runs} on."
    else:
        most = max(found.rows, key=lambda row: row.chances["equal"].good)
        best = _percent(most.chances["equal"].good)
        runs = counted(most.seeds, "run")
        yield f"No number of runs here gives an equal method 80 %; the most is {best}, with {runs}."
    if found.provisional:
        yield "It would be provisional: the paper prints no spread over its runs."
    draws = max(row.simulated for row in found.rows)
    if draws:
        yield f"From {draws} simulated attempts each, so give or take a few %."
    new = "" if found.attempt == 1 else " --new"
    yield f"Declare them before the first: curriculum score {found.name}{new} --seeds N"
