"""The commands that can be taken back one by one, and what later ones rest upon."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.attempts import Deviation, Run, ScoreEntry, entry_text
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Fact,
    FactStamp,
    Finished,
    Scored,
    Skipped,
    Started,
    Stopped,
    Studied,
    Undone,
)
from curriculum.model.progress import Progress
from curriculum.progress.commands import RecordedCommand, command_resting_on, recorded_commands
from curriculum.progress.state import replay
from curriculum.reproduction.attempts import attempts_of
from tests.facts import stamp

SUMS = UnitId("sums/1")
RESULT = "ppo-2017#pong"
VALUES = {1: 21.0, 2: 20.5, 3: 19.0, 4: 18.5}

KINDS: tuple[Callable[[FactStamp], Fact], ...] = (
    lambda head: Studied(**head, unit=SUMS, minutes=5),
    lambda head: Stopped(**head, unit=SUMS, minutes=5),
    lambda head: Started(**head, unit=SUMS),
    lambda head: Finished(**head, unit=SUMS),
    lambda head: Skipped(**head, unit=SUMS),
)
COMMANDS = st.lists(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3), max_size=6)


def journal(commands: Sequence[Sequence[Callable[[FactStamp], Fact]]]) -> list[Fact]:
    """Return what commands recorded, in that order."""
    found: list[Fact] = []
    for number, kinds in enumerate(commands):
        for part, kind in enumerate(kinds):
            found.append(kind(stamp(10 * number + part, command=f"c{number}")))
    return found


def undone(facts: list[Fact], target: RecordedCommand) -> Progress:
    return replay([*facts, Undone(**stamp(9999), target=target.id)])


def score(number: int, **said: object) -> Scored:
    """Return a score of one run, by a command of its own."""
    entry = ScoreEntry.model_validate({"runs": (Run(value=VALUES[number]),), **said})
    return Scored(**stamp(number), result=RESULT, entry=entry_text(entry))


def resting_numbers(facts: Sequence[Fact]) -> list[int | None]:
    """Return for each command, from the oldest, the number of the one that rests upon it."""
    progress = replay(facts)
    found = [command_resting_on(progress, one) for one in recorded_commands(progress)]
    return [None if one is None else one.number for one in reversed(found)]


@given(COMMANDS.map(journal))
def test_the_list_holds_every_fact_once_and_the_newest_command_first(facts: list[Fact]) -> None:
    commands = recorded_commands(replay(facts))

    assert [command.number for command in commands] == list(range(1, len(commands) + 1))
    assert [fact for command in reversed(commands) for fact in command.facts] == facts


@given(COMMANDS.map(journal), st.data())
def test_a_command_is_taken_back_alone(facts: list[Fact], data: st.DataObject) -> None:
    commands = recorded_commands(replay(facts))
    if not commands:
        return
    target = data.draw(st.sampled_from(commands))

    assert undone(facts, target) == replay(fact for fact in facts if fact.command != target.id)


@given(COMMANDS.map(journal))
def test_the_newest_command_can_always_be_taken_back(facts: list[Fact]) -> None:
    progress = replay(facts)

    assert all(command_resting_on(progress, one) is None for one in recorded_commands(progress)[:1])


def pairs(facts: tuple[Fact, ...]) -> dict[str, str | None]:
    """Return each stop of a timer with its start."""
    timer: str | None = None
    found: dict[str, str | None] = {}
    for fact in facts:
        if isinstance(fact, Started):
            timer = fact.id
        elif isinstance(fact, Stopped):
            found[fact.id] = timer
            timer = None
    return found


@given(st.lists(st.sampled_from(["start", "stop", "switch"]), max_size=8), st.data())
def test_what_can_be_taken_back_leaves_no_stop_without_its_start(
    said: list[str], data: st.DataObject
) -> None:
    facts: list[Fact] = []
    for number, word in enumerate(said):
        if word != "start":
            head = stamp(10 * number, command=f"c{number}")
            facts.append(Stopped(**head, unit=SUMS, minutes=5))
        if word != "stop":
            facts.append(Started(**stamp(10 * number + 1, command=f"c{number}"), unit=SUMS))
    progress = replay(facts)
    for target in recorded_commands(progress):
        if command_resting_on(progress, target) is not None:
            continue
        begun = {stop for stop, start in pairs(progress.live).items() if start is not None}
        after = pairs(undone(facts, target).live)
        assert all(after[stop] is not None for stop in begun & after.keys())


def test_what_was_taken_back_is_not_in_the_list() -> None:
    first, second = Finished(**stamp(1), unit=SUMS), Skipped(**stamp(2), unit=SUMS)
    back = Undone(**stamp(3), target="c2")

    assert recorded_commands(replay([first, second, back])) == (RecordedCommand(1, (first,)),)
    assert recorded_commands(Progress()) == ()


def test_a_stop_rests_upon_its_start_and_upon_no_other() -> None:
    facts: list[Fact] = [
        Started(**stamp(1), unit=SUMS),
        Stopped(**stamp(2), unit=SUMS, minutes=5),
        Started(**stamp(3), unit=SUMS),
        Stopped(**stamp(4), unit=SUMS, minutes=5),
    ]

    assert resting_numbers(facts) == [3, None, 1, None]


def test_runs_rest_upon_what_was_declared_for_them() -> None:
    assert resting_numbers([score(1), score(2)]) == [None, None]
    assert resting_numbers([score(1, seeds=5), score(2)]) == [1, None]
    assert resting_numbers([score(1, unit="%"), score(2), score(3)]) == [1, None, None]
    deviations = (Deviation(field="on.version", mine="v4", why="v3 is gone"),)
    assert resting_numbers([score(1, deviations=deviations), score(2)]) == [1, None]
    repeated = [score(1, unit="%"), score(2, unit="%"), score(3)]
    assert resting_numbers(repeated) == [None, None, None]


def test_runs_rest_upon_the_command_that_began_their_attempt() -> None:
    facts = [score(1), score(2, new=True), score(3), score(4, new=True)]

    assert resting_numbers([*facts]) == [None, 2, None, None]


def test_seeds_declared_too_late_do_not_come_to_count() -> None:
    """The first runs are what makes the declaration of the second command too late."""
    assert resting_numbers([score(1), score(2, seeds=5)]) == [1, None]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([None, 5])), max_size=4))
def test_what_can_be_taken_back_leaves_the_runs_of_attempts_together(
    said: list[tuple[bool, int | None]],
) -> None:
    scores = [score(number, new=new, seeds=seeds) for number, (new, seeds) in enumerate(said, 1)]
    facts: list[Fact] = [*scores]
    progress = replay(facts)
    for target in recorded_commands(progress):
        if command_resting_on(progress, target) is not None:
            continue
        taken = VALUES[int(target.id[1:])]
        before = attempts_of(facts).get(RESULT, ())
        left = [[run.value for run in one.runs if run.value != taken] for one in before]
        after = attempts_of(undone(facts, target).live).get(RESULT, ())
        assert [[run.value for run in one.runs] for one in after] == [runs for runs in left if runs]
