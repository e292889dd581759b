"""Send requests to a WebDAV server within limits, with credentials, after redirects."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import NoReturn

import httpx

from curriculum.model.late_dataclasses import dataclass
from curriculum.network.credentials import NegotiatedAuth
from curriculum.network.errors import OverloadedError, RefusedError, ServerError
from curriculum.network.limits import Limits, TookTooLongError, TooLargeError, at_most, call_within

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 307, 308})
_UNAUTHORIZED, _FORBIDDEN = 401, 403
_OVERLOADED, _UNAVAILABLE = 429, 503
_CHUNK = 1 << 16
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_PACKED = frozenset({"gzip", "deflate"})
_NO_AUTH = httpx.Auth()
"""Keeps httpx from taking a user out of the address by itself."""


@dataclass(frozen=True, slots=True)
class DavAnswer:
    """The answer to a request.

    Attributes:
        status: Its HTTP status.
        reason: What the server calls that status.
        headers: Its headers, by their names in any case.
        body: Its bytes, unpacked.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


class DavClient:
    """Connections to a server, kept open between requests."""

    def __init__(self, url: str, user: str | None, password: str | None, limits: Limits) -> None:
        """Prepare to talk to a server; nothing is sent yet.

        Args:
            url: An address of the server; no other server is sent the password.
            user: Who the person is there; None asks without a user.
            password: The person's password.
            limits: What one request may take.
        """
        self._servers = [httpx.URL(url)]
        self._user = user
        self._limits = limits
        self._auth = NegotiatedAuth(user, password)
        self._idle_auths = [self._auth]
        # Only encodings that _unpacked() can bound are asked for; httpx would offer more.
        self._client = httpx.Client(
            headers={"User-Agent": "curriculum", "Accept-Encoding": "gzip, deflate"},
            timeout=limits.seconds,
            verify=_trusted_authorities(),
        )

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def trust(self, url: str) -> None:
        """Trust another server of the same domain with the password, as the server asks for.

        The calendars of iCloud are on other hosts than its accounts, all below `icloud.com`.
        """
        named = httpx.URL(url)
        if is_same_domain(self._servers[0], named):
            self._servers.append(named)

    def request(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> DavAnswer:
        """Return the answer to a request, which is sent once.

        Raises:
            RefusedError: The server does not accept the user.
            ServerError: There is no answer, none in time, or none that can be used.
        """

        def work() -> tuple[DavAnswer, str | None]:
            return self._follow(method, url, body, headers)

        # The causes are dropped: what libraries say of a request may hold its headers.
        seconds = self._limits.seconds
        try:
            answer, other_host = call_within(seconds, work)
        except (TookTooLongError, httpx.TimeoutException):
            _fail(f"the server did not answer within {seconds:g} seconds")
        except TooLargeError:
            most = self._limits.most_bytes // 1_000_000
            _fail(f"the server gives an answer of more than {most} MB")
        except (httpx.DecodingError, httpx.InvalidURL, zlib.error):
            _fail("the server gives an answer that cannot be read")
        except (KeyError, ValueError, NotImplementedError):
            # What httpx raises for Digest challenges that it does not understand.
            _fail("the server gives an answer that cannot be read")
        except (httpx.HTTPError, OSError):
            _fail("the connection to the server broke off, or there was none")
        # Elsewhere no password was sent, so that nothing tells whether it would do.
        is_refused = answer.status == _UNAUTHORIZED
        if is_refused or (answer.status == _FORBIDDEN and other_host is not None):
            raise RefusedError(self._user, other_host)
        if _is_overloaded(answer):
            raise OverloadedError
        return answer

    def _follow(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[DavAnswer, str | None]:
        """Return the answer after all redirects, and the other host that they led to, if they did.

        The method stays what it is: only a POST may become a GET (RFC 9110 §15.4.3), and httpx
        would turn every method into one. Off the servers that are trusted, no password is sent.
        """
        deadline = time.monotonic() + self._limits.seconds
        target = httpx.URL(url)
        other_host = None
        for _ in range(_MOST_REDIRECTS + 1):
            # Not unset by a redirect back: the other host chose where that leads.
            if other_host is None and not self._is_trusted(target):
                other_host = target.host
            request = self._client.build_request(method, target, content=body, headers=headers)
            answer = self._authenticate(request, deadline, may_prove=other_host is None)
            location = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or location is None:
                return answer, other_host
            target = redirected(target, location)
        raise ServerError(f"the server redirects more than {_MOST_REDIRECTS} times")

    def _is_trusted(self, target: httpx.URL) -> bool:
        return any(is_same_server(server, target) for server in self._servers)

    def _authenticate(
        self, request: httpx.Request, deadline: float, *, may_prove: bool
    ) -> DavAnswer:
        """Return the answer to a request, sent again with credentials if the server wants them.

        httpx would do that by itself, but reads the answer of the challenge without any limit.
        """
        if not may_prove:
            return self._exchange(request, deadline, _NO_AUTH)
        try:
            auth = self._idle_auths.pop()
        except IndexError:
            auth = self._auth.another()
        try:
            return self._exchange(request, deadline, auth)
        finally:
            self._idle_auths.append(auth)

    def _exchange(self, request: httpx.Request, deadline: float, auth: httpx.Auth) -> DavAnswer:
        """Return the last answer in the course that a way to prove who asks takes."""
        flow = auth.auth_flow(request)
        sent = next(flow)
        while True:
            response = self._client.send(sent, auth=_NO_AUTH, stream=True)
            with closing(response):
                body = self._body(response, deadline)
            try:
                sent = flow.send(response)
            except StopIteration:
                return DavAnswer(
                    response.status_code, response.reason_phrase, response.headers, body
                )

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        """Read an answer, and refuse it as soon as it is too large, or says so."""
        # The promise is checked first: nothing of an answer that boasts has to be read.
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and int(promised) > self._limits.most_bytes:
            raise TooLargeError
        chunks = _until(deadline, response.iter_raw(_CHUNK))
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in _PACKED:
            chunks = _unpacked(chunks)
        elif encoding != "identity":
            raise httpx.DecodingError("an encoding that was not asked for")
        return at_most(self._limits.most_bytes, chunks)


def _trusted_authorities() -> ssl.SSLContext:
    """Trust the authorities of httpx, and those of the system, where a private one is added."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def redirected(source: httpx.URL, location: str) -> httpx.URL:
    """Return the address that a redirect leads to.

    Raises:
        ServerError: It leads off the web, or out of encryption.
    """
    target = source.join(location)
    if target.scheme not in ("http", "https"):
        raise ServerError("the server redirects to an address that is not on the web")
    if source.scheme == "https" and target.scheme != "https":
        raise ServerError("the server redirects to an unencrypted address")
    return target


def is_same_server(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether what may be sent to one address may be sent to the other: the origins are the same.

    Besides, a server may lead from its plain port to its encrypted one.
    """
    if one.host != other.host:
        return False
    if (one.scheme, one.port) == (other.scheme, other.port):
        return True
    # httpx gives no port where it is the usual one of the scheme.
    return (one.scheme, other.scheme) == ("http", "https") and one.port is other.port is None


def is_same_domain(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two encrypted servers are below one domain: `caldav.x.org` and `p7-caldav.x.org`."""
    domain = one.host.partition(".")[2]
    if "." not in domain or domain.rpartition(".")[2].isdigit():
        return False
    is_encrypted = one.scheme == other.scheme == "https" and one.port == other.port
    return is_encrypted and other.host.endswith(f".{domain}")


def _is_overloaded(answer: DavAnswer) -> bool:
    if answer.status == _OVERLOADED:
        return True
    return answer.status == _UNAVAILABLE and "Retry-After" in answer.headers


def _until(deadline: float, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield chunks until a time has come: each of them may be quick, and all of them endless."""
    for chunk in chunks:
        if time.monotonic() > deadline:
            raise TookTooLongError
        yield chunk


def _unpacked(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the unpacked bytes of a gzip or zlib stream in pieces of a bounded size.

    A few packed bytes can become very many, so the decoders of httpx, which unpack all they are
    given at once, would hold them before they could be counted.
    """
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    for chunk in packed:
        rest = chunk
        while rest:
            if inflater.eof:  # gzip streams may follow one another (RFC 1952 §2.2)
                inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail or inflater.unused_data
    yield inflater.flush(_CHUNK)


def _fail(sentence: str) -> NoReturn:
    raise ServerError(sentence) from None
