"""Find the units that a person's words name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.references import find, turned_range
from curriculum.model.identifiers import UnitId
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Goal

MOST_CANDIDATES = 10
_MOST_UNITS = 20


class UnclearNameError(CurriculumError):
    """Words that name nothing, or more than one thing.

    Attributes:
        word: What was typed.
        candidates: What they may have meant, at most `MOST_CANDIDATES`; none when nothing comes
            near.
    """

    def __init__(self, word: str, candidates: Sequence[str]) -> None:
        """Build the sentence from the word and what it may have meant."""
        self.word = word
        self.candidates = tuple(candidates[:MOST_CANDIDATES])
        if not candidates:
            super().__init__(f"no syllabus defines '{word}'")
            return
        listed = ", ".join(self.candidates)
        if len(candidates) > MOST_CANDIDATES:
            listed += f" and {len(candidates) - MOST_CANDIDATES} more"
        super().__init__(f"'{word}' is ambiguous: {listed}")


class BackwardsRangeError(CurriculumError):
    """A range of units whose last one comes before its first."""

    def __init__(self, text: str, turned: str) -> None:
        """Build the sentence from the range, and the one that was meant."""
        super().__init__(f"the range '{text}' runs backwards; did you mean '{turned}'?")


class UnknownUnitError(CurriculumError):
    """A part of a name that no unit of the work has."""

    def __init__(self, work: str, part: str, units: Sequence[str]) -> None:
        """Build the sentence from the work, what was typed, and the units there are."""
        listed = ", ".join(units[:_MOST_UNITS])
        if len(units) > _MOST_UNITS:
            listed += f" and {len(units) - _MOST_UNITS} more"
        super().__init__(f"'{work}' has no unit '{part}'; choose from {listed}")


def work_named(
    word: str,
    catalogue: Catalogue,
    preferred: Collection[str],
) -> str:
    """Return the only work that a word fits, in the strictest sense in which it fits any.

    Args:
        word: What the person typed.
        catalogue: The units there are.
        preferred: Works that are meant rather than others when a word fits several.

    Raises:
        UnclearNameError: The word names nothing, or several works.
    """
    found = works_by_name(word, catalogue.spans) or _by_title_or_author(word, catalogue)
    chosen = [name for name in found if name in preferred] or found
    if len(chosen) == 1:
        return chosen[0]
    raise UnclearNameError(word, chosen)


def works_by_name(word: str, names: Collection[str]) -> list[str]:
    """Return the works whose names a word fits, in the strictest sense in which it fits any.

    A name without its year is meant rather than a longer one.

    >>> works_by_name("ppo", ["ppo-2017", "sb3-ppo"])
    ['ppo-2017']
    >>> works_by_name("td3", ["td3-2018", "td3-bc-2021"])
    ['td3-2018']
    """
    if not word:
        return []
    if word in names:
        return [word]
    lowered = word.lower()
    for fits in (_is_with_year, _is_start, _is_part):
        found = [name for name in sorted(names) if fits(name, lowered)]
        if found:
            return found
    return []


def goal_in_full(
    goal: Goal,
    catalogue: Catalogue,
    preferred: Collection[str],
) -> Goal:
    """Return a goal with the full name of its work.

    A goal that names a topic, and one whose work is unknown or has a problem, stays as it is.

    Raises:
        UnclearNameError: Its work may be any of several.
    """
    word, slash, part = (goal.work or "").partition("/")
    if not word or word in catalogue.spans or word in catalogue.library.unread:
        return goal
    try:
        work = work_named(word, catalogue, preferred)
    except UnclearNameError as error:
        if error.candidates:
            raise
        return goal
    return goal.model_copy(update={"work": f"{work}{slash}{part}"})


def units_named(
    words: Sequence[str],
    catalogue: Catalogue,
    preferred: Collection[str],
) -> tuple[UnitId, ...]:
    """Return the units that words name, each once, in the order they are named.

    A word is a work (`sutton-barto-2018`), a unit or a range of them (`sutton-barto-2018/3-5`), or,
    after a work, a unit of it (`sutton 3 4`). A part of a name that no other work has is enough;
    numbers must be exact.

    Args:
        words: What the person typed.
        catalogue: The units there are.
        preferred: Works that are meant rather than others when a word fits several.

    Raises:
        UnclearNameError: A word names nothing, or several things.
        BackwardsRangeError: A word is a range that runs backwards.
        UnknownUnitError: A work has no such unit.
    """
    found: dict[UnitId, None] = {}
    rest = list(words)
    before: str | None = None
    while rest:
        word, slash, part = rest.pop(0).partition("/")
        work = _next_work(word, before, catalogue, preferred)
        before = None if slash else work
        parts = [part]
        if not slash:
            parts = list(_leading_parts(rest, work, catalogue))
            del rest[: len(parts)]
        for unit in _units(work, parts, catalogue):
            found[unit] = None
    return tuple(found)


def _leading_parts(
    words: Sequence[str],
    work: str,
    catalogue: Catalogue,
) -> Iterator[str]:
    """Yield the words that name units of a work, up to the first that does not."""
    for word in words:
        if find(catalogue, f"{work}/{word}", None) is None:
            _require_forwards(word, work, catalogue)
            return
        yield word


def _units(
    work: str,
    parts: Sequence[str],
    catalogue: Catalogue,
) -> Iterator[UnitId]:
    names = [f"{work}/{part}" for part in parts] or [work]
    for name in names:
        numbers = find(catalogue, name, None)
        if numbers is None:
            _require_forwards(name.partition("/")[2], work, catalogue)
            part = name.partition("/")[2]
            raise UnknownUnitError(work, part, list(catalogue.names[work]))
        for number in numbers:
            yield catalogue.units[number]


def _require_forwards(text: str, work: str, catalogue: Catalogue) -> None:
    turned = turned_range(catalogue, work, text)
    if turned is not None:
        raise BackwardsRangeError(text, turned)


def _next_work(
    word: str,
    before: str | None,
    catalogue: Catalogue,
    preferred: Collection[str],
) -> str:
    """Return the work that a word names; after a work, an unknown word was meant as its unit."""
    try:
        return work_named(word, catalogue, preferred)
    except UnclearNameError as error:
        if before is None or error.candidates:
            raise
        raise UnknownUnitError(before, word, list(catalogue.names[before])) from error


def _is_with_year(name: str, word: str) -> bool:
    """Say whether a name is a word and a year."""
    start, _, year = name.rpartition("-")
    return start == word and len(year) == 4 and year.isdigit()


def _is_start(name: str, word: str) -> bool:
    """Say whether a name begins with a word.

    Numbers must be exact: `trpo-201` does not begin `trpo-2015`.
    """
    following = name[len(word) :][:1]
    return name.startswith(word) and not following.isdigit()


def _is_part(name: str, word: str) -> bool:
    """Say whether a word is one of those that make up a name."""
    return word in name.split("-")


def _by_title_or_author(word: str, catalogue: Catalogue) -> list[str]:
    lowered = word.lower()
    return [name for name in sorted(catalogue.spans) if lowered in _title_words(name, catalogue)]


def _title_words(name: str, catalogue: Catalogue) -> list[str]:
    work = catalogue.library.works[name]
    text = " ".join((work.title, *work.authors)).lower()
    return text.replace(",", " ").split()
