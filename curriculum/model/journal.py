"""The facts of the journal: one frozen class for each kind of thing that is recorded.

To add a kind, write its class and name it in `Fact`: the type checker then points at every place
that has to decide what the new kind means there. Fields that no other kind has need a converter in
`progress/fact_json.py` as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, TypeAlias, TypedDict, get_args

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import Pages


class FactStamp(TypedDict):
    """What every fact begins with, to be passed on as keywords: `Skipped(**stamp, unit=unit)`."""

    id: str
    command: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFact:
    """What facts of every kind hold. A fact never changes; a correction is a new fact.

    Attributes:
        kind: The name of the kind, in the journal and in exports.
        id: 32 hexadecimal digits, unique among all journals, so that two journals can be merged.
        command: 32 hexadecimal digits, shared by the facts that one command recorded and undone
            together.
        at: The instant it is about, in UTC, whole seconds.
        zone: The person's time zone then, as `Europe/Berlin`; it decides which day the fact belongs
            to.
    """

    kind: ClassVar[str]

    id: str
    command: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied(RecordedFact):
    """Minutes of study of a unit up to `at`, and the pages read in them when they were given.

    `timed` says that the person gave the time of day; of a day alone, `at` is its noon.
    """

    kind: ClassVar[str] = "studied"

    unit: UnitId
    minutes: int
    pages: Pages | None = None
    timed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(RecordedFact):
    """A unit is done; `minutes` is what it took in all, None when that was not given.

    `timed` is that of `Studied`.
    """

    kind: ClassVar[str] = "finished"

    unit: UnitId
    minutes: int | None = None
    timed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(RecordedFact):
    """A unit is not done, and not skipped either."""

    kind: ClassVar[str] = "reopened"

    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(RecordedFact):
    """A unit is left out of the plan."""

    kind: ClassVar[str] = "skipped"

    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(RecordedFact):
    """The minutes that a unit still needs, as the person estimates them."""

    kind: ClassVar[str] = "left"

    unit: UnitId
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(RecordedFact):
    """The timer was started on a unit."""

    kind: ClassVar[str] = "started"

    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(RecordedFact):
    """The timer was stopped at `at`, after minutes of study of a unit."""

    kind: ClassVar[str] = "stopped"

    unit: UnitId
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned(RecordedFact):
    """A published session, named by its UID, is held at a time: minutes since the epoch.

    `pieces` are the units that it held when it was pinned, with their minutes; None in journals of
    earlier versions.
    """

    kind: ClassVar[str] = "pinned"

    session: str
    start: int
    end: int
    pieces: tuple[tuple[UnitId, int], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpinned(RecordedFact):
    """A published session, named by its UID, may move again."""

    kind: ClassVar[str] = "unpinned"

    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(RecordedFact):
    """A published session, named by its UID, is not held at its time: minutes since the epoch."""

    kind: ClassVar[str] = "missed"

    session: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(RecordedFact):
    """Runs at a published result.

    Attributes:
        result: The published result, as `td3-2018#td3-hopper`.
        entry: What was recorded of the runs, a `model.attempts.ScoreEntry` as compact JSON. It
            stays text here, so that commands that have nothing to do with scores need not load and
            validate it.
    """

    kind: ClassVar[str] = "scored"

    result: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(RecordedFact):
    """A command changed a text of the workspace; kept so that it can be taken back.

    Attributes:
        file: The file, from the folder of the workspace, with slashes.
        before: What stood there; empty for what was added at the end.
        after: What stands there now.
    """

    kind: ClassVar[str] = "wrote"

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(RecordedFact):
    """A command copied a file into the notebook; kept so that it can be taken back.

    Attributes:
        file: The copy, from the folder of the workspace, with slashes.
        digest: The SHA-256 of its content, in hexadecimal.
    """

    kind: ClassVar[str] = "attached"

    file: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drew(RecordedFact):
    """What is explored in a week was drawn, or chosen.

    Attributes:
        week: The ISO week, as `2027-W02`.
        choice: What it is, as `idea:one-critic` or `work:gan-2014`.
        drawn: How it was found, a `model.exploration.Drawn`.
    """

    kind: ClassVar[str] = "drew"

    week: str
    choice: str
    drawn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored(RecordedFact):
    """Minutes of exploration up to `at`, which count for no track.

    Attributes:
        choice: What was explored, as in `Drew`.
        minutes: How long.
        outcome: What came of it, a `model.exploration.ExplorationOutcome`; None when nobody said.
        note: What the person noted about it.
    """

    kind: ClassVar[str] = "explored"

    choice: str
    minutes: int
    outcome: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skimmed(RecordedFact):
    """Minutes of looking at papers that came in, up to `at`; they are study of the papers."""

    kind: ClassVar[str] = "skimmed"

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(RecordedFact):
    """A work has another name; what was recorded before under the old one is the new one's.

    Attributes:
        before: The name it had.
        after: The name it has.
    """

    kind: ClassVar[str] = "renamed"

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(RecordedFact):
    """The facts of the command `target` are taken back."""

    kind: ClassVar[str] = "undone"

    target: str


Fact: TypeAlias = (
    Studied
    | Finished
    | Reopened
    | Skipped
    | Left
    | Started
    | Stopped
    | Pinned
    | Unpinned
    | Missed
    | Scored
    | Wrote
    | Attached
    | Drew
    | Explored
    | Skimmed
    | Renamed
    | Undone
)

FACT_CLASSES: Mapping[str, type[Fact]] = {one.kind: one for one in get_args(Fact)}
"""The name of each kind to its class."""
