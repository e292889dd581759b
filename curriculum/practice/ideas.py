"""The back burner: read ideas, find those that come back, and write down what was decided."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from curriculum import syllabus
from curriculum.model.ideas import Idea, IdeaDeed, IdeaStep
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Problem
from curriculum.model.quantities import quoted
from curriculum.model.sources import Source
from curriculum.practice.user_text import TextChange, appended, file_lines, with_lines
from curriculum.syllabus.located_problems import Flaw, with_places

IDEAS = "ideas"
LOOK_AGAIN = timedelta(weeks=4)
"""When a new idea comes back that names neither a day nor what it requires."""

LONGEST_REST = timedelta(days=365)
"""How long an idea rests at most, however often it was kept."""

_DOUBLINGS = 4
"""After as many, an idea rests for `LONGEST_REST`."""

MOST_DUE = 5
"""How many ideas come back at once; the others wait, the longest due first."""

_FILE = late_pattern(rf"{IDEAS}/(?P<name>[a-z0-9][a-z0-9.-]*)\.yaml")
_LONGEST_NAME = 50
_ITEM = late_pattern(r"(?:[ \t]+\S.*|-.*|[ \t]*|#.*)")


@dataclass(frozen=True, slots=True)
class IdeaRead:
    """An idea as it was found.

    Attributes:
        name: The stem of its file, which commands call it.
        file: The file, by its path in the workspace.
        idea: What the file says; None when it has a problem.
        source: The file with the places of its values.
        problems: What is wrong with it.
    """

    name: str
    file: str
    idea: Idea | None
    source: Source
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DueIdea:
    """An idea that comes back.

    Attributes:
        read: The idea.
        since: The day from which on it is due.
        is_learned: Whether it comes back because what it requires has been learned.
    """

    read: IdeaRead
    since: date
    is_learned: bool


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting an idea comes to.

    Attributes:
        goals: The goals as they are written in the settings.
        is_written: Whether they were added there.
        facts: What was recorded.
    """

    goals: tuple[str, ...]
    is_written: bool
    facts: tuple[Fact, ...] = ()


def idea_file(name: str) -> str:
    """Return the file of an idea, by its path in the workspace."""
    return f"{IDEAS}/{name}.yaml"


def idea_name(file: str) -> str | None:
    """Return the name of the idea that a file holds; None for any other file."""
    match = _FILE.fullmatch(file)
    return None if match is None else match["name"]


def read_idea(file: str, text: str) -> IdeaRead:
    """Return the idea that a file declares, or everything that is wrong with it."""
    name = idea_name(file) or file
    document = syllabus.documents.read_document(file, text)
    content: object = document.content
    if content is None and document.problems:
        return IdeaRead(name, file, None, document.source, document.problems)
    idea, flaws = _idea_of(content)
    problems = tuple(sorted({*document.problems, *with_places(flaws, document.source)}))
    return IdeaRead(name, file, None if problems else idea, document.source, problems)


def _idea_of(content: object) -> tuple[Idea | None, Sequence[Flaw]]:
    if not isinstance(content, dict):
        message = f"the file is {quoted(content)}, not a mapping"
        return None, [Flaw((), "wrong-type", message, "begin it with 'title:'")]
    try:
        return Idea.model_validate(content), []
    except ValueError as error:
        file_type = syllabus.translation.FileType(Idea, "idea")
        return None, syllabus.translation.translate(error, content, file_type)


def due_since(idea: Idea, learned: date | None) -> tuple[date, bool] | None:
    """Return the day from which on an idea is due, and whether because something was learned.

    None for one that was adopted or dropped, or waits for nothing but what is not learned.

    Args:
        idea: The idea.
        learned: The day on which the last of what it requires was learned; None while some of it
            is not, or when it requires nothing.
    """
    if not idea.is_open:
        return None
    look = _look(idea)
    if learned is not None and _is_news(idea, learned) and (look is None or learned <= look):
        return learned, True
    return None if look is None else (look, False)


def _look(idea: Idea) -> date | None:
    """Return the day on which it is to be looked at again; None when only learning brings it."""
    last = idea.last
    if last is not None:
        return last.look or last.on + LOOK_AGAIN
    if idea.look is not None:
        return idea.look
    return None if idea.requires else idea.since + LOOK_AGAIN


