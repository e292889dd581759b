"""A CalDAV server is asked with the credentials it wants, where it is, and within limits; its XML can do no harm."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from curriculum.network.caldav import Server
from curriculum.network.credentials import NegotiatedAuth
from curriculum.network.dav_client import is_same_domain, is_same_server, redirected
from curriculum.network.errors import RefusedError, ServerError
from curriculum.network.limits import Limits
from tests.servers import Handle, answer, answering

HOME = """<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>/</d:href><d:propstat>
<d:prop><c:calendar-home-set><d:href>/ada/</d:href></c:calendar-home-set></d:prop>
<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"""
EMPTY = '<d:multistatus xmlns:d="DAV:"/>'
XML = {"Content-Type": "application/xml"}
PASSWORD = "correct horse"
BASIC = "Basic " + b64encode(f"ada:{PASSWORD}".encode()).decode()


def gives(body: str | bytes, **headers: str) -> Handle:
    """Return what answers with XML."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: answer(handler, 207, {**XML, **named}, data)


@contextmanager
def account(address: str, patience: float = 30) -> Iterator[Server]:
    """Open an account on a server, and close it."""
    server = Server(address, "ada", PASSWORD, Limits(patience, 1_000_000))
    try:
        yield server
    finally:
        server.close()


def home(handle: Handle, patience: float = 30) -> str:
    """Return the path of the calendars on a server that answers like this."""
    with answering(handle) as address, account(address, patience) as server:
        return server.home().removeprefix(address.rstrip("/"))


def wants(*challenges: str, knows: str, body: str = HOME) -> Handle:
    """Return a server that challenges who does not come with a certain beginning of credentials."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        if (handler.headers["Authorization"] or "").startswith(knows):
            gives(body)(handler)
            return
        handler.send_response(401)
        for challenge in challenges:
            handler.send_header("WWW-Authenticate", challenge)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return handle


def digest_of(*parts: str, algorithm: str = "md5") -> str:
    """Return the hexadecimal digest of parts with colons between them."""
    return hashlib.new(algorithm, ":".join(parts).encode()).hexdigest()


@pytest.mark.parametrize(("name", "algorithm"), [("MD5", "md5"), ("SHA-256", "sha256")])
def test_a_server_that_wants_digest_is_given_it_and_never_the_password(
    name: str, algorithm: str
) -> None:
    """RFC 7616 §3.4.1, checked as a server does."""
    seen: list[str] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"] or "")
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', seen[-1]))
        secret = digest_of("ada", "sums", PASSWORD, algorithm=algorithm)
        asked = digest_of(handler.command, handler.path, algorithm=algorithm)
        proof = [secret, "abc", said.get("nc", ""), said.get("cnonce", ""), "auth", asked]
        if said.get("response") == digest_of(*proof, algorithm=algorithm):
            gives(HOME)(handler)
        else:
            challenge = f'Digest realm="sums", nonce="abc", qop="auth", algorithm={name}'
            answer(handler, 401, {"WWW-Authenticate": challenge}, b"")

    assert home(handle) == "/ada/"
    assert seen[0] == ""
    assert seen[-1].startswith("Digest ")
    assert not any(BASIC in one or PASSWORD in one for one in seen)


@pytest.mark.parametrize(
    ("challenges", "knows"),
    [
        (['Basic realm="sums"'], BASIC),
        (['Bearer realm="x"', 'basic realm="sums", charset="UTF-8"'], BASIC),
        (['Bearer realm="x", Basic realm="sums"'], BASIC),
        (['Basic realm="sums"', 'Digest realm="sums", nonce="abc"'], "Digest "),
        (['Digest realm="sums", nonce="abc"', 'Basic realm="sums"'], "Digest "),
    ],
)
def test_of_the_ways_a_server_offers_the_strongest_is_taken(
    challenges: list[str], knows: str
) -> None:
    assert home(wants(*challenges, knows=knows)) == "/ada/"


@pytest.mark.parametrize("challenges", [[], ["Negotiate"], ['Bearer realm="x"']])
def test_who_is_not_asked_for_a_password_does_not_send_it(challenges: list[str]) -> None:
    seen: list[str | None] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        wants(*challenges, knows="never")(handler)

    with pytest.raises(RefusedError):
        home(handle)
    assert set(seen) == {None}


@pytest.mark.parametrize("challenge", ["Basic", 'Digest realm="sums", nonce="abc", qop="auth"'])
def test_a_wrong_password_is_refused_after_a_few_requests(challenge: str) -> None:
    seen: list[str] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.command)
        wants(challenge, knows="never")(handler)

    with pytest.raises(RefusedError, match=r"refuses 'ada'; are user and password right\?"):
        home(handle)
    assert len(seen) <= 4


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_same_host_is_followed_with_the_method_and_the_password(
    status: int,
) -> None:
    def handle(handler: BaseHTTPRequestHandler) -> None:
        assert handler.command == "PROPFIND"
        if handler.path == "/":
            answer(handler, status, {"Location": "/dav/"}, b"")
        else:
            wants("Basic", knows=BASIC)(handler)

    assert home(handle) == "/ada/"


@pytest.mark.parametrize("status", [301, 307, 308])
def test_the_password_does_not_follow_a_redirect_to_another_host(status: int) -> None:
    """Names of one machine are different hosts."""
    seen: list[tuple[str, str | None]] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.path, handler.headers["Authorization"]))
        wants("Basic", knows=BASIC)(handler)

    with answering(elsewhere) as other:
        target = other.replace("127.0.0.1", "localhost") + "dav/"

        def handle(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers["Authorization"]:
                answer(handler, status, {"Location": target}, b"")
            else:
                wants("Basic", knows=BASIC)(handler)

        with pytest.raises(RefusedError, match="'localhost' refuses 'ada': it is another host"):
            home(handle)
    assert seen == [("/dav/", None)]


def test_a_home_on_another_host_is_not_sent_the_password() -> None:
    seen: list[str | None] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        wants("Basic", knows=BASIC)(handler)

    with answering(elsewhere) as other:
        named = other.replace("127.0.0.1", "localhost") + "ada/"
        here = wants("Basic", knows=BASIC, body=HOME.replace("/ada/", named))
        with answering(here) as address, account(address) as server:
            assert server.home() == named
            with pytest.raises(RefusedError, match="'localhost' refuses 'ada'"):
                server.resources(named)
    assert seen == [None]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://caldav.icloud.com", "https://p42-caldav.icloud.com", True),
        ("https://caldav.icloud.com", "https://icloud.com", False),
        ("https://caldav.icloud.com", "http://p42-caldav.icloud.com", False),
        ("https://caldav.icloud.com", "https://p42-caldav.icloud.com:8443", False),
        ("https://caldav.icloud.com", "https://evilicloud.com", False),
        ("https://example.org", "https://other.org", False),
        ("https://127.0.0.1", "https://10.0.0.1", False),
    ],
)
def test_a_server_may_name_another_one_of_its_domain(one: str, other: str, is_same: bool) -> None:
    """Accounts and calendars of iCloud are on different hosts."""
    assert is_same_domain(httpx.URL(one), httpx.URL(other)) == is_same


def test_redirects_that_go_in_a_circle_come_to_an_end() -> None:
    with pytest.raises(ServerError, match="redirects more than 5 times"):
        home(lambda handler: answer(handler, 301, {"Location": "/"}, b""))


@pytest.mark.parametrize("start", ["", ".well-known/caldav"])
@pytest.mark.parametrize("root", [gives(EMPTY), lambda handler: answer(handler, 404, {}, b"")])
def test_a_host_that_holds_no_calendars_says_where_they_are(root: Handle, start: str) -> None:
    """RFC 6764 §5."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/.well-known/caldav":
            answer(handler, 301, {"Location": "/dav/"}, b"")
        else:
            (gives(HOME) if handler.path == "/dav/" else root)(handler)

    with answering(handle) as address, account(f"{address}{start}") as server:
        assert server.home() == f"{address}ada/"


