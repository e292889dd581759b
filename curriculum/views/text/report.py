"""A report as text, with the sections of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curriculum.model.formatting import hours_text
from curriculum.practice.followups import FollowUp, FollowUpState
from curriculum.practice.review_text import SaidLine, days_text
from curriculum.reproduction.papers import JudgedPaper
from curriculum.views.report_values import ReportAhead, ReportIdeas, ReportTaste, ReportValues
from curriculum.views.text.forecast import chance_text, range_text
from curriculum.views.text.goal_values import note_text
from curriculum.views.text.ideas import idea_lines
from curriculum.views.text.lines import StyledLine, line
from curriculum.views.text.paper_verdict import paper_lines
from curriculum.views.text.taste import count_lines

_NOTHING = "  nothing"


def report_lines(values: ReportValues) -> Iterator[str | StyledLine]:
    """Yield a report, section after section."""
    yield line((f"{values.title}: {days_text(values.days)}", "bold"))
    yield from _section("Since we met", map(_followed_up, values.since))
    yield from _section("Results", _result_lines(values))
    said = (*values.findings, *values.insights)
    yield from _section("Findings and insights", (*map(_said, said), *_figure_lines(values)))
    yield from _section("Time", _time_lines(values))
    yield from _section("Where I am stuck, what I ask you", map(_said, values.questions))
    yield from _section("Next", map(_to_do, values.next))
    yield from _section("When", () if values.ahead is None else _when_lines(values.ahead))
    if values.ideas is not None:
        yield from _section("Ideas on the back burner", idea_sentences(values.ideas))
    if values.taste is not None:
        yield from _section("Predictions", taste_sentences(values.taste))


def _section(title: str, lines: Iterable[str]) -> Iterator[str | StyledLine]:
    yield ""
    yield line((title, "bold"))
    found = [f"  {one}" for one in lines]
    yield from found or [_NOTHING]


def _followed_up(one: FollowUp) -> str:
    why = f": {one.why}" if one.why and one.state is FollowUpState.DROPPED else ""
    return f"{one.state}{why}  {_first_line(one.origin.text)}"


def _to_do(one: FollowUp) -> str:
    return _first_line(one.origin.text)


def _said(one: SaidLine) -> str:
    return f"{one.day.day} {one.day:%b}  {_first_line(one.text)}"


def _first_line(text: str) -> str:
    return text.split("\n")[0]


def _result_lines(values: ReportValues) -> Iterator[str]:
    for judged in values.papers:
        yield from _verdict_lines(judged)
    for judged in values.earlier:
        yield f"before: {next(_verdict_lines(judged))}"


def _verdict_lines(judged: JudgedPaper) -> Iterator[str]:
    return (one.plain.rstrip() for one in paper_lines(judged.work, judged.verdict))


def _figure_lines(values: ReportValues) -> Iterator[str]:
    for figure in values.figures:
        why = f" (left out: {figure.left_out})" if figure.left_out else ""
        yield f"figure {figure.name}{why}"


def _time_lines(values: ReportValues) -> Iterator[str]:
    total = values.time.total
    yield (
        f"{hours_text(total.real)} studied, {hours_text(total.planned)} planned, "
        f"{hours_text(total.missed)} missed, {hours_text(total.off_plan)} off plan"
    )


def _when_lines(ahead: ReportAhead) -> Iterator[str]:
    for goal, outlook in ahead.forecast.goals:
        if outlook.most is not None:
            chance = "" if outlook.chance is None else f", in time {chance_text(outlook.chance)}"
            note = note_text(goal)
            reason = f"; {note}" if note else ""
            yield f"{goal}: {range_text(outlook.most, ahead.zone)} (80 % range){chance}{reason}"


def idea_sentences(ideas: ReportIdeas) -> Iterator[str]:
    """Yield each open idea with what brings it back."""
    if not ideas.every:
        return
    for one in idea_lines(ideas.every, ideas.due, closed=False):
        yield one if isinstance(one, str) else one.plain.partition("  ")[2]


def taste_sentences(taste: ReportTaste) -> Iterator[str]:
    """Yield how many predictions there are, and how good they were."""
    yield from count_lines(taste.calibration, taste.counts)
