"""The calendar contract: what a plan looks like in the published files, byte for byte."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from curriculum.calendars.icalendar_writer import WRITER, without_pages
from curriculum.calendars.ledger_json import ledger_of, read_ledger
from curriculum.calendars.publication import Publication
from curriculum.model.calendar_entry import digest_of
from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import study_units
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished
from curriculum.model.ledger import CALENDARS, Ledger
from curriculum.model.library import Library
from curriculum.model.plan import Piece, Placement, Plan, Reason, Session, minute
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Paper, Textbook
from tests.facts import stamp
from tests.publications import publish

GOLDEN = Path(__file__).parent.parent / "cases" / "golden" / "calendars"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
ACTOR, GRADIENT = UnitId("sutton-barto-2018/12"), UnitId("sutton-barto-2018/13")
READ, TRAIN = UnitId("ppo-2017/read"), UnitId("ppo-2017/train")


def at(text: str) -> int:
    return minute(datetime.fromisoformat(text).replace(tzinfo=UTC))


BOOK = Textbook.model_validate(
    {
        "kind": "textbook",
        "title": "Reinforcement Learning: An Introduction",
        "url": "http://incompleteideas.net/book/the-book-2nd.html",
        "chapters": [
            {"id": 12, "title": "Eligibility Traces", "pages": [287, 320]},
            {"id": 13, "title": "Policy Gradient Methods", "pages": [321, 338]},
        ],
    }
)
PAPER = Paper.model_validate(
    {
        "kind": "paper",
        "title": "Proximal Policy Optimization Algorithms",
        "steps": [
            {"id": "read", "title": "Read and annotate"},
            {"id": "train", "title": "Train on the seven MuJoCo tasks"},
        ],
    }
)
LIBRARY = Library({"ppo-2017": PAPER, "sutton-barto-2018": BOOK}, {})
CURRICULUM = Curriculum(
    units=(ACTOR, GRADIENT, READ, TRAIN),
    requires={ACTOR: (), GRADIENT: (ACTOR,), READ: (GRADIENT,), TRAIN: (READ,)},
    prefers={},
    efforts={ACTOR: 60, GRADIENT: 110, READ: 90, TRAIN: 300},
    goals=(
        reached_goal(
            Goal.model_validate({"work": "sutton-barto-2018", "units": ["13"], "by": "2027-01-08"}),
            (GRADIENT,),
            BERLIN,
        ),
        reached_goal(
            Goal.model_validate({"work": "ppo-2017", "by": "2027-01-12 18:30"}),
            (READ, TRAIN),
            BERLIN,
        ),
        reached_goal(Goal.model_validate({"work": "ppo-2017/read"}), (READ,), BERLIN),
    ),
    details=study_units(LIBRARY, Settings().speed),
)
SETTINGS = Settings.model_validate(
    {"title": "Policy gradients, from first principles", "alarm": "10m"}
)
END_OF_EIGHTH, HALF_PAST_SIX = at("2027-01-08T23:00"), at("2027-01-12T17:30")
PLAN = Plan(
    start=at("2027-01-03T23:00"),
    finish=at("2027-01-11T20:00"),
    sessions=(
        Session(
            at("2027-01-04T18:00"),
            at("2027-01-04T19:30"),
            "textbooks",
            (Piece(ACTOR, 60, Pages(287, 320)), Piece(GRADIENT, 30, Pages(321, 325))),
            Reason.ORDER,
        ),
        Session(
            at("2027-01-05T18:00"),
            at("2027-01-05T19:20"),
            "textbooks",
            (Piece(GRADIENT, 80, Pages(326, 338)),),
            Reason.DEADLINE,
        ),
        Session(
            at("2027-01-06T18:00"),
            at("2027-01-06T19:30"),
            "papers",
            (Piece(READ, 90),),
            Reason.BALANCE,
        ),
        Session(
            at("2027-01-11T18:00"),
            at("2027-01-11T20:00"),
            "papers",
            (Piece(TRAIN, 120),),
            Reason.ORDER,
        ),
    ),
    units=(
        Placement(
            ACTOR,
            "textbooks",
            60,
            at("2027-01-04T18:00"),
            at("2027-01-04T19:00"),
            END_OF_EIGHTH,
            190,
        ),
        Placement(
            GRADIENT,
            "textbooks",
            110,
            at("2027-01-04T19:00"),
            at("2027-01-05T19:20"),
            END_OF_EIGHTH,
            130,
            enabler=ACTOR,
        ),
        Placement(
            READ,
            "papers",
            90,
            at("2027-01-06T18:00"),
            at("2027-01-06T19:30"),
            HALF_PAST_SIX,
            -180,
            enabler=GRADIENT,
        ),
        Placement(
            TRAIN, "papers", 300, at("2027-01-11T18:00"), None, HALF_PAST_SIX, -180, enabler=READ
        ),
    ),
    unplaced=(),
    balance={},
    largest_lag=0,
    overload=(),
)


def published(plan: Plan = PLAN, ledger: Ledger | None = None, now: datetime = NOW) -> Publication:
    return publish(
        plan,
        LIBRARY,
        CURRICULUM,
        SETTINGS,
        BERLIN,
        ledger or ledger_of({}, SETTINGS),
        now,
        over=PLAN.start,
    )


def shown(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    """Return what a calendar shows of each event, with the session but for the reason of its time."""
    return {
        uid: (
            one.entry,
            one.sequence,
            one.stamp,
            one.session and replace(one.session, because=Reason.BALANCE),
        )
        for uid, one in ledger.events.items()
    }


def parsed(data: bytes) -> list[Any]:  # Any: icalendar has one type for all properties
    """Return the events of a calendar as icalendar reads them."""
    return Calendar.from_ical(data).events


def _without_previous(publication: Publication) -> dict[str, bytes]:
    return {name: data for name, data in publication.files.items() if name != "previous.json"}


def events(data: bytes) -> dict[str, bytes]:
    """Return the bytes of each event of a calendar by its summary and UID."""
    blocks = data.split(b"BEGIN:VEVENT\r\n")[1:]
    return {block.replace(b"\r\n ", b"").split(b"\r\n")[0].decode(): block for block in blocks}


@pytest.mark.parametrize("name", [*CALENDARS, "ledger.json"])
def test_the_example_is_published_byte_for_byte_as_accepted(name: str) -> None:
    assert published().files[name] == (GOLDEN / name).read_bytes()


def test_whoever_changes_how_events_are_written_has_all_written_anew() -> None:
    """Bytes that stand in the folder are kept as long as `WRITER` is the same: count it up, and add its digest here."""
    written = {1: "2bcb9539fc2abc804f5e330544e1775f"}
    accepted = b"".join((GOLDEN / name).read_bytes() for name in sorted(CALENDARS))

    assert digest_of(accepted) == written[WRITER]


def test_the_pieces_of_each_session_add_up_to_its_length() -> None:
    for name in ("textbooks.ics", "papers.ics"):
        for event in parsed(published().files[name]):
            pieces = event["X-CURRICULUM-UNIT"]
            spent = sum(
                int(piece.params["X-MINUTES"])
                for piece in (pieces if isinstance(pieces, list) else [pieces])
            )
            assert timedelta(minutes=spent) == event.end - event.start


def test_each_piece_has_the_pages_that_it_cites() -> None:
    (one, two) = parsed(published().files["textbooks.ics"])
    pages = [
        piece.params.get("X-PAGES")
        for piece in (*one["X-CURRICULUM-UNIT"], two["X-CURRICULUM-UNIT"])
    ]
    assert pages == ["287-320", "321-325", "326-338"]
    assert b"X-PAGES" not in published().files["papers.ics"]


def test_a_single_page_is_written_alone_and_read_again() -> None:
    piece = Piece(ACTOR, 60, Pages(287, 287))
    session = replace(PLAN.sessions[0], end=PLAN.sessions[0].start + 60, pieces=(piece,))
    files = published(replace(PLAN, sessions=(session,))).files
    unfolded = files["textbooks.ics"].replace(b"\r\n ", b"")
    assert b"X-CURRICULUM-UNIT;X-MINUTES=60;X-PAGES=287:sutton-barto-2018/12\r\n" in unfolded
    calendars = {name: files[name] for name in CALENDARS}
    ((_, found),) = ledger_of(calendars, SETTINGS).sessions()
    assert found.pieces == (piece,)


def without_x_pages() -> dict[str, bytes]:
    """Return a folder that was published before X-PAGES was added."""
    folder = GOLDEN.parent / "without-pages"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_publishing_over_calendars_without_x_pages_adds_that_parameter_and_nothing_else() -> None:
    old = without_x_pages()
    assert b"X-PAGES" not in b"".join(old.values())
    ledger = ledger_of(old, SETTINGS)
    after = published(ledger=ledger, now=NOW + timedelta(days=3))
    assert after.ledger.events == ledger.events
    assert (after.new, after.moved, after.changed, after.gone, after.unchanged) == (0, 0, 0, 0, 6)
    assert "previous.json" not in after.files
    assert after.files == published().files
    assert b"X-PAGES" in after.files["textbooks.ics"]
    for name in CALENDARS:
        assert without_pages(after.files[name]) == old[name]


def test_a_ledger_lost_with_calendars_without_x_pages_takes_the_pages_from_the_descriptions() -> (
    None
):
    old = without_x_pages()
    recovered = ledger_of({name: old[name] for name in CALENDARS}, SETTINGS)
    assert shown(recovered) == shown(published().ledger)
    again = published(ledger=recovered, now=NOW + timedelta(days=3))
    assert {name: again.files[name] for name in CALENDARS} == {
        name: published().files[name] for name in CALENDARS
    }


def test_where_a_file_has_x_pages_its_descriptions_are_not_read() -> None:
    files = published().files
    words = files["textbooks.ics"].replace(b", pp. 321-325", b", S. 321-325")
    words = words.replace(b"X-PAGES=287-320:", b"X-PAGES=288-320:")
    assert words != files["textbooks.ics"]
    recovered = ledger_of({"textbooks.ics": words}, SETTINGS)
    pages = [piece.pages for _, session in recovered.sessions() for piece in session.pieces]
    assert pages == [Pages(288, 320), Pages(321, 325), Pages(326, 338)]


def test_publishing_again_later_changes_no_byte() -> None:
    first = published()
    again = published(ledger=first.ledger, now=NOW + timedelta(days=3))
    assert again.files == first.files
    assert (again.new, again.moved, again.changed, again.gone, again.unchanged) == (0, 0, 0, 0, 6)
    assert "previous.json" not in again.files


def test_a_session_that_moves_keeps_its_uid_and_counts_up_alone() -> None:
    first = published()
    last = PLAN.sessions[-1]
    moved = replace(
        PLAN,
        sessions=(*PLAN.sessions[:-1], replace(last, start=last.start + 30, end=last.end + 30)),
    )
    later = NOW + timedelta(days=1)
    second = published(moved, first.ledger, later)
    before, after = events(first.files["papers.ics"]), events(second.files["papers.ics"])
    (changed,) = [uid for uid in before if after[uid] != before[uid]]
    assert before.keys() == after.keys()
    assert (
        b"SEQUENCE:1\r\nDTSTAMP:20270102T120000Z\r\nLAST-MODIFIED:20270102T120000Z\r\n"
        in after[changed]
    )
    assert (second.new, second.moved, second.changed, second.gone, second.unchanged) == (
        0,
        1,
        0,
        0,
        5,
    )
    assert second.files["textbooks.ics"] == first.files["textbooks.ics"]


def test_a_uid_that_was_retired_is_never_used_again() -> None:
    first = published()
    shorter = published(replace(PLAN, sessions=PLAN.sessions[:-1]), first.ledger)
    back = published(PLAN, shorter.ledger)
    assert (shorter.gone, back.new) == (1, 1)
    (retired,) = shorter.ledger.retired
    assert retired not in back.ledger.events
    assert retired.replace("-1.", "-2.") in back.ledger.events
    assert published(PLAN, back.ledger).files == _without_previous(back)


def test_another_title_changes_the_plan_id_only_before_the_first_publication() -> None:
    renamed = SETTINGS.model_copy(update={"title": "Another title"})
    assert ledger_of({}, renamed).plan != ledger_of({}, SETTINGS).plan
    first = published()
    again = publish(
        PLAN,
        LIBRARY,
        CURRICULUM,
        renamed,
        BERLIN,
        ledger_of(first.files, renamed),
        NOW,
        over=PLAN.start,
    )
    assert again.ledger.events == first.ledger.events


def test_a_ledger_of_the_first_version_is_read_with_its_calendars() -> None:
    folder = GOLDEN.parent / "ledger-1"
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    read = ledger_of(old, SETTINGS)
    meant = published().ledger
    assert (read.plan, read.events.keys(), read.retired) == (
        meant.plan,
        meant.events.keys(),
        meant.retired,
    )
    assert dict(read.sessions()) == {
        uid: replace(session, because=Reason.BALANCE) for uid, session in meant.sessions()
    }
    after = published(ledger=read, now=NOW + timedelta(days=1))
    assert (after.new, after.moved, after.changed, after.gone, after.unchanged) == (0, 0, 6, 0, 0)
    assert {event.sequence for event in after.ledger.events.values()} == {1}
    assert read_ledger(after.files["previous.json"]) == read


def test_a_name_that_no_calendar_shows_is_spent() -> None:
    folder = GOLDEN.parent / "ledger-1"
    old = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "papers.ics"}
    read = ledger_of(old, SETTINGS)
    assert {uid.partition(".")[0] for uid in read.retired} == {
        "ppo-2017_read-1",
        "ppo-2017_train-1",
    }
    assert ledger_of({"ledger.json": old["ledger.json"]}, SETTINGS).events == {}


def test_a_lost_ledger_is_made_anew_from_the_calendars() -> None:
    first = published()
    moved = published(
        replace(PLAN, sessions=PLAN.sessions[:3]), first.ledger, NOW + timedelta(days=1)
    )
    calendars = {name: moved.files[name] for name in CALENDARS}
    recovered = ledger_of(calendars, Settings(title="whatever"))
    assert shown(recovered) == shown(moved.ledger)
    assert recovered.plan == moved.ledger.plan
    again = published(replace(PLAN, sessions=PLAN.sessions[:3]), recovered, NOW + timedelta(days=9))
    assert {name: again.files[name] for name in CALENDARS} == calendars


def test_a_run_killed_between_ledger_and_calendars_is_completed_by_the_next() -> None:
    first = published()
    shorter = replace(PLAN, sessions=PLAN.sessions[1:])
    second = published(shorter, first.ledger, NOW + timedelta(days=1))
    torn = {**first.files, "ledger.json": second.files["ledger.json"]}
    third = published(shorter, ledger_of(torn, SETTINGS), NOW + timedelta(days=2))
    assert third.files == _without_previous(second)


def test_a_session_of_many_units_has_a_readable_summary() -> None:
    many = tuple(Piece(unit, 10) for unit in (ACTOR, GRADIENT, READ, TRAIN, ACTOR))
    session = replace(PLAN.sessions[0], end=PLAN.sessions[0].start + 50, pieces=many)
    (event,) = parsed(published(replace(PLAN, sessions=(session,))).files["textbooks.ics"])
    assert len(event["SUMMARY"]) <= 250
    assert [str(piece) for piece in event["X-CURRICULUM-UNIT"]] == [piece.unit for piece in many]


def test_sessions_without_an_alarm_have_none() -> None:
    quiet = SETTINGS.model_copy(update={"alarm": None})
    files = publish(
        PLAN, LIBRARY, CURRICULUM, quiet, BERLIN, ledger_of({}, quiet), NOW, over=PLAN.start
    ).files
    assert b"VALARM" not in b"".join(files.values())
    assert published().files["papers.ics"].count(b"TRIGGER:-PT10M\r\n") == 2
    assert b"VALARM" not in published().files["deadlines.ics"]


def test_a_session_may_have_several_alarms() -> None:
    loud = Settings.model_validate({"title": SETTINGS.title, "alarm": ["10m", "24h", "10m"]})
    files = publish(
        PLAN, LIBRARY, CURRICULUM, loud, BERLIN, ledger_of({}, loud), NOW, over=PLAN.start
    ).files
    found = re.findall(rb"TRIGGER:(\S+)", files["papers.ics"])
    assert found[:2] == [b"-P1D", b"-PT10M"]
    assert len(found) == 4


def test_nothing_floats_recurs_or_needs_a_time_zone() -> None:
    data = b"".join(published().files[name] for name in CALENDARS)
    for word in (b"RRULE", b"VTIMEZONE", b"METHOD", b"TZID"):
        assert word not in data


def test_an_empty_plan_is_published_as_empty_calendars() -> None:
    nothing = replace(PLAN, sessions=(), units=(), finish=None)
    empty = Curriculum((), {}, {}, {})
    files = publish(
        nothing, LIBRARY, empty, SETTINGS, BERLIN, ledger_of({}, SETTINGS), NOW, over=PLAN.start
    ).files
    for name in CALENDARS:
        assert parsed(files[name]) == []


def test_a_goal_due_on_the_last_day_of_the_zone_is_marked_on_that_day() -> None:
    (first, second) = parsed(published().files["deadlines.ics"])
    assert (first.start, first.end) == (date(2027, 1, 8), date(2027, 1, 9))
    assert "18:30" in first["DESCRIPTION"] + second["DESCRIPTION"]
    assert "Late" in second["DESCRIPTION"]


@pytest.mark.parametrize("days", [(2, 3), (3, 3)])
def test_a_session_says_what_was_finished_last_before_the_plan_began(days: tuple[int, int]) -> None:
    curriculum = replace(
        CURRICULUM,
        units=(READ, TRAIN),
        requires={READ: (), TRAIN: (READ,)},
        met={READ: (ACTOR, GRADIENT)},
    )
    plan = replace(
        PLAN,
        sessions=PLAN.sessions[2:],
        units=(replace(PLAN.units[2], enabler=None), PLAN.units[3]),
    )
    facts = tuple(
        Finished(**stamp(number, datetime(2027, 1, day, tzinfo=UTC)), unit=unit)
        for number, (unit, day) in enumerate(zip((ACTOR, GRADIENT), days, strict=True))
    )
    progress = Progress(facts, {fact.unit: fact for fact in facts})
    ledger = ledger_of({}, SETTINGS)
    after = publish(
        plan, LIBRARY, curriculum, SETTINGS, BERLIN, ledger, NOW, over=PLAN.start, progress=progress
    )
    texts = [event.entry.description for event in after.ledger.events.values() if event.session]
    assert (
        "and 'Reinforcement Learning: An Introduction - 13 Policy Gradient Methods' is finished."
        in texts[0]
    )
    finished = after.ledger.finishes["sutton-barto-2018/13"]
    assert finished == at("2027-01-03T00:00")


@pytest.mark.parametrize(
    ("finish", "said"),
    [
        ("2027-01-11T23:00", "Finish: Mon 11 Jan 2027, 1 day before."),
        ("2027-01-12T17:30", "Finish: Tue 12 Jan 2027, the very day."),
        ("2027-01-12T18:00", "Finish: Tue 12 Jan 2027, too late that day."),
        ("2027-01-15T18:00", "Finish: Fri 15 Jan 2027, 3 days late."),
    ],
)
def test_a_deadline_says_how_many_days_are_to_spare(finish: str, said: str) -> None:
    plan = replace(PLAN, units=(*PLAN.units[:3], replace(PLAN.units[3], finish=at(finish))))
    (_, second) = parsed(published(plan).files["deadlines.ics"])
    assert said in second["DESCRIPTION"]
