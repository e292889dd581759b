"""The commands of the journal that can be taken back, and what later ones rest upon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.attempts import Attempt, read_entry
from curriculum.model.journal import Fact, Renamed, Scored, Started, Stopped
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.progress import Progress
from curriculum.progress.renames import named_work

_SOME_RESULT = "paper#result"
"""Stands for the result of an attempt whose terms alone are looked at."""


@dataclass(frozen=True, slots=True)
class RecordedCommand:
    """A command that was not taken back.

    Attributes:
        number: What `undo` calls it: 1 is the command that was recorded last.
        facts: What it recorded, in that order; one fact at least.
    """

    number: int
    facts: tuple[Fact, ...]

    @property
    def id(self) -> str:
        """What its facts share."""
        return self.facts[0].command


def recorded_commands(progress: Progress) -> tuple[RecordedCommand, ...]:
    """Return the commands that were not taken back, the newest first."""
    found: dict[str, list[Fact]] = {}
    for fact in reversed(progress.live):
        found.setdefault(fact.command, []).append(fact)
    commands = []
    for number, facts in enumerate(found.values(), start=1):
        commands.append(RecordedCommand(number, tuple(reversed(facts))))
    return tuple(commands)


def command_resting_on(progress: Progress, target: RecordedCommand) -> RecordedCommand | None:
    """Return the newest later command that would mean something else without a command.

    None when there is none. A stopped timer rests upon its start, runs at a published result upon
    what was declared for them before, and what names a work upon the renaming that named it so.
    """
    resting = {fact.command for fact in _resting_facts(progress.live, target.id)}
    newer = recorded_commands(progress)[: target.number - 1]
    for command in newer:
        if command.id in resting:
            return command
    return None


def _resting_facts(live: Sequence[Fact], command: str) -> Iterator[Fact]:
    yield from _stops_of_timers(live, command)
    yield from _uses_of_new_names(live, command)
    scores = [fact for fact in live if isinstance(fact, Scored)]
    for result in {score.result for score in scores if score.command == command}:
        yield from _scores_changed([one for one in scores if one.result == result], command)


def _uses_of_new_names(live: Iterable[Fact], command: str) -> Iterator[Fact]:
    """Yield the later facts about a work that a command renamed."""
    names: set[str] = set()
    for fact in live:
        if isinstance(fact, Renamed):
            if fact.before in names:
                yield fact
            if fact.command == command:
                names.add(fact.after)
        elif named_work(fact) in names:
            yield fact


def _stops_of_timers(live: Iterable[Fact], command: str) -> Iterator[Fact]:
    """Yield the facts that stop a timer which a command started."""
    timer: Started | None = None
    for fact in live:
        if isinstance(fact, Started):
            timer = fact
        elif isinstance(fact, Stopped):
            if timer is not None and timer.command == command:
                yield fact
            timer = None


def _scores_changed(scores: Sequence[Scored], command: str) -> Iterator[Fact]:
    """Yield the scores of a result that would belong to another attempt, or count differently."""
    others = [score for score in scores if score.command != command]
    now = _standings(scores, command)
    then = _standings(others, command)
    for score in others:
        if now[score.id] != then[score.id]:
            yield score


def _standings(scores: Sequence[Scored], command: str) -> dict[str, tuple[object, ...]]:
    """Return what scores count as, except those of a command.

    That is the first other score of their attempt, and the terms of the attempt so far.
    """
    found: dict[str, tuple[object, ...]] = {}
    attempt = Attempt(result=_SOME_RESULT)
    first = ""
    for score in scores:
        entry = read_entry(score.entry, score.id)
        attempt = attempt.after(entry)
        if entry.new:
            first = ""
        if score.command != command:
            first = first or score.id
            found[score.id] = (first, *_terms(attempt))
    return found


def _terms(attempt: Attempt) -> tuple[object, ...]:
    """Return what was declared for the runs of an attempt."""
    return attempt.reducer, attempt.unit, attempt.deviations, attempt.seeds, attempt.looks
