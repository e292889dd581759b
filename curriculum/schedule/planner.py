"""Allocate units to slots by the gated share (theorems T1 to T3 of THEORY.md).

A slot goes to the track that is owed most while every deadline keeps enough slack for that;
otherwise it goes to the earliest deadline. Fixed sessions are placed as they were, and a track
keeps its turn of the previous plan while that leaves the balance within a session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from curriculum.model.plan import Reason
from curriculum.schedule.backlog import Backlog, BacklogEntry
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.deadlines import Deadlines
from curriculum.schedule.fixed_sessions import FixedSession, Remaining
from curriculum.schedule.lag import Lag
from curriculum.schedule.quotas import NO_QUOTA, Quotas, WeeksToFill
from curriculum.schedule.readable_cuts import SHORTEST_PIECE, break_off
from curriculum.schedule.slots import Slot
from curriculum.schedule.unlock_first import NO_UNIT, UnlockFirst

NOTHING_OWED = Fraction(0)
NO_TRACK = -1


@dataclass(frozen=True, slots=True)
class Block:
    """Units studied one after the other in a slot, or in the part of it that one track got.

    Attributes:
        start: Minute since the epoch.
        track: Index of the track.
        because: BALANCE, DEADLINE, QUOTA, ORDER when only this track had work, or KEPT.
        pieces: Unit and minutes, in order.
    """

    start: int
    track: int
    because: Reason
    pieces: tuple[tuple[int, int], ...]

    @property
    def minutes(self) -> int:
        """How long it is."""
        return sum(minutes for _, minutes in self.pieces)


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose turn it was in the previous plan.

    Attributes:
        tracks: Minute at which a session began to the index of its track.
        most: A turn is kept as long as no track is owed more minutes than this.
    """

    tracks: Mapping[int, int] = field(default_factory=dict)
    most: int = 0


@dataclass(frozen=True, slots=True)
class SharingRules:
    """How study time is shared between the two tracks.

    Attributes:
        shares: The share of each track; only the ratio matters.
        shortest: The rest of a slot stays free when it is shorter, unless a deadline needs it.
        owed: Minutes the first track is owed to begin with; the other is owed the opposite.
        turns: Whose turn it was before.
        ahead: The most minutes that a track studies out of turn for one unlock of the other.
        quotas: The least time of each track in every week; None without quotas.
    """

    shares: tuple[Fraction, Fraction]
    shortest: int
    owed: Fraction
    turns: Turns
    ahead: int = 0
    quotas: Quotas | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which units are studied when.

    Attributes:
        blocks: In calendar order.
        left: Minutes of each unit that found no place.
        available: Minute at which each unit could first be studied; NEVER if that did not come.
        enabler: The prerequisite that finished last; -1 when there is none.
        largest_lag: The most minutes a track was ever owed.
        owed: Minutes the first track is owed in the end.
        is_reordered: Whether a track studied something out of turn for an unlock of the other.
    """

    blocks: tuple[Block, ...]
    left: tuple[int, ...]
    available: tuple[int, ...]
    enabler: tuple[int, ...]
    largest_lag: int
    owed: Fraction
    is_reordered: bool = False


def allocate(
    remaining: Remaining,
    targets: Sequence[int],
    rules: SharingRules,
    choices: list[UnitChoice] | None = None,
) -> Allocation:
    """Return which units are studied in which slots.

    Args:
        remaining: The fixed sessions, and the slots and the demand that they leave. Work time
            counts the minutes of the slots without those of fixed sessions.
        targets: Work minute by which each unit must be finished, NEVER without one; together
            they must be feasible.
        rules: How the time is shared.
        choices: A list to which each choice is added, for those who ask why.
    """
    allocator = _Allocator(remaining, targets, rules)
    allocator.choices = choices
    for slot in remaining.slots:
        if not allocator.backlog.unfinished:
            break
        allocator.fill_slot(slot, remaining.fixed.get(slot[0], ()))
    return Allocation(
        blocks=tuple(allocator.blocks),
        left=allocator.backlog.outstanding,
        available=tuple(allocator.backlog.available),
        enabler=tuple(allocator.backlog.enabler),
        largest_lag=allocator.lag.largest,
        owed=allocator.lag.owed,
        is_reordered=allocator.unlock_first.is_used,
    )


class _Draft:
    """A block that still grows; without pieces it only says which track had the time before."""

    __slots__ = ("because", "pieces", "start", "track")

    def __init__(
        self,
        start: int,
        track: int,
        because: Reason = Reason.ORDER,
    ) -> None:
        self.start = start
        self.track = track
        self.because = because
        self.pieces: list[tuple[int, int]] = []

    def add(self, unit: int, minutes: int) -> None:
        pieces = self.pieces
        if pieces and pieces[-1][0] == unit:
            minutes += pieces.pop()[1]
        pieces.append((unit, minutes))

    def minutes_of_last(self, unit: int) -> int:
        """Return how long the block's last piece is, if it is one of a unit."""
        if self.pieces and self.pieces[-1][0] == unit:
            return self.pieces[-1][1]
        return 0


