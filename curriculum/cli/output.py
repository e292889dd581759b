"""Standard output that never stops the work, whatever it is connected to."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CLOSED_PIPE = 141
"""The exit status of a program whose reader went away, as shells write it: 128 and SIGPIPE."""

_STDOUT = 1


class _PatientOutput(io.RawIOBase):
    """Standard output that keeps its first error for later, and takes what follows as written."""

    def __init__(self) -> None:
        self.error: OSError | None = None
        if sys.stdout is None:
            self.error = OSError(errno.EBADF, os.strerror(errno.EBADF))

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return _STDOUT

    def isatty(self) -> bool:
        return self.error is None and os.isatty(_STDOUT)

    def write(self, data: Any, /) -> int:  # Any: whatever holds bytes; Buffer is of Python 3.12
        """Write some bytes; after an error they are only counted."""
        if self.error is None:
            try:
                return os.write(_STDOUT, data)
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


@contextmanager
def patient_output() -> Iterator[None]:
    """Let a command end its work when its output cannot be written, then end with that status.

    Characters that the output cannot hold are replaced. Streams without a file, as those of tests
    and notebooks, are left alone.
    """
    if not _is_a_file():
        yield
        return
    before = sys.stdout
    raw = _PatientOutput()
    sys.stdout = _text(raw)
    try:
        yield
    except SystemExit as ended:
        sys.stdout.flush()
        if ended.code or raw.error is None:
            raise
    finally:
        sys.stdout.flush()
        sys.stdout = before
    if raw.error is not None:
        sys.exit(_status(raw.error))


def _is_a_file() -> bool:
    """Whether standard output is that of the process; it is None when it was closed."""
    if sys.stdout is None:
        return True
    try:
        return sys.stdout.fileno() == _STDOUT
    except (OSError, ValueError):
        return False


def _text(raw: _PatientOutput) -> io.TextIOWrapper:
    encoding = "utf-8" if sys.stdout is None else sys.stdout.encoding
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, errors="replace", line_buffering=raw.isatty()
    )


def _status(error: OSError) -> int:
    """Return the exit status, and say what went wrong unless the reader just had enough."""
    if error.errno == errno.EPIPE:
        return CLOSED_PIPE
    why = "it is closed" if error.errno == errno.EBADF else str(error.strerror).lower()
    sentence = f"curriculum: the work is done, but its output could not be written: {why}"
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
    return 1
