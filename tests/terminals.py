"""The program in a process of its own, as in a terminal of a person."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
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


PATIENCE = 60.0
"""Seconds until a program in a terminal that neither writes nor ends counts as hung."""


def answering(
    root: Path,
    *arguments: str,
    answers: Sequence[tuple[str, str]],
    status: int = 0,
    **environment: str,
) -> str:
    r"""Run a command in a pseudo-terminal, and answer each question once it is asked.

    A program that hangs, as when it waits for an answer to a question that nobody expected, is
    killed, and fails the test with all that it wrote.

    Args:
        root: The workspace.
        arguments: The command.
        answers: The end of each question, and the keys that are pressed then; without keys, what
            it has to say before the next question. After Ctrl-C (`\x03`) comes Enter (`\r`): a
            program that has not begun to read when it is interrupted notices it only then.
        status: The exit status that is expected.
        environment: Variables of its environment.
    """
    ours, theirs = pty.openpty()
    left = list(answers)
    with subprocess.Popen(
        [*PROGRAM, "--workspace", str(root), "--today", TODAY, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80", **environment},
        start_new_session=True,
        preexec_fn=_take_terminal,
    ) as process:
        os.close(theirs)
        written = b""
        asked = 0
        while found := _read(ours, process):
            written += found
            while left and (at := written.find(left[0][0].encode(), asked)) >= 0:
                question, keys = left.pop(0)
                asked = at + len(question.encode())
                if keys:
                    _wait_until_read(ours, by_line=keys.endswith("\r"))
                    os.write(ours, keys.encode())
        ended = process.wait(PATIENCE)
    os.close(ours)
    text = written.decode()
    assert ended == status, f"it ended with {ended}:\n{text}"
    assert not left, f"it never asked '{left[0][0]}':\n{text}"
    return text


def _take_terminal() -> None:
    """Make standard input the terminal of this process, so that Ctrl-C reaches it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(terminal: int, process: subprocess.Popen[bytes]) -> bytes:
    """Return what a program writes next; nothing when it has ended, or hangs and is killed."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    if not ready:
        os.killpg(process.pid, signal.SIGKILL)
        return b""
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the last process has closed the terminal
        return b""


def _wait_until_read(terminal: int, *, by_line: bool) -> None:
    """Wait until a program reads keys, or lines: what comes before that is thrown away."""
    for _ in range(200):
        if bool(termios.tcgetattr(terminal)[3] & termios.ICANON) == by_line:
            return
        time.sleep(0.05)
