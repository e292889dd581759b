"""Say which units a reference means, or why it means none; who refers, and where, is told by the caller."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.model.references import AnyReference, Reference, TopicReference, UnitReference
from curriculum.model.sources import Path
from curriculum.model.suggestions import nearest, suggestion


class Option(NamedTuple):
    """One way to meet a reference: what it is called, and the numbers of all the units it needs."""

    label: str
    units: UnitNumbers


class Dangling(NamedTuple):
    """A reference that leads nowhere: where it stands, its code, the end of the sentence about it, and a hint."""

    path: Path
    code: str
    clause: str
    hint: str


@dataclass(frozen=True, slots=True)
class ReferenceMeaning:
    """What a reference means: one of some options, and the parts of it that lead nowhere."""

    options: tuple[Option, ...]
    dangling: tuple[Dangling, ...] = ()


def meaning(
    catalogue: Catalogue, reference: Reference, home: str | None, path: Path
) -> ReferenceMeaning:
    """Return what a reference means. Every option of an `any`, nested or by topic, stands on its own.

    Args:
        catalogue: The units there are.
        reference: What was written.
        home: The work whose units may be named without it; None outside of works.
        path: Where the reference stands in its file.
    """
    if isinstance(reference, UnitReference):
        units = find(catalogue, reference.ref, home)
        if units is None and is_unread(catalogue, reference.ref):
            return ReferenceMeaning(())
        if units is None:
            return ReferenceMeaning((), (_lost(catalogue, reference.ref, home, (*path, "ref")),))
        return ReferenceMeaning((Option(reference.ref, units),))
    if isinstance(reference, TopicReference):
        return topic_meaning(catalogue, reference.topic, (*path, "topic"))
    return _any_meaning(catalogue, reference, home, path)


def _any_meaning(
    catalogue: Catalogue, reference: AnyReference, home: str | None, path: Path
) -> ReferenceMeaning:
    parts = [
        meaning(catalogue, inner, home, (*path, "any", position))
        for position, inner in enumerate(reference.any)
    ]
    options = {
        option.units: option for part in parts for option in sorted(part.options, reverse=True)
    }
    return ReferenceMeaning(
        tuple(sorted(options.values())), tuple(lost for part in parts for lost in part.dangling)
    )


def topic_meaning(catalogue: Catalogue, topic: str, path: Path) -> ReferenceMeaning:
    """Return the units that teach a topic, as options."""
    teachers = catalogue.teachers.get(topic)
    if teachers is None and catalogue.library.unread:
        return ReferenceMeaning(())
    if teachers is None:
        hint = suggestion(
            topic, catalogue.teachers, f"add 'teaches: [{topic}]' to a unit that does"
        )
        return ReferenceMeaning(
            (),
            (Dangling(path, "unknown-topic", f"the topic '{topic}', which no unit teaches", hint),),
        )
    return ReferenceMeaning(
        tuple(Option(catalogue.units[number], (number,)) for number in teachers)
    )


def is_unread(catalogue: Catalogue, text: str) -> bool:
    """Tell whether a name belongs to a work whose file has a problem of its own, which is enough to say."""
    return text.partition("/")[0] in catalogue.library.unread


def find(catalogue: Catalogue, text: str, home: str | None) -> UnitNumbers | None:
    """Return the units that a name means, in file order; None when it means none.

    A bare name is a unit of the work at home, a range of its units, or else a work, in this precedence.
    """
    if home is not None and "/" not in text:
        own = _part(catalogue, home, text)
        if own is not None:
            return own
    work, slash, part = text.partition("/")
    if work not in catalogue.spans:
        return None
    return _part(catalogue, work, part) if slash else tuple(catalogue.spans[work])


def _part(catalogue: Catalogue, work: str, text: str) -> UnitNumbers | None:
    """Return a unit of a work, or a range of its units in file order; a unit whose id looks like a range wins."""
    names = catalogue.names[work]
    if text in names:
        return (names[text],)
    ends = _ends(catalogue, work, text)
    return tuple(range(ends[0], ends[1] + 1)) if ends is not None and ends[0] <= ends[1] else None


def _ends(catalogue: Catalogue, work: str, text: str) -> tuple[int, int] | None:
    """Return the units at which a range begins and ends; ids may hold hyphens, so every one may be the separator."""
    names = catalogue.names[work]
    for position, character in enumerate(text):
        if character == "-" and text[:position] in names and text[position + 1 :] in names:
            return names[text[:position]], names[text[position + 1 :]]
    return None


def _lost(catalogue: Catalogue, text: str, home: str | None, path: Path) -> Dangling:
    """Return why a name means nothing, with the nearest one that does."""
    work, slash, part = text.partition("/")
    if slash and work in catalogue.spans:
        return _lost_part(catalogue, work, part, text, path)
    if slash or home is None:
        return Dangling(
            path,
            "unknown-work",
            f"'{text}', which no syllabus defines",
            _near_work(catalogue, work, part),
        )
    if _ends(catalogue, home, text) is not None:
        return _lost_part(catalogue, home, text, text, path)
    own = nearest(text, catalogue.names[home])
    is_unit = own is not None or text.replace("-", "").isdigit()
    hint = suggestion(
        text,
        [*catalogue.names[home], *catalogue.spans, *catalogue.library.unread],
        "add a syllabus for it, or remove it",
    )
    return Dangling(
        path,
        "unknown-unit" if is_unit else "unknown-work",
        f"'{text}', which no syllabus defines",
        hint,
    )


def _lost_part(catalogue: Catalogue, work: str, part: str, text: str, path: Path) -> Dangling:
    ends = _ends(catalogue, work, part)
    names = catalogue.names[work]
    if ends is not None:
        first, last = sorted(ends)
        hint = f"did you mean '{work}/{catalogue.entries[first].id}-{catalogue.entries[last].id}'?"
        return Dangling(path, "bad-range", f"'{text}', a range that runs backwards", hint)
    ahead, gone, behind = _missing_end(part, names)
    near = nearest(gone, names)
    meant = f"{work}/{ahead}{near}{behind}"
    hint = f"did you mean '{meant}'?" if near is not None else f"choose from {_listed(list(names))}"
    return Dangling(path, "unknown-unit", f"'{text}', but '{work}' has no unit '{gone}'", hint)


def _missing_end(part: str, names: Container[str]) -> tuple[str, str, str]:
    """Return a part with the end of a range that no unit has between what is around it; all of it when it is none."""
    for position, character in enumerate(part):
        first, last = part[:position], part[position + 1 :]
        if character == "-" and first in names and last:
            return f"{first}-", last, ""
        if character == "-" and last in names and first:
            return "", first, f"-{last}"
    return "", part, ""


def _near_work(catalogue: Catalogue, work: str, part: str) -> str:
    near = nearest(work, [*catalogue.spans, *catalogue.library.unread])
    if near is not None:
        return f"did you mean '{near}/{part}'?" if part else f"did you mean '{near}'?"
    holders = sorted(name for name, units in catalogue.names.items() if not part and work in units)
    return (
        f"did you mean '{holders[0]}/{work}'?" if holders else "add a syllabus for it, or remove it"
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown
