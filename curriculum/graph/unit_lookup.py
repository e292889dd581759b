"""Find the units that a person's words name; what is done with them is not known here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.references import find
from curriculum.model.identifiers import UnitId
from curriculum.model.problems import CurriculumError

MOST_CANDIDATES = 10


class UnclearNameError(CurriculumError):
    """Words that name nothing, or more than one thing.

    Attributes:
        candidates: What they may have meant, at most `MOST_CANDIDATES`; none when nothing comes near.
    """

    def __init__(self, word: str, candidates: Sequence[str]) -> None:
        """Build the sentence from the word and what it may have meant."""
        self.candidates = tuple(candidates[:MOST_CANDIDATES])
        more = len(candidates) - len(self.candidates)
        listed = ", ".join(self.candidates) + (f" and {more} more" if more else "")
        super().__init__(
            f"'{word}' may be any of {listed}" if candidates else f"no syllabus defines '{word}'"
        )


def units_named(
    words: Sequence[str], catalogue: Catalogue, preferred: Collection[str]
) -> tuple[UnitId, ...]:
    """Return the units that words name, each once, in the order they are named.

    A word is a work (`sutton-barto-2018`), a unit or a range of them (`sutton-barto-2018/3-5`), or, after a work, a
    unit of it (`sutton 3 4`). The part of a name that tells a work from all others is enough; numbers must be exact.

    Args:
        words: What the person typed.
        catalogue: The units there are.
        preferred: Works that are meant rather than others when a word fits several.

    Raises:
        UnclearNameError: A word names nothing, or several things.
    """
    found: dict[UnitId, None] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        work, slash, part = word.partition("/")
        name = _work(work, catalogue, preferred)
        parts = [part] if slash else list(_leading_parts(rest, name, catalogue))
        del rest[: 0 if slash else len(parts)]
        for unit in _units(name, parts, catalogue):
            found[unit] = None
    return tuple(found)


def _leading_parts(words: Sequence[str], work: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield the words that name units of a work, up to the first that does not."""
    for word in words:
        if find(catalogue, f"{work}/{word}", None) is None:
            return
        yield word


def _units(work: str, parts: Sequence[str], catalogue: Catalogue) -> Iterator[UnitId]:
    for text in [f"{work}/{part}" for part in parts] or [work]:
        numbers = find(catalogue, text, None)
        if numbers is None:
            raise UnclearNameError(text, [])
        yield from (catalogue.units[number] for number in numbers)


def _work(word: str, catalogue: Catalogue, preferred: Collection[str]) -> str:
    """Return the only work that a word fits, in the strictest sense in which it fits any."""
    names = sorted(catalogue.spans)
    if word in catalogue.spans:
        return word
    lowered = word.lower()
    for fits in (_begins, _holds, _is_told_by):
        found = [name for name in names if lowered and fits(lowered, name, catalogue)]
        chosen = [name for name in found if name in preferred] or found
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            raise UnclearNameError(word, chosen)
    raise UnclearNameError(word, [])


def _begins(word: str, name: str, catalogue: Catalogue) -> bool:
    return name.startswith(word) and not name[len(word) :][:1].isdigit()


def _holds(word: str, name: str, catalogue: Catalogue) -> bool:
    return word in name.split("-")


def _is_told_by(word: str, name: str, catalogue: Catalogue) -> bool:
    work = catalogue.library.works[name]
    return word in " ".join((work.title, *work.authors)).lower().replace(",", " ").split()
