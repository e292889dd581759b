"""What every unit requires, by the references in the syllabi: edges and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, TypeVar

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.reading_order import front_matter
from curriculum.graph.references import Dangling, Option, meaning
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.references import (
    Reference,
    SeveralReference,
    Strength,
    TopicReference,
    UnitReference,
)
from curriculum.model.sources import Path
from curriculum.model.works import Chapter

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ProviderDecision:
    """A requirement that several options would meet, one of which has to be chosen.

    Attributes:
        wanted: What was asked for: `topic:mdp`, or `any of a, b`.
        options: At least two, in the order of their units.
        is_of_one_unit: Whether the options are a whole unit and then its first reading.
    """

    wanted: str
    options: tuple[Option, ...]
    is_of_one_unit: bool = False


class Needs(NamedTuple):
    """What one unit needs.

    Attributes:
        hard: Units that it requires whatever is decided.
        soft: Units that should rather come before it.
        decisions: What has to be decided for it.
    """

    hard: UnitNumbers = ()
    soft: UnitNumbers = ()
    decisions: tuple[ProviderDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """What every unit of a library needs.

    Attributes:
        needs: One entry per unit.
        reasons: (before, after) to the reason that was given for the edge.
        problems: References that name nothing, or only the unit or work they belong to.
    """

    needs: tuple[Needs, ...]
    reasons: Mapping[tuple[int, int], str]
    problems: tuple[Problem, ...]


class WrittenReference(NamedTuple):
    """A reference that applies to a unit, and its path in the file of the unit's work."""

    reference: Reference
    path: Path


class _Reason(NamedTuple):
    """Why a unit comes before another.

    Of several reasons the greatest counts, so that written ones go first.
    """

    before: int
    is_written: bool
    why: str


@dataclass(slots=True)
class _Reading:
    """What references ask of one unit, collected one reference after the other."""

    hard: list[int] = field(default_factory=list)
    soft: list[int] = field(default_factory=list)
    decisions: list[ProviderDecision] = field(default_factory=list)
    reasons: list[_Reason] = field(default_factory=list)
    dangling: list[Dangling] = field(default_factory=list)

    def needs(self) -> Needs:
        """Return what was collected, each thing once."""
        return Needs(_unique(self.hard), _unique(self.soft), _unique(self.decisions))


def requirements_of(
    catalogue: Catalogue, known_topics: frozenset[str] = frozenset()
) -> Requirements:
    """Return what every unit of a library needs; no unit has to teach a known topic."""
    reader = _Reader(catalogue, known_topics)
    reasons: dict[tuple[int, int], str] = {}
    problems: list[Problem] = []
    needs: list[Needs] = []
    for number in range(len(catalogue.units)):
        reading = reader.read(number, references(catalogue, number))
        needs.append(_with_order(catalogue, number, reading.needs()))
        # In ascending order, so that the greatest of several reasons for an edge is entered last.
        for before, _, why in sorted(reading.reasons):
            reasons[before, number] = why
        for dangling in reading.dangling:
            problems.append(_problem(catalogue, catalogue.units[number], dangling))
    for name in catalogue.spans:
        problems += _add_work_references(reader, name, needs, reasons)
        problems += _unknown_papers(catalogue, name)
    for whole, first in catalogue.first_readings.items():
        needs[first] = _first_reading_needs(needs[whole])
        needs[whole] = needs[whole]._replace(soft=_unique((*needs[whole].soft, first)))
    return Requirements(tuple(needs), reasons, tuple(problems))


def references(catalogue: Catalogue, number: int) -> Iterator[WrittenReference]:
    """Yield the references that are written at a unit itself, with their places."""
    written = catalogue.entries[number].requires
    if written:
        path = catalogue.path(number)
        for position, reference in enumerate(written):
            yield WrittenReference(reference, (*path, "requires", position))


def work_references(catalogue: Catalogue, name: str) -> Iterator[WrittenReference]:
    """Yield the references that are written at a work as a whole, with their places."""
    for position, reference in enumerate(catalogue.library.works[name].requires):
        yield WrittenReference(reference, ("requires", position))


def is_first(catalogue: Catalogue, number: int, needs: Needs) -> bool:
    """Say whether a unit requires no other unit of its work.

    What its work requires then applies to it.
    """
    span = catalogue.spans[catalogue.works[number]]
    if any(before in span for before in needs.hard):
        return False
    work = catalogue.works[number]
    return not any(_is_within(decision, work, catalogue) for decision in needs.decisions)


