"""The numbers on the page are those that the commands print as JSON, in any workspace."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.formatting import hours_text
from tests.web.pages import browser
from tests.workspaces import SETTINGS, UNITS, run, said, workspace

DAY = "2027-01-08"

logged = st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 200)), max_size=4)
finished = st.lists(st.sampled_from(UNITS), max_size=2, unique=True)
evenings = st.sampled_from(["19:00-21:00", "18:30-20:10", "[07:00-08:00, 20:00-22:00]"])


def shown(text: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(re.sub("<[^>]*>", " ", text).split())


@settings(max_examples=5)
@given(logged, finished, evenings)
def test_the_numbers_of_the_page_are_those_of_the_commands(
    logs: list[tuple[str, int]], done: list[str], hours: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder), settings=SETTINGS.replace("19:00-21:00", hours))
        run(root, "plan")
        for unit, minutes in logs:
            run(root, "log", unit, f"{minutes}m")
        for unit in done:
            run(root, "done", unit)
        page = browser(root, DAY)

        today = json.loads(said(run(root, "today", "--json", today=DAY)))
        said_today = shown(page.get("/"))
        for session in today["sessions"]:
            for piece in session["pieces"]:
                assert f"{piece['unit']} , {hours_text(piece['minutes'])}" in said_today
        open_ones = [one for one in today["missed"] if not one["rescheduled"]]
        if open_ones:
            total = hours_text(sum(one["minutes"] for one in open_ones))
            assert f"Not logged: {total} in {len(open_ones)} session" in said_today

        status = json.loads(said(run(root, "status", "--json", today=DAY)))
        road = shown(page.get("/road"))
        for work in status["works"]:
            spent = work["spent"]
            row = " ".join(
                (
                    f"{work['done']} of {work['units']}",
                    hours_text(spent) if spent else "–",
                    hours_text(work["left"]) if work["left"] else "–",
                )
            )
            assert row in road

        time = json.loads(said(run(root, "time", "--weeks", "12", "--json", today=DAY)))
        table = shown(page.get("/time"))
        total = time["total"]
        cells = (total["planned"], total["real"], total["off_plan"], total["missed"])
        if any(cells):
            assert " ".join(hours_text(one) if one else "–" for one in cells) in table
