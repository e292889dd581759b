"""Time the reading of a large event file, in a process of its own so that its memory can be told."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.reproduction.logs.files import event, head, record, simple

SIZE = 150_000_000
TAGS = tuple(f"train/metric_{number}" for number in range(20))
_COPIES = 5_000


def write(path: Path) -> int:
    """Write an event file of about 150 MB and return how many events it holds."""
    written = 0
    with path.open("wb") as file:
        file.write(head())
        step = 0
        while file.tell() < SIZE:
            # Checksums in pure Python are slow: each record is written many times, at one step.
            block = b"".join(record(event(step, (tag, simple(float(step))))) for tag in TAGS)
            file.write(block * _COPIES)
            written += _COPIES * len(TAGS)
            step += 1
    return written


def main(report: Callable[[str, float, float, str], None]) -> None:
    """Report the time and memory of listing the tags of a 150 MB event file, and of reading one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.out.tfevents.1.host"
        count = write(path)
        for what, bound in (("tags", 20), ("series", 20)):
            told = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.logs", what, str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds, megabytes = map(float, told.stdout.split())
            report(f"{what} of an event file of 150 MB, {count:,} events", seconds, bound, "s")
            report(f"memory for the {what}", megabytes, 300, "MB")


def _measure(what: str, path: Path) -> None:
    from curriculum.disk.runs import log_files
    from curriculum.reproduction.logs import read_series, tags_of

    begin = time.perf_counter()
    files = log_files(path)
    if what == "tags":
        assert [tag.name for tag in tags_of(files)] == sorted(TAGS)
    else:
        assert read_series(files, TAGS[0]).values
    taken = time.perf_counter() - begin
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _measure(sys.argv[1], Path(sys.argv[2]))
