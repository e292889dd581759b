"""Files are written whole or not at all, and not touched when nothing changes."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curriculum.disk.atomic import remove_leftovers, write, write_all
from curriculum.disk.errors import BusyFolderError, WriteError
from curriculum.disk.folder_lock import holding
from curriculum.disk.ownership import make_folder
from tests.faults import Fault, needs_tracing, run_with_fault

needs_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="signals and modes are those of POSIX"
)
needs_user = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to the administrator"
)

WRITES_FOR_EVER = """
import sys
from pathlib import Path
from curriculum.disk.atomic import write
print("ready", flush=True)
while True:
    for letter in b"ab":
        write(Path(sys.argv[1]), bytes([letter]) * 2_000_000)
"""

WRITES_WITH_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from curriculum.disk.atomic import write_all
from curriculum.model.problems import CurriculumError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
folder = Path(sys.argv[1])
try:
    write_all({folder / "small": b"new", folder / "large": b"x" * 5000})
except CurriculumError as error:
    print(error)
"""


def run(program: str, *arguments: str) -> str:
    found = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return found.stdout


def test_a_new_file_gets_its_bytes_and_an_ordinary_mode(tmp_path: Path) -> None:
    assert write(tmp_path / "new", b"one")
    (tmp_path / "ordinary").touch()
    assert (tmp_path / "new").read_bytes() == b"one"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_equal_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"same")
    os.utime(file, ns=(1, 1))
    before = file.stat()
    assert not write(file, b"same")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (1, before.st_ino)


@needs_posix
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@needs_posix
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_only_what_changed_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "one", b"1")
    assert write_all({tmp_path / "one": b"1", tmp_path / "two": b"2"}) == (tmp_path / "two",)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/file", "there is no such file or folder"),
        ("file/below", "a part of the path is a file and not a folder"),
        ("folder", "a folder is in its place"),
        ("x" * 300, "its name is too long"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match=words) as caught:
        write(tmp_path / name, b"new")
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@needs_posix
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe, copy = tmp_path / "pipe", tmp_path / "copy"
    os.mkfifo(pipe)
    with copy.open("wb") as file:
        reader = subprocess.Popen(["cat", pipe], stdout=file)
        assert write(pipe, b"new")
        reader.wait(timeout=10)
    assert copy.read_bytes() == b"new"
    assert pipe.is_fifo()


@needs_posix
def test_a_set_of_files_takes_the_place_of_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(WriteError, match="a device or a pipe is in its place"):
        write_all({tmp_path / "file": b"new", tmp_path / "pipe": b"new"})
    assert (tmp_path / "file").read_bytes() == b"old"
    assert (tmp_path / "pipe").is_fifo()


def test_one_that_cannot_be_written_leaves_the_whole_set_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / "two").mkdir()
    with pytest.raises(WriteError):
        write_all({tmp_path / "one": b"new", tmp_path / "two": b"new"})
    assert (tmp_path / "one").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


@needs_user
def test_a_read_only_folder_or_file_is_respected(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file"
    folder.mkdir(mode=0o555)
    file.write_bytes(b"old")
    file.chmod(0o444)
    for path in (folder / "new", file):
        with pytest.raises(WriteError, match="permission is denied"):
            write(path, b"new")
    assert file.read_bytes() == b"old"


@needs_posix
def test_a_full_disk_leaves_the_whole_set_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"old")
    (tmp_path / "large").write_bytes(b"old")
    assert "larger than a file may be here" in run(WRITES_WITH_LITTLE_ROOM, str(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "small": b"old",
        "large": b"old",
    }


def test_the_name_of_a_file_is_not_a_pattern(tmp_path: Path) -> None:
    for name in (".[a]*.ics.killed.tmp", ".a-other.ics.killed.tmp"):
        (tmp_path / name).touch()
    remove_leftovers([tmp_path / "[a]*.ics"])
    assert [path.name for path in tmp_path.iterdir()] == [".a-other.ics.killed.tmp"]


@needs_posix
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write(file, b"b" * 2_000_000)
    for number in range(24):
        with subprocess.Popen(
            [sys.executable, "-c", WRITES_FOR_EVER, str(file)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.0007 * number)
            writer.send_signal(signal.SIGKILL)
        data = file.read_bytes()
        assert data in (b"a" * 2_000_000, b"b" * 2_000_000)
    (tmp_path / f".{file.name}.killed.tmp").touch()
    remove_leftovers([file])
    assert list(tmp_path.iterdir()) == [file]


def leftover(file: Path, kind: str = "k1ll3d__") -> Path:
    """Return what a killed run left beside a file."""
    path = file.with_name(f".{file.name}.{kind}.tmp")
    path.write_bytes(b"half")
    return path


def test_what_a_killed_run_left_is_removed_when_the_file_is_written_again(tmp_path: Path) -> None:
    leftover(tmp_path / "file")
    other = leftover(tmp_path / "another")
    write(tmp_path / "file", b"new")
    assert sorted(tmp_path.iterdir()) == [other, tmp_path / "file"]


@needs_tracing
@pytest.mark.parametrize("name", ["write", "fsync", "chmod", "rename"])
def test_a_disk_that_refuses_everything_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    """That the temporary file cannot be removed either, was a traceback."""

    def save() -> None:
        try:
            write(tmp_path / "file", b"new")
        except WriteError as error:
            print(error)

    (tmp_path / "file").write_bytes(b"old")
    calls = run_with_fault(save, tmp_path, None).calls
    (tmp_path / "file").write_bytes(b"old")
    at = next(number for number, call in enumerate(calls) if call.name == name)
    said = run_with_fault(save, tmp_path, Fault(at, errno.EROFS, stays=True))
    assert (said.status, said.output) == (
        0,
        f"cannot write '{tmp_path / 'file'}': it is on a read-only disk\n",
    )
    assert (tmp_path / "file").read_bytes() == b"old"
    assert write(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


needs_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only the administrator gives files away"
)


@needs_root
def test_a_file_that_root_writes_keeps_its_owner_and_mode(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o4640)
    os.chown(file, 1234, 4321)
    file.chmod(0o640)
    write(file, b"new")
    found = file.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 4321, 0o640)


@needs_root
def test_what_root_makes_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 1234, 4321)
    make_folder(tmp_path / "new" / "deep")
    write(tmp_path / "new" / "deep" / "file", b"new")
    for path in (tmp_path / "new", tmp_path / "new/deep", tmp_path / "new/deep/file"):
        assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


def test_runs_that_write_to_one_folder_take_turns(tmp_path: Path) -> None:
    with holding(tmp_path), pytest.raises(BusyFolderError), holding(tmp_path, 0.1):
        pass
