"""Over random years of notes, reviews and ideas, nothing that was to be done is lost or closed twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from curriculum.model.ideas import IdeaDeed
from curriculum.practice.followups import FollowUpState
from curriculum.practice.ideas import MOST_DUE, idea_state
from curriculum.services.context import Context
from curriculum.services.followups import (
    close_follow_up,
    list_follow_ups,
    park_follow_up,
    reviews_of,
)
from curriculum.services.ideas import NewIdea, decide_idea, ideas_due, ideas_of, note_idea
from curriculum.services.noting import NoteRequest, add_note
from curriculum.services.reviews import make_review
from curriculum.services.undoing import undo
from curriculum.services.workspace import Workspace
from tests.profiles import IS_DEEP
from tests.workspaces import workspace

FIRST = date(2027, 1, 4)
EVENTS = ("note", "idea", "review", "close", "drop", "park", "decide", "tick", "undo")
STEPS = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.integers(0, 40), st.integers(0, 9)),
    min_size=1,
    max_size=40 if IS_DEEP else 12,
)
# A year has a story; shrinking one takes very long.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@dataclass
class Year:
    """A person with a notebook, and their own count of what was noted.

    Attributes:
        root: The workspace.
        today: The day.
        wanted: The texts of what was to be done next, with their states.
        ideas: The titles of the ideas, with their states but for whether they are due.
        before: What they knew before each command that can be taken back.
        said: How many things they noted.
    """

    root: Path
    today: date = FIRST
    wanted: dict[str, FollowUpState] = field(default_factory=dict)
    ideas: dict[str, str] = field(default_factory=dict)
    before: list[tuple[dict[str, FollowUpState], dict[str, str]]] = field(default_factory=list)
    said: int = 0

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is at noon."""
        now = datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=12)
        return Workspace(Context(self.root, now), results="none")

    def note(self, _: int) -> None:
        """Note what is to be done next."""
        self.said += 1
        text = f"thing {self.said}"
        self._command(lambda: add_note(self.workspace, NoteRequest(f"next: {text}")))
        self.wanted[text] = FollowUpState.OPEN

    def idea(self, _: int) -> None:
        """Put an idea on the back burner."""
        self.said += 1
        title = f"idea {self.said}"
        self._command(lambda: note_idea(self.workspace, NewIdea(title)))
        self.ideas[title] = "waiting"

    def close(self, pick: int) -> None:
        """Do a follow-up."""
        self._end(pick, FollowUpState.DONE)

    def drop(self, pick: int) -> None:
        """Give a follow-up up."""
        self._end(pick, FollowUpState.DROPPED)

    def _end(self, pick: int, state: FollowUpState) -> None:
        text, name = self._open(pick)
        if name is not None:
            self._command(lambda: close_follow_up(self.workspace, name, state, "why not"))
            self.wanted[text] = state

    def park(self, pick: int) -> None:
        """Make a follow-up an idea."""
        text, name = self._open(pick)
        if name is not None:
            self._command(lambda: park_follow_up(self.workspace, name))
            self.wanted[text] = FollowUpState.PARKED
            self.ideas[text] = "waiting"

    def _open(self, pick: int) -> tuple[str, str | None]:
        """Return an open follow-up and its id; listing them gives those without one an id."""
        before = len(self.workspace.progress.live)
        every = list_follow_ups(self.workspace)
        if len(self.workspace.progress.live) > before:
            self.before.append((dict(self.wanted), dict(self.ideas)))
        if not every:
            return "", None
        chosen = every[pick % len(every)].origin
        return chosen.text, chosen.id

    def decide(self, pick: int) -> None:
        """Keep, try or drop an idea."""
        still_open = sorted(
            one for one, state in self.ideas.items() if state in ("waiting", "tried")
        )
        if not still_open:
            return
        title = still_open[pick % len(still_open)]
        did = (IdeaDeed.KEPT, IdeaDeed.TRIED, IdeaDeed.DROPPED)[pick % 3]
        name = next(
            read.name
            for read in ideas_of(self.workspace)
            if read.idea is not None and read.idea.title == title
        )
        self._command(lambda: decide_idea(self.workspace, name, did, "so"))
        self.ideas[title] = "waiting" if did is IdeaDeed.KEPT else str(did)

    def review(self, _: int) -> None:
        """Write the review of the days since the last one."""
        before = len(self.workspace.progress.live)
        make_review(self.workspace)
        if len(self.workspace.progress.live) > before:
            self.before.append((dict(self.wanted), dict(self.ideas)))

    def tick(self, pick: int) -> None:
        """Tick a box in the newest review by hand."""
        reviews = reviews_of(self.workspace)
        if not reviews:
            return
        path = self.root / reviews[-1].file
        lines = path.read_text(encoding="utf-8").split("\n")
        boxes = [number for number, line in enumerate(lines) if line.startswith("- [ ] ")]
        if not boxes:
            return
        number = boxes[pick % len(boxes)]
        text = lines[number].removeprefix("- [ ] ").partition(" ^")[0]
        lines[number] = lines[number].replace("- [ ]", "- [x]")
        path.write_text("\n".join(lines), encoding="utf-8")
        if self.wanted[text] is FollowUpState.OPEN:
            self.wanted[text] = FollowUpState.DONE
        # What a hand did is not taken back with what a command did before it.
        self.before.clear()

    def undo(self, _: int) -> None:
        """Take back the last command."""
        if self.before:
            undo(self.workspace)
            self.wanted, self.ideas = self.before.pop()

    def _command(self, run: Callable[[], object]) -> None:
        known = (dict(self.wanted), dict(self.ideas))
        run()
        self.before.append(known)


def compare(year: Year) -> None:
    """Compare what is listed with what the person knows."""
    found = list_follow_ups(year.workspace, closed=True)
    assert len(found) == len(year.wanted), "every follow-up is listed once"
    assert {one.origin.text: one.state for one in found} == year.wanted
    every = ideas_of(year.workspace)
    due = {one.read.name for one in ideas_due(year.workspace, every)}
    assert len(due) <= MOST_DUE
    states = {}
    for read in every:
        assert read.idea is not None, read.problems
        states[read.idea.title] = idea_state(read.idea, is_due=False)
    assert states == year.ideas


@settings(max_examples=200 if IS_DEEP else 8, phases=PHASES)
@given(STEPS)
def test_every_next_step_ends_once_and_no_idea_is_lost(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    year = Year(workspace(tmp_path_factory.mktemp("year")))
    for event, days, pick in steps:
        year.today += timedelta(days=days)
        note(f"{year.today} {event} {pick}")
        getattr(year, event)(pick)
    compare(year)