def _is_within(decision: ProviderDecision, work: str, catalogue: Catalogue) -> bool:
    """Say whether every option of a decision consists of units of one work."""
    units = {unit for option in decision.options for unit in option.units}
    return all(catalogue.works[unit] == work for unit in units)


def _first_reading_needs(whole: Needs) -> Needs:
    """Return what a first reading needs: nothing, but it comes rather after what the unit needs.

    It goes through a text without stopping at what is not understood yet.
    """
    options = [option for decision in whole.decisions for option in decision.options]
    chosen = [unit for option in options for unit in option.units]
    return Needs(soft=_unique((*whole.hard, *whole.soft, *chosen)))


def _problem(
    catalogue: Catalogue,
    who: str,
    dangling: Dangling,
) -> Problem:
    """Return the problem that a reference of a work, or of one of its units, names nothing."""
    name, slash, _ = who.partition("/")
    kind = "unit" if slash else "work"
    place = catalogue.library.sources[name].place(dangling.path)
    message = f"{kind} '{who}' requires {dangling.clause}"
    return Problem(place, dangling.code, message, dangling.hint)


def _with_order(
    catalogue: Catalogue,
    number: int,
    needs: Needs,
) -> Needs:
    """Add what the order of a work implies.

    A unit without `requires` needs the unit before it, and the rest of a thesis should come after
    its front matter.
    """
    name = catalogue.works[number]
    work = catalogue.library.works[name]
    turn = catalogue.turns[number]
    hard = needs.hard
    if turn and catalogue.entries[number].requires is None:
        hard = (catalogue.readings[name][turn - 1],)
    soft = needs.soft
    if work.kind == "thesis":
        front = front_matter(work)
        if front and len(front) <= turn:
            soft = _unique((*soft, catalogue.readings[name][len(front) - 1]))
    return Needs(hard, soft, needs.decisions)


def _add_work_references(
    reader: _Reader,
    name: str,
    needs: list[Needs],
    reasons: dict[tuple[int, int], str],
) -> Iterator[Problem]:
    """Add what a work requires to its first units, and yield a problem for what names nothing."""
    catalogue = reader.catalogue
    written = list(work_references(catalogue, name))
    if not written:
        return
    span = catalogue.spans[name]
    firsts = [number for number in span if is_first(catalogue, number, needs[number])]
    if not firsts:
        # Units in a cycle have no first, but what names nothing is still to be reported.
        firsts = [span.start]
    dangling: dict[Dangling, None] = {}
    for number in firsts:
        reading = reader.read(number, written, subject=name)
        needs[number] = _union(needs[number], reading.needs())
        for before, _, why in sorted(reading.reasons, reverse=True):
            reasons.setdefault((before, number), why)
        dangling.update(dict.fromkeys(reading.dangling))
    for one in dangling:
        yield _problem(catalogue, name, one)


def _unknown_papers(catalogue: Catalogue, name: str) -> Iterator[Problem]:
    """Yield the problems of chapters that name a paper which no syllabus defines."""
    for number in catalogue.spans[name]:
        entry = catalogue.entries[number]
        if not isinstance(entry, Chapter) or entry.paper is None:
            continue
        if entry.paper in catalogue.spans:
            continue
        for dangling in meaning(catalogue, UnitReference(ref=entry.paper), None, ()).dangling:
            source = catalogue.library.sources[name]
            place = source.place((*catalogue.path(number), "paper"))
            message = f"unit '{catalogue.units[number]}' reprints the paper {dangling.clause}"
            yield Problem(place, "unknown-work", message, dangling.hint)


