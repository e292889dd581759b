"""Kill a command within any of its calls to the file system, or have the system refuse the call.

The command runs in a forked child whose calls are stopped by the kernel (ptrace with a seccomp filter, Linux on x86-64). A wrapped `os` module would be simpler, and would never see what SQLite does, which is half of what a command writes; a library that is loaded before libc would need a compiler and miss calls that do not go through it. Only calls about files below one folder count, so that the numbers of the calls are the same in every run.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

needs_tracing = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="needs ptrace of Linux on x86-64",
)


class _Kind(NamedTuple):
    """A system call: its number, where its path or descriptor is, and whether it changes files."""

    name: str
    argument: int
    is_path: bool
    writes: bool


_CALLS = {
    1: _Kind("write", 0, False, True),
    18: _Kind("pwrite64", 0, False, True),
    2: _Kind("open", 0, True, False),
    257: _Kind("openat", 1, True, False),
    0: _Kind("read", 0, False, False),
    17: _Kind("pread64", 0, False, False),
    217: _Kind("getdents64", 0, False, False),
    4: _Kind("stat", 0, True, False),
    6: _Kind("lstat", 0, True, False),
    262: _Kind("newfstatat", 1, True, False),
    5: _Kind("fstat", 0, False, False),
    21: _Kind("access", 0, True, False),
    72: _Kind("fcntl", 0, False, False),
    73: _Kind("flock", 0, False, False),
    74: _Kind("fsync", 0, False, True),
    75: _Kind("fdatasync", 0, False, True),
    77: _Kind("ftruncate", 0, False, True),
    82: _Kind("rename", 0, True, True),
    264: _Kind("renameat", 1, True, True),
    316: _Kind("renameat2", 1, True, True),
    83: _Kind("mkdir", 0, True, True),
    258: _Kind("mkdirat", 1, True, True),
    86: _Kind("link", 0, True, True),
    265: _Kind("linkat", 1, True, True),
    88: _Kind("symlink", 1, True, True),
    87: _Kind("unlink", 0, True, True),
    263: _Kind("unlinkat", 1, True, True),
    90: _Kind("chmod", 0, True, True),
    91: _Kind("fchmod", 0, False, True),
    268: _Kind("fchmodat", 1, True, True),
    92: _Kind("chown", 0, True, True),
    93: _Kind("fchown", 0, False, True),
}
_LOOKS = {"read", "pread64", "getdents64", "stat", "lstat", "newfstatat", "fstat", "access"}
_LOCKS = {6, 7, 37, 38}
"""F_SETLK and F_SETLKW, of processes and of open files; other uses of fcntl() are no calls of files."""
_OPENS_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_TRACEME, _PEEK_REGISTERS, _POKE_REGISTERS, _CONTINUE, _SET_OPTIONS = 0, 12, 13, 7, 0x4200
_OPTIONS = 0x80 | 0x08 | 0x100000  # stop at what the filter says, follow threads, die with us
_WALL = 0x40000000
_EVENT = 7
_NO_NEW_PRIVILEGES, _SECCOMP = 38, 22
_REGISTERS = struct.Struct("27Q")
_ARGUMENTS = (14, 13, 12)
_RAX, _ORIGINAL_RAX = 10, 15
_CRASH = 70
"""The exit status of a command that ended in a traceback."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)


class Call(NamedTuple):
    """A call that was made: what, on which file, and whether it changes anything."""

    name: str
    file: str
    writes: bool


@dataclass(frozen=True)
class Fault:
    """What goes wrong.

    Attributes:
        at: The number of the call.
        error: What the system answers; None to kill the command instead.
        stays: Whether all later calls that change files fail, too.
        torn: Whether half of the call is done before the kill.
        only: The name of the calls that fail, all of them from the number on; None for that one.
    """

    at: int
    error: int | None = None
    stays: bool = False
    torn: bool = False
    only: str | None = None

    def __str__(self) -> str:
        what = "kill" if self.error is None else errno.errorcode[self.error]
        return f"{what}{'+' * self.stays}{'/2' * self.torn} at {self.at}"


@dataclass
class Outcome:
    """How a command ended.

    Attributes:
        status: Its exit status; negative when it was killed.
        output: What it printed.
        calls: The calls it made.
    """

    status: int = 0
    output: str = ""
    calls: list[Call] = field(default_factory=list)

    @property
    def crashed(self) -> bool:
        """Whether it ended in a traceback."""
        return self.status == _CRASH


