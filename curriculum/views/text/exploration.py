"""What is explored in a week, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from curriculum.model.exploration import Drawn
from curriculum.model.formatting import clock_text, counted, day_text, names_text
from curriculum.practice.exploration import CandidateKind, Draw, Exploration
from curriculum.views.text.lines import StyledLine, line

_MOST_TOPICS = 4


def exploration_lines(found: Exploration, zone: tzinfo) -> Iterator[StyledLine]:
    """Yield what is explored, why it, when, and how much of the time that was so far."""
    draw = found.draw
    if draw is None:
        yield line(f"Nothing to explore in {found.week}: no idea has come back, and every work")
        yield line("is about what you study; 'curriculum idea TEXT' notes something.")
        return
    candidate = draw.candidate
    yield line(
        f"Exploration in {found.week}: ",
        (candidate.name, "bold"),
        "" if candidate.title == candidate.name else f"  {candidate.title}",
    )
    yield line(f"  {_why(draw, found)}", hang=2)
    yield line(f"  {_distance(found)}", hang=2)
    if found.is_goal:
        yield line("  It is among your goals by now; 'curriculum explore --again' draws another.")
    for start, end in found.times:
        yield line(f"  {day_text(start, zone)}, {clock_text(start, end, zone)}")
    yield from _account(found)


def _why(draw: Draw, found: Exploration) -> str:
    ideas = sum(one.kind is CandidateKind.IDEA for one in found.candidates)
    works = sum(one.kind is CandidateKind.WORK for one in found.candidates)
    papers = len(found.candidates) - ideas - works
    among = f"among {counted(ideas, 'idea')} that came back and {counted(works, 'work')}"
    if papers:
        among = f"{among} and {counted(papers, 'paper')} to watch"
    match draw.drawn:
        case Drawn.CHOSEN:
            return "chosen by you"
        case Drawn.UPSIDE:
            upside = draw.candidate.upside
            named = "" if upside is None else f" ({upside})"
            return f"the largest upside{named} {among}"
        case Drawn.RANDOM:
            return f"drawn by lot {among}"


def _distance(found: Exploration) -> str:
    """Return how far it is from what is studied."""
    if found.shared:
        return f"shares with the next four weeks: {names_text(sorted(found.shared), _MOST_TOPICS)}"
    if not found.studied:
        return "shares no topic with what the next four weeks study"
    studied = names_text(sorted(found.studied), _MOST_TOPICS)
    return f"shares no topic with what the next four weeks study ({studied})"


def _account(found: Exploration) -> Iterator[StyledLine]:
    if found.target is None:
        yield line(
            "  No time is kept for it: add 'explore: {share: 20%, on: fri}' to the settings."
        )
    elif found.real is not None:
        real, target = round(100 * found.real), round(100 * found.target)
        yield line(f"  {real} % of the last 12 weeks were exploration, meant are {target} %")
    counts = [f"{outcome} {count}" for outcome, count in (found.outcomes or {}).items() if count]
    if counts:
        yield line(f"  came to so far: {', '.join(counts)}")
