"""Ask a person in a terminal, field by field; Enter skips a question or takes what is offered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from curriculum.services.draft_sources import DraftSource
from curriculum.services.drafting import SaidOfWork
from curriculum.syllabus.importers.bibtex import spoken_names


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


def _asked_year() -> int | None:
    while True:
        answer = asked("Year")
        if not answer:
            return None
        if answer.isdecimal() and 1400 <= int(answer) <= 2200:
            return int(answer)
        click.echo(f"'{answer}' is not a year")
