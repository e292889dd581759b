"""Follow the published plan, so that a plan made again moves as little as life allows."""

from __future__ import annotations

from heapq import heappop, heappush

from curriculum.model.plan import Reason
from curriculum.schedule.backlog import Backlog
from curriculum.schedule.deadlines import DeadlineGate
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.gated_share import GatedShare, Pick
from curriculum.schedule.guide import GONE, Guide, PublishedPiece
from curriculum.schedule.readable_cuts import SHORTEST_PIECE, break_off
from curriculum.schedule.unlock_first import NO_UNIT


class SpareTime:
    """The time of sittings that was left free, besides the short rests that nobody misses."""

    __slots__ = ("_minutes", "_most", "_running")

    def __init__(self, most: int) -> None:
        """Start with none; from so many minutes on it is much, and what was published moves up."""
        self._most = most
        self._minutes = 0
        self._running = 0

    @property
    def is_little(self) -> bool:
        """Whether more may be left free, so that everything keeps its place."""
        return self._minutes < self._most

    def add(self, minutes: int) -> None:
        """Leave more minutes free."""
        before = self._running
        self._running += minutes
        self._minutes += max(SHORTEST_PIECE, self._running) - max(SHORTEST_PIECE, before)

    def end(self) -> None:
        """Note that something is studied, or that the sitting is over."""
        self._running = 0


