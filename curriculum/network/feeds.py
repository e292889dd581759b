"""Serve the published calendars over HTTP for subscription, read-only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET6
from typing import ClassVar

from curriculum.model.busy import is_loopback
from curriculum.model.ledger import CALENDARS
from curriculum.model.problems import CurriculumError
from curriculum.network.host_names import host_name, host_of, is_own, own_names

_NOT_OUR_NAME = (
    b"This server does not answer to the name that you asked for. If it is a name of this machine, "
    b"or of a proxy in front of it, start it with 'curriculum serve --public-name NAME'.\n"
)

_CLIENT_PATIENCE = 30
"""Seconds that a client may take to send its request."""


class PortError(CurriculumError):
    """An address cannot be listened on."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        """Build the sentence from the address and what the system said."""
        reason = (error.strerror or str(error)).lower()
        super().__init__(f"cannot listen on '{host}' port {port}: {reason}")


class Feeds:
    """A server of the calendars in a folder; it ends with its context.

    Attributes:
        addresses: The addresses of the feeds.
        is_private: Whether only this machine can reach them.
    """

    def __init__(
        self,
        folder: Path,
        host: str,
        port: int,
        public_names: Iterable[str] = (),
        calendars: Sequence[str] = CALENDARS,
    ) -> None:
        """Listen on an address; port 0 takes a free one.

        Args:
            folder: Where the calendars are.
            host: The address to listen on.
            port: The port.
            public_names: Names besides those of this machine by which it may be asked.
            calendars: The names of the calendars.

        Raises:
            PortError: The system does not allow it.
            BadNameError: A public name is not one.
        """
        names = own_names([host.lower(), *map(host_name, public_names)])
        handler = type(
            "Handler", (_Handler,), {"folder": folder, "names": names, "calendars": calendars}
        )
        is_ipv6 = ":" in host
        server = _Ipv6Server if is_ipv6 else _Server
        try:
            self._server = server((host, port), handler)
        except OSError as error:
            raise PortError(host, port, error) from error
        origin = f"[{host}]" if is_ipv6 else host
        root = f"http://{origin}:{self._server.server_address[1]}"
        self.addresses = tuple(f"{root}/{name}" for name in calendars)
        self.is_private = is_loopback(host)

    def __enter__(self) -> Feeds:
        """Return the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.server_close()

    def serve_forever(self) -> None:
        """Answer until `stop` is called from another thread."""
        self._server.serve_forever()

    def stop(self) -> None:
        """End `serve_forever`."""
        self._server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Ipv6Server(_Server):
    address_family = AF_INET6


@dataclass(frozen=True, slots=True)
class _Feed:
    """A calendar as it is served.

    Attributes:
        name: Its name.
        data: Its bytes.
        changed: When its file last changed, in seconds since the epoch.
    """

    name: str
    data: bytes
    changed: int

    @property
    def etag(self) -> str:
        """The mark of its version."""
        return f'"{hashlib.sha256(self.data).hexdigest()[:32]}"'


class _Handler(BaseHTTPRequestHandler):
    """Gives out a calendar by its exact name, and nothing else."""

    folder: ClassVar[Path]
    names: ClassVar[frozenset[str]]
    calendars: ClassVar[Sequence[str]]
    timeout = _CLIENT_PATIENCE
    server_version = "curriculum"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a calendar."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of a calendar."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = self._host()
        if host is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        if not is_own(host, self.names):
            self._refuse(HTTPStatus.FORBIDDEN, _NOT_OUR_NAME)
            return
        feed = self._feed(self.path.partition("?")[0].removeprefix("/"))
        if feed is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        is_known = self._knows(feed)
        self.send_response(HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK)
        self.send_header("ETag", feed.etag)
        self.send_header("Last-Modified", formatdate(feed.changed, usegmt=True))
        # Not "no-store": clients may keep a copy, but have to ask whether it is still right.
        self.send_header("Cache-Control", "no-cache")
        if is_known:
            self.end_headers()
            return
        self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.send_header("Content-Disposition", f'inline; filename="{feed.name}"')
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(feed.data)))
        self.end_headers()
        if with_body:
            self.wfile.write(feed.data)

    def _feed(self, name: str) -> _Feed | None:
        """Return a calendar; None for any other name, and for one that is not published."""
        # The name is compared, never joined to a path before: nothing else can be reached.
        if name not in self.calendars:
            return None
        try:
            with (self.folder / name).open("rb") as file:
                data = file.read()
                changed = (self.folder / name).stat().st_mtime
        except OSError:
            return None
        return _Feed(name, data, int(changed))

    def _host(self) -> str | None:
        """Return the host that is asked; None when it is not said as it must be (RFC 9112 §3.2)."""
        named: list[str] = self.headers.get_all("Host") or []
        # HTTP/1.0 clients send no Host; a browser always does.
        if not named and self.request_version == "HTTP/1.0":
            return "localhost"
        if len(named) != 1:
            return None
        return host_of(named[0])

    def _knows(self, feed: _Feed) -> bool:
        """Whether the client has this version; a mark counts before a date (RFC 9110 §13.2.2)."""
        marks = self.headers.get("If-None-Match")
        if marks is not None:
            known = {mark.strip().removeprefix("W/") for mark in marks.split(",")}
            return marks.strip() == "*" or feed.etag in known
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return feed.changed <= parsedate_to_datetime(since).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def _refuse(self, status: HTTPStatus, why: bytes = b"") -> None:
        self.send_response(status)
        if why:
            self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(why)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(why)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse without repeating the request, which the inherited page of an error would show."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        self.close_connection = True
        self.send_response(code)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Write no log."""
