"""The back burner: note ideas, list those that come back, and decide about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from curriculum import services
from curriculum.disk.texts import files_below, shown_text
from curriculum.graph.references import meaning
from curriculum.model.first_readings import first_reading_id
from curriculum.model.ideas import Idea, IdeaDeed, IdeaStep
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day
from curriculum.model.problems import CurriculumError, Problem, Severity
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    Strength,
    TopicReference,
    UnitReference,
)
from curriculum.model.suggestions import suggestion
from curriculum.practice.ideas import (
    IDEAS,
    LOOK_AGAIN,
    DueIdea,
    IdeaRead,
    due_ideas,
    idea_file,
    idea_name,
    new_idea_lines,
    new_idea_name,
    read_idea,
    rest_after,
    step_line,
    with_step,
)
from curriculum.practice.user_text import TextChange, appended, applied
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, write_texts


class IdeaEditError(CurriculumError):
    """A file of an idea that is written in a way in which no decision can be added."""

    def __init__(self, file: str, line: str) -> None:
        """Build the sentence from the file and the line that was to be added."""
        super().__init__(
            f"'{file}' does not hold 'history:' on a line of its own; add this below it by hand: "
            f"{line.strip()}"
        )


@dataclass(frozen=True, slots=True)
class NewIdea:
    """An idea that is to be noted.

    Attributes:
        title: What it is.
        look: The day on which it comes back; None means in four weeks, unless something is
            required.
        requires: What must have been learned, as it is typed.
        upside: What it would bring.
        origin: Where it came from: a file of the notebook, or the id of a follow-up, as `^k7q2`.
    """

    title: str
    look: date | None = None
    requires: Sequence[str] = ()
    upside: str | None = None
    origin: str | None = None


def ideas_of(snapshot: Snapshot) -> tuple[IdeaRead, ...]:
    """Return every idea, by name, those with problems included.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    found: list[IdeaRead] = []
    for file in files_below(root, IDEAS, ".yaml"):
        if idea_name(file) is not None:
            found.append(read_idea(file, shown_text(root, file)))
    return tuple(found)


def ideas_due(workspace: Workspace, ideas: Iterable[IdeaRead]) -> tuple[DueIdea, ...]:
    """Return those of some ideas that have come back, the longest due first."""
    reachable = [_reachable(workspace, read) for read in ideas]
    learned = ((read, _learned_on(workspace, read.idea)) for read in reachable)
    return due_ideas(learned, workspace.today)


def _reachable(workspace: Workspace, read: IdeaRead) -> IdeaRead:
    """Return an idea; one that requires what nothing defines comes back by date alone."""
    idea = read.idea
    if idea is None or not any(_dangling(workspace, one) for one in idea.requires):
        return read
    return replace(read, idea=idea.model_copy(update={"requires": ()}))


def _dangling(workspace: Workspace, reference: Reference) -> bool:
    return bool(meaning(workspace.catalogue, reference, None, ()).dangling)


def _learned_on(workspace: Workspace, idea: Idea | None) -> date | None:
    """Return the day on which the last of what an idea requires was learned."""
    if idea is None or not idea.requires:
        return None
    days: list[date] = []
    for reference in idea.requires:
        if reference.strength is Strength.SOFT:
            continue
        day = _day_learned(workspace, reference)
        if day is None:
            return None
        days.append(max(day, idea.since))
    return max(days, default=None)


def _day_learned(workspace: Workspace, reference: Reference) -> date | None:
    """Return the first day on which all units of one way to meet a reference were done."""
    days = _days_done(workspace)
    catalogue = workspace.catalogue
    found: list[date] = []
    for option in meaning(catalogue, reference, None, ()).options:
        learned = [
            _day_of_unit(catalogue.units[number], days, reference.strength)
            for number in option.units
        ]
        known = [day for day in learned if day is not None]
        if known and len(known) == len(learned):
            found.append(max(known))
    return min(found, default=None)


def _day_of_unit(unit: UnitId, days: Mapping[UnitId, date], strength: Strength) -> date | None:
    """Return the first day on which a unit was done, or read once where that is enough."""
    first = first_reading_id(unit) if strength is Strength.SKIM else unit
    return min((days[one] for one in (unit, first) if one in days), default=None)


def missing_of(workspace: Workspace, read: IdeaRead) -> tuple[str, ...]:
    """Return what an idea requires and is not learned, as its file names it."""
    if read.idea is None:
        return ()
    found: list[str] = []
    for reference in read.idea.requires:
        if reference.strength is not Strength.SOFT and _day_learned(workspace, reference) is None:
            found.append(_written(reference))
    return tuple(found)


def _written(reference: Reference) -> str:
    match reference:
        case TopicReference(topic=topic):
            return f"topic:{topic}"
        case AnyReference(any=options):
            return " or ".join(map(_written, options))
        case SeveralReference(any=several):
            return f"{several.at_least} of {', '.join(map(_written, several.of))}"
        case UnitReference(ref=ref):
            return ref


def _days_done(workspace: Workspace) -> Mapping[UnitId, date]:
    """Return the day on which each unit was finished; what was always known, on the first day."""
    catalogue = workspace.catalogue
    days: dict[UnitId, date] = {}
    for reference in workspace.settings.known:
        for option in meaning(catalogue, reference, None, ()).options:
            days.update((catalogue.units[number], date.min) for number in option.units)
    for unit, fact in workspace.progress.finished.items():
        days[unit] = fact_day(fact, workspace.zone)
    return days


