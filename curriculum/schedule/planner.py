"""Allocate units to slots by the gated share (theorems T1 to T3 of THEORY.md).

What was published for a minute keeps it while that leaves the balance within a session. Where that
says nothing, a slot goes to the track that is owed most while every deadline keeps enough slack for
that; otherwise it goes to the earliest deadline. Fixed sessions are placed as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from curriculum.availability.track_hours import TrackHours
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Reason, Session
from curriculum.schedule.backlog import Backlog, BacklogEntry
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.deadlines import DeadlineGate
from curriculum.schedule.fixed_sessions import FixedSession, Remaining
from curriculum.schedule.gap_deadlines import deadlines_with_any_gaps
from curriculum.schedule.gated_share import NO_TRACK, GatedShare, Pick
from curriculum.schedule.guide import Guide
from curriculum.schedule.guided_pour import GuidedPour, SpareTime
from curriculum.schedule.lag import Lag
from curriculum.schedule.quotas import NO_QUOTA, Quotas, WeeksToFill
from curriculum.schedule.readable_cuts import SHORTEST_PIECE, break_off
from curriculum.schedule.slots import Slot
from curriculum.schedule.slots_by_track import ShareByTrack, SlotsByTrack
from curriculum.schedule.unlock_first import NO_UNIT, UnlockFirst

NOTHING_OWED = Fraction(0)

_LASTING = (Reason.ORDER, Reason.DEADLINE, Reason.QUOTA, Reason.HOURS, Reason.PUBLISHED)
"""Reasons that a fixed session keeps."""


@dataclass(frozen=True, slots=True)
class Block:
    """Units studied one after the other in a slot, or in the part of it that one track got.

    Attributes:
        start: Minute since the epoch.
        track: Index of the track.
        because: BALANCE, DEADLINE, QUOTA, ORDER when only this track had work, HOURS when they are
            for this track alone, or KEPT.
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
class SharingRules:
    """How study time is shared between the two tracks.

    Attributes:
        shares: The share of each track; only the ratio matters.
        shortest: The rest of a slot stays free when it is shorter, unless a deadline needs it.
        longest: What is published keeps its place as long as no track is owed more minutes.
        owed: Minutes the first track is owed to begin with; the other is owed the opposite.
        ahead: The most minutes that a track studies out of turn for one unlock of the other.
        quotas: The least time of each track in every week; None without quotas.
        published: The sessions of the previous plan, which guide this one; none for a new one.
        hours: The hours of each track; None where all hours are open to both.
        is_strict: Whether the track goes first whose next unit is due first, whatever is owed.
    """

    shares: tuple[Fraction, Fraction]
    shortest: int
    longest: int
    owed: Fraction
    ahead: int = 0
    quotas: Quotas | None = None
    published: tuple[Session, ...] = ()
    hours: TrackHours | None = None
    is_strict: bool = False


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
        gap_until: Minute until which a gap held each unit back, 0 where none did; empty without.
        is_reordered: Whether a track studied something out of turn for an unlock of the other.
    """

    blocks: tuple[Block, ...]
    left: tuple[int, ...]
    available: tuple[int, ...]
    enabler: tuple[int, ...]
    largest_lag: int
    owed: Fraction
    is_reordered: bool = False
    gap_until: tuple[int, ...] = ()


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
            they must be feasible. Where hours belong to tracks, they are minutes since the epoch.
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
        gap_until=allocator.backlog.gap_until,
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
        self.by_track: SlotsByTrack | None = None
        self.deadlines: DeadlineGate = deadlines_with_any_gaps(remaining, targets, self.backlog)
        if rules.hours is not None:
            self.by_track = SlotsByTrack(remaining, targets, rules.hours, is_strict=rules.is_strict)
            self.deadlines = self.by_track.deadlines
        self.lag = Lag(rules.shares, rules.owed)
        self.unlock_first = UnlockFirst(
            remaining.rest,
            self.backlog,
            self.deadlines,
            rules.shares,
            rules.ahead,
        )
        self.share = self._share(rules.longest)
        self.spare = SpareTime(2 * rules.longest)
        self.guided: GuidedPour | None = None
        if rules.published:
            self.guided = GuidedPour(
                Guide(rules.published, self.demand),
                self.demand,
                self.backlog,
                self.deadlines,
                self.share,
                self.spare,
            )
        self.shortest = rules.shortest
        self.weeks = None if rules.quotas is None else WeeksToFill(rules.quotas, remaining)
        self.slot_start = 0
        self.slot_end = 0
        self.blocks: list[Block] = []
        self.choices: list[UnitChoice] | None = None

    def _share(self, most: int) -> GatedShare:
        """Return what shares the time, with no track owed more minutes than is fair."""
        if self.by_track is not None:
            return ShareByTrack(self.backlog, self.by_track, self.lag, self.unlock_first, most)
        return GatedShare(self.backlog, self.deadlines, self.lag, self.unlock_first, most)

    def fill_slot(self, slot: Slot, fixed: Sequence[FixedSession]) -> None:
        """Allocate the minutes of one slot, around the fixed sessions in it."""
        now, end = slot
        self.spare.end()
        self.slot_start = now
        self.slot_end = end
        if self.by_track is not None:
            self.by_track.enter(slot)
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
                self._count(unit, now, run)
                self.backlog.place_reserved(unit, run, now + run)
                now += run
        draft.pieces = list(session.pieces)
        self._fill(now, session.end, draft)

    def _why_fixed(self, session: FixedSession) -> Reason:
        """Return why a fixed session was planned, or KEPT when it would not be planned now."""
        if session.because in _LASTING:
            return session.because
        if not self.backlog.has_work(1 - session.track):
            return Reason.ORDER
        if self.lag.most_owed() == session.track:
            return Reason.BALANCE
        if self.share.is_fair(session.track, session.minutes):
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
            choice = self._choose(draft, now, end)
            unit = choice.unit
            if unit == NO_UNIT:
                draft = self._pause(
                    draft,
                    now,
                    min(choice.until, backlog.next_release),
                )
                now = draft.start
                continue
            if not draft.pieces or tracks[unit] != draft.track:
                if not self._is_worth_starting(now, end):
                    self._pause(draft, now, end)
                    return
                self._close(draft)
                draft = _Draft(now, tracks[unit], choice.because)
            run = choice.minutes or self._readable_run(draft, unit, now, end)
            if not run:
                self._pause(draft, now, end)
                return
            run = min(run, backlog.next_release - now)
            if self.by_track is not None:
                run = self.by_track.longest_run(unit, run)
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
        self.spare.add(until - now)
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
        draft: _Draft,
        now: int,
        end: int,
    ) -> Pick:
        """Return what comes next: what was published for now, or else what would come anyway."""
        track = draft.track
        if draft.because is Reason.PUBLISHED and not self.share.is_fair(track, end - now):
            track = NO_TRACK
        quota = NO_QUOTA if self.weeks is None else self.weeks.must_have(self.slot_start)
        usual = self.share.choose(track, now, end, quota)
        if self.guided is None or usual.unit == NO_UNIT:
            return usual
        guided = self.guided.choose(now, end)
        if guided is None:
            return usual
        tracks = self.demand.tracks
        # Where the track would have the time anyway, the reason is the same as without the guide.
        if guided.unit != NO_UNIT and tracks[guided.unit] == tracks[usual.unit]:
            return guided._replace(because=usual.because)
        if usual.because is Reason.QUOTA:
            return usual
        return guided

    def _study(
        self,
        unit: int,
        now: int,
        run: int,
    ) -> None:
        self._count(unit, now, run)
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
        if self.by_track is not None and not self.by_track.is_shared:
            return frozenset({Reason.HOURS})
        found = set()
        if self.lag.most_owed() == track:
            found.add(Reason.BALANCE)
        if self.weeks is not None and self.weeks.must_have(self.slot_start) == track:
            # The balance is not asked then.
            found = {Reason.QUOTA}
        if self._must_go_first(track, other, self.slot_end - now):
            found.add(Reason.DEADLINE)
        if not found and draft.start == now:
            found.add(Reason.PUBLISHED)
        return frozenset(found)

    def _must_go_first(self, track: int, other: BacklogEntry, minutes: int) -> bool:
        """Return whether a track is due first, and cannot wait while a unit has the minutes."""
        urgent = self.backlog.head(track)
        if urgent is None or urgent >= other:
            return False
        return not self.deadlines.allow(other[1], minutes)

    def _count(self, unit: int, now: int, run: int) -> None:
        """Count minutes of a unit for the balance, if the other track could have had them."""
        self.spare.end()
        backlog = self.backlog
        track = self.demand.tracks[unit]
        if backlog.has_work(1 - track):
            shared = run if self.by_track is None else self.by_track.shared(now, run)
            self.lag.count(track, shared)
        backlog.supply.study(unit, run)
        self.unlock_first.study(unit, run)
        # Before the unit is finished: what that unlocks could not have been studied until now.
        self.lag.limit(backlog.supply.minutes)
        backlog.open_work(unit)
