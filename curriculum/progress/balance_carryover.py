"""The balance that a plan starts with: what the log leaves each track owed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from curriculum.model.curriculum import Curriculum, dependants
from curriculum.model.identifiers import TRACKS, UnitId, work_of
from curriculum.model.journal import Finished, Skipped, Stopped, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.plan import minute
from curriculum.model.progress import Progress
from curriculum.model.settings import Balance
from curriculum.progress.supply import Supply
from curriculum.progress.time_spent import credits_of


def balances_in_force(
    published: Mapping[int, Fraction], balance: Balance, now: int
) -> dict[int, Fraction]:
    """Return the balances in force until now, and the one from now on.

    Args:
        published: Those of the plans that were published before: minute to the share of the
            textbooks from then on, sorted; none when that is not known.
        balance: The balance of the settings.
        now: The minute of now.
    """
    share = balance.textbooks / (balance.textbooks + balance.papers)
    until_now = list(published.items())
    if until_now and until_now[-1][1] == share:
        return dict(published)
    # One that was in force for no minute is forgotten.
    found = {since: before for since, before in until_now if since < now}
    if not found:
        return {0: share}
    if list(found.values())[-1] != share:
        found[now] = share
    return found


@dataclass(frozen=True, slots=True)
class CountedTime:
    """What else decides how much of the time counts for a balance.

    Attributes:
        shared: The minutes between two others that are open to both tracks; None where all are.
        skimmed: Minute to the minutes of papers that were looked at until then, beside all units.
    """

    shared: Callable[[int, int], int] | None = None
    skimmed: Mapping[int, int] = field(default_factory=dict)


_NEVER = 1 << 60


class _Stretch(NamedTuple):
    """Minutes given to a unit up to an instant, and whether it was finished then.

    Without a unit, they were given to the papers beside all units.
    """

    until: int
    unit: UnitId | None
    minutes: int
    is_finished: bool = False


_PLAIN = CountedTime()


def balance_carryover(
    progress: Progress,
    whole: Curriculum,
    library: Library,
    balances: Mapping[int, Fraction],
    releases: Mapping[UnitId, int],
    time: CountedTime = _PLAIN,
) -> Fraction:
    """Return the minutes that the textbooks are owed after what was studied.

    The papers are owed the opposite.

    Time counts only while both tracks have something ready, and no track is owed more than it pays
    back by studying all it has, as in the planner. Minutes that marking a unit as done adds count
    at that moment.

    Args:
        progress: What was done.
        whole: The curriculum as it is without any progress.
        library: The works, for their tracks.
        balances: Minute to the share of the textbooks from then on, sorted; the first one stands
            for all the time before the second.
        releases: Unit to the minute before which it may not start, for units that have one.
        time: What else decides how much of the time counts.
    """
    readiness = _Readiness(whole, library, releases)
    # Whole numbers of the smallest part of a minute that the shares lead to.
    parts = lcm(*(share.denominator for share in balances.values()))
    shares = [int(share * parts) for share in balances.values()]
    since = list(balances)[1:]
    total = 0
    for stretch in _stretches(progress, whole, time.skimmed):
        track = readiness.track_of(stretch.unit)
        if track is not None:
            other = 1 - track
            start = stretch.until - stretch.minutes
            counted = readiness.minutes_with_work(other, start, stretch.until)
            if time.shared is not None and counted:
                counted = time.shared(stretch.until - counted, stretch.until)
            share = shares[bisect_left(since, stretch.until)]
            # TRACKS are textbooks and papers; what papers were given, textbooks are owed.
            total += counted * share if track else -counted * (parts - share)
            textbooks, papers = readiness.supply_after(stretch.unit, stretch.minutes)
            total = max(-papers * share, min(textbooks * (parts - share), total))
        if stretch.is_finished and stretch.unit is not None:
            readiness.finish(stretch.unit, stretch.until)
    return Fraction(total, parts)


def _stretches(progress: Progress, whole: Curriculum, skimmed: Mapping[int, int]) -> list[_Stretch]:
    """Return what was given time and finished, by instant and then in the order it was recorded."""
    skims = [_Stretch(until, None, minutes) for until, minutes in skimmed.items() if minutes]
    # Sorting keeps the order of equal instants.
    return sorted((*_study(progress, whole), *skims), key=lambda one: one.until)


def _study(progress: Progress, whole: Curriculum) -> Iterator[_Stretch]:
    added = credits_of(progress)
    for fact in sorted(progress.live, key=lambda one: one.at):
        match fact:
            case Studied() | Stopped():
                yield _Stretch(minute(fact.at), fact.unit, fact.minutes)
            case Finished():
                credit = added.get(fact.unit)
                minutes = 0
                if credit is not None and credit.fact is fact:
                    minutes = credit.minutes(whole.efforts)
                is_finished = progress.finished.get(fact.unit) is fact
                yield _Stretch(minute(fact.at), fact.unit, minutes, is_finished)
            case Skipped() if progress.skipped.get(fact.unit) is fact:
                yield _Stretch(minute(fact.at), fact.unit, 0, is_finished=True)


class _Readiness:
    """Which tracks have something to study, while units are finished one after the other."""

    def __init__(self, whole: Curriculum, library: Library, releases: Mapping[UnitId, int]) -> None:
        self.tracks = {
            unit: TRACKS.index(library.works[work_of(unit)].track) for unit in whole.units
        }
        self._releases = dict(releases)
        self._spacing = whole.spacing
        self._rows = {unit: row for row, unit in enumerate(whole.units)}
        self._waiting = {unit: len(whole.requires.get(unit, ())) for unit in whole.units}
        self._after = dependants(whole)
        self._supply = self._supply_of(whole)
        self._finished: set[UnitId] = set()
        # Track to the minute since which it has had something, as long as no unit is finished.
        self._since: dict[int, int] = {}
        self._ready: tuple[set[UnitId], set[UnitId]] = (set(), set())
        for unit, count in self._waiting.items():
            if not count:
                self._ready[self.tracks[unit]].add(unit)

    def _supply_of(self, whole: Curriculum) -> Supply:
        units = whole.units
        return Supply(
            [self._numbers(whole.requires.get(unit, ())) for unit in units],
            [self._numbers(self._after[unit]) for unit in units],
            [self.tracks[unit] for unit in units],
            [whole.efforts[unit] for unit in units],
        )

    def _numbers(self, units: Iterable[UnitId]) -> tuple[int, ...]:
        return tuple(self._rows[unit] for unit in units)

    def track_of(self, unit: UnitId | None) -> int | None:
        """Return the track of a unit; that of the papers without one, None for one elsewhere."""
        return TRACKS.index("papers") if unit is None else self.tracks.get(unit)

    def supply_after(self, unit: UnitId | None, minutes: int) -> tuple[int, int]:
        """Take minutes from a unit, and return what each track has that waits for no other."""
        if unit is not None:
            self._supply.study(self._rows[unit], minutes)
        textbooks, papers = self._supply.minutes
        return textbooks, papers

    def minutes_with_work(self, track: int, start: int, end: int) -> int:
        """Return how many minutes of a stretch of time a track had a unit that could be studied."""
        if track not in self._since:
            ready = self._ready[track]
            self._since[track] = min(
                (self._releases.get(unit, 0) for unit in ready), default=_NEVER
            )
        return max(0, end - max(start, self._since[track]))

    def finish(self, unit: UnitId, now: int) -> None:
        """Take a unit as finished at a minute."""
        if unit not in self.tracks or unit in self._finished:
            return
        self._finished.add(unit)
        self._since.clear()
        self._supply.finish(self._rows[unit])
        self._ready[self.tracks[unit]].discard(unit)
        for other in self._after[unit]:
            self._hold(unit, other, now)
            self._waiting[other] -= 1
            if not self._waiting[other] and other not in self._finished:
                self._ready[self.tracks[other]].add(other)

    def _hold(self, unit: UnitId, other: UnitId, now: int) -> None:
        """Hold the next unit of a work back for its gap."""
        spacing = self._spacing
        if spacing is None or work_of(unit) != work_of(other):
            return
        days = spacing.days.get(other, 0)
        if days:
            opening = spacing.opening(now, days)
            self._releases[other] = max(opening, self._releases.get(other, 0))
