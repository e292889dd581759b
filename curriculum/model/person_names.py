"""The names of people: as they are spoken, and the parts by which a bibliography sorts them."""

from __future__ import annotations

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern

_PARTICLES = late_pattern(r"(?:(?:^|(?<=\s))[a-zß-öø-ÿ][\w'’.]*\s+)+\S.*$")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name.

    Attributes:
        given: What stands before the surname; empty when there is but one word.
        family: The surname, with what leads up to it, as `van der Berg`.
        suffix: What stands after it, as `Jr.`; empty for most people.
    """

    given: str
    family: str
    suffix: str = ""


def person_name(spoken: str) -> PersonName:
    """Return the parts of a name as it is spoken; the surname is the last word, with particles.

    >>> person_name("Hado van Hasselt")
    PersonName(given='Hado', family='van Hasselt', suffix='')
    >>> person_name("Michael I. Jordan Jr.")
    PersonName(given='Michael I.', family='Jordan', suffix='Jr.')
    """
    words = spoken.split()
    suffixes: list[str] = []
    while len(words) > 1 and words[-1].rstrip(".").casefold() in _SUFFIXES:
        suffixes.insert(0, words.pop())
    name = " ".join(words)
    with_particles = _PARTICLES.search(name)
    family = with_particles[0] if with_particles else (words or [""])[-1]
    given = name.removesuffix(family).rstrip()
    return PersonName(given, family, " ".join(suffixes))
