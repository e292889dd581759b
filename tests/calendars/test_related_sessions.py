"""Which sessions an event depends on: named where a unit begins, kept still, and only if asked for."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from icalendar import Calendar

from curriculum.calendars.ledger_json import ledger_bytes, read_ledger
from curriculum.exchange.merging import merged_event
from curriculum.model.ledger import LEDGER, Ledger
from curriculum.model.plan import Plan, instant
from curriculum.model.settings import Settings
from tests.publications import CURRICULUM, FIRST, NOW, library, plans, publish
from tests.workspaces import SETTINGS, run, workspace

RELATED = f"{SETTINGS}publish: {{related: true}}\n"


def ledger(root: Path) -> Ledger:
    return read_ledger((root / "calendars" / LEDGER).read_bytes())


def events(root: Path) -> dict[str, Any]:  # Any: a property of icalendar may be of any kind
    found: dict[str, Any] = {}
    for file in ("textbooks.ics", "papers.ics"):
        calendar = Calendar.from_ical((root / "calendars" / file).read_bytes())
        found |= {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    return found


def relations(event: Any) -> list[str]:  # Any: see events()
    found = event.get("RELATED-TO", [])
    return [str(one) for one in (found if isinstance(found, list) else [found])]


def ask_for(root: Path, settings: str) -> None:
    (root / "syllabi" / "curriculum.yaml").write_text(settings, encoding="utf-8")


def test_the_event_that_begins_a_unit_names_the_one_that_ends_its_prerequisite(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path, settings=RELATED)
    run(root, "plan")
    sessions = dict(ledger(root).sessions())
    found = events(root)

    def first_and_last(unit: str) -> tuple[str, str]:
        held = [uid for uid, one in sessions.items() if unit in {part.unit for part in one.pieces}]
        held.sort(key=lambda uid: sessions[uid].start)
        return held[0], held[-1]

    begins, _ = first_and_last("attention/read")
    _, ends = first_and_last("sums/2")
    assert relations(found[begins]) == [ends]
    (written,) = [found[begins]["RELATED-TO"]]
    assert written.params["RELTYPE"] == "DEPENDS-ON"
    assert found[ends]["DTEND"].dt <= found[begins]["DTSTART"].dt
    begun = {
        first_and_last(unit)[0] for unit in ("sums/2", "attention/read", "attention/implement")
    }
    assert {uid for uid, event in found.items() if relations(event)} <= begun


@given(plans())
def test_an_event_depends_on_others_that_are_published(plan: Plan) -> None:
    settings = Settings.model_validate({"publish": {"related": "true"}})
    found = publish(
        plan, library("T"), CURRICULUM, settings, UTC, Ledger("p"), NOW, over=FIRST
    ).ledger
    for uid, event in found.events.items():
        assert uid not in event.entry.depends_on
        assert found.events.keys() >= set(event.entry.depends_on)
    assert read_ledger(ledger_bytes(found)) == found


def test_calendars_of_before_stay_as_they_are_unless_relations_are_asked_for(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = {path.name: path.read_bytes() for path in (root / "calendars").iterdir()}
    assert b"depends_on" not in before[LEDGER], "what an earlier version wrote"
    run(root, "plan")

    assert {path.name: path.read_bytes() for path in (root / "calendars").iterdir()} == before


def test_asking_for_relations_changes_only_the_events_that_have_some(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = ledger(root).events
    ask_for(root, RELATED)
    run(root, "plan")
    after = ledger(root).events

    assert before.keys() == after.keys()
    changed = {uid for uid in before if before[uid] != after[uid]}
    assert changed == {uid for uid in after if after[uid].entry.depends_on}
    assert changed
    assert all(after[uid].sequence == before[uid].sequence + 1 for uid in changed)
    (root / "calendars" / LEDGER).unlink()
    run(root, "plan")
    assert ledger(root).events == after, "made again from the calendars"
    ask_for(root, SETTINGS)
    run(root, "plan")
    assert not any(event.entry.depends_on for event in ledger(root).events.values())


def test_a_finished_prerequisite_does_not_change_what_depends_on_it(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=RELATED)
    run(root, "plan")
    before = ledger(root)
    read = [uid for uid, one in before.sessions() if one.pieces[0].unit == "attention/read"]
    (ends,) = before.events[read[0]].entry.depends_on
    sessions = dict(before.sessions())
    after = instant(sessions[ends].end).date() + timedelta(days=1)
    assert after <= instant(sessions[read[0]].start).date(), "it is still to come"
    for unit in ("sums/1", "sums/2"):
        run(root, "done", unit, today=str(after))
    run(root, "plan", today=str(after))

    assert ledger(root).events[read[0]].entry.depends_on == (ends,)


def test_an_undone_plan_depends_on_events_that_are_there(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=RELATED)
    run(root, "plan")
    ask_for(root, RELATED.replace("  - counting\n", "").replace("by: 2027-03-31", "units: read"))
    run(root, "plan")
    run(root, "plan", "--undo")
    found = ledger(root).events

    named = {uid for event in found.values() for uid in event.entry.depends_on}
    assert named
    assert named <= found.keys()


@pytest.mark.parametrize("elsewhere", ["", "RELATED-TO:trip@home\r\n"])
def test_on_a_server_our_relations_follow_and_those_of_the_person_stay(
    tmp_path: Path, elsewhere: str
) -> None:
    root = workspace(tmp_path, settings=RELATED)
    run(root, "plan")
    uid, event = next((uid, event) for uid, event in events(root).items() if relations(event))
    calendar = Calendar()
    calendar.add("PRODID", "-//curriculum//study calendar//EN")
    calendar.add("VERSION", "2.0")
    calendar.add_component(event)
    ours = calendar.to_ical()
    there = merged_event(ours, None, ())
    (old,) = relations(event)
    theirs = there.replace(b"END:VEVENT", elsewhere.encode() + b"END:VEVENT")
    moved = ours.replace(b"\r\n ", b"").replace(old.encode(), old.replace("-", "-9", 1).encode())
    merged = Calendar.from_ical(merged_event(moved, theirs, ()))

    (found,) = merged.walk("VEVENT")
    named = relations(found)
    assert old not in named
    assert len([one for one in named if one.endswith("@curriculum")]) == 1
    assert ("trip@home" in named) is bool(elsewhere)
    assert str(found["UID"]) == uid
