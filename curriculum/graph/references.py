"""What references mean: the units they name, or why they name none."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.model.first_readings import FIRST_READING, is_first_reading
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.references import (
    AnyReference,
    Reference,
    Several,
    SeveralReference,
    TopicReference,
    UnitReference,
)
from curriculum.model.sources import Path
from curriculum.model.suggestions import nearest, suggestion

_MOST_LISTED = 8
"""Units of a work that a hint names when none comes near."""

_MOST_WAYS = 2_000
"""Ways to meet a reference to several others, of which the cheapest is looked for."""

_NAME_FEWER = "name fewer of them, or units instead of topics"

_ADD_OR_REMOVE = "add a syllabus for it, or remove it"


class Option(NamedTuple):
    """One way to meet a reference: what it is called, and the numbers of all the units it needs."""

    label: str
    units: UnitNumbers


class Dangling(NamedTuple):
    """A reference that names nothing.

    It has its path in the file, a code, the end of the sentence about it, and a hint.
    """

    path: Path
    code: str
    clause: str
    hint: str


@dataclass(frozen=True, slots=True)
class ReferenceMeaning:
    """What a reference means: one of some options, and the parts of it that name nothing."""

    options: tuple[Option, ...]
    dangling: tuple[Dangling, ...] = ()


def meaning(
    catalogue: Catalogue,
    reference: Reference,
    home: str | None,
    path: Path,
) -> ReferenceMeaning:
    """Return what a reference means.

    Every option of an `any`, nested or by topic, is an option of its own.

    Args:
        catalogue: The units there are.
        reference: What was written.
        home: The work whose units may be named without it; None outside of works.
        path: Where the reference is written in its file.
    """
    match reference:
        case UnitReference():
            return _unit_meaning(catalogue, reference, home, path)
        case TopicReference():
            return topic_meaning(catalogue, reference.topic, (*path, "topic"))
        case AnyReference():
            return _any_meaning(catalogue, reference, home, path)
        case SeveralReference():
            return _several_meaning(catalogue, reference.any, home, path)


def _unit_meaning(
    catalogue: Catalogue,
    reference: UnitReference,
    home: str | None,
    path: Path,
) -> ReferenceMeaning:
    units = find(catalogue, reference.ref, home)
    if units is not None:
        return ReferenceMeaning((Option(reference.ref, units),))
    if is_unread(catalogue, reference.ref):
        return ReferenceMeaning(())
    return ReferenceMeaning((), (_dangling(catalogue, reference.ref, home, (*path, "ref")),))


def _any_meaning(
    catalogue: Catalogue,
    reference: AnyReference,
    home: str | None,
    path: Path,
) -> ReferenceMeaning:
    options = {}
    dangling: list[Dangling] = []
    for position, inner in enumerate(reference.any):
        part = meaning(catalogue, inner, home, (*path, "any", position))
        dangling += part.dangling
        # Options with equal units are one option; the least label of a part is entered last.
        for option in sorted(part.options, reverse=True):
            options[option.units] = option
    return ReferenceMeaning(tuple(sorted(options.values())), tuple(dangling))


def _several_meaning(
    catalogue: Catalogue,
    several: Several,
    home: str | None,
    path: Path,
) -> ReferenceMeaning:
    """Return the ways to meet enough of some references: each is an option with all its units."""
    parts = []
    dangling: list[Dangling] = []
    for position, inner in enumerate(several.of):
        part = meaning(catalogue, inner, home, (*path, "any", "of", position))
        dangling += part.dangling
        if part.options:
            parts.append(part.options)
    options: dict[UnitNumbers, Option] = {}
    for chosen in combinations(parts, several.at_least):
        if len(options) + prod(map(len, chosen)) > _MOST_WAYS:
            clause = f"at least {several.at_least} of {len(parts)} references, in too many ways"
            return ReferenceMeaning((), (Dangling(path, "bad-range", clause, _NAME_FEWER),))
        for ways in product(*chosen):
            units = tuple(sorted({unit for way in ways for unit in way.units}))
            option = Option(" and ".join(way.label for way in ways), units)
            options[units] = min(option, options.get(units, option))
    return ReferenceMeaning(tuple(sorted(options.values())), tuple(dangling))


def topic_meaning(
    catalogue: Catalogue,
    topic: str,
    path: Path,
) -> ReferenceMeaning:
    """Return the units that teach a topic, as options."""
    teachers = catalogue.teachers.get(topic)
    if teachers is not None:
        options = [Option(catalogue.units[number], (number,)) for number in teachers]
        return ReferenceMeaning(tuple(options))
    if catalogue.library.unread:
        return ReferenceMeaning(())
    hint = suggestion(topic, catalogue.teachers, f"add 'teaches: [{topic}]' to a unit that does")
    clause = f"the topic '{topic}', which no unit teaches"
    return ReferenceMeaning((), (Dangling(path, "unknown-topic", clause, hint),))


def is_unread(catalogue: Catalogue, text: str) -> bool:
    """Say whether a name belongs to a work whose file has a problem, reported by itself."""
    work = text.partition("/")[0]
    return work in catalogue.library.unread


def find(
    catalogue: Catalogue,
    text: str,
    home: str | None,
) -> UnitNumbers | None:
    """Return the units that a name means, in file order; None when it means none.

    A bare name is a unit of the work at home, a range of its units, or else a work, in this
    precedence.
    """
    if home is not None and "/" not in text:
        own = _part(catalogue, home, text)
        if own is not None:
            return own
    work, slash, part = text.partition("/")
    if work not in catalogue.spans:
        return None
    if slash:
        return _part(catalogue, work, part)
    return tuple(catalogue.spans[work])


def _part(
    catalogue: Catalogue,
    work: str,
    text: str,
) -> UnitNumbers | None:
    """Return a unit of a work, or a range of its units in file order.

    A unit whose id looks like a range wins.
    """
    names = catalogue.names[work]
    if text in names:
        return (names[text],)
    first = catalogue.first_readings.get(names.get(text.removesuffix(FIRST_READING), -1))
    if first is not None and is_first_reading(text):
        return (first,)
    ends = _ends(names, text)
    if ends is None:
        return None
    first, last = ends
    if first > last:
        return None
    return tuple(range(first, last + 1))


def turned_range(catalogue: Catalogue, work: str, text: str) -> str | None:
    """Return a range of a work's units that runs backwards as it was meant; None for other text."""
    names = catalogue.names[work]
    ends = _ends(names, text)
    if ends is None or ends[0] <= ends[1]:
        return None
    last, first = (catalogue.entries[number].id for number in ends)
    return f"{work}/{first}-{last}"


