"""A review as Markdown: what is filled in stands in marked blocks, and the rest is the person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from curriculum.model.formatting import counted, hours_text
from curriculum.model.identifiers import TRACKS
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.settings import DayRange
from curriculum.practice.entries import LineKind, NotebookEntry
from curriculum.practice.followups import FollowUp, FollowUpState, as_of
from curriculum.practice.marked_blocks import block_lines
from curriculum.practice.notebook import entry_file
from curriculum.practice.reviews import REVIEWS
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_rows import RowKind, time_rows
from curriculum.practice.time_table import PlannedAndReal, times_by

NOTHING_NOTED = "Nothing was noted."

_BOXES = {
    FollowUpState.OPEN: "[ ]",
    FollowUpState.DONE: "[x]",
    FollowUpState.DROPPED: "[-]",
    FollowUpState.PARKED: "[-]",
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line of a kind, with the day of its entry."""

    day: date
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class CodeCommit:
    """A commit of one of the person's repositories.

    Attributes:
        repository: The name of its folder.
        id: The first letters of its hash.
        subject: The first line of its message.
    """

    repository: str
    id: str
    subject: str


@dataclass(frozen=True, slots=True)
class UnreadRepository:
    """A repository of the settings whose commits could not be read, and why."""

    path: str
    fault: str


