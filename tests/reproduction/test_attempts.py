"""What the journal says of scores becomes attempts, and a record can be told from one that was changed."""

from __future__ import annotations

from hypothesis import given

from curriculum.model.attempts import Attempt, Deviation, Run, ScoreEntry, entry_text, read_entry
from curriculum.model.journal import Fact, Scored, Undone
from curriculum.progress.state import replay
from curriculum.reproduction.attempts import attempts_of, fingerprint, judged_of
from tests.facts import entries, stamp
from tests.reproduction.results import NAME, attempt, published, verdict


def fact(number: int, result: str = NAME, **entry: object) -> Scored:
    """Return a fact that records something of the runs at a result, each by a command of its own."""
    text = entry_text(ScoreEntry.model_validate(entry))
    return Scored(**stamp(number), result=result, entry=text)


def runs(*values: float) -> tuple[Run, ...]:
    """Return runs with their values."""
    return tuple(Run(value=value) for value in values)


def test_scores_of_several_commands_are_one_attempt_until_a_new_one_begins() -> None:
    facts = [
        fact(1, runs=runs(1)),
        fact(2, runs=runs(2, 3)),
        fact(3, runs=runs(4), new=True),
        fact(4, runs=runs(5)),
    ]

    first, second = attempts_of(facts)[NAME]
    assert [run.value for run in first.runs] == [1, 2, 3]
    assert [run.value for run in second.runs] == [4, 5]
    assert second.looked == 2


def test_results_are_kept_apart() -> None:
    found = attempts_of([fact(1, runs=runs(1)), fact(2, "paper-2020#other", runs=runs(2))])

    assert {name: [run.value for run in tried[-1].runs] for name, tried in found.items()} == {
        NAME: [1],
        "paper-2020#other": [2],
    }


def test_a_score_that_was_taken_back_was_never_there() -> None:
    undone = Undone(**stamp(3), target=fact(2).command)
    facts: list[Fact] = [fact(1, runs=runs(1)), fact(2, runs=runs(2), new=True), undone]

    (only,) = attempts_of(replay(facts).live)[NAME]
    assert [run.value for run in only.runs] == [1]


def test_what_is_declared_holds_for_the_attempt() -> None:
    deviation = Deviation(field="on.version", mine="v4", why="v1 is gone")
    facts = [
        fact(1, seeds=5, looks=2),
        fact(2, runs=runs(1), deviations=(deviation,)),
        fact(3, runs=runs(2), commit="abc"),
    ]

    (only,) = attempts_of(facts)[NAME]
    assert (only.seeds, only.looks, only.deviations, only.commits) == (5, 2, (deviation,), ("abc",))


@given(entries())
def test_what_is_recorded_can_be_read_again(entry: ScoreEntry) -> None:
    assert read_entry(entry_text(entry), "1") == entry


def test_what_is_not_said_takes_no_room() -> None:
    assert entry_text(ScoreEntry(runs=runs(1.5))) == '{"runs":[{"value":1.5}]}'


def test_a_record_is_told_from_a_changed_one_by_what_a_comparison_looks_at() -> None:
    before = fingerprint(published())

    assert fingerprint(published()) == before
    assert fingerprint(published("101")) != before
    assert fingerprint(published("100.0")) != before
    assert fingerprint(published(on={"version": "v2"})) != before
    assert fingerprint(published(source={"table": "2"})) == before
    assert fingerprint(published(tolerance={"abs": 7})) == before


def test_the_journal_keeps_the_verdict_with_what_it_was_given_on() -> None:
    judged = judged_of(verdict(published(), 100, 101, 99), published())

    assert (judged.value, judged.n, judged.published) == ("100", 3, fingerprint(published()))
    assert judged.outcome == verdict(published(), 100, 101, 99).outcome
    assert judged.low is not None
    assert judged.high is not None
    assert judged.low < 0 < judged.high


def test_an_empty_attempt_holds_nothing() -> None:
    assert attempts_of([]) == {}
    assert Attempt(result=NAME).runs == ()
    assert attempt(1, 2).after(ScoreEntry(runs=runs(3))).runs == runs(1, 2, 3)
