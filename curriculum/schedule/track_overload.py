"""Certificates and cushions where hours belong to tracks (THEORY.md §4a).

Textbooks that are due by one date and papers that are due by another need their minutes in hours
that are open to them. Where there are fewer, no schedule can be in time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from curriculum.availability.track_hours import EITHER
from curriculum.availability.worktime import WorkTime
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Overload
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.extra_hours import ExtraHours
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.overload import MOST_CERTIFICATES, conflicts, late_in_sessions
from curriculum.schedule.windows import Windows, windows_of


@dataclass(frozen=True, slots=True)
class _Pair:
    """What textbooks must do by one minute and papers by another, from a third minute on.

    Attributes:
        after: The minute before which none of the units may start.
        dates: By which minute each track must be done; `after` where nothing of it is meant.
        missing: Minutes that are not there.
    """

    after: int
    dates: tuple[int, int]
    missing: int

    @property
    def before(self) -> int:
        """The later date."""
        return max(self.dates)

    def is_inside(self, other: _Pair) -> bool:
        """Return whether it lies between the minutes of another pair."""
        return other.after <= self.after and self.before <= other.before


@dataclass(frozen=True, slots=True)
class _Workload:
    """What must be studied between which minutes, and the minutes that are open to each track."""

    demand: Demand
    windows: Windows
    clocks: Sequence[WorkTime]

    def units(self, after: int, dates: tuple[int, int]) -> list[int]:
        """Return the units that open from a minute on and are due by the date of their track."""
        found = []
        for unit, effort in enumerate(self.demand.efforts):
            due = self.windows.closes[unit]
            is_due = due <= dates[self.demand.tracks[unit]] and due < NEVER
            if effort and is_due and self.windows.opens[unit] >= after:
                found.append(unit)
        return found

    def minutes(self, kind: int, after: int, before: int) -> int:
        """Return the minutes of a kind between two minutes."""
        clock = self.clocks[kind]
        return max(0, clock.until(before) - clock.until(after))

    def is_short(self, unit: int) -> bool:
        """Return whether minutes are missing for units among which a unit is."""
        opens = {opening for opening in self.windows.opens if opening <= self.windows.opens[unit]}
        pairs = tuple(self._pairs_with(unit))
        return any(self.missing(after, ends) > 0 for after in opens for ends in pairs)

    def _pairs_with(self, unit: int) -> Iterator[tuple[int, int]]:
        """Yield each pair of dates by which a unit is due, and others may be."""
        dates = sorted({date for date in self.windows.closes if date < NEVER})
        for date in dates:
            if date >= self.windows.closes[unit]:
                for other in (0, *dates):
                    yield _in_order(self.demand.tracks[unit], date, other)

    def missing(self, after: int, ends: tuple[int, int]) -> int:
        """Return the minutes that are missing for what each track must do by its date."""
        needed = sum(self.demand.efforts[unit] for unit in self.units(after, ends))
        free = sum(self.minutes(track, after, end) for track, end in enumerate(ends))
        return needed - free - self.minutes(EITHER, after, max(ends))

    def pairs(self, after: int) -> Iterator[_Pair]:
        """Yield for each date the pair of dates up to it for which the most is missing."""
        # For each track the date with the most missing in its own hours, of those so far.
        worst = [(0, after), (0, after)]
        for date, total in self._due(after):
            missing = [total[track] - self.minutes(track, after, date) for track in (0, 1)]
            for track in (0, 1):
                worst[track] = max(worst[track], (missing[track], date))
            shared = self.minutes(EITHER, after, date)
            for track in (0, 1):
                beside, other = worst[1 - track]
                short = missing[track] + beside - shared
                if total[track] and short > 0:
                    yield _Pair(after, _in_order(track, date, other), short)

    def _due(self, after: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield each date with the minutes of each track that are due by it."""
        units = self.units(after, (NEVER, NEVER))
        needed: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for unit in units:
            track = self.demand.tracks[unit]
            needed[self.windows.closes[unit]][track] += self.demand.efforts[unit]
        textbooks = papers = 0
        for date in sorted(needed):
            textbooks += needed[date][0]
            papers += needed[date][1]
            yield date, (textbooks, papers)


def _in_order(track: int, date: int, other: int) -> tuple[int, int]:
    """Return the dates of the textbooks and the papers, given those of a track and the other."""
    return (other, date) if track else (date, other)


