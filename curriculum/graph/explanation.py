"""How decisions were met, and what their other options would have cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.provider_choice import ChoiceContext, ChoiceModel, ProviderSelection
from curriculum.graph.provider_search import CoverInstance, follow
from curriculum.graph.references import Option
from curriculum.graph.requirements import ProviderDecision
from curriculum.model.curriculum import Choice
from curriculum.model.identifiers import UnitId

Asked = Mapping[ProviderDecision, Sequence[str]]
"""Decision to those that asked for it (units or goals), in need order."""


def explain_choices(
    catalogue: Catalogue,
    context: ChoiceContext,
    selection: ProviderSelection,
    asked: Asked,
) -> tuple[Choice, ...]:
    """Return how each decision was met, in the order in which they were first asked for."""
    explainer = _Explainer(catalogue, context, selection)
    return tuple(explainer.choice(decision, by[0]) for decision, by in asked.items())


_Price: TypeAlias = tuple[int, tuple[tuple[str, int], ...]]
"""The minutes a decision adds, and those of its other options, cheapest first."""


class _Explainer:
    def __init__(
        self,
        catalogue: Catalogue,
        context: ChoiceContext,
        selection: ProviderSelection,
    ) -> None:
        self._catalogue = catalogue
        self._context = context
        self._finish = selection.derivation.finish
        self._picks = selection.derivation.picks
        self._is_exact = selection.is_exact
        self._prices: _Prices | None = None
        if selection.model is not None:
            self._prices = _Prices(selection.model, self._picks)

    def choice(self, decision: ProviderDecision, by: str) -> Choice:
        added, others = self._price(decision)
        return Choice(
            wanted=decision.wanted,
            by=by,
            chosen=self._chosen(decision),
            added=added,
            others=others,
            exact=self._is_exact,
        )

    def _chosen(self, decision: ProviderDecision) -> tuple[UnitId, ...]:
        chosen = []
        for unit in self._picks[decision].units:
            if unit not in self._context.cut:
                chosen.append(self._catalogue.units[unit])
        return tuple(chosen)

    def _price(self, decision: ProviderDecision) -> _Price:
        if self._prices is None:
            # Nothing was compared, so all there is to tell is what the option costs alone.
            alone = self._context.closure(self._picks[decision].units)
            return self._context.total(alone), ()
        return self._prices.of(decision, self._circular_options(decision))

    def _circular_options(self, decision: ProviderDecision) -> frozenset[int]:
        """Return the options of a decision that would wait for a unit which asks for it."""
        needs = self._context.needs
        askers = {unit for unit in self._finish if decision in needs[unit].decisions}
        found: set[int] = set()
        if askers:
            for number, option in enumerate(decision.options):
                if self._leads_to(askers, option.units):
                    found.add(number)
        return frozenset(found)

    def _leads_to(self, askers: set[int], starts: Sequence[int]) -> bool:
        """Say whether some units require one of the askers."""
        earliest = min(self._finish[unit] for unit in askers)
        seen: set[int] = set()
        stack = list(starts)
        while stack:
            unit = stack.pop()
            if unit in askers:
                return True
            # What is finished before the earliest of the askers requires none of them.
            is_earlier = self._finish.get(unit, earliest) < earliest
            if is_earlier or unit in seen or unit in self._context.cut:
                continue
            seen.add(unit)
            stack += self._before(unit)
        return False

    def _before(self, unit: int) -> Iterator[int]:
        needs = self._context.needs[unit]
        yield from needs.hard
        for decision in needs.decisions:
            if decision in self._picks:
                yield from self._picks[decision].units


class _Prices:
    """Prices decisions by what the rest of the curriculum would cost without them."""

    def __init__(self, model: ChoiceModel, picked: Mapping[ProviderDecision, Option]) -> None:
        self._instance = model.instance
        self._numbers = {decision: number for number, decision in enumerate(model.decisions)}
        made = {}
        for decision, number in self._numbers.items():
            if decision in picked:
                made[number] = decision.options.index(picked[decision])
        # Another option may raise decisions that nobody had to take: they are priced as taken by
        # the option that costs least beside what was chosen.
        cheapest_alone = _cheapest_picks(self._instance, 0)
        chosen = follow(self._instance, {**cheapest_alone, **made})
        cheapest_beside = _cheapest_picks(self._instance, chosen)
        self._picks = {**cheapest_beside, **made}

    def of(self, decision: ProviderDecision, circular: frozenset[int]) -> _Price:
        """Return what a decision adds, and what its options that are not circular would add."""
        number = self._numbers[decision]
        picked = self._picks[number]
        without = follow(self._instance, self._picks, without=number)
        rest = self._instance.cost(without)
        others = []
        for position, option in enumerate(decision.options):
            if position != picked and position not in circular:
                minutes = self._cost(number, position) - rest
                others.append((minutes, option.label))
        added = self._cost(number, picked) - rest
        return added, tuple((label, minutes) for minutes, label in sorted(others))

    def _cost(self, number: int, position: int) -> int:
        picks = {**self._picks, number: position}
        return self._instance.cost(follow(self._instance, picks))


def _cheapest_picks(instance: CoverInstance, atoms: int) -> dict[int, int]:
    """Return for each decision its cheapest alternative, if possible one that some atoms bring."""
    picks = {}
    for decision, alternatives in enumerate(instance.decisions):
        ranks = []
        for alternative in alternatives:
            is_missing = bool(alternative.atoms & ~atoms)
            ranks.append((is_missing, instance.cost(alternative.atoms)))
        picks[decision] = ranks.index(min(ranks))
    return picks