class _Allocator:
    """The state of one allocation; it lives for one call of `allocate`."""

    def __init__(
        self,
        remaining: Remaining,
        targets: Sequence[int],
        rules: SharingRules,
    ) -> None:
        self.demand = remaining.rest
        self.backlog = Backlog(
            remaining.rest,
            targets,
            remaining.reserved_pieces(),
        )
        self.deadlines = Deadlines(targets, remaining.rest.efforts)
        self.lag = Lag(rules.shares, rules.owed)
        self.unlock_first = UnlockFirst(
            remaining.rest,
            self.backlog,
            self.deadlines,
            rules.shares,
            rules.ahead,
        )
        self.turns = rules.turns
        self.shortest = rules.shortest
        self.weeks = None if rules.quotas is None else WeeksToFill(rules.quotas, remaining)
        self.slot_start = 0
        self.slot_end = 0
        self.blocks: list[Block] = []
        self.choices: list[UnitChoice] | None = None

    def fill_slot(self, slot: Slot, fixed: Sequence[FixedSession]) -> None:
        """Allocate the minutes of one slot, around the fixed sessions in it."""
        now, end = slot
        self.slot_start = now
        self.slot_end = end
        track = NO_TRACK
        for one in fixed:
            self._fill(now, one.start, _Draft(now, track))
            self._place_fixed(one)
            now = one.end
            track = one.track
        self._fill(now, end, _Draft(now, track))

    def _place_fixed(self, session: FixedSession) -> None:
        """Place a fixed session; the minutes its pieces leave of it are filled like any others."""
        self.backlog.admit(session.start)
        draft = _Draft(
            session.start,
            session.track,
            self._why_fixed(session),
        )
        now = session.start
        for unit, minutes in session.pieces:
            end = now + minutes
            while now < end:
                # Run by run, because a release in between can give the other track work,
                # and only from then on do the minutes count for the balance.
                self.backlog.admit(now)
                run = min(end, self.backlog.next_release) - now
                self._note(draft, unit, now, run, is_fixed=True)
                self._count(unit, run)
                self.backlog.place_reserved(unit, run, now + run)
                now += run
        draft.pieces = list(session.pieces)
        self._fill(now, session.end, draft)

    def _why_fixed(self, session: FixedSession) -> Reason:
        """Return why a fixed session was planned, or KEPT when it would not be planned now."""
        if session.because in (Reason.ORDER, Reason.DEADLINE, Reason.QUOTA):
            return session.because
        if not self.backlog.has_work(1 - session.track):
            return Reason.ORDER
        if self.lag.most_owed() == session.track:
            return Reason.BALANCE
        if self._is_fair(session.track, session.minutes):
            return Reason.BALANCE
        return Reason.KEPT

    def _fill(
        self,
        now: int,
        end: int,
        draft: _Draft,
    ) -> None:
        """Allocate the minutes from one instant to another, going on with a draft if possible."""
        backlog = self.backlog
        tracks = self.demand.tracks
        while now < end:
            backlog.admit(now)
            # Asked at every piece: a release or a finished prerequisite may have brought up
            # something that is due earlier.
            unit, reason = self._choose(draft.track, now, end - now)
            if unit == NO_UNIT:
                draft = self._pause(
                    draft,
                    now,
                    min(end, backlog.next_release),
                )
                now = draft.start
                continue
            if not draft.pieces or tracks[unit] != draft.track:
                if not self._is_worth_starting(now, end):
                    self._pause(draft, now, end)
                    return
                self._close(draft)
                draft = _Draft(now, tracks[unit], reason)
            run = self._readable_run(draft, unit, now, end)
            if not run:
                self._pause(draft, now, end)
                return
            run = min(run, backlog.next_release - now)
            self._note(draft, unit, now, run)
            self._study(unit, now, run)
            draft.add(unit, run)
            now += run
        self._close(draft)

    def _pause(
        self,
        draft: _Draft,
        now: int,
        until: int,
    ) -> _Draft:
        """Let time pass without study, and return a draft that begins after it."""
        self.deadlines.idle(until - now)
        self._close(draft)
        return _Draft(until, NO_TRACK)

    def _close(self, draft: _Draft) -> None:
        if draft.pieces:
            block = Block(
                draft.start,
                draft.track,
                draft.because,
                tuple(draft.pieces),
            )
            self.blocks.append(block)

    def _is_worth_starting(self, now: int, end: int) -> bool:
        """Return whether a session may begin in the rest of a slot.

        In a short rest it may only if a deadline needs the minutes. Then what was left free before
        stays free when the sessions around it are fixed.
        """
        minutes = end - now
        if minutes >= self.shortest and not self._is_short_rest(now, end):
            return True
        return not self.deadlines.allow_idle(minutes)

    def _is_short_rest(self, now: int, end: int) -> bool:
        """Return whether a slot was begun, and its rest is too short for one more piece."""
        return now > self.slot_start and end - now <= SHORTEST_PIECE

    def _readable_run(
        self,
        draft: _Draft,
        unit: int,
        now: int,
        end: int,
    ) -> int:
        """Return for how many minutes a unit is studied; 0 when the rest of a slot stays free."""
        room = end - now
        left = self.backlog.left[unit]
        if left <= room:
            return left
        studied = draft.minutes_of_last(unit)
        until = now
        if studied or not self._is_short_rest(now, end):
            until = break_off(now - studied, now + left, end)
        if until > now:
            return until - now
        if self.deadlines.allow_idle(room):
            return 0
        return room

    def _choose(
        self,
        track: int,
        now: int,
        room: int,
    ) -> tuple[int, Reason]:
        """Return the unit to study next and why its track has the time; NO_UNIT without work."""
        first = self.backlog.head(0)
        second = self.backlog.head(1)
        if first is None or second is None:
            alone = first or second
            if alone is None:
                return NO_UNIT, Reason.ORDER
            return self._unlocking_or(alone[1], room), Reason.ORDER
        if track == NO_TRACK:
            return self._choose_track((first, second), now, room)
        needed = min(room, self.backlog.left[(first, second)[track][1]])
        return self._of_track((first, second), track, room, needed)

    def _unlocking_or(self, head: int, room: int) -> int:
        """Return the unit of a track that must come first for the other one, else its head."""
        unlocking = self.unlock_first.unit(self.demand.tracks[head], room)
        if unlocking == NO_UNIT:
            return head
        return unlocking

    def _of_track(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        preferred: int,
        room: int,
        needed: int,
    ) -> tuple[int, Reason]:
        """Return what a track studies if every deadline allows its head the minutes needed."""
        unlocking = self.unlock_first.unit(preferred, room)
        if unlocking == NO_UNIT:
            return self._gated(heads, preferred, needed)
        return unlocking, Reason.BALANCE

    def _gated(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        preferred: int,
        minutes: int,
    ) -> tuple[int, Reason]:
        """Return the head of a track if every deadline allows it the minutes, else the urgent."""
        head = heads[preferred]
        urgent = min(heads)
        if head is urgent or self.deadlines.allow(head[1], minutes):
            return head[1], Reason.BALANCE
        return urgent[1], Reason.DEADLINE

    def _choose_track(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        now: int,
        room: int,
    ) -> tuple[int, Reason]:
        """Return the unit to begin a block with: of the track that is owed most, or has its turn.

        The gate asks for the whole room, so that a block need not be broken off for a deadline.
        """
        chosen = self._of_track(heads, self.lag.most_owed(), room, room)
        if self.weeks is not None:
            due = self.weeks.must_have(self.slot_start)
            if due != NO_QUOTA:
                return self._for_quota(heads[due][1], chosen, room)
        track = self.turns.tracks.get(now, NO_TRACK)
        # A turn that the track would have anyway keeps the reason that was found.
        if track in (NO_TRACK, self.demand.tracks[chosen[0]]):
            return chosen
        turn = self._unlocking_or(heads[track][1], room)
        if self._may_keep_turn(turn, min(heads)[1], room):
            return turn, Reason.BALANCE
        return chosen

    def _for_quota(
        self,
        due: int,
        chosen: tuple[int, Reason],
        room: int,
    ) -> tuple[int, Reason]:
        """Return the next unit of a track that lacks time this week, if deadlines allow it."""
        if self.demand.tracks[due] == self.demand.tracks[chosen[0]]:
            return chosen
        if not self.deadlines.allow(due, room):
            return chosen[0], Reason.DEADLINE
        return self._unlocking_or(due, room), Reason.QUOTA

    def _may_keep_turn(
        self,
        turn: int,
        urgent: int,
        room: int,
    ) -> bool:
        """Return whether a unit may have the room because its track had it before."""
        if turn != urgent and not self.deadlines.allow(turn, room):
            return False
        track = self.demand.tracks[turn]
        if not self.lag.is_payable(track, room, self.backlog.supply.minutes):
            return False
        return self._is_fair(track, room)

    def _is_fair(self, track: int, minutes: int) -> bool:
        """Return whether no track is owed more than turns allow once a track had the minutes."""
        return self.lag.stays_within(self.turns.most, track, minutes)

    def _study(
        self,
        unit: int,
        now: int,
        run: int,
    ) -> None:
        self._count(unit, run)
        if self.weeks is not None:
            self.weeks.study(self.slot_start, self.demand.tracks[unit], run)
        self.deadlines.study(unit, run)
        if self.backlog.place(unit, run, now + run):
            self.deadlines.finish(unit)

    def _note(
        self,
        draft: _Draft,
        unit: int,
        now: int,
        run: int,
        *,
        is_fixed: bool = False,
    ) -> None:
        """Note a choice, if somebody asks why."""
        if self.choices is None:
            return
        track = self.demand.tracks[unit]
        choice = UnitChoice(
            unit,
            track,
            now,
            run,
            block=draft.start,
            slot=(self.slot_start, self.slot_end),
            pulls=self._pulls(draft, unit, now),
            owed=self.lag.owed,
            may_open=self.backlog.may_open(track),
            is_fixed=is_fixed,
            ahead=self._why_out_of_turn(unit, now),
        )
        self.choices.append(choice)

    def _why_out_of_turn(self, unit: int, now: int) -> Reason | None:
        """Return UNLOCK for a unit that must come first for the other track."""
        track = self.demand.tracks[unit]
        if self.unlock_first.unit(track, self.slot_end - now) == unit:
            return Reason.UNLOCK
        return None

    def _pulls(
        self,
        draft: _Draft,
        unit: int,
        now: int,
    ) -> frozenset[Reason]:
        """Return what would give the time to the track of a unit if the track were chosen now."""
        track = self.demand.tracks[unit]
        other = self.backlog.head(1 - track)
        if other is None:
            return frozenset()
        found = set()
        if self.lag.most_owed() == track:
            found.add(Reason.BALANCE)
        if self.weeks is not None and self.weeks.must_have(self.slot_start) == track:
            # The balance is not asked then.
            found = {Reason.QUOTA}
        urgent = self.backlog.head(track)
        is_urgent = urgent is not None and urgent < other
        if is_urgent and not self.deadlines.allow(other[1], self.slot_end - now):
            found.add(Reason.DEADLINE)
        if not found and draft.start == now:
            found.add(Reason.PUBLISHED)
        return frozenset(found)

    def _count(self, unit: int, run: int) -> None:
        """Count minutes of a unit for the balance, if the other track could have had them."""
        backlog = self.backlog
        track = self.demand.tracks[unit]
        if backlog.has_work(1 - track):
            self.lag.count(track, run)
        backlog.supply.study(unit, run)
        self.unlock_first.study(unit, run)
        # Before the unit is finished: what that unlocks could not have been studied until now.
        self.lag.limit(backlog.supply.minutes)
        backlog.open_work(unit)
