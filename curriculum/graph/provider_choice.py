"""Choose the units to be studied: what goals name, what that requires, and the options that add the least effort."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from curriculum.graph.derivation import Derivation, derive
from curriculum.graph.provider_search import NONE, Alternative, CoverInstance, bits, solve
from curriculum.graph.references import Option
from curriculum.graph.requirements import Needs, ProviderDecision

LARGEST = 1_000_000
"""Units under options that are compared, counted for each; of more, the options that are finished first are taken."""


@dataclass(frozen=True, slots=True)
class ChoiceContext:
    """What a choice is made in.

    Attributes:
        needs: What every unit needs.
        efforts: Minutes of every unit.
        cut: Units that need no study.
    """

    needs: Sequence[Needs]
    efforts: Sequence[int]
    cut: frozenset[int]

    def closure(self, starts: Iterable[int], beyond: Collection[int] = frozenset()) -> set[int]:
        """Return the units to be studied for some units for certain, these included; not those in `beyond`."""
        found: set[int] = set()
        stack = list(starts)
        while stack:
            unit = stack.pop()
            if unit not in found and unit not in self.cut and unit not in beyond:
                found.add(unit)
                stack += self.needs[unit].hard
        return found


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """A puzzle with what its numbers stand for.

    Attributes:
        puzzle: Atoms are sets of units that stand under the same options.
        decisions: Decision number to decision.
        groups: Atom to its units.
    """

    puzzle: CoverInstance
    decisions: tuple[ProviderDecision, ...]
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class ProviderSelection:
    """The units to be studied.

    Attributes:
        derivation: The units in a topological order, and the options that were picked.
        board: What there was to choose from; None when nothing was, or when it was too much to compare.
        exact: The decisions for which the least effort is proved.
    """

    derivation: Derivation
    board: ChoiceModel | None
    exact: frozenset[ProviderDecision]


def select(
    terrain: ChoiceContext, wanted: Collection[int], decisions: Collection[ProviderDecision]
) -> ProviderSelection:
    """Return the units that lead to what is wanted, with the least total effort.

    Args:
        terrain: A graph in which everything can be finished.
        wanted: Units that goals name.
        decisions: Decisions that goals ask for.
    """
    certain = terrain.closure(wanted)
    fields = _fields(terrain, certain, decisions)
    if fields is None:
        return _soonest(terrain, certain, decisions)
    if not fields:
        return ProviderSelection(
            derive(certain, terrain.needs, terrain.efforts, terrain.cut), None, frozenset()
        )
    board = _board(terrain, certain, fields, decisions)
    answer = solve(board.puzzle, _stuck(terrain, certain, board, decisions))
    if answer.atoms == NONE:
        return _soonest(terrain, certain, decisions)
    chosen = certain.union(*(board.groups[atom] for atom in bits(answer.atoms)))
    derivation = derive(chosen, terrain.needs, terrain.efforts, terrain.cut, decisions)
    exact = frozenset(board.decisions[number] for number in bits(answer.exact))
    return ProviderSelection(_trimmed(terrain, certain, derivation, decisions), board, exact)


Fields = Mapping[ProviderDecision, tuple[frozenset[int] | set[int], ...]]
"""Decision to what each of its options adds for certain."""


def _fields(
    terrain: ChoiceContext, certain: set[int], first: Collection[ProviderDecision]
) -> Fields | None:
    """Return all decisions that may have to be taken, in a total order, with what each option adds to the certain.

    None when that is too much to look at.
    """
    size = 0
    fields: dict[ProviderDecision, tuple[set[int], ...]] = {}
    pending = list(_raised(terrain, certain)) + list(first)
    while pending:
        decision = pending.pop()
        if decision in fields:
            continue
        fields[decision] = tuple(
            terrain.closure(option.units, certain) for option in decision.options
        )
        for field in fields[decision]:
            pending += _raised(terrain, field)
            size += len(field)
        if size > LARGEST:
            return None
    return dict(sorted(fields.items(), key=lambda entry: _name(entry[0])))


def _name(decision: ProviderDecision) -> tuple[str, tuple[Option, ...]]:
    return decision.wanted, decision.options


def _raised(terrain: ChoiceContext, units: Iterable[int]) -> list[ProviderDecision]:
    return [decision for unit in units for decision in terrain.needs[unit].decisions]


def _board(
    terrain: ChoiceContext, certain: set[int], fields: Fields, first: Collection[ProviderDecision]
) -> ChoiceModel:
    """Return the puzzle of some decisions: units that stand under the same options make one atom."""
    numbers = {decision: number for number, decision in enumerate(fields)}
    signatures: dict[int, int] = {}
    mark = 1
    for options in fields.values():
        for field in options:
            for unit in field:
                signatures[unit] = signatures.get(unit, 0) | mark
            mark <<= 1
    members: dict[int, list[int]] = {}
    for unit in sorted(signatures):
        members.setdefault(signatures[unit], []).append(unit)
    atoms = {unit: atom for atom, units in enumerate(members.values()) for unit in units}
    raised = {
        unit: _numbered(numbers, terrain.needs[unit].decisions)
        for unit in atoms
        if terrain.needs[unit].decisions
    }
    alternatives = tuple(
        tuple(_alternative(field, atoms, raised) for field in options)
        for options in fields.values()
    )
    weights = tuple(sum(terrain.efforts[unit] for unit in units) for units in members.values())
    start = _numbered(numbers, [*_raised(terrain, certain), *first])
    return ChoiceModel(
        CoverInstance(weights, alternatives, start),
        tuple(fields),
        tuple(map(tuple, members.values())),
    )


def _alternative(
    field: Iterable[int], atoms: Mapping[int, int], raised: Mapping[int, int]
) -> Alternative:
    brought = raises = 0
    for unit in field:
        brought |= 1 << atoms[unit]
        raises |= raised.get(unit, 0)
    return Alternative(brought, raises)


def _numbered(
    numbers: Mapping[ProviderDecision, int], decisions: Iterable[ProviderDecision]
) -> int:
    union = 0
    for decision in decisions:
        union |= 1 << numbers[decision]
    return union


def _stuck(
    terrain: ChoiceContext,
    certain: set[int],
    board: ChoiceModel,
    first: Collection[ProviderDecision],
) -> Callable[[int], int]:
    """Return the function that tells which decisions some atoms meet only by going in a circle."""
    numbers = {decision: number for number, decision in enumerate(board.decisions)}

    def stuck(atoms: int) -> int:
        chosen = certain.union(*(board.groups[atom] for atom in bits(atoms)))
        derivation = derive(chosen, terrain.needs, terrain.efforts, terrain.cut, first)
        asked = _raised(terrain, chosen - derivation.finish.keys()) + list(first)
        return _numbered(
            numbers, [decision for decision in asked if decision not in derivation.picks]
        )

    return stuck


def _soonest(
    terrain: ChoiceContext, certain: set[int], decisions: Collection[ProviderDecision]
) -> ProviderSelection:
    """Return the selection by the options that are finished first, when there are too many to compare."""
    everything = [unit for unit in range(len(terrain.needs)) if unit not in terrain.cut]
    derivation = derive(everything, terrain.needs, terrain.efforts, terrain.cut, decisions)
    return ProviderSelection(_trimmed(terrain, certain, derivation, decisions), None, frozenset())


def _trimmed(
    terrain: ChoiceContext,
    certain: set[int],
    derivation: Derivation,
    first: Collection[ProviderDecision],
) -> Derivation:
    """Return a derivation without the units that its picks leave unused."""
    used = set(certain)
    pending = _raised(terrain, certain) + list(first)
    taken: set[ProviderDecision] = set()
    while pending:
        decision = pending.pop()
        if decision in taken:
            continue
        taken.add(decision)
        added = terrain.closure(derivation.picks[decision].units, used)
        used |= added
        pending += _raised(terrain, added)
    if len(used) == len(derivation.finish):
        return derivation
    return derive(used, terrain.needs, terrain.efforts, terrain.cut, first)