def test_a_host_that_says_nothing_of_calendars_is_reported_as_it_answered() -> None:
    with pytest.raises(ServerError, match="it answers 405 Method Not Allowed"):
        home(lambda handler: answer(handler, 405, {}, b""))
    assert home(gives(EMPTY)) == "/"


@pytest.mark.parametrize(
    ("source", "location", "why"),
    [
        ("https://example.org/", "http://example.org/", "to an unencrypted address"),
        ("https://example.org/", "file:///etc/passwd", "not on the web"),
        ("http://127.0.0.1/", "ftp://127.0.0.1/", "not on the web"),
    ],
)
def test_a_redirect_out_of_the_encrypted_web_is_not_followed(
    source: str, location: str, why: str
) -> None:
    with pytest.raises(ServerError, match=why):
        redirected(httpx.URL(source), location)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/a", "https://example.org/b", True),
        ("https://example.org/", "https://example.org:443/", True),
        ("https://EXAMPLE.org/", "https://example.org/", True),
        ("http://localhost/", "https://localhost/", True),
        ("https://example.org/", "https://example.org:8443/", False),
        ("http://localhost:8080/", "https://localhost/", False),
        ("https://example.org/", "https://dav.example.org/", False),
        ("https://example.org/", "https://example.org.evil.example/", False),
        ("https://example.org/", "https://example.org@evil.example/", False),
    ],
)
def test_which_addresses_may_share_a_password(one: str, other: str, same: bool) -> None:
    assert is_same_server(httpx.URL(one), httpx.URL(other)) is same


@pytest.mark.parametrize(("scheme", "sends"), [("https", True), ("http", False)])
def test_a_challenge_that_names_no_way_is_answered_only_when_encrypted(
    scheme: str, sends: bool
) -> None:
    request = httpx.Request("PROPFIND", f"{scheme}://example.org/")
    flow = NegotiatedAuth("ada", PASSWORD).auth_flow(request)
    assert "Authorization" not in next(flow).headers
    try:
        again = flow.send(httpx.Response(401, request=request))
    except StopIteration:
        again = None
    assert (again is not None and again.headers["Authorization"] == BASIC) is sends


