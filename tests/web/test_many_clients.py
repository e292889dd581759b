"""Many clients at once, and clients that are slow: whoever asks gets the page asked for."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from curriculum.web.patience import PatientProtocol
from tests.web.served import page_of
from tests.workspaces import run, said, workspace

CLIENTS = 200
HELD_UP = 45
PATIENCE = 20.0
"""Seconds after which a page counts as held up; a page alone takes a few hundredths."""
HEADINGS = {
    "/": "Today",
    "/road": "Road",
    "/graph": "Graph",
    "/results": "Results",
    "/time": "Time",
    "/notebook": "Notebook",
    "/reviews": "Reviews",
    "/ideas": "Ideas",
    "/library/sums": "A Book of Sums",
    "/library/sums/2": "Taking away",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with a plan."""
    workspace(tmp_path)
    run(tmp_path, "plan")
    return tmp_path


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """Serve the workspace."""
    with page_of(root) as found:
        yield found


def heading(text: str) -> str:
    found = re.search("<h1>(.*?)</h1>", text)
    return "" if found is None else found[1]


def ask(address: str, path: str = "/") -> str:
    return heading(httpx.get(address + path, timeout=PATIENCE).text)


def connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    assert parts.hostname is not None
    assert parts.port is not None
    client = socket.socket()
    # What it does not read stays with the server.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(PATIENCE)
    client.connect((parts.hostname, parts.port))
    return client


def test_two_hundred_clients_at_once_all_get_the_page_that_they_ask_for(address: str) -> None:
    paths = [list(HEADINGS)[number % len(HEADINGS)] for number in range(CLIENTS)]

    async def every() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=address, limits=limits, timeout=PATIENCE) as client:
            return await asyncio.gather(*map(client.get, paths))

    answers = asyncio.run(every())

    assert [one.status_code for one in answers] == [200] * CLIENTS
    assert [heading(one.text) for one in answers] == [HEADINGS[path] for path in paths]


def test_of_many_changes_from_the_same_page_one_is_made_and_the_others_are_refused(
    root: Path, address: str
) -> None:
    page = httpx.get(address).text
    marks = dict(re.findall(r'<input type="hidden" name="(token|seen)" value="([^"]*)">', page))
    form = marks | {"unit": "sums/1", "hours": "30m"}

    async def every() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
            return await asyncio.gather(*(client.post("/log", data=form) for _ in range(20)))

    codes = sorted(one.status_code for one in asyncio.run(every()))

    assert codes == [303] + [409] * 19
    assert "in 1 record\n" in said(run(root, "log", "--list", today="2027-01-08"))


REQUEST = b"POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nunit=sums"


@pytest.mark.parametrize("sent", [b"", b"G", REQUEST[:40], REQUEST], ids=["0", "1", "40", "body"])
def test_clients_that_send_slowly_hold_nobody_up(address: str, sent: bytes) -> None:
    with ExitStack() as slow:
        for _ in range(HELD_UP):
            client = slow.enter_context(connected(address))
            client.sendall(sent)
        assert [ask(address, path) for path in HEADINGS] == list(HEADINGS.values())


def test_a_request_that_comes_byte_by_byte_is_answered(address: str) -> None:
    with connected(address) as slow:
        for byte in b"GET /road HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n":
            slow.sendall(bytes([byte]))
            if byte == ord("\n"):
                assert ask(address) == "Today"
        text = b"".join(iter(lambda: slow.recv(65536), b"")).decode()
    assert heading(text) == "Road"


LARGE = 10 * b"GET /graph?scope=library-units HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
"""Asks for more than what fits between a server and a client that reads nothing."""


def test_clients_that_read_nothing_hold_nobody_up(address: str) -> None:
    with ExitStack() as slow:
        for _ in range(HELD_UP):
            slow.enter_context(connected(address)).sendall(LARGE)
        assert [ask(address, path) for path in HEADINGS] == list(HEADINGS.values())


@pytest.mark.parametrize("request_sent", [b"", b"GET /", LARGE], ids=["nothing", "half", "all"])
def test_a_client_that_stands_still_is_let_go(
    root: Path, monkeypatch: pytest.MonkeyPatch, request_sent: bytes
) -> None:
    let_go: set[tuple[str, int]] = set()
    is_gone = threading.Event()
    lost = PatientProtocol.connection_lost

    def notice(protocol: PatientProtocol, error: Exception | None) -> None:
        lost(protocol, error)
        if protocol.client is not None:
            let_go.add(protocol.client)
            is_gone.set()

    monkeypatch.setattr(PatientProtocol, "patience", 0.2)
    monkeypatch.setattr(PatientProtocol, "connection_lost", notice)
    with page_of(root) as address, connected(address) as still:
        still.sendall(request_sent)
        assert is_gone.wait(PATIENCE)
        assert let_go == {still.getsockname()}
        assert ask(address) == "Today"
