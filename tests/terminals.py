"""The program in a process of its own, as in a terminal of a person."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.workspaces import TODAY

PROGRAM = (sys.executable, "-c", "from curriculum.cli.app import main; main()")


def in_terminal(root: Path, *arguments: str, **environment: str) -> str:
    """Run a command in a pseudo-terminal of 80 columns, and return what it writes there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "--workspace", str(root), "--today", TODAY, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while found := os.read(ours, 4096):
                written += found
        except OSError:  # Linux says so when the last process has closed the terminal
            pass
        assert process.wait() == 0
    os.close(ours)
    return written.decode()
