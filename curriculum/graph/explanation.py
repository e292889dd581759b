"""Say how decisions were met, and what the other options would have cost; it takes no decision itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.provider_choice import ChoiceContext, ChoiceModel, ProviderSelection
from curriculum.graph.provider_search import follow, picks_of
from curriculum.graph.requirements import ProviderDecision
from curriculum.model.curriculum import Choice

MANY = 300
"""Beyond so many decisions the alternatives are not priced, and a choice costs what its option costs alone."""

Asked = Mapping[ProviderDecision, tuple[str, ...]]
"""Decision to those that asked for it (units or goals), in need order."""


def explain_choices(
    catalogue: Catalogue, terrain: ChoiceContext, selection: ProviderSelection, asked: Asked
) -> tuple[Choice, ...]:
    """Return how each decision was met, in the order in which they were first asked for."""
    prices = (
        _Prices(selection.board, selection)
        if selection.board is not None and len(asked) <= MANY
        else None
    )
    return tuple(
        _choice(catalogue, terrain, selection, decision, by[0], prices)
        for decision, by in asked.items()
    )


def _choice(
    catalogue: Catalogue,
    terrain: ChoiceContext,
    selection: ProviderSelection,
    decision: ProviderDecision,
    by: str,
    prices: _Prices | None,
) -> Choice:
    option = selection.derivation.picks[decision]
    chosen = tuple(catalogue.units[unit] for unit in option.units if unit not in terrain.cut)
    if prices is None:
        added = sum(terrain.efforts[unit] for unit in terrain.closure(option.units))
        return Choice(decision.wanted, by, chosen, added, (), exact=False)
    added, others = prices.of(decision, _circular(terrain, selection, decision))
    return Choice(decision.wanted, by, chosen, added, others, decision in selection.exact)


def _circular(
    terrain: ChoiceContext, selection: ProviderSelection, decision: ProviderDecision
) -> frozenset[int]:
    """Return the options of a decision that would wait for a unit which asks for it."""
    askers = {
        unit for unit in selection.derivation.finish if decision in terrain.needs[unit].decisions
    }
    earliest = min((selection.derivation.finish[unit] for unit in askers), default=0)
    return frozenset(
        number
        for number, option in enumerate(decision.options)
        if askers and _leads_to(terrain, selection, option.units, askers, earliest)
    )


def _leads_to(
    terrain: ChoiceContext,
    selection: ProviderSelection,
    starts: Sequence[int],
    askers: set[int],
    earliest: int,
) -> bool:
    """Say whether some units require one of the askers; what is finished before the earliest of them cannot."""
    finish = selection.derivation.finish
    seen: set[int] = set()
    stack = list(starts)
    while stack:
        unit = stack.pop()
        if unit in askers:
            return True
        if unit in seen or unit in terrain.cut or finish.get(unit, earliest) < earliest:
            continue
        seen.add(unit)
        stack += _before(terrain, selection, unit)
    return False


def _before(terrain: ChoiceContext, selection: ProviderSelection, unit: int) -> Iterator[int]:
    yield from terrain.needs[unit].hard
    for decision in terrain.needs[unit].decisions:
        if decision in selection.derivation.picks:
            yield from selection.derivation.picks[decision].units


class _Prices:
    """Prices decisions by what the rest of the curriculum would cost without them."""

    def __init__(self, board: ChoiceModel, selection: ProviderSelection) -> None:
        """Enter the picks that were made, and for decisions that nobody asked for the cheapest ones."""
        self._puzzle = board.puzzle
        self._numbers = {decision: number for number, decision in enumerate(board.decisions)}
        picked = {
            number: decision.options.index(selection.derivation.picks[decision])
            for decision, number in self._numbers.items()
            if decision in selection.derivation.picks
        }
        atoms = follow(
            board.puzzle, {**picks_of(board.puzzle, range(len(board.decisions)), 0), **picked}
        )
        self._picks = {**picks_of(board.puzzle, range(len(board.decisions)), atoms), **picked}

    def of(
        self, decision: ProviderDecision, circular: frozenset[int]
    ) -> tuple[int, tuple[tuple[str, int], ...]]:
        """Return the minutes that a decision adds, and what its other options would have added, cheapest first."""
        number = self._numbers[decision]
        rest = self._puzzle.cost(follow(self._puzzle, self._picks, without=number))
        others = [
            (self._cost(number, position) - rest, option.label)
            for position, option in enumerate(decision.options)
            if position != self._picks[number] and position not in circular
        ]
        added = self._cost(number, self._picks[number]) - rest
        return added, tuple((label, minutes) for minutes, label in sorted(others))

    def _cost(self, number: int, position: int) -> int:
        return self._puzzle.cost(follow(self._puzzle, {**self._picks, number: position}))
