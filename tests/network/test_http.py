"""Addresses are asked within limits of time and size, and whatever they answer is either a calendar or said."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from curriculum.network.answers import HttpAnswer
from curriculum.network.http import UnreachableError, ask
from curriculum.network.limits import Limits
from tests.servers import Handle, answering, free_port


@contextmanager
def serving(handle: Handle) -> Iterator[str]:
    """Answer every GET with a function, and return the address of a calendar."""
    with answering(handle) as address:
        yield f"{address}me.ics"


def says(status: int, body: bytes = b"", **headers: str) -> Handle:
    """Return what answers with a status, headers and a body."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return handle


def test_an_answer_comes_with_its_marks() -> None:
    with serving(
        says(200, b"BEGIN", ETag='"1"', Last_Modified="Mon, 04 Jan 2027 10:00:00 GMT")
    ) as address:
        assert ask(address) == HttpAnswer(b"BEGIN", '"1"', "Mon, 04 Jan 2027 10:00:00 GMT")


def test_what_is_known_is_not_sent_again() -> None:
    seen: list[tuple[str | None, str | None]] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        says(304)(handler)

    with serving(handle) as address:
        assert ask(address, '"1"', "Mon, 04 Jan 2027 10:00:00 GMT") == HttpAnswer(None)
    assert seen == [('"1"', "Mon, 04 Jan 2027 10:00:00 GMT")]


@pytest.mark.parametrize(
    ("handle", "why"),
    [
        (says(404), "the server answers 404 Not Found"),
        (says(401, WWW_Authenticate="Basic"), "the server answers 401 Unauthorized"),
        (says(500), "the server answers 500 Internal Server Error"),
        (says(200, b"half", Content_Length="100"), "the answer breaks off"),
        (says(200, b"x" * 2_000_000), "it is larger than 1 MB"),
        (says(302, Location="/me.ics"), "the server answers 302"),
        (says(302, Location="ftp://example.org/me.ics"), "the server answers 302"),
        (says(302, Location="file:///etc/passwd"), "the server answers 302"),
    ],
    ids=["404", "401", "500", "cut", "large", "circle", "ftp", "file"],
)
def test_what_is_no_calendar_is_said(handle: Handle, why: str) -> None:
    with serving(handle) as address, pytest.raises(UnreachableError) as error:
        ask(address, limits=Limits(5, 1_000_000))
    assert str(error.value).startswith(why)
    assert address not in str(error.value)


def test_a_redirect_is_followed() -> None:
    def handle(handler: BaseHTTPRequestHandler) -> None:
        (says(200, b"BEGIN") if handler.path == "/there" else says(301, Location="/there"))(handler)

    with serving(handle) as address:
        assert ask(address).data == b"BEGIN"


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b".")
        except OSError:
            return
        time.sleep(0.1)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Never answer."""
    time.sleep(3)


@pytest.mark.parametrize("handle", [drip, hang])
def test_an_answer_has_only_so_much_time_in_all(handle: Handle) -> None:
    begin = time.monotonic()
    with (
        serving(handle) as address,
        pytest.raises(UnreachableError, match=r"within 0.5 seconds|does not answer"),
    ):
        ask(address, limits=Limits(0.5, 1_000_000))
    assert time.monotonic() - begin < 2.5


def test_an_address_where_nobody_is_says_so() -> None:
    with pytest.raises(UnreachableError, match="nobody answers there"):
        ask(f"http://127.0.0.1:{free_port()}/me.ics", limits=Limits(5, 1_000_000))


BASIC = "Basic " + base64.b64encode(b"ada:correct horse").decode()
CREDENTIALS = ("ada", "correct horse")


def wants(challenge: str, knows: str) -> Handle:
    """Return what answers only to those who prove who they are."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        if (handler.headers["Authorization"] or "").startswith(knows):
            says(200, b"BEGIN")(handler)
        else:
            says(401, WWW_Authenticate=challenge)(handler)

    return handle


@pytest.mark.parametrize(
    ("challenge", "knows"),
    [
        ('Basic realm="sums"', BASIC),
        ('Digest realm="sums", nonce="abc", qop="auth"', 'Digest username="ada"'),
    ],
)
def test_a_password_is_sent_once_it_is_asked_for(challenge: str, knows: str) -> None:
    with serving(wants(challenge, knows)) as address:
        assert ask(address, credentials=CREDENTIALS).data == b"BEGIN"
        with pytest.raises(UnreachableError, match="if it wants a password, write 'user'"):
            ask(address)
    why = pytest.raises(UnreachableError, match="are user and password right")
    with serving(wants(challenge, "never")) as address, why:
        ask(address, credentials=CREDENTIALS)


def test_a_way_of_proof_that_is_not_known_is_said() -> None:
    why = pytest.raises(UnreachableError, match="asks for the password in an unknown way")
    with serving(wants("Negotiate", "never")) as address, why:
        ask(address, credentials=CREDENTIALS)


@pytest.mark.parametrize("asks_first", [False, True])
def test_a_password_does_not_follow_a_redirect_to_another_host(asks_first: bool) -> None:
    seen: list[str | None] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        wants('Basic realm="sums"', BASIC)(handler)

    with serving(elsewhere) as other:
        target = other.replace("127.0.0.1", "localhost")

        def handle(handler: BaseHTTPRequestHandler) -> None:
            if asks_first and not handler.headers["Authorization"]:
                says(401, WWW_Authenticate='Basic realm="sums"')(handler)
            else:
                says(302, Location=target)(handler)

        why = pytest.raises(UnreachableError, match="redirect to 'localhost', to which no pass")
        with serving(handle) as address, why:
            ask(address, credentials=CREDENTIALS)
    assert seen == [None]


def test_what_cannot_be_asked_is_not_repeated() -> None:
    """Addresses of calendars hold tokens."""
    with pytest.raises(UnreachableError, match=r"^it is not an address that can be asked$"):
        ask("https://example.org/private\x015f3a")
