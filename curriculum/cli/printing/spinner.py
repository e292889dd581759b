"""A spinner on stderr for long work."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from curriculum.cli.printing.consoles import console_for
from curriculum.cli.visible_output import unfiltered

_PATIENCE = 1.0
"""Seconds after which a person wants to know that something is going on."""


@contextmanager
def spinning(what: str) -> Iterator[None]:
    """Show `what` with a spinner when the work takes longer than a moment."""
    status = console_for(unfiltered(sys.stderr)).status(what)
    timer = threading.Timer(_PATIENCE, status.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
