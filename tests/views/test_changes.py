"""What a new plan changes against the published one, told in a few lines."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from curriculum.calendars.changes import changes_of
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Piece, Session, instant
from curriculum.views.json.changes import changes_json
from curriculum.views.text.changes import changes_lines

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 24 * 60
MONDAY = 29_984_760
"""Mon 4 Jan 2027, 19:00 in Berlin."""
UNIT = UnitId("book/1")


def ledger(days: dict[str, int], finishes: dict[str, int] | None = None) -> Ledger:
    """Return a ledger of sessions by the day they are on, and of goals by the day they are finished."""
    events = {}
    for uid, day in days.items():
        session = Session(
            MONDAY + day * DAY, MONDAY + day * DAY + 90, "textbooks", (Piece(UNIT, 90),)
        )
        entry = CalendarEntry(
            uid, "textbooks.ics", instant(session.start), instant(session.end), "", ""
        )
        events[uid] = PublishedEvent(entry, 0, datetime(2027, 1, 1, tzinfo=UTC), session)
    ends = {goal: MONDAY + day * DAY + 90 for goal, day in (finishes or {}).items()}
    return Ledger("p", events, finishes=ends)


def test_what_moves_is_named_with_its_two_times() -> None:
    changes = changes_of(
        ledger({"a": 0, "b": 1, "c": 2}, {"book": 2}), ledger({"a": 0, "b": 3, "d": 4}, {"book": 4})
    )
    assert changes_lines(changes, BERLIN) == (
        "3 sessions change: 1 moved, 1 new, 1 gone; from Tue 5 Jan 2027 on",
        "  Tue 5 Jan 19:00-20:30 moves to Thu 7 Jan 19:00-20:30: book/1",
        "  book: finished on Fri 8 Jan 2027, 2 days later",
    )


def test_a_goal_that_is_finished_no_more_is_named() -> None:
    changes = changes_of(ledger({}, {"a": 1, "b": 1, "c": 1}), ledger({}, {"b": 0, "c": 1, "d": 2}))
    assert changes_lines(changes, BERLIN) == (
        "  a: not finished by this plan; before, on Tue 5 Jan 2027",
        "  b: finished on Mon 4 Jan 2027, 1 day earlier",
        "  d: finished on Wed 6 Jan 2027",
    )
    assert changes.first is None


def test_changes_as_json_have_the_times_before_and_after() -> None:
    changes = changes_of(ledger({"a": 0, "c": 2}, {"book": 2}), ledger({"a": 1, "d": 4}))
    before = {
        "start": "2027-01-04T18:00:00Z",
        "end": "2027-01-04T19:30:00Z",
        "track": "textbooks",
        "units": ["book/1"],
    }
    after = {**before, "start": "2027-01-05T18:00:00Z", "end": "2027-01-05T19:30:00Z"}
    found = changes_json(changes)
    assert found["first"] == "2027-01-04T18:00:00Z"
    assert found["moved"] == [{"uid": "a", "before": before, "after": after}]
    assert [one["uid"] for one in found["new"] + found["gone"]] == ["d", "c"]
    assert found["goals"] == [{"goal": "book", "before": "2027-01-06T19:30:00Z", "after": None}]


days = st.dictionaries(st.sampled_from([f"{number}" for number in range(12)]), st.integers(0, 40))


@given(days, days, days, days)
def test_the_lines_are_few_and_every_session_is_counted_once(
    before: dict[str, int], after: dict[str, int], old: dict[str, int], new: dict[str, int]
) -> None:
    changes = changes_of(ledger(before, old), ledger(after, new))
    assert len(changes_lines(changes, BERLIN)) <= 8
    assert bool(changes) == ((before, old) != (after, new))
    moved, gone = {move.uid for move in changes.moved}, {uid for uid, _ in changes.gone}
    same = {uid for uid in before.keys() & after.keys() if before[uid] == after[uid]}
    assert moved | gone | same == before.keys()
    assert len(moved) + len(gone) + len(same) == len(before)
    assert {uid for uid, _ in changes.new} == after.keys() - before.keys()
