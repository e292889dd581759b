"""The feeds are served read-only, with the marks that clients ask for, and nothing else is."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.model.busy import is_loopback
from curriculum.network.answers import HttpAnswer
from curriculum.network.feeds import Feeds, PortError
from curriculum.network.http import ask

PAPERS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Feeds]:
    """Serve a folder with a calendar and things that must not be seen."""
    folder = tmp_path / "calendars"
    (folder / "busy").mkdir(parents=True)
    (folder / "papers.ics").write_bytes(PAPERS)
    os.utime(folder / "papers.ics", (1_800_000_000, 1_800_000_000))
    (folder / "ledger.json").write_text("{}")
    (folder / "busy" / "mine.ics").write_text("private")
    (tmp_path / "journal.db").write_text("private")
    with Feeds(folder, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.stop()
        thread.join()


def answer(
    feeds: Feeds, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return the status, headers and body of an answer."""
    host, _, port = feeds.addresses[0].removeprefix("http://").partition("/")[0].partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), body


def test_a_calendar_is_given_out_with_its_type_and_marks(feeds: Feeds) -> None:
    status, headers, body = answer(feeds, "/papers.ics")

    assert (status, body) == (200, PAPERS)
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Last-Modified"] == "Fri, 15 Jan 2027 08:00:00 GMT"
    assert headers["ETag"].startswith('"')
    assert answer(feeds, "/papers.ics", "HEAD")[::2] == (200, b"")
    assert answer(feeds, "/papers.ics", "HEAD")[1]["Content-Length"] == str(len(PAPERS))


def test_who_has_the_version_is_not_sent_it_again(feeds: Feeds, tmp_path: Path) -> None:
    etag = answer(feeds, "/papers.ics")[1]["ETag"]

    assert answer(feeds, "/papers.ics", If_None_Match=etag)[::2] == (304, b"")
    assert answer(feeds, "/papers.ics", If_None_Match=f'"other", W/{etag}')[0] == 304
    assert answer(feeds, "/papers.ics", If_Modified_Since="Fri, 15 Jan 2027 08:00:00 GMT")[0] == 304
    assert answer(feeds, "/papers.ics", If_Modified_Since="Fri, 15 Jan 2027 07:59:59 GMT")[0] == 200
    assert answer(feeds, "/papers.ics", If_Modified_Since="yesterday")[0] == 200
    assert (
        answer(
            feeds,
            "/papers.ics",
            If_None_Match='"old"',
            If_Modified_Since="Fri, 15 Jan 2027 08:00:00 GMT",
        )[0]
        == 200
    )
    (tmp_path / "calendars" / "papers.ics").write_bytes(PAPERS + PAPERS)
    assert answer(feeds, "/papers.ics", If_None_Match=etag)[0] == 200


def test_our_own_reader_of_addresses_understands_them(feeds: Feeds) -> None:
    found = ask(feeds.addresses[1])

    assert found.data == PAPERS
    assert ask(feeds.addresses[1], found.etag, found.modified) == HttpAnswer(None)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/ledger.json", "/busy/", "/busy/mine.ics", "/../journal.db", "/%2e%2e/journal.db", "/..%2fjournal.db",
        "/papers.ics/", "/papers.ics/../ledger.json", "/papers.ics%00", "/PAPERS.ICS", "/textbooks.ics",
        "/./papers.ics/../../journal.db", "/caldav.json", "/previous.json",
    ],
)  # fmt: skip
def test_nothing_else_is_given_out(feeds: Feeds, path: str) -> None:
    status, _, body = answer(feeds, path)

    assert (status, body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(feeds: Feeds, method: str, tmp_path: Path) -> None:
    status, headers, _ = answer(feeds, "/papers.ics", method)

    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert (tmp_path / "calendars" / "papers.ics").read_bytes() == PAPERS


def test_a_page_elsewhere_cannot_read_them_by_a_name_of_its_own(feeds: Feeds) -> None:
    assert answer(feeds, "/papers.ics", Host="evil.example")[0] == 403
    assert answer(feeds, "http://evil.example/papers.ics")[0] == 403
    assert answer(feeds, "/papers.ics", Host="localhost:8117")[0] == 200


def test_a_port_that_is_taken_is_said(feeds: Feeds, tmp_path: Path) -> None:
    port = int(feeds.addresses[0].rpartition(":")[2].partition("/")[0])

    with pytest.raises(
        PortError, match=f"cannot listen on '127.0.0.1' port {port}: address already in use"
    ):
        Feeds(tmp_path, "127.0.0.1", port)


def test_which_addresses_only_this_machine_can_reach() -> None:
    assert [
        is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.168.1.5")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]