@pytest.mark.parametrize(
    "body",
    ["", "not XML", "<d:multistatus", b"\xff\xfe\x00", "<html><body>Welcome</html>"],
)
def test_what_is_not_xml_is_reported(body: str | bytes) -> None:
    with pytest.raises(ServerError, match="an answer that cannot be read"):
        home(gives(body))


def test_a_packed_answer_is_unpacked() -> None:
    assert home(gives(gzip.compress(HOME.encode()), Content_Encoding="gzip")) == "/ada/"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("definitions", "entity"),
    [
        ('<!ENTITY l "ada">', "l"),
        ('<!ENTITY e SYSTEM "file:///etc/hostname">', "e"),
        ('<!ENTITY % p SYSTEM "file:///etc/hostname">%p;', "lt"),
        (f'<!ENTITY l0 "ha">{LAUGHS}', "l11"),
        (f'<!ENTITY l "{"ha" * 100_000}">', "l;&l;" * 1_000 + "&l"),
    ],
    ids=["plain", "file", "parameter", "many laughs", "long laughs"],
)
def test_a_server_that_defines_entities_is_refused_at_once(definitions: str, entity: str) -> None:
    bad = HOME.replace("?>", f"?><!DOCTYPE d [{definitions}]>").replace("/ada/", f"/&{entity};/")
    begin = time.monotonic()
    with pytest.raises(ServerError, match="an answer that cannot be read"):
        home(gives(bad))
    assert time.monotonic() - begin < 20


def test_xml_that_is_very_deep_is_refused() -> None:
    with pytest.raises(ServerError, match="an answer that cannot be read"):
        home(gives("<a>" * 100_000 + "</a>" * 100_000))


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    """Two layers of gzip can hide a million bytes in a few."""
    packed = gzip.compress(gzip.compress(b"<" * 500_000))
    with pytest.raises(ServerError, match="an answer that cannot be read"):
        home(gives(packed, Content_Encoding=encoding))


def test_a_few_packed_bytes_that_become_many_are_refused_before_they_are_held() -> None:
    packed = gzip.compress(b"<" * 50_000_000)
    assert len(packed) < 100_000
    with pytest.raises(ServerError, match="an answer of more than 1 MB"):
        home(gives(packed, Content_Encoding="gzip"))


@pytest.mark.parametrize("status", [401, 301])
def test_what_comes_with_a_challenge_or_a_redirect_is_bounded_too(status: int) -> None:
    more = {"WWW-Authenticate": "Basic", "Location": "/dav/"}
    with pytest.raises(ServerError, match="an answer of more than 1 MB"):
        home(lambda handler: answer(handler, status, more, b"x" * 1_100_000))


def test_an_answer_that_comes_byte_by_byte_has_only_so_much_time() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(207)
        handler.end_headers()
        for _ in range(300):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return
            time.sleep(0.1)

    begin = time.monotonic()
    with pytest.raises(ServerError, match="did not answer within 1 seconds"):
        home(drip, patience=1)
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize(("status", "more"), [(429, {}), (503, {"Retry-After": "60"})])
def test_a_server_that_is_busy_is_not_asked_again(status: int, more: dict[str, str]) -> None:
    seen: list[str] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.command)
        answer(handler, status, more, b"")

    with pytest.raises(ServerError, match="too much to do; try again later"):
        home(handle)
    assert len(seen) == 1


EVENT = (
    "<d:response><d:href>/ada/{}.ics</d:href><d:propstat><d:prop><d:getetag>1</d:getetag>"
    "<c:calendar-data>{}</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
    "</d:propstat></d:response>"
)
GONE = "<d:response><d:href>/ada/c.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
CUT = "<d:response><d:href>/ada/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>"
BARE = (
    "<d:response><d:href>/ada/d.ics</d:href><d:propstat><d:prop><c:calendar-data/></d:prop>"
    "<d:status>HTTP/1.1 403 Forbidden</d:status></d:propstat></d:response>"
)


def events_between(*responses: str) -> tuple[bytes, ...]:
    """Return the events that a server gives with some responses."""
    body = f'<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{"".join(responses)}</d:multistatus>'
    with answering(gives(body)) as address, account(address) as server:
        return server.between(f"{address}ada/", date(2027, 1, 1), date(2027, 2, 1))


def test_a_part_of_the_events_is_not_taken_for_all_of_them() -> None:
    """Time would seem free that is not, and the part would take the place of the last good copy."""
    both = EVENT.format("b", "two"), EVENT.format("a", "one")
    assert events_between(*both, GONE) == (b"one", b"two")
    assert events_between() == ()
    for fault in (CUT, BARE):
        with pytest.raises(ServerError, match="gives only some of the events"):
            events_between(*both, fault)
