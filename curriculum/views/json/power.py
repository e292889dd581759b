"""Chances of verdicts beforehand as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.reproduction.power import TRUTHS, Chances, Power, PowerRow


def power_json(found: Power) -> Json:
    """Return the chances of each verdict as JSON, with what they assume."""
    return {
        "result": found.name,
        "margin": found.margin.size,
        "margin_from": found.margin.origin,
        "sd": found.sd,
        "sd_from": found.sd_from,
        "paper_error": found.paper_error,
        "alpha": found.level,
        "attempt": found.attempt,
        "provisional": found.provisional,
        "seeds": [_row_json(row) for row in found.rows],
    }


def _row_json(row: PowerRow) -> Json:
    truths = []
    for truth, chances in row.chances.items():
        true = {"if": truth, "difference_in_margins": TRUTHS[truth]}
        truths.append({**true, **_chances_json(chances)})
    return {
        "seeds": row.seeds,
        "simulated": row.simulated or None,
        "chances": truths,
    }


def _chances_json(chances: Chances) -> Json:
    return {
        "reproduced": chances.reproduced,
        "beyond": chances.beyond,
        "short": chances.short,
        "inconclusive": chances.inconclusive,
    }
