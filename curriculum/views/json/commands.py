"""The commands that can be taken back, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from curriculum.model.journal import Fact
from curriculum.model.json_value import Json
from curriculum.model.library import Library
from curriculum.model.lived_days import fact_moment
from curriculum.progress.commands import RecordedCommand
from curriculum.progress.fact_json import fact_json
from curriculum.views.text.record import record_line


def commands_json(commands: Sequence[RecordedCommand], library: Library, zone: tzinfo) -> Json:
    """Return each command with its number, its id and its facts, as the journal exports them.

    Each fact also has its local `day` and `time`, and its sentence as `text`.
    """
    listed: list[Json] = []
    for command in commands:
        facts = [_fact(fact, library, zone) for fact in command.facts]
        listed.append({"number": command.number, "command": command.id, "facts": facts})
    return {"commands": listed}


def _fact(fact: Fact, library: Library, zone: tzinfo) -> Json:
    moment = fact_moment(fact, zone)
    return {
        **fact_json(fact),
        "day": moment.date().isoformat(),
        "time": f"{moment:%H:%M}",
        "text": record_line(fact, library),
    }
