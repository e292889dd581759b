"""Whether a session is shown as free or as busy to those who look for a time to meet."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Placement, Session
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings, ShowAs

_HOURS_OF_A_CALENDAR = 10 * 60
"""The study time of a week that is assumed where a calendar says the hours."""


class ShownAs:
    """How the sessions of a plan are shown.

    With `auto`, a session is busy once what is due in it has a cushion of less than a week of
    study, and free again when that is more than two weeks, so that it does not change every day.
    """

    def __init__(
        self,
        settings: Settings,
        placements: Mapping[UnitId, Placement],
        ledger: Ledger,
    ) -> None:
        """Note what was shown before."""
        self._show_as = settings.show_as
        self._week = study_minutes_a_week(settings)
        self._placements = placements
        self._events = ledger.events

    def is_free(self, uid: str, session: Session) -> bool:
        """Return whether a session is shown as free time."""
        if self._show_as is not ShowAs.AUTO:
            return self._show_as is ShowAs.FREE
        cushion = self._cushion(session)
        if cushion is None:
            return True
        before = self._events.get(uid)
        if before is not None and not before.entry.is_free:
            return cushion > 2 * self._week
        return cushion >= self._week

    def _cushion(self, session: Session) -> int | None:
        """Return the least cushion of what is studied; None when nothing of it is due."""
        units = [self._placements[piece.unit] for piece in session.pieces]
        return min((one.cushion for one in units if one.cushion is not None), default=None)


def study_minutes_a_week(settings: Settings) -> int:
    """Return the minutes that may be planned in an ordinary week."""
    if settings.study_calendar is not None:
        return _HOURS_OF_A_CALENDAR
    weekly = sum(window.end - window.start for windows in settings.week for window in windows)
    return int(weekly * settings.load) - minutes(settings.catch_up)
