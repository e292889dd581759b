"""Publications for the tests of calendars: a small curriculum, plans of it, and titles that are hard to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from hypothesis import strategies as st

from curriculum.calendars import publication
from curriculum.calendars.labels import labels_of
from curriculum.calendars.ledger_json import ledger_of
from curriculum.calendars.publication import Publication
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.ledger import Ledger
from curriculum.model.library import Library
from curriculum.model.plan import Piece, Placement, Plan, Session
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Paper
from curriculum.progress.session_outcomes import Done

NOW = datetime(2027, 1, 1, tzinfo=UTC)
SETTINGS = Settings()
FIRST = 30_000_000
HOSTILE = (
    "\\",
    "\\N",
    "\\n",
    ";",
    ",",
    ":",
    '"',
    "\r",
    "\n",
    "\r\n",
    "\t",
    "é",
    "e\u0301",
    "👩‍🔬",
    "שלום",
    "\u202e",
    "\x00",
    "\x7f",
)
titles = (
    st.lists(
        st.sampled_from(HOSTILE) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60
    )
    .map("".join)
    .filter(str.strip)
)


def library(title: str) -> Library:
    """Return two papers of three steps, all with one title."""
    steps = [{"id": str(number), "title": title} for number in range(3)]
    works = {
        name: Paper.model_validate({"kind": "paper", "title": title, "steps": steps})
        for name in ("a", "a.b")
    }
    return Library(works, {})


UNITS = tuple(UnitId(f"{work}/{number}") for work in ("a", "a.b") for number in range(3))
CURRICULUM = Curriculum(
    units=UNITS,
    requires={after: (before,) for before, after in pairwise(UNITS)},
    prefers={},
    efforts=dict.fromkeys(UNITS, 600),
    goals=(reached_goal(Goal.model_validate({"work": "a", "by": "2027-03-01"}), UNITS[:3], UTC),),
    details=study_units(library("T"), Settings().speed),
)


def publish(
    plan: Plan,
    library: Library,
    curriculum: Curriculum,
    settings: Settings,
    zone: tzinfo,
    ledger: Ledger,
    now: datetime,
    *,
    over: int,
    progress: Progress | None = None,
    happened: Mapping[str, Done] | None = None,
) -> Publication:
    """Return what a plan publishes over a ledger, with the labels of a library."""
    request = PublicationRequest(
        plan=plan,
        curriculum=curriculum,
        labels=labels_of(library, library.works),
        settings=settings,
        zone=zone,
        over=over,
        progress=progress or Progress(),
        done=happened or {},
    )
    return publication.publish(request, ledger, now)


def plan_of(sessions: tuple[Session, ...]) -> Plan:
    """Return a plan of some sessions."""
    units = tuple(Placement(unit, "papers", 600, FIRST, FIRST + 9000) for unit in UNITS)
    return Plan(FIRST, None, sessions, units, (), {}, 0, ())


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw up to a dozen sessions of one or two pieces, in order."""
    sessions = []
    start = FIRST
    for _ in range(draw(st.integers(0, 12))):
        start += draw(st.integers(1, 5000))
        pieces = tuple(
            Piece(unit, draw(st.integers(1, 45)))
            for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True))
        )
        end = start + sum(piece.minutes for piece in pieces)
        track: Track = draw(st.sampled_from(["textbooks", "papers"]))
        sessions.append(Session(start, end, track, pieces))
        start = end
    return plan_of(tuple(sessions))


def published(
    plan: Plan,
    ledger: Ledger | None = None,
    *,
    days: int = 0,
    title: str = "A title",
    zone: tzinfo = UTC,
) -> Publication:
    """Return what a plan publishes after so many days."""
    now = NOW + timedelta(days=days)
    return publish(
        plan,
        library(title),
        CURRICULUM,
        SETTINGS,
        zone,
        ledger or ledger_of({}, SETTINGS),
        now,
        over=0,
    )


ONE = plan_of((Session(FIRST, FIRST + 30, "papers", (Piece(UNITS[0], 30),)),))
