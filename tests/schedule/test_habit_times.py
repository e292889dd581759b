"""The audit finds a session in the time of a habit, on any clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.plan import instant
from curriculum.model.settings import Settings
from curriculum.schedule.audit import AuditTerms, audit
from tests.instances import Instance, instances


@given(instances(dated=False), st.data())
@settings(max_examples=30)
def test_the_audit_finds_a_session_in_the_time_of_a_habit(
    instance: Instance, data: st.DataObject
) -> None:
    plan = instance.plan()
    assume(plan.sessions)
    session = data.draw(st.sampled_from(plan.sessions))
    inside = instant(data.draw(st.integers(session.start, session.end - 1)))
    habit = {"on": f"{inside:%a} {inside:%H:%M}".lower(), "takes": "1m", "from": str(inside.date())}
    habits = Settings.model_validate({"habits": {"group": habit}}).habits
    held = replace(instance, settings=instance.settings.model_copy(update={"habits": habits}))
    days = (session.end - plan.start) // 1440 + 400
    free = held.free(held.terms.first, held.terms.first + timedelta(days=days))
    findings = audit(plan, AuditTerms(held.curriculum, free, held.settings, UTC))

    assert any("in the time of 'group'" in finding for finding in findings)