def idea_state(idea: Idea, *, is_due: bool) -> str:
    """Return the one state an idea is in: `waiting`, `due`, `tried`, `adopted` or `dropped`.

    >>> idea_state(Idea(title="One critic", since=date(2027, 1, 4)), is_due=False)
    'waiting'
    """
    if is_due:
        return "due"
    if idea.last is None or idea.last.did is IdeaDeed.KEPT:
        return "waiting"
    return str(idea.last.did)


def rest_after(idea: Idea) -> timedelta:
    """Return how long an idea rests when it is kept: each time twice as long as before."""
    kept = sum(1 for step in idea.history if step.did is IdeaDeed.KEPT)
    rest = LOOK_AGAIN
    for _ in range(min(kept, _DOUBLINGS) + 1):
        rest *= 2
    return min(rest, LONGEST_REST)


def _is_news(idea: Idea, learned: date) -> bool:
    """Whether something was learned after the last decision, which knew of all before."""
    return idea.last is None or learned > idea.last.on


def due_ideas(ideas: Iterable[tuple[IdeaRead, date | None]], today: date) -> tuple[DueIdea, ...]:
    """Return the ideas that have come back by today, the longest due first, `MOST_DUE` at most.

    Args:
        ideas: Each idea with the day on which what it requires was learned, see `due_since`.
        today: Today.
    """
    found: list[DueIdea] = []
    for read, learned in ideas:
        due = None if read.idea is None else due_since(read.idea, learned)
        if due is not None and due[0] <= today:
            found.append(DueIdea(read, *due))
    ordered = sorted(found, key=lambda one: (one.since, not _has_upside(one.read), one.read.name))
    return tuple(ordered[:MOST_DUE])


def _has_upside(read: IdeaRead) -> bool:
    return read.idea is not None and read.idea.upside is not None


def new_idea_name(title: str, taken: Collection[str]) -> str:
    """Return a name for a new idea, made of its title.

    >>> new_idea_name("One critic for all tasks", {"one-critic-for-all-tasks"})
    'one-critic-for-all-tasks-2'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "idea"
    stem = words[:_LONGEST_NAME].rstrip("-")
    name = stem
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def new_idea_lines(idea: Idea, requires: Iterable[str]) -> list[str]:
    """Return the lines of a new idea's file.

    Args:
        idea: The idea.
        requires: What it requires, as it was written.
    """
    lines = [f"title: {written_text(idea.title)}", f"since: {idea.since}"]
    if idea.look is not None:
        lines.append(f"look: {idea.look}")
    names = ", ".join(requires)
    if names:
        lines.append(f"requires: [{names}]")
    if idea.upside is not None:
        lines.append(f"upside: {written_text(idea.upside)}")
    if idea.from_ is not None:
        lines.append(f"from: {written_text(idea.from_)}")
    return lines


def written_text(text: str) -> str:
    """Return a text as YAML that reads back as it is: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def step_line(step: IdeaStep) -> str:
    """Return a decision as an entry of the history."""
    parts = [f"on: {step.on}", f"did: {step.did}"]
    if step.why is not None:
        parts.append(f"why: {written_text(step.why)}")
    if step.look is not None:
        parts.append(f"look: {step.look}")
    if step.outcome is not None:
        parts.append(f"outcome: {step.outcome}")
    return f"  - {{{', '.join(parts)}}}"


def with_step(text: str, step: IdeaStep) -> TextChange:
    """Return the change that adds a decision to the history of an idea.

    Where the history is written in one line, the new file is not what is wanted; who applies the
    change reads it again.
    """
    lines = file_lines(text)
    if "history:" not in [line.rstrip() for line in lines]:
        return appended(text, ["history:", step_line(step)], gap=False)
    start = [line.rstrip() for line in lines].index("history:")
    last = start
    while last + 1 < len(lines) and _ITEM.fullmatch(lines[last + 1]):
        last += 1
    while not lines[last].strip() or lines[last].startswith("#"):
        last -= 1
    return with_lines(text, last + 1, [lines[last], _like(lines[last], step)])


def _like(line: str, step: IdeaStep) -> str:
    """Return an entry that stands as far to the right as the one before it."""
    written = step_line(step)
    return written.lstrip() if line.startswith("-") else written