def idea_problems(workspace: Workspace, ideas: Iterable[IdeaRead]) -> Iterator[Problem]:
    """Yield what is wrong with the files of ideas, references that name nothing included."""
    for read in ideas:
        yield from read.problems
        if read.idea is None:
            continue
        for position, reference in enumerate(read.idea.requires):
            path = ("requires", position)
            for one in meaning(workspace.catalogue, reference, None, path).dangling:
                message = f"idea '{read.name}' requires {one.clause}"
                place = read.source.place(one.path)
                yield Problem(place, one.code, message, one.hint, Severity.WARNING)


def note_idea(workspace: Workspace, new: NewIdea) -> Recorded:
    """Put an idea on the back burner, in a file of its own.

    Raises:
        UsageError: The title is empty, the day is over, or what it requires is not known.
        CurriculumError: A file or the journal cannot be read or written.
    """
    before = _dropped_before(workspace, new.title)
    file, edit = new_idea_edit(workspace, _with_origin(workspace, new))
    facts = write_texts(journal_writer(workspace), {file: edit})
    return Recorded(workspace, facts, dropped_before=before)


def _dropped_before(workspace: Workspace, title: str) -> IdeaStep | None:
    """Return the decision by which an idea of this title was given up."""
    wanted = " ".join(title.split()).casefold()
    for read in ideas_of(workspace):
        if read.idea is None or read.idea.title.casefold() != wanted:
            continue
        last = read.idea.last
        if last is not None and last.did is IdeaDeed.DROPPED:
            return last
    return None


def _with_origin(workspace: Workspace, new: NewIdea) -> NewIdea:
    """Return a new idea with the file of the follow-up that it came from, if it names one."""
    if new.origin is None or not new.origin.startswith("^"):
        return new
    found = services.followups.follow_up_named(workspace, new.origin)
    return replace(new, origin=found.origin.file)


def new_idea_edit(workspace: Workspace, new: NewIdea) -> tuple[str, TextEdit]:
    """Return the file of a new idea, and the edit that writes it.

    Raises:
        UsageError: The title is empty, the day is over, or what it requires is not known.
        CurriculumError: A file cannot be read.
    """
    today = workspace.today
    title = " ".join(new.title.split())
    if not title:
        raise UsageError("the idea is empty", "TEXT")
    if new.look is not None and new.look <= today:
        raise UsageError(f"{new.look} is not still to come", "--look")
    requires = [name_meant(name, workspace, "--requires") for name in new.requires]
    look = new.look
    if look is None and not requires:
        look = today + LOOK_AGAIN
    said = {"title": title, "since": today, "look": look, "upside": new.upside, "from": new.origin}
    idea = Idea.model_validate(said)
    name = new_idea_name(title, {read.name for read in ideas_of(workspace)})
    lines = new_idea_lines(idea, requires)
    return idea_file(name), lambda text: [appended(text, lines, gap=False)]


def decide_idea(
    workspace: Workspace, name: str, did: IdeaDeed, why: str | None = None, look: date | None = None
) -> Recorded:
    """Write down what was decided about an idea.

    Args:
        workspace: The workspace.
        name: The idea, or as much of its name as tells it from the others.
        did: What was decided.
        why: Why.
        look: The day on which it comes back; None means, for one that is kept, after twice as long
            as the last time.

    Raises:
        UsageError: No idea is called that, it is closed, or the day is over.
        IdeaEditError: The file is written in a way in which nothing can be added.
        CurriculumError: A file or the journal cannot be read or written.
    """
    read = idea_meant(workspace, name)
    assert read.idea is not None, "an idea with problems is refused"
    today = workspace.today
    if look is not None and look <= today:
        raise UsageError(f"{look} is not still to come", "--look")
    if look is None and did is IdeaDeed.KEPT:
        look = today + rest_after(read.idea)
    step = IdeaStep(on=today, did=did, why=why, look=look)
    edits = {read.file: step_edit(read, step)}
    return Recorded(workspace, write_texts(journal_writer(workspace), edits))


def step_edit(read: IdeaRead, step: IdeaStep) -> TextEdit:
    """Return the edit that adds a decision to the history of an idea.

    It raises IdeaEditError where the file is written in a way in which nothing can be added.
    """
    assert read.idea is not None, "an idea with problems is refused"
    wanted = (*read.idea.history, step)

    def edit(text: str) -> list[TextChange]:
        change = with_step(text, step)
        after = read_idea(read.file, applied(text, change)).idea
        if after is None or after.history != wanted:
            raise IdeaEditError(read.file, step_line(step))
        return [change]

    return edit


def idea_meant(workspace: Workspace, name: str) -> IdeaRead:
    """Return the open idea that a name stands for; its beginning is enough.

    Raises:
        UsageError: No idea is called that, several are, or it is closed.
        ProblemsError: Its file has a problem.
    """
    every = {read.name: read for read in ideas_of(workspace)}
    names = [name] if name in every else [one for one in every if one.startswith(name)]
    if len(names) != 1:
        hint = suggestion(name, every, "see 'curriculum ideas'")
        if names:
            hint = f"it may be {' or '.join(names)}"
        raise UsageError(f"no idea is called '{name}'; {hint}", "IDEA")
    read = every[names[0]]
    if read.idea is None:
        raise ProblemsError(read.problems, {read.file: read.source.text})
    if not read.idea.is_open and read.idea.last is not None:
        raise UsageError(f"'{read.name}' was {read.idea.last.did} on {read.idea.last.on}", "IDEA")
    return read
