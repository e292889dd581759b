"""Which page or action is at which address."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.web.actions.goals import goal_added
from curriculum.web.actions.ideas import idea_decided, idea_noted
from curriculum.web.actions.notes import follow_up_closed, note_added
from curriculum.web.actions.plan import plan_published
from curriculum.web.actions.sessions import (
    session_held,
    session_missed,
    session_pinned,
    session_unpinned,
)
from curriculum.web.actions.skims import skim_marked
from curriculum.web.actions.study import (
    left_estimated,
    time_logged,
    timer_started,
    timer_stopped,
    unit_finished,
    unit_reopened,
    unit_skipped,
)
from curriculum.web.actions.texts import review_refreshed, review_written, text_saved
from curriculum.web.actions.undoing import change_undone
from curriculum.web.handlers import Handler
from curriculum.web.pages.goals import show_new_goal
from curriculum.web.pages.graph import show_graph
from curriculum.web.pages.ideas import show_ideas
from curriculum.web.pages.library import show_library, show_work_or_unit
from curriculum.web.pages.notebook import show_attachment, show_notebook
from curriculum.web.pages.plan import show_plan
from curriculum.web.pages.problems import show_problems_found
from curriculum.web.pages.results import show_claims, show_results
from curriculum.web.pages.reviews import (
    show_day_edited,
    show_review,
    show_review_edited,
    show_reviews,
)
from curriculum.web.pages.road import show_road
from curriculum.web.pages.skims import show_skims
from curriculum.web.pages.time import show_time
from curriculum.web.pages.today import show_today
from curriculum.web.pages.undo import show_undo

SHOWN: Mapping[str, Handler] = {
    "/": show_today,
    "/road": show_road,
    "/plan": show_plan,
    "/graph": show_graph,
    "/results": show_results,
    "/results/{work}": show_claims,
    "/time": show_time,
    "/notebook": show_notebook,
    "/notebook/edit": show_day_edited,
    "/notebook/files/{name:path}": show_attachment,
    "/reviews": show_reviews,
    "/reviews/{name}": show_review,
    "/reviews/{name}/edit": show_review_edited,
    "/ideas": show_ideas,
    "/skims": show_skims,
    "/library": show_library,
    "/library/{name:path}": show_work_or_unit,
    "/goals": show_new_goal,
    "/undo": show_undo,
    "/problems": show_problems_found,
}
"""What is shown at an address."""

ACTIONS: Mapping[str, Handler] = {
    "/done": session_held,
    "/missed": session_missed,
    "/pin": session_pinned,
    "/unpin": session_unpinned,
    "/log": time_logged,
    "/finish": unit_finished,
    "/left": left_estimated,
    "/skip": unit_skipped,
    "/reopen": unit_reopened,
    "/start": timer_started,
    "/stop": timer_stopped,
    "/note": note_added,
    "/followup": follow_up_closed,
    "/edit": text_saved,
    "/review": review_written,
    "/review/refresh": review_refreshed,
    "/ideas": idea_noted,
    "/ideas/decide": idea_decided,
    "/skims": skim_marked,
    "/goals": goal_added,
    "/plan": plan_published,
    "/undo": change_undone,
}
"""What is done when a form is sent to an address."""
