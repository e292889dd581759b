"""Show on a terminal that long work is going on; short work and pipes see nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from curriculum.cli import printing


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show `what` with a spinner on stderr while the work takes long, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    with printing.spinning(what):
        yield
