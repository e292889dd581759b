"""Ask a person in a terminal, field by field; Enter skips a question or takes what is offered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from curriculum.cli.result_parameters import DIRECTIONS, OVER, REDUCERS, SPREADS
from curriculum.services.draft_sources import DraftSource
from curriculum.services.drafting import SaidOfWork
from curriculum.syllabus.importers.bibtex import spoken_names
from curriculum.syllabus.importers.result_rows import (
    PLACES,
    ResultRow,
    is_value,
    likely_direction,
    likely_unit,
)


def is_asking() -> bool:
    """Whether a person sits at a terminal who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(question: str, offered: str = "", among: Sequence[str] = ()) -> str:
    """Return what a person answers to a question; empty when they skip it.

    Args:
        question: What is asked.
        offered: What Enter means.
        among: The answers there are; none when any will do.
    """
    shown = f"{question} ({', '.join(among)})" if among else question
    while True:
        answer = str(click.prompt(shown, default=offered, show_default=bool(offered)))
        found = " ".join(answer.split())
        if not among or not found or found in among:
            return found
        matching = [one for one in among if one.startswith(found.lower())]
        if len(matching) == 1:
            return matching[0]
        click.echo(f"'{found}' is not among them")


def asked_of_paper(said: SaidOfWork) -> tuple[DraftSource, SaidOfWork]:
    """Return what a person answers about a paper."""
    click.echo("Enter skips a question. Ctrl-C writes nothing.")
    title = asked("Title")
    authors = said.authors or spoken_names(asked("Authors, as 'Ada Adder and Bo Binary'"))
    year = said.year or _asked_year()
    arxiv = asked("arXiv id")
    doi = "" if arxiv else asked("DOI")
    source = DraftSource(arxiv=arxiv or None, doi=doi or None)
    return source, replace(said, title=title or None, authors=authors, year=year)


_RESULT_QUESTIONS: Sequence[tuple[str, str, Sequence[str]]] = (
    ("on", "Measured on (dataset or task)", ()),
    ("version", "Its version", ()),
    ("method", "Method", ()),
    ("metric", "Metric, as average-return", ()),
    ("direction", "Better is", DIRECTIONS),
    ("unit", "Unit", ()),
    ("value", "Value, as '3564 ± 115'", ()),
    ("spread_kind", "What the ± is", SPREADS),
    ("over", "Taken over", OVER),
    ("runs", "Number of runs", ()),
    ("reducer", "How a training curve became the number, as final", ()),
    ("table", "Table", ()),
    ("row", "Row", ()),
    ("page", "Page", ()),
)
_NEEDED = ("on", "metric", "value")


def asked_of_result(given: ResultRow, offered: ResultRow) -> ResultRow:
    """Return what a person answers about a published result.

    Args:
        given: What they said already, which is not asked.
        offered: The likely answers.
    """
    click.echo("Enter takes what is in brackets, or skips. Ctrl-C writes nothing.")
    found = dict(given)
    for name, question, among in _RESULT_QUESTIONS:
        if name in given or _is_needless(name, found):
            continue
        answer = asked(question, _likely(name, found, offered), among)
        while flaw := _flaw(name, answer):
            click.echo(flaw)
            answer = asked(question, "", among)
        if answer:
            found[name] = answer
    if not any(found.get(name) for name in PLACES):
        found["text"] = asked("Where it is printed", "not said")
    return found


def _flaw(name: str, answer: str) -> str:
    """Return why an answer will not do, so that it is asked for again at once; else nothing."""
    if not answer:
        return "a result needs this" if name in _NEEDED else ""
    if name == "value" and not is_value(answer):
        return f"'{answer}' is not a number"
    if name == "runs" and not (answer.isdecimal() and int(answer) > 0):
        return f"'{answer}' is not a number of runs"
    if name == "reducer" and answer.partition(":")[0] not in REDUCERS:
        return f"'{answer}' is not among {', '.join(REDUCERS)}"
    return ""


def _is_needless(name: str, found: ResultRow) -> bool:
    """Whether a question makes no sense after the answers before."""
    if name in {"spread_kind", "over"}:
        return "±" not in found.get("value", "") and "+-" not in found.get("value", "")
    return name == "row" and "table" not in found


def _likely(name: str, found: ResultRow, offered: ResultRow) -> str:
    """Return the likely answer to a question: as the last time, or by the metric."""
    if name in offered:
        return offered[name]
    if name == "direction":
        return likely_direction(found.get("metric", ""))
    if name == "unit":
        return likely_unit(found.get("metric", ""))
    return ""


def _asked_year() -> int | None:
    while True:
        answer = asked("Year")
        if not answer:
            return None
        if answer.isdecimal() and 1400 <= int(answer) <= 2200:
            return int(answer)
        click.echo(f"'{answer}' is not a year")
