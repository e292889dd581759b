"""Write the review of a week or two, and fill in again what was not edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from curriculum import services
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished, Renamed, Scored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day
from curriculum.model.predictions import Prediction
from curriculum.model.problems import CurriculumError
from curriculum.model.progress import Progress
from curriculum.model.settings import DayRange
from curriculum.practice.entries import LINE_KINDS
from curriculum.practice.followups import NextLine, follow_ups
from curriculum.practice.marked_blocks import MarkedBlock, refreshed
from curriculum.practice.predictions import due_sentence, ended_sentence
from curriculum.practice.review_text import (
    PredictionSaid,
    ReviewContent,
    lines_said,
    listed_follow_ups,
    review_blocks,
    review_lines,
)
from curriculum.practice.reviews import (
    Review,
    days_to_review,
    overlapping,
    review_file,
)
from curriculum.practice.skim_queue import decided_skims, unread_on
from curriculum.practice.user_text import TextChange, appended
from curriculum.progress.state import replay
from curriculum.services.commits import commits_in
from curriculum.services.errors import UsageError
from curriculum.services.followups import entries_of, first_noted, give_ids, reviews_of
from curriculum.services.predictions import predictions_of
from curriculum.services.recording import JournalWriter, journal_writer
from curriculum.services.skims import skims_of
from curriculum.services.snapshot import Snapshot
from curriculum.services.time_audit import audit_time
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts

EVERY = timedelta(weeks=2)
"""How often a review is due where the settings do not say."""


def review_period(snapshot: Snapshot) -> timedelta:
    """Return how often a review is due."""
    habit = snapshot.settings.review
    return EVERY if habit is None else habit.every


class OverlappingReviewError(CurriculumError):
    """Days that another review is about."""

    def __init__(self, review: Review) -> None:
        """Build the sentence from the other review."""
        first, last = review.days
        super().__init__(
            f"'{review.file}' is about {first}..{last} already; "
            f"choose other days, or fill it in again with 'curriculum review --of {first}..{last} "
            "--refresh'"
        )


@dataclass(frozen=True, slots=True)
class ReviewMade:
    """What was done about a review.

    Attributes:
        file: Its file, by its path in the workspace.
        content: What it is filled in with.
        is_new: Whether the file was made now.
        kept: Blocks that were to be filled in again and were left, because they were edited.
    """

    file: str
    content: ReviewContent
    is_new: bool = False
    kept: tuple[MarkedBlock, ...] = ()


def make_review(
    workspace: Workspace,
    days: DayRange | None = None,
    *,
    refresh: bool = False,
    ours: bool = False,
) -> ReviewMade:
    """Write the review of some days, unless it is there already.

    Args:
        workspace: The workspace.
        days: The days; None means those since the last review.
        refresh: Whether a review that is there is filled in again, where it was not edited.
        ours: Whether that is done even where it was edited.

    Raises:
        OverlappingReviewError: Another review is about some of the days.
        ProblemsError: A file has an error.
        CurriculumError: A file or the journal cannot be read or written.
    """
    reviews = reviews_of(workspace)
    asked = days or _days_due(workspace, reviews)
    existing = _existing(reviews, asked)
    writer = journal_writer(workspace)
    content = _content(workspace, asked, give_ids(workspace, writer))
    if existing is None:
        return _new(writer, review_file(asked.last, [one.file for one in reviews]), content)
    if not refresh:
        return ReviewMade(existing.file, content)
    return _refreshed(writer, existing, content, ours=ours)


def days_to_make(
    workspace: Workspace, of: DayRange | None, since: date | None, until: date | None
) -> DayRange | None:
    """Return the days of a review that options name; None when there is none.

    Without `since`, the days begin after the last review; without `until`, they end today.

    Raises:
        UsageError: `of` comes with one of the others, or the days run backwards.
        CurriculumError: A file cannot be read.
    """
    if since is None and until is None:
        return of
    if of is not None:
        raise UsageError("'--of' names all days; leave out '--since' and '--until'")
    last = until or workspace.today
    first = since or _days_due(workspace, reviews_of(workspace)).first
    if first > last:
        raise UsageError(f"{first} is after {last}", "--since" if until is None else "--until")
    return DayRange(first, last)


def _days_due(workspace: Workspace, reviews: tuple[Review, ...]) -> DayRange:
    """Return the days since the last review, or those of the last one when it reaches today."""
    first = None if reviews else first_noted(workspace)
    due = days_to_review(reviews, first, workspace.today, review_period(workspace))
    return due or reviews[-1].days


def _existing(reviews: tuple[Review, ...], days: DayRange) -> Review | None:
    """Return the review of just these days.

    Raises:
        OverlappingReviewError: Another one is about some of them.
    """
    other = overlapping(days, reviews)
    if other is not None and other.days != days:
        raise OverlappingReviewError(other)
    return other


def _content(workspace: Workspace, days: DayRange, lines: Iterable[NextLine]) -> ReviewContent:
    """Return what a review of some days is filled in with; only what is known of these days.

    Raises:
        ProblemsError: A file has an error.
        CurriculumError: A file cannot be read.
    """
    commits, unread = commits_in(workspace, days)
    entries = entries_of(workspace, days)
    skims = skims_of(workspace)
    return ReviewContent(
        days=days,
        follow_ups=listed_follow_ups(follow_ups(lines), days),
        time=audit_time(workspace, days),
        said={kind: lines_said(entries, kind) for kind in LINE_KINDS},
        finished=tuple(_finished(workspace, days)),
        is_noted=any(entry.notes for entry in entries),
        commits=commits,
        unread=unread,
        predictions=tuple(_predictions(workspace, days)),
        skims=decided_skims(skims, days.first, days.last),
        unread_papers=unread_on([one.skim for one in skims], days.last),
    )


def _predictions(workspace: Workspace, days: DayRange) -> Iterator[PredictionSaid]:
    """Yield the predictions that were decided in some days, and those due and open at their end."""
    for entry in predictions_of(workspace).entries:
        one = entry.value
        if one.outcome is not None and days.first <= one.outcome.on <= days.last:
            yield PredictionSaid(ended_sentence(one), entry.line)
        elif one.by is not None and one.by <= days.last and _was_open(one, days.last):
            yield PredictionSaid(due_sentence(one), entry.line)


def _was_open(one: Prediction, last: date) -> bool:
    return one.made <= last and (one.outcome is None or one.outcome.on > last)


def _finished(workspace: Workspace, days: DayRange) -> Iterator[str]:
    """Yield what was finished in some days, and how the scores stood at their end."""
    zone = workspace.zone
    scored: dict[str, None] = {}
    for fact in workspace.progress.live:
        if not days.first <= fact_day(fact, zone) <= days.last:
            continue
        if isinstance(fact, Finished):
            yield f"finished {_titled(workspace, fact.unit)}"
        elif isinstance(fact, Scored):
            scored[fact.result] = None
    yield from _verdicts(workspace, scored, _until(workspace, days.last))


def _until(workspace: Workspace, last: date) -> Progress:
    """Return the state at the end of a day."""
    progress = workspace.progress
    zone = workspace.zone
    facts = (
        fact
        for fact in progress.as_recorded
        if isinstance(fact, Renamed) or fact_day(fact, zone) <= last
    )
    return replay(facts, progress.formerly)


def _verdicts(workspace: Workspace, results: dict[str, None], progress: Progress) -> Iterator[str]:
    works = dict.fromkeys(name.partition("#")[0] for name in results)
    judged = services.comparisons.judged_papers(workspace, works, progress)
    papers = {one.work: one for one in judged}
    for name in results:
        work, _, result = name.partition("#")
        verdict = papers[work].verdicts.get(result) if work in papers else None
        if verdict is not None:
            yield f"{name}: {verdict.outcome}"


def _titled(workspace: Workspace, unit: UnitId) -> str:
    try:
        return f"{unit} {workspace.library.unit(unit).title}"
    except KeyError:
        return unit


def _new(writer: JournalWriter, file: str, content: ReviewContent) -> ReviewMade:
    lines = review_lines(content)
    write_texts(writer, {file: lambda text: [appended(text, lines)]})
    return ReviewMade(file, content, is_new=True)


def _refreshed(
    writer: JournalWriter, review: Review, content: ReviewContent, *, ours: bool
) -> ReviewMade:
    kept: tuple[MarkedBlock, ...] = ()

    def edit(text: str) -> list[TextChange]:
        nonlocal kept
        blocks = review_blocks(content)
        if content.unread:
            # What another machine could read is not lost because this one cannot.
            del blocks["code"]
        new, kept = refreshed(text, blocks, ours=ours)
        return [TextChange(text, new)]

    write_texts(writer, {review.file: edit})
    return ReviewMade(review.file, content, kept=kept)