def track_overloads(
    demand: Demand,
    remaining: Remaining,
    clocks: Sequence[WorkTime],
    extra: ExtraHours,
    start: int,
) -> tuple[Overload, ...]:
    """Return the certificates that no other implies, the largest first.

    Args:
        demand: What is to be studied.
        remaining: The fixed sessions, and what they leave of it.
        clocks: The minutes for each track alone, and those that are open to both.
        extra: What hours added to every week give.
        start: The minute at which the plan starts.
    """
    rest = remaining.rest
    workload = _Workload(rest, windows_of(rest, start), clocks)
    openings = {workload.windows.opens[unit] for unit in workload.units(0, (NEVER, NEVER))}
    pairs = [pair for after in openings for pair in workload.pairs(after)]
    is_kept = bool(remaining.fixed)
    found = [*conflicts(demand, windows_of(demand, start))]
    found += late_in_sessions(demand, remaining)
    for pair in _not_implied(pairs):
        found.append(_certificate(workload, pair, extra, is_kept=is_kept))
    found.sort(key=lambda one: (-one.missing, one.before, one.after, one.units))
    return tuple(found[:MOST_CERTIFICATES])


def unproven(
    demand: Demand,
    remaining: Remaining,
    clocks: Sequence[WorkTime],
    finished: Mapping[int, int],
    start: int,
) -> Iterator[int]:
    """Yield the units that are late although no count of hours shows it.

    Args:
        demand: What is to be studied.
        remaining: The fixed sessions, and what they leave of it.
        clocks: The minutes for each track alone, and those that are open to both.
        finished: Unit to the minute at which the plan finishes it.
        start: The minute at which the plan starts.
    """
    rest = remaining.rest
    workload = _Workload(rest, windows_of(rest, start), clocks)
    windows = windows_of(demand, start)
    held = {unit for one in remaining.sessions() for unit, _ in one.pieces}
    for unit, due in enumerate(demand.dues):
        is_late = due < finished.get(unit, NEVER)
        is_named = unit in held or windows.is_conflict(unit)
        if is_late and not is_named and not workload.is_short(unit):
            yield unit


def _not_implied(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return the pairs of which more is missing than inside of them."""
    found: list[_Pair] = []
    for pair in sorted(pairs, key=lambda one: (one.before - one.after, -one.missing, one.dates)):
        if all(one.missing < pair.missing for one in found if one.is_inside(pair)):
            found.append(pair)
    return found


def _certificate(workload: _Workload, pair: _Pair, extra: ExtraHours, *, is_kept: bool) -> Overload:
    demand = workload.demand
    units = workload.units(pair.after, pair.dates)
    needed = sum(demand.efforts[unit] for unit in units)
    weeks = extra.whole_weeks(pair.after, pair.before)
    each_week = -(-pair.missing // max(1, weeks))
    return Overload(
        after=pair.after,
        before=pair.before,
        needed=needed,
        free=needed - pair.missing,
        units=tuple(demand.units[unit] for unit in units),
        more_per_week=extra.stretch_for(each_week),
        weeks=weeks,
        capped=extra.is_capped,
        kept=is_kept,
        by_track=True,
    )


def track_cushions(
    demand: Demand,
    finished: Mapping[int, int],
    clocks: Sequence[WorkTime],
    start: int,
) -> dict[int, int]:
    """Return for each due minute the fewest minutes whose loss would make something late.

    They are counted in the hours of the textbooks, in those of the papers and in all hours,
    for what is due by then. Where something is late all the same, it is below 0.

    Args:
        demand: What is still to be placed, with the due minutes of its units and its goals.
        finished: Unit to the minute at which the plan finishes it.
        clocks: The minutes for each track alone, and those that are open to both.
        start: The minute at which the plan starts.
    """
    cushion = {}
    for due in sorted({*demand.dues, *demand.goal_dues} - {NEVER}):
        needed = [0, 0]
        ends = [due]
        for unit, effort in enumerate(demand.efforts):
            if demand.dues[unit] <= due and effort:
                needed[demand.tracks[unit]] += effort
                ends.append(finished.get(unit, NEVER))
        room = [clock.until(max(start, due)) for clock in clocks]
        slacks = [room[track] + room[EITHER] - needed[track] for track in (0, 1) if needed[track]]
        slacks.append(sum(room) - sum(needed))
        cushion[due] = min(slacks)
        if max(ends) > due:
            behind = sum(clock.until(max(ends)) - clock.until(due) for clock in clocks)
            cushion[due] = min(cushion[due], -max(1, behind))
    return cushion
