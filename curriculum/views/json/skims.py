"""Papers that came in, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from curriculum.model.json_value import Json
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.skim_queue import SkimsImported, Trend, skim_state


def skims_json(shown: Iterable[SkimRead], today: date) -> list[Json]:
    """Return papers as JSON, each with the place of its entry."""
    return [_skim_json(read, today) for read in shown]


def _skim_json(read: SkimRead, today: date) -> Json:
    skim = read.skim
    return {
        "id": skim.id,
        "also": list(skim.also),
        "title": skim.title,
        "authors": list(skim.authors),
        "year": skim.year,
        "url": skim.url,
        "state": skim_state(skim, today),
        "mark": skim.mark,
        "came": skim.came.isoformat(),
        "from": skim.from_,
        "on": None if skim.on is None else skim.on.isoformat(),
        "claim": skim.claim,
        "doubt": skim.doubt,
        "uses": list(skim.uses),
        "builds_on": [one.model_dump(mode="json", exclude_none=True) for one in skim.builds_on],
        "work": skim.work,
        "file": read.file,
        "line": read.line,
    }


def trends_json(found: Iterable[Trend]) -> list[Json]:
    """Return what papers use as JSON, by month."""
    return [
        {
            "name": one.name,
            "papers": one.count,
            "earlier": one.earlier,
            "later": one.later,
            "change": one.change,
            "months": dict(one.months),
        }
        for one in found
    ]


def imported_json(imported: SkimsImported) -> Json:
    """Return what became of the files of an import as JSON."""
    return {
        "files": [
            {"file": one.file, "papers": one.papers, "new": one.new} for one in imported.files
        ],
        "new": [skim.id for skim in imported.skims],
        "lost": [
            {"file": one.place.file, "line": one.place.line, "code": one.code, "said": one.message}
            for one in imported.problems
        ],
    }
