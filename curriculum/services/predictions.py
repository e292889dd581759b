"""Predictions: make one, change its probability, and say how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from curriculum.disk.texts import shown_text
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.predictions import (
    Prediction,
    PredictionEnd,
    PredictionOutcome,
    StatedChance,
)
from curriculum.model.problems import CurriculumError
from curriculum.model.suggestions import suggestion
from curriculum.practice.ideas import new_idea_name
from curriculum.practice.predictions import (
    PREDICTIONS,
    ListedPrediction,
    PredictionList,
    alike,
    outcome_line,
    prediction_lines,
    read_predictions,
    said_chance,
    with_chance,
    with_outcome,
)
from curriculum.practice.user_text import TextChange, applied
from curriculum.practice.yaml_entries import with_entry
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, write_texts


class PredictionEditError(CurriculumError):
    """Predictions that are written in a way in which what was said cannot be added."""

    def __init__(self, line: str) -> None:
        """Build the sentence from what was to be added."""
        super().__init__(
            f"'{PREDICTIONS}' is written in a way in which nothing can be added; "
            f"add this by hand: {line}"
        )


@dataclass(frozen=True, slots=True)
class NewPrediction:
    """What a person says of a prediction.

    Attributes:
        p: How likely it is.
        by: The day on which it is to be decided.
        how: What decides it.
        about: What it is about.
        field: The field that it belongs to.
        why: Why it is as likely as that.
        name: What it is called; None for a name made of its words.
    """

    p: Fraction | None = None
    by: date | None = None
    how: str | None = None
    about: str | None = None
    field: str | None = None
    why: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Predicted:
    """A prediction as it was written.

    Attributes:
        prediction: The prediction.
        facts: What was recorded.
        alike: How many others are about the same thing.
    """

    prediction: Prediction
    facts: tuple[Fact, ...]
    alike: int = 0


def predictions_of(snapshot: Snapshot) -> PredictionList:
    """Return the predictions of a workspace, and what is wrong with the file.

    Raises:
        CurriculumError: The file cannot be read.
    """
    return read_predictions(shown_text(snapshot.context.root, PREDICTIONS))


def predict_event(workspace: Workspace, says: str, new: NewPrediction) -> Predicted:
    """Write down a prediction that a person decides.

    Raises:
        UsageError: Something is missing, or the day is over.
        CurriculumError: The file or the journal cannot be read or written.
    """
    words = " ".join(says.split())
    if not words:
        raise UsageError("the prediction is empty", "TEXT")
    if new.how is None:
        raise UsageError("say what will decide it, so that it can be judged", "--how")
    if new.by is None:
        raise UsageError("say when it is to be decided", "--by")
    return write_prediction(workspace, {"says": words}, new, words)


def write_prediction(
    workspace: Workspace, what: dict[str, object], new: NewPrediction, words: str
) -> Predicted:
    """Write down a new prediction.

    Args:
        workspace: The workspace.
        what: What is predicted, as keys of a prediction.
        new: What else is said of it.
        words: What its name is made of, unless it is given.

    Raises:
        UsageError: The probability is missing, the day is over, or the name is taken.
        PredictionEditError: The file is written in a way in which nothing can be added.
        CurriculumError: The file or the journal cannot be read or written.
    """
    today = workspace.today
    if new.p is None:
        raise UsageError("say how likely it is, as '--p 65%'", "--p")
    if new.by is not None and new.by <= today:
        raise UsageError(f"{new.by} is not still to come", "--by")
    said = StatedChance.model_validate({"on": today, "is": new.p, "why": new.why})
    keys = what | {"made": today, "p": (said,), "how": new.how, "by": new.by}
    keys |= {"about": new.about, "field": new.field}
    written: list[Predicted] = []

    def edit(text: str) -> list[TextChange]:
        every = read_predictions(text).entries
        name = _new_name(every, new.name, words)
        one = Prediction.model_validate({"id": name, **keys})
        written[:] = [Predicted(one, (), alike(every, one))]
        change = with_entry(text, prediction_lines(one))
        require_written(text, change, one, "; ".join(prediction_lines(one)))
        return [change]

    facts = write_texts(journal_writer(workspace), {PREDICTIONS: edit})
    return replace(written[0], facts=facts)


def _new_name(every: Sequence[ListedPrediction], wanted: str | None, words: str) -> str:
    taken = {one.value.id for one in every}
    if wanted is None:
        return new_idea_name(words, taken)
    if wanted in taken:
        raise UsageError(f"a prediction is called '{wanted}' already", "--id")
    if wanted != new_idea_name(wanted, ()):
        hint = f"as '{new_idea_name(wanted, taken)}'"
        raise UsageError(f"write '{wanted}' with small letters, digits and '-', {hint}", "--id")
    return wanted


def require_written(text: str, change: TextChange, wanted: Prediction, line: str) -> None:
    """Refuse a change after which the file does not say what is wanted, and all that it did.

    Raises:
        PredictionEditError: It does not.
    """
    before = {one.value.id: one.value for one in read_predictions(text).entries}
    after = {one.value.id: one.value for one in read_predictions(applied(text, change)).entries}
    if after != {**before, wanted.id: wanted}:
        raise PredictionEditError(line)


def revise_prediction(workspace: Workspace, name: str, new: NewPrediction) -> Predicted:
    """Add a probability to an open prediction.

    Raises:
        UsageError: No open prediction is called that, or no probability is given.
        CurriculumError: The file or the journal cannot be read or written.
    """
    entry = prediction_meant(workspace, name)
    if entry.value.outcome is not None:
        ended = f"it ended on {entry.value.outcome.on}: {entry.value.outcome.is_}"
        raise UsageError(f"'{entry.value.id}' cannot be changed any more; {ended}", "ID")
    if entry.value.is_covered:
        raise UsageError(f"'{entry.value.result}' is covered; guess it with a range", "ID")
    if new.p is None:
        raise UsageError("say how likely it is now, as '--p 65%'", "--p")
    said = StatedChance.model_validate({"on": workspace.today, "is": new.p, "why": new.why})
    if said.on < entry.value.p[-1].on:
        raise UsageError(f"its probability was said on {entry.value.p[-1].on}, a later day", "ID")
    wanted = entry.value.model_copy(update={"p": (*entry.value.p, said)})

    def change(text: str, one: ListedPrediction) -> TextChange:
        return with_chance(text, one, said)

    edits = {PREDICTIONS: entry_edit(wanted, change, said_chance(said))}
    return Predicted(wanted, write_texts(journal_writer(workspace), edits))


def decide_prediction(
    workspace: Workspace, name: str, end: PredictionEnd, evidence: str, on: date | None = None
) -> Predicted:
    """Write down how a prediction ended.

    Args:
        workspace: The workspace.
        name: The prediction, or as much of its name as tells it from the others.
        end: How it ended.
        evidence: What shows it.
        on: The day on which that was known; None means today.

    Raises:
        UsageError: No open prediction is called that, or the day cannot be meant.
        CurriculumError: The file or the journal cannot be read or written.
    """
    entry = prediction_meant(workspace, name)
    one = entry.value
    if one.outcome is not None:
        hint = "to correct it, edit taste/predictions.yaml or run 'curriculum undo'"
        raise UsageError(f"'{one.id}' ended on {one.outcome.on}: {one.outcome.is_}; {hint}", "ID")
    if one.is_covered:
        raise UsageError(f"'{one.result}' is covered and not guessed yet", "ID")
    day = on or workspace.today
    if day < one.p[-1].on:
        raise UsageError(f"it was predicted only on {one.p[-1].on}", "--on")
    said = {"is": end, "on": day, "evidence": evidence}
    outcome = PredictionOutcome.model_validate(said)
    wanted = one.model_copy(update={"outcome": outcome})
    edits = {PREDICTIONS: outcome_edit(wanted, outcome)}
    return Predicted(wanted, write_texts(journal_writer(workspace), edits))


def outcome_edit(wanted: Prediction, outcome: PredictionOutcome) -> TextEdit:
    """Return the edit that writes how a prediction ended."""

    def change(text: str, one: ListedPrediction) -> TextChange:
        return with_outcome(text, one, outcome)

    return entry_edit(wanted, change, outcome_line(outcome))


def entry_edit(
    wanted: Prediction, change: Callable[[str, ListedPrediction], TextChange], line: str
) -> TextEdit:
    """Return an edit that makes a prediction what is wanted.

    It raises PredictionEditError where the file is written in a way in which it cannot be.

    Args:
        wanted: The prediction after it.
        change: The change of the text, for the prediction as it is in the list.
        line: What the person has to add by hand where the change cannot be made.
    """

    def edit(text: str) -> list[TextChange]:
        found = [one for one in read_predictions(text).entries if one.value.id == wanted.id]
        if len(found) != 1:
            raise PredictionEditError(line)
        made = change(text, found[0])
        require_written(text, made, wanted, line)
        return [made]

    return edit


def prediction_meant(snapshot: Snapshot, name: str) -> ListedPrediction:
    """Return the prediction that a name stands for; its beginning is enough.

    Raises:
        UsageError: No prediction is called that, or several are.
        ProblemsError: None is, and the file has problems.
    """
    found = predictions_of(snapshot)
    every = {one.value.id: one for one in found.entries}
    names = [name] if name in every else [one for one in every if one.startswith(name)]
    if len(names) == 1:
        return every[names[0]]
    if names:
        raise UsageError(f"'{name}' may be {' or '.join(sorted(names))}", "ID")
    if found.problems:
        raise ProblemsError(found.problems, {PREDICTIONS: found.source.text})
    hint = suggestion(name, every, "see 'curriculum predictions --all'")
    raise UsageError(f"no prediction is called '{name}'; {hint}", "ID")
