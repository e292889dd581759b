"""Everything that is known of one work as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.model.work_page import WorkPage
from curriculum.views.json.details import work_json

_UNITS = ("chapters", "steps", "results", "requires")
"""What is told in full beside what the syllabus says of the work as a whole."""


def work_page_json(page: WorkPage) -> Json:
    """Return a work with its units and results and what is around it; efforts in minutes."""
    written: Json = page.work.model_dump(mode="json", by_alias=True, exclude_none=True)
    facts = {key: value for key, value in written.items() if key not in _UNITS}
    results = [
        one.model_dump(mode="json", by_alias=True, exclude_none=True)
        for one in page.results.values()
    ]
    return {
        **facts,
        **work_json(page.name, page.work, page.efforts),
        "file": page.file,
        "built_in": not page.is_own,
        "minutes": page.minutes,
        "spent": page.spent,
        "assumed": page.assumed,
        "required_by": list(page.required_by),
        "opened": [{"work": one.work, "idea": one.idea} for one in page.opened],
        "roads": list(page.roads),
        "results": results,
    }
