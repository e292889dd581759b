"""The program in a process of its own, as in a terminal of a person."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
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


def answering(root: Path, *arguments: str, answers: Sequence[tuple[str, str]]) -> str:
    """Run a command in a pseudo-terminal, and answer each question once it is asked.

    Args:
        root: The workspace.
        arguments: The command.
        answers: The end of each question, and the keys that are pressed then.
    """
    ours, theirs = pty.openpty()
    left = list(answers)
    with subprocess.Popen(
        [*PROGRAM, "--workspace", str(root), "--today", TODAY, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80"},
    ) as process:
        os.close(theirs)
        written = b""
        asked = 0
        try:
            while found := os.read(ours, 4096):
                written += found
                if left and left[0][0].encode() in written[asked:]:
                    asked = len(written)
                    keys = left.pop(0)[1]
                    _wait_until_read(ours, by_line=keys.endswith("\r"))
                    os.write(ours, keys.encode())
        except OSError:  # Linux says so when the last process has closed the terminal
            pass
        assert process.wait() == 0
    os.close(ours)
    return written.decode()


def _wait_until_read(terminal: int, *, by_line: bool) -> None:
    """Wait until a program reads keys, or lines: what comes before that is thrown away."""
    for _ in range(200):
        if bool(termios.tcgetattr(terminal)[3] & termios.ICANON) == by_line:
            return
        time.sleep(0.05)
