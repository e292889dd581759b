"""What is thought of a paper that came in is written down."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.model.skims import NEED_A_DOUBT, SkimMark
from curriculum.services.errors import UsageError
from curriculum.services.skims import SkimJudgement, mark_skim, skim_meant
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import comma_list, hours_field, required
from curriculum.web.page_request import PageRequest

_MARKS = {str(mark): mark for mark in SkimMark}


def skim_marked(asked: PageRequest) -> Response:
    """Write down what is thought of a paper that came in."""
    name = required(asked, "skim", "paper")
    word = required(asked, "mark", "what is decided")
    if word not in _MARKS:
        raise UsageError(f"'{word}' is not what can be decided; that is {', '.join(_MARKS)}")
    doubt = asked.form.get("doubt", "").strip() or None
    said_before = skim_meant(asked.workspace, name).skim.doubt
    if _MARKS[word] in NEED_A_DOUBT and doubt is None and said_before is None:
        raise UsageError(f"say what its weakest point is: a paper to {word} is worth that question")
    judged = SkimJudgement(
        mark=_MARKS[word],
        claim=asked.form.get("claim", "").strip() or None,
        doubt=doubt,
        uses=comma_list(asked, "uses"),
        builds_on=comma_list(asked, "builds_on"),
        took=hours_field(asked, "took") if asked.form.get("took", "").strip() else None,
    )
    return after_recording(asked, mark_skim(asked.workspace, name, judged), "/skims")