def run_with_fault(
    action: Callable[[], None], folder: Path, fault: Fault | None, *, looks: bool = False
) -> Outcome:
    """Run something in a child, and let one of its calls about files below a folder go wrong.

    Args:
        action: What to run; it may end by SystemExit.
        folder: Only calls on what is below it count.
        fault: What goes wrong; None lets everything be.
        looks: Whether calls that only look count, too.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _be_traced(action, reader, writer, looks=looks)
    os.close(writer)
    tracing = _Tracing(child, str(folder), fault)
    tracing.follow()
    with os.fdopen(reader, encoding="utf-8", errors="replace") as stream:
        tracing.outcome.output = stream.read()
    return tracing.outcome


def _be_traced(action: Callable[[], None], reader: int, writer: int, *, looks: bool) -> None:
    """Be the child: run the action under the eyes of the parent, and never return."""
    status = _CRASH
    try:
        os.setpgid(0, 0)
        os.close(reader)
        os.dup2(writer, 1)
        os.dup2(writer, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.ptrace(_TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _stop_at_calls(libc, looks=looks)
        action()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _stop_at_calls(libc: ctypes.CDLL, *, looks: bool) -> None:
    """Have the kernel stop this process at each of the calls (seccomp(2), classic BPF)."""
    numbers = [number for number, kind in _CALLS.items() if looks or kind.name not in _LOOKS]
    program = [(0x20, 0, 0, 0)]
    for place, number in enumerate(numbers):
        program.append((0x15, len(numbers) - place, 0, number))
    program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x7FF00000)]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.prctl(_SECCOMP, 2, ctypes.create_string_buffer(header), 0, 0):
        raise OSError(ctypes.get_errno(), "no filter")


class _Tracing:
    """A child that is followed from call to call."""

    def __init__(self, child: int, folder: str, fault: Fault | None) -> None:
        self.child = child
        self.folder = folder
        self.fault = fault
        self.outcome = Outcome()
        self._ptrace = ctypes.CDLL(None, use_errno=True).ptrace
        self._ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        self._kill_next = False

    def follow(self) -> None:
        """Follow the child, and all its threads, to the end."""
        os.waitpid(self.child, _WALL)
        self._ptrace(_SET_OPTIONS, self.child, None, _OPTIONS)
        self._ptrace(_CONTINUE, self.child, None, None)
        while True:
            try:
                thread, status = os.waitpid(-self.child, _WALL)
            except ChildProcessError:
                return
            if os.WIFSTOPPED(status):
                self._stopped(thread, status)
            elif thread == self.child:
                self.outcome.status = os.waitstatus_to_exitcode(status)

    def _stopped(self, thread: int, status: int) -> None:
        sent = os.WSTOPSIG(status)
        if status >> 16 == _EVENT:
            self._at_call(thread)
            sent = 0
        elif sent in (signal.SIGTRAP, signal.SIGSTOP):
            sent = 0
        self._ptrace(_CONTINUE, thread, None, sent)

    def _at_call(self, thread: int) -> None:
        buffer = ctypes.create_string_buffer(_REGISTERS.size)
        self._ptrace(_PEEK_REGISTERS, thread, None, ctypes.addressof(buffer))
        registers = list(_REGISTERS.unpack(buffer.raw))
        call = self._call(thread, registers)
        if call is None:
            return
        number = len(self.outcome.calls)
        self.outcome.calls.append(call)
        if self._kill_next:
            os.kill(self.child, signal.SIGKILL)
            return
        if self.fault is None or not self._goes_wrong(self.fault, number, call):
            return
        if self.fault.torn:
            self._kill_next = True
            registers[_ARGUMENTS[2]] //= 2
        elif self.fault.error is None:
            os.kill(self.child, signal.SIGKILL)
            return
        else:
            # No such call: the kernel does nothing, and returns what is in the register.
            registers[_ORIGINAL_RAX] = 2**64 - 1
            registers[_RAX] = 2**64 - self.fault.error
        buffer.raw = _REGISTERS.pack(*registers)
        self._ptrace(_POKE_REGISTERS, thread, None, ctypes.addressof(buffer))

    def _goes_wrong(self, fault: Fault, number: int, call: Call) -> bool:
        if fault.only is not None:
            return number >= fault.at and call.name == fault.only
        return number == fault.at or (fault.stays and number > fault.at and call.writes)

    def _call(self, thread: int, registers: list[int]) -> Call | None:
        """Return the call a thread is about to make; None unless it is about a file of ours."""
        kind = _CALLS[registers[_ORIGINAL_RAX]]
        if kind.name == "fcntl" and registers[_ARGUMENTS[1]] not in _LOCKS:
            return None
        argument = registers[_ARGUMENTS[kind.argument]]
        try:
            file = self._text(argument) if kind.is_path else self._opened(argument)
        except OSError:
            return None
        if not file.startswith(self.folder):
            return None
        writes = kind.writes
        if kind.name in ("open", "openat"):
            flags = registers[_ARGUMENTS[kind.argument + 1]]
            writes = bool(flags & _OPENS_TO_WRITE)
        return Call(kind.name, file.removeprefix(self.folder), writes)

    def _text(self, address: int) -> str:
        with open(f"/proc/{self.child}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
            memory.seek(address)
            # Not past the end of a page: the next one may not be there.
            data = memory.read(4096 - address % 4096)
            if b"\0" not in data:
                data += memory.read(4096)
        return os.fsdecode(data.partition(b"\0")[0])

    def _opened(self, descriptor: int) -> str:
        return os.readlink(f"/proc/{self.child}/fd/{descriptor}")  # noqa: PTH115


def faults_of(calls: list[Call]) -> Iterator[Fault]:
    """Yield all faults of a command: each call killed, torn, and refused once or from then on."""
    for number, call in enumerate(calls):
        yield Fault(number)
        if call.name in ("write", "pwrite64"):
            yield Fault(number, torn=True)
        for error in ERRORS:
            yield Fault(number, error)
            if call.writes:
                yield Fault(number, error, stays=True)
