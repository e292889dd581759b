"""A workspace that is really served: by a thread, at a free port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from curriculum.web.server import PageServer, site_of


@contextmanager
def page_of(root: Path, day: str = "2027-01-08") -> Iterator[str]:
    """Serve a workspace and yield the address of its page, without the slash at its end."""
    site = site_of(root, "127.0.0.1", (), day=date.fromisoformat(day), is_open=False)
    with PageServer(site, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.page.removesuffix("/")
        server.stop()
        thread.join()
