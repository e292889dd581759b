"""Turn what syllabi require into edges and decisions between units; which units are wanted is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.reading_order import front
from curriculum.graph.references import Dangling, Option, find, meaning
from curriculum.model.problems import Problem
from curriculum.model.references import (
    AnyReference,
    Reference,
    Strength,
    TopicReference,
    UnitReference,
)
from curriculum.model.sources import Path
from curriculum.model.works import Chapter


@dataclass(frozen=True, slots=True)
class ProviderDecision:
    """Something that several options would meet, of which one has to be chosen.

    Attributes:
        wanted: What was asked for: `topic:mdp`, or `any of a, b`.
        options: At least two, in the order of their units.
    """

    wanted: str
    options: tuple[Option, ...]


class Needs(NamedTuple):
    """What one unit needs: units for certain, units it would rather have before it, and what is to be decided."""

    hard: UnitNumbers = ()
    soft: UnitNumbers = ()
    decisions: tuple[ProviderDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """What every unit of a library needs.

    Attributes:
        needs: One entry per unit.
        reasons: (before, after) to the reason that was given for the edge.
        problems: References that lead nowhere, or back to where they stand.
    """

    needs: tuple[Needs, ...]
    reasons: Mapping[tuple[int, int], str]
    problems: tuple[Problem, ...]


class WrittenReference(NamedTuple):
    """A reference that applies to a unit, and the path at which it stands in the file of the unit's work."""

    reference: Reference
    path: Path


class _Reason(NamedTuple):
    """Why a unit comes before another; of several reasons the greatest counts, so that written ones go first."""

    before: int
    is_written: bool
    why: str


class _Read(NamedTuple):
    """What one reference asks of one unit."""

    needs: Needs
    reasons: tuple[_Reason, ...]
    dangling: tuple[Dangling, ...]


def requirements_of(
    catalogue: Catalogue, known_topics: frozenset[str] = frozenset()
) -> Requirements:
    """Return what every unit of a library needs; a known topic is asked of nobody."""
    reader = _Reader(catalogue, known_topics)
    reasons: dict[tuple[int, int], str] = {}
    problems: list[Problem] = []
    needs: list[Needs] = []
    for number in range(len(catalogue.units)):
        read = _joined(reader.read(number, written) for written in references(catalogue, number))
        needs.append(_with_order(catalogue, number, read.needs))
        reasons.update({(before, number): why for before, _, why in sorted(read.reasons)})
        if read.dangling:
            problems += [
                problem_of(catalogue, catalogue.units[number], lost) for lost in read.dangling
            ]
    for name in catalogue.spans:
        problems += [*_add_entry(reader, name, needs, reasons), *_unknown_papers(catalogue, name)]
    return Requirements(tuple(needs), reasons, tuple(problems))


def references(catalogue: Catalogue, number: int) -> Iterator[WrittenReference]:
    """Return the references that stand at a unit itself, with their places."""
    written = catalogue.entries[number].requires
    if written:
        path = catalogue.path(number)
        for position, reference in enumerate(written):
            yield WrittenReference(reference, (*path, "requires", position))


def work_references(catalogue: Catalogue, name: str) -> Iterator[WrittenReference]:
    """Return the references that stand at a work as a whole, with their places."""
    for position, reference in enumerate(catalogue.library.works[name].requires):
        yield WrittenReference(reference, ("requires", position))


def is_first(catalogue: Catalogue, number: int, needs: Needs) -> bool:
    """Say whether a unit requires no other unit of its work, so that what its work requires applies to it."""
    span = catalogue.spans[catalogue.works[number]]
    inside = any(before in span for before in needs.hard)
    return not inside and not any(
        all(before in span for option in decision.options for before in option.units)
        for decision in needs.decisions
    )


def problem_of(catalogue: Catalogue, who: str, lost: Dangling) -> Problem:
    """Return the problem that a reference of a work (or of one of its units) leads nowhere."""
    name, _, unit = who.partition("/")
    subject = f"unit '{who}'" if unit else f"work '{who}'"
    place = catalogue.library.sources[name].place(lost.path)
    return Problem(place, lost.code, f"{subject} requires {lost.clause}", lost.hint)


def _with_order(catalogue: Catalogue, number: int, needs: Needs) -> Needs:
    """Add the unit before it in reading order when nothing is written, and the front of a thesis to the rest of it."""
    name = catalogue.works[number]
    turn = catalogue.turns[number]
    hard = needs.hard
    if turn and catalogue.entries[number].requires is None:
        hard = (catalogue.readings[name][turn - 1],)
    work = catalogue.library.works[name]
    start = catalogue.spans[name].start
    soft = needs.soft
    if (
        work.kind == "thesis"
        and (ahead := front(work))
        and catalogue.turns[start + ahead[-1]] < turn
    ):
        soft = _merged(soft, (start + ahead[-1],))
    return Needs(hard, soft, needs.decisions)


def _add_entry(
    reader: _Reader, name: str, needs: list[Needs], reasons: dict[tuple[int, int], str]
) -> Iterator[Problem]:
    """Add what a work requires to its first units, in place, and return what leads nowhere."""
    catalogue = reader.catalogue
    entries = list(work_references(catalogue, name))
    if not entries:
        return
    span = catalogue.spans[name]
    firsts = [number for number in span if is_first(catalogue, number, needs[number])]
    lost: dict[Dangling, None] = {}
    for number in (
        firsts or span[:1]
    ):  # units in a circle have no first, but what leads nowhere is still to be told
        read = _joined(reader.read(number, written, subject=name) for written in entries)
        needs[number] = _union(needs[number], read.needs)
        for before, _, why in sorted(read.reasons, reverse=True):
            reasons.setdefault((before, number), why)
        lost.update(dict.fromkeys(read.dangling))
    yield from (problem_of(catalogue, name, dangling) for dangling in lost)


