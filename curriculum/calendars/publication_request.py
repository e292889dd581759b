"""What is to be published: a plan, with everything its events mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import tzinfo

from curriculum.calendars.labels import Labels
from curriculum.model.curriculum import Curriculum
from curriculum.model.habits import Sitting
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan
from curriculum.model.progress import Progress
from curriculum.model.settings import Settings
from curriculum.progress.session_outcomes import Done


@dataclass(frozen=True, slots=True)
class PublicationRequest:
    """A plan to be published.

    Attributes:
        plan: The plan.
        curriculum: What unlocks what, and the goals.
        labels: What works and units are called.
        settings: The title and the alarm.
        zone: The zone in which deadlines are named; the sessions themselves are in UTC.
        over: The minute of now: sessions that end by then are over.
        progress: What was done.
        done: UID of a session that is over to what was really done in it; one that is not named
            stays as it was published.
        rescheduled: UIDs of sessions that are over and of which the plan does the rest elsewhere.
        sittings: The sittings of habits until the plan ends.
        basis: What the plan was made of, as a digest.
    """

    plan: Plan
    curriculum: Curriculum
    labels: Labels
    settings: Settings
    zone: tzinfo
    over: int
    progress: Progress = field(default_factory=Progress)
    done: Mapping[str, Done] = field(default_factory=dict)
    rescheduled: frozenset[str] = frozenset()
    sittings: tuple[Sitting, ...] = ()
    basis: str = ""
