"""When the goals of a plan will be finished, at the person's own pace."""

from __future__ import annotations

from curriculum.model.forecast import Attendance, Experience, Forecast
from curriculum.model.formatting import local
from curriculum.progress.attendance import attendance_of
from curriculum.progress.pace import samples_of
from curriculum.schedule.forecast.forecast import forecast
from curriculum.schedule.lookahead import slots_until
from curriculum.services.planning import Planned

SEED = 1
"""What the forecast of a plan is drawn from: the same plan has the same forecast."""

_DAY = 24 * 60
_MARGIN = 28
"""Days that a forecast looks beyond twice the length of the plan, for slow futures."""


def forecast_of(planned: Planned, seed: int = SEED) -> Forecast:
    """Return when the goals will be finished at the person's own pace, drawn from a seed."""
    plan = planned.plan
    workspace = planned.workspace
    days = ((plan.finish or plan.start) - plan.start) // _DAY
    samples = samples_of(planned.progress, workspace.library, workspace.settings.speed)
    experience = Experience(samples, _attendance(planned))
    slots = slots_until(planned.request, planned.free, 2 * days + _MARGIN)
    return forecast(plan, planned.curriculum, experience, slots, seed=seed)


def _attendance(planned: Planned) -> Attendance | None:
    """Return how much of the planned study was done in the sessions of the days before today."""
    zone = planned.workspace.zone
    today = local(planned.over, zone).date()
    past = planned.past
    return attendance_of(past.sessions, past.happened, planned.progress, today, zone)
