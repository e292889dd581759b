"""The server: a socket and the application."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from uvicorn import Config, Server

from curriculum.model.busy import is_loopback
from curriculum.network.host_names import host_name, own_names
from curriculum.network.listening import listening_socket
from curriculum.web.app import page_app, warm_up
from curriculum.web.patience import PatientProtocol
from curriculum.web.site import Site

_ALLOCATED = 50_000
"""Values that are made before garbage is looked for: about as many as a page takes."""

_MOST_CLIENTS = 1000
"""Connections at once; whoever comes beyond is told to come later."""


class PageServer:
    """A server of the page and the feeds of a workspace; it ends with its context.

    Attributes:
        site: What it knows.
        page: The address of the page.
        addresses: The addresses of the feeds.
        is_private: Whether only this machine can reach them.
    """

    def __init__(self, site: Site, host: str, port: int) -> None:
        """Listen on an address; port 0 takes a free one.

        Raises:
            PortError: The system does not allow it.
        """
        self.site = site
        self._socket = listening_socket(host, port)
        origin = f"[{host}]" if ":" in host else host
        root = f"http://{origin}:{self._socket.getsockname()[1]}"
        self.page = f"{root}/"
        self.addresses = tuple(f"{root}/{name}" for name in site.calendars())
        self.is_private = is_loopback(host)
        self._server = Server(
            Config(
                page_app(site),
                http=PatientProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=_MOST_CLIENTS,
                timeout_graceful_shutdown=2,
            )
        )

    def __enter__(self) -> PageServer:
        """Return the server, with its first page made."""
        warm_up(self.site)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._socket.close()

    def serve_forever(self) -> None:
        """Answer until it is interrupted, or `stop` is called from another thread."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `serve_forever`."""
        self._server.should_exit = True


def collect_garbage_seldom() -> None:
    """Look for garbage in what is made from now on, and not in the middle of every page.

    A command does without; a server runs for days. What is there when it starts stays: programs and
    the library, a tenth of a second for every look at them.
    """
    gc.freeze()
    gc.set_threshold(_ALLOCATED, 10, 10)
    gc.enable()


def site_of(
    root: Path, host: str, public_names: Iterable[str] = (), *, day: date | None, is_open: bool
) -> Site:
    """Return what a server of a workspace knows.

    Args:
        root: The folder of the workspace.
        host: The address that it listens on.
        public_names: Names besides those of this machine by which it may be asked.
        day: The day that the user set as today.
        is_open: Whether other machines are shown the page, too.

    Raises:
        BadNameError: A public name is not one.
    """
    names = own_names([host.lower(), *map(host_name, public_names)])
    return Site(root, day, names, is_open)