@dataclass(frozen=True, slots=True)
class PredictionSaid:
    """What a review says of a prediction, and the line of the file on which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """What a review is filled in with.

    Attributes:
        days: The days that it is about.
        follow_ups: What was to be done next, as far as it was open or was closed in these days.
        time: Where the time went.
        said: Kind to the lines of that kind.
        finished: What was finished and scored, in the order of time, each as a sentence.
        is_noted: Whether anything at all was noted.
        commits: The commits of these days, by repository and then in order.
        unread: The repositories whose commits could not be read.
        predictions: The predictions that were to be decided at the end of these days, or were
            decided in them.
        skims: The papers that came in and were decided about in these days.
        unread_papers: How many papers that came in wait to be looked at.
    """

    days: DayRange
    follow_ups: tuple[FollowUp, ...]
    time: TimeAudit
    said: Mapping[LineKind, tuple[SaidLine, ...]]
    finished: tuple[str, ...]
    is_noted: bool
    commits: tuple[CodeCommit, ...] = ()
    unread: tuple[UnreadRepository, ...] = ()
    predictions: tuple[PredictionSaid, ...] = ()
    skims: tuple[SkimRead, ...] = ()
    unread_papers: int = 0


def lines_said(entries: Iterable[NotebookEntry], kind: LineKind) -> tuple[SaidLine, ...]:
    """Return the lines of a kind, in order."""
    found: list[SaidLine] = []
    for entry in entries:
        for note in entry.notes:
            for line in note.lines:
                if line.kind == kind and line.text:
                    found.append(SaidLine(entry.day, line.line, line.text))
    return tuple(found)


def review_lines(content: ReviewContent) -> list[str]:
    """Return the lines of a new review."""
    blocks = review_blocks(content)
    lines = ["---", f"from: {content.days.first}", f"to: {content.days.last}", "---"]
    lines.append(f"# {days_text(content.days)}")
    for name, heading in _SECTIONS.items():
        if name in _ONLY_FILLED and not blocks[name]:
            continue
        lines += ["", f"## {heading}", *block_lines(name, blocks[name])]
    return [*lines, "", "## Next steps", "- next: "]


_SECTIONS = {
    "followups": "Followed up?",
    "time": "Where the time went",
    "findings": "Experimental findings",
    "insights": "Insights",
    "questions": "Questions",
    "code": "Code progress",
    "predictions": "Predictions",
    "papers": "Papers that came in",
}
_ONLY_FILLED = ("questions", "predictions", "papers")


def review_blocks(content: ReviewContent) -> dict[str, list[str]]:
    """Return the lines of each block that is filled in, by its name."""
    findings = list(_said_lines(content.said.get("finding", ())))
    if not content.is_noted:
        findings = [NOTHING_NOTED]
    return {
        "followups": list(map(follow_up_line, content.follow_ups)),
        "time": time_lines(content.time),
        "findings": findings,
        "insights": list(_said_lines(content.said.get("insight", ()))),
        "questions": list(_said_lines(content.said.get("question", ()))),
        "code": [
            *_said_lines(content.said.get("code", ())),
            *(f"- {sentence}" for sentence in content.finished),
            *_commit_lines(content.commits),
        ],
        "predictions": [f"- {one.text}" for one in content.predictions],
        "papers": list(_paper_lines(content.skims, content.unread_papers)),
    }


MOST_COMMITS = 40
"""How many commits of a repository a review lists."""


def _commit_lines(commits: Iterable[CodeCommit]) -> Iterator[str]:
    by_repository: dict[str, list[CodeCommit]] = {}
    for commit in commits:
        by_repository.setdefault(commit.repository, []).append(commit)
    for name, every in by_repository.items():
        left_off = len(every) - MOST_COMMITS
        if left_off > 0:
            yield f"- {name}: {left_off} commits before these"
        for commit in every[-MOST_COMMITS:]:
            yield f"- {name} {commit.id}: {commit.subject}"


def _paper_lines(skims: Iterable[SkimRead], unread: int) -> Iterator[str]:
    for read in skims:
        skim = read.skim
        doubt = "" if skim.doubt is None else f" - doubt: {skim.doubt}"
        name = skim.id if skim.title is None else f"{skim.title} ({skim.id})"
        yield f"- {skim.mark}: {name}{doubt}"
    if unread:
        yield f"- {counted(unread, 'paper')} unread"


def follow_up_line(follow_up: FollowUp) -> str:
    """Return a follow-up as a box, with what became of it and where it was noted."""
    origin = follow_up.origin
    text = origin.text.split("\n")[0]
    return f"- {_BOXES[follow_up.state]} {text} ^{origin.id} - {_fate(follow_up)}"


def _fate(follow_up: FollowUp) -> str:
    place = _link("notebook", follow_up.origin.file)
    if follow_up.state is FollowUpState.OPEN:
        since = f"since {_short_day(follow_up.origin.day)}, {place}"
        return f"{_carried(follow_up.carried)}, {since}" if follow_up.carried else since
    how = "closed" if follow_up.state is FollowUpState.DONE else str(follow_up.state)
    if follow_up.closed is not None:
        how = f"{how} {_short_day(follow_up.closed)}"
    why = f": {follow_up.why}" if follow_up.why else ""
    return f"{how}{why}, {place}"


def _carried(count: int) -> str:
    words = {1: "once", 2: "twice"}
    return f"carried {words.get(count, f'{count} times')}"


def _said_lines(said: Iterable[SaidLine]) -> Iterator[str]:
    for one in said:
        first, *rest = one.text.split("\n")
        if _is_mark(first):
            # The review itself would read it as a follow-up of its own.
            first = f"'{first}'"
        yield f"- {first} ({_link(_short_day(one.day), entry_file(one.day))})"
        for line in rest:
            yield f"  {line}" if line else ""


def _is_mark(text: str) -> bool:
    return text.startswith(("next:", "["))


def _link(words: str, file: str) -> str:
    """Return a link from a review to another file of the workspace."""
    upward = len(REVIEWS.split("/"))
    return f"[{words}]({'../' * (upward - 1)}{file.split('/', 1)[1]})"


def time_lines(audit: TimeAudit, by: RowKind | None = None) -> list[str]:
    """Return where the time went as a table of Markdown, with a row for each track or as asked."""
    name = "| " if by is None else f"{by} | "
    lines = [
        f"| {name}planned | real | off plan | missed |",
        "|:--|--:|--:|--:|--:|",
    ]
    rows = _track_rows(audit) if by is None else time_rows(audit.cells, by)
    lines += [_time_row(name, time) for name, time in rows.items()]
    lines.append(_time_row("all", audit.total))
    return lines


def _track_rows(audit: TimeAudit) -> dict[str, PlannedAndReal]:
    tracks = times_by(audit.cells, lambda where: where.track)
    rows: dict[str, PlannedAndReal] = {}
    for track in TRACKS:
        rows[track] = tracks.get(track, PlannedAndReal())
    if None in tracks:
        rows["unknown works"] = tracks[None]
    return rows


def _time_row(name: str, time: PlannedAndReal) -> str:
    cells = (time.planned, time.real, time.off_plan, time.missed)
    return f"| {name} | {' | '.join(hours_text(one) for one in cells)} |"


def days_text(days: DayRange) -> str:
    """Return a range of days, as `4-10 January 2027`."""
    first, last = days
    if first == last:
        return _day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} - {_day_text(last)}"
    return f"{_day_text(first)} - {_day_text(last)}"


def _day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _short_day(day: date) -> str:
    return f"{day.day} {day:%b}"


def listed_follow_ups(every: Iterable[FollowUp], days: DayRange) -> tuple[FollowUp, ...]:
    """Return what a review of some days follows up: noted by their end, and open in them."""
    found: list[FollowUp] = []
    for one in every:
        was_closed_before = one.closed is not None and one.closed < days.first
        if one.origin.day <= days.last and not was_closed_before:
            found.append(as_of(one, days.last))
    return tuple(found)
