"""Show what a command recorded, as lines or as JSON."""

from __future__ import annotations

from curriculum.cli import printing
from curriculum.progress.fact_json import fact_json
from curriculum.services.recording import Recorded
from curriculum.web.recorded import recorded_lines, recorded_notes


def show_recorded(recorded: Recorded, *, as_json: bool) -> None:
    """Print the new facts, and then the notes on them."""
    if as_json:
        facts = [fact_json(fact) for fact in recorded.facts]
        printing.show_json({"recorded": facts, "notes": list(recorded_notes(recorded))})
    else:
        printing.tell(recorded_lines(recorded))
