"""Published results and attempts for the tests of verdicts, written short."""

from __future__ import annotations

from typing import Any

from curriculum.model.attempts import Attempt, Run, ScoreEntry
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import case_of
from curriculum.reproduction.verdicts import judge

NAME = "paper-2020#number"


def published(
    value: str = "100", sd: str | None = "10", **more: Any
) -> Result:  # Any: parts of a record
    """Return a published result: by default a mean of five seeds with its standard deviation, higher is better.

    `n` are its runs and `centre` what its value is; other parts are merged into the record, a spread replaces it.
    """
    record: dict[str, Any] = {
        "id": "number",
        "metric": {"name": "average-return", "direction": "higher", "unit": "return"},
        "on": {"name": "Hopper", "version": "v1"},
        "protocol": {"reducer": {"how": "final"}},
        "value": {"centre": more.pop("centre", "mean"), "value": value},
        "spread": {"kind": "none"}
        if sd is None
        else {"kind": "sd", "value": sd, "ddof": 1, "over": "seeds"},
        "runs": {"n": more.pop("n", 5)},
        "source": {"table": "1"},
    }
    for key, extra in more.items():
        is_part = isinstance(record.get(key), dict) and key != "spread"
        record[key] = {**record[key], **extra} if is_part else extra
    return Result.model_validate(record)


def attempt(*values: float | None, seeds: list[str] | None = None, **entry: Any) -> Attempt:
    """Return an attempt of one command; None is a run that diverged."""
    runs = tuple(
        Run(
            value=value,
            failed="diverged" if value is None else None,
            seed=seeds[number] if seeds else None,
        )
        for number, value in enumerate(values)
    )
    return Attempt(result=NAME).after(ScoreEntry.model_validate({"runs": runs, **entry}))


def verdict(result: Result, *values: float | None, **entry: Any) -> Verdict:
    """Return the verdict on an attempt of one command."""
    return judge_attempt(result, attempt(*values, **entry))


def judge_attempt(result: Result, runs: Attempt) -> Verdict:
    """Return the verdict on an attempt."""
    return judge(case_of(NAME, result, runs))
