"""The page of the papers that came in."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from curriculum.model.skims import SkimMark
from curriculum.practice.skim_queue import AGED_OUT, UNREAD, shown_skims, skim_counts, trends
from curriculum.services.errors import UsageError
from curriculum.services.skim_promotion import work_of_skim
from curriculum.services.skims import abstract_of, skims_of
from curriculum.views.html.skims import PaperAround, SkimsShown, skims_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest

_WEEKS = 12
_MOST = 20
_STATES = (UNREAD, *map(str, SkimMark), AGED_OUT)


def show_skims(asked: PageRequest) -> Response:
    """Show the papers of a state, those that wait to be looked at first, and what they use."""
    workspace = asked.workspace
    state = asked.query.get("show", UNREAD)
    if state not in _STATES:
        raise UsageError(f"'{state}' is not a state of papers; these are {', '.join(_STATES)}")
    every = skims_of(workspace)
    found = [one.skim for one in shown_skims(every, workspace.today, state)]
    around = {
        one.id: PaperAround(abstract_of(workspace, one), work_of_skim(workspace, one))
        for one in found[:_MOST]
    }
    weeks = timedelta(weeks=_WEEKS)
    shown = SkimsShown(
        state=state,
        skims=found[:_MOST],
        more=max(0, len(found) - _MOST),
        around=around,
        trends=trends((one.skim for one in every), workspace.today, weeks),
        weeks=_WEEKS,
        counts=skim_counts((one.skim for one in every), workspace.today),
        today=workspace.today,
    )
    content = skims_content(asked.frame, shown)
    listed = "--all" if state == AGED_OUT else f"--mark {state}"
    commands = (
        f"curriculum skims {'--unread' if state == UNREAD else listed}",
        "curriculum skim",
        f"curriculum skims --trends {_WEEKS}w",
    )
    return shown_page(asked, "ideas", "Papers that came in", content, commands)