@dataclass(frozen=True)
class _Reader:
    """Reads the references of units against a catalogue."""

    catalogue: Catalogue
    known_topics: frozenset[str]

    def read(
        self,
        number: int,
        written: Iterable[WrittenReference],
        *,
        subject: str = "",
    ) -> _Reading:
        """Return what references ask of a unit; `subject` is the work that holds them, if any."""
        reading = _Reading()
        for reference, path in written:
            if not self._is_known(reference):
                self._read_one(reading, number, reference, path, subject)
        return reading

    def _read_one(
        self,
        reading: _Reading,
        number: int,
        reference: Reference,
        path: Path,
        subject: str,
    ) -> None:
        found = meaning(self.catalogue, reference, self.catalogue.works[number], path)
        reading.dangling += found.dangling
        # No unit can require itself, so an option that it belongs to is no option for it.
        others = tuple(option for option in found.options if number not in option.units)
        if others and reference.strength is Strength.SKIM:
            self._read_first_readings(reading, reference, others)
        elif others:
            _collect(reading, reference, others)
        elif found.options and not self._may_be_met_by_unread(reference):
            own = self._self_reference(number, reference, path, subject)
            reading.dangling.append(own)

    def _read_first_readings(
        self, reading: _Reading, reference: Reference, options: tuple[Option, ...]
    ) -> None:
        """Enter that units, or their first readings, are needed by what a reference names."""
        catalogue = self.catalogue
        if len(options) > 1:
            once = [self._read_once(option) for option in options]
            ways = tuple(dict.fromkeys((*options, *once)))
            reading.decisions.append(
                ProviderDecision(f"a first reading of {_wanted(reference, options)}", ways)
            )
            _collect_reasons(reading, reference, _units_of(ways))
            return
        for unit in options[0].units:
            whole = Option(catalogue.units[unit], (unit,))
            ways = tuple(dict.fromkeys((whole, self._read_once(whole))))
            if len(ways) == 1:
                reading.hard.append(unit)
            else:
                wanted = f"a first reading of {whole.label}"
                reading.decisions.append(ProviderDecision(wanted, ways, is_of_one_unit=True))
            _collect_reasons(reading, reference, _units_of(ways))

    def _read_once(self, option: Option) -> Option:
        """Return an option with the first readings of its units."""
        firsts = self.catalogue.first_readings
        units = tuple(firsts.get(unit, unit) for unit in option.units)
        if units == option.units:
            return option
        label = ", ".join(self.catalogue.units[unit] for unit in units)
        return Option(label, units)

    def _is_known(self, reference: Reference) -> bool:
        if isinstance(reference, UnitReference):
            return False
        if isinstance(reference, TopicReference):
            return reference.topic in self.known_topics
        if isinstance(reference, SeveralReference):
            known = sum(map(self._is_known, reference.any.of))
            return known >= reference.any.at_least
        return any(map(self._is_known, reference.any))

    def _may_be_met_by_unread(self, reference: Reference) -> bool:
        """Say whether a work whose file has a problem may hold what was asked for."""
        return bool(self.catalogue.library.unread) and not isinstance(reference, UnitReference)

    def _self_reference(
        self,
        number: int,
        reference: Reference,
        path: Path,
        subject: str,
    ) -> Dangling:
        """Return the problem that a reference can only be met by what it belongs to."""
        if isinstance(reference, TopicReference):
            clause = f"the topic '{reference.topic}', which no other unit teaches"
            hint = "remove it, or let another unit teach the topic"
            return Dangling((*path, "topic"), "self-reference", clause, hint)

        name = "any of itself"
        if isinstance(reference, UnitReference):
            name = reference.ref
        clause = f"'{name}', which contains the unit itself"
        hint = "remove it, or name the units it really needs"
        if subject:
            clause = f"'{name}', which is a part of it"
            hint = f"write it under the units of '{subject}' that need it"
        elif name in (self.catalogue.units[number], self.catalogue.entries[number].id):
            clause = "itself"
        return Dangling((*path, "ref"), "self-reference", clause, hint)


def _collect(
    reading: _Reading,
    reference: Reference,
    options: tuple[Option, ...],
) -> None:
    """Enter the needs that a reference with these options creates, and its reasons."""
    units = _units_of(options)
    _collect_reasons(reading, reference, units)
    if reference.strength is Strength.SOFT:
        reading.soft += sorted(units)
    elif len(options) == 1:
        reading.hard += units
    else:
        decision = ProviderDecision(_wanted(reference, options), options)
        reading.decisions.append(decision)


def _units_of(options: tuple[Option, ...]) -> Sequence[int]:
    if len(options) == 1:
        return options[0].units
    return sorted({unit for option in options for unit in option.units})


def _collect_reasons(
    reading: _Reading,
    reference: Reference,
    units: Sequence[int],
) -> None:
    is_written = reference.why is not None
    why = reference.why
    if isinstance(reference, TopicReference) and not is_written:
        why = f"for the topic '{reference.topic}'"
    if why is not None:
        for before in units:
            reading.reasons.append(_Reason(before, is_written, why))


def _wanted(reference: Reference, options: tuple[Option, ...]) -> str:
    if isinstance(reference, TopicReference):
        return f"topic:{reference.topic}"
    return f"any of {', '.join(option.label for option in options)}"


def _union(left: Needs, right: Needs) -> Needs:
    return Needs(
        _unique(left.hard + right.hard),
        _unique(left.soft + right.soft),
        _unique(left.decisions + right.decisions),
    )


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
