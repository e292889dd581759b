"""Serve the published calendars over HTTP for subscription, read-only; how they are made is not known here."""

from __future__ import annotations

import hashlib
import ipaddress
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET6
from typing import ClassVar
from urllib.parse import urlsplit

from curriculum.model.ledger import CALENDARS
from curriculum.model.problems import CurriculumError

PATIENCE = 30
"""Seconds that a client may take to ask."""


class PortError(CurriculumError):
    """An address that cannot be listened on."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        """Build the sentence from the address and what the system said."""
        super().__init__(
            f"cannot listen on '{host}' port {port}: {(error.strerror or str(error)).lower()}"
        )


class Feeds:
    """A server of the calendars in a folder; it ends with its context.

    Attributes:
        addresses: The addresses of the feeds.
    """

    def __init__(self, folder: Path, host: str, port: int) -> None:
        """Listen on an address; port 0 takes a free one.

        Raises:
            PortError: The system does not allow it.
        """
        handler = type("Handler", (_Handler,), {"folder": folder})
        server = (
            type("Server", (_Server,), {"address_family": AF_INET6}) if ":" in host else _Server
        )
        try:
            self._server = server((host, port), handler)
        except OSError as error:
            raise PortError(host, port, error) from error
        named = f"[{host}]" if ":" in host else host
        self.addresses = tuple(
            f"http://{named}:{self._server.server_address[1]}/{name}" for name in CALENDARS
        )

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


class _Handler(BaseHTTPRequestHandler):
    """Gives out a calendar by its exact name, and nothing else."""

    folder: ClassVar[Path]
    timeout = PATIENCE
    server_version = "curriculum"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a calendar."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with what is to be said of a calendar."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        name = self.path.partition("?")[0].removeprefix("/")
        if self._is_misled():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        try:
            if name not in CALENDARS:
                raise FileNotFoundError(name)
            with (self.folder / name).open("rb") as file:
                data, changed = file.read(), (self.folder / name).stat().st_mtime
        except OSError:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        is_known = self._knows(etag, int(changed))
        self.send_response(HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", formatdate(int(changed), usegmt=True))
        self.send_header("Cache-Control", "no-cache")
        if not is_known:
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Disposition", f'inline; filename="{name}"')
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body and not is_known:
            self.wfile.write(data)

    def _is_misled(self) -> bool:
        """Whether a page elsewhere asks under a name of its own that it made mean this machine (DNS rebinding)."""
        host = urlsplit(f"//{self.headers.get('Host') or 'localhost'}").hostname or ""
        return is_loopback(str(self.client_address[0])) and not is_loopback(host)

    def _knows(self, etag: str, changed: int) -> bool:
        """Whether the client has this version already; a mark counts before a date (RFC 9110 §13.2.2)."""
        marks = self.headers.get("If-None-Match")
        if marks is not None:
            return marks.strip() == "*" or etag in {
                mark.strip().removeprefix("W/") for mark in marks.split(",")
            }
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and changed <= parsedate_to_datetime(since).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse without repeating what was asked."""
        self.close_connection = True
        self.send_response(
            HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else code
        )
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
