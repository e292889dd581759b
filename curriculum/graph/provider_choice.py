"""Choose the units to be studied: what goals need, with the options that add the least effort."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from curriculum.graph.derivation import Derivation, derive
from curriculum.graph.provider_search import (
    NO_COVER,
    Alternative,
    CoverInstance,
    bits,
    cheapest_cover,
)
from curriculum.graph.references import Option
from curriculum.graph.requirements import Needs, ProviderDecision
from curriculum.model.late_dataclasses import dataclass

MOST_OPTIONS = 1_000
"""Options of all decisions that are compared; the built-in library has fewer than a hundred.

Of more, the options that can be finished first are taken, and the choice says that it is not proved
the cheapest.
"""


@dataclass(frozen=True, slots=True)
class ChoiceContext:
    """The graph in which a choice is made.

    Attributes:
        needs: What every unit needs.
        efforts: Minutes of every unit.
        cut: Units that need no study.
    """

    needs: Sequence[Needs]
    efforts: Sequence[int]
    cut: frozenset[int]

    def closure(self, starts: Iterable[int], beyond: Collection[int] = frozenset()) -> set[int]:
        """Return some units with all they require whatever is decided.

        Known units and those in `beyond` are left out.
        """
        found: set[int] = set()
        stack = list(starts)
        while stack:
            unit = stack.pop()
            if unit not in found and unit not in self.cut and unit not in beyond:
                found.add(unit)
                stack += self.needs[unit].hard
        return found

    def total(self, units: Iterable[int]) -> int:
        """Return the minutes of some units."""
        return sum([self.efforts[unit] for unit in units])

    def decisions_of(self, units: Iterable[int]) -> list[ProviderDecision]:
        """Return the decisions that some units ask for."""
        return [decision for unit in units for decision in self.needs[unit].decisions]

    def derive(
        self, units: Collection[int], first: Collection[ProviderDecision] = ()
    ) -> Derivation:
        """Return how some units can be finished; `first` are decisions that no unit asks for."""
        return derive(units, self.needs, self.efforts, self.cut, first)


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """A cover instance with what its numbers stand for.

    Attributes:
        instance: The instance; its atoms are sets of units that belong to the same options.
        decisions: Decision number to decision.
        groups: Atom to its units.
    """

    instance: CoverInstance
    decisions: tuple[ProviderDecision, ...]
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class ProviderSelection:
    """The units to be studied.

    Attributes:
        derivation: The units in a topological order, and the options that were picked.
        model: What there was to choose from; None when nothing was, or when it was too much to
            compare.
        is_exact: Whether the least effort is proved.
    """

    derivation: Derivation
    model: ChoiceModel | None
    is_exact: bool


def select(
    context: ChoiceContext,
    wanted: Collection[int],
    first: Collection[ProviderDecision],
) -> ProviderSelection:
    """Return the units that lead to what is wanted, with the least total effort.

    Args:
        context: A graph in which everything can be finished.
        wanted: Units that goals name.
        first: Decisions that goals ask for.
    """
    certain = context.closure(wanted)
    additions = _additions(context, certain, first)
    if additions is None:
        return _first_finished(context, certain, first)
    if not additions:
        return ProviderSelection(context.derive(certain), model=None, is_exact=True)
    model = _model(context, certain, additions, first)
    instance = _narrowed(context, model, additions)
    cover = cheapest_cover(instance, _circular_decisions(context, certain, model, first))
    if cover.atoms == NO_COVER:
        return _first_finished(context, certain, first)
    derivation = context.derive(_chosen(certain, model, cover.atoms), first)
    trimmed = _trimmed(context, certain, derivation, first)
    return ProviderSelection(trimmed, model, cover.is_exact)


Additions = Mapping[ProviderDecision, tuple[set[int], ...]]
"""Decision to what each of its options adds whatever else is decided."""


def _additions(
    context: ChoiceContext,
    certain: set[int],
    first: Collection[ProviderDecision],
) -> Additions | None:
    """Return all decisions that may have to be taken, sorted; None when there are too many."""
    found: dict[ProviderDecision, tuple[set[int], ...]] = {}
    options = 0
    pending = [*context.decisions_of(certain), *first]
    while pending:
        decision = pending.pop()
        if decision in found:
            continue
        options += len(decision.options)
        if options > MOST_OPTIONS:
            return None
        added = [context.closure(option.units, certain) for option in decision.options]
        found[decision] = tuple(added)
        for units in added:
            pending += context.decisions_of(units)
    return {decision: found[decision] for decision in sorted(found, key=_sort_key)}


def _sort_key(decision: ProviderDecision) -> tuple[str, tuple[Option, ...]]:
    return decision.wanted, decision.options


def _model(
    context: ChoiceContext,
    certain: set[int],
    additions: Additions,
    first: Collection[ProviderDecision],
) -> ChoiceModel:
    groups = _groups(additions)
    weights = []
    atom_of: dict[int, int] = {}
    for atom, units in enumerate(groups):
        weights.append(context.total(units))
        atom_of.update(dict.fromkeys(units, atom))

    numbers = {decision: number for number, decision in enumerate(additions)}
    alternatives = []
    for options in additions.values():
        row = [_alternative(context, added, atom_of, numbers) for added in options]
        alternatives.append(tuple(row))
    start = _bits_of(numbers, [*context.decisions_of(certain), *first])
    instance = CoverInstance(tuple(weights), tuple(alternatives), start)
    return ChoiceModel(instance, tuple(additions), groups)


def _narrowed(context: ChoiceContext, model: ChoiceModel, additions: Additions) -> CoverInstance:
    """Return the instance to search, without whole units of which no more than one reading is best.

    A first reading requires nothing and takes no longer, so the whole unit can only be better where
    another decision may bring it.
    """
    others: set[int] = set()
    for decision, options in additions.items():
        if not decision.is_of_one_unit:
            others.update(*options)
    rows = []
    for decision, row in zip(model.decisions, model.instance.decisions, strict=True):
        whole, once = decision.options[0].units, decision.options[-1].units
        is_settled = (
            decision.is_of_one_unit
            and all(additions[decision])
            and others.isdisjoint(whole)
            and context.total(once) <= context.total(whole)
        )
        rows.append(row[-1:] if is_settled else row)
    return replace(model.instance, decisions=tuple(rows))


def _groups(additions: Additions) -> tuple[tuple[int, ...], ...]:
    """Return the units that belong to the same options, together.

    They are chosen together or not at all.
    """
    signatures: dict[int, int] = {}
    mark = 1
    for options in additions.values():
        for added in options:
            for unit in added:
                signatures[unit] = signatures.get(unit, 0) | mark
            mark <<= 1
    groups: dict[int, list[int]] = {}
    for unit in sorted(signatures):
        signature = signatures[unit]
        groups.setdefault(signature, []).append(unit)
    return tuple(map(tuple, groups.values()))


def _alternative(
    context: ChoiceContext,
    added: Iterable[int],
    atom_of: Mapping[int, int],
    numbers: Mapping[ProviderDecision, int],
) -> Alternative:
    atoms = 0
    raises = 0
    for unit in added:
        atoms |= 1 << atom_of[unit]
        raises |= _bits_of(numbers, context.needs[unit].decisions)
    return Alternative(atoms, raises)


def _bits_of(numbers: Mapping[ProviderDecision, int], decisions: Iterable[ProviderDecision]) -> int:
    union = 0
    for decision in decisions:
        union |= 1 << numbers[decision]
    return union


def _chosen(
    certain: set[int],
    model: ChoiceModel,
    atoms: int,
) -> set[int]:
    return certain.union(*(model.groups[atom] for atom in bits(atoms)))


def _circular_decisions(
    context: ChoiceContext,
    certain: set[int],
    model: ChoiceModel,
    first: Collection[ProviderDecision],
) -> Callable[[int], int]:
    """Return the function that tells which decisions a cover meets only by going in a circle."""
    numbers = {decision: number for number, decision in enumerate(model.decisions)}

    def circular(atoms: int) -> int:
        chosen = _chosen(certain, model, atoms)
        derivation = context.derive(chosen, first)
        unfinished = chosen - derivation.finish.keys()
        asked = {*context.decisions_of(unfinished), *first}
        return _bits_of(numbers, asked - derivation.picks.keys())

    return circular


def _first_finished(
    context: ChoiceContext,
    certain: set[int],
    first: Collection[ProviderDecision],
) -> ProviderSelection:
    """Return the selection by the options that can be finished first, without comparing."""
    everything = [unit for unit in range(len(context.needs)) if unit not in context.cut]
    derivation = context.derive(everything, first)
    trimmed = _trimmed(context, certain, derivation, first)
    return ProviderSelection(trimmed, model=None, is_exact=False)


def _trimmed(
    context: ChoiceContext,
    certain: set[int],
    derivation: Derivation,
    first: Collection[ProviderDecision],
) -> Derivation:
    """Return a derivation without the units that its picks leave unused."""
    used = set(certain)
    pending = [*context.decisions_of(certain), *first]
    taken: set[ProviderDecision] = set()
    while pending:
        decision = pending.pop()
        if decision in taken:
            continue
        taken.add(decision)
        added = context.closure(derivation.picks[decision].units, used)
        used |= added
        pending += context.decisions_of(added)
    if len(used) == len(derivation.finish):
        return derivation
    return context.derive(used, first)