def _ends(names: Mapping[str, int], text: str) -> tuple[int, int] | None:
    """Return the units at which a range begins and ends.

    Ids may hold hyphens, so any hyphen may be the separator.
    """
    for position, character in enumerate(text):
        if character != "-":
            continue
        first, last = text[:position], text[position + 1 :]
        if first in names and last in names:
            return names[first], names[last]
    return None


def _dangling(
    catalogue: Catalogue,
    text: str,
    home: str | None,
    path: Path,
) -> Dangling:
    """Return why a name means nothing, with the nearest one that does."""
    work, slash, part = text.partition("/")
    if slash and work in catalogue.spans:
        return _dangling_part(catalogue, text, work, part, path)
    if slash or home is None:
        hint = _near_work(catalogue, work, part)
        return Dangling(path, "unknown-work", f"'{text}', which no syllabus defines", hint)
    return _dangling_at_home(catalogue, text, home, path)


def _dangling_at_home(
    catalogue: Catalogue,
    text: str,
    home: str,
    path: Path,
) -> Dangling:
    """Return why a name without a work means nothing.

    It may have meant a unit of the work at home, or a work.
    """
    names = catalogue.names[home]
    if _ends(names, text) is not None:
        return _dangling_part(catalogue, text, home, text, path)
    code = "unknown-work"
    if nearest(text, names) is not None or text.replace("-", "").isdigit():
        code = "unknown-unit"
    candidates = [*names, *catalogue.spans, *catalogue.library.unread]
    hint = suggestion(text, candidates, _ADD_OR_REMOVE)
    return Dangling(path, code, f"'{text}', which no syllabus defines", hint)


def _dangling_part(
    catalogue: Catalogue,
    text: str,
    work: str,
    part: str,
    path: Path,
) -> Dangling:
    """Return why a name, which is a part of a work, means nothing."""
    names = catalogue.names[work]
    turned = turned_range(catalogue, work, part)
    if turned is not None:
        clause = f"'{text}', a range that runs backwards"
        return Dangling(path, "bad-range", clause, f"did you mean '{turned}'?")

    ahead, missing, behind = _missing_end(part, names)
    near = nearest(missing, names)
    hint = f"choose from {_listed(list(names))}"
    if near is not None:
        hint = f"did you mean '{work}/{ahead}{near}{behind}'?"
    clause = f"'{text}', but '{work}' has no unit '{missing}'"
    return Dangling(path, "unknown-unit", clause, hint)


def _missing_end(part: str, names: Container[str]) -> tuple[str, str, str]:
    """Return the end of a range that no unit has, between what is around it.

    Text that is not a range is returned whole.
    """
    for position, character in enumerate(part):
        if character != "-":
            continue
        first, last = part[:position], part[position + 1 :]
        if first in names and last:
            return f"{first}-", last, ""
        if last in names and first:
            return "", first, f"-{last}"
    return "", part, ""


def _near_work(catalogue: Catalogue, work: str, part: str) -> str:
    near = nearest(work, [*catalogue.spans, *catalogue.library.unread])
    if near is not None:
        meant = f"{near}/{part}" if part else near
        return f"did you mean '{meant}'?"
    if not part:
        # A unit may have been named without its work.
        for name in sorted(catalogue.names):
            if work in catalogue.names[name]:
                return f"did you mean '{name}/{work}'?"
    return _ADD_OR_REMOVE


def _listed(names: list[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names[:_MOST_LISTED])
    if len(names) > _MOST_LISTED:
        listed += f" and {len(names) - _MOST_LISTED} more"
    return listed
