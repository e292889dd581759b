"""Planning comes to rest: whatever was recorded or changed before, a second plan changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exchange.pull import Edit, EditKind
from curriculum.model.ledger import LEDGER
from curriculum.model.plan import Session
from curriculum.services.pull import record_edits
from curriculum.services.syllabi import SyllabusParser
from curriculum.services.workspace import Workspace
from tests.profiles import IS_DEEP
from tests.workspaces import UNITS, run, workspace
from tests.years import desk_on, plan_on

MONDAY = date(2027, 1, 4)
LIVES = 1000 if IS_DEEP else 10
"""A life is dozens of whole commands: the deep profile draws a thousand of them, others a few."""
SETTINGS = {
    "title": "Sums",
    "start": "2027-01-04",
    "timezone": "Europe/Berlin",
    "availability": "{mon-fri: 19:00-21:00}",
    "goals": "[{work: attention, by: 2027-03-31}, counting, sums]",
}
CHANGES = (
    ("goals", "[counting, {work: attention, by: 2027-01-13}, sums]"),
    ("goals", "[{work: sums/3, by: 2027-01-08}, {work: counting, by: 2027-01-09}, attention]"),
    ("goals", "[sums]"),
    ("goals", "[counting, attention, {work: sums, from: 2027-01-09}]"),
    ("known", "[sums/1]"),
    ("known", "[]"),
    ("balance", "{textbooks: 20, papers: 80}"),
    ("balance", "{textbooks: 80, papers: 20}"),
    ("balance", "{textbooks: 50, papers: 50}"),
    ("availability", "{mon-fri: 18:00-20:30, sat: [09:00-12:00]}"),
    ("availability", "{tue: 19:00-21:00, sun: 08:00-11:00}"),
    ("session", "{shortest: 20m, longest: 50m, break: 5m}"),
    ("load", "70%"),
    ("catch_up", "1h"),
    ("freeze", "72h"),
    ("freeze", "0m"),
    ("away", "[2027-01-07..2027-01-12]"),
    ("start", "2027-01-08"),
)
MOMENTS = ("06:00", "18:10", "19:00", "19:30", "20:05", "21:00", "23:30")


@dataclass
class Life:
    """What a person does with a workspace, at random.

    Attributes:
        root: The workspace.
        rng: Chance.
        today: The day it is.
        settings: What the settings hold.
        parser: Knows the built-in works, so that each plan need not read them.
        told: What was done, to be read when a plan does not come to rest.
    """

    root: Path
    rng: random.Random
    today: date = MONDAY
    settings: dict[str, str] = field(default_factory=lambda: dict(SETTINGS))
    parser: SyllabusParser = field(default_factory=SyllabusParser)
    told: list[str] = field(default_factory=list)

    def act(self) -> None:
        """Do one thing."""
        kinds: Sequence[Callable[[], None]] = (
            self.record,
            self.record,
            self.pin,
            self.pin,
            self.pull,
            self.change_settings,
            self.sleep,
            self.plan,
            self.publish,
        )
        self.rng.choice(kinds)()

    def run(self, *words: str) -> None:
        """Run a command; what it refuses is refused."""
        result = run(self.root, *words, today=str(self.today))
        self.told.append(f"{self.today} {' '.join(words)}: {result.exit_code}")

    def record(self) -> None:
        """Record some study, or take it back."""
        unit = self.rng.choice(UNITS)
        minutes = f"{self.rng.randrange(5, 120)}m"
        self.run(
            *self.rng.choice(
                (
                    ("done",),
                    ("done", unit),
                    ("done", unit, "--took", minutes),
                    ("log", unit, minutes),
                    ("left", unit, minutes),
                    ("skip", unit),
                    ("reopen", unit),
                    ("start", unit),
                    ("stop",),
                    ("missed",),
                    ("undo",),
                    ("undo",),
                )
            )
        )

    def ahead(self) -> list[tuple[str, Session]]:
        """Return the sessions that are not over, as they are published."""
        snapshot = Workspace(desk_on(self.today, self.root))
        return [one for one in snapshot.ledger.sessions() if one[1].end > snapshot.minute]

    def moment(self) -> str:
        """Return a moment of the next days."""
        day = self.today + timedelta(days=self.rng.randrange(9))
        return f"{day}T{self.rng.choice(MOMENTS)}"

    def pin(self) -> None:
        """Pin a session where it is or elsewhere, or let one move."""
        ahead = self.ahead()
        if not ahead:
            return
        uid, _ = self.rng.choice(ahead)
        name = uid.partition(".")[0]
        self.run(
            *self.rng.choice(
                (("pin", name), *3 * (("pin", name, "--at", self.moment()),), ("unpin", name))
            )
        )

    def pull(self) -> None:
        """Record what edits on a server mean, wherever a session was moved to there."""
        ahead = self.ahead()
        if not ahead:
            return
        uid, session = self.rng.choice(ahead)
        start = session.start + self.rng.choice((-1440, -65, -30, 30, 65, 95, 1440, 2880, 2945))
        end = start + self.rng.choice((20, 55, 55, 90, 200))
        desk = Workspace(desk_on(self.today, self.root), results="none")
        edit = self.rng.choice(
            (
                Edit(uid, EditKind.MISSED, session),
                Edit(uid, EditKind.DONE, session, units=(session.pieces[0].unit,)),
                *3 * (Edit(uid, EditKind.PIN, session, start, end),),
            )
        )
        if end > desk.minute:
            record_edits(desk, [edit])
            self.told.append(f"{self.today} pull {edit}")

    def change_settings(self) -> None:
        """Change one of the settings."""
        key, value = self.rng.choice(CHANGES)
        self.settings[key] = value
        self.write_settings()
        self.told.append(f"{self.today} {key}: {value}")

    def write_settings(self) -> None:
        """Write the settings."""
        lines = [f"{key}: {value}\n" for key, value in self.settings.items()]
        (self.root / "syllabi/curriculum.yaml").write_text("".join(lines), encoding="utf-8")

    def sleep(self) -> None:
        """Let a day or two pass."""
        self.today += timedelta(days=self.rng.choice((1, 1, 2)))
        self.told.append(str(self.today))

    def publish(self) -> None:
        """Publish something else than the plan of now."""
        self.run(
            *self.rng.choice(
                (
                    ("plan", "--undo"),
                    ("plan", "--unfreeze"),
                    ("plan", "--horizon", "1w"),
                    ("plan", "--start", "+2d"),
                    ("plan", "counting", "--publish"),
                )
            )
        )

    def plan(self) -> None:
        """Plan twice; the second plan changes nothing."""
        plan_on(self.today, self.parser, self.root)
        self.told.append(f"{self.today} plan")
        first = published(self.root)
        plan_on(self.today, self.parser, self.root)
        again = published(self.root)
        assert again == first, "\n".join([*self.told, *differences(first, again)])


def published(root: Path) -> dict[str, str]:
    """Return all that is published."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((root / "calendars").glob("*.*"))
    }


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the lines of the ledger that differ."""
    lines, others = one.get(LEDGER, "").splitlines(), other.get(LEDGER, "").splitlines()
    return [f"- {line[:220]}" for line in lines if line not in others] + [
        f"+ {line[:220]}" for line in others if line not in lines
    ]


def live(seed: int, root: Path) -> None:
    """Live at random for a while, and see that planning comes to rest."""
    workspace(root)
    life = Life(root, random.Random(seed))
    life.write_settings()
    life.plan()
    for _ in range(life.rng.randrange(3, 14)):
        life.act()
    life.plan()


@given(st.integers(0, 2**32))
@settings(max_examples=LIVES)
def test_a_second_plan_changes_nothing_whatever_was_done_before(seed: int) -> None:
    """A thousand lives in the deep profile: no byte changes, and no UID is burnt."""
    with TemporaryDirectory() as folder:
        live(seed, Path(folder))
