"""A year of plans sent to a real server day by day: what stands there in the end is just what was planned last."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from curriculum.network.caldav import Server
from curriculum.services.syllabi import SyllabusParser
from tests.profiles import IS_DEEP
from tests.servers import Proxy, cut_after, cut_before, proxy_to, radicale, says
from tests.workspaces import run
from tests.years import FIRST, Person, book, paper, plan_on

SETTINGS = """\
title: A year on a server
timezone: Europe/Berlin
availability: {mon: 19:00-20:00, wed: 19:00-20:00, fri: 19:00-20:00, sat: 10:00-11:00}
goals: [first, essay, method, {work: sequel, by: 2027-11-30}]
"""
HORIZON = timedelta(weeks=2)
DAYS = 365 if IS_DEEP else 150


def settle(root: Path, address: str) -> None:
    """Lay out the workspace of the first day."""
    files = {
        "syllabi/curriculum.yaml": f"{SETTINGS}caldav: {{url: '{address}', user: ada}}\n",
        "syllabi/textbooks/first.yaml": book("First", 14, 60),
        "syllabi/papers/essay.yaml": paper("Essay", "", 2),
        "syllabi/papers/method.yaml": paper("Method", "first/4", 12),
        "syllabi/papers/sequel.yaml": paper("Sequel", "method", 10),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def collections(root: Path) -> dict[str, str]:
    """Return the addresses of the calendars."""
    found: dict[str, str] = json.loads(
        (root / "calendars/caldav.json").read_text(encoding="utf-8")
    )["collections"]
    return found


def standing(root: Path, server: Server) -> list[tuple[str, object, object, str, int]]:
    """Return all events that stand on the server."""
    found = []
    for url in collections(root).values():
        for one in server.fetched(url, server.resources(url) or ()).values():
            for event in Calendar.from_ical(one.data or b"").events:
                times = event.decoded("DTSTART"), event.decoded("DTEND")
                found.append(
                    (str(event["UID"]), *times, str(event["SUMMARY"]), int(str(event["SEQUENCE"])))
                )
    return sorted(found, key=str)


def planned(root: Path) -> list[tuple[str, object, object, str, int]]:
    """Return all events that are published."""
    found = []
    for path in sorted((root / "calendars").glob("*.ics")):
        for event in Calendar.from_ical(path.read_bytes()).events:
            times = event.decoded("DTSTART"), event.decoded("DTEND")
            found.append(
                (str(event["UID"]), *times, str(event["SUMMARY"]), int(str(event["SEQUENCE"])))
            )
    return sorted(found, key=str)


def disturb(day: date, root: Path, server: Server, rng: random.Random) -> None:
    """Move one of the coming sessions on the server and delete another, as a person does there."""
    url = collections(root)["textbooks"]
    ahead = []
    for one in server.fetched(url, server.resources(url) or ()).values():
        start = Calendar.from_ical(one.data or b"").events[0].decoded("DTSTART")
        if start.date() > day + timedelta(days=2):
            ahead.append((start, one))
    if len(ahead) < 2:
        return
    (moved_from, moved), (_, deleted) = rng.sample(sorted(ahead, key=str), 2)
    text = (moved.data or b"").decode()
    there = moved_from + timedelta(hours=rng.choice([-9, 2]))
    text = text.replace(f"DTSTART:{moved_from:%Y%m%dT%H}", f"DTSTART:{there:%Y%m%dT%H}")
    end = Calendar.from_ical(moved.data or b"").events[0].decoded("DTEND")
    text = text.replace(f"DTEND:{end:%Y%m%dT%H}", f"DTEND:{end + (there - moved_from):%Y%m%dT%H}")
    server.put(
        url, moved.name, text.replace("//curriculum//", "//elsewhere//").encode(), moved.etag
    )
    server.delete(url, deleted.name, deleted.etag)


def push(root: Path, day: date, proxy: Proxy, rng: random.Random) -> None:
    """Push, now and then over a connection that breaks off, and then once more."""
    breaks = rng.random() < 0.1
    if breaks:
        fault = rng.choice([cut_before, cut_after, says(500)])
        proxy.faults = {len(proxy.changes) + rng.randrange(3): fault}
    result = run(root, "push", today=str(day))
    if breaks and result.exit_code:
        result = run(root, "push", today=str(day))
    proxy.faults = {}
    assert result.exit_code == 0, f"{day}: {result.output}"


def test_a_year_of_plans_pushed_every_morning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "x")
    rng = random.Random(7)
    root = tmp_path / "work"
    with radicale(tmp_path / "server") as address, proxy_to(address) as proxy:
        settle(root, proxy.address)
        person, server = Person(root, random.Random(3)), Server(address, "ada", "x")
        parser, taken_over = SyllabusParser(), 0
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            plan = plan_on(day, parser, root, HORIZON).plan
            push(root, day, proxy, rng)
            if number % 30 == 10:
                disturb(day, root, server, rng)
                pulled = run(root, "pull", today=str(day)).stdout
                taken_over += pulled.count("pinned: ") + pulled.count("missed: ")
            today = tuple(one for one in plan.sessions if one.start < plan.start + 1440)
            person.live(day, today, {placed.unit: placed.effort for placed in plan.units})
            if number % 50 == 49:
                plan_on(day, parser, root, HORIZON)
                push(root, day, proxy, rng)
                assert standing(root, server) == planned(root), day

        plan_on(day, parser, root, HORIZON)
        push(root, day, proxy, rng)
        assert standing(root, server) == planned(root)
        assert len(planned(root)) > DAYS // 3
        assert taken_over >= DAYS // 50
        sent = len(proxy.changes)
        push(root, day, proxy, random.Random(0))
        assert len(proxy.changes) == sent
        server.close()
