"""Real calendar servers on this machine, and a proxy in front of one that does as badly as networks do."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PATIENCE = 30.0
_POLL = 0.02
"""Seconds until a server sees that it is to stop."""
_OF_THE_WAY = ("Connection", "Content-Length")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def _running(
    command: list[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server until it is not needed any more, and return its address."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    last = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert process.poll() is None, f"{command[2]} ended with {process.returncode}"
                assert time.monotonic() < last, f"{command[2]} did not start"
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.wait()


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run Radicale, which takes any user and password, and return its address."""
    port = free_port()
    options = [
        "--server-hosts",
        f"127.0.0.1:{port}",
        "--auth-type",
        "none",
        "--auth-delay",
        "0",
        "--logging-level",
        "critical",
    ]
    storage = ["--storage-filesystem-folder", str(folder)]
    with _running(
        [sys.executable, "-m", "radicale", "--config", "", *options, *storage], port
    ) as address:
        yield address


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """Run Xandikos, and return its address."""
    port = free_port()
    options = [
        "-d",
        str(folder),
        "-p",
        str(port),
        "-l",
        "127.0.0.1",
        "--defaults",
        "--current-user-principal",
        "/ada/",
    ]
    with _running([sys.executable, "-m", "xandikos", "serve", *options], port) as address:
        yield address


SABRE = Path("/usr/share/php/Sabre/autoload.php")
"""Where Debian's php-sabre-dav is; its version 1.8.12 serves CalDAV under PHP 8."""


def sabre_is_missing() -> str:
    """Return why sabre/dav cannot run here; empty if it can."""
    if shutil.which("php") is None or not SABRE.exists():
        return "sabre/dav needs the Debian packages php-cli, php-sqlite3 and php-sabre-dav"
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout
    return "" if "pdo_sqlite" in modules else "sabre/dav needs the Debian package php-sqlite3"


@contextmanager
def sabre(folder: Path) -> Iterator[str]:
    """Run sabre/dav, which takes any user and password, and return its address."""
    port = free_port()
    script = Path(__file__).with_name("sabre.php")
    environment = {**os.environ, "SABRE_DATA": str(folder / "data.sqlite")}
    command = ["php", "-S", f"127.0.0.1:{port}", str(script)]
    with _running(command, port, environment) as address:
        yield address


Answer = tuple[int, dict[str, str], bytes]
Fault = Callable[[BaseHTTPRequestHandler, Callable[[], Answer]], bool]
"""What goes wrong with a request; whether that was all there is to be answered. It may let the server do its work."""


class Quiet(ThreadingHTTPServer):
    """A server that does not tell of clients that have gone."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of all other faults."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass
class Proxy:
    """A proxy in front of a server.

    Attributes:
        address: Where it listens.
        faults: What goes wrong, by the number of the request that changes something (PUT, DELETE, MKCALENDAR), from 0.
        asked: The requests that came, as `PUT a.ics`.
        always: What goes wrong with every request.
        rewrite: What the server makes of every event that is sent; it gives no mark for it then.
    """

    address: str = ""
    faults: dict[int, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    always: Fault | None = None
    rewrite: Callable[[bytes], bytes] | None = None

    @property
    def changes(self) -> list[str]:
        """The requests that changed something."""
        return [one for one in self.asked if one.split()[0] in ("PUT", "DELETE", "MKCALENDAR")]


@contextmanager
def proxy_to(target: str) -> Iterator[Proxy]:
    """Run a proxy in front of a server."""
    proxy = Proxy()
    host, _, port = target.removeprefix("http://").rstrip("/").partition(":")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            number = len(proxy.changes)
            proxy.asked.append(f"{self.command} {self.path.rpartition('/')[2]}")
            is_change = len(proxy.changes) > number

            rewrites = proxy.rewrite if self.command == "PUT" else None
            body = body if rewrites is None else rewrites(body)

            def ask() -> Answer:
                connection = http.client.HTTPConnection(host, int(port))
                headers = {
                    name: value for name, value in self.headers.items() if name not in _OF_THE_WAY
                }
                connection.request(self.command, self.path, body, headers)
                response = connection.getresponse()
                given = {
                    name: value
                    for name, value in response.getheaders()
                    if not (rewrites and name == "ETag")
                }
                found = response.status, given, response.read()
                connection.close()
                return found

            fault = proxy.faults.get(number) if is_change else None
            if (fault or proxy.always) is None or not (fault or proxy.always)(self, ask):  # type: ignore[misc]
                answer(self, *ask())

        do_GET = do_PUT = do_DELETE = do_OPTIONS = handle_any  # noqa: N815
        do_PROPFIND = do_REPORT = do_MKCALENDAR = handle_any  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = Quiet(("127.0.0.1", 0), Handler)
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


Handle = Callable[[BaseHTTPRequestHandler], None]
"""Answers a request whose body was read already."""


@contextmanager
def answering(handle: Handle) -> Iterator[str]:
    """Answer every request with a function, and return the address of the server."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            handle(self)

        do_GET = do_PUT = do_DELETE = handle_any  # noqa: N815
        do_PROPFIND = do_REPORT = do_MKCALENDAR = handle_any  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def answer(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes
) -> None:
    """Give an answer to a request."""
    handler.send_response(status)
    for name, value in headers.items():
        if name.lower() not in (
            "transfer-encoding",
            "content-length",
            "connection",
            "date",
            "server",
        ):
            handler.send_header(name, value)
    if status != 204:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(status: int) -> Fault:
    """Return a server that answers with a status and does nothing."""

    def fault(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
        answer(handler, status, {"WWW-Authenticate": "Basic"} if status == 401 else {}, b"no")
        return True

    return fault


def boasts(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
    """Say that an enormous answer follows."""
    handler.send_response(207)
    handler.send_header("Content-Type", "application/xml")
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    handler.wfile.write(b"<")
    return True


def _pour(handler: BaseHTTPRequestHandler, encoding: str, data: bytes) -> bool:
    """Answer with some bytes over and over, without saying how often."""
    handler.send_response(207)
    handler.send_header("Content-Type", "application/xml")
    handler.send_header("Transfer-Encoding", "chunked")
    if encoding:
        handler.send_header("Content-Encoding", encoding)
    handler.end_headers()
    handler.close_connection = True
    with suppress(OSError):
        for _ in range(10_000):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    return True


def pours(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
    """Answer with more and more."""
    return _pour(handler, "", b"<" * 100_000)


def pours_packed(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
    """Answer with a few packed bytes that become very many."""
    return _pour(handler, "gzip", gzip.compress(b"<" * 10_000_000))


def cut_before(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
    """Break the connection off before the server has done anything."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)
    return True


def cut_after(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
    """Let the server do its work, and break the connection off in the middle of its answer."""
    ask()
    handler.wfile.write(b"HTTP/1.1 201 Crea")
    return cut_before(handler, ask)


def slow(seconds: float) -> Fault:
    """Return a server that takes its time."""

    def fault(handler: BaseHTTPRequestHandler, ask: Callable[[], Answer]) -> bool:
        time.sleep(seconds)
        return False

    return fault
