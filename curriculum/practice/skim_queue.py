"""The queue of papers that came in: what is unread, what aged out, and what becomes more common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.skims import Skim, SkimMark
from curriculum.practice.skim_files import SkimRead

UNREAD = "unread"
AGED_OUT = "aged out"

AGES_OUT = timedelta(weeks=4)
"""How long a paper waits to be looked at; after that it is counted, and not shown again."""

WORTH_A_TREND = 5
"""In fewer papers, what is used shows no trend."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How often something is used by papers that came in.

    Attributes:
        name: What is used.
        months: The number of papers in each month, in order; a month is written `2027-01`.
        earlier: The number in the first half of the weeks that were looked at.
        later: The number in the second half.
    """

    name: str
    months: tuple[tuple[str, int], ...]
    earlier: int
    later: int

    @property
    def count(self) -> int:
        """The number of papers in all."""
        return self.earlier + self.later

    @property
    def change(self) -> int:
        """How many papers more there were in the second half than in the first."""
        return self.later - self.earlier


@dataclass(frozen=True, slots=True)
class SkimCounts:
    """How many papers are in the queue.

    Attributes:
        unread: Those that wait to be looked at.
        aged_out: Those that waited for too long.
        marked: Those that were decided about, by what was decided.
    """

    unread: int
    aged_out: int
    marked: tuple[tuple[SkimMark, int], ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the papers of one file.

    Attributes:
        file: What the file is called.
        papers: How many papers it names.
        new: How many of them had not come in before.
    """

    file: str
    papers: int
    new: int


@dataclass(frozen=True, slots=True)
class SkimsImported:
    """What an import came to.

    Attributes:
        files: What became of each file.
        skims: The papers that are new.
        problems: Everything that was lost, in the order of the files.
        facts: What was recorded.
    """

    files: tuple[TakenIn, ...]
    skims: tuple[Skim, ...]
    problems: tuple[Problem, ...]
    facts: tuple[Fact, ...]


def skim_state(skim: Skim, today: date) -> str:
    """Return the one state a paper is in: its mark, `unread`, or `aged out`."""
    if skim.mark is not None:
        return str(skim.mark)
    return AGED_OUT if today - skim.came >= AGES_OUT else UNREAD


def unread_skims(skims: Iterable[SkimRead], today: date) -> tuple[SkimRead, ...]:
    """Return the papers that wait to be looked at, the newest first."""
    waiting = [one for one in skims if skim_state(one.skim, today) == UNREAD]
    return tuple(sorted(waiting, key=lambda one: one.skim.came, reverse=True))


def decided_skims(skims: Iterable[SkimRead], first: date, last: date) -> tuple[SkimRead, ...]:
    """Return the papers that were decided about from one day to another, in order."""
    found = [one for one in skims if one.skim.on is not None and first <= one.skim.on <= last]
    return tuple(sorted(found, key=lambda one: (one.skim.on or first, one.skim.id)))


def unread_on(skims: Iterable[Skim], day: date) -> int:
    """Return how many papers waited to be looked at on the evening of a day."""
    count = 0
    for skim in skims:
        was_marked = skim.mark is not None and (skim.on is None or skim.on <= day)
        if skim.came <= day < skim.came + AGES_OUT and not was_marked:
            count += 1
    return count


def shown_skims(
    skims: Iterable[SkimRead], today: date, wanted: str | None = None, *, every: bool = False
) -> tuple[SkimRead, ...]:
    """Return the papers that a list shows, the newest first.

    Args:
        skims: The papers.
        today: Today.
        wanted: Only those of this state; None means those that are neither passed nor aged out.
        every: Whether those are shown as well.
    """
    hidden = () if every else (str(SkimMark.PASS), AGED_OUT)
    found: list[SkimRead] = []
    for one in skims:
        state = skim_state(one.skim, today)
        if state == wanted or (wanted is None and state not in hidden):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.skim.came, reverse=True))


def skim_counts(skims: Iterable[Skim], today: date) -> SkimCounts:
    """Return how many papers are in the queue."""
    states = Counter(skim_state(skim, today) for skim in skims)
    marked = tuple((mark, states[str(mark)]) for mark in SkimMark)
    return SkimCounts(states[UNREAD], states[AGED_OUT], marked)


def trends(skims: Iterable[Skim], today: date, weeks: timedelta) -> tuple[Trend, ...]:
    """Return what at least `WORTH_A_TREND` papers use, what becomes more common first.

    Args:
        skims: The papers.
        today: Today.
        weeks: How far to look back.
    """
    first = today - weeks + timedelta(days=1)
    middle = today - weeks / 2
    days: dict[str, list[date]] = {}
    for skim in skims:
        if first <= skim.came <= today:
            for name in dict.fromkeys(skim.uses):
                days.setdefault(name, []).append(skim.came)
    months = list(_months(first, today))
    found: list[Trend] = []
    for name, came in days.items():
        if len(came) >= WORTH_A_TREND:
            counted = Counter(f"{day:%Y-%m}" for day in came)
            by_month = tuple((month, counted[month]) for month in months)
            later = sum(1 for day in came if day > middle)
            found.append(Trend(name, by_month, len(came) - later, later))
    return tuple(sorted(found, key=lambda one: (-one.change, -one.count, one.name)))


def _months(first: date, last: date) -> Iterator[str]:
    day = first.replace(day=1)
    while day <= last:
        yield f"{day:%Y-%m}"
        day = (day + timedelta(days=31)).replace(day=1)