class GuidedPour:
    """Chooses as it was published, and pays debts where nothing is.

    The debt of a unit is what is left of it less the minutes that are published for it from now on:
    what was missed, what takes longer than it was thought to, and what had to give way.
    """

    def __init__(
        self,
        guide: Guide,
        demand: Demand,
        backlog: Backlog,
        deadlines: DeadlineGate,
        share: GatedShare,
        spare: SpareTime,
    ) -> None:
        """Start before the first published piece."""
        self._guide = guide
        self._demand = demand
        self._backlog = backlog
        self._deadlines = deadlines
        self._share = share
        self._spare = spare
        self._position = 0
        self._clock = 0
        self._ahead = [0] * len(demand.units)
        for piece in guide.pieces:
            if piece.unit != GONE:
                self._ahead[piece.unit] += piece.end - piece.start
        # In the order in which they came up; with the first wanted of each track on top of a heap.
        self._debts: dict[int, None] = {}
        self._wanted: tuple[list[tuple[int, int]], ...] = ([], [])
        for unit in range(len(demand.units)):
            self._note_debt(unit)

    def _note_debt(self, unit: int) -> None:
        if unit in self._debts or self._debt(unit) <= 0:
            return
        self._debts[unit] = None
        wanted = self._guide.wanted[unit]
        if wanted < NEVER:
            heappush(self._wanted[self._demand.tracks[unit]], (wanted, unit))

    def _debt(self, unit: int) -> int:
        return self._backlog.outstanding_of(unit) - self._ahead[unit]

    def choose(self, now: int, end: int) -> Pick | None:
        """Return what was published for now, or pay a debt; None where that says nothing.

        Args:
            now: The minute.
            end: The minute at which the time ends that can be given.
        """
        self._pass_until(now)
        if self._position == len(self._guide.pieces):
            return None
        piece = self._guide.pieces[self._position]
        if piece.start > now:
            track = self._share.most_owed
            return self._in_spare_time(track, now, min(end, piece.start))
        return self._published(piece, now, end)

    def _pass_until(self, now: int) -> None:
        """Let published pieces pass; what was not studied in them becomes a debt."""
        pieces = self._guide.pieces
        while self._position < len(pieces):
            piece = pieces[self._position]
            minutes = min(piece.end, now) - max(piece.start, self._clock)
            if minutes > 0 and piece.unit != GONE:
                self._ahead[piece.unit] -= minutes
                self._note_debt(piece.unit)
            if piece.end > now:
                break
            self._position += 1
        self._clock = now

    def _published(
        self,
        piece: PublishedPiece,
        now: int,
        end: int,
    ) -> Pick | None:
        """Return the unit of a piece, or what has to be studied before it."""
        until = min(piece.end, end)
        debt = self._pressing_debt(piece)
        if debt != NO_UNIT:
            minutes = self._payment(debt, now, until)
            if minutes and self._share.may_study(debt, piece.track, minutes):
                return Pick(debt, Reason.PUBLISHED, until, minutes)
        unit = self._ready_part(piece)
        if unit == NO_UNIT:
            return self._in_spare_time(piece.track, now, until)
        minutes = self._run(unit, piece, now, end)
        if self._share.may_study(unit, piece.track, minutes or until - now):
            return Pick(unit, Reason.PUBLISHED, until, minutes)
        return None

    def _run(
        self,
        unit: int,
        piece: PublishedPiece,
        now: int,
        end: int,
    ) -> int:
        """Return for how long a unit is studied in the time of a piece; 0 for as reads well."""
        left = self._backlog.left[unit]
        if now + left <= piece.end:
            return min(left, end - now)
        if piece.end > end:
            return 0
        rest = now + left - piece.end
        # A few minutes more than was thought are not worth a piece of their own.
        if rest < SHORTEST_PIECE and rest <= self._debt(unit) and now + left <= end:
            return left
        return piece.end - now

    def _ready_part(self, piece: PublishedPiece) -> int:
        """Return the unit of a piece, or what it waits for in its track; NO_UNIT without one."""
        if piece.unit == GONE or not self._backlog.outstanding_of(piece.unit):
            return NO_UNIT
        seen = {piece.unit}
        waiting = [piece.unit]
        found = []
        while waiting:
            unit = waiting.pop()
            if self._backlog.is_ready(unit) and self._demand.tracks[unit] == piece.track:
                found.append(unit)
            for other in self._demand.before[unit]:
                if other not in seen and self._backlog.outstanding_of(other):
                    seen.add(other)
                    waiting.append(other)
        return min(found, default=NO_UNIT)

    def _pressing_debt(self, piece: PublishedPiece) -> int:
        """Return a debt for which its track has no more time before the other one waits for it."""
        debts = self._wanted[piece.track]
        while debts and self._debt(debts[0][1]) <= 0:
            _, paid = heappop(debts)
            self._debts.pop(paid, None)
        if not debts:
            return NO_UNIT
        wanted, unit = debts[0]
        between = self._guide.minutes_between(piece.track, piece.end, wanted)
        if self._backlog.is_ready(unit) and between < self._debt(unit):
            return unit
        return NO_UNIT

    def _in_spare_time(
        self,
        track: int,
        now: int,
        until: int,
    ) -> Pick | None:
        """Pay the oldest debt, rather one of a track, or leave time free if deadlines allow it."""
        for unit in (self._oldest_debt(track), self._oldest_debt(1 - track)):
            minutes = self._payment(unit, now, until)
            if minutes and self._share.may_study(unit, self._demand.tracks[unit], minutes):
                return Pick(unit, Reason.PUBLISHED, until, minutes)
        if self._spare.is_little and self._deadlines.allow_idle(until - now):
            return Pick(NO_UNIT, Reason.PUBLISHED, until)
        return None

    def _oldest_debt(self, track: int) -> int:
        """Return the debt of a track that came up first and can be paid; NO_UNIT without one."""
        for unit in tuple(self._debts):
            if self._debt(unit) <= 0:
                del self._debts[unit]
            elif self._demand.tracks[unit] == track and self._payable(unit):
                return unit
        return NO_UNIT

    def _payable(self, unit: int) -> int:
        """Return the minutes of a debt that are worth a piece of their own."""
        if not self._backlog.is_ready(unit):
            return 0
        left = self._backlog.left[unit]
        minutes = min(left, self._debt(unit))
        if minutes < min(left, SHORTEST_PIECE):
            return 0
        return minutes

    def _payment(
        self,
        unit: int,
        now: int,
        until: int,
    ) -> int:
        """Return the minutes of a debt that are studied in the time until then."""
        if unit == NO_UNIT or until - now <= SHORTEST_PIECE:
            return 0
        minutes = self._payable(unit)
        if minutes <= until - now:
            return minutes
        return break_off(now, now + minutes, until) - now
