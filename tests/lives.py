"""Half a year of somebody's life, who says honestly what was studied, with a count of their own.

The person lives day by day with what is published: holds sessions, misses them, studies a part or
something else, falls ill, moves, edits files, plans again. Nothing here asks the program what was
recorded; `record` is what was said and `lived` what was really done, by day and unit.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished, Left, Reopened, Skipped
from curriculum.model.plan import Session, instant, minute
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.following import DaySpan, record_followed, record_missed
from curriculum.services.marking import estimate_left, log_study, mark_done, reopen, skip
from curriculum.services.pins import pin
from curriculum.services.planning import make_plan
from curriculum.services.publishing import publish_plan
from curriculum.services.recording import Recorded
from curriculum.services.said_time import SaidTime
from curriculum.services.snapshot import Snapshot
from curriculum.services.syllabi import SyllabusParser
from curriculum.services.timer import start_timer, stop_timer
from curriculum.services.undoing import undo
from curriculum.services.workspace import Workspace

FIRST = date(2027, 1, 4)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
HOURS = (
    "{mon-fri: 19:00-21:00}",
    "{mon-fri: 18:30-19:30, sat: [09:00-12:00, 14:00-16:00]}",
    "{tue: 07:00-08:00, thu: 20:00-22:00, sun: 10:00-13:00}",
    "{mon-sun: 22:30-00:30}",
)
LIMITS = [
    "",
    "catch_up: 1h per week\n",
    "balance: {textbooks: 70}\n",
    "load: 70%\n",
    "cap: {day: 2h, week: 6h}\n",
    "cap: {week: 5h}\ncatch_up: 1h per week\n",
    "papers: {at_least: 3h per week}\n",
    "prefer: evenings\nload: 60%\n",
    "habits: {group: {every: 2w, on: wed 18:30, takes: 1h}}\n",
]
SESSIONS = (
    "{shortest: 25m, longest: 90m, break: 10m}",
    "{shortest: 30m, longest: 60m, break: 0m}",
)
WORKS = {
    "textbooks/algebra": ("textbook", 6),
    "textbooks/bounds": ("textbook", 5),
    "papers/claims": ("paper", 3),
    "papers/duals": ("paper", 4),
}
UNITS = tuple(
    UnitId(f"{path.partition('/')[2]}/{number}")
    for path, (_, count) in WORKS.items()
    for number in range(1, count + 1)
)
EFFORTS = (45, 90, 150, 240)

Study = Counter[tuple[date, UnitId]]
"""Minutes of study by day and unit."""


@dataclass
class Held:
    """A session that is over, as the person remembers it.

    Attributes:
        session: The session.
        day: The day on which it began, in the zone it was lived in.
        studied: What was studied in it and is not said yet; None where it was not held in full.
        said: What was said of it: `done`, `missed` or nothing.
        kept: Minutes that were said to be studied in it.
        is_moved: Whether a later plan put its work elsewhere.
    """

    session: Session
    day: date
    studied: Counter[UnitId] | None
    said: str = ""
    kept: int = 0
    is_moved: bool = False


@dataclass
class Memory:
    """What the person knows; `undo` goes back to an earlier one."""

    lived: Study = field(default_factory=Counter)
    record: Study = field(default_factory=Counter)
    held: dict[str, Held] = field(default_factory=dict)
    done: set[UnitId] = field(default_factory=set)
    credited: set[UnitId] = field(default_factory=set)
    extra: set[date] = field(default_factory=set)


class Life:
    """The person and their workspace.

    Attributes:
        root: The workspace.
        memory: What the person knows.
        now: The instant, on the person's clock.
        said: What was done and said, in order, for a failure to be read.
    """

    def __init__(self, root: Path, seed: int) -> None:
        """Lay out a workspace and plan for the first time."""
        self.root = root
        self.memory = Memory()
        self.said: list[str] = []
        self._rng = random.Random(seed)
        self._parser = SyllabusParser()
        self._efforts = {unit: self._rng.choice(EFFORTS) for unit in UNITS}
        self._zones = [(FIRST, ZONES[0])]
        self._hours, self._sessions, self._more = HOURS[0], SESSIONS[0], ""
        self._sick_until = FIRST
        self.now = datetime.combine(FIRST, time(8), ZoneInfo(ZONES[0]))
        self._write()
        self.plan()

    # -- the world

    @property
    def zone(self) -> ZoneInfo:
        """The zone the person is in."""
        return ZoneInfo(self._zones[-1][1])

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now."""
        return Workspace(Context(self.root, self.now), results="none", parser=self._parser)

    @property
    def today(self) -> date:
        """The day on the person's clock."""
        return self.now.astimezone(self.zone).date()

    def pass_days(self, count: int) -> None:
        """Live on for some days, each to its end."""
        for _ in range(count):
            evening = datetime.combine(self.today, time(23, 50), self.zone)
            self._live(max(evening, self.now))
            morning = datetime.combine(self.today + timedelta(days=1), time(1), self.zone)
            self._live(morning)

    def _live(self, until: datetime) -> None:
        begun, self.now = minute(self.now), until
        for uid, session in Snapshot(Context(self.root, until)).ledger.sessions():
            if begun < session.end <= minute(until) and uid not in self.memory.held:
                self._meet(uid, session)

    def _meet(self, uid: str, session: Session) -> None:
        """Hold a session, or miss it, or study a part of it and log that at once."""
        day = instant(session.start).astimezone(ZoneInfo(session.zone)).date()
        held = Held(session, day, None)
        # What is logged on the day of a session is a part of it: nobody holds it besides.
        is_kept = day not in self.memory.extra and self._rng.random() > 0.25
        if self.today <= self._sick_until or not is_kept:
            self._note(f"miss {uid}")
        elif self._rng.random() < 0.1:
            self.memory.held[uid] = held
            piece = self._rng.choice(session.pieces)
            if day == self.today and not self._is_busy_with(piece.unit, day):
                self._log(piece.unit, self._rng.randint(1, piece.minutes), None)
        else:
            self._say_what_was_moved({piece.unit for piece in session.pieces})
            held.studied = Counter()
            for piece in session.pieces:
                if piece.unit not in self.memory.done:
                    held.studied[piece.unit] += piece.minutes
                    self.memory.lived[(day, piece.unit)] += piece.minutes
            self._note(f"hold {uid} on {day}: {dict(held.studied)}")
        self.memory.held[uid] = held

    def _say_what_was_moved(self, units: set[UnitId]) -> None:
        """Say that sessions were held whose work comes again, because a plan did not know it."""
        for uid, held in self.memory.held.items():
            if held.is_moved and not held.said and held.studied and units & held.studied.keys():
                self._followed([uid], uid)

    def _note(self, text: str) -> None:
        self.said.append(f"{self.now:%Y-%m-%d %H:%M %Z}  {text}")

    def _write(self) -> None:
        names = [path.partition("/")[2] for path in WORKS]
        zone = self._zones[-1][1]
        if len(self._zones) > 1 and self._rng.random() < 0.5:
            rows = [
                f"{{until: {day}, zone: {before}}}"
                for (_, before), (day, _) in zip(self._zones, self._zones[1:], strict=False)
            ]
            zone = f"[{', '.join(rows)}, {{zone: {zone}}}]"
        settings = (
            f"goals: [{', '.join(names)}]\ntimezone: {zone}\navailability: {self._hours}\n"
            f"session: {self._sessions}\n{self._more}"
        )
        self._put("curriculum", settings)
        for path, (kind, _) in WORKS.items():
            self._put(path, self._syllabus(path.partition("/")[2], kind))

    def _syllabus(self, work: str, kind: str) -> str:
        rows = [
            f"  - {{id: {unit.partition('/')[2]}, title: Part, effort: {effort}m}}\n"
            for unit, effort in self._efforts.items()
            if unit.startswith(f"{work}/")
        ]
        parts = "steps" if kind == "paper" else "chapters"
        return f"kind: {kind}\ntitle: {work.title()}\n{parts}:\n{''.join(rows)}"

    def _put(self, name: str, text: str) -> None:
        path = self.root / "syllabi" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def event(self, uid: str) -> str:
        """Return the published event of a session, its lines unfolded."""
        for path in sorted((self.root / "calendars").glob("*.ics")):
            text = path.read_bytes().decode().replace("\r\n ", "")
            for event in text.split("BEGIN:VEVENT")[1:]:
                if f"UID:{uid}\r\n" in event:
                    return event
        raise AssertionError(f"{uid} is not published")

    # -- what the person says

    def _take(self, recorded: Recorded) -> None:
        """Learn from the answer which units are done now."""
        for fact in recorded.facts:
            if isinstance(fact, Finished | Skipped):
                self.memory.done.add(fact.unit)
            elif isinstance(fact, Reopened | Left):
                self.memory.done.discard(fact.unit)

    def _log(self, unit: UnitId, minutes: int, day: date | None) -> None:
        self._note(f"log {unit} {minutes}m --on {day or self.today}")
        self._take(
            log_study(self.workspace, [unit], timedelta(minutes=minutes), said=SaidTime(day))
        )
        self.memory.lived[(day or self.today, unit)] += minutes
        self.memory.record[(day or self.today, unit)] += minutes
        self.memory.extra.add(day or self.today)

    def _followed(self, uids: Iterable[str], meant: DaySpan | str | None) -> None:
        self._note(f"done {meant or ''}")
        self._take(record_followed(self.workspace, meant))
        for uid in uids:
            held = self.memory.held[uid]
            assert held.studied is not None
            for unit, minutes in held.studied.items():
                self.memory.record[(held.day, unit)] += minutes
                held.kept += minutes
            held.said, held.studied = "done", Counter()

    def settle(self) -> None:
        """Say of each session that is over what became of it, in one way or another."""
        while unsaid := self._unsaid():
            ways = list(self._ways(unsaid))
            self._rng.choice(ways)()

    def _unsaid(self) -> dict[str, Held]:
        """Return what is to be said: all that was held, and what was missed and is still open."""
        return {
            uid: held
            for uid, held in self.memory.held.items()
            if not held.said and (held.studied is not None or not held.is_moved)
        }

    def _ways(self, unsaid: dict[str, Held]) -> Iterable[Callable[[], None]]:
        """Yield what may be said honestly."""
        uid = self._rng.choice(sorted(unsaid))
        chosen = unsaid[uid]
        every = self.memory.held
        same_day = {one: held for one, held in every.items() if held.day == chosen.day}
        since = {one: held for one, held in every.items() if held.day >= chosen.day}
        told = {one: held for one, held in since.items() if held.said != "missed"}
        still_open = {one: held for one, held in unsaid.items() if not held.is_moved}
        if chosen.studied is None:
            yield lambda: self._missed([uid], uid)
            if all(held.studied is None for held in same_day.values()):
                yield lambda: self._missed(same_day, DaySpan(chosen.day, chosen.day))
            if all(held.studied is None or held.said for held in every.values()):
                yield lambda: self._missed(unsaid, None)
            return
        yield lambda: self._followed([uid], uid)
        if all(held.studied is not None for held in same_day.values()):
            yield lambda: self._followed(same_day, DaySpan(chosen.day, chosen.day))
        if all(held.studied is not None for held in told.values()):
            yield lambda: self._followed(told, DaySpan(chosen.day))
        is_clear = not any(self._is_hidden(held) for held in still_open.values())
        if still_open and is_clear and all(one.studied is not None for one in still_open.values()):
            yield lambda: self._followed(still_open, None)

    def _is_hidden(self, held: Held) -> bool:
        """Say whether a session needs its name: something else, or its end, was recorded before."""
        units = {piece.unit for piece in held.session.pieces}
        return held.day in self.memory.extra or not units.isdisjoint(self.memory.done)

    def _missed(self, uids: Iterable[str], meant: DaySpan | str | None) -> None:
        self._note(f"missed {meant or ''}")
        record_missed(self.workspace, meant)
        for uid in uids:
            if self.memory.held[uid].said != "done":
                self.memory.held[uid].said = "missed"

    # -- what may happen

    def plan(self) -> None:
        """Plan again and publish."""
        self._note("plan")
        publish_plan(make_plan(self.workspace))
        for held in self.memory.held.values():
            held.is_moved = held.is_moved or not held.said

    def study_something(self) -> None:
        """Study any unit and log it, today or on an earlier day, by hand or with the timer."""
        unit = self._rng.choice(UNITS)
        minutes = self._rng.randint(1, 120)
        if self._rng.random() < 0.3 and not self._is_busy_with(unit, self.today):
            self._time(unit, minutes)
            return
        back = self._rng.choice([0, 0, 1, 3])
        day = max(FIRST, self.today - timedelta(days=back))
        if self._is_busy_with(unit, day):
            return
        self._log(unit, minutes, None if day == self.today else day)

    def _is_busy_with(self, unit: UnitId, day: date) -> bool:
        """Say whether a unit was studied in a session of a day that is not said to be held yet."""
        return any(
            held.day == day and held.studied and unit in held.studied
            for held in self.memory.held.values()
        )

    def _time(self, unit: UnitId, minutes: int) -> None:
        self._note(f"start {unit}, stop after {minutes} min")
        start_timer(self.workspace, [unit])
        self.now += timedelta(minutes=minutes)
        stop_timer(self.workspace)
        self.memory.lived[(self.today, unit)] += minutes
        self.memory.record[(self.today, unit)] += minutes
        self.memory.extra.add(self.today)

    def finish_something(self) -> None:
        """Mark a unit as done: with what it took in all, with its log, or without a word."""
        open_units = [
            unit for unit in UNITS if unit not in self.memory.done and self._is_said(unit)
        ]
        if not open_units:
            return
        unit = self._rng.choice(open_units)
        logged = sum(part for (_, one), part in self.memory.record.items() if one == unit)
        beyond, took = 0, None
        if self._rng.random() < 0.5 and unit not in self.memory.credited:
            beyond = self._rng.randint(0, 200)
            took = timedelta(minutes=logged + beyond)
        elif not logged:
            beyond = self._efforts[unit]
        if took is not None and not took:
            return
        self._note(f"done {unit} --took {took}")
        self._take(mark_done(self.workspace, [unit], took=took))
        self.memory.lived[(self.today, unit)] += beyond
        self.memory.record[(self.today, unit)] += beyond
        self.memory.credited.add(unit)

    def _is_said(self, unit: UnitId) -> bool:
        return not any(held.studied and unit in held.studied for held in self.memory.held.values())

    def say_what_is_left(self) -> None:
        """Say how long a unit still takes; one that was done is not any more."""
        unit = self._rng.choice(UNITS)
        self._note(f"left {unit}")
        minutes = timedelta(minutes=self._rng.randint(10, 300))
        self._take(estimate_left(self.workspace, [unit], minutes))
        self.plan()

    def leave_out(self) -> None:
        """Leave a unit out, or take one up again."""
        unit = self._rng.choice(UNITS)
        if unit in self.memory.done:
            self._note(f"reopen {unit}")
            self._take(reopen(self.workspace, [unit]))
        elif self._rng.random() < 0.5:
            self._note(f"skip {unit}")
            self._take(skip(self.workspace, [unit]))
        self.plan()

    def fall_ill(self) -> None:
        """Be ill for a week or two."""
        self._sick_until = self.today + timedelta(days=self._rng.choice([6, 13]))
        self._note(f"ill until {self._sick_until}")

    def move(self) -> None:
        """Move to another zone, say so in the settings, and plan again."""
        zone = self._rng.choice([one for one in ZONES if one != self._zones[-1][1]])
        if self._zones[-1][0] >= self.today - timedelta(days=2):
            return
        self._zones.append((self.today, zone))
        self.now = self.now.astimezone(self.zone)
        self._note(f"move to {zone}")
        self._write()
        self.plan()

    def edit_settings(self) -> None:
        """Change the hours of study, the length of sessions, or how study is shared."""
        self._hours = self._rng.choice(HOURS)
        self._sessions = self._rng.choice(SESSIONS)
        self._more = self._rng.choice(LIMITS)
        self._note(f"settings: {self._hours} {self._sessions} {self._more!r}")
        self._write()

    def edit_syllabi(self) -> None:
        """Change how long a unit takes, unless its time was assumed by that."""
        unit = self._rng.choice(UNITS)
        if unit in self.memory.credited:
            return
        self._efforts[unit] = self._rng.choice(EFFORTS)
        self._note(f"effort of {unit}: {self._efforts[unit]}")
        self._write()

    def pin_something(self) -> None:
        """Hold a session ahead in its place, or some days later, and plan again."""
        ahead = [
            uid for uid, one in self.workspace.ledger.sessions() if one.start > minute(self.now)
        ]
        if not ahead:
            return
        uid = self._rng.choice(ahead[:8])
        at = None
        if self._rng.random() < 0.7:
            day = self.today + timedelta(days=self._rng.randint(1, 9))
            at = datetime.combine(day, time(self._rng.choice([8, 12, 17])))
        self._note(f"pin {uid} {at or ''}")
        try:
            pin(self.workspace, uid, at)
        except UsageError as refused:
            self._note(f"refused: {refused}")
        self.plan()

    def mistype(self) -> None:
        """Say something wrong, and take it back at once."""
        before = deepcopy(self.memory)
        wrong = self._rng.choice([self.study_something, self.finish_something])
        facts = len(self.workspace.facts)
        wrong()
        count = len({fact.command for fact in self.workspace.facts[facts:]})
        for _ in range(count):
            self._note("undo")
            undo(self.workspace)
        self.memory = before
