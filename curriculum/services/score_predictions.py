"""Predictions of scores: one's own, which `score` judges, and the paper's, until guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.attempts import Attempt
from curriculum.model.formatting import counted
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.predictions import (
    NumberRange,
    Prediction,
    PredictionEnd,
    PredictionOutcome,
    StatedChance,
)
from curriculum.model.problems import CurriculumError
from curriculum.model.results import Result
from curriculum.practice.predictions import (
    PREDICTIONS,
    JudgedPrediction,
    ListedPrediction,
    covering,
    prediction_lines,
    read_predictions,
    said_lines,
    with_guess,
)
from curriculum.practice.user_text import TextChange, applied
from curriculum.practice.yaml_entries import with_entry
from curriculum.reproduction.my_runs import runs_of
from curriculum.reproduction.numbers_reached import first_complete, is_complete
from curriculum.reproduction.papers import primary_of
from curriculum.services.comparisons import paper_attempts, result_meant
from curriculum.services.errors import UsageError
from curriculum.services.predictions import (
    NewPrediction,
    Predicted,
    entry_edit,
    outcome_edit,
    predictions_of,
    require_written,
    write_prediction,
)
from curriculum.services.recording import JournalWriter, journal_writer
from curriculum.services.shown_numbers import note_shown, was_shown
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written, write_texts


@dataclass(frozen=True, slots=True)
class NumbersCovered:
    """What was done to cover published numbers.

    Attributes:
        covered: The results whose numbers are covered now, as `PAPER#RESULT`.
        shown: Those that were shown before, so that a guess would not count.
        facts: What was recorded.
    """

    covered: tuple[str, ...]
    shown: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ScorePredictions:
    """What a new score says about the predictions of it.

    Attributes:
        judged: The predictions that it decided.
        fault: Why that could not be written down; None where it could.
    """

    judged: tuple[JudgedPrediction, ...] = ()
    fault: str | None = None


def predict_score(
    workspace: Workspace, text: str, range_: NumberRange, new: NewPrediction
) -> Predicted:
    """Write down what range one's own score of `PAPER#RESULT` will lie in.

    Raises:
        UsageError: The text does not name a result, or something is missing.
        CurriculumError: The file or the journal cannot be read or written.
    """
    paper, name = result_meant(workspace, text)
    attempts = paper.attempts.get(name, ())
    number, is_begun = _attempt_to_come(paper.results[name], attempts)
    what: dict[str, object] = {"result": f"{paper.work}#{name}", "range": range_}
    if number > 1:
        what["attempt"] = number
    if is_begun:
        what["seen"] = True
    return write_prediction(workspace, what, new, name)


def _attempt_to_come(result: Result, attempts: Sequence[Attempt]) -> tuple[int, bool]:
    """Return the number of the attempt that a prediction is about, and whether it has begun."""
    if not attempts:
        return 1, False
    current = attempts[-1]
    if is_complete(result, current):
        return current.number + 1, False
    return current.number, bool(current.runs)


def cover_numbers(workspace: Workspace, text: str) -> NumbersCovered:
    """Cover the published number that `PAPER#RESULT` names, or the primary ones of a paper.

    Raises:
        UsageError: The text does not name a paper or a result.
        CurriculumError: The file or the journal cannot be read or written.
    """
    names = _names_to_cover(workspace, text)
    shown = [name for name in names if was_shown(workspace, name)]
    covered: list[str] = []

    def edit(text: str) -> Iterator[TextChange]:
        for name in names:
            entries = read_predictions(text).entries
            if name in shown or _is_guessed(entries, name):
                continue
            covered.append(name)
            if covering(entries, name) is not None:
                continue
            one = _cover(workspace, name, entries)
            change = with_entry(text, prediction_lines(one))
            require_written(text, change, one, "; ".join(prediction_lines(one)))
            text = applied(text, change)
            yield change

    facts = write_texts(journal_writer(workspace), {PREDICTIONS: edit})
    return NumbersCovered(tuple(covered), tuple(shown), facts)


def _names_to_cover(workspace: Workspace, text: str) -> list[str]:
    if "#" in text:
        paper, name = result_meant(workspace, text)
        return [f"{paper.work}#{name}"]
    paper = paper_attempts(workspace, text)
    chosen = primary_of(tuple(paper.results.values()))
    if not chosen:
        raise UsageError(f"the syllabus of {paper.work} holds no results", "PAPER")
    return [f"{paper.work}#{result.id}" for result in chosen]


def _is_guessed(entries: Iterable[ListedPrediction], name: str) -> bool:
    return any(
        one.value.paper and one.value.result == name and not one.value.is_covered for one in entries
    )


def _cover(workspace: Workspace, name: str, entries: Iterable[ListedPrediction]) -> Prediction:
    taken = {one.value.id for one in entries}
    stem = f"{name.partition('#')[2]}-paper"
    return Prediction.model_validate(
        {"id": _free(stem, taken), "made": workspace.today, "result": name, "paper": True}
    )


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def guess_published(
    workspace: Workspace, text: str, range_: NumberRange, new: NewPrediction
) -> Predicted:
    """Write down a guess of the published number that `PAPER#RESULT` names, and judge it.

    One of a number that was shown already is recorded as seen.

    Raises:
        UsageError: The text does not name a result, it was guessed already, or something is
            missing.
        CurriculumError: The file or the journal cannot be read or written.
    """
    paper, name = result_meant(workspace, text)
    full_name = f"{paper.work}#{name}"
    entries = predictions_of(workspace).entries
    if _is_guessed(entries, full_name):
        raise UsageError(f"the published number of '{full_name}' was guessed already", "PAPER")
    what: dict[str, object] = {"result": full_name, "paper": True, "range": range_}
    what["outcome"] = _outcome_of_paper(workspace, paper.results[name], range_)
    if was_shown(workspace, full_name):
        what["seen"] = True
    entry = covering(entries, full_name)
    if entry is None:
        guessed = write_prediction(workspace, what, new, f"{name}-paper")
    else:
        guessed = _guess_covered(workspace, entry, what, new)
    # A guess that is taken back cannot be made again as if nothing had been seen.
    note_shown(workspace, [full_name])
    return guessed


def _outcome_of_paper(
    workspace: Workspace, result: Result, range_: NumberRange
) -> PredictionOutcome:
    number = result.value.value
    return PredictionOutcome.model_validate(
        {
            "is": PredictionEnd.TRUE if number in range_ else PredictionEnd.FALSE,
            "on": workspace.today,
            "came": number,
        }
    )


def _guess_covered(
    workspace: Workspace, entry: ListedPrediction, what: dict[str, object], new: NewPrediction
) -> Predicted:
    """Write a guess into the prediction that covered the number."""
    if new.p is None:
        raise UsageError("say how likely it is, as '--p 65%'", "--p")
    said = StatedChance.model_validate({"on": workspace.today, "is": new.p, "why": new.why})
    keys = {"range_": what["range"], "outcome": what["outcome"], "p": (said,)}
    keys["seen"] = what.get("seen", False)
    guess = entry.value.model_copy(update=keys)

    def change(text: str, one: ListedPrediction) -> TextChange:
        return with_guess(text, one, guess)

    edit = entry_edit(guess, change, "; ".join(said_lines(guess)))
    return Predicted(guess, write_texts(journal_writer(workspace), {PREDICTIONS: edit}))


def judge_by_score(
    writer: JournalWriter, full_name: str, result: Result, attempts: Sequence[Attempt]
) -> tuple[ScorePredictions, list[Fact]]:
    """Decide the predictions of a score, and write that down; the journal is held meanwhile.

    Nothing that is wrong with the file of predictions stops a score from being recorded.

    Args:
        writer: What records the score.
        full_name: The result, as `PAPER#RESULT`.
        result: The published result.
        attempts: All attempts at it, with the new score.
    """
    edits: list[tuple[JudgedPrediction, TextEdit]] = []
    try:
        for entry in predictions_of(writer.workspace).entries:
            outcome = _outcome_of_score(writer.workspace, entry.value, full_name, result, attempts)
            if outcome is not None:
                wanted = entry.value.model_copy(update={"outcome": outcome})
                judged = JudgedPrediction(wanted, outcome)
                edits.append((judged, outcome_edit(wanted, outcome)))
        facts = texts_written(writer, {PREDICTIONS: _one_after_another(edits)}) if edits else []
    except CurriculumError as error:
        return ScorePredictions(fault=str(error)), []
    return ScorePredictions(tuple(one for one, _ in edits)), facts


def _one_after_another(edits: Iterable[tuple[JudgedPrediction, TextEdit]]) -> TextEdit:
    def edit(text: str) -> Iterator[TextChange]:
        for _, one in edits:
            for change in one(text):
                text = applied(text, change)
                yield change

    return lambda text: list(edit(text))


def _outcome_of_score(
    workspace: Workspace,
    one: Prediction,
    full_name: str,
    result: Result,
    attempts: Sequence[Attempt],
) -> PredictionOutcome | None:
    """Return how a prediction ends with some attempts; None while they do not decide it."""
    if one.paper or one.range_ is None or one.result != full_name or one.outcome is not None:
        return None
    found = first_complete(result, attempts, one.attempt)
    if found is None or workspace.today < one.p[-1].on:
        return None
    attempt, reached = found
    runs = counted(runs_of(result, attempt).total, "run")
    return PredictionOutcome.model_validate(
        {
            "is": PredictionEnd.TRUE if reached in one.range_ else PredictionEnd.FALSE,
            "on": workspace.today,
            "came": f"{reached:.12g}",
            "published": result.value.value,
            "evidence": f"attempt {attempt.number}, {runs}",
        }
    )