def _unknown_papers(catalogue: Catalogue, name: str) -> Iterator[Problem]:
    """Return the problems of chapters that name a paper which no syllabus defines."""
    for number in catalogue.spans[name]:
        entry = catalogue.entries[number]
        if (
            isinstance(entry, Chapter)
            and entry.paper is not None
            and entry.paper not in catalogue.spans
        ):
            for lost in meaning(catalogue, UnitReference(ref=entry.paper), None, ()).dangling:
                place = catalogue.library.sources[name].place((*catalogue.path(number), "paper"))
                message = f"unit '{catalogue.units[number]}' is made of the paper {lost.clause}"
                yield Problem(place, "unknown-work", message, lost.hint)


@dataclass(frozen=True)
class _Reader:
    """Reads references of units against a catalogue."""

    catalogue: Catalogue
    known_topics: frozenset[str]

    def read(self, number: int, written: WrittenReference, *, subject: str = "") -> _Read:
        """Return what a reference asks of a unit; `subject` is the work when the reference stands there."""
        reference, path = written
        home = self.catalogue.works[number]
        if isinstance(reference, UnitReference):
            units = find(self.catalogue, reference.ref, home)
            options: tuple[Option, ...] = () if units is None else (Option(reference.ref, units),)
            dangling = (
                meaning(self.catalogue, reference, home, path).dangling if units is None else ()
            )
        elif self._is_known(reference):
            return _Read(Needs(), (), ())
        else:
            options, dangling = (
                (found := meaning(self.catalogue, reference, home, path)).options,
                found.dangling,
            )
        others = tuple(option for option in options if number not in option.units)
        if options and not others and not self._may_be_met_by_unread(reference):
            return _Read(
                Needs(), (), (_own(reference, self.catalogue, number, subject, path), *dangling)
            )
        return _Read(*_asked(reference, others), dangling)

    def _may_be_met_by_unread(self, reference: Reference) -> bool:
        """Say whether a work whose file has a problem may hold what was asked for."""
        return bool(self.catalogue.library.unread) and not isinstance(reference, UnitReference)

    def _is_known(self, reference: Reference) -> bool:
        if isinstance(reference, TopicReference):
            return reference.topic in self.known_topics
        return isinstance(reference, AnyReference) and any(map(self._is_known, reference.any))


def _asked(reference: Reference, options: tuple[Option, ...]) -> tuple[Needs, tuple[_Reason, ...]]:
    """Return the needs that a reference with these options makes, and the reasons it gives for them."""
    every = (
        options[0].units
        if len(options) == 1
        else tuple({unit for option in options for unit in option.units})
    )
    why = reference.why or (
        f"for the topic '{reference.topic}'" if isinstance(reference, TopicReference) else None
    )
    is_written = reference.why is not None
    reasons = tuple(_Reason(before, is_written, why) for before in every) if why is not None else ()
    if reference.strength is Strength.SOFT:
        return Needs(soft=tuple(sorted(every))), reasons
    if len(options) <= 1:
        return Needs(hard=every), reasons
    return Needs(decisions=(ProviderDecision(_wanted(reference, options), options),)), reasons


def _wanted(reference: Reference, options: tuple[Option, ...]) -> str:
    if isinstance(reference, TopicReference):
        return f"topic:{reference.topic}"
    return f"any of {', '.join(option.label for option in options)}"


def _own(
    reference: Reference, catalogue: Catalogue, number: int, subject: str, path: Path
) -> Dangling:
    """Return the problem that a reference can only be met by what it belongs to."""
    if isinstance(reference, TopicReference):
        clause = f"the topic '{reference.topic}', which it alone teaches"
        return Dangling(
            (*path, "topic"),
            "self-reference",
            clause,
            "remove it, or let another unit teach the topic",
        )
    written = reference.ref if isinstance(reference, UnitReference) else "any of itself"
    if subject:
        hint = f"write it under the units of '{subject}' that need it"
        return Dangling(
            (*path, "ref"), "self-reference", f"'{written}', which is part of itself", hint
        )
    is_itself = written in (catalogue.units[number], catalogue.entries[number].id)
    clause = "itself" if is_itself else f"'{written}', which contains itself"
    return Dangling(
        (*path, "ref"), "self-reference", clause, "remove it, or name the units it really needs"
    )


def _joined(reads: Iterable[_Read]) -> _Read:
    """Return what several references ask together."""
    parts = tuple(reads)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _Read(Needs(), (), ())
    needs = Needs(
        tuple(dict.fromkeys(before for part in parts for before in part.needs.hard)),
        tuple(dict.fromkeys(before for part in parts for before in part.needs.soft)),
        tuple(dict.fromkeys(decision for part in parts for decision in part.needs.decisions)),
    )
    reasons = tuple(reason for part in parts for reason in part.reasons)
    return _Read(needs, reasons, tuple(lost for part in parts for lost in part.dangling))


def _union(left: Needs, right: Needs) -> Needs:
    decisions = tuple(dict.fromkeys((*left.decisions, *right.decisions)))
    return Needs(_merged(left.hard, right.hard), _merged(left.soft, right.soft), decisions)


def _merged(left: UnitNumbers, right: UnitNumbers) -> UnitNumbers:
    return tuple(dict.fromkeys((*left, *right)))
