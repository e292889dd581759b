"""The feeds are served read-only, with the marks that clients ask for, and nothing else is."""

from __future__ import annotations

import http.client
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from curriculum.model.busy import is_loopback
from curriculum.network.answers import HttpAnswer
from curriculum.network.host_names import BadNameError
from curriculum.network.http import ask
from curriculum.network.listening import PortError
from curriculum.web.server import PageServer, site_of
from tests.workspaces import run, workspace

PAPERS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[PageServer]:
    """Serve a folder with a calendar and things that must not be seen."""
    folder = tmp_path / "calendars"
    (folder / "busy").mkdir(parents=True)
    (folder / "papers.ics").write_bytes(PAPERS)
    os.utime(folder / "papers.ics", (1_800_000_000, 1_800_000_000))
    (folder / "ledger.json").write_text("{}")
    (folder / "busy" / "mine.ics").write_text("private")
    (tmp_path / "journal.db").write_text("private")
    with served(tmp_path) as server:
        yield server


def answer(
    feeds: PageServer, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return the status, headers and body of an answer."""
    host, _, port = feeds.addresses[0].removeprefix("http://").partition("/")[0].partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def test_a_calendar_is_given_out_with_its_type_and_marks(feeds: PageServer) -> None:
    status, headers, body = answer(feeds, "/papers.ics")

    assert (status, body) == (200, PAPERS)
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Last-Modified"] == "Fri, 15 Jan 2027 08:00:00 GMT"
    assert headers["ETag"].startswith('"')
    assert answer(feeds, "/papers.ics", "HEAD")[::2] == (200, b"")
    assert answer(feeds, "/papers.ics", "HEAD")[1]["Content-Length"] == str(len(PAPERS))


def test_who_has_the_version_is_not_sent_it_again(feeds: PageServer, tmp_path: Path) -> None:
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


def test_our_own_reader_of_addresses_understands_them(feeds: PageServer) -> None:
    found = ask(feeds.addresses[1])

    assert found.data == PAPERS
    assert ask(feeds.addresses[1], found.etag, found.modified) == HttpAnswer(None)


@pytest.mark.parametrize(
    "path",
    [
        "/ledger.json", "/busy/", "/busy/mine.ics", "/../journal.db", "/%2e%2e/journal.db", "/..%2fjournal.db",
        "/papers.ics/", "/papers.ics/../ledger.json", "/papers.ics%00", "/PAPERS.ICS", "/textbooks.ics",
        "/./papers.ics/../../journal.db", "/caldav.json", "/previous.json",
    ],
)  # fmt: skip
def test_nothing_else_is_given_out(feeds: PageServer, path: str) -> None:
    status, _, body = answer(feeds, path)

    assert status == 404
    assert not {b"private", b"BEGIN:VCALENDAR"} & {body, body[:15]}
    assert b"private" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(feeds: PageServer, method: str, tmp_path: Path) -> None:
    status, headers, _ = answer(feeds, "/papers.ics", method)

    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert (tmp_path / "calendars" / "papers.ics").read_bytes() == PAPERS


def test_a_page_elsewhere_cannot_read_them_by_a_name_of_its_own(feeds: PageServer) -> None:
    assert answer(feeds, "/papers.ics", Host="evil.example")[0] == 403
    assert answer(feeds, "http://evil.example/papers.ics")[0] == 403
    assert answer(feeds, "/papers.ics", Host="localhost:8117")[0] == 200


@contextmanager
def served(root: Path, host: str = "127.0.0.1", *names: str, port: int = 0) -> Iterator[PageServer]:
    """Serve a workspace on an address."""
    with PageServer(site_of(root, host, names, day=None, is_open=False), host, port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.stop()
        thread.join()


@pytest.mark.parametrize(
    "host",
    ["[", "[::1", "a]b", "", "one two", "http://localhost/", "localhost:http", "a@localhost"],
)
def test_a_host_that_is_none_is_a_bad_request(feeds: PageServer, host: str) -> None:
    assert answer(feeds, "/papers.ics", Host=host)[::2] == (400, b"")


def test_a_request_with_no_host_or_two_is_a_bad_one(feeds: PageServer) -> None:
    """RFC 9112 §3.2; clients of HTTP/1.0 know no Host."""
    port = int(feeds.addresses[0].rpartition(":")[2].partition("/")[0])

    def status(head: str) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(f"GET /papers.ics {head}Connection: close\r\n\r\n".encode())
            return connection.makefile("rb").readline().split()[1]

    assert status("HTTP/1.1\r\n") == b"400"
    assert status("HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n") == b"400"
    assert status("HTTP/1.0\r\n") == b"200"
    assert status("HTTP/1.0\r\nHost: evil.example\r\n") == b"403"


def test_a_page_elsewhere_cannot_read_them_whatever_address_is_listened_on(tmp_path: Path) -> None:
    """A server on `::` sees the clients of this machine as ::ffff:127.0.0.1."""
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars/papers.ics").write_bytes(PAPERS)
    for host in ("::", "0.0.0.0"):
        with served(tmp_path, host) as feeds:
            port = feeds.addresses[0].rpartition(":")[2].partition("/")[0]
            local = SimpleNamespace(addresses=(f"http://127.0.0.1:{port}/",))
            names = (
                "evil.example",
                "localhost.evil.example",
                f"127.0.0.1:{port}",
                "[::1]",
                "LOCALHOST.",
            )
            statuses = [answer(local, "/papers.ics", Host=name)[0] for name in names]  # type: ignore[arg-type]
            assert statuses == [403, 403, 200, 200, 200]


def test_a_name_that_is_refused_is_answered_with_a_hint_and_may_be_allowed(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars/papers.ics").write_bytes(PAPERS)
    with served(tmp_path, "127.0.0.1", "Study.example.org", "bücher.example") as feeds:
        status, headers, body = answer(feeds, "/papers.ics", Host="evil.example")
        assert (status, headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
        assert b"curriculum serve --public-name NAME" in body
        assert b"evil.example" not in body
        assert answer(feeds, "/papers.ics", "HEAD", Host="evil.example")[::2] == (403, b"")
        for name in ("study.example.org:443", "xn--bcher-kva.example", socket.gethostname()):
            assert answer(feeds, "/papers.ics", Host=name)[0] == 200


@pytest.mark.parametrize("name", ["", "https://study.example.org/", "a b", "a/b", "x" * 64, "a..b"])
def test_a_public_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadNameError, match="is not the name of a host; write it like"):
        site_of(tmp_path, "127.0.0.1", [name], day=None, is_open=False)


def test_on_the_command_line_a_public_name_that_is_none_is_a_mistake_of_usage(
    tmp_path: Path,
) -> None:
    result = run(workspace(tmp_path), "serve", "--public-name", "https://study.example.org/")

    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "for --public-name: 'https://study.example.org/' is not the name of a host" in result.stderr
    )


def test_a_port_that_is_taken_is_said(feeds: PageServer, tmp_path: Path) -> None:
    port = int(feeds.addresses[0].rpartition(":")[2].partition("/")[0])

    taken = f"cannot listen on '127.0.0.1' port {port}: address already in use"
    with pytest.raises(PortError, match=taken), served(tmp_path, port=port):
        pass


def test_which_addresses_only_this_machine_can_reach() -> None:
    assert [
        is_loopback(host)
        for host in ("127.0.0.1", "::1", "localhost", "::ffff:127.0.0.1", "0.0.0.0", "192.168.1.5")
    ] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
