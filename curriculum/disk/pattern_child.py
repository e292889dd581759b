"""The process that `pattern_search.py` starts: it finds a pattern in the lines of its input.

It runs as a file by itself, without the package, so that it starts fast.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

LONGEST_LINE = 1 << 16
"""The longest line that is searched, in bytes."""


def search(source: BinaryIO, target: TextIO) -> None:
    """Write the groups `x` and `y` of the first match in each line.

    Args:
        source: The pattern as JSON on the first line, then the text.
        target: Gets an object of JSON: `found`, of each match the line, `x` and `y`; and `long`,
            how many lines were too long to be searched.
    """
    pattern = re.compile(json.loads(source.readline()))
    found: list[tuple[int, Any, Any]] = []  # Any: a text, or None
    long = 0
    for number, line in _lines(source):
        if len(line) > LONGEST_LINE:
            long += 1
            continue
        match = pattern.search(line.decode(errors="replace"))
        if match is not None:
            groups = match.groupdict()
            found.append((number, groups.get("x"), groups.get("y")))
    json.dump({"found": found, "long": long}, target)


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line; a bar of progress is redrawn within one."""
    for number, line in enumerate(source, start=1):
        for part in line.rstrip(b"\r\n").split(b"\r"):
            yield number, part


if __name__ == "__main__":
    search(sys.stdin.buffer, sys.stdout)
